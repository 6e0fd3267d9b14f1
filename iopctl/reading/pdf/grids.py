"""Tables whose cells rulings part."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.reading.characters import one_line
from iopctl.reading.lines import DocumentLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

    from iopctl.reading.pdf.words import WordRow

_THIN: Final = 3  # points: a ruling, and no box


class Ruling(NamedTuple):
    """A line of a table, *at* a height or place, from its *start* to its *end*."""

    at: float
    start: float
    end: float


class Grid:
    """A table's rulings, and the rows of words that stand in it."""

    def __init__(self, across: Sequence[float], down: Sequence[float]) -> None:
        self.across = sorted(across)  # heights
        self.down = sorted(down)
        self.rows: list[WordRow] = []

    def holds(self, row: WordRow) -> bool:
        """Whether a row of words stands between its outermost rulings."""
        inside = self.across[0] < row[0].base < self.across[-1]
        return inside and self.down[0] - 5 < row[0].left and row[-1].right < self.down[-1] + 5

    def lines(self, page: int) -> Iterator[DocumentLine]:
        """Yield a line for each row of the table, its cells put together."""
        cells: dict[int, list[list[str]]] = {}
        columns = len(self.down) - 1
        for row in self.rows:
            for word in row:
                band = bisect_right(self.across, word.base)
                middle = (word.left + word.right) / 2
                column = min(max(bisect_right(self.down, middle) - 1, 0), columns - 1)
                cells.setdefault(-band, [[] for _ in range(columns)])[column].append(word.text)
        for band in sorted(cells):
            told = tuple(_unbroken(words) for words in cells[band])
            yield DocumentLine(one_line(" ".join(filter(None, told))), page, "row", told)


def _unbroken(words: Sequence[str]) -> str:
    return one_line(" ".join(words))


def grids_on(page: PdfPage) -> list[Grid]:
    """Return the tables whose rulings make at least two columns and two rows."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for left, bottom, right, top in _boxes(page):
        if top - bottom <= _THIN < right - left:
            across.append(Ruling((bottom + top) / 2, left, right))
        elif right - left <= _THIN < top - bottom:
            down.append(Ruling((left + right) / 2, bottom, top))
        elif right - left > _THIN and top - bottom > _THIN:
            across += [Ruling(bottom, left, right), Ruling(top, left, right)]
            down += [Ruling(left, bottom, top), Ruling(right, bottom, top)]
    return [grid for group in _touching(across) for grid in _grids_of(group, down)]


def _boxes(page: PdfPage) -> Iterator[tuple[float, float, float, float]]:
    from pypdfium2 import raw

    width, height = page.get_size()
    for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=2):
        left, bottom, right, top = each.get_bounds()
        if right - left < 0.97 * width or top - bottom < 0.9 * height:  # no ground of the page
            yield left, bottom, right, top


def _touching(across: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return groups of rulings of about the same reach, from the bottom."""
    groups: list[list[Ruling]] = []
    for each in sorted(across):
        near = (
            group
            for group in groups
            if min(group[-1].end, each.end) > max(group[-1].start, each.start)
        )
        group = next(near, None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return groups


def _grids_of(across: Sequence[Ruling], down: Sequence[Ruling]) -> Iterator[Grid]:
    """Yield a grid for each run of heights that rulings downwards hold together."""
    heights = _distinct(each.at for each in across)
    runs = [heights[:1]]
    for low, high in pairwise(heights):
        if not any(each.start < low + 2 and each.end > high - 2 for each in down):
            runs.append([])
        runs[-1].append(high)
    for run in runs:
        inside = [each for each in down if each.start < run[-1] - 2 and each.end > run[0] + 2]
        places = _distinct(each.at for each in inside)
        if len(run) >= 3 and len(places) >= 3:
            yield Grid(run, places)


def _distinct(values: Iterator[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 4:
            found.append(value)
    return found
