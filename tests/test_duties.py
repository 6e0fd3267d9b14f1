"""What is due, from the terms, the log and the calendar: two lives day by day, and each rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.duties import duties
from iopctl.case.follow_up import decision_day
from iopctl.case.stage import stage
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.listings.due import agenda
from iopctl.money import NBSP
from tests.conftest import AGREEMENT
from tests.test_extensions import declined, ended, extended, logs, moments, validities
from tests.test_model import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.duties import Duty
    from iopctl.model import Agreement

HERE = Path(__file__).parent
FOLLOW_UP = "follow_up: {meetings_per_year: 2, reports_per_year: 1, %s}"
LASTING = {"meeting", "report", "invoice"}
INVOICING = "invoicing: {seller: foreningen, buyer: kommunen, %s}"


def case_of(agreement: Agreement, as_of: date | str) -> Case:
    """Return an agreement as a day sees it."""
    return Case(agreement, date.fromisoformat(str(as_of)))


def varied(*blocks: str) -> Agreement:
    """Return the agreement of all tests with *blocks* in place of its own."""
    keys = {block.partition(":")[0] for block in blocks}
    own = re.split(r"\n(?=[a-z])", AGREEMENT)
    return read("\n".join((*(e for e in own if e.partition(":")[0] not in keys), *blocks)))


def due(agreement: Agreement, as_of: str, kind: str = "") -> list[str]:
    """Return the duties of a kind as `day what (assumed)`, in their order."""
    found = agenda([case_of(agreement, as_of)], date.fromisoformat(as_of))
    told = (f"{each.day} {each.told}" for each in found if kind in each.kind)
    return [each.replace(NBSP, " ") for each in told]


# ------------------------------------------------------------------ two lives, day by day
class Entry(NamedTuple):
    """A line of a calendar kept by hand: the duty, its day, and when it is first and last seen."""

    key: str
    day: str
    first: str = "2000-01-01"
    last: str = "2099-12-31"


STADSMISSIONEN = [  # 2024 and 2025, two options of two years, no notice terms; nothing logged
    Entry("decision", "2025-06-30", last="2025-12-31"),  # half a year ahead, as suggested
    Entry("option-1", "2025-12-31", last="2026-06-30"),
    Entry("end", "2025-12-31", last="2025-12-31"),
    Entry("meeting-2024", "2024-12-31", last="2026-06-30"),
    Entry("meeting-2025", "2025-12-31", last="2026-06-30"),
    Entry("report-2024", "2025-03-31", last="2026-06-30"),
    Entry("report-2025", "2026-03-31", last="2026-09-30"),
    Entry("invoice-stadsmissionen-linkoping-2024", "2024-12-31", last="2026-06-30"),
    Entry("invoice-stadsmissionen-linkoping-2025", "2025-12-31", last="2026-06-30"),
    Entry("unsettled", "2025-12-31", first="2026-07-01"),  # more than half a year after the end
]
STADSMISSIONEN_STATES = {
    "upcoming": "2023-12-31",
    "active": "2025-06-29",
    "expiring": "2025-12-31",
    "expired": "2099-12-31",
}

IKF_LOG = """
log:
  - {date: 2023-05-10, event: meeting}
  - {date: 2023-11-20, event: meeting}
  - {date: 2023-12-08, event: invoice, number: 7, period: 2023, amount: 450000}
  - {date: 2024-02-12, event: report, year: 2023}
  - {date: 2024-04-16, event: meeting}
  - {date: 2024-08-30, event: extension, until: 2025-12-31}
  - {date: 2024-12-10, event: invoice, number: 8, period: 2024, amount: 459000}
  - {date: 2025-01-15, event: credit, number: 9, of: 8}
  - {date: 2025-02-01, event: invoice, number: 10, period: 2024, amount: 459000}
  - {date: 2025-03-14, event: report, year: 2024}
  - {date: 2025-05-05, event: termination, effective: 2025-09-30}
  - {date: 2025-06-02, event: meeting}
  - {date: 2025-09-30, event: invoice, number: 11, period: 2025-01-01/2025-09-30, amount: 351135}
  - {date: 2026-03-30, event: report, year: 2025}
