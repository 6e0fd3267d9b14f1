"""Tables as CSV, for spreadsheets: figures that they add up, and texts that they don't run."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl.money import plain
from iopctl.output.figures import exact
from iopctl.output.formulas import is_formula
from iopctl.output.terminal import printable
from iopctl.tables import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.tables import Cell, Kind, Table


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one kind of reader expects between fields, in figures, and first in the file."""

    delimiter: str
    point: str
    start: str


DIALECTS: Final = {
    # Excel under Swedish regional settings, which takes a file for UTF-8 by its byte order mark.
    "csv": Dialect(delimiter=";", point=",", start="\ufeff"),
    "csv-rfc4180": Dialect(delimiter=",", point=".", start=""),
}


def render(tables: Sequence[Table], dialect: Dialect) -> str:
    """Write *tables*, with an empty line between two.

    Every field is quoted, and the first column, `level`, tells rows from sums and notes. A sum
    with an unknown part is a text, `≥120000` or `unknown`, so that no spreadsheet adds it up.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=dialect.delimiter, quoting=csv.QUOTE_ALL)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        writer.writerows(_records(table, dialect.point))
    return dialect.start + file.getvalue()


def _records(table: Table, point: str) -> Iterator[list[str]]:
    yield ["level", *(_text(column.label) for column in table.columns)]
    for row in table.rows:
        cells = zip(row.cells, table.columns, strict=True)
        yield [row.level, *(_field(cell, column.kind, point) for cell, column in cells)]
    for note in table.notes:
        yield ["note", _text(note), *[""] * (len(table.columns) - 1)]


def _field(cell: Cell, kind: Kind, point: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _text(cell)
        case Amount(unknown=True):
            return "unknown"
        case Amount():
            return ("" if cell.complete else "≥") + plain(cell.known).replace(".", point)
        case Decimal():
            return exact(cell, kind).replace(".", point)
        case _:
            return str(cell)


def _text(text: str) -> str:
    """Return *text* on one line, marked as text where a spreadsheet would see a formula."""
    line = printable(text)
    return f"'{line}" if is_formula(line) else line
