"""What each year asks for in meetings and reports, and which of it the log has."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case import follow_up
from iopctl.case.case import Case
from tests.conftest import AGREEMENT
from tests.test_model import read

LATER = date(2199, 12, 31)


def agreed(validity: str, asked: str, *log: str, as_of: date = LATER) -> Case:
    """Return an agreement with a follow-up and a log; each event is without its braces."""
    blocks = AGREEMENT.replace("validity: {start: 2024-01-01, end: 2025-12-31}\n", "")
    events = ", ".join(f"{{{each}}}" for each in log)
    text = f"{blocks}\nvalidity: {{{validity}}}\nfollow_up: {{{asked}}}\nlog: [{events}]\n"
    return Case(read(text), as_of)


def meetings(validity: str, asked: str, *log: str) -> list[tuple[int, int, int]]:
    """Return the year, the meetings wanted and those held, for each year."""
    found = follow_up.meetings(agreed(validity, asked, *log))
    return [(each.year, each.wanted, each.done) for each in found]


def reports(validity: str, asked: str, *log: str) -> list[tuple[int, int, int, str]]:
    """Return the year, the reports wanted, those given and the day they are due."""
    found = follow_up.reports(agreed(validity, asked, *log))
    return [(each.year, each.wanted, each.done, str(each.due)) for each in found]


@pytest.mark.parametrize(
    ("validity", "a_year", "wanted"),
    [
        ("start: 2024-01-01, end: 2025-12-31", 2, [2, 2]),
        ("start: 2024-07-01, end: 2025-12-31", 2, [1, 2]),  # 6 months of 12
        ("start: 2024-06-30, end: 2025-12-31", 2, [2, 2]),  # a day more
        ("start: 2023-09-15, end: 2025-06-30", 4, [2, 4, 2]),  # 4 × 3 16/30 ÷ 12 = 1.2
        ("start: 2024-12-31, end: 2025-01-01", 1, [1, 1]),
        ("start: 2024-01-01", 2, []),
        ("start: 2024-01-01, end: 2024-12-31", 0, []),
    ],
)
def test_a_part_of_a_year_asks_for_its_share_rounded_up(
    validity: str, a_year: int, wanted: list[int]
) -> None:
    """Less than one meeting cannot be held, and unknown days ask for none."""
    found = meetings(validity, f"meetings_per_year: {a_year}")

    assert wanted == [number for _, number, _ in found]


def test_nothing_is_asked_for_in_a_gap() -> None:
    """Between the end and an extension that began later there is no agreement to follow up."""
    validity = "start: 2020-01-01, end: 2020-12-31, extension: {kind: unspecified}"
    later = "date: 2021-12-08, event: extension, start: 2022-01-01, until: 2023-06-30"
    twice = "meetings_per_year: 2, duties: [{kind: other, what: Fest, due: 05-15}, {kind: audit, every: year}]"
    case = agreed(validity, twice, later)

    assert meetings(validity, twice, later) == [(2020, 2, 0), (2022, 2, 0), (2023, 1, 0)]
    assert [each.due.year for each in case.quotas if each.kind == "other"] == [2020, 2022, 2023]
    assert [each.due.year for each in case.quotas if each.kind == "audit"] == [2021, 2023, 2024]


def test_a_meeting_counts_for_the_year_of_its_date() -> None:
    """Also where only the year is known; more than are asked for leave nothing to do."""
    log = ["date: 2024, event: meeting", "date: 2024-06-01, event: meeting"]
    asked = agreed("start: 2024-01-01, end: 2025-12-31", "meetings_per_year: 1", *log)
    first, second = follow_up.meetings(asked)

    assert (first.done, first.left) == (2, 0)
    assert (second.done, second.left) == (0, 1)
    assert second.due == date(2025, 12, 31)


def test_only_what_has_happened_is_done() -> None:
    """A meeting that is logged ahead of its day is not held before it."""
    terms = ("start: 2024-01-01, end: 2024-12-31", "meetings_per_year: 1")
    log = "date: 2024-06-01, event: meeting"
    before, after = (
        next(follow_up.meetings(agreed(*terms, log, as_of=date(2024, month, 1)))).left
        for month in (5, 6)
    )

    assert (before, after) == (1, 0)


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("year: 2024", [2024]),
        ("period: 2024-H1", [2024]),
        ("period: 2024-01-01/2025-12-31", [2024, 2025]),
        ("text: Allt väl", [2025]),  # the year before its date
    ],
)
def test_a_report_is_for_what_it_says(said: str, years: list[int]) -> None:
    """One for several years counts in each."""
    log = f"date: 2026-02-01, event: report, {said}"
    found = reports("start: 2024-01-01, end: 2026-12-31", "reports_per_year: 1", log)

    assert years == [year for year, _, done, _ in found if done]


def test_a_report_in_the_first_year_is_for_that_year() -> None:
    """There is no year before it to report on."""
    log = "date: 2024-11-01, event: report"
    found = reports("start: 2024-01-01, end: 2025-12-31", "reports_per_year: 1", log)

    assert [done for _, _, done, _ in found] == [1, 0]


def test_reports_are_due_the_next_year_also_after_the_end() -> None:
    """On the agreement's own day, else on the one that the municipality has set."""
    validity = "start: 2023-07-01, end: 2024-12-31"

    assert reports(validity, "reports_per_year: 2") == [
        (2023, 1, 0, "2024-03-31"),
        (2024, 2, 0, "2025-03-31"),
    ]
    assert reports(validity, "reports_per_year: 1, report_due: 02-28")[-1][-1] == "2025-02-28"


def test_each_part_of_a_year_follows_its_own_terms() -> None:
    """Half a year of one meeting and half a year of four ask for 0.5 + 2, rounded up."""
    log = (
        "date: 2024-03-01, event: amendment, effective: 2024-07-01,"
        " terms: {follow_up: {meetings_per_year: 4}}"
    )
    found = meetings("start: 2023-01-01, end: 2024-12-31", "meetings_per_year: 1", log)

    assert found == [(2023, 1, 0), (2024, 3, 0)]


def test_without_follow_up_nothing_is_asked_for() -> None:
    """Silence of the agreement is no duty, and nothing of it is settled."""
    text = f"{AGREEMENT}\n"
    found = Case(read(text), LATER)

    assert list(follow_up.meetings(found)) == list(follow_up.reports(found)) == []
    assert follow_up.settled_until(found) == date.min
    assert reports("start: 2024-01-01, end: 2024-12-31", "meetings_per_year: 1") == []


@given(start=st.dates(date(2020, 1, 1), date(2022, 12, 31)), days=st.integers(0, 2000))
def test_wanted_meetings_lie_between_the_share_and_one_more_a_year(start: date, days: int) -> None:
    """Rounding up adds less than one meeting for each of the two years that are broken."""
    end = date.fromordinal(start.toordinal() + days)
    found = meetings(f"start: {start}, end: {end}", "meetings_per_year: 3")
    wanted = sum(number for _, number, _ in found)

    assert days * 3 / 366 - 0.2 <= wanted <= (days + 1) * 3 / 365 + 2.2
    assert [year for year, _, _ in found] == list(range(start.year, end.year + 1))
