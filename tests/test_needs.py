"""One list of needs: what it says, which rule tells it, and what no exception excuses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.case.exceptions import covers
from iopctl.case.needs import need
from iopctl.case.needs.need import Medium, RuleName
from iopctl.case.readiness import readiness
from iopctl.check.portfolio import document
from iopctl.check.rules import BY_NAME
from iopctl.dates import Period
from iopctl.input import Input
from iopctl.invoices.issuing import InvoiceRequest, items
from iopctl.listings.invoices import Matters, table

if TYPE_CHECKING:
    from iopctl.source import Path
    from tests.conftest import AgreementText

BARE = "invoicing: {seller: foreningen, buyer: kommunen}\n"
RULES = [each for each in vars(need).values() if isinstance(each, RuleName)]


def case_of(text: str) -> Case:
    """Return an agreement, looked at in the middle of 2024."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    return Case(found.agreement, date(2024, 6, 1))


@pytest.mark.parametrize("name", RULES, ids=lambda name: name.code)
def test_every_need_has_a_rule_that_tells_it(name: RuleName) -> None:
    """Under the very code and name by which an exception speaks of it."""
    assert BY_NAME[name.name].code == name.code


def test_an_agreement_that_says_nothing_needs_all_of_it(agreement_text: AgreementText) -> None:
    """Each with its rule, the first format that needs it, the field, and who asks for it."""
    found = case_of(agreement_text(BARE)).needs

    assert [
        (each.rule.code, each.medium and each.medium.name, each.field, each.source)
        for each in found
    ] == [
        (
            "IOP401",
            "TEXT",
            "invoicing.reference",
            "Peppol BIS Billing 3.0, PEPPOL-EN16931-R003",
        ),
        ("IOP402", None, "invoicing.marking", "the agreement's section on invoicing"),
        ("IOP403", "TEXT", "invoicing.label", "the agreement's section on invoicing"),
        ("IOP406", None, "invoicing.interval", "the agreement's section on invoicing"),
        ("IOP404", "TEXT", "invoicing.recipient", "the agreement's section on invoicing"),
        (
            "IOP415",
            "PAGE",
            "parties.foreningen.org_number",
            "Peppol BIS Billing 3.0, BR-CO-26",
        ),
        (
            "IOP410",
            "PAGE",
            "parties.foreningen.bankgiro",
            "Peppol BIS Billing 3.0, BR-50 and BR-61",
        ),
        (
            "IOP412",
            "PAGE",
            "invoicing.payment_days",
            "räntelagen (1975:635), 4 §; Peppol BIS Billing 3.0, BT-9",
        ),
        ("IOP415", "PEPPOL", "parties.kommunen.org_number", "Peppol BIS Billing 3.0, BT-47"),
        (
            "IOP411",
            "PEPPOL",
            "parties.kommunen.peppol_id",
            "Peppol BIS Billing 3.0, PEPPOL-EN16931-R010",
        ),
    ]


def test_a_marking_that_is_missing_stops_nothing(agreement_text: AgreementText) -> None:
    """It is told beside the listing, until the parties stand by it."""
    text = agreement_text(
        "invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP, recipient:"
        " {postal_code: 581 81, city: EXEMPEL}}\n"
    )
    excepted = "exceptions: [{rule: marking-missing, reason: Kommunen vill inte ha någon}]"

    def notes(case: Case) -> str:
        found = items([case], InvoiceRequest(Period.year(2024)), Medium.TEXT)
        assert [each.readiness.state for each in found] == ["ready"]
        return "\n".join(table([case], Matters(found), Period.year(2024), case.as_of, "").notes)

    told = "without marking (Märkning), which the buyer may want: exempel-2024"
    assert told in notes(case_of(text)).split("\n")
    assert told not in notes(case_of(text + excepted))


def test_an_exception_serves_no_format_whose_rules_are_fatal(
    agreement_text: AgreementText,
) -> None:
    """A buyer without references gets a text and a page, and no e-invoice."""
    text = agreement_text(
        BARE + "exceptions: [{rule: reference-missing, reason: Kommunen har ingen}]"
    )
    case = case_of(text)

    def asks_for_reference(medium: Medium) -> bool:
        fields = [each.field for each in readiness(case, case.bills[0], medium).needs]
        return "invoicing.reference" in fields

    assert [asks_for_reference(medium) for medium in Medium] == [False, False, True]


def test_an_address_of_the_buyers_own_is_told_where_it_stands(
    agreement_text: AgreementText,
) -> None:
    """Without a recipient the invoice goes to the party's address."""
    text = agreement_text(
        f"""
parties:
  kommunen: {{role: public, name: Exempels kommun, address: {{city: EXEMPEL, country: UK}}}}
  foreningen: {{role: civil, name: Föreningen Exemplet}}
{BARE}"""
    )
    fields = {each.field for each in case_of(text).needs}

    assert {"parties.kommunen.address", "parties.kommunen.address.country"} <= fields


@pytest.mark.parametrize(
    ("place", "path", "covered"),
    [
        ("", ("invoicing", 1, "label"), True),
        ("invoicing", ("invoicing", 1, "label"), True),
        ("invoicing.1", ("invoicing", 1, "label"), True),
        ("invoicing.0", ("invoicing", 1, "label"), False),
        ("invoicing.label", ("invoicing", 1, "label"), True),
        ("invoicing.label", ("log", 0, "terms", "invoicing", "label"), True),
        ("log.0", ("log", 0, "terms", "invoicing", "label"), True),
        ("economy", ("invoicing", 1, "label"), False),
    ],
)
def test_a_place_covers_what_lies_in_it(place: str, path: Path, *, covered: bool) -> None:
    """With or without the numbers of list items, and as if an amendment stood at the top."""
    assert covers(place, path) == covered
