"""What every reading command does first: find the files, read them, and say what is wrong."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from itertools import filterfalse
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from iopctl.cli.spellings import day_of
from iopctl.errors import Refused
from iopctl.input import Input
from iopctl.language import counted, marked, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.raises import NoRate
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.portfolio import Entry, Head, Portfolio
    from iopctl.config import Config
    from iopctl.files import Repository
    from iopctl.model.agreement import Agreement
    from iopctl.packed import Packed

MOST_A_FILE = 20
MOST_A_RUN = 200


Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Selection(Generic[Kept]):
    """The agreements that a command was asked about, and what it must say of the others.

    *chosen* has what is kept of them: their cases, or what was made of each. *files* are the names
    of their files, by their ids. *drafts* are left out, and *broken* files.
    """

    chosen: Kept
    inputs: tuple[Input, ...]
    files: Mapping[str, str]
    place: Repository
    as_of: date
    drafts: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def cases(self: AgreementSelection) -> tuple[Case, ...]:
        """The agreements themselves."""
        return self.chosen

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not counted."""
        from iopctl.listings import notes

        return (*notes.drafts(self.drafts), *notes.left_out(self.broken))

    @property
    def config(self) -> Config:
        """What the municipality has decided for all its agreements."""
        return self.place.config

    def reckoned(self: AgreementSelection) -> tuple[Case, ...]:
        """Return the cases with their figures worked out."""
        from iopctl.listings.notes import due_rates
        from iopctl.output.progress import watched

        lacking: list[tuple[str, NoRate]] = []
        for each in watched(self.cases, marked("reckoning"), sys.stderr):
            lacking += ((each.agreement.id, rate) for rate in due_rates(each))
        tell_missing(lacking)
        return self.cases

    def parts(self: AgreementSelection) -> tuple[str, ...]:
        """Return the ids of the repository's other agreements that are parts of these."""
        ids = {each.agreement.id for each in self.cases}
        near = beside(self.inputs, ids, self.place.agreements, b"part_of")
        return tuple(sorted(each.id for each in near if each.part_of in ids))


if TYPE_CHECKING:
    AgreementSelection: TypeAlias = Selection[tuple[Case, ...]]


class _Request(NamedTuple):
    """What a command was asked, and where: the files, the day, and whether drafts are wanted."""

    inputs: list[Input]
    place: Repository
    as_of: date
    drafts: bool
    followed: bool

    def is_left_out(self, each: Head | Agreement) -> bool:
        """Whether it is a draft that nobody asks for."""
        return each.status == "draft" and not self.drafts

    def successors(self, heads: Sequence[Head]) -> dict[str, str]:
        """Return the id of the agreement that follows each, drafts left out."""
        own = _successors(heads)
        if not self.followed:
            return own
        ids = [each.id for each in heads]
        near = beside(self.inputs, ids, self.place.agreements, b"succeeds")
        return {**_successors(near), **own}

    def case(self, agreement: Agreement, successor: str | None = None) -> Case:
        """Return an agreement as the day sees it."""
        from iopctl.case.case import Case

        return Case(agreement, self.as_of, self.place.config, successor=successor)

    def selection(
        self, chosen: Kept, portfolio: Portfolio[Any], broken: Sequence[str]
    ) -> Selection[Kept]:
        """Return what is *chosen*, and what is to be said of the others."""
        left = filter(self.is_left_out, portfolio.heads)
        return Selection(
            chosen,
            tuple(self.inputs),
            portfolio.files,
            self.place,
            self.as_of,
            tuple(each.id for each in left),
            tuple(broken),
        )


def selection(
    files: Sequence[str] | None,
    as_of: str | None,
    *,
    keep_going: bool | None = None,
    drafts: bool = False,
    followed: bool = False,
) -> AgreementSelection:
    """Read what *files* name; tell on standard error what can't be read.

    Drafts are left out, and noted, unless they are named or *drafts* asks for them. Which
    agreement follows another is known of those that are read, and with *followed* also of the
    files beside them.

    Where a command has no such flag, *keep_going* is None.

    Raises:
        Refused: a file can't be read, and *keep_going* does not say to go on without it.
        UserError: nothing was found, or an option or the configuration is wrong.
    """
    from iopctl import workers
    from iopctl.check.portfolio import load, text

    asked = _request(files, as_of, drafts=drafts, followed=followed)
    portfolio = load(
        asked.inputs,
        _watched,
        lambda each: workers.done(text, each, workers.paying(len(each), workers.READING_PAYS)),
    )
    broken = refuse_broken(portfolio, keep_going=keep_going)
    successors = asked.successors(portfolio.heads)
    cases = tuple(
        asked.case(each, successors.get(each.id))
        for each in filterfalse(asked.is_left_out, portfolio.readable)
    )
    return asked.selection(cases, portfolio, broken)


