"""The portfolio at a glance, and an agreement's page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.listings import budget, notes, overview
from iopctl.listings.page import page
from iopctl.tables import UNKNOWN, Amount
from tests.test_budget import TODAY, case_of, repository

if TYPE_CHECKING:
    from tests.conftest import AgreementText


def fields(text: str, section: str, as_of: date = TODAY) -> dict[str, str]:
    """Return a section of an agreement's page, its second cells by the first."""
    tables = page(case_of(text, as_of), ())
    (found,) = (each for each in tables if each.name == section)
    return {str(row.cells[0]): str(row.cells[1]) for row in found.rows}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            "validity: {start: 2024-01-01, years: 2, notice_months: 6,"
            " extension: {kind: mutual, years: 1}}",
            {
                "state": "active",
                "start": "2024-01-01",
                "end": "2025-12-31",
                "length": "2 years",
                "last day of notice": "2025-06-30",
                "notice": "6 months",
                "extension": "mutual, 1 year each",
                "options left": "without limit",
                "option": "2026-01-01 to 2026-12-31",
            },
        ),
        (
            "validity: {end: 2025-06-30, months: 18, extension: {kind: unspecified}}",
            {
                "state": "active",
                "start": "2024-01-01",
                "end": "2025-06-30",
                "length": "18 months",
                "extension": "unspecified",
                "options left": "not known",
            },
        ),
        (
            "validity: {signed: 2018-06, start: 2024, end: open}",
            {
                "state": "active",
                "signed": "2018-06",
                "start": "2024-01-01",
                "start as written": "2024",
                "end": "open",
                "options left": "0",
            },
        ),
        (
            "log: [{date: 2024-05-01, event: extension, until: 2026-12-31}]",
            {
                "state": "active",
                "start": "2024-01-01",
                "end": "2026-12-31",
                "end as first agreed": "2025-12-31",
                "options left": "0",
                "latest end": "2026-12-31",
            },
        ),
    ],
)
def test_validity_tells_what_holds_and_what_may_come(
    agreement_text: AgreementText, changes: str, expected: dict[str, str]
) -> None:
    """The effective end, the one first agreed, the last day of notice and the options."""
    assert fields(agreement_text(changes), "validity", date(2024, 6, 1)) == expected


def test_an_agreement_without_validity_says_so_in_its_state(agreement_text: AgreementText) -> None:
    """Nothing is made up where no dates are given."""
    text = agreement_text(without="validity")

    told = {"state": "unknown", "start": "unknown", "end": "unknown"}
    assert fields(text, "validity") == told


def test_follow_up_and_invoicing_are_told_in_the_forms_words(
    agreement_text: AgreementText,
) -> None:
    """What the agreement leaves open is marked as assumed."""
    changes = """
        follow_up:
          meetings_per_year: 2
          report_due: 03-31
          evaluation: {due: 2025-06}
          review_every_years: 2
        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Fakturamottagning], city: EKEBY}
          payment_days: 30
          instalments: [{date: 2024-02-01, amount: 5000, period: 2024-H1}]
    """
    text = agreement_text(changes)

    assert fields(text, "follow_up") == {
        "meetings a year": "2",
        "report due": "03-31",
        "evaluation due": "2025-06",
        "review": "every 2 years",
    }
    assert fields(text, "invoicing-1")["address"] == "Fakturamottagning, EKEBY"
    assert "interval" not in fields(text, "invoicing-1")  # the instalments say when
    bare = agreement_text("invoicing: {seller: foreningen, buyer: kommunen}")
    assert fields(bare, "invoicing-1")["interval"] == "not stated (yearly is assumed)"
    assert fields(text, "invoicing-1")["instalment"].endswith("for 2024-H1")
    assert fields(
        agreement_text("follow_up: {evaluation: {before_renewal: true}}"), "follow_up"
    ) == {"evaluation due": "before renewal"}


