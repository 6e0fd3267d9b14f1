"""What each kind of index makes of an amount: all that a new kind needs beside its Swedish.

Each kind is named in each `match`: where a new one is not, mypy says so.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeGuard

from iopctl.case.raises import NOT_RAISED, ONE, IndexChange, IndexNumber, NoRate, Raise, RaisedKrona
from iopctl.dates import ONE_DAY, Period
from iopctl.model.index import (
    BaseNumberIndex,
    CompositeIndex,
    KronorIndex,
    PercentIndex,
    SeriesIndex,
    StepsIndex,
    raise_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from iopctl.config import Edition, Series
    from iopctl.model.index import AnyIndex
    from iopctl.source import Path

    AllSeries: TypeAlias = Mapping[str, Series]

HUNDRED = Fraction(100)


# ------------------------------------------------------------------ the kinds
def raised(
    index: AnyIndex, year: int, before: RaisedKrona | NoRate, series: AllSeries
) -> RaisedKrona | NoRate:
    """Return what the raise of *year* makes of an amount that was raised to *before*.

    A share of the change is passed on, and the raise is then held between floor and cap.
    """
    match index:
        case "unspecified":
            return NoRate("unspecified")
        case PercentIndex():
            return _and(before, Raise(year, Fraction(index.percent) / HUNDRED))
        case StepsIndex():
            step = index.steps.get(year)
            if step is None:
                return _and(before, NoRate("step", period=str(year), at=("steps",)))
            return _and(before, Raise(year, Fraction(step) / HUNDRED))
        case KronorIndex():
            return _and(before, Raise(year, kronor=index.kronor))
        case SeriesIndex() | CompositeIndex():
            changes = _changes(index, year, series)
            return _and(
                before, changes if isinstance(changes, NoRate) else _step(index, year, changes)
            )
        case BaseNumberIndex():
            change = _since_base(index, year, series)
            return change if isinstance(change, NoRate) else _from_base(index, year, change, before)


def series_of(index: AnyIndex) -> Iterator[tuple[Path, str]]:
    """Yield the series that an index follows, and where in it each is named."""
    match index:
        case SeriesIndex() | BaseNumberIndex():
            yield ("series",), index.series
        case CompositeIndex():
            for place, part in enumerate(index.composite):
                yield ("composite", place, "series"), part.series
        case PercentIndex() | StepsIndex() | KronorIndex() | "unspecified":
            return


def is_anchored(index: AnyIndex) -> bool:
    """Whether it counts from one base for ever, so that new prices would change what it gives."""
    match index:
        case BaseNumberIndex():
            return True
        case PercentIndex() | StepsIndex() | KronorIndex() | SeriesIndex() | CompositeIndex():
            return False
        case "unspecified":
            return False


def lacking(index: AnyIndex, year: int, series: AllSeries) -> Iterator[NoRate]:
    """Yield all that the raise of *year* itself lacks of series, whatever earlier ones lack."""
    match index:
        case SeriesIndex() | CompositeIndex():
            for wanted in _wanted(index, year):
                yield from filter(_is_missing, _numbers(wanted, series))
        case BaseNumberIndex():
            yield from filter(_is_missing, _base_numbers(index, year, series))
        case PercentIndex() | StepsIndex() | KronorIndex() | "unspecified":
            return


def _is_missing(found: IndexNumber | NoRate) -> TypeGuard[NoRate]:
    return isinstance(found, NoRate)


# ------------------------------------------------------------------ series
def _changes(
    index: SeriesIndex | CompositeIndex, year: int, series: AllSeries
) -> tuple[IndexChange, ...] | NoRate:
    """Return what the series of an index have changed by for the raise of *year*."""
    changes: list[IndexChange] = []
    for wanted in _wanted(index, year):
        found = _change(wanted, series)
        if isinstance(found, NoRate):
            return found
        changes.append(found._replace(weight=wanted.weight))
    return tuple(changes)


def _wanted(index: SeriesIndex | CompositeIndex, year: int) -> Iterator[_WantedChange]:
    """Yield the changes of series that the raise of *year* follows."""
    day = date(year, *index.raise_on)
    if isinstance(index, SeriesIndex):
        yield _WantedChange(index.series, year - index.lag_years, index.month, day)
        return
    for place, part in enumerate(index.composite):
        at, weight = ("composite", place, "series"), Fraction(part.weight) / HUNDRED
        yield _WantedChange(part.series, year - part.lag_years, part.month, day, at, weight)


class _WantedChange(NamedTuple):
    """The change of a series for a year, or a month of it, that a raise on *day* follows."""

    series: str
    year: int
    month: int | None
    day: date
    at: Path = ("series",)
    weight: Fraction = ONE

    def period(self, year: int) -> str:
        """Return the year, or its month, as values are called."""
        return str(year) if self.month is None else f"{year}-{self.month:02}"


def _change(wanted: _WantedChange, series: AllSeries) -> IndexChange | NoRate:
    """Return a series' change since the year before, both numbers from the edition of the day."""
    return _changed(_numbers(wanted, series))


