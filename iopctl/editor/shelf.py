"""The agreements of one repository: each checked by itself, and kept until it changes."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import check, files
from iopctl.check import portfolio
from iopctl.check.rules import ALL, Context
from iopctl.check.run import text_of
from iopctl.check.selection import selection
from iopctl.config import DEFAULT
from iopctl.drafting.precedents import Precedent, precedent
from iopctl.errors import UserError
from iopctl.files import Repository
from iopctl.input import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from iopctl.check import FileCheck
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.facts import Facts
    from iopctl.check.portfolio import Document
    from iopctl.check.selection import RuleSelection
    from iopctl.files import Stamp
    from iopctl.input import Unreadable
    from iopctl.source import Source

DEFAULT_FOLDER: Final = "agreements"
MOST_AT_ONCE: Final = 1000
"""Files up to which they are compared with each other at every change."""
ACROSS: Final = frozenset(rule.code for rule in ALL if rule.across)


class Copy(NamedTuple):
    """A file as it was checked last; without *stamp* it is one that is open in the editor."""

    content: Input
    checked: FileCheck
    precedent: Precedent | None
    stamp: Stamp | None = None


class Survey(NamedTuple):
    """What a look at the disk found: what has changed since, and the names of all there is.

    *problem* is what is wrong with the configuration; the one that was known then still counts.
    """

    copies: Mapping[str, Copy]
    names: frozenset[str]
    problem: str = ""


class Shelf:
    """The agreements below *root*, by the names that a check run there has for them.

    A text that lies in no folder of agreements has a shelf to itself, with no *folder*.
    """

    def __init__(self, place: Repository, as_of: date, *, alone: bool = False) -> None:
        self.place = place
        self.root = PurePath(place.root)
        self.folder = None if alone else PurePath(place.agreements)
        self.is_whole = alone
        self.context = Context(place.config, as_of)
        self.selection, self.problem = _selection(place)
        self._copies: dict[str, Copy] = {}
        self._open: dict[str, Copy] = {}
        self._between: dict[str, list[Diagnostic]] = {}

    # -------------------------------------------------------------- what it knows
    @property
    def results(self) -> dict[str, FileCheck]:
        """What each file gives by itself, open ones as the editor has them."""
        return {name: each.checked for name, each in sorted((self._copies | self._open).items())}

    @property
    def facts(self) -> list[Facts]:
        """What other files are compared with."""
        return [each.facts for each in self.results.values() if each.facts]

    @property
    def precedents(self) -> list[Precedent]:
        """What the agreements say that others may want to say likewise."""
        return [each.precedent for each in self._all.values() if each.precedent]

    def source(self, name: str) -> Source:
        """Return the text of a file."""
        return text_of({name: each.content for name, each in self._all.items()}, name)

    def content(self, name: str) -> bytes | Unreadable:
        """Return what stands in a file, or why that is not known."""
        return self._all[name].content.content

    def path(self, name: str) -> PurePath:
        """Return where the file called *name* lies."""
        return self.root / name

    def name(self, path: PurePath) -> str:
        """Return what messages call the file at *path*."""
        inside = path.is_relative_to(self.root)
        return (path.relative_to(self.root) if inside else path).as_posix()

    def holds(self, path: PurePath) -> bool:
        """Whether the file at *path* is one of the agreements, or would be once it is saved."""
        if self.folder is None or not path.is_relative_to(self.folder):
            return False
        parts = path.relative_to(self.folder).parts
        hidden = any(each.startswith(".") or each in files.PASSED_OVER for each in parts)
        return not hidden and path.suffix.lower() in files.SUFFIXES

    def findings(self) -> dict[str, list[Diagnostic]]:
        """Return what a check finds, by file; between files only once all of them are known."""
        results = self.results
        if self.is_whole:
            found = check.findings([*results.values()], self.context, self.source)
        else:
            found = [one for each in results.values() for one in check.alone(each, self.context)]
        by_file: dict[str, list[Diagnostic]] = {name: [] for name in results}
        for each in self.selection.shown(found):
            by_file[each.file].append(each)
        self._between = {
            name: [each for each in told if each.code in ACROSS] for name, told in by_file.items()
        }
        return by_file

    def own(self, name: str) -> list[Diagnostic]:
        """Return what is found in one file; of very many files, between them as it was before."""
        if len(self._all) <= MOST_AT_ONCE:
            return self.findings()[name]
        result = self.results[name]
        own = self.selection.shown(check.alone(result, self.context))
        found = (*own, *self._between.get(name, ()))
        return sorted(found, key=lambda each: each.order)

    @property
    def _all(self) -> dict[str, Copy]:
        return self._copies | self._open

    # -------------------------------------------------------------- what changes
    def put(self, content: Input, checked: FileCheck, document: Document) -> None:
        """Take an open text in place of its file."""
        self._open[content.name] = Copy(content, checked, _precedent(document))

    def close(self, name: str) -> None:
        """Go back to the file of a text that was open."""
        self._open.pop(name, None)

    def stamps(self) -> dict[str, Stamp]:
        """Return what the files were known by when they were checked."""
        return {name: each.stamp for name, each in self._copies.items() if each.stamp}

    def take(self, survey: Survey) -> None:
        """Take what a look at the disk found."""
        kept = {name: each for name, each in self._copies.items() if name in survey.names}
        self._copies = kept | dict(survey.copies)
        self.is_whole = self.is_whole or self._copies.keys() == survey.names


def _selection(place: Repository) -> tuple[RuleSelection, str]:
    try:
        return selection(place.config), ""
    except UserError as error:
        return selection(DEFAULT), str(error)


# ------------------------------------------------------------------ looking at the disk
class Order(NamedTuple):
    """What a look at the disk is to find out: what has changed in a repository since *known*."""

    place: Repository
    folder: PurePath | None
    context: Context
    known: Mapping[str, Stamp]


def order(shelf: Shelf) -> Order:
    """Return what is to be looked for, so that a thread of its own can do it."""
    return Order(shelf.place, shelf.folder, shelf.context, shelf.stamps())


def survey(given: Order, stopped: Callable[[], bool]) -> Survey | None:
    """Look at the disk: read and check what has changed; leave early once *stopped* says so.

    None tells that the configuration is another now, so that all is to be begun anew.
    """
    problem = ""
    try:
        if files.repository(given.place.root) != given.place:
            return None
    except UserError as error:
        problem = str(error)
    found = files.stamped(given.place.agreements) if given.folder else {}
    root = PurePath(given.place.root)
    stamps = {PurePath(path).relative_to(root).as_posix(): found[path] for path in found}
    copies = {}
    for name in (each for each, stamp in stamps.items() if given.known.get(each) != stamp):
        if stopped():
            break
        content = Input(name, files.content(stamps[name][0]))
        document = portfolio.document(content)
        checked = check.checked(content, given.context, document)
        copies[name] = Copy(content, checked, _precedent(document), stamps[name])
    return Survey(copies, frozenset(stamps), problem)


def _precedent(document: Document) -> Precedent | None:
    if document.agreement is None or document.source is None:
        return None
    return precedent(document.agreement, document.source.data or {})


def located(path: PurePath, folders: Iterable[PurePath]) -> tuple[Repository, str]:
    """Return the repository of a file, and what is wrong with its configuration, if anything.

    Without a configuration it is the folder of work in which *path* lies under `agreements`, or
    the nearest that holds it so; else the file's own folder.
    """
    place, problem = Repository("", DEFAULT, {}), ""
    try:
        place = files.repository(str(path.parent))
    except UserError as error:
        problem = str(error)
    if place.config is not DEFAULT:
        return place, problem
    within = (each for each in folders if path.is_relative_to(each / DEFAULT_FOLDER))
    nearest = (each.parent for each in path.parents if each.name == DEFAULT_FOLDER)
    root = next(within, None) or next(nearest, None) or path.parent
    return Repository(str(root), DEFAULT, {}), problem
