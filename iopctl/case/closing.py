"""What a year has come to beside what was agreed: kronor, hours, and the money that is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from iopctl.case import follow_up
from iopctl.case.fulfilment import reported
from iopctl.dates import MONTHS_A_YEAR, Period, months, months_in
from iopctl.model.invoicing import Method
from iopctl.model.log import Report
from iopctl.money import rounded, total
from iopctl.tables import UNKNOWN, ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model import Invoicing
    from iopctl.model.log import Actual

HOURS: Final = frozenset({"h", "tim", "timme", "timmar"})
FINE: Final = Decimal("0.0001")


class Told(NamedTuple):
    """What reports tell of a party's part, or of one row of it, in a year.

    Where parts of the year are yet to be reported it is not *whole*.
    """

    party: str
    item: str | None
    amount: Decimal | None
    hours: Decimal | None
    whole: bool


class Post(NamedTuple):
    """Rows of one party, or one row, beside what reports tell of it.

    *agreed* is None for what no row is of.
    """

    party: str
    item: str
    agreed: Amount | None
    agreed_hours: Amount | None
    told: Told | None

    @property
    def actual(self) -> Amount | None:
        """The kronor that it came to, incomplete while parts of the year are not reported."""
        if self.told is None or self.told.amount is None:
            return None
        return Amount(self.told.amount, complete=self.told.whole)

    @property
    def hours(self) -> Amount | None:
        """The hours that it came to, likewise; unknown where hours were agreed and none is told."""
        if self.told is None or self.told.hours is None:
            return None if self.agreed_hours is None else UNKNOWN
        return Amount(self.told.hours, complete=self.told.whole)

    @property
    def left(self) -> Decimal | None:
        """What was agreed less what it came to: below 0 where it came to more; None if unknown."""
        agreed, actual = self.agreed, self.actual
        if agreed is None or actual is None or not (agreed.complete and actual.complete):
            return None
        return agreed.known - actual.known


@dataclass(frozen=True)
class Closing:
    """An agreement's *year* as it was agreed, reported and invoiced."""

    case: Case
    year: int

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What is decided for the year, or may be, and the totals for more days than its own."""
        return self.case.of_year(self.year)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What reports on the year tell of kronor and hours."""
        return tuple(_told(self.case, self.year))

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """Row by row, or party by party where a report tells of all of its rows as one."""
        return tuple(_posts(self))

    @property
    def cash(self) -> tuple[Post, ...]:
        """The posts that are the public side's money."""
        return tuple(each for each in self.posts if (each.party, each.item) in self._cash)

    @cached_property
    def _cash(self) -> frozenset[tuple[str, str]]:
        rows = [each for each in self.figures if each.side == "public"]
        paid = [each for each in rows if each.terms.form(each.row) == "cash"]
        parties = {_party(each) for each in paid} - {
            _party(each) for each in rows if each not in paid
        }
        named = {(_party(each), each.contribution.described) for each in paid}
        return frozenset(named | {(party, "") for party in parties})

    @property
    def agreed(self) -> Amount:
        """The kronor that the public side was to pay."""
        paid = [each for each in self.figures if each.terms.form(each.row) == "cash"]
        known = [each.in_year for each in paid if each.side == "public"]
        partly = [UNKNOWN for each in paid if each.is_partly_public]
        return sum((*known, *partly), ZERO) if known else UNKNOWN

    @property
    def spent(self) -> Amount | None:
        """What was spent of the public side's money; None where no report tells."""
        told = [each.actual for each in self.cash]
        known = [each for each in told if each is not None]
        if not known:
            return None
        return sum(known, ZERO if len(known) == len(told) else UNKNOWN)

    @property
    def invoiced(self) -> Amount | None:
        """The invoices for days of the year, less what is credited of them.

        None where none are logged, and no block asks for any.
        """
        return self._posted("invoice")

    @property
    def paid_out(self) -> Amount | None:
        """The payments without an invoice for days of the year, less what has come back.

        None likewise.
        """
        return self._posted("payout")

    @cached_property
    def settled(self) -> Amount:
        """What was invoiced or paid of the year outside the log, as the file says."""
        return sum((self._settled(each) for each in get_args(Method)), ZERO)

    def _settled(self, method: Method) -> Amount:
        year = Period.year(self.year)
        if not self.case.is_dated:
            until = follow_up.settled_until(self.case, "invoices")
            asks = any(each.method == method for each in self._blocks)
            return UNKNOWN if asks and until >= year.first else ZERO
        found = (
            bill
            for bill in self.case.bills
            if bill.settled
            and not bill.closed
            and bill.invoicing.method == method
            and year.overlap(bill.period.first, bill.period.last)
        )
        return sum((_in(year, each.period, each.amount) for each in found), ZERO)

    @property
    def _blocks(self) -> tuple[Invoicing, ...]:
        return tuple(each for terms in self.case.terms for each in terms.invoicing)

    def _posted(self, method: Method) -> Amount | None:
        """Return what the log has for days of the year.

        It is incomplete where one is for other days, too, and where more was settled outside.
        """
        year = Period.year(self.year)
        posted = [
            each
            for each in self.case.ledger.postings
            if bool(each.number) == (method == "invoice")
            and each.stands
            and year.overlap(each.period.first, each.period.last)
        ]
        own = [
            each
            for each in posted
            if year.first <= each.period.first and each.period.last <= year.last
        ]
        if not posted and all(each.method != method for each in self._blocks):
            return None
        is_all = len(own) == len(posted) and self._settled(method) == ZERO
        return Amount(total(each.net for each in own), complete=is_all)

    @property
    def left(self) -> Decimal | None:
        """What was agreed of the public side's money and is not spent; None where unknown."""
        spent = self.spent
        if spent is None or not (spent.complete and self.agreed.complete):
            return None
        return self.agreed.known - spent.known

    @property
    def unspent(self) -> Literal["repay", "carry_over", "keep"] | None:
        """What the agreement says is to become of what is left."""
        return self.case.in_force(date(self.year, 12, 31)).economy.unspent

    @property
    def to_repay(self) -> Decimal | None:
        """What is to be paid back: what was paid and is not spent; None if nothing is known.

        Where the agreement asks for no invoices or payments, all that is agreed is paid; what was
        settled outside the log is.
        """
        spent, left = self.spent, self.left
        if self.unspent != "repay" or left is None or spent is None or not self.settled.complete:
            return None
        posted = [each.known for each in (self.invoiced, self.paid_out) if each]
        paid = total((*posted, self.settled.known))
        if not self.case.blocks and not paid:
            paid = self.agreed.known
        return max(paid - spent.known, Decimal(0))

    @property
    def reported_on(self) -> date | None:
        """The day of the last report that tells of the year's kronor or hours."""
        days = [event.date.last for event in _reports(self.case, self.year)]
        return max(days, default=None)


