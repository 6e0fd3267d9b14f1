"""Findings as one JSON document, for programs: with the values that messages are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from iopctl.check.diagnostics import Severity, fingerprints
from iopctl.money import plain
from iopctl.output.json_ import document

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings
    from iopctl.source import Span
    from iopctl.source.places import Edit


def render(found: Findings) -> str:
    """Write an object with its schema, date, number of files, counts and findings."""
    counts = {f"{each}s": found.count(each) for each in Severity}
    contents = {"files": len(found.files), "counts": counts, "findings": objects(found)}
    return document("check", found.as_of, contents)


def objects(found: Findings) -> list[dict[str, Any]]:
    """Return each finding as an object of JSON; lines and columns count from 1.

    Kronor in `values` are strings with a decimal point, dates are in ISO form. `fix` is the
    accepted spelling of what stands at `path`; `reason` is why the parties stand by a deviation.
    """
    marks = fingerprints(found.diagnostics)
    return [_object(each, mark) for each, mark in zip(found.diagnostics, marks, strict=True)]


def _object(each: Diagnostic, fingerprint: str) -> dict[str, Any]:
    finding = each.finding
    return {
        "file": each.file,
        **_place(each.span),
        "code": each.code,
        "name": each.name,
        "severity": each.severity,
        "message": each.message,
        "remedy": finding.remedy,
        "reason": each.reason or None,
        "path": finding.path,
        "values": {key: _value(value) for key, value in finding.values.items()},
        "related": [{**_place(span), "label": label} for span, label in each.related],
        "fix": finding.fix and _fix(finding.fix),
        "fingerprint": fingerprint,
    }


def _fix(fix: Edit) -> dict[str, Any]:
    of_key = {"of_key": True} if fix.of_key else {}
    return {"path": fix.path, "text": fix.text, **of_key}


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _value(value: object) -> Any:  # noqa: ANN401 - whatever JSON can be
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_value(each) for each in value]
        case bool() | int() | None:
            return value
        case _:
            return str(value)
