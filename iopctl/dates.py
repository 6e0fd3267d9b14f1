"""Days, months, years and periods as agreements count them; all ends are inclusive."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199
MONTHS_A_YEAR: Final = 12
ONE_DAY: Final = timedelta(days=1)

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PART = re.compile(r"([0-9]{4})-([HTQ])([1-4])")
_MONTHS_IN: Final = {"H": 6, "T": 4, "Q": 3}


class Period(NamedTuple):
    """The days from *first* to *last*, both included, as *text* writes them."""

    first: date
    last: date
    text: str

    @classmethod
    def of(cls, first: date, last: date) -> Self:
        """Return the period between two days, written in the shortest way the format has."""
        return cls(first, last, _written(first, last))

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), str(year))

    def overlap(self, first: date, last: date) -> Period | None:
        """Return the part of the period between two days, None if there is none."""
        if first <= self.first and self.last <= last:
            return self
        first, last = max(self.first, first), min(self.last, last)
        return Period.of(first, last) if first <= last else None


def day_month_or_year(text: str) -> Period | None:
    """Read `2024-01-31`, `2024-01` or `2024`; None if *text* is no such date or out of range."""
    return _days(text) if len(text) <= len("2024-01-31") else None


@lru_cache(maxsize=4096)  # the same few days, in all agreements
def _days(text: str) -> Period | None:
    found = _DATE.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    in_year = 1 <= month <= MONTHS_A_YEAR
    if not in_year or not 1 <= day <= monthrange(year, month)[1]:
        return None
    first = date(year, month, day)
    last_month = month if found[2] else MONTHS_A_YEAR
    last = first if found[3] else date(year, last_month, monthrange(year, last_month)[1])
    return Period(first, last, text)


def period(text: str) -> Period | None:
    """Read `2024`, `2024-H1`, `2024-T1`, `2024-Q1`, `2024-03` or `2020-01-01/2022-12-31`."""
    if "/" in text:
        first, last = (day_month_or_year(part) for part in text.split("/", 1))
        if first is None or last is None or first.first > last.last:
            return None
        return Period(first.first, last.last, text)
    if part := _PART.fullmatch(text):
        return _part_of_year(int(part[1]), _MONTHS_IN[part[2]], int(part[3]), text)
    return day_month_or_year(text)


def _part_of_year(year: int, length: int, number: int, text: str) -> Period | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or number * length > MONTHS_A_YEAR:
        return None
    first = date(year, (number - 1) * length + 1, 1)
    return Period(first, add_months(first, length) - ONE_DAY, text)


@lru_cache(maxsize=4096)  # likewise
def _written(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    if first.day == 1 and first.year == last.year and (last + ONE_DAY).day == 1:
        length = last.month - first.month + 1
        if length == MONTHS_A_YEAR:
            return str(first.year)
        if length == 1:
            return f"{first:%Y-%m}"
        for letter, months_in in _MONTHS_IN.items():
            if length == months_in and (first.month - 1) % months_in == 0:
                return f"{first.year}-{letter}{(first.month - 1) // months_in + 1}"
    return f"{first.isoformat()}/{last.isoformat()}"


@lru_cache(maxsize=4096)  # likewise
def parts_of_year(year: int, parts: int) -> tuple[Period, ...]:
    """Return a calendar year as *parts* periods of equal length in months (1, 2, 3, 4 or 12)."""
    length = MONTHS_A_YEAR // parts
    firsts = [date(year, 1 + i * length, 1) for i in range(parts)]
    return tuple(Period.of(first, add_months(first, length) - ONE_DAY) for first in firsts)


def add_months(day: date, months: int) -> date:
    """Return the day *months* later (or earlier); the last day of a month stays the last."""
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def last_day(first: date, months: int) -> date:
    """Return the last day of a time of *months* whose first day is *first*; before it if below 0.

    The day before the one that bears the number of *first*; where that month has none, its last
    day (SFS 1930:173 § 1). A year from 28 February ends on 27 February.
    """
    begun = add_months(first.replace(day=1), months)
    length = monthrange(begun.year, begun.month)[1]
    return begun + timedelta(min(first.day - 1, length) - 1)


def first_day(last: date, months: int) -> date:
    """Return the first day of a time of *months* whose last day is *last*: likewise by number."""
    after = last + ONE_DAY
    begun = add_months(after.replace(day=1), -months)
    return begun.replace(day=min(after.day, monthrange(begun.year, begun.month)[1]))


@lru_cache(maxsize=4096)  # the same few periods, for every row of every agreement
def months(first: date, last: date) -> Fraction:
    """Return the months from *first* to *last*: whole ones, and days over days of broken ones."""
    between = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month
    begun = Fraction(last.day, monthrange(last.year, last.month)[1])
    gone = Fraction(first.day - 1, monthrange(first.year, first.month)[1])
    return between + begun - gone


@lru_cache(maxsize=4096)  # likewise
def of_a_year(days: Period) -> Fraction:
    """Return how much of twelve months some days are."""
    return months(days.first, days.last) / MONTHS_A_YEAR


def months_in(stretches: Iterable[Period]) -> Fraction:
    """Return how many months several stretches of days are together; 0 of none."""
    return sum((months(*each[:2]) for each in stretches), Fraction(0))


def without(days: Period, gaps: Iterable[Period]) -> list[Period]:
    """Return *days* without those of *gaps*, in stretches."""
    parts = [days]
    for gap in gaps:
        before, after = gap.first - ONE_DAY, gap.last + ONE_DAY
        sides = ((date.min, before), (after, date.max))
        parts = [kept for part in parts for side in sides if (kept := part.overlap(*side))]
    return parts


def months_by_first_day(first: date, last: date) -> list[tuple[date, Fraction]]:
    """Return each month from *first* to *last*: its first day of these, and how much of it."""
    result = []
    day = first
    while day <= last:
        length = monthrange(day.year, day.month)[1]
        end = min(last, day.replace(day=length))
        result.append((day, Fraction((end - day).days + 1, length)))
        day = end + ONE_DAY
    return result


def years(first: date, last: date) -> range:
    """Return the calendar years that the days from *first* to *last* touch."""
    return range(first.year, last.year + 1)