def closings(case: Case) -> Iterator[Closing]:
    """Yield each year whose kronor or hours a report tells of."""
    told = {
        year
        for _, event in case.happened(Report)
        if event.actual and len(of_years := reported(event, case)) == 1
        for year in of_years
    }
    yield from (Closing(case, year) for year in sorted(told))


def _in(year: Period, days: Period, amount: Decimal | None) -> Amount:
    """Return what is of a *year* of an amount for some *days*; unknown where they go beyond it."""
    is_within = year.first <= days.first and days.last <= year.last
    return UNKNOWN if amount is None or not is_within else Amount(amount)


# ------------------------------------------------------------------ what reports tell
def _reports(case: Case, year: int) -> list[Report]:
    """Return the reports on a year, or parts of it, that tell of kronor or hours."""
    found = (event for _, event in case.happened(Report) if event.actual)
    return [event for event in found if reported(event, case) == range(year, year + 1)]


def _told(case: Case, year: int) -> Iterator[Told]:
    """Yield each party's or row's outcome: by the last report on the whole year, else its parts."""
    by_part: dict[tuple[str, str | None], list[tuple[Report, Actual]]] = {}
    for event in _reports(case, year):
        for each in event.actual or ():
            by_part.setdefault((each.party, _key(each.item)), []).append((event, each))
    for found in by_part.values():
        yield _sum(case, year, found)


def _sum(case: Case, year: int, found: list[tuple[Report, Actual]]) -> Told:
    held = (Period.year(year).overlap(*each[:2]) for each in case.held)
    wanted = months_in(each for each in held if each) or Fraction(MONTHS_A_YEAR)
    whole = [each for event, each in found if _length(event, wanted) >= wanted]
    if whole:
        last = whole[-1]
        return Told(last.party, last.item, last.amount, last.hours, whole=True)
    parts = {event.period: (event, each) for event, each in found}  # one corrects the one before
    told = [each for _, each in parts.values()]
    reached = sum((_length(event, wanted) for event, _ in parts.values()), Fraction(0))
    return Told(
        told[0].party,
        told[0].item,
        _added(each.amount for each in told),
        _added(each.hours for each in told),
        whole=reached >= wanted,
    )


def _length(event: Report, wanted: Fraction) -> Fraction:
    """Return how many months a report is on: all that are *wanted*, where it states none."""
    return months(event.period.first, event.period.last) if event.period else wanted


def _added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in numbers if each is not None]
    return total(known) if known else None


# ------------------------------------------------------------------ beside what was agreed
def _key(item: str | None) -> str | None:
    return item and item.casefold()


def _party(figure: Figure) -> str:
    return ", ".join(figure.contribution.party)


def _posts(closing: Closing) -> Iterator[Post]:
    """Yield the posts in the rows' order, then what reports tell of and no row is of."""
    told = {(each.party, _key(each.item)): each for each in closing.told}
    rows: dict[tuple[str, str], list[Figure]] = {}
    for figure in closing.figures:
        party, item = _party(figure), figure.contribution.described
        rows.setdefault((party, "" if (party, None) in told else item), []).append(figure)
    for (party, item), figures in rows.items():
        agreed = sum((each.in_year for each in figures), ZERO)
        found = told.pop((party, _key(item or None)), None)
        yield Post(party, item, agreed, _hours(figures), found)
    of_wholes = {party for party, item in rows if not item}
    for each in told.values():
        if each.party not in of_wholes:
            yield Post(each.party, each.item or "", None, None, each)


def _hours(figures: Iterable[Figure]) -> Amount | None:
    """Return the hours of rows in a year, a part of them in a part of it; None where none has."""
    found = [_hours_of(each) for each in figures if _is_in_hours(each)]
    return sum(found, ZERO) if found else None


def _is_in_hours(figure: Figure) -> bool:
    """Whether a row is measured in hours, and has days in the year, as far as these are known."""
    row = figure.contribution
    stated = row.hours_per_year is not None or row.hours_per_week is not None
    in_hours = stated or (row.unit or "").casefold() in HOURS
    return in_hours and (figure.days is not None or figure.within is not None)


def _hours_of(figure: Figure) -> Amount:
    row, days, year = figure.contribution, figure.days, figure.year
    hours = row.hours_per_year
    if hours is None and year is not None and row.hours_per_week is None:
        hours = row.units_in(year)
    if hours is None or days is None:
        return UNKNOWN
    part = months(days.first, days.last) / MONTHS_A_YEAR
    stated = row.units_by_year is not None and row.hours_per_year is None
    return Amount(hours if part == 1 or stated else rounded(hours, FINE, factor=part))
