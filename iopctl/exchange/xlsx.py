"""Tables as an Excel workbook: figures that add up, dates that sort, texts that nothing runs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.errors import MissingExtra
from iopctl.money import kronor
from iopctl.tables import Amount, Kind, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iopctl.tables import Cell, Column, Table

# The grouping and the decimal comma are the reader's own in Excel, and Swedish in LibreOffice.
_SWEDISH: Final = "[$-41D]"
_PERCENT: Final = f"{_SWEDISH}0.0 %"
_DATE: Final = "yyyy-mm-dd"
# A spreadsheet takes the full-width signs for the others.
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]")
_MOST_DIGITS: Final = 15  # what Excel keeps of a number
_MOST_CHARACTERS: Final = 32_767  # and of a text
_MOST_WIDTH: Final = 60
_BUTTON: Final = 4  # the width of a filter's, in a header cell
_A4: Final = 9


def workbook(tables: Iterable[Table], as_of: date) -> bytes:
    """Return a workbook with a sheet for each table; the same tables give the same bytes.

    A total stands as a formula, with its value. What is unknown is a text, which no formula adds
    up, and so is a figure with more digits than Excel keeps.

    Raises:
        MissingExtra: the library XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("export", "an XLSX file") from None
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime.combine(as_of, time(), UTC)})
    style = cache(lambda **wanted: book.add_format(wanted))
    for table in tables:
        _Sheet(book.add_worksheet(table.name), style).fill(table)
    book.close()
    return file.getvalue()


class _Sheet(NamedTuple):
    """A sheet of the workbook, and what gives a format by its properties."""

    sheet: Any
    style: Callable[..., Any]

    def fill(self, table: Table) -> None:
        """Write the header, the rows and, after an empty line, the notes."""
        for number, column in enumerate(table.columns):
            self.sheet.set_column(number, number, _width(table, number))
            self._write_text(0, number, _label(column), bold=True, bottom=1)
        for line, row in enumerate(table.rows, 1):
            for number, cell in enumerate(row.cells):
                self._write(line, number, cell, table.columns[number].kind, row.level)
        for line, note in enumerate(table.notes, len(table.rows) + 2):
            self._write_text(line, 0, note)
        single = sum(row.level is Level.ROW for row in table.rows)
        self.sheet.autofilter(0, 0, single, len(table.columns) - 1)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)

    def _write(self, line: int, number: int, cell: Cell, kind: Kind, level: Level) -> None:
        bold = {} if level is Level.ROW else {"bold": True}
        match cell:
            case None | "":
                return
            case Amount(unknown=False) if level is Level.TOTAL and _fits(cell.known):
                self._write_sum(line, number, cell)
            case Amount(complete=True) if _fits(cell.known):
                shown = self.style(num_format=_kronor(cell), **bold)
                self.sheet.write_number(line, number, cell.known, shown)
            case Decimal() if kind is Kind.PERCENT:
                shown = self.style(num_format=_PERCENT, **bold)
                self.sheet.write_number(line, number, cell.scaleb(-2), shown)
            case Decimal() | int() if _fits(cell):
                self.sheet.write_number(line, number, cell, self.style(**bold))
            case date():
                shown = self.style(num_format=_DATE, align="left", **bold)
                self.sheet.write_datetime(line, number, cell, shown)
            case _:
                self._write_text(line, number, _spelled(cell), **bold)

    def _write_sum(self, line: int, number: int, cell: Amount) -> None:
        from xlsxwriter.utility import xl_range

        formula = f"=SUM({xl_range(1, number, line - 1, number)})"
        shown = self.style(num_format=_kronor(cell), bold=True)
        self.sheet.write_formula(line, number, formula, shown, cell.known)

    def _write_text(self, line: int, number: int, text: str, **wanted: Any) -> None:  # noqa: ANN401 - whatever a format has
        if _FORMULA.match(text):
            wanted["quote_prefix"] = True  # or it becomes one when its cell is edited
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[: _MOST_CHARACTERS - 1]}…"
        self.sheet.write_string(line, number, text, self.style(**wanted))


def _fits(number: Decimal | int) -> bool:
    return len(Decimal(number).normalize().as_tuple().digits) <= _MOST_DIGITS


def _kronor(amount: Amount) -> str:
    """Return an amount's number format: with öre where it has any, with ≥ where it is not whole."""
    least = "" if amount.complete else '"≥ "'
    ore = "" if amount.known == amount.known.to_integral_value() else ".00"
    return f"{_SWEDISH}{least}#,##0{ore}"


def _label(column: Column) -> str:
    return f"{column.title} ({column.group})" if column.group else column.title


def _width(table: Table, number: int) -> int:
    cells = (len(_spelled(row.cells[number])) for row in table.rows)
    header = len(_label(table.columns[number])) + _BUTTON
    return min(max(header, *cells, 0) + 1, _MOST_WIDTH)


def _spelled(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Amount(unknown=True):
            return "unknown"
        case Amount():
            return ("" if cell.complete else "≥ ") + kronor(cell.known)
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)
