"""Tables as an Excel workbook: figures that add up, dates that sort, texts that nothing runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.installation import MissingExtra
from iopctl.language import tr
from iopctl.money import NBSP, decimal, kronor, total
from iopctl.output.formulas import is_formula
from iopctl.tables import FIGURES, Amount, Kind, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.tables import Cell, Column, Row, Table

# The grouping and the decimal comma are the reader's own in Excel, and Swedish in LibreOffice.
_SWEDISH: Final = "[$-41D]"
_PERCENT: Final = f"{_SWEDISH}0.0 %"
_MEASURE: Final = f"{_SWEDISH}#,##0"
_DATE: Final = "yyyy-mm-dd"
_FIGURE: Final[dict[str, Any]] = {"align": "right", "indent": 1}  # apart from the text after it
_HEADER: Final[dict[str, Any]] = {
    "bold": True,
    "bottom": 1,
    "bg_color": "#E8ECF0",
    "text_wrap": True,
    "valign": "bottom",
}
_MOST_DIGITS: Final = 15  # what Excel keeps of a number
_MOST_CHARACTERS: Final = 32_767  # and of a text
_MOST_WIDTH: Final = 60
_BUTTON: Final = 3  # the width of a filter's, in a header cell
_A4: Final = 9
_ROOM: Final = 2  # for bold type and what keeps columns apart
_LINE: Final = 15  # points, as are those a row can have
_MOST_HEIGHT: Final = 409
_A_PAGE: Final = 230  # characters across that can still be read


WatchedSteps = Callable[[list[Callable[[], Any]]], Iterable[Callable[[], Any]]]


def workbook(tables: Iterable[Table], as_of: date, watched: WatchedSteps = iter) -> bytes:
    """Return a workbook with a case for each table; the same tables give the same bytes.

    A total that is the sum of the rows above it stands as a formula of those that the filter
    shows, with its value. What is unknown is a text, which no formula adds up, and so is a figure
    with more digits than Excel keeps; what is known of a sum is a number, shown with ≥. *watched*
    gives the steps one after the other, and so can tell how far the work has come.

    Raises:
        MissingExtra: the library XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        raise MissingExtra("export", "an XLSX file") from None
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime.combine(as_of, time(), UTC)})
    style = cache(lambda **wanted: book.add_format({"valign": "top"} | wanted))
    steps: list[Callable[[], Any]] = []
    for table in tables:
        steps += _Sheet(book.add_worksheet(tr(table.name)), style).steps(table)
    for step in watched([*steps, book.close]):
        step()
    return file.getvalue()


