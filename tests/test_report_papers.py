"""The overview, the memo and the annual report: what each of them is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from iopctl.config import DEFAULT
from iopctl.money import NBSP
from iopctl.papers.annual import annual, duties, invoices
from iopctl.papers.memo import memo
from iopctl.papers.overview import in_order, of_board, overview
from iopctl.papers.partnership import Partnership
from iopctl.papers.swedish import MISSING
from iopctl.tables import Amount
from tests.test_budget import TODAY, case_of, everything, repository, text
from tests.test_report_partnership import fixture

if TYPE_CHECKING:
    from iopctl.papers.annual import Annual
    from iopctl.papers.overview import Overview
    from tests.conftest import AgreementText

BOARD = "Arbetsmarknadsnämnden"


def of_2020(board: str | None = BOARD) -> Overview:
    """Return the overview of 2020 in the repository."""
    return overview(repository(), 2020, board, TODAY, DEFAULT)


def titles(found: Overview) -> list[str]:
    """Return what the overview shows, by title."""
    return [each.agreement.title for each in found.partnerships]


# ------------------------------------------------------------------ the overview
def test_overview_of_2020_is_that_of_the_memo_of_2021() -> None:
    """Five partnerships, 3 670 000 of 6 300 926 kr, of which the committee pays 3 375 000."""
    found = of_2020()

    assert [each.agreement.title for each in found.dated] == [
        "Bromodellen – Vägen till anställningsbarhet",
        "Hoppfull framtid",
        "Inkludering på lika villkor",
        "Kompletterande språkträning",
        "Språkvänner",
    ]
    # One of 2018, whose days nobody wrote down, may hold in the year, too.
    assert [each.agreement.id for each in found.undated] == ["ikf-2018"]
    assert found.total(attrgetter("value")) == Amount(Decimal(6_300_926), complete=False)
    assert found.total(attrgetter("public")) == Amount(Decimal(3_670_000), complete=False)
    assert found.total(attrgetter("own_part")) == Amount(Decimal(3_375_000), complete=False)
    assert found.share is not None
    assert round(found.share.percent or 0, 1) == Decimal("58.2")


def test_a_committee_sees_what_it_has_a_part_in() -> None:
    """BIN pays half of one; no other committee pays anything."""
    assert titles(of_2020("BIN")) == ["Kompletterande språkträning"]
    assert titles(of_2020("Kulturnämnden")) == []
    assert titles(of_2020(None)) == titles(of_2020())


def test_only_partnerships_are_in_the_overview() -> None:
    """A grant in the same register is none."""
    kinds = {each.agreement.kind for each in of_board(everything(), None)}

    assert kinds == {"iop"}


def test_stages_and_areas_stand_apart(agreement_text: AgreementText) -> None:
    """Current ones first, then ended ones, then those of unknown end; areas by name."""
    given = [
        case_of(agreement_text(f"id: {name}\ntitle: {title}\n{area}\nvalidity: {validity}"))
        for name, title, area, validity in (
            ("a", "Ö", "area: Äldre", "{start: 2024-01-01, end: 2024-12-31}"),
            ("b", "Å", "", "{start: 2024-01-01, end: open}"),
            ("c", "Z", "area: Unga", "{start: 2024-01-01, end: open}"),
            ("d", "z", "area: Unga", "{start: 2024-01-01, end: open}"),
            ("e", "A", "area: Unga", "{signed: 2024-01}"),
        )
    ]
    found = overview(given, 2024, None, TODAY, DEFAULT)

    assert [
        (each.chapter, each.area, [p.agreement.id for p in each.partnerships])
        for each in found.groups
    ] == [
        ("current", "Unga", ["c", "d"]),
        ("current", None, ["b"]),
        ("ended", "Äldre", ["a"]),
        ("unknown", "Unga", ["e"]),
    ]


def test_swedish_letters_come_after_z() -> None:
    """Å before ä before ö, whatever the case."""
    words = ["Öst", "ärtan", "Zon", "åker", "alm"]

    assert sorted(words, key=in_order) == ["alm", "Zon", "åker", "ärtan", "Öst"]


def test_the_share_of_all_is_that_of_the_known_ones(agreement_text: AgreementText) -> None:
    """A share that is unknown is out of the sum, and where all are, so is the sum."""
    unpriced = (
        "id: b\neconomy: {contributions: [{party: kommunen}, {party: foreningen, amount: 1}]}"
    )
    known, unknown = case_of(agreement_text()), case_of(agreement_text(unpriced))
    both = overview([known, unknown], 2024, None, TODAY, DEFAULT)
    none = overview([unknown], 2024, None, TODAY, DEFAULT)

    assert len(both.shares) == 1
    assert both.share is not None
    assert both.share.percent == 50
    assert none.share is None


# ------------------------------------------------------------------ the memo
@pytest.mark.parametrize(
    ("name", "year", "as_of", "expected"),
    [
        ("ikf-2018", None, date(2019, 4, 24), 2019),
        ("stadsmissionen-2024", None, date(2025, 1, 1), 2025),
        ("stadsmissionen-2024", None, date(2026, 11, 22), 2025),
        ("stadsmissionen-2024", 2024, date(2026, 11, 22), 2024),
    ],
)
def test_memo_has_the_money_of_a_year(
    name: str, year: int | None, as_of: date, expected: int
) -> None:
    """Of the one asked for, else the current one, else the nearest decided."""
    assert memo(case_of(text(name), as_of), year).partnership.year == expected


def test_memo_without_any_year_has_that_of_its_day(agreement_text: AgreementText) -> None:
    """An agreement with neither dates nor a base year still has a memo."""
    bare = agreement_text("economy: {contributions: [{party: kommunen}]}", without="validity")

    assert memo(case_of(bare), None).partnership.year == TODAY.year


def test_memo_tells_the_latest_that_is_known() -> None:
    """The last meeting or report that says anything, and all decisions."""
    governed = memo(fixture("governance", 2020).case, None)
    decided = memo(fixture("known-to-the-month", 2020).case, None)

    assert governed.latest is not None
    assert governed.latest.date.text == "2020-02-20"
    assert [each.date.text for each in decided.decisions] == ["2018-06"]
    assert memo(fixture("not-priced", 2023).case, None).latest is None


# ------------------------------------------------------------------ the annual report
def of_year(name: str, year: int, as_of: date = TODAY) -> Annual:
    """Return the annual report on a fixture."""
    return annual(fixture(name, year, as_of=as_of))


def told(found: Annual) -> list[str]:
    """Return the outcomes of a year, a line each."""
    return [
        f"{each.unit}: {each.number}"
        f" of {' and '.join(str(volume.target) for volume in each.targets) or 'nothing'}"
        f" in {each.period and each.period.text}"
        for each in found.outcomes
    ]


def test_what_the_year_asks_for_is_held_against_the_log() -> None:
    """Four meetings and a report a year, of which the log has two and one."""
    found = of_year("governance", 2019)

    assert found.meetings is not None
    assert found.reports is not None
    assert (found.meetings.wanted, found.meetings.done) == (4, 2)
    assert (found.reports.wanted, found.reports.done) == (1, 1)
    assert [each.date.text for each in found.held] == ["2019-03-12", "2019-09-10"]


@pytest.mark.parametrize(
    ("year", "as_of", "meetings", "reports"),
    [
        (2018, date(2020, 6, 1), "settled", "missed"),
        (2019, date(2020, 6, 1), "missed", "done"),
        (2020, date(2020, 6, 1), "ahead", "ahead"),
        (2020, date(2020, 12, 31), "ahead", "ahead"),
        (2020, date(2021, 3, 1), "missed", "missed"),
    ],
)
def test_duties_are_done_settled_ahead_or_missed(
    year: int, as_of: date, meetings: str, reports: str
) -> None:
    """What is due is missed the day after, unless the log or `settled_until` has it."""
    found = of_year("governance", year, as_of)

    assert found.meetings is not None
    assert found.reports is not None
    states = [
        [*map(str, found.states(each))] or ["done"] for each in (found.meetings, found.reports)
    ]
    assert states == [[meetings], [reports]]


@pytest.mark.parametrize(
    ("settled", "as_of", "done", "state"),
    [
        ("2024-07-31", date(2024, 9, 1), MISSING,
         "1 avstämt utanför loggen, 1 återstår, senast 31 januari 2025"),
        ("2024-07-31", date(2025, 9, 1), MISSING,
         "1 saknas enligt loggen, 1 avstämt utanför loggen"),
        ("2025-01-31", date(2025, 9, 1), MISSING, "avstämt utanför loggen"),
        ("2024-01-31", date(2025, 9, 1), "0", "2 saknas enligt loggen"),
    ],
)  # fmt: skip
def test_what_was_settled_of_a_year_is_not_all_of_it(
    agreement_text: AgreementText, settled: str, as_of: date, done: str, state: str
) -> None:
    """A report on each half of it; how many were given is unknown where some were settled."""
    follow_up = (
        "follow_up:\n"
        f"  settled_until: {settled}\n"
        "  duties: [{kind: report, every: half_year, months_after_end: 1}]\n"
    )
    case = case_of(agreement_text(follow_up), as_of=as_of)
    told = duties(annual(Partnership(case, 2024)))["reporting"]

    assert (told["promised"], told["done"], told["state"]) == ("2", done, state)


def test_the_sum_of_what_was_invoiced_outside_the_log_is_unknown(
    agreement_text: AgreementText,
) -> None:
    """It is no 0 kr; with an invoice for a part of it, it is that at least."""
    block = "invoicing: {seller: foreningen, buyer: kommunen, interval: half_yearly}\n"
    settled = "follow_up: {settled: {invoices: 2024-06-30}}\n"
    sent = "{date: 2024-12-31, event: invoice, number: 9, period: 2024-H2, amount: 225000}"
    found = [
        invoices(
            annual(Partnership(case_of(agreement_text(f"{block}{settled}log: [{log}]")), 2024))
        )
        for log in ("", sent)
    ]

    assert [each["invoiced"].replace(NBSP, " ") for each in found] == [MISSING, "minst 225 000 kr"]


def test_nothing_is_asked_for_where_nothing_is_promised() -> None:
    """No follow-up, no duties."""
    found = of_year("not-priced", 2023)

    assert (found.meetings, found.reports) == (None, None)


def test_outcomes_stand_beside_their_targets() -> None:
    """By unit, whatever its case; a number without target and a target without number are told."""
    found = of_year("volumes-and-outcomes", 2022)

    assert told(found) == [
        "platser: 15 of 20 in 2022-H1",
        "deltagare: 88 of 200 in 2022-H1",
        "deltagare: 91 of 200 in 2022-H2",
        "heltidsplatser: 18.5 of nothing in 2022-H2",
        "i arbete: 34 of nothing in 2022-H2",
    ]


def test_a_target_that_nothing_was_reported_on_is_told(agreement_text: AgreementText) -> None:
    """Two parties' targets in the same unit stand together."""
    changes = """
        volume:
          - {unit: Platser, target: 10, party: kommunen}
          - {unit: platser, target: 20, party: foreningen}
    """
    found = annual(Partnership(case_of(agreement_text(changes)), 2024))

    assert told(found) == ["Platser: None of 10 and 20 in None"]


def test_invoices_are_those_of_the_year_but_for_credited_ones() -> None:
    """Two half-years, one of them invoiced anew; a logged one that none asks for is told."""
    found = of_year("invoices-logged", 2023)

    assert [each.period.text for each in found.bills] == ["2023-H1", "2023-H2"]
    assert [each.number for each in found.invoiced] == ["1001", "1004"]
    assert found.unasked == ()


def test_an_invoice_that_nothing_asks_for_is_told(agreement_text: AgreementText) -> None:
    """Without a block of invoicing the log alone knows of it."""
    changes = "log: [{date: 2024-05-02, event: invoice, number: 7, period: 2024, amount: 450000}]"
    found = annual(Partnership(case_of(agreement_text(changes)), 2024))

    assert found.bills == ()
    assert [each.number for each in found.unasked] == ["7"]
