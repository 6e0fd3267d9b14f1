"""An invoice whole: its lines, its sums, and what it takes from which party."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.invoices.invoice import Invoice, Issue, credit_note, invoice
from iopctl.invoices.pages import words

if TYPE_CHECKING:
    from tests.conftest import AgreementText

INVOICING = "\ninvoicing: {seller: foreningen, buyer: kommunen, label: IOP Exemplet"
LOG = "log: [{date: 2024-05, event: invoice, number: 17, period: %s, amount: %s}]"
ISSUE = Issue("18", date(2024, 6, 1))


def made(text: str) -> Invoice:
    """Return the invoice of the first bill of an agreement, or the credit note of its first."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    sheet = Case(found.agreement, date(2024, 6, 1))
    bill = sheet.bills[0]
    if bill.invoiced:
        return credit_note(found.agreement, bill, ISSUE, bill.invoiced)
    return invoice(found.agreement, bill, ISSUE)


def lines(found: Invoice) -> list[tuple[str, int]]:
    """Return the rows of an invoice, whose amounts are whole kronor here."""
    return [(line.text, int(line.amount)) for line in found.lines]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("item: Handledning, category: staff", "Handledning"),
        ("category: staff", "Personal"),
        ("form: cash", "Bidrag"),
    ],
)
def test_a_line_is_called_what_the_agreement_calls_it(
    agreement_text: AgreementText, row: str, text: str
) -> None:
    """By its item, else its category, else the money's name."""
    economy = f"economy:\n  label: bidrag\n  contributions: [{{party: kommunen, amount: 5, {row}}}]"

    assert lines(made(agreement_text(f"{economy}{INVOICING}}}"))) == [(text, 5)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "  index: {percent: 10, raise_on: 05-01}",
            ["januari–april 2025", "maj–december 2025"],
        ),
        (
            "log: [{date: 2024-10-01, event: extension, start: 2025-10-01, until: 2025-12-31}]",
            ["januari–april 2025", "oktober–december 2025"],
        ),
    ],
    ids=["a raise", "a gap"],
)
def test_a_raise_or_a_gap_within_a_period_parts_its_lines_by_days(
    agreement_text: AgreementText, more: str, expected: list[str]
) -> None:
    """Two lines of one name are of other days, and say of which."""
    end = "2025-04-30" if "log" in more else "2025-12-31"
    validity = f"validity: {{start: 2024-01-01, end: {end}}}"
    economy = "economy:\n  contributions: [{party: kommunen, item: Stöd, amount: 120000}]"
    text = agreement_text(f"{validity}\n{economy}\n{more}{INVOICING}, interval: yearly}}")
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    bill = Case(found.agreement, date(2024, 6, 1)).on(date(2024, 12, 1)).bills[1]

    assert [each.text for each in invoice(found.agreement, bill).lines] == [
        f"Stöd, {days}" for days in expected
    ]


def test_lines_of_one_name_are_told_apart_by_their_days(agreement_text: AgreementText) -> None:
    """Where an amendment parts a period; a row of the whole period needs no days."""
    amended = """
log:
  - date: 2024-05-02
    event: amendment
    effective: 2024-05-15
    terms:
      economy:
        contributions:
          - {party: kommunen, item: Handledning, amount: 500000}
          - {party: kommunen, item: Lokal, amount: 12000}
"""
    twice = """
economy:
  contributions:
    - {party: kommunen, item: Stöd, amount: 1000}
    - {party: kommunen, item: Stöd, amount: 2000}
"""

    assert [line.text for line in made(agreement_text(f"{INVOICING}}}{amended}")).lines] == [
        "Handledning, 1 januari–14 maj 2024",
        "Handledning, 15 maj–31 december 2024",
        "Lokal",
    ]
    assert lines(made(agreement_text(f"{twice}{INVOICING}}}"))) == [("Stöd", 1000), ("Stöd", 2000)]


def test_a_line_without_a_name_is_the_agreements(agreement_text: AgreementText) -> None:
    """Nothing is made up."""
    economy = "economy: {contributions: [{party: kommunen, amount: 5}]}"

    assert lines(made(agreement_text(f"{economy}{INVOICING}}}"))) == [
        ("Insats enligt överenskommelsen", 5)
    ]


def test_an_amount_of_the_agreements_own_is_one_line(agreement_text: AgreementText) -> None:
    """An instalment that is not the rows' sum is called by the label."""
    plan = ", instalments: [{date: 2024-02-01, amount: 5, period: 2024}]}"

    assert lines(made(agreement_text(INVOICING + plan))) == [("IOP Exemplet", 5)]


@pytest.mark.parametrize(
    ("period", "amount", "expected"),
    [
        ("2024", "450000", [("Handledning", 450_000)]),
        ("2024", "400000", [("IOP Exemplet", 400_000)]),
        ("2024-H1", "450000", [("IOP Exemplet", 450_000)]),
    ],
)
def test_a_credit_note_takes_back_what_was_invoiced(
    agreement_text: AgreementText, period: str, amount: str, expected: list[tuple[str, int]]
) -> None:
    """The period and amount of the log, in rows only where they are the budget's."""
    found = made(agreement_text(f"{INVOICING}}}\n{LOG % (period, amount)}"))

    assert lines(found) == expected
    assert found.period.text == period
    assert found.derivation == ""


def test_a_bill_of_an_unknown_amount_makes_no_invoice(agreement_text: AgreementText) -> None:
    """Readiness tells why before."""
    economy = "economy: {contributions: [{party: kommunen}]}"

    with pytest.raises(ValueError, match="unknown amount"):
        made(agreement_text(f"{economy}{INVOICING}}}"))


def test_the_block_goes_before_the_party(agreement_text: AgreementText) -> None:
    """A Peppol-ID, GLN and address of the invoicing are used rather than the buyer's."""
    parties = """
parties:
  kommunen:
    role: public
    name: Exempels kommun
    peppol_id: 0007:2199000007
    gln: 7399990000019
    address: {lines: [Torget 1]}
  foreningen: {role: civil, name: Föreningen Exemplet, peppol_id: 0007:8999000188}
"""
    own = ", peppol_id: 0007:2199000015, gln: 7399990000026, recipient: {city: EXEMPEL}}"
    without = made(agreement_text(f"{parties}{INVOICING}}}"))
    found = made(agreement_text(parties + INVOICING + own))

    assert (without.peppol_id, without.gln) == ("0007:2199000007", "7399990000019")
    assert (found.peppol_id, found.gln) == ("0007:2199000015", "7399990000026")
    assert words(without)["buyer"]["address"] == ["Torget 1"]
    assert words(found)["buyer"]["address"] == ["EXEMPEL"]
    assert found.seller_peppol_id == "0007:8999000188"


def test_payment_is_named_and_dated(agreement_text: AgreementText) -> None:
    """By the OCR number, else the agreement's reference, else the invoice's number."""
    found = made(agreement_text(f"{INVOICING}, payment_days: 30, payment_reference: A7}}"))

    assert found.due == date(2024, 7, 1)
    assert found.payment_reference == "A7"
    assert replace(found, issue=ISSUE._replace(ocr="1234566")).payment_reference == "1234566"
    assert replace(found, issue=None).payment_reference is None


def test_a_text_of_several_lines_is_one(agreement_text: AgreementText) -> None:
    """A label can't add a line that looks like another field."""
    found = made(agreement_text(INVOICING.replace("IOP Exemplet", '"IOP\\nReferenskod: X"') + "}"))

    assert words(found)["subject"] == "IOP Referenskod: X, helår 2024"
