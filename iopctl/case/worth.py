"""What one row gives for some days of a year, and how that came about."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.indexing import NOT_RAISED, NoRate
from iopctl.dates import MONTHS_A_YEAR, months, months_by_first_day
from iopctl.money import rounded, shared, total

if TYPE_CHECKING:
    from decimal import Decimal

    from iopctl.case.indexing import Raised, Raises
    from iopctl.dates import Period
    from iopctl.model.economy import Contribution, Economy, Rounding

NOT_PRICED = "the row is not priced"


class Derivation(NamedTuple):
    """How an amount came about: a whole year's *base* times *factor*, for *part* of the year."""

    base: Decimal
    factor: Fraction
    part: Fraction


class Worth(NamedTuple):
    """What a row gives, in kronor; *amount* None is unknown, and *reason* says why."""

    amount: Decimal | None
    reason: str = ""
    derivation: Derivation | None = None
    no_rate: NoRate | None = None


class Prices(NamedTuple):
    """What the rows of one economy are priced by; *stated* is the period as first written."""

    economy: Economy
    raises: Raises
    stated: Period | None


def worth(row: Contribution, days: Period, whole: Period, prices: Prices) -> Worth:
    """Return what *row* gives for *days* of one calendar year, *whole* being all of its days there.

    A year's amount is raised by the index's factor, taken for the months of *days* and rounded
    once; it stands as written when neither changes it. An amount stated for this very year is
    for *whole*, and of a total that is spread over months, those that begin in *days* count.
    """
    year = days.first.year
    match row.basis:
        case "amount":
            return _raised(row, row.amount, year, _part(days), prices)
        case "remainder":
            return _raised(row, prices.economy.remaining, year, _part(days), prices)
        case "units":
            part = _part(days) if row.units_by_year is None else _share(days, whole)
            return _raised(row, _price_of_units(row, year), year, part, prices)
        case "by_year":
            stated = (row.by_year or {}).get(year)
            if stated is None:
                return Worth(None, f"no amount is stated for {year}")
            return _computed(row, stated, NOT_RAISED, _share(days, whole), prices)
        case "total":
            return _spread(row, days, prices)
        case _:
            return Worth(None, NOT_PRICED)


@lru_cache(maxsize=4096)  # the same few years, for every row of every agreement
def _part(days: Period) -> Fraction:
    return months(days.first, days.last) / MONTHS_A_YEAR


def _share(days: Period, whole: Period) -> Fraction:
    return months(days.first, days.last) / months(whole.first, whole.last)


def _price_of_units(row: Contribution, year: int) -> Decimal | None:
    units = row.units_in(year)
    return None if units is None or row.unit_price is None else row.unit_price * units


def _raised(
    row: Contribution, base: Decimal | None, year: int, part: Fraction, prices: Prices
) -> Worth:
    if base is None:
        missing = (
            "another row has no amount" if row.remainder else f"no units are stated for {year}"
        )
        return Worth(None, missing)
    raised = prices.raises.until(year) if row.indexed else NOT_RAISED
    if isinstance(raised, NoRate):
        return Worth(None, raised.reason, no_rate=raised)
    return _computed(row, base, raised, part, prices)


def _computed(
    row: Contribution, base: Decimal, raised: Raised, part: Fraction, prices: Prices
) -> Worth:
    rounding = prices.economy.rounding
    derivation = Derivation(base, raised.factor, part)
    if raised.factor == 1 and part == 1 and row.basis != "units":
        return Worth(base, derivation=derivation)
    whole_year, factor = base, raised.factor
    if getattr(prices.economy.index, "compound", "") == "rounded":
        whole_year, factor = _compounded(base, raised, rounding), Fraction(1)
    exact = factor if part == 1 else factor * part
    amount = rounded(whole_year, rounding.unit, rounding.mode, factor=exact)
    return Worth(amount, derivation=derivation)


def _compounded(base: Decimal, raised: Raised, rounding: Rounding) -> Decimal:
    """Raise last year's rounded amount, as those do who raise the sum that they pay."""
    amount = base
    for rate in raised.rates:
        amount = rounded(amount, rounding.unit, rounding.mode, factor=1 + rate)
    return amount


def _spread(row: Contribution, days: Period, prices: Prices) -> Worth:
    first = row.start.first if row.start else prices.stated and prices.stated.first
    last = row.end.last if row.end else prices.stated and prices.stated.last
    if row.total is None or not first or not last or last < first:
        return Worth(None, "the months that the total is spread over are unknown")
    if days.last > last:
        return Worth(None, f"the total is for the time to {last}: end the row there if that is all")
    covered = months_by_first_day(first, last)
    parts = shared(row.total, [part for _, part in covered])
    return Worth(
        total(
            amount
            for (day, _), amount in zip(covered, parts, strict=True)
            if days.first <= day <= days.last
        )
    )
