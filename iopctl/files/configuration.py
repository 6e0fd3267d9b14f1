"""Where a run takes place: the configuration nearest to the files that it is about."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from iopctl import toml
from iopctl.errors import UserError
from iopctl.files.reading import MOST_BYTES, content, decoded, is_top, shown
from iopctl.input import Unreadable
from iopctl.language import known, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from iopctl.config import Config
    from iopctl.language import Language

File: TypeAlias = "Callable[[str], bytes | Unreadable | None]"

CONFIGURATION: Final = ("iopctl.toml", "pyproject.toml")
MOST_CONFIGURATION: Final = 64 * 1024  # a reader of TOML takes quadratic time


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


def _present(path: str) -> bytes | Unreadable | None:
    return content(path) if os.path.lexists(path) else None


def repository(start: str = "", file: File = _present) -> Repository:
    """Return the configuration nearest above *start*, the default one if none is.

    *start* is a folder, by default that of work; from another one, the root is told in full.
    Without a configuration, the root is *start*, or the top of its git repository where that has
    the agreements; without git, that of the agreements that are worked among.

    *file* gives a file's content by its path, None where it is not there: as it is now, unless
    another is asked.

    Raises:
        UserError: the configuration can't be read.
    """
    from iopctl.config import DEFAULT

    found = _configured(start, file) or _laid_out(start) or (None if start else _among_them())
    return found or Repository(start, DEFAULT, {})


def repository_of(folders: Iterable[str]) -> Repository:
    """Return the configuration nearest above *folders*, that of the folder of work if none is.

    Raises:
        UserError: it can't be read, or some of *folders* have another one than others.
    """
    starts = dict.fromkeys(folders) or {"": None}
    here = repository()
    places = [_configured(start) or _around(start) or here for start in starts]
    for start, place in zip(starts, places, strict=True):
        if place.config != places[0].config:
            raise UserError(
                tr(
                    "{one} and {other} have configurations that differ, those of {root} and"
                    " {other_root}: name the files of one at a time",
                    one=next(iter(starts)) or ".",
                    other=start or ".",
                    root=shown(places[0].root) or ".",
                    other_root=shown(place.root) or ".",
                )
            )
    return places[0]


def go(folder: str) -> None:
    """Make *folder* the folder of work.

    Raises:
        UserError: there is no such folder, or it can't be entered.
    """
    try:
        os.chdir(folder)
    except (OSError, ValueError):
        raise UserError(tr("-C {folder}: there is no such folder", folder=folder)) from None


def language() -> Language | None:
    """Return the language that the configuration nearest above the folder of work asks for.

    None where it asks for none, or can't be read: the command that needs it then says so.
    """
    try:
        for _, name, text in _texts(""):
            data: Any = toml.tables(text, name)
            own = data.get("tool", {}).get("iopctl", {}) if name == CONFIGURATION[1] else data
            return known(str(own.get("language", "")))
    except (UserError, AttributeError):
        return None
    return None


def _configured(start: str, file: File = _present) -> Repository | None:
    from iopctl.config import config, settings

    for folder, name, text in _texts(start, file):
        shown_so = shown(os.path.join(folder, name))
        return Repository(folder, config(text, shown_so), settings(text, shown_so))
    return None


def _texts(start: str, file: File = _present) -> Iterator[tuple[str, str, str]]:
    """Yield the configurations above *start*, nearest first: folder, name and text."""
    for above in upwards(start):
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
                yield folder, name, decoded(found, path)


def _refuse_large(found: bytes, name: str) -> None:
    if len(found) > MOST_CONFIGURATION:
        own = tr(": put what is iopctl's into an {file}", file=CONFIGURATION[0])
        raise UserError(
            tr(
                "{name} is larger than {most_configuration} bytes{own}",
                name=name,
                most_configuration=MOST_CONFIGURATION,
                own=own if "pyproject" in name else "",
            )
        )


def _around(start: str) -> Repository | None:
    """Return the repository without a configuration that has *start* among its agreements."""
    found = _laid_out(start) if start else None
    if found is None:
        return None
    place, root, folder = (os.path.realpath(each) for each in (start, found.root, found.agreements))
    return found if place == root or f"{place}/".startswith(f"{folder}/") else None


def _laid_out(start: str) -> Repository | None:
    """Return *start*, or the top of its git repository, where it has the default's agreements."""
    from iopctl.config import DEFAULT

    folders = [start, *(each for each in upwards(start) if is_top(each))]
    for folder in folders:
        if os.path.isdir(os.path.join(folder, DEFAULT.folder)):
            return Repository(os.path.normpath(folder) if start else folder, DEFAULT, {})
    return None


def _among_them() -> Repository | None:
    """Return the repository whose folder of agreements is worked in, where it is called so."""
    from iopctl.config import DEFAULT

    with suppress(FileNotFoundError):  # of a folder of work that has been deleted
        for folder in upwards():
            if os.path.basename(os.path.realpath(folder or ".")) == DEFAULT.folder:
                return Repository(os.path.join(folder, ".."), DEFAULT, {})
    return None


def from_top(name: str) -> str:
    """Return what a file is called from the top of the git repository that is worked in.

    That is how services that show files of a repository call it. Outside it, or without git, the
    name stays as it is.
    """
    top = next(filter(is_top, upwards()), None)
    if top is None or os.path.isabs(name):
        return name
    below = os.path.relpath(name, top or ".").replace(os.sep, "/")
    return name if below.startswith("../") else below


def upwards(folder: str = "") -> Iterator[str]:
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
