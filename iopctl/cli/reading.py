"""What every reading command does first: find the files, read them, and say what is wrong."""

from __future__ import annotations

import sys
from itertools import filterfalse
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.cli.spellings import day_of
from iopctl.errors import Refused
from iopctl.language import counted, marked, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.indexing import WhatIf
    from iopctl.case.raises import NoRate
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.portfolio import Head, Portfolio
    from iopctl.config import Config
    from iopctl.files import Repository
    from iopctl.input import Input
    from iopctl.model.agreement import Agreement

MOST_A_FILE = 20
MOST_A_RUN = 200


class AgreementSelection(NamedTuple):
    """The agreements that a command was asked about, and what it must say of the others.

    *files* are the names of their files, by their ids. *drafts* are left out, and *broken* files.
    """

    cases: Sequence[Case]
    inputs: tuple[Input, ...]
    files: Mapping[str, str]
    place: Repository
    as_of: date
    drafts: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not counted."""
        from iopctl.listings import notes

        return (*notes.drafts(self.drafts), *notes.left_out(self.broken))

    @property
    def config(self) -> Config:
        """What the municipality has decided for all its agreements."""
        return self.place.config

    def reckoned(self, what_if: WhatIf | None = None) -> tuple[Case, ...]:
        """Return the cases with their figures worked out, by the percent *what_if* if given."""
        from dataclasses import replace

        from iopctl.listings.notes import missing_rates
        from iopctl.output.progress import watched

        found = tuple(replace(each, what_if=what_if) if what_if else each for each in self.cases)
        for each in watched(found, marked("reckoning"), sys.stderr):
            _ = each.figures  # the case keeps them
        tell_missing(missing_rates(found, self.as_of))
        return found

    def one_by_one(self, lacking: dict[NoRate, dict[str, None]]) -> Iterator[Case]:
        """Yield the cases, each to be let go before the next is made.

        What series lack is added to *lacking*, with the ids of the agreements that need it.
        """
        from iopctl.listings.notes import due_rates
        from iopctl.output.progress import watched

        for case in watched(self.cases, marked("working out the tables"), sys.stderr):
            for rate in due_rates(case, self.as_of):
                lacking.setdefault(rate, {})[case.agreement.id] = None
            yield case

    def parts(self) -> tuple[str, ...]:
        """Return the ids of the repository's other agreements that are parts of these."""
        ids = {each.agreement.id for each in self.cases}
        near = beside(self.inputs, ids, self.place.agreements, b"part_of")
        return tuple(sorted(each.id for each in near if each.part_of in ids))


def selection(
    files: Sequence[str] | None,
    as_of: str | None,
    *,
    keep_going: bool | None = None,
    drafts: bool = False,
    followed: bool = False,
    packed: bool = False,
) -> AgreementSelection:
    """Read what *files* name; tell on standard error what can't be read.

    Drafts are left out, and noted, unless they are named or *drafts* asks for them. Which
    agreement follows another is known of those that are read, and with *followed* also of the
    files beside them.

    Where a command has no such flag, *keep_going* is None. *packed* takes little room for
    thousands of cases: each is made anew when they are gone through.

    Raises:
        Refused: a file can't be read, and *keep_going* does not say to go on without it.
        UserError: nothing was found, or an option or the configuration is wrong.
    """
    from iopctl import workers
    from iopctl.case.case import Case
    from iopctl.check.portfolio import load, text
    from iopctl.files import inputs, place
    from iopctl.output.progress import watched

    today = day(as_of)
    here = place(files or ())
    given = inputs(files or (), here.agreements)

    keeping, made = _room(packed=packed)

    def is_left_out(each: Head | Agreement) -> bool:
        return each.status == "draft" and not (files or drafts)

    portfolio = load(
        given,
        lambda each: watched(each, marked("reading"), sys.stderr),
        lambda each: workers.done(text, each, workers.paying(len(each), workers.READING_PAYS)),
        lambda each: keeping(filterfalse(is_left_out, each)),
    )
    broken = refuse_broken(portfolio, keep_going=keep_going)
    left = filter(is_left_out, portfolio.heads)
    successors = _successors(portfolio.heads)
    if followed:
        ids = [each.id for each in portfolio.heads]
        near = _successors(beside(given, ids, here.agreements, b"succeeds"))
        successors = {**near, **successors}

    def case(agreement: Agreement) -> Case:
        return Case(agreement, today, here.config, successor=successors.get(agreement.id))

    return AgreementSelection(
        made(case, portfolio.agreements),
        tuple(given),
        portfolio.files,
        here,
        today,
        tuple(each.id for each in left),
        tuple(broken),
    )


def _room(*, packed: bool) -> tuple[Callable[..., Sequence[Any]], Callable[..., Sequence[Any]]]:
    """Return what keeps values, *packed* in little room, and what makes others of them."""
    if not packed:
        return tuple, lambda made, values: tuple(map(made, values))
    from iopctl.packed import Packed  # which most commands need not wait for

    return Packed, lambda made, values: values.of_each(made)


def _successors(agreements: Iterable[Head | Agreement]) -> dict[str, str]:
    """Return the id of the agreement that follows each, drafts left out."""
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
    return tuple(load(near).agreements)


def refuse_broken(portfolio: Portfolio, *, keep_going: bool | None) -> list[str]:
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


def tell_missing(missing: Mapping[str, Sequence[str]]) -> None:
    """Warn of the index values that are missing, each once: what needs them is unknown."""
    lines = [
        tr("{reason}: until then figures are unknown of {ids}", reason=reason, ids=", ".join(ids))
        for reason, ids in missing.items()
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
