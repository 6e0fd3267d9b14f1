"""Findings as a Code Quality report, which GitLab shows in a merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Severity, fingerprints
from iopctl.output.json_ import written

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings

_SEVERITIES: Final = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.NOTE: "info",
}


def render(found: Findings) -> str:
    """Write a list with an object for each finding."""
    marks = fingerprints(found.diagnostics)
    return written(
        [
            {
                "description": f"{each.code} {each.advice}",
                "check_name": each.name,
                "fingerprint": mark,
                "severity": _SEVERITIES[each.severity],
                "location": {
                    "path": each.file,
                    "lines": {"begin": each.span.line, "end": each.span.end_line},
                },
            }
            for each, mark in zip(found.diagnostics, marks, strict=True)
        ]
    )
