"""How an invoice's amount came about, in the words of its reader."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from iopctl.case.case import Case
from iopctl.case.wording import decimal
from iopctl.check.portfolio import document
from iopctl.config import Config
from iopctl.input import Input
from iopctl.invoices.derivation import derivation
from iopctl.listings.trail import table

FIXTURES = Path(__file__).parent / "fixtures"
SERIES = {"AKI": {"unit": "percent", "values": {"2009": "3.1", "2010": "2.4", "2011": "2.9"}}}
GAP = """
log:
  - {date: 2025-12-01, event: extension, start: 2026-04-01, until: 2026-09-30}
  - {date: 2026-01-02, event: extension, start: 2026-12-01, until: 2026-12-31}"""
INVOICING = "\ninvoicing: {seller: foreningen, buyer: kommunen, timing: arrears"


def told(text: str) -> list[str]:
    """Return how each bill came about, spaces as they are typed."""
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, found.diagnostics
    config = Config.model_validate({"index": SERIES})
    case = Case(found.agreement, date(2026, 1, 15), config)
    return [derivation(bill).replace("\u00a0", " ") for bill in case.bills]


def economy(*rows: str, index: str = "{percent: 2}", start: str = "2024-01-01") -> str:
    """Return an agreement to the end of 2025 with *rows* that are raised by *index*."""
    listed = "".join(f"    - {{party: kommunen, {row}}}\n" for row in rows)
    return f"""
id: a
title: A
parties:
  kommunen: {{role: public, name: Exempels kommun}}
  foreningen: {{role: civil, name: Föreningen Exemplet}}
validity: {{start: {start}, end: 2025-12-31}}
economy:
  index: {index}
  contributions:
{listed}"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (economy("amount: 450000") + INVOICING + "}", [
            "450 000 kr för 2024",
            "450 000 kr i 2024 års priser × 1,02 (index 2 % per år) = 459 000 kr för 2025",
        ]),
        (economy("amount: 330000", "amount: 120000") + INVOICING + "}", [
            "450 000 kr för 2024",
            "450 000 kr i 2024 års priser × 1,02 (index 2 % per år) = 459 000 kr för 2025",
        ]),
        (economy("amount: 100", "amount: 50, indexed: false") + INVOICING + "}", [
            "150 kr för 2024",
            "100 kr i 2024 års priser × 1,02 (index 2 % per år) = 102 kr för 2025; 50 kr för 2025",
        ]),
        (economy("amount: 120000", start="2025-09-15") + INVOICING + "}", [
            "120 000 kr × 3 8/15 av 12 månader = 35 333 kr för 15 september–31 december 2025",
        ]),
        (economy("by_year: {2024: 5, 2025: 60000, 2026: 7000, 2027: 9}") + INVOICING + "}" + GAP, [
            "5 kr för 2024",
            "60 000 kr för 2025",
            "7 000 kr × 6 av 7 månader = 6 000 kr för april–september 2026; "
            "7 000 kr × 1 av 7 månader = 1 000 kr för december 2026",
        ]),
        (economy("amount: 12000", "amount: 2400, end: 2025-03-31", start="2025-01-01")
         + INVOICING + ", interval: quarterly}", [
            "12 000 kr för 2025, varav 3 000 kr för kvartal 1 2025; "
            "2 400 kr × 3 av 12 månader = 600 kr för kvartal 1 2025",
            *(f"12 000 kr för 2025, varav 3 000 kr för kvartal {each} 2025" for each in (2, 3, 4)),
        ]),
        (economy("amount: 100000", start="2025-01-01") + INVOICING + ", interval: tertial}", [
            "100 000 kr för 2025, varav 33 334 kr för tertial 1 2025",
            "100 000 kr för 2025, varav 33 333 kr för tertial 2 2025",
            "100 000 kr för 2025, varav 33 333 kr för tertial 3 2025",
        ]),
        (economy("total: 900000") + INVOICING + "}", [
            "900 000 kr för hela perioden, enligt överenskommelsen",
        ]),
        (economy("total: 900000, spread: months", start="2025-01-01") + INVOICING + "}", [
            "900 000 kr för 2025",
        ]),
        (economy("amount: 9", start="2025-01-01") + INVOICING
         + ", instalments: [{date: 2025-02-01, amount: 9.50, period: 2025}]}", [
            "delbetalning enligt överenskommelsen: 9,50 kr",
        ]),
        (economy("amount: 100", index="unspecified", start="2025-01-01")
         + "  base_year: 2024" + INVOICING + "}", [""]),
    ],
)  # fmt: skip
def test_an_amount_is_followed_from_the_agreement(text: str, words: list[str]) -> None:
    """Base, index, months and period stand in one line, and what is unknown says nothing."""
    assert told(text) == words


def test_the_trail_says_of_how_many_months_an_amount_of_the_year_is() -> None:
    """Of those that are held: with a gap, they are fewer than twelve."""
    text = economy("by_year: {2024: 5, 2025: 60000, 2026: 7000, 2027: 9}") + INVOICING + "}" + GAP
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement
    rows = [each.cells for each in table([Case(found.agreement, date(2026, 1, 15))], date.min).rows]

    assert [(row[3], str(row[7]), row[8]) for row in rows] == [
        ("2024", "12", "as written"),
        ("2025", "12", "as written"),
        ("2026", "6", "6 of 7 months, half up to 1 kr"),
        ("2026", "1", "1 of 7 months, half up to 1 kr"),
    ]


def test_a_series_is_named_with_its_share_and_rounding() -> None:
    """What was raised by a part of a series, on last year's rounded sum, says so."""
    lines = told((FIXTURES / "index-compound.yaml").read_text(encoding="utf-8"))

    assert lines[4] == (
        "247 700 kr i 2008 års priser × 1,0248 (80 % av index AKI, avrundat varje år; 2009:"
        " AKI 3,1 % (2009) × 80 % = 2,48 %) = 253 800 kr för 2009, varav 63 450 kr för kvartal 1 2009"
    )


@pytest.mark.parametrize(
    ("index", "words"),
    [("{series: AKI}", "index AKI"), ("{series: AKI, compound: rounded}", "index AKI, avrundat")],
)
def test_a_whole_series_is_named(index: str, words: str) -> None:
    """A series that counts in full has no share."""
    text = economy("amount: 100", index=index, start="2025-01-01")
    lines = told(text.replace("2025", "2009") + "  base_year: 2008" + INVOICING + "}")

    assert f"({words}" in lines[0]


def test_a_number_has_a_decimal_comma() -> None:
    """Eleven digits at most, and none that say nothing."""
    assert [decimal(Fraction(*each)) for each in ((102, 100), (3, 1), (1, 3))] == [
        "1,02",
        "3",
        "0,33333333333",
    ]
