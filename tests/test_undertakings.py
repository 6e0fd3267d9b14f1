"""What is promised by days, again and again, or after the end: when it is due, and when done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.duties import duties
from iopctl.case.follow_up import of_year
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.model.terms import terms
from iopctl.money import NBSP
from iopctl.papers import clauses
from iopctl.papers import duties as swedish
from tests.conftest import AGREEMENT
from tests.test_duties import varied
from tests.test_fixtures import agreement as fixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Golden, Run

HERE = Path(__file__).parent
LATER = date(2199, 12, 31)


def case_of(duty: str, log: str = "", validity: str = "", as_of: date = LATER) -> Case:
    """Return an agreement with one undertaking, of 2024 and 2025 unless *validity* says other."""
    days = validity or "start: 2024-01-01, end: 2025-12-31"
    blocks = (f"follow_up: {{duties: [{{{duty}}}]}}", f"validity: {{{days}}}", f"log: [{log}]")
    return Case(varied(*blocks), as_of)


def left(case: Case) -> list[str]:
    """Return the days of what is still to be done."""
    return [str(each.due) for each in case.quotas if each.left]


# What the fixture asks for, by hand: the first day, what, and since when it is done, if it is.
DAYS = {
    "2015-10-15": "Styrgrupp",  # held on the 20th: late, and done
    "2015-12-31": "Delrapport",
    "2016-01-31": "Statistik, Brandskyddskontroll",  # of October to December, a month after
    "2016-03-15": "Styrgrupp",
    "2016-04-30": "Delrapport, Statistik",
    "2016-06-30": "Revision",  # of 2015
    "2016-07-31": "Statistik",
    "2016-09-30": "Statistik, Slutrapport",  # of July and August; a month after the end
    "2017-06-30": "Revision",  # of 2016
    "2015-10-31": "Statistik",  # of 15 to 30 September: the last day stays the last
}
DONE = {"2015-10-15", "2015-12-31", "2016-01-31"}


def test_the_days_of_the_fixture_are_those_reckoned_by_hand() -> None:
    """Each thing on its days, none after the end that cannot be, and what the log has is done."""
    case = Case(fixture("duties-on-days"), LATER)
    by_day: dict[str, list[str]] = {}
    for each in sorted(case.quotas, key=lambda quota: quota.path):
        by_day.setdefault(str(each.due), []).append(each.what)
    wanted = {day: sorted(names.split(", ")) for day, names in DAYS.items()}

    assert {day: sorted(names) for day, names in by_day.items()} == wanted
    assert {str(each.due) for each in case.quotas if not each.left} == DONE


def test_what_is_due_says_what_by_when_and_who(run: Run, golden: Golden) -> None:
    """By the agreement's own names, and to whom; late until it is logged."""
    code, out, err = run("due", HERE / "fixtures/duties-on-days.yaml", "--as-of", "2016-02-01")

    assert (code, err) == (0, "")
    golden("due-on-days.text", out)


@pytest.mark.parametrize(
    ("duty", "days"),
    [
        ("kind: meeting, due: 2024-05-15", ["2024-05-15"]),
        ("kind: meeting, due: 05-15", ["2024-05-15", "2025-05-15"]),
        ("kind: meeting, due: 05-15, every: year", ["2024-05-15", "2025-05-15"]),
        ("kind: meeting, due: [2024-05, 2025]", ["2024-05-31", "2025-12-31"]),
        ("kind: meeting, due: 2026-01-01", []),  # the agreement has ended
        ("kind: evaluation, due: 2026-01-31", ["2026-01-31"]),  # of what has been
        (
            "kind: meeting, every: half_year",
            ["2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31"],
        ),
        (
            "kind: report, every: tertial",  # a month after is assumed
            ["2024-05-31", "2024-09-30", "2025-01-31", "2025-05-31", "2025-09-30", "2026-01-31"],
        ),
        ("kind: report, every: year", ["2025-03-31", "2026-03-31"]),
        ("kind: report, every: year, months_after_end: 2", ["2025-02-28", "2026-02-28"]),
        ("kind: report, every: year, due: 02-15", ["2025-02-15", "2026-02-15"]),
        ("kind: report, due: 02-15", ["2025-02-15", "2026-02-15"]),
        (
            "kind: report, due: [06-15, 11-15]",
            ["2024-06-15", "2024-11-15", "2025-06-15", "2025-11-15"],
        ),
        (
            "kind: report, due: [11-15, 06-15], every: year",
            ["2024-06-15", "2024-11-15", "2025-06-15", "2025-11-15"],
        ),
        (
            "kind: report, due: 2024-10-31, every: half_year",
            ["2024-10-31", "2025-04-30", "2025-10-31"],
        ),
        ("kind: report, months_after_end: 3", ["2026-03-31"]),
        ("kind: evaluation, due: 2024-10-01, every: 1 years", ["2024-10-01", "2025-10-01"]),
        ("kind: evaluation, every: 1 years", ["2025-01-01"]),
        ("kind: audit, every: 1 years, months_after_end: 6", ["2025-07-01"]),
    ],
)
def test_the_days_that_an_undertaking_has(duty: str, days: Sequence[str]) -> None:
    """As stated, by parts of the calendar, as counted from a day, or after the end."""
    assert [str(each.due) for each in case_of(duty).quotas] == list(days)


