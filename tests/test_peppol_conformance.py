"""Every golden invoice passes UBL's schema and the official rules, which can fail each of them.

A warning counts as a failure, since rules that warned in one release have failed in the next.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iopctl.countries import codes
from iopctl.model.schemes import SCHEMES
from tests.official_rules import findings, stylesheet

GOLDEN = sorted((Path(__file__).parent / "golden" / "peppol").glob("*.xml"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_invoice_breaks_no_rule(path: Path) -> None:
    """The schema, CEN's rules and Peppol's have nothing to say, not even a warning."""
    assert findings(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<cbc:IssueDate>", "<cbc:IssueTime>08:00:00</cbc:IssueTime>\n  <cbc:IssueDate>", "XSD"),
        ("<cbc:ID>O</cbc:ID>", "<cbc:ID>O</cbc:ID>\n<cbc:Percent>25</cbc:Percent>", "BR-O-05"),
        (">1744200.00</cbc:PayableAmount>", ">1744200.01</cbc:PayableAmount>", "BR-CO-16"),
        ("<cbc:BuyerReference>150Z</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
        (">7332776000001</cbc:ID>", ">7332776000002</cbc:ID>", "PEPPOL-COMMON-R040"),
        ("<cbc:ID>9912346</cbc:ID>", "<cbc:ID>991-2346</cbc:ID>", "SE-R-008"),
    ],
)
def test_each_layer_bites(old: str, new: str, rule: str) -> None:
    """A document that breaks a rule of the schema, of CEN, of Peppol or of Sweden is caught."""
    text = next(path for path in GOLDEN if path.stem == "whole-year").read_text(encoding="utf-8")
    mutant = text.replace(old, new)

    assert mutant != text
    assert {each.partition(":")[0] for each in findings(mutant)} >= {rule}


# Release 3.0.21 of May 2026 has other schemes than 3.0.16, which is what PyPI has.
GONE = frozenset(("0037", "0193", "0202", "0212", "0213", "0215", "9901"))
NEW = frozenset(("0225", "0235", "0240", "0242", "0244", "0245", "0246", "0248"))


def test_schemes_of_peppol_ids_are_those_of_the_rules() -> None:
    """The list is that of the newest rules; of the older ones, it is known what has changed."""
    rules = stylesheet("PEPPOL").read_text("utf-8")
    listed = re.search(r"name=\"eaid\"\s+select=\"tokenize\('([0-9 ]+)'", rules)

    assert listed
    found = set(listed[1].split())
    assert (found - SCHEMES, set(SCHEMES) - found) in ((set(), set()), (GONE, NEW))


def test_countries_are_those_of_the_rules() -> None:
    """Babel's, less what is none, are the very codes that the rules of CEN have."""
    rules = stylesheet("CEN").read_text("utf-8")
    listed = re.search(r"contains\(' (1A [A-Z ]+) '", rules)

    assert listed
    assert set(listed[1].split()) == codes()
