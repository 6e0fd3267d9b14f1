"""What a new calendar year makes of an amount: the factor of an index since its base year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from iopctl.config import Series
    from iopctl.model.economy import AnyIndex, Index

HUNDRED = Fraction(100)


class NoRate(NamedTuple):
    """Why a year's raise can't be told: a series lacks *year*, or the index is unspecified."""

    series: str | None
    year: int | None

    @property
    def reason(self) -> str:
        """The reason in words, with what to add."""
        if self.series is None:
            return tr("the index is unspecified: write percent or series under economy.index")
        if self.year is None:
            return tr(
                "index series {series} is not in iopctl.toml: add [index.{series}]",
                series=self.series,
            )
        return tr(
            "index series {series} has no value for {year}: add it under [index.{series}] "
            "in iopctl.toml",
            series=self.series,
            year=self.year,
        )


def rate(index: AnyIndex, year: int, series: Mapping[str, Series]) -> Fraction | NoRate:
    """Return the raise on 1 January *year* as a fraction of one, after pass-through and bounds.

    From a series of levels, level(year - lag) / level(year - lag - 1) - 1; from one of percents,
    the percent of year - lag. Then the share that is passed through, then floor and cap.
    """
    if index == "unspecified":
        return NoRate(None, None)
    if index.percent is not None:
        return Fraction(index.percent) / HUNDRED
    change = _change(index, year - index.lag_years, series)
    if isinstance(change, NoRate):
        return change
    return _bounded(index, change * Fraction(index.pass_through) / HUNDRED)


def _change(index: Index, year: int, series: Mapping[str, Series]) -> Fraction | NoRate:
    name = str(index.series)
    found = series.get(name)
    if found is None:
        return NoRate(name, None)
    needed = (year - 1, year) if found.unit == "level" else (year,)
    missing = [each for each in needed if each not in found.values]
    if missing:
        return NoRate(name, missing[0])
    if found.unit == "percent":
        return Fraction(found.values[year]) / HUNDRED
    return Fraction(found.values[year]) / Fraction(found.values[year - 1]) - 1


def _bounded(index: Index, change: Fraction) -> Fraction:
    if index.floor is not None:
        change = max(change, Fraction(index.floor) / HUNDRED)
    if index.cap is not None:
        change = min(change, Fraction(index.cap) / HUNDRED)
    return change


class Raised(NamedTuple):
    """The raises of every year since a base year, in turn, and their product."""

    rates: tuple[Fraction, ...]
    factor: Fraction


NOT_RAISED = Raised((), Fraction(1))


class Raises:
    """The raises of one index since *base_year*, each worked out once."""

    def __init__(
        self, index: AnyIndex | None, base_year: int | None, series: Mapping[str, Series]
    ) -> None:
        self._index = index
        self._base_year = base_year
        self._series = series
        self._until: dict[int, Raised | NoRate] = {}

    def until(self, year: int) -> Raised | NoRate:
        """Return the raises to *year*: none to the base year, or the first that is missing."""
        if self._index is None or self._base_year is None or year <= self._base_year:
            return NOT_RAISED
        if year not in self._until:
            before = self.until(year - 1)
            this = rate(self._index, year, self._series)
            self._until[year] = _and_then(before, this)
        return self._until[year]


def _and_then(before: Raised | NoRate, this: Fraction | NoRate) -> Raised | NoRate:
    if isinstance(before, NoRate):
        return before
    if isinstance(this, NoRate):
        return this
    return Raised((*before.rates, this), before.factor * (1 + this))


def what_if(percent: Decimal) -> Index:
    """Return the index that raises by *percent* each year."""
    from iopctl.model.economy import Index

    return Index.model_construct(percent=percent)
