"""Whether an invoice can be made: all that is missing is named at once, with its field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.case.needs.need import Medium
from iopctl.case.readiness import readiness
from iopctl.check.portfolio import document
from iopctl.config import config
from iopctl.input import Input

if TYPE_CHECKING:
    from iopctl.case.readiness import Readiness
    from tests.conftest import AgreementText

WHOLE = """
parties:
  kommunen:
    {role: public, name: Exempels kommun, org_number: 219900-0007, peppol_id: 0007:2199000007}
  foreningen:
    {role: civil, name: Föreningen Exemplet, org_number: 899900-0188, bankgiro: 991-2346}
invoicing:
  seller: foreningen
  buyer: kommunen
  recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
  reference: 150Z
  marking: Konto 4631
  label: IOP Exemplet
  interval: yearly
  payment_days: 30
"""
TEXT_LACKS = (
    "invoicing.reference (Referenskod)",
    "invoicing.label (Ange)",
    "invoicing.recipient (the address of the invoice)",
)
PAGE_LACKS = (
    "parties.foreningen.org_number (the seller's number)",
    "parties.foreningen.bankgiro (or plusgiro, or iban: where to pay)",
    "invoicing.payment_days (days to pay, usually 30)",
)
PEPPOL_LACKS = (
    "parties.kommunen.org_number (the buyer's number)",
    "parties.kommunen.peppol_id (where the buyer gets e-invoices: ask it, do not guess)",
)


def of(text: str, need: Medium = Medium.TEXT, settings: str = "") -> Readiness:
    """Return whether the first invoice of an agreement is ready."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    given = config(settings, "iopctl.toml")
    case = Case(found.agreement, date(2024, 6, 1), given)
    return readiness(case, case.bills[0], need)


def all_of(text: str) -> list[Readiness]:
    """Return whether the invoices of an agreement are ready."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    case = Case(found.agreement, date(2024, 6, 1))
    return [readiness(case, bill, Medium.TEXT) for bill in case.bills]


@pytest.mark.parametrize("need", Medium)
def test_a_whole_agreement_is_ready(agreement_text: AgreementText, need: Medium) -> None:
    """With all fields filled in, any invoice can be made."""
    found = of(agreement_text(WHOLE), need)

    assert (found.state, found.reasons) == ("ready", ())


@pytest.mark.parametrize(
    ("need", "reasons"),
    [
        (Medium.TEXT, TEXT_LACKS),
        (Medium.PAGE, TEXT_LACKS + PAGE_LACKS),
        (Medium.PEPPOL, TEXT_LACKS + PAGE_LACKS + PEPPOL_LACKS),
    ],
)
def test_all_that_is_missing_is_named(
    agreement_text: AgreementText, need: Medium, reasons: tuple[str, ...]
) -> None:
    """A text needs its marking, a page who and where to pay, an e-invoice both in Peppol."""
    found = of(agreement_text("invoicing: {seller: foreningen, buyer: kommunen}"), need)

    assert (found.state, found.reasons) == ("not ready", reasons)


def test_several_blocks_are_told_apart(agreement_text: AgreementText) -> None:
    """The field of the second block has its place in the list, and an amendment's its event."""
    text = agreement_text(
        """
invoicing:
  - {seller: foreningen, buyer: kommunen, end: 2023-12-31}
  - {seller: foreningen, buyer: kommunen, start: 2024-01-01, label: IOP}
"""
    )
    amended = agreement_text(
        "log: [{date: 2023-05-01, event: amendment, effective: 2024-01-01,"
        " terms: {invoicing: {seller: foreningen, buyer: kommunen}}}]"
    )

    assert of(text).needs[0].field == "invoicing.2.reference"
    assert of(amended).needs[0].field == "log.1.terms.invoicing.reference"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("postal_code: 581 81, ", "", "invoicing.recipient (its postal_code)"),
        ("581 81", "581 8", "invoicing.recipient (its postal_code of five digits)"),
        (", city: EXEMPEL", "", "invoicing.recipient (its city)"),
        ("name: Föreningen Exemplet", "count: 2", "parties.foreningen.name (a party that invoices"),
        (
            "payment_days: 30",
            "payment_days: 30\n  vat: E\n  vat_reason: Social omsorg",
            "parties.foreningen.vat_number (E needs the seller's vat_number or f_tax: BR-E-02)",
        ),
    ],
)
def test_what_is_half_there_is_named(
    agreement_text: AgreementText, old: str, new: str, reason: str
) -> None:
    """An address without a city, a seller without a name, VAT without percent."""
    found = of(agreement_text(WHOLE.replace(old, new)), Medium.PAGE)

    assert [each.startswith(reason) for each in found.reasons] == [True]


