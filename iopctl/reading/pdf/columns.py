"""Rows outside of tables as running text: columns, headings, items and rows of parts."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from iopctl.reading.characters import BULLET, one_line
from iopctl.reading.lines import FULL, DocumentLine
from iopctl.reading.pdf.words import said, segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.pdf.words import WordRow

_LARGER: Final = 1.08
_LONGEST_HEADING: Final = 100
_FEWEST_IN_COLUMN: Final = 8
_WORDS_OF_PROSE: Final = 3
_INDENT: Final = 5
_LEAST_ROOM: Final = 8


def flowing(rows: Sequence[WordRow], size: float, page: int) -> Iterator[DocumentLine]:
    """Yield the lines of rows outside of tables; where there are two columns, one by one."""
    above, inner, below = _framed(rows, size)
    gutter = _gutter(inner)
    yield from _column(above, size, page)
    if gutter is None:
        yield from _column(inner, size, page)
    else:
        yield from _two_columns(inner, gutter, size, page)
    yield from _column(below, size, page)


def _framed(
    rows: Sequence[WordRow], size: float
) -> tuple[list[WordRow], list[WordRow], list[WordRow]]:
    """Return the first row, those between, and the last, where room sets them apart."""
    inner = list(rows)
    above: list[WordRow] = []
    below: list[WordRow] = []
    if len(inner) > 2 and inner[0][0].base - inner[1][0].base > 2 * size:
        above.append(inner.pop(0))
    if len(inner) > 2 and inner[-2][0].base - inner[-1][0].base > 2 * size:
        below.append(inner.pop())
    return above, inner, below


def _two_columns(
    rows: Sequence[WordRow], gutter: float, size: float, page: int
) -> Iterator[DocumentLine]:
    columns: tuple[list[WordRow], list[WordRow]] = ([], [])
    for row in rows:
        sides = _halves(row, gutter)
        if sides is None:
            for column in columns:
                yield from _column(column, size, page)
                column.clear()
            yield from _column([row], size, page)
        else:
            for column, side in zip(columns, sides, strict=True):
                column.extend([side] if side else [])
    for column in columns:
        yield from _column(column, size, page)


def _gutter(rows: Sequence[WordRow]) -> float | None:
    """Return where the room between two columns of prose is; None if there is one column.

    The right one begins where most words of the middle begin, and hardly a row crosses that.
    """
    if not rows:
        return None
    first, last = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    low, high = first + 0.35 * (last - first), first + 0.65 * (last - first)
    starts = Counter(round(word.left) for row in rows for word in row if low < word.left < high)
    near = {place: sum(starts[place + step] for step in (-1, 0, 1)) for place in starts}
    gutter = max(near, key=lambda place: (near[place], -place), default=0) - 2.0
    halves = [half for row in rows if (half := _halves(row, gutter))]
    sides = [[half[side] for half in halves if half[side]] for side in (0, 1)]
    many = max(_FEWEST_IN_COLUMN, 0.25 * len(rows))
    if min(map(len, sides)) < many or len(halves) < 0.8 * len(rows):
        return None
    prose = min(median(map(len, side)) for side in sides)
    return gutter if prose >= _WORDS_OF_PROSE else None


def _halves(row: WordRow, gutter: float) -> tuple[WordRow, WordRow] | None:
    """Return the words left and right of the room; None for a row that runs across it."""
    crosses = any(word.left < gutter < word.right for word in row)
    left = [word for word in row if word.right <= gutter]
    right = [word for word in row if word.left >= gutter]
    far = not left or not right or right[0].left - left[-1].right >= _LEAST_ROOM
    starts = not right or right[0].left < gutter + _INDENT
    return (left, right) if not crosses and (far or starts) else None


def _column(rows: Sequence[WordRow], size: float, page: int) -> Iterator[DocumentLine]:
    if not rows:
        return
    right = sorted(row[-1].right for row in rows)[int(len(rows) * 0.9)]
    left = min(row[0].left for row in rows)
    steps = [above[0].base - below[0].base for above, below in pairwise(rows)]
    usual = median(step for step in steps if step > 0) if any(s > 0 for s in steps) else size
    previous: WordRow | None = None
    for row in rows:
        step = previous[0].base - row[0].base if previous else 3 * size
        apart = not 0 <= step <= 1.25 * usual + 1
        full = row[-1].right - left >= FULL * (right - left)
        yield _line(row, size, page, apart=apart, full=full)
        previous = row


def _line(row: WordRow, size: float, page: int, *, apart: bool, full: bool) -> DocumentLine:
    text = said(row)
    parts = segments(row, size)
    high = median(word.height for word in row)
    stands_out = all(word.bold for word in row) or high > _LARGER * size
    bullet = BULLET.match(f"{text} ")
    if bullet and len(text) > 1:
        return DocumentLine(one_line(BULLET.sub("", text)), page, "item", (), apart, full)
    if len(parts) > 1:
        return DocumentLine(text, page, "row", tuple(map(said, parts)), apart, full)
    if stands_out and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",")):
        return DocumentLine(text, page, "heading", (), apart, full)
    return DocumentLine(text, page, "text", (), apart, full)
