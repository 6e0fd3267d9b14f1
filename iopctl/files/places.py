"""Which files a run is about: the configuration, and the agreements that its words name."""

from __future__ import annotations

import os
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from iopctl.errors import UserError
from iopctl.files.reading import (
    MOST_BYTES,
    NOT_FOLLOWED,
    content,
    decoded,
    is_top,
    link_on_the_way,
    shown,
)
from iopctl.source.input import Input, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from iopctl.config import Config

SUFFIXES: Final = (".yaml", ".yml")
PASSED_OVER: Final = frozenset({"node_modules", "__pycache__"})
CONFIGURATION: Final = ("iopctl.toml", "pyproject.toml")
MOST_NAME: Final = 200
MOST_CONFIGURATION: Final = 64 * 1024  # a reader of TOML takes quadratic time

Stamp: TypeAlias = tuple[str, int, int]
"""What tells by itself that a file has changed: its path, size and time of change."""


class Repository(NamedTuple):
    """Where a run takes place: the folder of the configuration, and what that says.

    *settings* are its values as they are written.
    """

    root: str
    config: Config
    settings: Any

    @property
    def agreements(self) -> str:
        """The folder of the agreements, as seen from the folder of work."""
        return os.path.normpath(os.path.join(self.root, self.config.folder))


# ------------------------------------------------------------------ the configuration
def _present(path: str) -> bytes | Unreadable | None:
    return content(path) if os.path.lexists(path) else None


def repository(
    start: str = "", file: Callable[[str], bytes | Unreadable | None] = _present
) -> Repository:
    """Return the configuration nearest above *start*, the default one if none is.

    *start* is a folder, by default that of work; from another one, the root is told in full.

    *file* gives a file's content by its path, None where it is not there: as it is now, unless
    another is asked.

    Raises:
        UserError: the configuration can't be read.
    """
    from iopctl.config import DEFAULT, config, settings

    for above in _upwards(start):
        folder = os.path.normpath(above) if start else above
        for name in CONFIGURATION:
            path = os.path.join(folder, name)
            found = file(path)
            if found is None:
                continue
            if isinstance(found, Unreadable):
                raise UserError(f"{shown(path)} {found.message}")
            whole = len(found) <= MOST_BYTES
            if name == CONFIGURATION[0] or not whole or b"[tool.iopctl" in found:
                _refuse_large(found, shown(path))
                text = decoded(found, path)
                return Repository(folder, config(text, shown(path)), settings(text, shown(path)))
    return Repository(start, DEFAULT, {})


def _refuse_large(found: bytes, name: str) -> None:
    if len(found) > MOST_CONFIGURATION:
        own = f": put what is iopctl's into an {CONFIGURATION[0]}" if "pyproject" in name else ""
        raise UserError(f"{name} is larger than {MOST_CONFIGURATION} bytes{own}")


def _upwards(folder: str = "") -> Iterator[str]:
    """Yield a folder, by default that of work, and those above it, to the top of the repository."""
    while os.path.isdir(folder or "."):
        yield folder
        if is_top(folder) or _is_highest(folder or "."):
            return
        folder = os.path.join(folder, "..")


def _is_highest(folder: str) -> bool:
    """Whether nothing above *folder* can be looked at: it is the root, or others bar the way."""
    try:
        return os.path.samefile(folder, os.path.join(folder, ".."))
    except OSError:
        return True


# ------------------------------------------------------------------ the agreements
def inputs(arguments: Sequence[str], folder: str) -> list[Input]:
    """Return the files that *arguments* name: files, folders, or ids of agreements in *folder*.

    Without arguments, all of *folder*. Each file is read once, however often it is named.

    Raises:
        UserError: an argument names nothing, or no agreement is found; it says where was looked.
    """
    wanted = arguments or [folder]
    if not arguments and not os.path.isdir(folder):
        wanted = []
    paths = dict.fromkeys(
        os.path.normpath(path) for each in wanted for path in _named(each, folder)
    )
    if not paths:
        looked = ", ".join(arguments) or folder
        raise UserError(
            f"no agreement found in {looked}: name a folder with .yaml files, or lay out a new"
            " one with: iopctl init"
        )
    by_name = {shown(path): path for path in paths}
    return [Input(name, content(path)) for name, path in by_name.items()]


def neighbours(named: Sequence[Input], folder: str) -> list[Input]:
    """Return the other files of *folder* where one of *named* lies in it, else nothing."""
    known = {each.name for each in named}
    paths = {shown(os.path.normpath(path)): path for path in _walked(folder)}
    if known.isdisjoint(paths):
        return []
    return [Input(name, content(path)) for name, path in paths.items() if name not in known]


def present(folder: str) -> list[Input]:
    """Return all agreements of *folder*, which may be none.

    Raises:
        UserError: there is no such folder.
    """
    if not os.path.isdir(folder):
        raise UserError(
            f"there is no folder {shown(folder)}: make it, or lay out a repository with: iopctl"
            " init"
        )
    paths = sorted(os.path.normpath(path) for path in _walked(folder))
    return [Input(shown(path), content(path)) for path in paths]


def stamps(arguments: Sequence[str], folder: str) -> frozenset[Stamp]:
    """Return what tells by itself that a file has changed: its name, size and time of change.

    For the files that *arguments* name, all of *folder*, and the configuration.
    """
    named = (path for each in arguments if os.path.lexists(each) for path in _named(each, folder))
    configuration = (os.path.join(up, name) for up in _upwards() for name in CONFIGURATION)
    return frozenset(_stamped((*named, *_walked(folder), *configuration)))


def stamped(folder: str) -> dict[str, Stamp]:
    """Return the paths of the agreements below *folder*, in order, each with its stamp."""
    return {stamp[0]: stamp for stamp in sorted(_stamped(_walked(folder)))}


def existing(paths: Iterable[str]) -> str | None:
    """Return the first of *paths* at which there is a file; None where there is none."""
    return next((each for each in paths if os.path.isfile(each)), None)


def _stamped(paths: Iterable[str]) -> Iterator[Stamp]:
    for path in paths:
        with suppress(OSError):
            told = os.lstat(path)
            yield path, told.st_size, told.st_mtime_ns


def _named(argument: str, folder: str) -> Iterator[str]:
    if os.path.isdir(argument):
        yield from sorted(_walked(argument))
    elif os.path.lexists(argument):
        yield argument
    else:
        yield _by_id(argument, folder)


def _by_id(argument: str, folder: str) -> str:
    found = {
        os.path.splitext(os.path.basename(path))[0]: path
        for path in (_walked(folder) if os.path.isdir(folder) else ())
    }
    if argument in found:
        return found[argument]
    near = get_close_matches(argument, found, n=1) if len(argument) < MOST_NAME else []
    meant = f"did you mean {near[0]}?" if near else "iopctl list shows the agreements there are"
    raise UserError(f"no file, folder or agreement is called '{argument}': {meant}")


def _walked(folder: str) -> Iterator[str]:
    """Yield the YAML files below *folder*; hidden ones and linked folders are passed over.

    Raises:
        UserError: *folder* is such a link, or lies behind one.
    """
    if (link := link_on_the_way(os.path.join(folder, "*"))) is not None:
        raise UserError(f"{shown(link)} is {NOT_FOLLOWED}: name the folder itself")
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            yield here  # its content then says why
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in PASSED_OVER:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.name.lower().endswith(SUFFIXES):
                yield entry.path
