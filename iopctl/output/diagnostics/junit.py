"""Findings as JUnit's XML, which most CI services show as tests: a suite for each file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from iopctl.check.diagnostics import Severity
from iopctl.language import tr
from iopctl.output.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(found: Findings) -> str:
    """Write a case for each finding: an error has failed, all else has passed and left a text.

    A file in which nothing was found has one case that says so.
    """
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in found.files}
    for each in found.diagnostics:
        by_file.setdefault(each.file, []).append(each)
    root = ET.Element("testsuites", name="iopctl check")
    for file, diagnostics in by_file.items():
        _add_suite(root, printable(file), diagnostics)
    _count(root)
    ET.indent(root)
    return f"{_DECLARATION}{ET.tostring(root, 'unicode')}\n"


def _add_suite(root: ET.Element, file: str, diagnostics: Iterable[Diagnostic]) -> None:
    suite = ET.SubElement(root, "testsuite", name=file)
    for each in diagnostics:
        name = tr(
            "{rule}, line {line}, column {column}",
            rule=f"{each.code} {each.name}",
            line=each.span.line,
            column=each.span.column,
        )
        case = ET.SubElement(suite, "testcase", name=name, classname=file)
        if each.severity is Severity.ERROR:
            ET.SubElement(case, "failure", type=each.name, message=printable(each.advice))
        else:
            ET.SubElement(case, "system-out").text = printable(
                f"{tr(each.severity)}: {each.advice}"
            )
    if not len(suite):
        ET.SubElement(suite, "testcase", name=tr("nothing found"), classname=file)
    _count(suite)


def _count(parent: ET.Element) -> None:
    parent.set("tests", str(len(list(parent.iter("testcase")))))
    parent.set("failures", str(len(list(parent.iter("failure")))))