"""
IKF = [  # 2023 and 2024, extended by a year, and then ended in it; invoiced and reported
    Entry("decision", "2024-06-30", last="2024-08-29"),
    Entry("decision", "2025-06-30", first="2024-08-30", last="2025-05-04"),
    Entry("end", "2024-12-31", last="2024-08-29"),
    Entry("end", "2025-12-31", first="2024-08-30", last="2025-05-04"),
    Entry("end", "2025-09-30", first="2025-05-05", last="2025-09-30"),
    Entry("meeting-2023", "2023-12-31", last="2023-11-19"),
    Entry("meeting-2024", "2024-12-31", last="2026-03-31"),  # one of two was held
    Entry("meeting-2025", "2025-12-31", first="2024-08-30", last="2025-05-04"),
    Entry("meeting-2025", "2025-09-30", first="2025-05-05", last="2026-03-31"),  # one of two
    Entry("report-2023", "2024-03-31", last="2024-02-11"),
    Entry("report-2024", "2025-03-31", last="2025-03-13"),
    Entry("report-2025", "2026-03-31", first="2024-08-30", last="2026-03-29"),
    Entry("invoice-ikf-linkoping-2023", "2023-12-31", last="2023-12-07"),
    Entry("invoice-ikf-linkoping-2024", "2024-12-31", last="2024-12-09"),
    Entry("invoice-ikf-linkoping-2024", "2024-12-31", first="2025-01-15", last="2025-01-31"),
    Entry("invoice-ikf-linkoping-2025", "2025-12-31", first="2024-08-30", last="2025-05-04"),
    Entry(
        "invoice-ikf-linkoping-2025-01-01/2025-09-30",
        "2025-09-30",
        first="2025-05-05",
        last="2025-09-29",
    ),
    Entry("unsettled", "2025-09-30", first="2026-04-01"),  # a meeting of each year is missing
]
IKF_STATES = {
    "upcoming": "2022-12-31",
    "active": "2024-06-29",
    "expiring": "2024-08-29",
    "active again": "2025-05-04",
    "expiring again": "2025-09-30",
    "terminated": "2099-12-31",
}

AUTOMATIC = [  # a year at a time from 2022, unless terminated by the last of June
    *(
        Entry(key, f"{year}-{day}", first=f"{year - 1}-07-01", last=f"{year}-06-30")
        for year in range(2022, 2027)
        for key, day in (("decision", "06-30"), ("end", "12-31"))
    ),
    Entry("decision", "2021-06-30", last="2021-06-30"),
    Entry("end", "2021-12-31", last="2021-06-30"),
]
AUTOMATIC_STATES = {"active": "2099-12-31"}

LIVES = {
    "stadsmissionen-2024": ("2023-06-01", STADSMISSIONEN, STADSMISSIONEN_STATES, ""),
    "ikf-2023": ("2022-06-01", IKF, IKF_STATES, IKF_LOG),
    "extension-automatic": ("2021-01-01", AUTOMATIC, AUTOMATIC_STATES, ""),
}


def living(name: str, log: str) -> Agreement:
    """Return an agreement of the repository or of the fixtures, with a log of its own."""
    files = [HERE.parent / "agreements" / f"{name}.yaml", HERE / "fixtures" / f"{name}.yaml"]
    text = next(file for file in files if file.exists()).read_text("utf-8")
    found = document(Input(name, (text.replace("log: []\n", log) if log else text).encode()))
    assert found.agreement, found.diagnostics
    return found.agreement


def five_years(start: str) -> Iterator[date]:
    """Yield each day of five years."""
    first = date.fromisoformat(start)
    yield from (first + timedelta(days) for days in range(5 * 366))


@pytest.mark.parametrize("name", LIVES)
def test_each_day_of_a_life_is_as_in_the_calendar_kept_by_hand(name: str) -> None:
    """Every duty comes, moves and goes on its day, and the state is the day's.

    The file is that of the day: what is logged later is not in it.
    """
    start, entries, states, log = LIVES[name]
    agreement = living(name, log)
    for day in five_years(start):
        so_far = tuple(each for each in agreement.log if each.date.first <= day)
        seen = case_of(agreement.model_copy(update={"log": so_far}), day)
        found = {(each.key, each.day.isoformat()) for each in agenda([seen], day)}
        state = next(key for key, last in states.items() if day.isoformat() <= last)

        kept = {(e.key, e.day) for e in entries if e.first <= day.isoformat() <= e.last}
        assert (day, kept) == (day, found)
        assert (day, state.removesuffix(" again")) == (day, stage(seen))


# ------------------------------------------------------------------ validity
@pytest.mark.parametrize(
    ("validity", "log", "as_of", "told"),
    [
        (
            "start: 2024-01-01, end: 2025-12-31",
            "",
            "2025-02-01",
            [
                "2025-06-30 decision: what follows the end on 2025-12-31"
                " (suggested: no notice terms)",
                "2025-12-31 the agreement ends",
            ],
        ),
        (
            "end: 2025-12-31, notice_months: 3, extension: {kind: option, times: 1, months: 6}",
            "",
            "2025-02-01",
            [
                "2025-09-30 last day of notice: extend, or let it end on 2025-12-31",
                "2025-12-31 last day to take the option to 2026-06-30 (1 left)",
                "2025-12-31 the agreement ends, unless extended",
            ],
        ),
        (
            "end: 2025-12-31, notice_by: 10-01, extension: {kind: mutual}",
            "",
            "2025-02-01",
            [
                "2025-10-01 last day of notice: extend, or let it end on 2025-12-31",
                "2025-12-31 last day to take the option, of unknown length (no limit)",
                "2025-12-31 the agreement ends, unless extended",
            ],
        ),
        (
            "end: 2025-12-31, notice_months: 6, extension: {kind: automatic, years: 1}",
            "",
            "2025-02-01",
            [
                "2025-06-30 last day of notice: it goes on to 2026-12-31 unless terminated",
                "2025-12-31 the term ends, and goes on to 2026-12-31 unless terminated",
            ],
        ),
        (
            "end: 2025-12-31, notice_months: 6, extension: {kind: automatic, years: 1}",
            ended("2025-01-10", "2025-12-31"),
            "2025-02-01",
            ["2025-12-31 the agreement ends, being terminated"],
        ),
        (
            "end: 2025-12-31, extension: {kind: mutual, years: 1}",
            declined("2025-01-10"),
            "2025-02-01",
            ["2025-12-31 the agreement ends"],
        ),
        (
            "end: 2025-12-31, extension: {kind: mutual, times: 2, years: 1}",
            extended("2025-01-10"),
            "2027-01-01",
            [
                "2026-12-31 option to 2027-12-31 (1 left) was not taken: log the extension, or"
                " that it was declined",
            ],
        ),
        ("start: 2024-01-01, end: open, notice_months: 3", "", "2025-02-01", []),
        ("start: 2024-01-01", "", "2025-02-01", []),
        ("start: 2024-01-01, extension: {kind: mutual, years: 1}", "", "2025-02-01", []),
    ],
)
def test_what_is_to_be_decided_about_the_end(
    validity: str, log: str, as_of: str, told: list[str]
) -> None:
    """By the terms, and as the log has it; a suggested day is never called the agreement's."""
    agreement = varied(f"validity: {{{validity}}}", f"log: [{log and f'{{{log}}}'}]")

    assert told == due(agreement, as_of)


