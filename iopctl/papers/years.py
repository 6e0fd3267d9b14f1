"""Which time a paper's kronor are of: a whole year, a part of one, or one that no year is known of.

Sums of a part of a year are never called those of a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.dates import Period
from iopctl.localised import listed, month_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from iopctl.model.terms import Side
    from iopctl.papers.partnership import Partnership
    from iopctl.tables import Amount


def part(each: Partnership) -> tuple[Period, ...]:
    """Return the days of its year that it is decided to hold, where they are but a part of it.

    Where not all of its days are known, those that its figures are for.
    """
    year = Period.year(each.year)
    held = (days.overlap(year.first, year.last) for days in each.case.held)
    found = tuple(days for days in held if days) if each.case.is_dated else _of_figures(each)
    return () if [days[:2] for days in found] == [year[:2]] else found


def _of_figures(each: Partnership) -> tuple[Period, ...]:
    found = [figure.days for figure in each.figures if figure.year == each.year and figure.days]
    if not found:
        return ()
    return (Period.of(min(days.first for days in found), max(days.last for days in found)),)


def of_time(each: Partnership, amount: Amount, *sides: Side) -> str:
    """Return what time a sum of *sides* is of, as it follows a noun: `per år (2024)`.

    It is `2024 (1 maj–31 december)` for a part of a year, has no year where none is known of it,
    and is nothing at all where the sum is the whole period's.
    """
    if not amount.complete and not amount.known and each.undivided(*sides).known:
        return ""
    is_of_no_year = amount.unknown and each.as_written(*sides).known
    if is_of_no_year or (each.chapter == "undated" and not each.case.is_dated):
        return "per år"
    days = part(each)
    if days and each.case.last_known is None and not each.case.reach.is_open:
        return f"{each.year} (från {_day(days[0].first)})"
    return f"{each.year} ({_in_words(days)})" if days else f"per år ({each.year})"


def column(partnerships: Iterable[Partnership], year: int) -> str:
    """Return the time of a column of sums: that of a year where some are of a part of it."""
    return str(year) if any(map(part, partnerships)) else "per år"


def _in_words(days: Iterable[Period]) -> str:
    return listed([f"{_day(each.first)}–{_day(each.last)}" for each in days])


def _day(day: date) -> str:
    return f"{day.day} {month_name(day.month)}"
