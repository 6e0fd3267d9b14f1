"""Days, months, years and periods as agreements count them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.dates import (
    ONE_DAY,
    Period,
    add_months,
    day_month_or_year,
    months,
    months_by_first_day,
    parts_of_year,
    period,
    years,
)

days = st.dates(date(1990, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2018-06", date(2018, 6, 1), date(2018, 6, 30)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("1990", date(1990, 1, 1), date(1990, 12, 31)),
        ("2199-12", date(2199, 12, 1), date(2199, 12, 31)),
    ],
)
def test_a_date_may_be_known_to_the_day_month_or_year(text: str, first: date, last: date) -> None:
    """A date known to the month or year means all of its days."""
    assert day_month_or_year(text) == Period(first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2024-13",
        "2024-00-10",
        "2024-01-00",
        "1989",
        "2200-01-01",
        "2024-1-1",
        "2024-01-01 ",
        "2024-01-01\n",
        "20240101",
        "٢٠٢٤",
        "",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Days that do not exist, other years and other spellings are no dates."""
    assert day_month_or_year(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-T1", date(2024, 1, 1), date(2024, 4, 30)),
        ("2024-T3", date(2024, 9, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2020-01-01/2022-12-31", date(2020, 1, 1), date(2022, 12, 31)),
        ("2021-09/2022-12", date(2021, 9, 1), date(2022, 12, 31)),
    ],
)
def test_periods_are_read_as_invoices_write_them(text: str, first: date, last: date) -> None:
    """Years, halves, tertials, quarters, months, and from one date to another."""
    assert period(text) == Period(first, last, text)


@pytest.mark.parametrize(
    "text", ["2024-H3", "2024-T4", "2024-Q0", "2024-Q5", "1989-Q1", "2024/2023", "2024/x", "x/2024"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    """A half, tertial or quarter that no year has, or an end before its start."""
    assert period(text) is None


@given(days, st.integers(min_value=0, max_value=2000))
def test_a_period_is_written_so_that_it_reads_back(first: date, length: int) -> None:
    """Whatever days it spans, its text means the same days."""
    last = min(first + timedelta(days=length), date(2199, 12, 31))
    written = Period.of(first, last)

    assert period(written.text) == written


@pytest.mark.parametrize("parts", [1, 2, 3, 4, 12])
@given(year=st.integers(min_value=1990, max_value=2199))
def test_the_parts_of_a_year_cover_each_day_once(parts: int, year: int) -> None:
    """Halves, tertials, quarters and months follow on each other from January to December."""
    found = parts_of_year(year, parts)

    assert (found[0].first, found[-1].last) == (date(year, 1, 1), date(year, 12, 31))
    assert all(after.first == before.last + ONE_DAY for before, after in pairwise(found))
    assert [period(each.text) for each in found] == list(found)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 24, date(2027, 12, 31)),
        (date(2024, 7, 1), -6, date(2024, 1, 1)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
    ],
)
def test_month_arithmetic_keeps_the_last_day_the_last(
    day: date, count: int, expected: date
) -> None:
    """The last day of a month stays the last; another day moves back only where it must."""
    assert add_months(day, count) == expected


@given(days, st.integers(min_value=0, max_value=600))
def test_months_are_counted_exactly(day: date, count: int) -> None:
    """A day some months later lies in the month that many months on."""
    later = add_months(day, count)

    assert later.year * 12 + later.month == day.year * 12 + day.month + count


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), Fraction(12)),
        (date(2024, 9, 15), date(2024, 12, 31), 3 + Fraction(16, 30)),
        (date(2021, 9, 1), date(2022, 12, 31), Fraction(16)),
        (date(2024, 2, 10), date(2024, 2, 10), Fraction(1, 29)),
        (date(2024, 1, 20), date(2024, 2, 5), Fraction(12, 31) + Fraction(5, 29)),
    ],
)
def test_broken_months_count_by_their_days(first: date, last: date, expected: Fraction) -> None:
    """Whole months, and days over days of the broken ones."""
    assert months(first, last) == expected


@given(days, days, days)
def test_months_of_two_neighbours_are_those_of_both(a: date, b: date, c: date) -> None:
    """Wherever a period is cut, no part of a month is lost or counted twice."""
    first, middle, last = sorted((a, b, c))
    rest = months(middle + ONE_DAY, last) if middle < last else Fraction(0)

    assert months(first, middle) + rest == months(first, last)


@given(days, st.integers(min_value=0, max_value=2000))
def test_months_in_turn_add_up_to_the_months(first: date, length: int) -> None:
    """Counted one by one or all at once, there are as many."""
    last = first + timedelta(days=length)

    assert months(first, last) == sum(part for _, part in months_by_first_day(first, last))


def test_months_in_turn_begin_on_their_first_day_that_counts() -> None:
    """A broken first month begins in its middle, the others on the 1st."""
    assert [day for day, _ in months_by_first_day(date(2024, 1, 20), date(2024, 3, 1))] == [
        date(2024, 1, 20),
        date(2024, 2, 1),
        date(2024, 3, 1),
    ]


def test_overlap_is_what_two_periods_share() -> None:
    """Days before and after are cut off, and nothing shared is None."""
    year = Period.year(2024)

    assert year.overlap(date(2024, 7, 1), date(2025, 6, 30)) == Period.of(
        date(2024, 7, 1), date(2024, 12, 31)
    )
    assert year.overlap(date(2025, 1, 1), date(2025, 6, 30)) is None


def test_years_are_those_that_the_days_touch() -> None:
    """Sixteen months from September touch two calendar years."""
    assert list(years(date(2021, 9, 1), date(2022, 12, 31))) == [2021, 2022]