def test_a_decision_that_is_late_is_due_until_the_end() -> None:
    """After the end there is nothing left to decide."""
    agreement = varied("validity: {start: 2024-01-01, end: 2025-12-31}")

    assert due(agreement, "2025-12-31", "decision") != []
    assert due(agreement, "2026-01-01") == []


def test_what_follows_is_decided_where_there_is_a_successor() -> None:
    """Its file names the one before; the old one still ends."""
    old = varied("validity: {end: 2025-12-31, extension: {kind: mutual, years: 1}}")
    new = varied("id: exempel-2026", "succeeds: exempel-2024", "validity: {start: 2026-01-01}")
    day = date(2025, 6, 1)
    followed = replace(case_of(old, day), successor=new.id)
    found = agenda([followed, case_of(new, day)], day)

    assert [each.key for each in found] == ["end"]


def test_a_draft_asks_for_nothing() -> None:
    """Nobody has agreed to it yet."""
    assert due(varied("status: draft", FOLLOW_UP % ""), "2026-06-01") == []


def test_without_an_end_no_day_is_to_decide_by() -> None:
    """There is nothing to count back from."""
    found = case_of(varied("validity: {start: 2024-01-01}"), "2024-06-01")

    assert decision_day(found, lead=6) is None


# ------------------------------------------------------------------ follow-up
def test_meetings_and_reports_say_what_is_left() -> None:
    """A year's meetings are one line, as are its reports; what is assumed is marked."""
    asked = "follow_up: {meetings_per_year: 2, reports_per_year: 3, report_to: Nämnden}"
    log = "log: [{date: 2024-02-01, event: meeting}, {date: 2025-01-01, event: report, year: 2024}]"
    found = due(varied(asked, log), "2025-06-01")

    assert [line for line in found if "2024 " in line] == [
        "2024-12-31 hold 1 meeting in 2024 (1 of 2 held)",
        "2025-03-31 2 reports for 2024 to Nämnden (1 of 3 given) (assumed day)",
    ]
    assert "2025-12-31 hold 2 meetings in 2025" in found
    assert "2026-03-31 3 reports for 2025 to Nämnden (assumed day)" in found