@pytest.mark.parametrize(
    ("duty", "log", "days"),
    [
        ("kind: report, every: half_year", "", "2024-07-31 2025-01-31 2025-07-31 2026-01-31"),
        (
            "kind: report, every: half_year",
            "{date: 2024-07-15, event: report}",  # the last half-year that was over
            "2025-01-31 2025-07-31 2026-01-31",
        ),
        (
            "kind: report, every: half_year",
            "{date: 2024-02-15, event: report}",  # none was: the first
            "2025-01-31 2025-07-31 2026-01-31",
        ),
        (
            "kind: report, every: half_year",
            "{date: 2025-07-15, event: report, period: 2024-H2}",
            "2024-07-31 2025-07-31 2026-01-31",
        ),
        (
            "kind: report, every: half_year",
            "{date: 2025-07-15, event: report, year: 2024}",  # of both halves
            "2025-07-31 2026-01-31",
        ),
        (
            "kind: report, every: half_year",
            "{date: 2025-07-15, event: report, period: 2025-Q1}",  # of a part of one
            "2024-07-31 2025-01-31 2026-01-31",
        ),
        (
            "kind: meeting, every: half_year",
            "{date: 2024-09-15, event: meeting}",
            "2024-06-30 2025-06-30 2025-12-31",
        ),
        (
            "kind: meeting, every: half_year",
            "{date: 2024-09-15, event: meeting, period: 2024-H1}",  # held late
            "2024-12-31 2025-06-30 2025-12-31",
        ),
        (
            "kind: meeting, due: [04-15, 10-15]",
            "{date: 2024-05-02, event: meeting}",
            "2024-10-15 2025-04-15 2025-10-15",
        ),
        ("kind: meeting, due: 10-15", "{date: 2024-05-02, event: meeting}", "2025-10-15"),
        (
            "kind: meeting, due: [04-15, 10-15]",  # the second is too early for the next
            "{date: 2024-03-02, event: meeting}, {date: 2024-04-15, event: meeting}",
            "2024-10-15 2025-04-15 2025-10-15",
        ),
        (
            "kind: evaluation, due: [2024-06-30, 2025-06-30]",
            "{date: 2025-01-15, event: evaluation}",
            "2025-06-30",
        ),
        (
            "kind: evaluation, due: [2024-06-30, 2025-06-30]",
            "{date: 2025-07-15, event: evaluation}",
            "",
        ),
        (
            "kind: evaluation, due: [2024-06-30, 2025-06-30]",
            "{date: 2024-06-30, event: evaluation}",
            "2025-06-30",
        ),
        ("kind: audit, due: 2024-06-30", "{date: 2024-06-30, event: audit}", ""),
        (
            "kind: other, what: Polis, due: 2024-06-30",
            "{date: 2024-06-01, event: done, what: polis}",
            "",
        ),
        (
            "kind: other, what: Polis, due: 2024-06-30",
            "{date: 2024-06-01, event: done, what: Brand}",
            "2024-06-30",
        ),
        (
            "kind: report, what: Slutrapport, due: 2025-06-30",
            "{date: 2025-06-01, event: report, what: X}",
            "2025-06-30",
        ),
    ],
)
def test_what_the_log_has_counts_for_its_time(duty: str, log: str, days: str) -> None:
    """By the time or name that it states, else by its date; what was missed stays open."""
    assert left(case_of(duty, log)) == days.split()


