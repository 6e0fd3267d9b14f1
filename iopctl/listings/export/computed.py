"""The tables of what follows from the agreements: budget, split, outcome and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.closing import closings
from iopctl.case.duties import KINDS
from iopctl.case.inhabitants import per_inhabitant
from iopctl.case.wording import ENGLISH
from iopctl.case.worth import Derivation, Spread
from iopctl.language import tr
from iopctl.listings.export.fields import ExportTable, Field, money
from iopctl.listings.export.written import PROMISE, Promise
from iopctl.listings.ledger import lines
from iopctl.money import rounded
from iopctl.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from fractions import Fraction

    from iopctl.case.case import Case
    from iopctl.case.closing import Closing, Post
    from iopctl.case.duties import Duty
    from iopctl.case.figure import Figure
    from iopctl.case.share import Share
    from iopctl.config import Benchmark
    from iopctl.listings.ledger import AccountYear
    from iopctl.tables import Amount

_FINE: Final = Decimal("1e-10")


# ------------------------------------------------------------------ budget
@dataclass(frozen=True, slots=True)
class RowFigure(Promise):
    """A row, and a figure of it."""

    figure: Figure

    @property
    def derivation(self) -> Derivation | None:
        """How the amount came about, where it was reckoned from a year's."""
        found = self.figure.worth.derivation
        return found if isinstance(found, Derivation) else None

    @property
    def spread(self) -> Spread | None:
        """How it came about, where it is a part of a total."""
        found = self.figure.worth.derivation
        return found if isinstance(found, Spread) else None

    @property
    def months(self) -> Fraction | None:
        """The months that it is for."""
        if self.spread:
            return self.spread.months
        return self.derivation and self.derivation.months

    @property
    def amount(self) -> Decimal | None:
        """Kronor; None is unknown, as is what a row gives in years that are."""
        return None if self.figure.is_undated and self.figure.amount else self.figure.amount

    @property
    def total_for(self) -> str | None:
        """The days of a total that no year divides, as far as they are known."""
        period = self.figure.period
        return None if period is None or self.figure.year is not None else period.text

    @property
    def base(self) -> Decimal | None:
        """Kronor of a whole year, where the amount was reckoned from them, or would be."""
        if self.figure.is_undated:
            return self.figure.amount
        return self.derivation and self.derivation.base


BUDGET: Final[ExportTable[RowFigure]] = ExportTable(
    "budget",
    "Budget, a row for each figure",
    (
        *PROMISE,
        Field("year", "the year; empty for a total that no year is said of, and for what a row"
              " gives in years of which it is not known whether the agreement holds",
              lambda each: each.figure.year, Kind.NUMBER),
        Field("state", "decided, or option in extensions not yet taken",
              lambda each: each.figure.state, Kind.STATE),
        Field("amount", "kronor: (base × factor + added) × months ÷ 12, rounded; empty where"
              " unknown",
              lambda each: money(each.amount), Kind.KRONOR),
        Field("unknown", "1 where the amount is unknown, which is not 0 kronor",
              lambda each: int(each.amount is None), Kind.NUMBER),
        Field("reason", "why it is unknown", lambda each: each.figure.worth.reason),
        Field("base", "kronor of a whole year, in the base year's prices; where each year is raised"
              " from the one before, that year's; in years that are unknown, as it is written",
              lambda each: each.base, Kind.NUMBER),
        Field("factor", "what the index has made of 1 krona, to ten decimals",
              lambda each: each.derivation and _fine(each.derivation.factor), Kind.NUMBER),
        Field("months", "how much of the year it is given, to ten decimals",
              lambda each: None if each.months is None else _fine(each.months), Kind.NUMBER),
        Field("added", "kronor that the index adds a year to base × factor, before the months",
              lambda each: each.derivation and _fine(each.derivation.added), Kind.NUMBER),
        Field("total", "kronor that are spread over months; the amount is the part of `months`",
              lambda each: each.spread and each.spread.total, Kind.NUMBER),
        Field("of_months", "over how many months the total is",
              lambda each: each.spread and _fine(each.spread.over), Kind.NUMBER),
        Field("total_for", "the days that a total without a year is for, as it was agreed",
              lambda each: each.total_for),
        Field("cut_to", "those of them that the agreement holds, where it does not hold all; what"
              " is owed of the total is then for the parties to say",
              lambda each: each.figure.cut and each.figure.cut[1]),
        Field("raises", "the raises behind the factor, year by year",
              lambda each: each.derivation and ENGLISH.raises(each.derivation)),
    ),
)  # fmt: skip


