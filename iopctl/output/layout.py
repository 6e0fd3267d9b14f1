"""How a table is laid out on a screen: in one grid, in several below each other, or in cards."""

from __future__ import annotations

from functools import cache
from itertools import accumulate, pairwise, product, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.output.cards import cards
from iopctl.output.grid import fitted, grid
from iopctl.tables import FIGURES, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.output.figures import TextRow
    from iopctl.output.terminal import Screen
    from iopctl.tables import Column

FEWEST: Final = 2
"""Columns of figures beside the names: with fewer, cards are easier to read."""
MOST_PARTS: Final = 3
"""Grids below each other: likewise with more."""
UNEVEN: Final = 2
"""How far from their mean the figures of a part may be."""


class ColumnGroup(NamedTuple):
    """Some columns of a table, as wide as they are drawn."""

    places: Sequence[int]
    columns: Sequence[Column]
    rows: Sequence[TextRow]
    widths: list[int]


class Arrangement(NamedTuple):
    """The lines of a table, and the titles of filled columns that there is no room for."""

    lines: list[str]
    left_out: list[str]


def laid_out(columns: Sequence[Column], rows: Sequence[TextRow], screen: Screen) -> Arrangement:
    """Return the lines of a table.

    Where all columns have no room beside each other, those that are empty are left out; then
    words give way at their hyphens; then spare columns are left out; then the figures go on
    below, under the same names; and where even that has no room, each row is a card.
    """
    parts = _parts(columns, rows, screen.width)
    lines = [line for part in parts for line in ("", *_drawn(part, screen))][1:]
    shown = {each for part in parts for each in part.places}
    filled = _filled(columns, rows) if parts else []
    left_out = [columns[place].label for place in filled if place not in shown]
    return Arrangement(lines if parts else [*cards(columns, rows, screen)], left_out)


def _drawn(part: ColumnGroup, screen: Screen) -> Iterator[str]:
    return grid(part.columns, part.rows, part.widths, screen)


def _filled(columns: Sequence[Column], rows: Sequence[TextRow]) -> list[int]:
    """Return which columns have something in a row."""
    return [place for place in range(len(columns)) if any(row.texts[place] for row in rows)]


def _parts(columns: Sequence[Column], rows: Sequence[TextRow], limit: int) -> list[ColumnGroup]:
    """Return what stands below each other; nothing where there is no room for it."""
    if whole := _part(columns, rows, range(len(columns)), limit):
        return [whole]
    filled = _filled(columns, rows)
    for most in sorted({columns[place].spare for place in filled}, reverse=True):
        needed = [place for place in filled if columns[place].spare <= most]
        for tight in (False, True) if columns[0].title else (False,):  # a list of pairs reads badly
            if part := _part(columns, rows, needed, limit, tight=tight):
                spare = sorted(set(filled) - set(needed), key=lambda at: columns[at].spare)
                for place in spare:  # what was left out before it may have room after all
                    more = sorted([*part.places, place])
                    part = _part(columns, rows, more, limit, tight=tight) or part
                return [part]
    needed = [place for place in filled if not columns[place].spare]
    names = _names(columns, needed)
    return _continued(columns, rows, names, [each for each in needed if each not in names], limit)


def _names(columns: Sequence[Column], places: Sequence[int]) -> list[int]:
    """Return the columns that say what a row is: the first, and those before one of figures."""
    others = takewhile(lambda each: columns[each].kind not in FIGURES, places[1:])
    return [*places[:1], *others]


def _continued(
    columns: Sequence[Column],
    rows: Sequence[TextRow],
    names: list[int],
    figures: list[int],
    limit: int,
) -> list[ColumnGroup]:
    """Return the figures in as few parts as there is room for, under the names that rows have.

    The parts are as even as there is room for: no figure stands alone.
    """

    @cache
    def part(start: int, end: int) -> ColumnGroup | None:
        return _readable(columns, rows, [*names, *figures[start:end]], limit)

    for sizes in _divisions(len(figures)):
        ends = [0, *accumulate(sizes)]
        parts = [part(*span) for span in pairwise(ends)]
        whole = [_with_figures(each, len(names)) for each in parts if each]
        if len(whole) == len(sizes):
            return whole
    return []


def _divisions(figures: int) -> Iterator[tuple[int, ...]]:
    """Yield how so many figures are divided, into few parts first, and evenly."""
    for number in range(2, MOST_PARTS + 1):
        about = figures // number
        sizes = range(max(FEWEST, about - UNEVEN), about + UNEVEN + 1)
        whole = [each for each in product(sizes, repeat=number) if sum(each) == figures]
        yield from sorted(whole, key=lambda each: (max(each) - min(each), [-one for one in each]))


def _with_figures(part: ColumnGroup, names: int) -> ColumnGroup:
    """Leave out the rows that have nothing but their names in a part."""
    rows = [row for row in part.rows if row.level is not Level.ROW or any(row.texts[names:])]
    return part._replace(rows=rows)


def _readable(
    columns: Sequence[Column], rows: Sequence[TextRow], places: Sequence[int], limit: int
) -> ColumnGroup | None:
    """Return some columns beside each other, with words whole where there is room for them."""
    whole = _part(columns, rows, places, limit)
    return whole or _part(columns, rows, places, limit, tight=True)


def _part(
    columns: Sequence[Column],
    rows: Sequence[TextRow],
    places: Sequence[int],
    limit: int,
    *,
    tight: bool = False,
) -> ColumnGroup | None:
    some = [columns[place] for place in places]
    cut = [row._replace(texts=[row.texts[place] for place in places]) for row in rows]
    widths = fitted(some, cut, limit, tight=tight)
    return ColumnGroup(places, some, cut, widths) if widths else None