def _changed(numbers: Sequence[IndexNumber | NoRate]) -> IndexChange | NoRate:
    """Return the change to the last of one or two numbers; the first missing, where one is."""
    known: list[IndexNumber] = []
    for each in numbers:
        if isinstance(each, NoRate):
            return each
        known.append(each)
    return IndexChange(known[-1], known[0] if len(known) > 1 else None)


def _numbers(wanted: _WantedChange, series: AllSeries) -> tuple[IndexNumber | NoRate, ...]:
    """Return what a change is reckoned from: percent, or the levels before and now."""
    known = series.get(wanted.series)
    if known is None:
        return (NoRate("series", wanted.series, at=wanted.at),)
    edition = known.edition(wanted.day)
    now = _number(wanted, wanted.period(wanted.year), edition)
    if known.unit == "percent":
        return (now,)
    return _number(wanted, wanted.period(wanted.year - 1), edition), now


def _number(wanted: _WantedChange, period: str, edition: Edition) -> IndexNumber | NoRate:
    value = edition.values.get(period)
    if value is not None:
        return IndexNumber(wanted.series, period, value)
    since = None if edition.since == date.min else edition.since
    return NoRate("value", wanted.series, period, wanted.at, since)


def _step(
    index: SeriesIndex | CompositeIndex, year: int, changes: tuple[IndexChange, ...]
) -> Raise:
    share = Fraction(index.pass_through) / HUNDRED
    rate = sum((each.weight * each.rate for each in changes), Fraction(0)) * share
    return _bounded(index, Raise(year, rate, changes=changes, share=share))


def _bounded(index: SeriesIndex | CompositeIndex | BaseNumberIndex, step: Raise) -> Raise:
    """Hold a raise on the year before between floor and cap."""
    if index.floor is not None and step.rate < (floor := Fraction(index.floor) / HUNDRED):
        step = step._replace(rate=floor, bound="floor")
    if index.cap is not None and step.rate > (cap := Fraction(index.cap) / HUNDRED):
        step = step._replace(rate=cap, bound="cap")
    return step


# ------------------------------------------------------------------ a base number
def _since_base(index: BaseNumberIndex, year: int, series: AllSeries) -> IndexChange | NoRate:
    """Return the change since the base number; the stated one holds within its own edition.

    A later edition has other levels: then both numbers are its own.
    """
    return _changed(_base_numbers(index, year, series))


def _base_numbers(
    index: BaseNumberIndex, year: int, series: AllSeries
) -> tuple[IndexNumber | NoRate, ...]:
    """Return the base number, and the one of the raise of *year*."""
    known = series.get(index.series)
    if known is None:
        return (NoRate("series", index.series, at=("series",)),)
    if known.unit == "percent":
        return (NoRate("levels", index.series, at=("series",)),)
    wanted = _WantedChange(
        index.series, year - index.lag_years, index.base.month, date(year, *index.raise_on)
    )
    edition = known.edition(wanted.day)
    now = _number(wanted, wanted.period(wanted.year), edition)
    return base_number(index, edition, known), now


def base_number(index: BaseNumberIndex, edition: Edition, series: Series) -> IndexNumber | NoRate:
    """Return the number that changes are counted from, as an edition has it."""
    base = index.base
    if base.value is not None and edition is series.edition(base.last):
        return IndexNumber(index.series, base.period, base.value)
    return _number(_WantedChange(index.series, 0, None, date.min), base.period, edition)


