"""Bars under a table, on a terminal that has room for them; a pipe has the figures alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import tr
from iopctl.money import HUNDRED
from iopctl.output.figures import shown
from iopctl.output.measure import padded, width
from iopctl.output.terminal import UNLIMITED, encodable, printable
from iopctl.output.timeline import ASCII, BLOCKS, has
from iopctl.tables import Amount, Kind, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.config import Benchmark
    from iopctl.output.terminal import Screen
    from iopctl.output.timeline import Glyphs
    from iopctl.tables import Cell, Column, Table

LEAST_CELLS: Final = 20
MOST_CELLS: Final = 50
YEARLESS: Final = frozenset({"period", "years-unknown"})  # the columns of what is in no year
_GAP: Final = "  "


class _Line(NamedTuple):
    """A row's name and figure, between which its bar goes, and the bar's measure."""

    name: str
    figure: str
    measure: Decimal
    is_option: bool = False


def of_budget(table: Table, screen: Screen) -> str:
    """Draw what each year costs in all, against the dearest; option years are lighter."""
    total = next((row for row in reversed(table.rows) if row.level is Level.TOTAL), None)
    cells = zip(table.columns, total.cells, strict=True) if total else ()
    lines = [
        _Line(
            name=column.title,
            figure=_figure(cell, column, screen),
            measure=cell.known if isinstance(cell, Amount) else Decimal(0),
            is_option=bool(column.group),
        )
        for column, cell in cells
        if column.kind is Kind.KRONOR and column.key not in YEARLESS
    ]
    most = max((line.measure for line in lines), default=Decimal(0))
    room = _room(lines, screen)
    if not room or not most or len(lines) == 1:  # one bar tells nothing
        return ""
    glyphs = _glyphs(screen)
    drawn = []
    for line in lines:
        glyph = glyphs.option if line.is_option else glyphs.agreed
        drawn.append(glyph * (_cells(line.measure, most, room) or bool(line.measure)))
    grouped = (each.group for each in table.columns if each.group and each.key not in YEARLESS)
    group = next(grouped, "")
    legend = f"{glyphs.option} {group}" if group else ""
    return _lines(lines, drawn, room, legend)


def of_split(table: Table, benchmark: Benchmark, screen: Screen) -> str:
    """Mark each share that is known between 0 and 100 %, on the band of the benchmark."""
    place = next(place for place, column in enumerate(table.columns) if column.key == "share")
    lines = [
        _Line(str(row.cells[0]), _figure(percent, table.columns[place], screen), percent)
        for row in table.rows
        if isinstance(percent := row.cells[place], Decimal)
    ]
    room = _room(lines, screen)
    if not room:
        return ""
    glyphs = _glyphs(screen)
    low, high = (_cells(bound, HUNDRED, room - 1) for bound in (benchmark.low, benchmark.high))
    band = [glyphs.option if low <= cell <= high else " " for cell in range(room)]
    drawn = []
    for line in lines:
        at = _cells(line.measure, HUNDRED, room - 1)
        if line.measure < benchmark.low:  # however near, it is not drawn on the band
            at = max(min(at, low - 1), 0)
        elif line.measure > benchmark.high:
            at = min(max(at, high + 1), room - 1)
        drawn.append("".join([*band[:at], glyphs.agreed, *band[at + 1 :]]))
    return _lines(
        lines, drawn, room, tr("{sign} the benchmark, from 0 to 100 %", sign=glyphs.option)
    )


def _figure(cell: Cell, column: Column, screen: Screen) -> str:
    return encodable(printable(shown(cell, column.kind)), screen.encoding)


def _room(lines: Sequence[_Line], screen: Screen) -> int:
    """Return how many cells a bar may have; 0 where that is too few to tell anything."""
    if screen.width == UNLIMITED or not lines:
        return 0
    taken = max(width(line.name) for line in lines) + max(width(line.figure) for line in lines)
    room = screen.width - taken - 2 * len(_GAP)
    return min(room, MOST_CELLS) if room >= LEAST_CELLS else 0


def _glyphs(screen: Screen) -> Glyphs:
    return BLOCKS if has(screen.encoding, "".join(BLOCKS)) else ASCII


def _cells(measure: Decimal, most: Decimal, room: int) -> int:
    return int((measure * room / most).quantize(Decimal(1), ROUND_HALF_UP))


def _lines(lines: Sequence[_Line], drawn: Sequence[str], room: int, legend: str) -> str:
    """Return the lines with their bars, below an empty one."""
    names = max(width(line.name) for line in lines)
    figures = max(width(line.figure) for line in lines)
    told = [
        _GAP.join(
            (padded(line.name, names), padded(bar, room), padded(line.figure, figures, right=True))
        )
        for line, bar in zip(lines, drawn, strict=True)
    ]
    return "".join(
        f"{line.rstrip(' ')}\n" for line in ("", *told, *(("", legend) if legend else ()))
    )
