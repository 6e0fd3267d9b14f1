"""Every row's figure for every year: which days count, under which terms, decided or option."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from iopctl import dates
from iopctl.case.figure import OUTSIDE, Figure
from iopctl.case.foreseen import Foresight, foresight, total_days, unforeseen
from iopctl.case.indexing import Raises
from iopctl.case.worth import Derivation, Prices, Worth, worth
from iopctl.dates import ONE_DAY, Period, months
from iopctl.money import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.dated import Certainty
    from iopctl.model.economy import Contribution
    from iopctl.model.terms import Terms

CERTAINTIES: tuple[Certainty, ...] = ("decided", "option")


def figures(case: Case, state: Certainty) -> tuple[Figure, ...]:
    """Return the figure of every row for every year that is decided, or an option.

    They stand in the rows' order. A year in which amendments change the economy has figures from
    both, one in which they change the parties has a part for each; a year that is partly decided
    and partly an option has one of each.
    """
    found = [_EconomyRows(case, terms, state) for terms in case.economies]
    for before, after in pairwise(found):
        before.next, after.previous = after, before
    return tuple(figure for rows in found for figure in rows.figures())


def undated(case: Case) -> tuple[Figure, ...]:
    """Return what each row gives in years of which it is not known whether the agreement holds.

    Its amount is as it is written: a year's, or that of a total over months that are unknown.
    There is none where all days are known, or for a total that no year divides.
    """
    if case.is_dated:
        return ()
    return tuple(
        figure
        for terms in case.economies
        for figure in _EconomyRows(case, terms, "decided").undated()
    )


class _EconomyRows:
    """The rows of one economy, whose terms are *whole* as one, and what they are priced by."""

    def __init__(self, case: Case, whole: Terms, state: Certainty) -> None:
        self.case, self.whole, self.state = case, whole, state
        self.is_known = case.is_dated or state == "option"
        self.terms = _sharing(case.terms, whole)
        self.segments = _sharing(case.segments, whole)
        self.spans = [held for span in case.spans(state) if (held := whole.rules(span))]
        agreed = (each for each in self.terms if each.rules(case.possible))
        self.agreed = next(agreed, self.terms[0])
        self.previous: _EconomyRows | None = None
        self.next: _EconomyRows | None = None
        self._prices: dict[int, Prices] = {}
        self.years = _years(self.spans, case)

    def prices(self, row: Contribution) -> Prices:
        """Return what a row is priced by; the rows that follow one index share its raises."""
        index = self.whole.economy.index_of(row)
        if id(index) not in self._prices:
            case = self.case
            raises = Raises(index, self.whole.base_year, case.config.index, case.assumed)
            self._prices[id(index)] = Prices(raises, self.agreed, self.foresight)
        return self._prices[id(index)]

    def figures(self) -> Iterator[Figure]:
        """Yield their figures, row by row."""
        for number, row in enumerate(self.whole.economy.contributions):
            if row.basis == "total" and not row.spread:
                yield from self._undivided(number, row)
                years = self._after_total(row)
            else:
                years = [part for year in self._years_of(row) for part in self._parted(row, year)]
            for year in years:
                yield from self._of_year(number, row, year)

    def _parted(self, row: Contribution, year: FigureYear) -> Sequence[FigureYear]:
        """Part a year where the time ends that a total was agreed for."""
        period = self._total_days(row) if row.basis == "total" else None
        if period is None or not year.days.first <= period.last < year.days.last:
            return (year,)
        after = period.last + ONE_DAY
        return (
            year._replace(days=Period.of(year.days.first, period.last)),
            year._replace(days=Period.of(after, year.days.last)),
        )

    def _after_total(self, row: Contribution) -> Sequence[FigureYear]:
        """Return the years, or parts of them, for which nobody has said that a total is.

        None where the row has an end of its own, after which it gives nothing.
        """
        period = self._total_days(row)
        if period is None or row.end:
            return ()
        parts = (part for year in self.years for part in self._parted(row, year))
        return [part for part in parts if part.days.first > period.last]

    def undated(self) -> Iterator[Figure]:
        """Yield what they give in years that are unknown, row by row."""
        if self.whole.rules(self.case.possible) is None:
            return
        for number, row in enumerate(self.whole.economy.contributions):
            days = self._days(row)
            if (row.basis == "total" and not row.spread) or days.known:
                continue
            amount = self.whole.economy.yearly(row) if row.total is None else row.total
            price = OUTSIDE if days.is_empty else Worth(amount, self.case.doubt_of_days)
            for terms, within in _parts(self.segments, days.possible):
                yield Figure(terms, number, None, self.state, price, None, within=within)

    def _days(self, row: Contribution) -> _Days:
        """Return the days that the row has in this economy, as far as they are known."""
        possible = self.case.possible
        begins = [possible.first, self.whole.first, row.start and row.start.first]
        ends = [possible.last, self.whole.last, row.end and row.end.last]
        first, last = max(each for each in begins if each), min(each for each in ends if each)
        return _Days(None if first == date.min else first, None if last == date.max else last)

    def _years_of(self, row: Contribution) -> Sequence[FigureYear]:
        """Return the years that the row has; of an unknown time those that are known of it.

        They are the years that it names, else the base year, else that of its first day.
        """
        if self.is_known:
            return self.years
        days = self._days(row)
        if days.known:
            return _years([days.known], self.case)
        if row.spread:
            return ()
        named = tuple(row.by_year or row.units_by_year or ())
        base, first = self.whole.base_year, days.first
        for years in (named, [base] if base else [], [first.year] if first else []):
            if found := days.of_years(years):
                return _years(found, self.case)
        return ()

    def _of_year(self, number: int, row: Contribution, year: FigureYear) -> Iterator[Figure]:
        """Yield the figure of a year, in parts where it is raised within it."""
        days = _own(row, year.days)
        whole = tuple(own for each in year.whole if (own := _own(row, each)))
        if days is None:
            terms = next(each for each in self.segments if each.rules(year.days))
            yield Figure(terms, number, year.days.first.year, self.state, OUTSIDE, None)
            return
        for held in self.prices(row).raises.cut(days):
            price = worth(row, held, whole or (held,), self.prices(row))
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
                own = worth(row, part, (part,), self.prices(row))
                yield figure._replace(terms=terms, worth=own, days=part)
        else:
            yield from _divided(figure, _parts(segments, held))

    def _undivided(self, number: int, row: Contribution) -> Iterator[Figure]:
        """Yield a total that no year divides: 0 where these terms rule none of the row's days.

        One whose days all lie in one year is that year's. One that later terms have, too, for the
        very same days, is one, and stands in the first of them.
        """
        figure = Figure(self.segments[0], number, None, self.state, Worth(row.total), None)
        held = self.held(row)
        if not self.is_known:
            own_days = self._days(row)
            if self.whole.rules(self.case.possible) is None:
                return
            if own_days.known is None:
                price = OUTSIDE if own_days.is_empty else figure.worth
                yield figure._replace(worth=price, within=own_days.possible)
                return
            held = [own_days.known]
        if any(each.held(row) for each in self._having(row, earlier=True)):
            return
        if not held and self.spans and self.state == "decided":
            (terms, _), *_ = _parts(self.segments, self.spans[0])
            yield figure._replace(terms=terms, worth=OUTSIDE, within=self.case.days)
        elif held and not (self.state == "option" and self._is_decided(row)):
            later = [*self._having(row)]
            held += [own for each in later for own in each.held(row)]
            days = Period.of(held[0].first, held[-1].last)
            first, *_ = _parts(self.segments, days)
            period = self._total_days(row)
            own = (period and days.overlap(period.first, period.last)) or days
            gaps = unforeseen([self, *later][-1].foresight, self.case.reach.gaps, own)
            is_whole = own == period and not gaps
            year = own.first.year if is_whole and own.first.year == own.last.year else None
            yield figure._replace(terms=first[0], year=year, days=own, period=period, gaps=gaps)

    def held(self, row: Contribution) -> list[Period]:
        """Return those of the days of these terms that a row has."""
        return [own for span in self.spans if (own := _own(row, span))]

    def _having(self, row: Contribution, *, earlier: bool = False) -> Iterator[_EconomyRows]:
        """Yield the next economies, or the *earlier* ones, as long as each has the same total."""
        days, rows = self._total_days(row), self.previous if earlier else self.next
        while days and rows and rows.has(row, days):
            yield rows
            rows = rows.previous if earlier else rows.next

    def has(self, row: Contribution, days: Period) -> bool:
        """Whether it has a total, written alike, for the very same days."""
        for each in self.whole.economy.contributions:
            own = self._total_days(each) if each.total == row.total else None
            if own and own[:2] == days[:2] and _undated(each) == _undated(row):
                return True
        return False

    def _total_days(self, row: Contribution) -> Period | None:
        return total_days(self.agreed, row, self.foresight.end)

    @cached_property
    def foresight(self) -> Foresight:
        """How far it was decided when the totals of this economy were agreed on, if it has any."""
        has_totals = any(each.total is not None for each in self.whole.economy.contributions)
        return foresight(self.case, self.agreed) if has_totals else Foresight(None)

    def _is_decided(self, row: Contribution) -> bool:
        held = (self.whole.rules(span) for span in self.case.spans("decided"))
        return any(days and _own(row, days) for days in held)


def _undated(row: Contribution) -> Contribution:
    return row.model_copy(update={"start": None, "end": None})


def _divided(figure: Figure, parts: Sequence[tuple[Terms, Period]]) -> Iterator[Figure]:
    """Divide a year's figure by the months of its *parts*: other parties change no amount."""
    weights = [months(held.first, held.last) for _, held in parts]
    amount, how = figure.amount, figure.worth.derivation
    amounts = [None] * len(parts) if amount is None else shared(amount, weights)
    for (terms, held), weight, part in zip(parts, weights, amounts, strict=True):
        own = weight / sum(weights)
        of_it = (
            how._replace(part=how.part * own, divided=True) if isinstance(how, Derivation) else how
        )
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
class _Days(NamedTuple):
    """The first and the last day of a row; None is one that is not known."""

    first: date | None
    last: date | None

    @property
    def known(self) -> Period | None:
        """All of them, None where they are unknown or there are none."""
        if self.first is None or self.last is None or self.is_empty:
            return None
        return Period.of(self.first, self.last)

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return self.first is not None and self.last is not None and self.last < self.first

    @property
    def possible(self) -> Period:
        """Those that may be among them; where there are none, any."""
        if self.is_empty:
            return Period(date.min, date.max, "")
        return Period(self.first or date.min, self.last or date.max, "")

    def of_years(self, years: Iterable[int]) -> list[Period]:
        """Return those of *years* that may be among them, year by year."""
        if self.is_empty:
            return []
        whole = map(Period.year, sorted(years))
        found = (each.overlap(self.possible.first, self.possible.last) for each in whole)
        return [each for each in found if each]


class FigureYear(NamedTuple):
    """The days of a calendar year that some terms govern; *whole* are all the agreement's in it.

    They are several stretches where a gap parts them.
    """

    days: Period
    whole: tuple[Period, ...]


def _years(spans: Sequence[Period], case: Case) -> list[FigureYear]:
    """Return the years of *spans*, and how much of each is the agreement's."""
    stretches = (*case.spans("decided"), *case.spans("option")) or (case.possible,)
    found = []
    for span in spans:
        for year in map(Period.year, dates.years(span.first, span.last)):
            days = year.overlap(span.first, span.last)
            whole = tuple(own for each in stretches if (own := year.overlap(*each[:2])))
            found += [FigureYear(days, whole or (days,))] if days else []
    return found