def _from_base(
    index: BaseNumberIndex, year: int, change: IndexChange, before: RaisedKrona | NoRate
) -> RaisedKrona | NoRate:
    """Return the base year's amount with a share of all the change since the base number."""
    share = Fraction(index.pass_through) / HUNDRED
    step = Raise(year, change.rate * share, changes=(change,), share=share, base=True)
    if index.base_is_floor and step.rate < 0:
        step = step._replace(rate=Fraction(0), bound="floor")
    factor = 1 + step.rate
    if index.cap is None and index.floor is None:
        return RaisedKrona((step,), factor)
    if isinstance(before, NoRate):
        return before
    held = _bounded(index, step._replace(rate=factor / before.factor - 1))
    return (
        RaisedKrona((step,), factor) if held.bound is None else before.by(held._replace(base=False))
    )


def _and(before: RaisedKrona | NoRate, this: Raise | NoRate) -> RaisedKrona | NoRate:
    """Return what comes of a step; the first that is missing, where one is."""
    if isinstance(before, NoRate):
        return before
    return this if isinstance(this, NoRate) else before.by(this)


# ------------------------------------------------------------------ since the base year
class WhatIf(NamedTuple):
    """A percent a year to reckon with in place of every index, from the raise of *year* on."""

    percent: Decimal
    year: int


class Raises:
    """The raises of one index since *base_year*, each worked out once."""

    def __init__(
        self,
        index: AnyIndex | None,
        base_year: int | None,
        series: AllSeries,
        what_if: WhatIf | None = None,
    ) -> None:
        self._index = index
        self._base_year = base_year
        self._series = series
        self._what_if = what_if
        self._until: dict[int, RaisedKrona | NoRate] = {}

    def until(self, year: int) -> RaisedKrona | NoRate:
        """Return the raises up to that of *year*: none to the base year, or what is missing."""
        if self._index is None or self._base_year is None or year <= self._base_year:
            return NOT_RAISED
        if year not in self._until:
            self._until[year] = self._raised(self._index, year, self.until(year - 1))
        return self._until[year]

    def _raised(
        self, index: AnyIndex, year: int, before: RaisedKrona | NoRate
    ) -> RaisedKrona | NoRate:
        if self._what_if and year >= self._what_if.year:
            rate = Fraction(self._what_if.percent) / HUNDRED
            return _and(before, Raise(year, rate, assumed=True))
        return raised(index, year, before, self._series)

    def on(self, day: date) -> RaisedKrona | NoRate:
        """Return the raises that are made by a *day*."""
        return self.until(price_year(self._index, day))

    def lacking(self, day: date) -> Iterator[NoRate]:
        """Yield all that the raises made by a *day* lack, each as it is needed first."""
        if self._index is None or self._base_year is None:
            return
        last = price_year(self._index, day)
        first = last if _is_of_its_own(self._index) else self._base_year + 1
        for year in range(first, last + 1):
            if not (self._what_if and year >= self._what_if.year):
                yield from lacking(self._index, year, self._series)

    def cut(self, days: Period) -> list[Period]:
        """Return some days of a year, in two where the amount is raised between them."""
        day = date(days.first.year, *raise_day(self._index))
        begun = self._base_year is not None and days.first.year > self._base_year
        if self._index is None or not begun or not days.first < day <= days.last:
            return [days]
        return [Period.of(days.first, day - ONE_DAY), Period.of(day, days.last)]


def _is_of_its_own(index: AnyIndex) -> bool:
    """Whether a raise is reckoned from the base year, so that it needs nothing of those before."""
    return isinstance(index, BaseNumberIndex) and index.cap is None and index.floor is None


def price_year(index: AnyIndex | None, day: date) -> int:
    """Return the year whose raise is the last that is made by *day*."""
    return day.year if (day.month, day.day) >= raise_day(index) else day.year - 1


# ------------------------------------------------------------------ for programs
def in_short(index: AnyIndex) -> str:
    """Return an index in a word or two that programs may tell it by: `2 %`, `KPI`."""
    match index:
        case "unspecified":
            return index
        case PercentIndex():
            return f"{index.percent} %"
        case StepsIndex():
            return "steps"
        case KronorIndex():
            return f"{index.kronor} kr"
        case SeriesIndex():
            return index.series
        case BaseNumberIndex():
            return f"{index.series} since {index.base.period}"
        case CompositeIndex():
            return " + ".join(f"{each.weight} % {each.series}" for each in index.composite)
