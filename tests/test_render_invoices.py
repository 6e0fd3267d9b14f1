"""An invoice as text, page and JSON, whole; and what a PDF of it has in it."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.invoices.invoice import Invoice, Issue, credit_note, invoice
from iopctl.invoices.pages import html, json, pdf, text
from iopctl.invoices.peppol import xml
from iopctl.output.pdf import is_archival

if TYPE_CHECKING:
    from pypdf import PdfReader

    from tests.conftest import Golden

HERE = Path(__file__).parent
DAY = date(2024, 12, 2)


class Example(NamedTuple):
    """Which invoice of which agreement, its number, and whether it is credited."""

    path: str
    period: str
    issue: Issue | None = Issue("2024-17", DAY)
    credits: bool = False


CASES = {
    "ikf-2023": Example("../agreements/ikf-2023", "2023", None),
    "ikf-2024": Example("../agreements/ikf-2023", "2024", None),
    "stadsmissionen-2024": Example("../agreements/stadsmissionen-2024", "2024", None),
    "stadsmissionen-2025": Example("../agreements/stadsmissionen-2024", "2025", None),
    "instalment": Example("fixtures/total-in-one-payment", "2020-01-01/2022-12-31", None),
    "whole-year": Example("invoices/whole-year", "2025"),
    "whole-year-credited": Example("invoices/whole-year", "2024", credits=True),
    "rows-by-month": Example("invoices/rows-by-month", "2024-02", Issue("17", DAY, ocr="1234566")),
    "taxed": Example("invoices/taxed", "2024-Q2"),
    "odd-texts": Example("invoices/odd-texts", "2024", Issue("<&> 🌻", DAY)),
}


def made(name: str) -> Invoice:
    """Return the invoice or credit note of a case."""
    case = CASES[name]
    found = document(Input(name, (HERE / f"{case.path}.yaml").read_bytes()))
    assert found.agreement, found.diagnostics
    sheet = Case(found.agreement, date(2025, 2, 1))
    bill = next(each for each in sheet.bills if each.period.text == case.period)
    if case.credits:
        assert bill.invoiced
        return credit_note(found.agreement, bill, case.issue, bill.invoiced)
    return invoice(found.agreement, bill, case.issue)


# ------------------------------------------------------------------ text, page and JSON
@pytest.mark.parametrize("name", CASES)
def test_invoice_as_text(golden: Golden, name: str) -> None:
    """To whom, with which codes, for which period, how much and why."""
    golden(f"invoice/{name}.txt", text(made(name)))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.issue])
def test_invoice_as_page(golden: Golden, name: str) -> None:
    """The invoice itself, with its number, dates and account."""
    golden(f"invoice/{name}.html", html(made(name)))


def test_invoices_as_json(golden: Golden) -> None:
    """Amounts are text, days have ISO form, and what is not there is null."""
    golden("invoice/invoices.json", json([made("ikf-2024"), made("taxed")], DAY))


def test_no_text_of_an_agreement_is_markup() -> None:
    """The page has the same elements whatever its texts are."""

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(f"{tag} {sorted(attrs)}")

    elements: dict[str, list[str]] = {}
    for name in ("rows-by-month", "odd-texts"):
        found = elements.setdefault(name, [])
        Elements().feed(html(made(name)))

    assert set(elements["odd-texts"]) == set(elements["rows-by-month"])


def test_a_page_asks_the_network_for_nothing() -> None:
    """Its policy forbids it, and nothing in it points elsewhere."""
    written = html(made("whole-year"))

    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in written
    assert not re.search(r"src=|href=|url\(|@import", written)


def test_a_users_template_is_filled(tmp_path: Path) -> None:
    """It has the same names as ours."""
    (tmp_path / "invoice.txt").write_text("{{ subject }}: {{ net }}", encoding="utf-8")

    assert text(made("ikf-2024"), [str(tmp_path)]) == (
        "IOP Internationella kvinnoföreningen IKF, helår 2024: 459\u00a0000\u00a0kr"
    )


# ------------------------------------------------------------------ PDF
def read(data: bytes) -> PdfReader:
    """Return a PDF, opened."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(data))


def page(reader: PdfReader) -> str:
    """Return what stands on the only page, all spaces alike."""
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


@pytest.fixture
def typst() -> None:
    """Skip where typst, or what reads its work, is not installed."""
    pytest.importorskip("typst")
    pytest.importorskip("pypdf")


@pytest.mark.usefixtures("typst")
def test_a_pdf_has_title_language_and_text() -> None:
    """It is PDF/A-3a: to be kept, and to be read aloud in Swedish."""
    written = pdf(made("whole-year"))
    reader = read(written)

    assert reader.metadata
    assert reader.metadata.title == "Faktura 2024-17 – IOP Östergötlands Stadsmission, helår 2025"
    assert str(reader.root_object["/Lang"]) == "sv"
    assert b"<pdfaid:part>3</pdfaid:part>" in written
    assert "Att betala 1 744 200 kr" in page(reader)


@pytest.mark.usefixtures("typst")
def test_a_pdf_carries_its_xml() -> None:
    """The e-invoice is attached, as it is."""
    written = made("whole-year")

    assert read(pdf(written, xml(written))).attachments == {"faktura.xml": [xml(written)]}


@pytest.mark.usefixtures("typst")
def test_the_same_invoice_is_the_same_pdf() -> None:
    """No clock and no chance is in it."""
    assert pdf(made("taxed")) == pdf(made("taxed"))


@pytest.mark.usefixtures("typst")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("odd-texts", "#let x = 1; <script>alert(1)</script> 0,01 kr"),
        ("rows-by-month", "Lärare 41 666,71 kr"),
        ("taxed", "Moms 25 % 25 000 kr"),
        ("whole-year-credited", "Kreditfaktura"),
    ],
)
def test_every_invoice_fits_on_a_page(name: str, shown: str) -> None:
    """Whatever the texts are, they are shown, and none of them is run."""
    assert shown in page(read(pdf(made(name))))


def test_a_preview_without_number_says_nothing_of_one() -> None:
    """Numbers and dates are given, never made up; the page is as of the day to send it."""
    invoice = made("ikf-2024")
    data = pdf(invoice)
    shown = read(data)

    assert invoice.issue is None
    assert is_archival(data)
    assert "Fakturanummer" not in page(shown)
    assert shown.metadata is not None
    assert shown.metadata.title == f"Faktura – {invoice.subject}"