def test_one_event_counts_for_one_of_two_undertakings() -> None:
    """A meeting of the year that is not asked for in it is the steering group's."""
    asked = (
        "follow_up: {meetings_per_year: 1, duties: [{kind: meeting, what: Styrgrupp, due: 11-15}]}"
    )
    log = "log: [{date: 2024-02-01, event: meeting}, {date: 2024-10-01, event: meeting}]"
    case = Case(varied(asked, log), date(2024, 12, 1))

    assert left(case) == ["2025-12-31", "2025-11-15"]


# ------------------------------------------------------------------ an end that moves
AUTOMATIC = "start: 2020-01-01, years: 1, notice_months: 6, extension: {kind: automatic, years: 1}"


@pytest.mark.parametrize(
    ("log", "as_of", "days"),
    [
        ("", "2020-03-01", ["2022-06-30"]),  # ahead, by the last day of notice
        ("", "2022-06-30", ["2022-06-30"]),
        ("", "2022-07-01", ["2022-06-30", "2025-06-30"]),  # late until it is logged
        ("{date: 2022-07-05, event: review}", "2022-07-05", ["2025-06-30"]),
        ("{date: 2022-05-05, event: review}", "2022-05-05", []),
        ("{date: 2022-05-05, event: review}", "2022-07-01", ["2025-06-30"]),
    ],
)
def test_a_review_of_what_goes_on_by_itself_is_due_in_time_to_end_it(
    log: str, as_of: str, days: list[str]
) -> None:
    """Every third year from 2020: by the last day of notice before 2023, and before 2026."""
    case = case_of("kind: review, every: 3 years", log, AUTOMATIC, date.fromisoformat(as_of))

    assert left(case) == days


def test_after_a_gap_a_review_is_due_in_time_to_end_the_terms_from_there() -> None:
    """The sixth year from 2020 begins with a term, or within one, by the day they are counted from."""

    def due(start: str) -> list[str]:
        log = f"{{date: 2020-12-20, event: extension, start: {start}}}"
        return left(case_of("kind: review, every: 6 years", log, AUTOMATIC, date(2025, 5, 1)))

    assert due("2025-01-01") == ["2025-06-30"]
    assert due("2024-04-01") == ["2026-01-01"]


def test_within_a_term_a_review_has_its_own_day() -> None:
    """Where no term begins on the day, there is nothing to give notice of."""
    validity = AUTOMATIC.replace("years: 1}", "years: 2}")
    case = case_of("kind: review, every: 2 years", "", validity, date(2020, 3, 1))

    assert left(case) == ["2022-01-01"]

    long = AUTOMATIC.replace("years: 1,", "years: 3,")  # before any term that goes on by itself
    assert left(case_of("kind: review, every: 2 years", "", long, date(2020, 3, 1))) == [
        "2022-01-01"
    ]


def test_an_amended_follow_up_counts_for_its_own_part_of_the_year() -> None:
    """Twelve meetings a year to June and two from July are 6 + 1.

    An amendment of the very end leaves the year's report standing.
    """
    log = "{date: 2024-06-01, event: amendment, effective: %s, terms: {follow_up: {%s}}}"
    asked = "follow_up: {meetings_per_year: 12, reports_per_year: 1}"
    fewer = Case(varied(asked, f"log: [{log % ('2024-07-01', 'meetings_per_year: 2')}]"), LATER)
    dropped = Case(varied(asked, f"log: [{log % ('2025-12-31', 'report_to: Nämnden')}]"), LATER)

    assert [each.wanted for each in fewer.meetings] == [7, 2]
    assert [(each.year, each.wanted) for each in fewer.reports] == [(2024, 1)]
    assert [(each.year, each.wanted) for each in dropped.reports] == [(2024, 1), (2025, 1)]
    assert [each.wanted for each in dropped.meetings] == [12, 12]


