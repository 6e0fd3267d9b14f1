"""Tables for a terminal or a pipe: aligned columns, or cards where the screen is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.output.cards import cards
from iopctl.output.figures import TextRow, heading, shown
from iopctl.output.grid import fitted, grid
from iopctl.output.measure import wrapped
from iopctl.output.terminal import PIPE, Screen, bold, encodable, printable

if TYPE_CHECKING:
    from iopctl.tables import Column, Row, Table


def render(table: Table, screen: Screen = PIPE) -> str:
    """Write *table* with its heading above and its notes below.

    Words wrap to the width of the *screen*, and a pipe has no width. No word, figure or date is
    ever broken or left out.
    """

    def text(value: str) -> str:
        return encodable(printable(value), screen.encoding)

    def text_column(column: Column) -> Column:
        return column._replace(title=text(column.title), group=text(column.group))

    def text_row(row: Row) -> TextRow:
        cells = zip(row.cells, table.columns, strict=True)
        return TextRow(row.level, [text(shown(cell, column.kind)) for cell, column in cells])

    columns = [text_column(column) for column in table.columns]
    rows = [text_row(row) for row in table.rows]
    widths = fitted(columns, rows, screen.width)
    body = grid(columns, rows, widths, screen) if widths else cards(columns, rows, screen)
    title = wrapped(text(heading(table)), screen.width)
    lines = [*(bold(line, screen) for line in title), "", *body]
    if table.notes:
        lines.append("")
    for note in table.notes:
        lines += wrapped(text(note), screen.width)
    return "\n".join(lines) + "\n"