def test_a_report_has_the_day_that_is_agreed() -> None:
    """Nothing is assumed then."""
    found = due(varied(FOLLOW_UP % "report_due: 02-15"), "2024-06-01", "report")

    assert found == ["2025-02-15 report for 2024", "2026-02-15 report for 2025"]


def test_what_is_settled_outside_the_log_is_not_asked_for() -> None:
    """Duties by their day, invoices by the last day of their period."""
    settled = varied(
        FOLLOW_UP % "evaluation: {due: 2024-05}, settled_until: 2024-12-31",
        INVOICING % "interval: half_yearly, timing: advance",
    )
    keys = [line.split(" (")[0] for line in due(settled, "2025-01-15")]

    assert keys == [
        "2025-01-01 invoice 2025-H1, 225 000 kr",
        "2025-03-31 report for 2024",
        "2025-06-30 decision: what follows the end on 2025-12-31",
        "2025-07-01 invoice 2025-H2, 225 000 kr",
        "2025-12-31 hold 2 meetings in 2025",
        "2025-12-31 the agreement ends",
        "2026-03-31 report for 2025",
    ]


@pytest.mark.parametrize(
    ("log", "as_of", "told"),
    [
        ("", "2025-01-15", "2025-06-30 evaluation before renewal (suggested: no notice terms)"),
        ("", "2026-01-01", None),
        (declined("2025-01-10"), "2025-01-15", None),
        (ended("2025-01-10", "2025-10-31"), "2025-01-15", None),
    ],
)
def test_an_evaluation_before_renewal_is_due_while_that_is_open(
    log: str, as_of: str, told: str | None
) -> None:
    """By the day that the renewal is to be decided by."""
    asked = FOLLOW_UP % "evaluation: {before_renewal: true}"
    found = due(varied(asked, f"log: [{log and f'{{{log}}}'}]"), as_of, "evaluation")

    assert found == ([told] if told else [])


def test_an_evaluation_has_the_last_day_that_its_date_may_mean() -> None:
    """Known to the month, it is due by the end of it; by notice terms, on the day of notice."""
    asked = FOLLOW_UP % "evaluation: {due: 2025-02, before_renewal: true}"
    found = due(
        varied(asked, "validity: {end: 2025-12-31, notice_months: 3}"), "2025-01-15", "evaluation"
    )

    assert found == ["2025-02-28 evaluation", "2025-09-30 evaluation before renewal"]


@pytest.mark.parametrize(
    ("validity", "every", "as_of", "told"),
    [
        ("start: 2020-02-29, end: open", 2, "2020-01-01", ["2022-02-28 review, every 2 years"]),
        ("start: 2020-02-29, end: open", 2, "2022-02-28", ["2022-02-28 review, every 2 years"]),
        (
            "start: 2020-02-29, end: open",
            2,
            "2022-03-01",
            ["2022-02-28 review, every 2 years", "2024-02-29 review, every 2 years"],
        ),
        (
            "start: 2020-02-29, end: open",
            2,
            "2024-03-01",
            ["2024-02-29 review, every 2 years", "2026-02-28 review, every 2 years"],
        ),
        (
            "start: 2020-01-01, end: 2022-12-31",
            1,
            "2021-01-01",
            ["2021-01-01 review, every year", "2022-01-01 review, every year"],
        ),
        ("start: 2020-01-01, end: 2022-12-31", 1, "2022-05-01", ["2022-01-01 review, every year"]),
        ("end: open", 1, "2022-05-01", []),
    ],
)
def test_the_next_review_is_due_and_the_last_one_stays_late(
    validity: str, every: int, as_of: str, told: list[str]
) -> None:
    """Counted from the start, as long as the agreement holds; one makes up for those before."""
    asked = f"follow_up: {{review_every_years: {every}}}"

    assert due(varied(asked, f"validity: {{{validity}}}"), as_of, "review") == told


