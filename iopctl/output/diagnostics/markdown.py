"""Findings as Markdown, for the summary of a CI job or a comment: a table for each file."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.output.diagnostics.summary import summary
from iopctl.output.markdown import escaped

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings


def render(found: Findings) -> str:
    """Write a heading that counts the findings, and under it a table for each file."""
    lines = [f"## iopctl check: {escaped(summary(found))}"]
    for file, diagnostics in groupby(found.diagnostics, key=lambda each: each.file):
        lines += ["", f"### {escaped(file)}", "", tr("| Line | | Rule | Finding |")]
        lines += ["| ---: | --- | --- | --- |", *map(_row, diagnostics)]
    return "\n".join(lines) + "\n"


def _row(each: Diagnostic) -> str:
    rule = f"{each.code} {each.name}"
    return f"| {each.span.line} | {tr(each.severity)} | {rule} | {escaped(each.advice)} |"
