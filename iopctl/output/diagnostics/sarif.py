"""Findings as SARIF 2.1.0, which GitHub code scanning and many editors read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from iopctl import __version__
from iopctl.check.diagnostics import Severity, fingerprints
from iopctl.check.rules import ALL
from iopctl.check.rules.page import page
from iopctl.language import tr
from iopctl.output.json_ import written

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Rule
    from iopctl.output.diagnostics import Findings
    from iopctl.source import Span

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def render(found: Findings) -> str:
    """Write a log of one run, with the manual pages of the rules that found something."""
    codes = {each.code for each in found.diagnostics}
    rules = [rule for rule in ALL if rule.code in codes]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    marks = fingerprints(found.diagnostics)
    run = {
        "tool": {
            "driver": {"name": "iopctl", "version": __version__, "rules": list(map(_rule, rules))}
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {"ruleIndex": numbers[each.code], **_result(each, mark)}
            for each, mark in zip(found.diagnostics, marks, strict=True)
        ],
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    told = page(rule.doc)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": " ".join((told.summary, *told.prose))},
        "help": {"text": "\n\n".join((*told.prose, tr("Source: {source}", source=told.source)))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(each: Diagnostic, fingerprint: str) -> dict[str, Any]:
    excepted = {"kind": "inSource", "justification": each.reason}
    related = [
        {**_location(each.file, span), "message": {"text": label}} for span, label in each.related
    ]
    return {
        "ruleId": each.code,
        "level": _LEVELS[each.severity],
        "message": {"text": each.advice},
        "locations": [_location(each.file, each.span)],
        "partialFingerprints": {"iopctl/1": fingerprint},
        **({"relatedLocations": related} if related else {}),
        **({"suppressions": [excepted]} if each.reason else {}),
    }


def _location(file: str, span: Span) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(file)},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }


def _uri(file: str) -> str:
    """Return a file's name as a URI, relative to the folder of work where it is below."""
    written_so = quote(file, errors="surrogateescape")
    return f"file://{written_so}" if file.startswith("/") else written_so
