"""Tables for a terminal or a pipe: aligned columns, or cards where the screen is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.language import tr
from iopctl.output.figures import TextRow, heading, shown
from iopctl.output.layout import Arrangement, laid_out
from iopctl.output.measure import wrapped
from iopctl.output.terminal import PIPE, Screen, bold, encodable, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.tables import Column, Row, Table

_NOTHING: Final = Arrangement([], [])


def render(table: Table, screen: Screen = PIPE) -> str:
    """Write *table* with its heading above and its notes below.

    A table without rows is its notes alone, which say why. Words wrap to the width of the
    *screen*, and a pipe has no width. No figure or date is ever broken or left out, and no word
    but at its hyphens.
    """

    def text(value: str) -> str:
        return encodable(printable(value), screen.encoding)

    def text_column(column: Column) -> Column:
        return column._replace(title=text(column.title), group=text(column.group))

    def text_row(row: Row) -> TextRow:
        cells = zip(row.cells, table.columns, strict=True)
        return TextRow(
            row.level, [text(shown(cell, column.kind)) for cell, column in cells], row.tone
        )

    columns = [text_column(column.spoken) for column in table.columns]
    rows = [text_row(row) for row in table.rows]
    layout = laid_out(columns, rows, screen) if rows else _NOTHING
    title = wrapped(text(heading(table)), screen.width)
    lines = [*(bold(line, screen) for line in title), "", *layout.lines]
    notes = [*table.notes, *_left_out(layout.left_out)]
    if notes and layout.lines:
        lines.append("")
    if not rows and not notes:  # a word, so that nobody waits for it
        notes.append(tr("nothing to show"))
    for note in notes:
        lines += wrapped(text(note), screen.width)
    return "\n".join(lines) + "\n"


def _left_out(titles: Sequence[str]) -> Iterator[str]:
    if titles:
        names = ", ".join(titles)
        yield tr("for want of room left out: {names}; a wider window has it", names=names)
