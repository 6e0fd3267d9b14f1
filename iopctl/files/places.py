"""Which files a run is about: the agreements that its words name."""

from __future__ import annotations

import os
from contextlib import suppress
from difflib import get_close_matches
from glob import glob, has_magic
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from iopctl.errors import UserError
from iopctl.files.configuration import CONFIGURATION, repository, repository_of, upwards
from iopctl.files.reading import NOT_FOLLOWED, content, is_top, link_on_the_way, shown
from iopctl.input import Input
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.files.configuration import Repository

SUFFIXES: Final = (".yaml", ".yml")
PASSED_OVER: Final = frozenset({"node_modules", "__pycache__"})
MOST_NAME: Final = 200
MOST_NAMED: Final = 8
MOST_LOOKED_AT: Final = 500

Stamp: TypeAlias = tuple[str, int, int]
"""What tells by itself that a file has changed: its path, size and time of change."""


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
            tr("no agreement found in {looked}: {advice}", looked=looked, advice=_advice())
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
            tr(
                "there is no folder {folder}: make it first; or {advice}",
                folder=shown(folder),
                advice=_advice(),
            )
        )
    paths = sorted(os.path.normpath(path) for path in _walked(folder))
    return [Input(shown(path), content(path)) for path in paths]


def stamps(arguments: Sequence[str], folder: str) -> frozenset[Stamp]:
    """Return what tells by itself that a file has changed: its name, size and time of change.

    For the files that *arguments* name, all of *folder*, and the configuration.
    """
    named = (path for each in arguments if os.path.lexists(each) for path in _named(each, folder))
    configuration = (os.path.join(up, name) for up in upwards() for name in CONFIGURATION)
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


def place(arguments: Sequence[str]) -> Repository:
    """Return the configuration nearest to what *arguments* name, that of the folder of work else.

    Raises:
        UserError: it can't be read, or the files have several that differ.
    """
    return repository_of(
        _start(path) for each in arguments for path in _expanded(each)[:1] or [each]
    )


def seen_from(folder: str, name: str) -> str:
    """Return the file *name* at the root of the repository that *folder* is of, as seen from it."""
    root = place([folder]).root
    return os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")


def _start(path: str) -> str:
    if os.path.isdir(path):
        return path
    return os.path.dirname(path) if os.path.lexists(path) else ""


def _expanded(argument: str) -> list[str]:
    """Return what a word with wildcards stands for, as where no shell has put it in its place."""
    if os.path.lexists(argument) or not has_magic(argument) or "\0" in argument:
        return [argument]
    return sorted(glob(argument)) or [argument]


def _advice() -> str:
    """Return what to do where no agreement was found; not to lay out what there is already."""
    here = repository()
    if any(os.path.lexists(os.path.join(here.root, name)) for name in CONFIGURATION):
        return tr("name a folder with .yaml files, or write one in it with: iopctl new")
    top = next(filter(is_top, upwards()), None)
    if top is not None and (elsewhere := _elsewhere(top)) is not None:
        return tr(
            "there are some in {elsewhere}: name that folder, or say so in iopctl.toml by folder",
            elsewhere=shown(os.path.normpath(elsewhere)),
        )
    return tr("name a folder with .yaml files, or lay out a new one with: iopctl init")


def _elsewhere(top: str) -> str | None:
    """Return the first folder below *top* with a file that looks like an agreement."""
    for path in islice(_walked(top or "."), MOST_LOOKED_AT):
        found = content(path)
        if isinstance(found, bytes) and b"\nparties:" in found and b"\nid:" in b"\n" + found:
            return os.path.dirname(path)
    return None


def _named(argument: str, folder: str) -> Iterator[str]:
    for path in _expanded(argument):
        if os.path.isdir(path):
            yield from sorted(_walked(_agreements_of(path)))
        elif os.path.lexists(path):
            yield path
        else:
            yield _by_id(path, folder)


def _agreements_of(folder: str) -> str:
    """Return where the agreements of a repository are, if *folder* is one; else *folder*."""
    if not any(os.path.lexists(os.path.join(folder, name)) for name in (".git", *CONFIGURATION)):
        return folder
    found = repository(folder)
    is_root = os.path.samefile(found.root or ".", folder)
    return found.agreements if is_root and os.path.isdir(found.agreements) else folder


def identifiers(folder: str) -> dict[str, str]:
    """Return the files of *folder* by what names their agreements on the command line."""
    return {
        os.path.splitext(os.path.basename(path))[0]: path
        for path in (_walked(folder) if os.path.isdir(folder) else ())
    }


def _by_id(argument: str, folder: str) -> str:
    """Return the file of the agreement called *argument*, or of the only one that it is a part of.

    Raises:
        UserError: there is none, or there are several.
    """
    found = identifiers(folder)
    if argument in found:
        return found[argument]
    part = argument.lower()
    fitting = [each for each in sorted(found) if part and each.lower().startswith(part)]
    fitting = fitting or [each for each in sorted(found) if part and part in each.lower()]
    if len(fitting) == 1:
        return found[fitting[0]]
    if fitting:
        more = ", …" if len(fitting) > MOST_NAMED else ""
        raise UserError(
            tr(
                "'{argument}' fits {number} agreements, {names}: write more of one",
                argument=argument,
                number=len(fitting),
                names=f"{', '.join(fitting[:MOST_NAMED])}{more}",
            )
        )
    near = get_close_matches(argument, found, n=1) if len(argument) < MOST_NAME else []
    meant = (
        tr("did you mean {id}?", id=near[0])
        if near
        else tr("iopctl list shows the agreements there are")
    )
    raise UserError(
        tr(
            "no file, folder or agreement is called '{argument}': {meant}",
            argument=argument,
            meant=meant,
        )
    )


def _walked(folder: str) -> Iterator[str]:
    """Yield the YAML files below *folder*; hidden ones and linked folders are passed over.

    Raises:
        UserError: *folder* is such a link, or lies behind one.
    """
    if (link := link_on_the_way(os.path.join(folder, "*"))) is not None:
        raise UserError(
            tr(
                "{link} is {not_followed}: name the folder itself",
                link=shown(link),
                not_followed=tr(NOT_FOLLOWED),
            )
        )
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
