"""Every row's figure for every year: which days count, under which terms, decided or option."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from iopctl import dates
from iopctl.case.indexing import Raises
from iopctl.case.worth import Prices, Worth, worth
from iopctl.dates import Period
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case, State
    from iopctl.model.economy import Contribution
    from iopctl.model.terms import Side, Terms
    from iopctl.source import Path

OUTSIDE = Worth(Decimal(0), "outside the row's own days")
STATES: tuple[State, ...] = ("decided", "option")


class Figure(NamedTuple):
    """A row's worth in one year, decided or if options are taken.

    *year* None is the whole period: a total that the agreement does not divide over its years.
    *days* are those of the year that the row has, None where it has none or they are unknown.
    """

    terms: Terms
    row: int
    year: int | None
    state: State
    worth: Worth
    days: Period | None

    @property
    def contribution(self) -> Contribution:
        """The row that the figure is of."""
        return self.terms.economy.contributions[self.row]

    @property
    def amount(self) -> Decimal | None:
        """Kronor; None is unknown."""
        return self.worth.amount

    @property
    def sum(self) -> Amount:
        """Kronor as sums take them, in which what is unknown is no zero."""
        return UNKNOWN if self.amount is None else Amount(self.amount)

    @property
    def path(self) -> Path:
        """Where the row is written."""
        return self.terms.path("economy", "contributions", self.row)

    @property
    def side(self) -> Side:
        """The role of the row's parties, `mixed` where they do not share one."""
        return self.terms.side(self.row)


def figures(case: Case, state: State) -> tuple[Figure, ...]:
    """Return the figure of every row for every year that is decided, or an option.

    They stand in the rows' order. A year in which amendments change the economy has figures from
    both; a year that is partly decided and partly an option has one of each.
    """
    return tuple(figure for terms in case.economies for figure in _of_economy(case, terms, state))


def _of_economy(case: Case, terms: Terms, state: State) -> Iterator[Figure]:
    index = terms.economy.index and (case.what_if or terms.economy.index)
    raises = Raises(index, terms.base_year, case.config.index)
    prices = Prices(terms.economy, raises, _stated(terms))
    dated = any(map(case.spans, STATES))
    years = _years(case.spans(state), case, terms)
    for number, row in enumerate(terms.economy.contributions):
        if row.basis == "total" and not row.spread:
            if state == "decided":
                yield Figure(terms, number, None, state, Worth(row.total), None)
            continue
        if not dated and state == "decided":
            years = _years(_named(case, terms, row), case, terms)
        for each in years:
            days, whole = _own(row, each.days), _own(row, each.whole)
            price = worth(row, days, whole or days, prices) if days else OUTSIDE
            yield Figure(terms, number, each.days.first.year, state, price, days)


def _own(row: Contribution, days: Period) -> Period | None:
    """Return those of *days* that the row has."""
    if row.start is None and row.end is None:
        return days
    first = row.start.first if row.start else date.min
    last = row.end.last if row.end else date.max
    return days.overlap(first, last)


def _stated(terms: Terms) -> Period | None:
    """Return the period as first agreed, before any extension: what a total is a total of."""
    validity = terms.validity
    if validity is None or validity.first is None or validity.last is None:
        return None
    first = max(validity.first, terms.since["economy"] or validity.first)
    return Period.of(first, validity.last) if first <= validity.last else None


# ------------------------------------------------------------------ the years
class Year(NamedTuple):
    """The days of a calendar year that some terms govern; *whole* are all the agreement's in it."""

    days: Period
    whole: Period


def _years(spans: Sequence[Period], case: Case, terms: Terms) -> list[Year]:
    """Return the years of *spans*, as far as *terms* govern them."""
    begin, end = terms.first or date.min, terms.last or date.max
    all_days = _all_days(case)
    found = []
    for span in spans:
        for number in dates.years(span.first, span.last):
            year = Period.year(number)
            days = year.overlap(max(span.first, begin), min(span.last, end))
            if days:
                found.append(Year(days, year.overlap(*all_days) or year))
    return found


def _all_days(case: Case) -> tuple[date, date]:
    spans = (*case.spans("decided"), *case.spans("option"))
    return (spans[0].first, spans[-1].last) if spans else (date.min, date.max)


def _named(case: Case, terms: Terms, row: Contribution) -> list[Period]:
    """Return what is known without dates: the years that the row names, else the base year."""
    named = tuple(row.by_year or row.units_by_year or ())
    base = () if terms.base_year is None else (terms.base_year,)
    start = case.reach.start or date.min
    years = (Period.year(year).overlap(start, date.max) for year in sorted(named or base))
    return [days for days in years if days]