@pytest.mark.parametrize(
    ("path", "state"),
    [("", "ready"), (", path: invoicing", "ready"), (", path: invoicing.0", "ready"),
     (", path: invoicing.1", "not ready"), (", path: economy", "not ready")],
)  # fmt: skip
def test_what_the_parties_stand_by_is_for_its_place_alone(
    agreement_text: AgreementText, path: str, state: str
) -> None:
    """An exception for one block excuses no other."""
    text = WHOLE.replace("  label: IOP Exemplet\n", "")
    excepted = f"exceptions: [{{rule: label-missing, reason: Ingen{path}}}]"

    assert of(agreement_text(f"{text}{excepted}")).state == state


@pytest.mark.parametrize("rule", ["label-missing", "IOP403"])
def test_what_the_parties_stand_by_is_not_asked_for(
    agreement_text: AgreementText, rule: str
) -> None:
    """An exception tells that nothing is to be stated, until it lapses."""
    text = WHOLE.replace("  label: IOP Exemplet\n", "")
    excepted = f"exceptions: [{{rule: {rule}, reason: Köparen vill inte ha någon"

    assert of(agreement_text(f"{text}{excepted}}}]")).state == "ready"
    assert of(agreement_text(f"{text}{excepted}, until: 2024-06-01}}]")).state == "ready"
    assert of(agreement_text(f"{text}{excepted}, until: 2024-05-31}}]")).state == "not ready"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("status: draft", "the agreement is a draft"),
        (
            "economy: {contributions: [{party: kommunen, item: Stöd}]}",
            "Stöd: the row is not priced",
        ),
        (
            "economy: {contributions: [{party: kommunen, amount: 0}]}\ninvoicing: {seller:"
            " foreningen, buyer: kommunen, instalments: [{date: 2024-02-01, amount: 0, period:"
            " 2024}]}",
            "the amount is 0 kr",
        ),
        (
            "invoicing: {seller: foreningen, buyer: kommunen, instalments: [{date: 2024-02-01,"
            " amount: 5000, period: 2024}]}",
            "the instalment of 5\u00a0000 kr is not the budget's 450\u00a0000 kr",
        ),
        (
            "invoicing: [{seller: foreningen, buyer: kommunen}, {seller: foreningen, buyer:"
            " kommunen, interval: monthly}]",
            "another block of invoicing asks for the same rows on the same days",
        ),
    ],
)
def test_what_no_field_mends_is_told_first(
    agreement_text: AgreementText, change: str, reason: str
) -> None:
    """An amount that is unknown, nothing, not the budget's, or asked for twice."""
    assert of(agreement_text(WHOLE + change)).reasons[0] == reason


def test_an_instalment_that_the_parties_stand_by_is_ready(agreement_text: AgreementText) -> None:
    """It may be other than the budget where the file says why."""
    plan = "instalments: [{date: 2024-02-01, amount: 5000, period: 2024}]"
    text = WHOLE.replace("interval: yearly", plan)
    excepted = "exceptions: [{rule: instalments-differ, reason: Resten betalas i natura}]"

    assert of(agreement_text(text + excepted)).state == "ready"


def test_an_exception_of_another_place_excuses_nothing(agreement_text: AgreementText) -> None:
    """It says by its path which block of invoicing it speaks of."""
    block = WHOLE[WHOLE.index("  seller") :].replace("  label: IOP Exemplet\n", "")
    first = "  - " + block.strip().replace("\n", "\n  ") + "\n    end: 2024-12-31\n"
    second = "  - " + block.strip().replace("\n", "\n  ") + "\n    start: 2025-01-01\n"
    text = WHOLE[: WHOLE.index("  seller")] + first + second
    excepted = "exceptions: [{rule: label-missing, path: invoicing.1, reason: Ingen}]"
    document_text = agreement_text(f"{text}{excepted}")

    assert [each.state for each in all_of(document_text)] == ["not ready", "ready"]


@pytest.mark.parametrize(
    ("key", "settings", "reasons"),
    [
        ("Exempels kommun", 'reference = "[0-9]{3}Z"', ()),
        ("Grannens kommun", 'reference = "X"', ()),
        (
            "Exempels kommun",
            'reference = "X"',
            ("invoicing.reference (the reference 150Z is not of the buyer's form)",),
        ),
        (
            "219900-0007",
            'reference = "X[0-9]", example = "X1"',
            ("invoicing.reference (the reference 150Z is not of the buyer's form, such as X1)",),
        ),
    ],
)
def test_the_reference_has_the_buyers_form(
    agreement_text: AgreementText, key: str, settings: str, reasons: tuple[str, ...]
) -> None:
    """The form is the configuration's, by the buyer's name or its number."""
    found = of(agreement_text(WHOLE), settings=f'buyers."{key}" = {{{settings}}}')

    assert found.reasons == reasons


@pytest.mark.parametrize(
    ("done", "state"),
    [
        (
            "log: [{date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}]",
            "invoiced",
        ),
        ("follow_up: {settled_until: 2024-12-31}", "settled"),
    ],
)
def test_what_is_done_is_not_ready(agreement_text: AgreementText, done: str, state: str) -> None:
    """A period is invoiced once."""
    assert of(agreement_text(WHOLE + done)).state == state
