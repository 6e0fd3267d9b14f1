"""Every row's figure for every year: which days count, under which terms, decided or option."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from iopctl import dates
from iopctl.case.indexing import Raises
from iopctl.case.worth import Derivation, Prices, Worth, total_days, worth
from iopctl.dates import Period, months
from iopctl.language import marked
from iopctl.money import shared
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case, State
    from iopctl.model.economy import Contribution
    from iopctl.model.terms import Side, Terms
    from iopctl.source import Path

OUTSIDE = Worth(Decimal(0), marked("outside the row's own days"))
STATES: tuple[State, ...] = ("decided", "option")


class Figure(NamedTuple):
    """A row's worth in one year, decided or if options are taken.

    *terms* are those that share the economy and the parties of these days, as one. *days* are
    those of the year that the row has, None where it has none or they are unknown. Without
    *year* it is a total that the agreement does not divide over its years, *period* being the
    days that it is for as it states them: more than *days* where not all of them are to be.
    """

    terms: Terms
    row: int
    year: int | None
    state: State
    worth: Worth
    days: Period | None
    period: Period | None = None

    def touches(self, year: int | None) -> bool:
        """Whether it is something of *year*, be it not known how much; None is any year."""
        if year is None or self.year is not None:
            return year in {None, self.year}
        return self.days is None or self.days.overlap(*Period.year(year)[:2]) is not None

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
    def in_year(self) -> Amount:
        """Kronor of a year that it touches: unknown where no year divides it."""
        return UNKNOWN if self.year is None and self.amount != 0 else self.sum

    @property
    def path(self) -> Path:
        """Where the row is written."""
        return self.terms.path("economy", "contributions", self.row)

    @property
    def index_path(self) -> Path:
        """Where the index that raises it is written: in its row, or for all of the economy."""
        if self.contribution.index is not None:
            return (*self.path, "index")
        return self.terms.path("economy", "index")

    @property
    def side(self) -> Side:
        """The role of the row's parties, `mixed` where they do not share one."""
        return self.terms.side(self.row)


def figures(case: Case, state: State) -> tuple[Figure, ...]:
    """Return the figure of every row for every year that is decided, or an option.

    They stand in the rows' order. A year in which amendments change the economy has figures from
    both, one in which they change the parties has a part for each; a year that is partly decided
    and partly an option has one of each.
    """
    return tuple(
        figure for terms in case.economies for figure in _Rows(case, terms, state).figures()
    )


class _Rows:
    """The rows of one economy, whose terms are *whole* as one, and what they are priced by."""

    def __init__(self, case: Case, whole: Terms, state: State) -> None:
        self.case, self.whole, self.state = case, whole, state
        self.terms = _sharing(case.terms, whole)
        self.segments = _sharing(case.segments, whole)
        self.spans = [held for span in case.spans(state) if (held := whole.rules(span))]
        self._prices: dict[int, Prices] = {}
        self.years = _years(self.spans, case)

    def prices(self, row: Contribution) -> Prices:
        """Return what a row is priced by; the rows that follow one index share its raises."""
        index = self.whole.economy.index_of(row)
        if id(index) not in self._prices:
            case = self.case
            raises = Raises(index, self.whole.base_year, case.config.index, case.assumed)
            self._prices[id(index)] = Prices(raises, self.terms)
        return self._prices[id(index)]

    def figures(self) -> Iterator[Figure]:
        """Yield their figures, row by row."""
        for number, row in enumerate(self.whole.economy.contributions):
            if row.basis == "total" and not row.spread:
                yield from self._undivided(number, row)
            else:
                for year in self._years_of(row):
                    yield from self._of_year(number, row, year)

    def _years_of(self, row: Contribution) -> Sequence[Year]:
        if self.case.is_dated or self.state == "option":
            return self.years
        named = _named(self.case, self.whole, row)
        return _years([held for days in named if (held := self.whole.rules(days))], self.case)

    def _of_year(self, number: int, row: Contribution, year: Year) -> Iterator[Figure]:
        """Yield the figure of a year, in parts where it is raised within it."""
        days, whole = _own(row, year.days), _own(row, year.whole)
        if days is None:
            terms = next(each for each in self.segments if each.rules(year.days))
            yield Figure(terms, number, year.days.first.year, self.state, OUTSIDE, None)
            return
        for held in self.prices(row).raises.cut(days):
            price = worth(row, held, whole or held, self.prices(row))
            yield from self._of_days(number, row, held, price)

    def _of_days(
        self, number: int, row: Contribution, held: Period, price: Worth
    ) -> Iterator[Figure]:
        """Yield the figure of days with one price, in parts where its parties are others."""
        segments = [each for each in self.segments if each.rules(held)]
        figure = Figure(segments[0], number, held.first.year, self.state, price, held)
        if len(segments) == 1:
            yield figure
        elif row.spread:
            for terms, part in _parts(segments, held):
                own = worth(row, part, part, self.prices(row))
                yield figure._replace(terms=terms, worth=own, days=part)
        else:
            yield from _divided(figure, _parts(segments, held))

    def _undivided(self, number: int, row: Contribution) -> Iterator[Figure]:
        """Yield a total that no year divides: 0 where these terms rule none of the row's days."""
        figure = Figure(self.segments[0], number, None, self.state, Worth(row.total), None)
        held = [own for span in self.spans if (own := _own(row, span))]
        if not self.case.is_dated and self.state == "decided":
            yield figure
        elif not held and self.spans and self.state == "decided":
            (terms, _), *_ = _parts(self.segments, self.spans[0])
            yield figure._replace(terms=terms, worth=OUTSIDE)
        elif held and not (self.state == "option" and self._is_decided(row)):
            days = Period.of(held[0].first, held[-1].last)
            *_, (last, _days) = _parts(self.terms, days)
            first, *_ = _parts(self.segments, days)
            period = total_days(last, row)
            own = period and days.overlap(period.first, period.last)
            yield figure._replace(terms=first[0], days=own or days, period=period)

    def _is_decided(self, row: Contribution) -> bool:
        held = (self.whole.rules(span) for span in self.case.spans("decided"))
        return any(days and _own(row, days) for days in held)


