"""An invoice as UBL, byte for byte; `test_peppol_conformance` tries each against the rules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.needs.need import Medium
from iopctl.case.readiness import readiness
from iopctl.check.portfolio import document
from iopctl.errors import UserError
from iopctl.input import Input
from iopctl.invoices.invoice import Invoice, Issue, credit_note, invoice
from iopctl.invoices.peppol import xml

if TYPE_CHECKING:
    from tests.conftest import Golden

FOLDER = Path(__file__).parent / "invoices"
DAY = date(2024, 12, 2)


class Example(NamedTuple):
    """Which invoice of which agreement, and what is given when it is made."""

    agreement: str
    period: str
    issue: Issue = Issue("2024-17", DAY)
    credits: bool = False


CASES = {
    "whole-year": Example("whole-year", "2025"),
    "whole-year-credited": Example("whole-year", "2024", credits=True),
    "rows-by-month": Example("rows-by-month", "2024-02", Issue("17", DAY, ocr="1234566")),
    "rows-of-a-broken-month": Example("rows-by-month", "2024-01-15/2024-01-31"),
    "taxed": Example("taxed", "2024-Q2"),
    "taxed-credited": Example("taxed", "2024-Q1", credits=True),
    "exempt-instalment": Example("exempt", "2024-01-01/2025-12-31"),
    "odd-texts": Example("odd-texts", "2024", Issue("<&> 🌻", DAY)),
}


def case_of(name: str) -> Case:
    """Return the figures of an agreement in `invoices/`, which must have nothing to tell."""
    found = document(Input(name, (FOLDER / f"{name}.yaml").read_bytes()))
    assert found.agreement, found.diagnostics
    return Case(found.agreement, date(2025, 2, 1))


def made(case: Example) -> Invoice:
    """Return the invoice or credit note of a case."""
    found = case_of(case.agreement)
    bill = next(each for each in found.bills if each.period.text == case.period)
    if case.credits:
        assert bill.invoiced
        return credit_note(found.agreement, bill, case.issue, bill.invoiced)
    return invoice(found.agreement, bill, case.issue)


def parsed(text: bytes) -> ET.Element:
    """Return the root of what we have written ourselves."""
    return ET.fromstring(text)  # noqa: S314 - nobody else has touched it


@pytest.mark.parametrize("name", CASES)
def test_invoice_as_ubl(golden: Golden, name: str) -> None:
    """Each kind of invoice is written as it was when the official rules passed it."""
    golden(f"peppol/{name}.xml", xml(made(CASES[name])).decode())


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.credits])
def test_cases_are_ready(name: str) -> None:
    """What is written has nothing missing, by our own measure."""
    case = CASES[name]
    found = case_of(case.agreement)
    bill = next(each for each in found.bills if each.period.text == case.period)

    assert readiness(found, bill, Medium.PEPPOL).reasons == ()


@given(st.text(min_size=1, max_size=200))
def test_any_text_of_an_agreement_is_the_same_in_xml(label: str) -> None:
    """What the reader of agreements lets in, a reader of XML gets out."""
    text = (FOLDER / "whole-year.yaml").read_text(encoding="utf-8")
    quoted = json.dumps(label, ensure_ascii=False)
    found = document(
        Input(
            "a",
            text.replace("label: IOP Östergötlands Stadsmission", f"label: {quoted}").encode(
                "utf-8", "replace"
            ),
        )
    )
    assume(found.agreement is not None)
    assert found.agreement
    given_sheet = Case(found.agreement, date(2025, 2, 1))
    root = parsed(xml(invoice(found.agreement, given_sheet.bills[1], Issue("1", DAY))))
    name = found.agreement.invoicing[0].label or ""

    assert root.findtext(".//{*}Item/{*}Name") == f"{name}, helår 2025".strip()


def test_lines_add_up_to_the_sum() -> None:
    """What the buyer adds up is what it is asked to pay."""
    root = parsed(xml(made(CASES["rows-by-month"])))
    amounts = [each.text for each in root.iterfind(".//{*}InvoiceLine/{*}LineExtensionAmount")]
    payable = root.findtext(".//{*}PayableAmount")

    assert amounts == ["41666.71", "2777.78"]
    assert payable == "44444.49"


def test_no_element_is_empty() -> None:
    """What an agreement does not say has no element (PEPPOL-EN16931-R008)."""
    root = parsed(xml(made(CASES["whole-year"])))

    assert [
        each.tag for each in root.iter() if not len(each) and not (each.text or "").strip()
    ] == []


def test_a_number_that_xml_has_no_place_for_is_refused() -> None:
    """ElementTree would write it, and nobody could read the file."""
    case = CASES["whole-year"]._replace(issue=Issue("17\x0b", DAY))

    with pytest.raises(UserError, match=r"XML has no place for U\+000B, in '17"):
        xml(made(case))


def test_an_invoice_without_number_is_none() -> None:
    """Numbers and dates are given, never made up."""
    with pytest.raises(ValueError, match="without number and date"):
        xml(replace(made(CASES["whole-year"]), issue=None))


def test_an_address_may_be_missing() -> None:
    """Only the country of an address is required."""
    whole = made(CASES["whole-year"])
    own = whole.invoicing.model_copy(update={"recipient": None})
    terms = whole.bill.terms._replace(invoicing=(own,))
    root = parsed(xml(replace(whole, bill=replace(whole.bill, terms=terms))))

    assert [each.tag.partition("}")[2] for each in root.findall(".//{*}PostalAddress/*")] == [
        "Country",
        "Country",
    ]