def selection_of(
    made: Callable[[Case], Kept],
    files: Sequence[str] | None,
    as_of: str | None,
    *,
    keep_going: bool | None = None,
    drafts: bool = False,
    followed: bool = False,
) -> Selection[Packed[Kept]]:
    """Read what *files* name as `selection` does, and keep what is *made* of each case alone.

    That is made where a file is read, maybe in another process, so that thousands of agreements
    take little room. Whether one is followed is known when all are read: those are read again.
    """
    from iopctl import workers
    from iopctl.check.portfolio import gathered
    from iopctl.packed import Packed

    asked = _request(files, as_of, drafts=drafts, followed=followed)
    alone = asked._replace(inputs=[])  # all that a process need be told
    portfolio = gathered(
        asked.inputs,
        lambda given: map(
            itemgetter(1),
            zip(
                _watched(given),
                workers.done(partial(_entry, alone, made), given, workers.paying(len(given))),
                strict=True,
            ),
        ),
        Packed,
    )
    broken = refuse_broken(portfolio, keep_going=keep_going)
    successors = asked.successors(portfolio.heads)
    inputs = dict(asked.inputs)
    ids = [each.id for each in portfolio.heads if not asked.is_left_out(each)]
    again = [
        (Input(name, inputs[name]), successors[each])
        for each in ids
        if each in successors and (name := portfolio.files[each])
    ]
    if not again:
        return asked.selection(portfolio.readable, portfolio, broken)
    anew = workers.done(partial(_anew, alone, made), again, workers.paying(len(again)))
    chosen = Packed(
        part
        for id_, before in zip(ids, portfolio.readable, strict=True)
        for part in (next(anew) if id_ in successors else (before,))
    )
    return asked.selection(chosen, portfolio, broken)


def _request(
    files: Sequence[str] | None, as_of: str | None, *, drafts: bool, followed: bool
) -> _Request:
    from iopctl.files import inputs, place

    today = day(as_of)
    here = place(files or ())
    given = inputs(files or (), here.agreements)
    return _Request(given, here, today, drafts=bool(files) or drafts, followed=followed)


def _watched(given: Sequence[Input]) -> Iterator[Input]:
    from iopctl.output.progress import watched

    return watched(given, marked("reading"), sys.stderr)


def _entry(asked: _Request, made: Callable[[Case], Kept], given: Input) -> Entry[Kept]:
    """Read a file, and make of it what is asked for, as if none followed it."""
    from iopctl.check import portfolio

    found = portfolio.document(given)
    if found.agreement is None or asked.is_left_out(found.agreement):
        return portfolio.entry(found, None)
    return portfolio.entry(found, made(asked.case(found.agreement)))


def _anew(
    asked: _Request, made: Callable[[Case], Kept], given: tuple[Input, str]
) -> tuple[Kept, ...]:
    """Make what is asked for of a file that an agreement follows, once that is known."""
    from iopctl.check.portfolio import load

    each, successor = given
    return tuple(made(asked.case(agreement, successor)) for agreement in load([each]).readable)


def _successors(agreements: Iterable[Head | Agreement]) -> dict[str, str]:
    return {each.succeeds: each.id for each in agreements if each.succeeds and not each.status}


def beside(
    given: Sequence[Input], ids: Iterable[str], folder: str, key: bytes
) -> tuple[Agreement, ...]:
    """Return those beside *given* that may name one of *ids* under a *key*: no others are read."""
    from iopctl.check.portfolio import load
    from iopctl.files import neighbours

    names = [each.encode() for each in ids]
    near = [
        each
        for each in neighbours(given, folder)
        if isinstance(each.content, bytes)
        and key in each.content
        and any(name in each.content for name in names)
    ]
    return tuple(load(near).readable)


def refuse_broken(portfolio: Portfolio[Any], *, keep_going: bool | None) -> list[str]:
    """Tell what is wrong, and return the names of the files that can't be read.

    A way to go on without them is told where there is one: where *keep_going* is not None.

    Raises:
        Refused: there are such, and *keep_going* does not say to go on without them.
    """
    broken = list(dict.fromkeys(each.file for each in portfolio.diagnostics))
    tell(portfolio.diagnostics)
    if broken and keep_going is None:
        raise Refused(
            counted(
                "a file can't be read: correct that first",
                "{number} files can't be read: correct that first",
                len(broken),
            )
        )
    if broken and not keep_going:
        raise Refused(
            counted(
                "a file can't be read: correct that, or leave it out of the figures "
                "with --keep-going",
                "{number} files can't be read: correct that, or leave it out of the figures "
                "with --keep-going",
                len(broken),
            )
        )
    return broken


def tell_missing(lacking: Iterable[tuple[str, NoRate]]) -> None:
    """Warn of the index values that are missing, each once: what needs them is unknown.

    They are *lacking* of agreements, by their ids.
    """
    from iopctl.listings.notes import by_reason

    lines = [
        tr("{reason}: until then figures are unknown of {ids}", reason=reason, ids=", ".join(ids))
        for reason, ids in by_reason(lacking).items()
    ]
    if lines:
        terminal.say("\n".join(map(terminal.printable, lines)))


def tell(diagnostics: Sequence[Diagnostic]) -> None:
    """Write the findings to standard error, a line each, bounded for each file and in all."""
    told: dict[str, int] = {}
    lines: list[str] = []
    for each in diagnostics:
        told[each.file] = told.get(each.file, 0) + 1
        if told[each.file] <= MOST_A_FILE and len(lines) < MOST_A_RUN:
            lines.append(each.line)
    if len(lines) < len(diagnostics):
        lines.append(tr("and {number} more findings", number=len(diagnostics) - len(lines)))
    if lines:
        terminal.say("\n".join(map(terminal.printable, lines)))


def day(text: str | None, option: str = "--as-of") -> date:
    """Return the day that an *option* gives, or today in Sweden: the one place that asks the clock.

    Raises:
        UserError: *text* is no day.
    """
    if text is None:
        from datetime import datetime
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo("Europe/Stockholm")).date()
    return day_of(text, option)
