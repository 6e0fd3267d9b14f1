"""Findings on a line each, as editors and scripts read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.output.diagnostics.summary import MENDED
from iopctl.output.terminal import printable

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings


def render(found: Findings) -> str:
    """Write `path:line:column: CODE name: severity: message; remedy` for each finding."""
    return "".join(f"{_line(each)}\n" for each in found.diagnostics)


def _line(each: Diagnostic) -> str:
    place = f"{each.file}:{each.span.line}:{each.span.column}"
    severity = f"{tr(each.severity)} {MENDED}" if each.finding.fix else tr(each.severity)
    return printable(f"{place}: {each.code} {each.name}: {severity}: {each.advice}")
