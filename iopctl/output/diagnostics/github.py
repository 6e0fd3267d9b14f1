"""Findings as commands to GitHub Actions, which shows them at the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Severity
from iopctl.output.terminal import printable

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(found: Findings) -> str:
    """Write a workflow command for each finding."""
    return "".join(f"{_command(each)}\n" for each in found.diagnostics)


def _command(each: Diagnostic) -> str:
    span = each.span
    place = {"file": each.file, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # else GitHub leaves the whole annotation out
        place |= {"col": span.column, "endColumn": max(span.column, span.end_column - 1)}
    values = place | {"title": f"{each.code} {each.name}"}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    return f"::{_COMMANDS[each.severity]} {properties}::{_data(each.advice)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