def test_undertakings_are_those_of_the_terms_of_their_day() -> None:
    """What an amendment leaves out is not asked for from its first day."""
    log = "{date: 2024-06-01, event: amendment, effective: 2024-07-01, terms: {follow_up: {}}}"

    assert left(case_of("kind: meeting, every: quarter", log)) == ["2024-03-31", "2024-06-30"]


def test_days_of_the_year_lie_within_the_agreement() -> None:
    """Of a year that is broken, those that it has."""
    case = case_of(
        "kind: meeting, due: [03-15, 09-15], every: year", "", "start: 2024-07-01, months: 6"
    )

    assert left(case) == ["2024-09-15"]


def test_nothing_comes_back_where_no_day_is_known() -> None:
    """A stated day is known without them."""
    unknown = "years: 2"

    assert left(case_of("kind: report, every: quarter", "", unknown)) == []
    assert left(case_of("kind: report, every: 2 years", "", unknown)) == []
    assert left(case_of("kind: meeting, due: 05-15", "", unknown)) == []
    assert left(case_of("kind: report, months_after_end: 1", "", unknown)) == []
    assert left(case_of("kind: report, due: [2024-05-15]", "", unknown)) == ["2024-05-15"]


def test_an_evaluation_before_renewal_is_one_since_the_last() -> None:
    """One that was made before the present time was agreed on does not count for the next."""
    validity = "validity: {start: 2022-01-01, end: 2023-12-31, extension: {kind: mutual, years: 2}}"
    asked = "follow_up: {evaluation: {before_renewal: true}}"
    events = [
        "{date: 2023-05-02, event: evaluation}",
        "{date: 2023-06-20, event: extension}",
        "{date: 2025-05-02, event: evaluation}",
    ]
    cases = [
        Case(varied(validity, asked, f"log: [{', '.join(log)}]"), date(2025, 6, 1))
        for log in (events, events[:2])
    ]

    assert [left(case) for case in cases] == [[], ["2025-06-30"]]


# ------------------------------------------------------------------ what is refused, and rules
@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("kind: report", "it does not say when"),
        ("kind: report, due: 2024-01-31, months_after_end: 1", "both given"),
        ("kind: report, due: 01-31, every: quarter", "a day of every year does not come back"),
        ("kind: report, due: [2024-01-31, 2024-02-28], every: year", "are the first of"),
        ("kind: other, due: 01-31", "what is to be done"),
        ("kind: report, every: 0 years", "found '0 years'"),
        ("kind: report, every: 100 years", "found '100 years'"),
        ("kind: report, every: kvartal", "found 'kvartal'"),
        ("kind: report, due: 01-31, by: polisen", "polisen"),
    ],
)
def test_what_can_be_meant_in_two_ways_is_refused(duty: str, told: str) -> None:
    """With what to write instead."""
    text = f"{AGREEMENT}\nfollow_up: {{duties: [{{{duty}}}]}}\n"
    found = document(Input("a.yaml", text.encode()))

    assert any(told in each.line for each in found.diagnostics)


def test_who_does_it_may_be_amended_away() -> None:
    """Then the undertaking names nobody."""
    text = f"""{AGREEMENT}
follow_up: {{duties: [{{kind: audit, due: 2024-06-30, by: foreningen}}]}}
log:
  - date: 2024-02-01
    event: amendment
    effective: 2024-03-01
    terms:
      parties: {{kommunen: {{role: public, name: K}}, laget: {{role: civil, name: Laget}}}}
      economy: {{contributions: [{{party: kommunen, amount: 1}}, {{party: laget, amount: 1}}]}}
"""
    found = document(Input("a.yaml", text.encode()))

    assert [
        "'foreningen' is no party of this agreement from 2024-03-01" in each.line
        for each in found.diagnostics
    ] == [True]


