"""What a new calendar year makes of an amount: the factor of an index since its base year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
            return "the index is unspecified: write percent or series under economy.index"
        if self.year is None:
            return f"index series {self.series} is not in iopctl.toml: add [index.{self.series}]"
        return (
            f"index series {self.series} has no value for {self.year}: add it under"
            f" [index.{self.series}] in iopctl.toml"
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


class Raises:
    """The raises of one index since *base_year*, each worked out once."""

    def __init__(
        self, index: AnyIndex | None, base_year: int | None, series: Mapping[str, Series]
    ) -> None:
        self._index = index
        self._base_year = base_year
        self._series = series
        self._factors: dict[int, Fraction | NoRate] = {}

    def rates(self, year: int) -> Iterator[Fraction | NoRate]:
        """Yield the raise of each year after the base year, to *year*; none without an index."""
        if self._index is not None and self._base_year is not None:
            for each in range(self._base_year + 1, year + 1):
                yield rate(self._index, each, self._series)

    def factor(self, year: int) -> Fraction | NoRate:
        """Return the product of the raises to *year*, 1 to the base year; or the first missing."""
        if year not in self._factors:
            product = Fraction(1)
            for each in self.rates(year):
                if isinstance(each, NoRate):
                    return self._factors.setdefault(year, each)
                product *= 1 + each
            self._factors[year] = product
        return self._factors[year]


def what_if(percent: Decimal) -> Index:
    """Return the index that raises by *percent* each year."""
    from iopctl.model.economy import Index

    return Index.model_construct(percent=percent)