class _Sheet(NamedTuple):
    """A case of the workbook, and what gives a format by its properties."""

    case: Any
    style: Callable[..., Any]

    def steps(self, table: Table) -> Iterator[Callable[[], Any]]:
        """Yield what writes the header, each row and, after an empty line, the notes."""
        widths = [_width(table, number) for number in range(len(table.columns))]
        yield partial(self._write_header, [each.spoken for each in table.columns], widths)
        summed = _summed(table)
        for line, row in enumerate(table.rows, 1):
            yield partial(self._write_row, line, row, table.columns, widths, summed)
        for line, note in enumerate(table.notes, len(table.rows) + 2):
            yield partial(self.case.write_string, line, 0, note)
        single = sum(row.level is Level.ROW for row in table.rows)
        yield partial(self.case.autofilter, 0, 0, single, len(table.columns) - 1)
        yield partial(self._set_up_pages, table, sum(widths))

    def _write_header(self, columns: Sequence[Column], widths: Sequence[int]) -> None:
        self._set_height(0, [column.label for column in columns], widths)
        for number, column in enumerate(columns):
            self.case.set_column(number, number, widths[number])
            aligned = _FIGURE if column.kind in FIGURES else {}
            self._write_text(0, number, column.label, **_HEADER, **aligned)
        self.case.freeze_panes(1, 1)

    def _write_row(
        self,
        line: int,
        row: Row,
        columns: Sequence[Column],
        widths: Sequence[int],
        summed: frozenset[int],
    ) -> None:
        self._set_height(line, row.cells, widths)
        for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            if row.level is Level.TOTAL and number in summed and isinstance(cell, Amount):
                self._write_sum(line, number, cell)
            else:
                self._write(line, number, cell, column.kind, row.level)

    def _set_height(self, line: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
        """Make room for texts of several lines, which not every program does by itself."""
        lines = max(map(_lines, cells, widths))
        if lines > 1:
            self.case.set_row(line, min(lines * _LINE, _MOST_HEIGHT))

    def _set_up_pages(self, table: Table, across: int) -> None:
        """Print the case across as few pages as can be read, each with its header and names."""
        self.case.repeat_rows(0)
        self.case.repeat_columns(0)
        self.case.set_landscape()
        self.case.set_paper(_A4)
        self.case.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.case.fit_to_pages(ceil(across / _A_PAGE), 0)
        self.case.set_header(f"&L{tr(table.title)}&R{table.as_of}", {"margin": 0.3})
        self.case.set_footer("&L&A&R&P (&N)", {"margin": 0.3})

    def _write(self, line: int, number: int, cell: Cell, kind: Kind, level: Level) -> None:
        bold = {} if level is Level.ROW else {"bold": True, "top": 1}
        figure = _FIGURE | bold
        match cell:
            case None | "" if bold:
                self.case.write_blank(line, number, None, self.style(**bold))
            case None | "":
                return
            case Amount(unknown=False) if _fits(cell.known):
                shown = self.style(num_format=_kronor(cell), **figure)
                self.case.write_number(line, number, cell.known, shown)
            case Decimal() if kind is Kind.PERCENT:
                shown = self.style(num_format=_PERCENT, **figure)
                self.case.write_number(line, number, cell.scaleb(-2), shown)
            case Decimal() if _fits(cell) and cell == cell.to_integral_value():
                shown = self.style(num_format=_MEASURE, **figure)
                self.case.write_number(line, number, cell, shown)
            case Decimal() | int() if _fits(cell):
                self.case.write_number(line, number, cell, self.style(**figure))
            case date():
                shown = self.style(num_format=_DATE, align="left", **bold)
                self.case.write_datetime(line, number, cell, shown)
            case str():
                text = tr(cell) if kind is Kind.STATE else cell
                self._write_text(line, number, text, text_wrap=True, **bold)
            case _:
                self._write_text(line, number, _spelled(cell, kind), **figure)

    def _write_sum(self, line: int, number: int, cell: Amount) -> None:
        from xlsxwriter.utility import xl_range

        formula = f"=SUBTOTAL(9,{xl_range(1, number, line - 1, number)})"
        shown = self.style(num_format=_kronor(cell), bold=True, top=1, **_FIGURE)
        self.case.write_formula(line, number, formula, shown, cell.known)

    def _write_text(self, line: int, number: int, text: str, **wanted: Any) -> None:  # noqa: ANN401 - whatever a format has
        if is_formula(text):
            wanted["quote_prefix"] = True  # or it becomes one when its cell is edited
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[: _MOST_CHARACTERS - 1]}…"
        self.case.write_string(line, number, text, self.style(**wanted))


def _summed(table: Table) -> frozenset[int]:
    """Return the columns whose totals a formula gives: the sums of numbers above them."""
    rows = [row.cells for row in table.rows if row.level is not Level.TOTAL]
    totals = [row.cells for row in table.rows if row.level is Level.TOTAL]
    found = set()
    for cells in totals:
        for number, cell in enumerate(cells):
            if isinstance(cell, Amount) and not cell.unknown:
                above = [each[number] for each in rows]
                known = [each.known for each in above if isinstance(each, Amount)]
                if total(known) == cell.known and all(map(_fits, (*known, cell.known))):
                    found.add(number)
    return frozenset(found)


def _fits(number: Decimal | int) -> bool:
    return len(Decimal(number).normalize().as_tuple().digits) <= _MOST_DIGITS


def _kronor(amount: Amount) -> str:
    """Return an amount's number format: with öre where it has any, with ≥ where it is not whole."""
    least = "" if amount.complete else '"≥ "'
    ore = "" if amount.known == amount.known.to_integral_value() else ".00"
    return f"{_SWEDISH}{least}#,##0{ore}"


def _width(table: Table, number: int) -> int:
    """Return the width that shows each figure whole, and a text in lines: in characters."""
    column = table.columns[number].spoken
    header = max(map(len, column.label.split()), default=0) + _BUTTON
    cells = (len(_spelled(row.cells[number], column.kind)) for row in table.rows)
    return min(max(header, *cells, 0) + _ROOM, _MOST_WIDTH)


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str) or (len(cell) <= width and "\n" not in cell):
        return 1
    return sum(max(1, len(wrap(part, width))) for part in cell.splitlines())


def _spelled(cell: Cell, kind: Kind) -> str:
    match cell:
        case None:
            return ""
        case Amount(unknown=True):
            return tr("unknown")
        case Amount():
            return ("" if cell.complete else "≥ ") + kronor(cell.known)
        case Decimal() if kind is Kind.PERCENT:
            return f"{decimal(round(cell, 1))} %"
        case Decimal():
            return decimal(cell).replace(NBSP, "")
        case _:
            return str(cell)
