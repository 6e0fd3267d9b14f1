"""Of what ended long ago nobody asks for what an invoice needs, and what is told is short."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import BY_NAME
from iopctl.dates import Period
from iopctl.listings.invoices import nothing
from tests.test_budget import case_of

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from tests.conftest import AgreementText

ENDED = "validity: {start: 2006-01-01, end: 2009-12-31}\n"
MONTHLY = "invoicing: {seller: foreningen, buyer: kommunen, interval: monthly, timing: arrears}\n"
DAY = date(2026, 11, 29)


def told(rule: str, case: Case) -> list[str]:
    """Return what a rule says of an agreement, each with its remedy."""
    check = BY_NAME[rule].check
    assert check
    return [f"{each.message}: {each.remedy}" for each in check(case)]


# ------------------------------------------------------------------ the listing
@pytest.mark.parametrize(
    ("validity", "year", "expected"),
    [
        (ENDED, 2026, "nothing to invoice: it ended on 2009-12-31, and no option is left"),
        (ENDED, 2009, "no invoicing is written"),
        ("validity: {end: 2027-05-31}", 2026, "no invoicing is written"),
        (
            "validity: {end: 2024-05-31}",
            2026,
            "nothing to invoice: it ended on 2024-05-31, and no option is left",
        ),
        (
            "validity: {start: 2024-01-01, end: 2027-12-31}",
            2028,
            "nothing to invoice: it ends on 2027-12-31, and no option is left",
        ),
        (
            "validity: {start: 2020-01-01, end: 2021-12-31, extension: {kind: option, years: 1}}",
            2026,
            "nothing to invoice: it ended on 2021-12-31, and that its option was taken is not"
            " logged: iopctl extend exempel-2024",
        ),
        (
            "validity: {start: 2020-01-01, end: 2021-12-31, extension: {kind: unspecified}}",
            2026,
            "nothing to invoice: it ended on 2021-12-31, and how it may be extended is not known",
        ),
        (
            "validity: {start: 2020-01-01, end: 2027-12-31, extension: {kind: unspecified}}",
            2028,
            "nothing to invoice: it ends on 2027-12-31, and how it may be extended is not known",
        ),
    ],
)
def test_an_ended_agreement_lacks_no_invoicing(
    agreement_text: AgreementText, validity: str, year: int, expected: str
) -> None:
    """That none is written is said where there is something to ask for, and else why not."""
    case = case_of(agreement_text(validity), DAY)

    assert nothing(case, Period.year(year)) == expected


def test_invoicing_that_no_day_is_known_of_says_so(agreement_text: AgreementText) -> None:
    """There is a block, and no day to bill."""
    case = case_of(agreement_text(MONTHLY, without="validity"), DAY)

    assert nothing(case, Period.year(2026)) == "nothing to invoice: its dates are unknown"


# ------------------------------------------------------------------ the rules
@pytest.mark.parametrize(
    ("day", "changes", "found"),
    [
        (date(2009, 12, 31), "", 1),
        (date(2010, 12, 31), "", 1),
        (date(2011, 1, 1), "", 0),
        (date(2010, 6, 1), "follow_up: {settled_until: 2009-12-31}", 0),
        (date(2010, 6, 1), "follow_up: {settled: {invoices: 2009-12-31}}", 0),
        (date(2010, 6, 1), "follow_up: {settled_until: 2009-12-30}", 1),
    ],
)
def test_cash_is_asked_after_for_a_year(
    agreement_text: AgreementText, day: date, changes: str, found: int
) -> None:
    """Not of what ended earlier, or whose invoices are settled to the end."""
    case = case_of(agreement_text(f"{ENDED}{changes}"), day)

    assert len(told("cash-not-invoiced", case)) == found


def test_cash_of_unknown_days_is_asked_after(agreement_text: AgreementText) -> None:
    """Nobody knows that it is over."""
    case = case_of(agreement_text(without="validity"), DAY)

    assert len(told("cash-not-invoiced", case)) == 1


@pytest.mark.parametrize(("day", "found"), [(date(2010, 12, 31), True), (date(2011, 1, 1), False)])
def test_what_invoices_need_is_asked_for_a_year(
    agreement_text: AgreementText,
    day: date,
    found: bool,  # noqa: FBT001 - a case
) -> None:
    """A reference that no invoice will have any more is not asked for."""
    case = case_of(agreement_text(ENDED + MONTHLY), day)

    assert bool(told("reference-missing", case)) == found
    assert bool(case.needs) == found


def test_many_periods_are_counted(agreement_text: AgreementText) -> None:
    """Four are named; of more it is told how many, the first and the last, and what to do."""
    old = case_of(agreement_text(ENDED + MONTHLY), DAY)
    few = case_of(
        agreement_text(f"{MONTHLY}validity: {{start: 2026-01-01, end: 2026-12-31}}"),
        date(2026, 5, 1),
    )

    assert told("not-invoiced", old) == [
        "no invoice is logged for 48 periods, 2006-01 to 2009-12, due from 2006-01-31 to"
        " 2009-12-31: if they are done, write settled: {invoices: 2009-12-31} under follow_up;"
        " else send and log them"
    ]
    assert told("not-invoiced", few) == [
        "no invoice is logged for 2026-01, 2026-02, 2026-03, 2026-04, due from 2026-01-31 to"
        " 2026-04-30: send and log it: iopctl invoice exempel-2024 --year 2026"
    ]


def test_the_day_that_is_advised_settles_them(agreement_text: AgreementText) -> None:
    """What the finding says to write ends it."""
    settled = "follow_up: {settled: {invoices: 2009-12-31}}"

    assert told("not-invoiced", case_of(agreement_text(ENDED + MONTHLY + settled), DAY)) == []


# ------------------------------------------------------------------ parts of years
@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ("{start: 2024-03-15, end: 2025-12-31}", "2024 counts as about 9.55 of 12 months"),
        ("{start: 2024-09-01, end: 2025-12-31}", "2024 counts as 4 of 12 months"),
        ("{start: 2024-01-01, end: 2025-04-01}", "2025 counts as about 3.03 of 12 months"),
        ("{start: 2024-01-01, end: 2025-06-15}", "2025 counts as 5.5 of 12 months"),
    ],
)
def test_months_of_a_part_of_a_year_are_told_as_they_count(
    agreement_text: AgreementText, validity: str, expected: str
) -> None:
    """Three months and a day are not three months."""
    [found] = told("part-year-in-doubt", case_of(agreement_text(f"validity: {validity}"), DAY))

    assert found.startswith(expected)


@pytest.mark.parametrize(
    "changes",
    [
        "validity: {start: 2024-01-01, end: 2025-06-15}\n"
        "log: [{date: 2025-05-01, event: extension, until: 2026-12-31}]",
        "validity: {start: 2024-01-01, end: 2027-06-15, notice_months: 1,"
        " extension: {kind: automatic, years: 1}}",
    ],
)
def test_an_end_that_does_not_stand_cuts_no_year(
    agreement_text: AgreementText, changes: str
) -> None:
    """Neither one that an extension has moved, nor one that the agreement goes on from."""
    assert told("part-year-in-doubt", case_of(agreement_text(changes), DAY)) == []


def test_a_first_year_that_a_termination_cut_counts_to_its_day(
    agreement_text: AgreementText,
) -> None:
    """From September to the end of November are three months."""
    text = agreement_text(
        "validity: {start: 2024-09-01, end: 2026-12-31}\n"
        "log: [{date: 2024-10-01, event: termination, effective: 2024-11-30}]"
    )
    [found] = told("part-year-in-doubt", case_of(text, DAY))

    assert found.startswith("2024 counts as 3 of 12 months")