# ------------------------------------------------------------------ invoices
def test_an_invoice_says_what_is_assumed_of_it() -> None:
    """Yearly where no interval is agreed, afterwards where the time is not."""
    agreed = varied(INVOICING % "interval: half_yearly, timing: advance")
    open_ = varied(INVOICING % "label: IOP")

    assert due(agreed, "2024-01-01", "invoice")[0] == "2024-01-01 invoice 2024-H1, 225 000 kr"
    assert due(open_, "2024-01-01", "invoice") == [
        "2024-12-31 invoice 2024, 450 000 kr (assumed: yearly, in arrears)",
        "2025-12-31 invoice 2025, 450 000 kr (assumed: yearly, in arrears)",
    ]


def test_an_invoice_whose_amount_is_unknown_is_due_all_the_same() -> None:
    """What it is to be for has to be found out by then."""
    economy = "economy: {base_year: 2024, contributions: [{party: kommunen}]}"
    found = due(varied(economy, INVOICING % "interval: yearly, timing: arrears"), "2024-01-01")

    assert "2024-12-31 invoice 2024, amount unknown" in found


def test_two_instalments_for_one_period_are_two_duties() -> None:
    """When the first is sent the second keeps its own key, by which a calendar knows it."""
    instalments = ", ".join(
        f"{{date: 2024-{month}-01, amount: 225000, period: 2024}}" for month in ("02", "08")
    )
    agreement = varied(INVOICING % f"instalments: [{instalments}]")
    found = duties(case_of(agreement, "2024-01-01"))

    assert [each.key for each in found if each.kind == "invoice"] == [
        "invoice-foreningen-kommunen-2024",
        "invoice-foreningen-kommunen-2024-2",
    ]


# ------------------------------------------------------------------ who
PARTIES = """parties:
  kommunen: {role: public, name: Exempels kommun, %s}
  regionen: {role: public, name: Regionen}
  foreningen: {role: civil, name: Föreningen Exemplet}
  byalaget: {role: civil, name: Exempels byalag, short_name: Byalaget, %s}
  fonden: {role: funder, name: Fonden}"""


@pytest.mark.parametrize(
    ("board", "coordinator", "decides", "reports"),
    [
        ("board: Nämnden", "coordinator: true", "Nämnden, Regionen", "Byalaget"),
        ("gln: 7332776000001", "coordinator: false", "Exempels kommun, Regionen",
         "Föreningen Exemplet, Byalaget"),
    ],
)  # fmt: skip
def test_each_duty_has_its_side(board: str, coordinator: str, decides: str, reports: str) -> None:
    """Committees decide, civil parties report, both meet; a coordinator acts for its side."""
    agreement = varied(PARTIES % (board, coordinator), FOLLOW_UP % "", INVOICING % "label: IOP")
    found = {each.kind: each.who for each in duties(case_of(agreement, "2024-02-01"))}

    assert found["decision"] == found["end"] == decides
    assert found["report"] == reports
    assert found["meeting"] == f"{decides}, {reports}"
    assert found["invoice"] == "Föreningen Exemplet"


# ------------------------------------------------------------------ whatever is logged
def everything(validity: str, log: Sequence[str]) -> Agreement:
    """Return an agreement that asks for every kind of duty."""
    return varied(
        f"validity: {{{validity}}}",
        FOLLOW_UP % "evaluation: {due: 2022, before_renewal: true}, review_every_years: 2",
        INVOICING % "interval: quarterly",
        f"log: [{', '.join(f'{{{each}}}' for each in log)}]",
    )


@given(validity=validities, log=logs, as_of=moments)
def test_any_log_gives_duties_that_can_be_told_apart(
    validity: str, log: list[str], as_of: date
) -> None:
    """No key is there twice, and the end is not before the day to decide about it."""
    found: dict[str, Duty] = {}
    for each in duties(case_of(everything(validity, log), as_of)):
        assert found.setdefault(each.key, each) is each
        assert each.count > 0
    if "decision" in found:
        assert found["decision"].day < found["end"].day


@given(
    validity=validities.filter(lambda text: "automatic" not in text and "open" not in text),
    as_of=moments,
    later=st.integers(1, 2000),
)
def test_time_alone_settles_nothing(validity: str, as_of: date, later: int) -> None:
    """A meeting, report or invoice is due until the log or the file has it as done."""
    agreement = everything(validity, [])
    then = as_of + timedelta(later)
    before, after = (set(duties(case_of(agreement, day))) for day in (as_of, then))

    assert {each for each in before ^ after if each.kind in LASTING} == set()
