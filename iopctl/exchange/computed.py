"""The tables of what follows from the agreements: budget, split and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.deadlines.due import agenda
from iopctl.economy import split as shares
from iopctl.exchange.fields import Fields, column, money, table
from iopctl.exchange.written import PROMISE, Promise
from iopctl.money import rounded
from iopctl.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from iopctl.config import Benchmark, Config
    from iopctl.deadlines.duties import Duty
    from iopctl.economy.budget import Sheet
    from iopctl.economy.figures import Figure
    from iopctl.economy.split import Share
    from iopctl.economy.worth import Derivation
    from iopctl.tables import Table

_FINE: Final = Decimal("1e-10")


# ------------------------------------------------------------------ budget
@dataclass(frozen=True, slots=True)
class Outcome(Promise):
    """A row, and a figure of it."""

    figure: Figure

    @property
    def derivation(self) -> Derivation | None:
        """How the amount came about, where it was reckoned from a year's."""
        return self.figure.worth.derivation


_BUDGET: Final[Fields[Outcome]] = {
    **PROMISE,
    column("year", Kind.NUMBER): lambda each: each.figure.year,
    column("state", Kind.STATE): lambda each: each.figure.state,
    column("amount", Kind.KRONOR): lambda each: money(each.figure.amount),
    column("unknown", Kind.NUMBER): lambda each: int(each.figure.amount is None),
    column("reason"): lambda each: each.figure.worth.reason,
    column("base", Kind.NUMBER): lambda each: each.derivation and each.derivation.base,
    column("factor", Kind.NUMBER): lambda each: each.derivation and _fine(each.derivation.factor),
    column("months", Kind.NUMBER): lambda each: (
        each.derivation and _fine(each.derivation.part * 12)
    ),
}


def budget(given: Sequence[Sheet], as_of: date, *, options: bool) -> Table:
    """Return a row for each figure of each year: amount = base × factor × months ÷ 12, rounded.

    Where `unknown` is 1 the amount is empty, and `reason` says why. Without a year, it is a
    total that the agreement does not divide. Factor and months have ten decimals.
    """
    outcomes = (
        Outcome(figure.terms, figure.row, figure)
        for sheet in given
        for figure in sheet.figures
        if options or figure.state == "decided"
    )
    return table("budget", "Budget, a row for each figure", as_of, _BUDGET, outcomes)


def _fine(value: Fraction) -> Decimal:
    return rounded(value, _FINE).normalize()


# ------------------------------------------------------------------ split
class Weighing(NamedTuple):
    """A year's split, and what it is weighed by."""

    share: Share
    as_of: date
    benchmark: Benchmark


_SPLIT: Final[Fields[Weighing]] = {
    column("agreement"): lambda each: each.share.sheet.agreement.id,
    column("year", Kind.NUMBER): lambda each: each.share.year,
    column("public", Kind.KRONOR): lambda each: each.share.public,
    column("civil", Kind.KRONOR): lambda each: each.share.civil,
    column("share", Kind.PERCENT): lambda each: each.share.rounded_percent,
    column("benchmark", Kind.STATE): lambda each: each.share.verdict(each.benchmark),
    column("explanation"): lambda each: each.share.explanation(each.as_of),
    column("missing"): lambda each: "; ".join(each.share.missing),
}


def split(given: Sequence[Sheet], as_of: date, benchmark: Benchmark) -> Table:
    """Return each agreement's split in each decided year; `missing` says why one is unknown."""
    weighings = (
        Weighing(shares.share(sheet, year), as_of, benchmark)
        for sheet in given
        for year in sorted(
            {each.year for each in sheet.figures if each.state == "decided" and each.year}
        )
    )
    return table("split", "The public side's share, year by year", as_of, _SPLIT, weighings)


# ------------------------------------------------------------------ deadlines
class Deadline(NamedTuple):
    """A duty as a day sees it."""

    duty: Duty
    as_of: date


_DEADLINES: Final[Fields[Deadline]] = {
    column("agreement"): lambda each: each.duty.agreement,
    column("date", Kind.DATE): lambda each: each.duty.day,
    column("days_left", Kind.NUMBER): lambda each: (each.duty.day - each.as_of).days,
    column("kind", Kind.STATE): lambda each: each.duty.kind,
    column("what"): lambda each: each.duty.what,
    column("who"): lambda each: each.duty.who,
    column("assumed"): lambda each: each.duty.assumed,
}


def deadlines(given: Sequence[Sheet], as_of: date, config: Config) -> Table:
    """Return a row for each deadline, as `iopctl due` shows them; late ones have days below 0."""
    found = (Deadline(each, as_of) for each in agenda(given, config, as_of))
    return table("deadlines", "Deadlines", as_of, _DEADLINES, found)