def _divided(figure: Figure, parts: Sequence[tuple[Terms, Period]]) -> Iterator[Figure]:
    """Divide a year's figure by the months of its *parts*: other parties change no amount."""
    weights = [months(held.first, held.last) for _, held in parts]
    amount, how = figure.amount, figure.worth.derivation
    amounts = [None] * len(parts) if amount is None else shared(amount, weights)
    for (terms, held), weight, part in zip(parts, weights, amounts, strict=True):
        of_it = how
        if isinstance(how, Derivation):
            of_it = how._replace(part=how.part * weight / sum(weights), divided=True)
        price = figure.worth._replace(amount=part, derivation=of_it)
        yield figure._replace(terms=terms, worth=price, days=held)


def _parts(given: Sequence[Terms], days: Period) -> list[tuple[Terms, Period]]:
    """Return the terms that rule some of *days*, with those days."""
    return [(each, held) for each in given if (held := each.rules(days))]


def _sharing(given: Sequence[Terms], whole: Terms) -> tuple[Terms, ...]:
    at = whole.stands_at["economy"]
    return tuple(each for each in given if each.stands_at["economy"] == at)


def _own(row: Contribution, days: Period) -> Period | None:
    """Return those of *days* that the row has."""
    if row.start is None and row.end is None:
        return days
    first = row.start.first if row.start else date.min
    last = row.end.last if row.end else date.max
    return days.overlap(first, last)


# ------------------------------------------------------------------ the years
class Year(NamedTuple):
    """The days of a calendar year that some terms govern; *whole* are all the agreement's in it."""

    days: Period
    whole: Period


def _years(spans: Sequence[Period], case: Case) -> list[Year]:
    """Return the years of *spans*, and how much of each is the agreement's."""
    all_days = _all_days(case)
    return [
        Year(days, year.overlap(*all_days) or days)
        for span in spans
        for number in dates.years(span.first, span.last)
        if (days := (year := Period.year(number)).overlap(span.first, span.last))
    ]


def _all_days(case: Case) -> tuple[date, date]:
    """Return the agreement's first and last day, as far as they are known."""
    spans = (*case.spans("decided"), *case.spans("option"))
    if spans:
        return spans[0].first, spans[-1].last
    return case.reach.start or date.min, case.reach.end or date.max


def _named(case: Case, terms: Terms, row: Contribution) -> list[Period]:
    """Return what is known without dates: the years that the row names, else the base year."""
    named = tuple(row.by_year or row.units_by_year or ())
    base = () if terms.base_year is None else (terms.base_year,)
    start = case.reach.start or date.min
    years = (Period.year(year).overlap(start, date.max) for year in sorted(named or base))
    return [days for days in years if days]
