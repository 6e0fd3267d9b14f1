"""The end that holds, the options left and the last day of notice, by the log and the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.reach import Reach, day_ahead
from iopctl.dates import ONE_DAY
from tests.test_model import read

AGREEMENT = """
id: exempel-2024
title: Exempel
parties: {{kommunen: {{role: public, name: Exempels kommun}}}}
validity: {{{validity}}}
economy: {{base_year: 2020, contributions: []}}
log: [{log}]
"""
AUTOMATIC = (
    "start: 2019-01-01, end: 2021-12-31, notice_months: 6, extension: {kind: automatic, years: 1}"
)
TWICE = "start: 2024-01-01, end: 2025-12-31, extension: {kind: mutual, times: 2, years: 2}"
FIXED = "start: 2024-01-01, end: 2025-12-31"

days = st.dates(date(1990, 1, 1), date(2199, 12, 31))


def reach(validity: str, *log: str, as_of: str | date = "2199-12-31") -> Reach:
    """Return how far an agreement reaches; each of *log* is an event without its braces."""
    text = AGREEMENT.format(validity=validity, log=", ".join(f"{{{each}}}" for each in log))
    return Case(read(text), date.fromisoformat(str(as_of))).reach


def extended(on: str, until: str = "") -> str:
    """Return the event of an extension."""
    return f"date: {on}, event: extension" + (f", until: {until}" if until else "")


def resumed(on: str, start: str, until: str = "") -> str:
    """Return the event of an extension that has a first day of its own."""
    return f"{extended(on, until)}, start: {start}"


def ended(on: str, effective: str) -> str:
    """Return the event of a termination."""
    return f"date: {on}, event: termination, effective: {effective}"


def declined(on: str) -> str:
    """Return the event of an option not taken."""
    return f"date: {on}, event: option_declined"


def amended(on: str, validity: str) -> str:
    """Return the event of new terms on validity, in force at once."""
    return f"date: {on}, event: amendment, effective: {on}, terms: {{validity: {{{validity}}}}}"


# ------------------------------------------------------------------ what the log makes of the end
@pytest.mark.parametrize(
    ("validity", "log", "end"),
    [
        (FIXED, [], "2025-12-31"),
        ("start: 2024-01-01, months: 16", [], "2025-04-30"),
        ("end: 2024-06", [], "2024-06-30"),
        ("start: 2024-01-01, end: open", [], "None"),
        ("start: 2024-01-01", [], "None"),
        (TWICE, [extended("2025-05-01")], "2027-12-31"),
        (TWICE, [extended("2025-05-01"), extended("2027-05-01")], "2029-12-31"),
        (TWICE, [extended("2025-05-01", "2026-06-30")], "2026-06-30"),
        (TWICE, [extended("2025-05-01", "2025-06-30")], "2025-06-30"),
        (FIXED, [extended("2025-05-01")], "2025-12-31"),
        (FIXED, [extended("2025-05-01", "2026-12-31")], "2026-12-31"),
        ("start: 2024-01-01", [extended("2025-05-01", "2026-12-31")], "2026-12-31"),
        (FIXED, [ended("2024-05-01", "2024-06-30")], "2024-06-30"),
        (FIXED, [ended("2024-05-01", "2026-06-30")], "2025-12-31"),
        (
            FIXED,
            [ended("2024-05-01", "2024-12-31"), ended("2024-06-01", "2024-06-30")],
            "2024-06-30",
        ),
        (
            FIXED,
            [ended("2024-05-01", "2024-06-30"), ended("2024-06-01", "2024-12-31")],
            "2024-12-31",
        ),
        (TWICE, [ended("2025-05-01", "2025-06-30"), extended("2025-06-01")], "2027-12-31"),
        ("start: 2024-01-01, end: open", [ended("2024-05-01", "2024-06-30")], "2024-06-30"),
        ("start: 2024-01-01", [ended("2024-05-01", "2024-06-30")], "2024-06-30"),
        (FIXED, [extended("2024-05-01", "2030-12-31"), amended("2024-06-01", FIXED)], "2025-12-31"),
        (
            FIXED,
            [amended("2024-06-01", "end: 2026-12-31"), extended("2024-07-01", "2027-06-30")],
            "2027-06-30",
        ),
    ],
)
def test_the_end_is_what_the_log_made_of_it(validity: str, log: list[str], end: str) -> None:
    """Extensions lengthen, terminations shorten, the later of two holds, new terms start afresh."""
    assert end == str(reach(validity, *log).end)


def test_an_event_counts_from_its_day() -> None:
    """What is logged with a later date than the one asked about has not happened."""
    log = extended("2025-05-01")

    assert reach(TWICE, log, as_of="2025-04-30").end == date(2025, 12, 31)
    assert reach(TWICE, log, as_of="2025-05-01").end == date(2027, 12, 31)


def test_the_start_is_the_first_that_any_terms_give() -> None:
    """New terms that repeat only the end, or give their own start, do not move it."""
    later = amended("2025-06-01", "start: 2026-01-01, end: 2027-12-31")

    assert reach(FIXED, amended("2025-06-01", "end: 2027-12-31")).start == date(2024, 1, 1)
    assert reach(FIXED, later).start == date(2024, 1, 1)
    assert reach("end: 2025-12-31", later).start == date(2026, 1, 1)
    assert reach("end: 2025-12-31").start is None


# ------------------------------------------------------------------ options
@pytest.mark.parametrize(
    ("validity", "log", "taken", "left", "options", "latest"),
    [
        (TWICE, [], 0, 2, "2026-01-01/2027-12-31 2028-01-01/2029-12-31", "2029-12-31"),
        (TWICE, [extended("2025-05-01")], 1, 1, "2028-01-01/2029-12-31", "2029-12-31"),
        (TWICE, [extended("2025-05-01", "2026-06-30")], 1, 1, "2026-07-01/2029-12-31",
         "2029-12-31"),
        (TWICE, [extended("2025-05-01", "2028-06-30")], 2, 0, "", "2028-06-30"),
        (TWICE, [extended("2025-05-01", "2033-12-31")], 4, 0, "", "2033-12-31"),
        (TWICE, [extended("2025-05-01", "2025-12-31")], 0, 2,
         "2026-01-01/2027-12-31 2028-01-01/2029-12-31", "2029-12-31"),
        (TWICE, [declined("2025-05-01")], 0, 0, "", "2025-12-31"),
        (TWICE, [ended("2025-05-01", "2025-06-30")], 0, 0, "", "2025-06-30"),
        (FIXED, [], 0, 0, "", "2025-12-31"),
        (f"{FIXED}, extension: {{kind: none}}", [], 0, 0, "", "2025-12-31"),
        (f"{FIXED}, extension: {{kind: mutual, years: 1}}", [], 0, None, "2026", "None"),
        (f"{FIXED}, extension: {{kind: option, times: 1}}", [], 0, 1, "", "None"),
        (f"{FIXED}, extension: {{kind: option}}", [extended("2025-05-01")], 1, None, "", "None"),
        ("years: 2, extension: {kind: unspecified, years: 2}", [], 0, None, "", "None"),
        ("start: 2024-01-01, end: open", [], 0, 0, "", "None"),
    ],
)  # fmt: skip
def test_options_left_and_the_latest_end(
    validity: str, log: list[str], taken: int, left: int | None, options: str, latest: str
) -> None:
    """An extension uses as many options as its length needs; what is not known stays so."""
    found = reach(validity, *log)

    assert (taken, left) == (found.options_taken, found.options_left)
    assert options == " ".join(each.text for each in found.options)
    assert latest == str(found.latest_end)


@pytest.mark.parametrize(
    ("end", "months", "ends"),
    [
        ("2023-08-30", 6, "2024-02-29 2024-08-30 2025-02-28"),  # not 2024-08-31, by steps
        ("2024-02-29", 12, "2025-02-28 2026-02-28 2027-02-28"),
        ("2023-02-28", 12, "2024-02-29 2025-02-28 2026-02-28"),  # the last day stays the last
        ("2023-12-31", 2, "2024-02-29 2024-04-30 2024-06-30"),
    ],
)
def test_every_option_is_counted_from_the_written_end(end: str, months: int, ends: str) -> None:
    """Steps of months would drift with the lengths of the months between."""
    extension = f"extension: {{kind: option, times: 3, months: {months}}}"
    found = reach(f"end: {end}, {extension}").options

    assert ends == " ".join(str(each.last) for each in found)
    assert all(one.last + ONE_DAY == other.first for one, other in pairwise(found))


# ------------------------------------------------------------------ automatic extensions
@pytest.mark.parametrize(
    ("validity", "as_of", "end"),
    [
        (AUTOMATIC, "2021-06-30", "2021-12-31"),  # the last day to give notice
        (AUTOMATIC, "2021-07-01", "2022-12-31"),
        (AUTOMATIC, "2022-06-30", "2022-12-31"),
        (AUTOMATIC, "2025-03-01", "2025-12-31"),
        (AUTOMATIC.replace("notice_months: 6, ", ""), "2021-12-31", "2021-12-31"),
        (AUTOMATIC.replace("notice_months: 6, ", ""), "2022-01-01", "2022-12-31"),
        (AUTOMATIC.replace("years: 1", "times: 2, years: 1"), "2199-01-01", "2023-12-31"),
        ("end: open, notice_months: 6, extension: {kind: automatic, years: 1}", "2022-01-01",
         "None"),
    ],
)  # fmt: skip
def test_it_rolls_on_the_day_after_the_last_of_notice(validity: str, as_of: str, end: str) -> None:
    """Without terms on notice that is the day after the end; granted times are the limit."""
    assert end == str(reach(validity, as_of=as_of).end)


@pytest.mark.parametrize(
    ("log", "end", "taken"),
    [
        ([ended("2021-06-30", "2021-12-31")], "2021-12-31", 0),
        ([ended("2021-09-01", "2022-12-31")], "2022-12-31", 1),
        ([ended("2021-09-01", "2021-10-31")], "2021-10-31", 1),
        ([ended("2021-05-01", "2022-03-31")], "2022-03-31", 0),
        ([declined("2021-06-30")], "2021-12-31", 0),
        ([declined("2021-07-01")], "2022-12-31", 1),
        ([extended("2021-05-01", "2024-12-31"), declined("2021-05-02")], "2024-12-31", 3),
        ([declined("2021-06-30"), ended("2021-09-01", "2022-03-31")], "2021-12-31", 0),
        ([ended("2021-05-01", "2023-03-31"), declined("2021-06-30")], "2021-12-31", 0),
        ([ended("2021-05-01", "2023-03-31"), declined("2021-07-01")], "2022-12-31", 1),
    ],
)
def test_it_rolls_no_further_once_somebody_acts(log: list[str], end: str, taken: int) -> None:
    """Notice that came too late ends the term that had then begun to count."""
    found = reach(AUTOMATIC, *log)

    assert (end, taken) == (str(found.end), found.options_taken)
    assert not found.rolls_on


def test_an_extension_that_is_logged_though_automatic_counts_once() -> None:
    """Who writes down what happened by itself gets no further year."""
    found = reach(AUTOMATIC, extended("2022-01-10", "2022-12-31"), as_of="2022-02-01")

    assert (found.end, found.options_taken) == (date(2022, 12, 31), 1)


def test_only_what_can_be_reckoned_rolls_on() -> None:
    """An end that is known from an extension alone leads to no further one."""
    validity = "extension: {kind: automatic, years: 1}"

    assert reach(AUTOMATIC).rolls_on
    assert not reach(TWICE).rolls_on
    assert not reach(validity, extended("2022-05-01", "2022-12-31")).rolls_on
    assert reach(validity, extended("2022-05-01", "2022-12-31")).end == date(2022, 12, 31)


# ------------------------------------------------------------------ notice
@pytest.mark.parametrize(
    ("validity", "log", "notice"),
    [
        (FIXED, [], "None"),
        (f"{FIXED}, notice_months: 6", [], "2025-06-30"),
        (f"{TWICE}, notice_months: 6", [extended("2025-05-01")], "2027-06-30"),
        (f"{FIXED}, notice_months: 6", [ended("2024-05-01", "2024-12-31")], "2024-06-30"),
        ("end: 2024-02-29, notice_months: 1", [], "2024-01-31"),
        ("end: 2024-03-30, notice_months: 1", [], "2024-02-29"),  # the last of a shorter month
        ("end: 2025-03-30, notice_months: 1", [], "2025-02-28"),
        ("end: 2024-08-30, notice_months: 6", [], "2024-02-29"),
        ("end: 2023-06-29, notice_months: 1", [], "2023-05-29"),
        ("end: open, notice_months: 3", [], "None"),
        (f"{FIXED}, notice_by: 09-30", [], "2025-09-30"),
        (f"{TWICE}, notice_by: 09-30", [extended("2025-05-01")], "2027-09-30"),
        ("end: 2024-05-31, notice_by: 09-30", [], "2023-09-30"),
        ("end: 2024-05-31, notice_by: 05-31", [], "2024-05-31"),
        (f"{FIXED}, notice_by: 2025-03-31", [], "2025-03-31"),
        (f"{TWICE}, notice_by: 2025-02-28", [extended("2025-05-01")], "2027-02-28"),
        (f"{TWICE}, notice_by: 2025-02-28", [extended("2025-05-01", "2027-12-31"),
                                             extended("2027-01-01", "2028-12-31")], "2028-02-29"),
        ("notice_by: 2025-03-31", [extended("2024-05-01", "2025-12-31")], "2025-03-31"),
        ("notice_months: 6", [], "None"),
    ],
)  # fmt: skip
def test_notice_is_counted_back_from_the_end_that_holds(
    validity: str, log: list[str], notice: str
) -> None:
    """In months, as a day of the year before the end, or as a day that moves with the end."""
    assert notice == str(reach(validity, *log).notice_day)


@given(end=days, months=st.integers(1, 60))
def test_notice_on_the_last_day_runs_out_with_the_agreement(end: date, months: int) -> None:
    """By the number of the day, or the last of a shorter month: never past the end."""
    notice = day_ahead(end, months)
    year, month = divmod(notice.year * 12 + notice.month - 1 + months, 12)
    out = date(year, month + 1, min(notice.day, monthrange(year, month + 1)[1]))

    assert end - timedelta(days=3) <= out <= end


# ------------------------------------------------------------------ whatever is logged
kinds = st.sampled_from(["mutual", "option", "automatic", "none", "unspecified"])
validities = st.builds(
    lambda start, end, notice, kind, times, months: ", ".join(
        part
        for part in (
            start and f"start: {start}",
            end and f"end: {end}",
            notice and f"notice_months: {notice}",
            "extension: {kind: none}"
            if kind == "none"
            else f"extension: {{kind: {kind}, months: {months}"
            + (f", times: {times}}}" if times else "}"),
        )
        if part
    ),
    start=st.none() | st.dates(date(2018, 1, 1), date(2022, 12, 31)),
    end=st.none() | st.just("open") | st.dates(date(2023, 1, 1), date(2027, 12, 31)),
    notice=st.none() | st.integers(1, 18),
    kind=kinds,
    times=st.none() | st.integers(1, 5),
    months=st.integers(1, 36),
)
moments = st.dates(date(2018, 1, 1), date(2032, 12, 31))
logs = st.lists(
    st.tuples(
        moments,
        st.sampled_from(
            [
                extended,
                lambda on, _: extended(on),
                resumed,
                lambda on, day: resumed(on, day, str(date.fromisoformat(day) + timedelta(500))),
                ended,
                lambda on, _: declined(on),
                lambda on, day: amended(on, f"end: {day}, notice_months: 3"),
                lambda on, _: f"date: {on}, event: meeting",
            ]
        ),
        moments,
    ),
    max_size=6,
).map(
    lambda found: [event(str(on), str(day)) for on, event, day in sorted(found, key=lambda e: e[0])]
)


@given(validity=validities, log=logs, as_of=moments)
def test_any_log_gives_a_reach_that_holds_together(
    validity: str, log: list[str], as_of: date
) -> None:
    """Options follow each other from the end on, and notice comes before the end."""
    found = reach(validity, *log, as_of=as_of)
    ends = [found.end, *(each.last for each in found.options)]
    firsts = [each.first for each in found.options]

    assert firsts == [end + ONE_DAY for end in ends[:-1] if end]
    assert all(each.first <= each.last for each in found.options)
    assert found.options_left is None or len(found.options) in {0, found.options_left}
    assert found.is_open is False or found.end is None
    assert found.notice_day is None or (found.end is not None and found.notice_day < found.end)


@given(end=moments, log=logs, as_of=moments)
def test_the_notice_day_follows_the_end(end: date, log: list[str], as_of: date) -> None:
    """Whatever moves the end moves the last day of notice with it."""
    validity = f"end: {end}, notice_months: 3, extension: {{kind: automatic, months: 5}}"
    found = reach(validity, *log, as_of=as_of)

    assert found.end is not None
    assert found.notice_day == day_ahead(found.end, 3)


@given(validity=validities, as_of=moments, later=st.integers(0, 4000))
def test_without_a_log_the_end_never_comes_nearer(validity: str, as_of: date, later: int) -> None:
    """Time alone extends an agreement or leaves it as it is."""
    before, after = (reach(validity, as_of=day) for day in (as_of, as_of + timedelta(later)))

    assert (before.end is None) == (after.end is None)
    assert (before.end or date.min) <= (after.end or date.min)
    assert before.options_taken <= after.options_taken


# ------------------------------------------------------------------ of different length, and later
TURNS = "start: 2024-01-01, end: 2024-12-31, extension: {kind: option, options: [{years: 3}, {months: 6}]}"


def test_options_of_different_length_follow_each_other() -> None:
    """Each has its own length, and those that are taken are the first."""
    none, one, two = (
        reach(TURNS, *[extended(f"2024-0{day}-01") for day in range(1, taken + 1)])
        for taken in range(3)
    )

    assert [each.text for each in none.options] == ["2025-01-01/2027-12-31", "2028-H1"]
    assert (one.end, [each.text for each in one.options]) == (date(2027, 12, 31), ["2028-H1"])
    assert (two.end, two.options, two.options_left) == (date(2028, 6, 30), (), 0)


def test_an_end_within_an_option_takes_it() -> None:
    """And one beyond all of them takes one more than there are."""
    within = reach(TURNS, extended("2024-05-01", "2025-12-31"))
    beyond = reach(TURNS, extended("2024-05-01", "2030-12-31"))

    assert (within.options_taken, beyond.options_taken, beyond.options_left) == (1, 3, 0)


def test_what_goes_on_by_itself_does_so_by_turns() -> None:
    """As long as there are any."""
    validity = "start: 2020-01-01, end: 2020-12-31, extension: {kind: automatic, options: [{years: 2}, {years: 1}]}"

    assert reach(validity, as_of="2021-01-01").end == date(2022, 12, 31)
    assert reach(validity, as_of="2030-01-01").end == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("log", "held"),
    [
        (["date: 2021-12-08, event: extension, start: 2022-01-01"], ["2020", "2022"]),
        (["date: 2021-12-08, event: extension, start: 2022-01-01, until: 2022-03-31"], ["2020", "2022-Q1"]),
        (["date: 2020-12-08, event: extension, start: 2021-01-01"], ["2020-01-01/2021-12-31"]),
        (
            [
                "date: 2021-12-08, event: extension, start: 2022-01-01, until: 2022-03-31",
                "date: 2022-01-08, event: extension, until: 2020-06-30",  # they disagree
                "date: 2022-02-08, event: extension, start: 2020-09-01, until: 2022-06-30",
            ],
            ["2020-H1", "2020-T3", "2022-H1"],
        ),
        (["date: 2021-12-08, event: extension, start: 2022-01-01", ended("2021-12-09", "2021-06-30")], ["2020"]),
        (["date: 2021-12-08, event: extension, start: 2022-01-01", ended("2021-12-09", "2020-06-30")], ["2020-H1"]),
    ],
)  # fmt: skip
def test_a_gap_is_no_part_of_the_agreement(log: list[str], held: list[str]) -> None:
    """The extension has its length from its own first day; a termination may come before it."""
    validity = "start: 2020-01-01, end: 2020-12-31, extension: {kind: mutual, years: 1}"
    text = AGREEMENT.format(validity=validity, log=", ".join(f"{{{each}}}" for each in log))
    case = Case(read(text), date(2199, 12, 31))

    assert [each.text for each in case.held] == held


AMENDED = "date: 2021-12-08, event: amendment, effective: {}, terms: {{validity: {{{}}}}}"
RESUMED = "date: 2021-12-08, event: extension, start: 2022-01-01, until: 2022-12-31"
ON_AGAIN = AMENDED.format("2022-07-01", "start: 2022-07-01, end: 2022-12-31")


@pytest.mark.parametrize(
    ("log", "held"),
    [
        ([RESUMED, AMENDED.format("2023-01-01", "end: 2023-12-31")], ["2020", "2022-01-01/2023-12-31"]),
        ([RESUMED, AMENDED.format("2021-07-01", "end: 2022-12-31")], ["2020", "2021-07-01/2022-12-31"]),
        ([ON_AGAIN], ["2020", "2022-H2"]),
        ([AMENDED.format("2022-01-01", "start: 2022-07-01, end: 2022-12-31")], ["2020", "2022-H2"]),
        ([AMENDED.format("2022-07-01", "end: 2022-12-31")], ["2020-01-01/2022-12-31"]),
        ([ended("2020-05-01", "2020-06-30"), ON_AGAIN], ["2020-H1", "2022-H2"]),
        (["date: 2020-10-01, event: extension", ON_AGAIN], ["2020-01-01/2021-12-31", "2022-H2"]),
        ([ON_AGAIN, AMENDED.format("2022-12-31", "end: 2023-12-31")], ["2020", "2022-07-01/2023-12-31"]),
        ([AMENDED.format("2019-12-31", "start: 2022-07-01, end: 2022-12-31")], ["2022-H2"]),
        ([ended("2019-05-01", "2019-06-30"), AMENDED.format("2020-07-01", "end: 2020-12-31")], ["2020"]),
    ],
)  # fmt: skip
def test_an_amended_validity_leaves_gaps_as_they_are(log: list[str], held: list[str]) -> None:
    """It fills none that was before it ruled, and leaves one where it starts later than the end."""
    validity = "start: 2020-01-01, end: 2020-12-31, extension: {kind: mutual, years: 1}"
    text = AGREEMENT.format(validity=validity, log=", ".join(f"{{{each}}}" for each in log))
    case = Case(read(text), date(2199, 12, 31))

    assert [each.text for each in case.held] == held


def test_what_goes_on_by_itself_does_so_until_an_amended_validity_rules() -> None:
    """Though that was agreed on years before: no day in between is without an agreement."""
    validity = "start: 2018-01-01, end: 2018-12-31, extension: {kind: automatic, years: 1}"
    early = ON_AGAIN.replace("2021-12-08", "2018-02-01")
    case = Case(read(AGREEMENT.format(validity=validity, log=f"{{{early}}}")), date(2199, 12, 31))

    assert [each.text for each in case.held] == ["2018-01-01/2022-12-31"]


def test_an_extension_after_days_that_came_by_themselves_leaves_them_held() -> None:
    """The gap is from the end that it had gone on to, not from the one that was written."""
    validity = (
        "start: 2018-01-01, end: 2018-12-31, extension: {kind: automatic, years: 1, times: 2}"
    )
    on = Case(read(AGREEMENT.format(validity=validity, log=f"{{{RESUMED}}}")), date(2199, 12, 31))
    ended_ = f"{{{ended('2018-02-01', '2018-06-30')}}}, {{{RESUMED}}}"
    cut = Case(read(AGREEMENT.format(validity=validity, log=ended_)), date(2022, 6, 1))

    assert [each.text for each in on.held] == ["2018-01-01/2020-12-31", "2022"]
    assert [each.text for each in cut.held] == ["2018-H1", "2022"]


def test_a_later_start_without_a_length_or_an_end_leads_nowhere() -> None:
    """The end stays where it was; where none is known, there is no gap to be seen."""
    unknown = reach(FIXED, "date: 2026-02-01, event: extension, start: 2026-03-01")
    undated = reach("start: 2024-01-01", "date: 2026-02-01, event: extension, start: 2026-03-01")

    assert (unknown.end, undated.end, undated.gaps) == (date(2025, 12, 31), None, ())


def test_what_is_amended_or_ended_on_an_unknown_day_has_happened() -> None:
    """Its place in the log says when; nothing is late, or early, for want of a day."""
    found = reach(FIXED, "date: unknown, event: extension, until: 2026-06-30")
    ended_ = reach(FIXED, "date: unknown, event: termination, effective: 2024-06-30")

    assert (found.end, ended_.end) == (date(2026, 6, 30), date(2024, 6, 30))


# ------------------------------------------------------------------ after a gap
LATE = "start: 2022-01-01, end: 2022-12-31, notice_months: 3, extension: "
ON = "2024-12-20"


@pytest.mark.parametrize(
    ("extension", "log", "end", "options"),
    [
        ("{kind: option, times: 3, months: 6}", [resumed(ON, "2025-01-01")],
         "2025-06-30", "2025-H2 2026-H1"),
        ("{kind: option, times: 4, years: 1}", [resumed(ON, "2025-01-01"), extended("2025-06-20")],
         "2026-12-31", "2027 2028"),
        ("{kind: option, options: [{months: 6}, {years: 2}]}", [resumed(ON, "2023-02-01")],
         "2023-07-31", "2023-08-01/2025-07-31"),
        ("{kind: option, options: [{months: 6}, {years: 2}, {years: 1}]}",
         [extended("2022-06-01"), resumed(ON, "2025-02-01")],
         "2027-01-31", "2027-02-01/2028-01-31"),
        ("{kind: option, times: 3, months: 6}", [resumed(ON, "2023-08-31")],
         "2024-02-29", "2024-03-01/2024-08-30 2024-08-31/2025-02-28"),  # by the day's number
        ("{kind: option, times: 4, years: 1}", [resumed(ON, "2025-01-01", "2026-12-31")],
         "2026-12-31", "2027 2028"),
        ("{kind: option, times: 2, years: 1}", [resumed(ON, "2022-07-01")],
         "2023-12-31", "2024"),  # no gap
        ("{kind: option, times: 4, years: 1}",
         [resumed(ON, "2025-01-01"), resumed(ON, "2027-04-01")], "2028-03-31",
         "2028-04-01/2029-03-31 2029-04-01/2030-03-31"),
        ("{kind: option, times: 3, months: 6}",
         [ended("2022-02-01", "2022-03-31"), resumed(ON, "2022-05-01", "2022-12-31")],
         "2022-12-31", "2023-01-01/2023-10-31"),
    ],
)  # fmt: skip
def test_after_a_gap_all_is_counted_from_its_end(
    extension: str, log: list[str], end: str, options: str
) -> None:
    """Each extension has its length, and none runs backwards."""
    found = reach(LATE + extension, *log)

    assert (end, options) == (str(found.end), " ".join(each.text for each in found.options))


@pytest.mark.parametrize(
    ("as_of", "end", "notice"),
    [
        ("2025-09-30", "2025-12-31", "2025-09-30"),
        ("2025-10-01", "2026-12-31", "2026-09-30"),
        ("2199-12-31", "2026-12-31", "2026-09-30"),
    ],
)
def test_after_a_gap_it_rolls_on_from_there(as_of: str, end: str, notice: str) -> None:
    """The last day of notice is that of the end that holds; 2023 had come by itself."""
    validity = LATE + "{kind: automatic, times: 3, years: 1}"
    found = reach(validity, resumed("2022-12-20", "2025-01-01"), as_of=as_of)

    assert (end, notice) == (str(found.end), str(found.notice_day))


def test_what_a_year_gives_is_not_cut_by_a_gap_in_it() -> None:
    """By its own months: 600 000 kr for a year of nine are 200 000 and 400 000."""
    text = AGREEMENT.format(
        validity="start: 2024-01-01, end: 2024-03-31",
        log="{date: 2024-03-01, event: extension, start: 2024-07-01, until: 2024-12-31}",
    ).replace("[]", "[{party: kommunen, by_year: {2024: 600000}}]")
    figures = Case(read(text), date(2024, 6, 1)).figures

    assert [(each.days and each.days.text, int(each.amount or 0)) for each in figures] == [
        ("2024-Q1", 200_000),
        ("2024-H2", 400_000),
    ]


@given(
    end=st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    lengths=st.lists(st.integers(1, 30), min_size=1, max_size=5),
    gaps=st.lists(st.integers(0, 400), min_size=5, max_size=5),
)
def test_with_gaps_no_end_moves_back_and_each_option_has_its_length(
    end: date, lengths: list[int], gaps: list[int]
) -> None:
    """To the day before the first one's number, or to the last day of a month without it."""
    options = ", ".join(f"{{months: {each}}}" for each in lengths)
    validity = f"end: {end}, extension: {{kind: option, options: [{options}]}}"
    log: list[str] = []
    counted, since = end + ONE_DAY, 0
    for taken, (length, gap) in enumerate(zip(lengths, gaps, strict=False)):
        before = reach(validity, *log)
        assert before.end is not None
        start = before.end + timedelta(gap + 1)
        if gap:
            counted, since = start, 0
        since += length
        log.append(resumed("2023-01-01", str(start)) if gap else extended("2023-01-01"))
        after = reach(validity, *log)
        assert after.end is not None
        assert start <= after.end
        year, month = divmod(counted.year * 12 + counted.month - 1 + since, 12)
        most = monthrange(year, month + 1)[1]
        last = date(year, month + 1, min(counted.day, most))
        assert after.end == (last if counted.day > most else last - ONE_DAY)
        assert len(after.options) == len(lengths) - taken - 1
