"""How often each rule was broken, and in how many files, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.tables import Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings


def table(found: Findings) -> Table:
    """Return the rules that found something, the most frequent first."""
    files: dict[tuple[str, str, str], list[str]] = {}
    for each in found.diagnostics:
        files.setdefault((each.code, each.name, each.severity), []).append(each.file)
    ranked = sorted(files.items(), key=lambda told: -len(told[1]))
    rows = [Row((*rule, len(names), len(set(names)))) for rule, names in ranked]
    whole = (len(found.diagnostics), len({each.file for each in found.diagnostics}))
    return Table(
        name="check-statistics",
        title=tr("Findings by rule"),
        as_of=found.as_of,
        columns=(
            Column("code", "code"),
            Column("name", "rule"),
            Column("severity", "severity", Kind.STATE),
            Column("findings", "findings", Kind.NUMBER),
            Column("files", "files", Kind.NUMBER),
        ),
        rows=(*rows, Row((tr("total"), "", "", *whole), Level.TOTAL)),
    )