def budget(case: Case, *, options: bool) -> Iterator[RowFigure]:
    """Yield each figure of each year: amount = base × factor × months ÷ 12, rounded.

    Where `unknown` is 1 the amount is empty, and `reason` says why. Without a year, it is a
    total that the agreement does not divide, or it is of years that are unknown. Factor and
    months have ten decimals.
    """
    for figure in case.told(options=options):
        yield RowFigure(figure.terms, figure.row, figure)


def _known(amount: Amount | None) -> Decimal | None:
    """Return a number that is known, None where it is in part."""
    return amount.known if amount and amount.complete else None


def _fine(value: Fraction) -> Decimal:
    return rounded(value, _FINE).normalize()


# ------------------------------------------------------------------ split
class Weighing(NamedTuple):
    """A year's split, and what it is weighed by."""

    share: Share
    year: int
    as_of: date
    benchmark: Benchmark


SPLIT: Final[ExportTable[Weighing]] = ExportTable(
    "split",
    "The public side's share, year by year",
    (
        Field("agreement", "the id of the agreement", lambda each: each.share.case.agreement.id),
        Field("year", "a decided year; where none is known, one that it may hold in",
              lambda each: each.share.year, Kind.NUMBER),
        Field("public", "kronor of the public side, whichever committees pay",
              lambda each: each.share.public, Kind.KRONOR),
        Field("civil", "kronor of the civil side", lambda each: each.share.civil, Kind.KRONOR),
        Field("share", "the public side's percent of both; funders count on neither",
              lambda each: each.share.rounded_percent, Kind.PERCENT),
        Field("share_stated", "1 where the share is the agreement's own word for it",
              lambda each: int(each.share.is_stated), Kind.NUMBER),
        Field("benchmark", "below, within or above the benchmark; unknown where the share is",
              lambda each: each.share.verdict, Kind.STATE),
        Field("per_inhabitant", "kronor of the public side for each inhabitant, to the öre; empty"
              " where their number is not given",
              lambda each: money(per_inhabitant(each.share.case, each.year)),
              Kind.KRONOR),
        Field("explanation", "why the parties stand by a deviation",
              lambda each: each.share.explanation),
        Field("missing", "the rows without which the share is unknown",
              lambda each: "; ".join(each.share.missing)),
    ),
)  # fmt: skip


def split(case: Case, benchmark: Benchmark) -> Iterator[Weighing]:
    """Yield an agreement's split in each decided year; `missing` says why one is unknown.

    Of one whose years are unknown it is that of a year in which it may hold.
    """
    for year in sorted(case.years) or _any_year(case):
        yield Weighing(case.share(year), year, case.as_of, benchmark)


def _any_year(case: Case) -> tuple[int, ...]:
    """Return the year to tell of where none is known, that nothing may be left out."""
    year = case.share().year
    return () if year is None else (year,)


# ------------------------------------------------------------------ outcome
class ClosedPost(NamedTuple):
    """A post of a year that reports tell of, and its agreement's year."""

    closing: Closing
    post: Post


