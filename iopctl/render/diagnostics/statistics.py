"""How often each rule was broken, as a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from iopctl.tables import Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from iopctl.render.diagnostics import Findings


def table(found: Findings) -> Table:
    """Return the rules that found something, the most frequent first."""
    counts = Counter((each.code, each.name, each.severity) for each in found.diagnostics)
    rows = [Row((*rule, count)) for rule, count in counts.most_common()]
    return Table(
        name="check-statistics",
        title="Findings by rule",
        as_of=found.as_of,
        columns=(
            Column("code", "code"),
            Column("name", "rule"),
            Column("severity", "severity", Kind.STATE),
            Column("findings", "findings", Kind.NUMBER),
        ),
        rows=(*rows, Row(("total", "", "", len(found.diagnostics)), Level.TOTAL)),
    )