def test_what_is_not_asked_for_is_not_told(agreement_text: AgreementText) -> None:
    """And a number is told in the right form, also where it is 1 or 0."""
    text = agreement_text("""
        validity: {start: 2024-01-01, months: 1, extension: {kind: mutual, times: 1, months: 1}}
        invoicing: {seller: foreningen, buyer: kommunen, payment_days: 0}
        follow_up: {evaluation: {before_renewal: false}, review_every_years: 1}
    """)
    both = agreement_text("follow_up: {evaluation: {due: 2025-05, before_renewal: true}}")

    assert fields(text, "follow_up") == {"review": "every year"}
    assert fields(both, "follow_up") == {"evaluation due": "2025-05, before renewal"}
    assert fields(text, "invoicing-1")["to be paid within"] == "0 days"
    assert fields(text, "validity")["length"] == "1 month"
    assert fields(text, "validity")["extension"] == "mutual, 1 time, 1 month each"


def test_the_list_names_the_parties_that_were_agreed_on_last(agreement_text: AgreementText) -> None:
    """As the page and the export do."""
    text = agreement_text("""
        log:
          - date: 2024-02-01
            event: amendment
            effective: 2025-01-01
            terms:
              parties:
                kommunen: {role: public, name: Exempels kommun}
                foreningen: {role: civil, name: Nya föreningen}
    """)

    assert (
        overview.listing([overview.glance(case_of(text))], TODAY, ()).rows[0].cells[2]
        == "Nya föreningen"
    )


def test_what_no_year_divides_makes_the_whole_of_its_years_incomplete(
    agreement_text: AgreementText,
) -> None:
    """A total is in each of the years that it is for, and nobody knows how much of it."""
    text = agreement_text("""
        economy:
          contributions:
            - {party: kommunen, total: 5, end: 2025-06-30}
            - {party: kommunen, total: 3, end: 2024-12-31}
            - {party: foreningen, amount: 7}
        validity: {start: 2024-01-01, end: 2026-12-31}
    """)
    case = case_of(text)

    assert case.share(2024).in_all == Amount(Decimal(10), complete=False)
    assert case.share(2025).in_all == Amount(Decimal(7), complete=False)
    assert case.share(2026).in_all == Amount(Decimal(7))


def test_an_event_not_yet_happened_is_not_told(agreement_text: AgreementText) -> None:
    """The page is as of its day, and so is the log on it."""
    text = agreement_text(
        "log: [{date: 2024-03-01, event: meeting, text: Uppstart},"
        " {date: 2024-09-01, event: report, year: 2023, outcome: {deltagare: 66}}]"
    )

    assert fields(text, "log", date(2024, 6, 1)) == {"2024-03-01": "meeting"}
    assert list(fields(text, "log", date(2025, 6, 1))) == ["2024-03-01", "2024-09-01"]


def test_a_unknown_amount_makes_the_whole_unknown(agreement_text: AgreementText) -> None:
    """A year's worth is at least what is known, and never less than that."""
    text = agreement_text("economy: {base_year: 2024, contributions: [{party: kommunen}]}")

    assert case_of(text).share(2024).in_all == UNKNOWN


def test_the_number_of_agreements_stands_under_the_list(agreement_text: AgreementText) -> None:
    """One is no plural."""
    assert overview.listing(list(map(overview.glance, repository())), TODAY, ()).notes == (
        "8 agreements",
    )
    assert overview.listing([overview.glance(case_of(agreement_text()))], TODAY, ()).notes == (
        "1 agreement",
    )


def test_notes_name_all_and_count_the_reasons_that_a_trail_has(
    agreement_text: AgreementText,
) -> None:
    """No id is left out, for no row has it; of reasons it is said where the others are."""
    rows = ", ".join(f"{{party: kommunen, item: Rad {number}}}" for number in range(9))
    one = case_of(agreement_text(f"economy: {{base_year: 2024, contributions: [{rows}]}}"))
    told = notes.of_budget([one], budget.table([one], TODAY), options=False)

    assert notes.named([str(number) for number in range(8)]) == "0, 1, 2, 3, 4, 5, 6, 7"
    assert told[1] == (
        "unknown: exempel-2024, Exempels kommun: Rad 0: the row is not priced (2024–2025)"
    )
    assert told[-1] == "unknown: 3 more; see --by row --trail"