@given(
    kind=st.sampled_from(["report", "meeting", "evaluation", "review", "audit"]),
    every=st.sampled_from(["month", "quarter", "tertial", "half_year", "year", "1 years"]),
    start=st.dates(date(2020, 1, 1), date(2022, 12, 31)),
    length=st.integers(0, 1500),
)
def test_every_day_of_the_agreement_is_in_one_period(
    kind: str, every: str, start: date, length: int
) -> None:
    """Parts of the calendar leave no gap; no meeting is due after the end."""
    end = date.fromordinal(start.toordinal() + length)
    case = case_of(f"kind: {kind}, every: {every}", "", f"start: {start}, end: {end}")
    periods = [each.period for each in case.quotas if each.period]
    days = sum((each.last - each.first).days + 1 for each in periods)

    assert days == (length + 1 if every != "1 years" else 0)
    assert kind not in {"meeting", "review"} or all(each.due <= end for each in case.quotas)


def test_what_a_year_asks_for_of_a_kind_is_told_as_one() -> None:
    """Of four quarters with two reports, two are left; it is due when the first of them was."""
    log = "{date: 2024-04-02, event: report}, {date: 2025-01-02, event: report}"
    case = case_of("kind: report, every: quarter", log)
    found = of_year(case.reports, 2024)

    assert found is not None
    assert (found.wanted, found.done, str(found.due)) == (4, 2, "2024-07-31")
    assert of_year(case.reports, 2023) is None


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("kind: meeting, due: 2024-05-15", "Uppföljningsmöte"),
        ("kind: meeting, what: Styrgrupp, every: quarter", "Styrgrupp för kvartal 1 2024"),
        ("kind: evaluation, due: 2024-05-15", "Utvärdering"),
        ("kind: review, every: 1 years", "Översyn"),
        ("kind: audit, due: 06-30", "Granskning för 2024"),
        ("kind: other, what: Brandskydd, due: 2024-05-15", "Brandskydd"),
    ],
)
def test_swedish_readers_are_told_by_the_agreements_own_name(duty: str, told: str) -> None:
    """Else by what kind of thing it is."""
    case = case_of(duty, as_of=date(2024, 2, 1))
    found = [each for each in duties(case) if each.kind in duty]

    assert swedish.told(found[0], case) == told


def test_swedish_readers_are_told_of_money_and_successors() -> None:
    """What is to be repaid, and that another agreement takes over."""
    case = Case(fixture("agreed-and-actual"), date(2025, 3, 1))
    (back,) = (each for each in duties(case) if each.kind == "unspent")
    followed = replace(case, successor="exempel-2026")
    (end,) = (each for each in duties(followed) if each.kind == "end")

    assert swedish.told(back, case).replace(NBSP, " ") == (
        "Återbetala 70 000 kr som inte användes för 2024"
    )
    assert swedish.assumed(back) == "antagen dag"
    assert swedish.told(end, case) == "Avtalstiden slutar, och en annan överenskommelse tar vid"


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("end: 2025-12-31, notice_by: 10-01", "den 1 oktober, före avtalstidens slut."),
        ("end: 2025-12-31, notice_by: 2025-09", "den 30 september 2025."),
        ("end: 2025-12-31, notice_months: 6", "sex månader före avtalstidens slut."),
    ],
)
def test_notice_is_written_as_agreed(validity: str, told: str) -> None:
    """By a day, a day of the year, or so long ahead."""
    agreement = varied(f"validity: {{{validity}}}")

    assert clauses.notice(terms(agreement, LATER)[-1]) == f"Uppsägning ska ske senast {told}"
    assert clauses.notice(terms(varied("validity: {start: 2024}"), LATER)[-1]) == ""


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        (
            "kind: report, due: 2024-10-31, every: half_year",
            "Rapport senast den 31 oktober 2024 och sedan varje halvår.",
        ),
        ("kind: evaluation, every: 7 years", "Utvärdering vart 7:e år."),
        ("kind: review, every: 1 years", "Översyn varje år."),
    ],
)
def test_an_undertaking_is_written_as_a_sentence(duty: str, told: str) -> None:
    """When, how often, to whom and by whom, as far as it is said."""
    ((_, each),) = ((terms, terms.follow_up) for terms in case_of(duty).terms)

    assert each is not None
    assert clauses.undertaking(each.duties[0], case_of(duty).terms[0]) == told
