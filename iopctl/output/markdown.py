"""Tables as GitHub has them in Markdown, to paste into a text; no cell's text is markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.output.figures import heading, shown
from iopctl.output.terminal import printable
from iopctl.tables import FIGURES, Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.tables import Row, Table

# Emphasis, code, links, HTML, entities, formulas and cell borders anywhere; web addresses, which
# would become links; and what makes a heading or a list of a note that begins with it.
_MARKUP: Final = re.compile(
    r"[\\`*_\[\]<>|~&$] | (?<=:)/(?=/) | (?<=www)\. | ^[-+#]",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def render(table: Table) -> str:
    """Write *table* under a heading, figures to the right, sums in bold, its notes as a list."""
    lines = [
        f"## {escaped(heading(table))}",
        "",
        _line(escaped(column.spoken.label) for column in table.columns),
        _line("---:" if column.kind in FIGURES else "---" for column in table.columns),
        *(_line(_cells(table, row)) for row in table.rows),
    ]
    if table.notes:
        lines += ["", *(f"- {escaped(note)}" for note in table.notes)]
    return "\n".join(lines) + "\n"


def _cells(table: Table, row: Row) -> Iterable[str]:
    for cell, column in zip(row.cells, table.columns, strict=True):
        text = escaped(shown(cell, column.kind))
        yield f"**{text}**" if text and row.level is not Level.ROW else text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Return *text* on one line, with nothing in it that Markdown would take for markup."""
    marked = _MARKUP.sub(r"\\\g<0>", printable(text).strip())
    return _NUMBERED.sub(r"\1\\", marked)