OUTCOME: Final[ExportTable[ClosedPost]] = ExportTable(
    "outcome",
    "What years came to beside what was agreed",
    (
        Field("agreement", "the id of the agreement", lambda each: each.closing.case.agreement.id),
        Field("year", "a year that a report tells kronor or hours of",
              lambda each: each.closing.year, Kind.NUMBER),
        Field("party", "whose part it is", lambda each: each.post.party),
        Field("item", "the row; empty for all that the party gives", lambda each: each.post.item),
        Field("agreed", "kronor that were agreed", lambda each: each.post.agreed, Kind.KRONOR),
        Field("actual", "kronor that it came to", lambda each: each.post.actual, Kind.KRONOR),
        Field("left", "agreed less actual; below 0 where it came to more",
              lambda each: money(each.post.left), Kind.KRONOR),
        Field("hours_agreed", "hours that were agreed",
              lambda each: _known(each.post.agreed_hours), Kind.NUMBER),
        Field("hours", "hours that it came to",
              lambda each: each.post.told and each.post.told.hours, Kind.NUMBER),
        Field("unspent", "what is to become of the public side's money that is left: repay,"
              " carry_over or keep", lambda each: each.closing.unspent, Kind.STATE),
    ),
)  # fmt: skip


def outcome(case: Case) -> Iterator[ClosedPost]:
    """Yield each post of each year that reports tell kronor or hours of."""
    for closing in closings(case):
        for post in closing.posts:
            yield ClosedPost(closing, post)


# ------------------------------------------------------------------ deadlines
class Deadline(NamedTuple):
    """A duty as a day sees it."""

    duty: Duty
    as_of: date


DEADLINES: Final[ExportTable[Deadline]] = ExportTable(
    "deadlines",
    "Deadlines",
    (
        Field("agreement", "the id of the agreement", lambda each: each.duty.agreement),
        Field("date", "the last day to do it", lambda each: each.duty.day, Kind.DATE),
        Field("days_left", "from the day of the export; below 0 where it is late",
              lambda each: (each.duty.day - each.as_of).days, Kind.NUMBER),
        Field("kind",
              "{words}, or {last} for all that an agreement long ended has not in its log",
              lambda each: each.duty.kind, Kind.STATE, KINDS),
        Field("count", "how many things are to be done", lambda each: each.duty.count, Kind.NUMBER),
        Field("what", "what is to be done", lambda each: each.duty.what),
        Field("who", "by whom", lambda each: each.duty.who),
        Field("assumed", "what of it the agreement leaves open",
              lambda each: tr(each.duty.assumed)),
    ),
)  # fmt: skip


# ------------------------------------------------------------------ ledger
LEDGER: Final[ExportTable[AccountYear]] = ExportTable(
    "ledger",
    "Ledger, a row for each payer and year",
    (
        Field("agreement", "the id of its agreement", lambda each: each.case.agreement.id),
        Field("seller", "who is to get the money", lambda each: each.account.seller),
        Field("buyer", "who is to pay it", lambda each: each.account.buyer),
        Field("board", "the committee that pays, where they are invoiced one by one",
              lambda each: each.account.board),
        Field("period", "the year, or the days of a total that no year divides",
              lambda each: each.year),
        Field("budget", "kronor that the budget has for it",
              lambda each: each.budget, Kind.KRONOR),
        Field("invoiced", "kronor invoiced by the log", lambda each: each.invoiced, Kind.KRONOR),
        Field("credited", "kronor credited of these", lambda each: each.credited, Kind.KRONOR),
        Field("paid_out", "kronor paid out without invoice, less what came back",
              lambda each: each.paid_out, Kind.KRONOR),
        Field("settled", "kronor settled outside the log",
              lambda each: each.settled, Kind.KRONOR),
        Field("open", "kronor to be invoiced or paid, below 0 to be credited",
              lambda each: each.open, Kind.KRONOR),
        Field("events", "the numbers and payments behind it",
              lambda each: ", ".join(each.events)),
    ),
)  # fmt: skip


def ledger(case: Case) -> Iterator[AccountYear]:
    """Yield each payer and year."""
    return lines([case])
