"""How a table is laid out on a screen: in one grid, in several below each other, or in cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.output.cards import cards
from iopctl.output.grid import fitted, grid
from iopctl.tables import FIGURES, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.output.figures import TextRow
    from iopctl.output.terminal import Screen
    from iopctl.tables import Column

FEWEST: Final = 3
"""Columns of figures beside the names: with fewer, cards are easier to read."""
MOST_PARTS: Final = 3
"""Grids below each other: likewise with more."""


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
    """Return which columns have something in a row; all of them where there are no rows."""
    places = range(len(columns))
    return [place for place in places if not rows or any(row.texts[place] for row in rows)]


def _parts(columns: Sequence[Column], rows: Sequence[TextRow], limit: int) -> list[ColumnGroup]:
    """Return what stands below each other; nothing where there is no room for it."""
    if whole := _part(columns, rows, range(len(columns)), limit):
        return [whole]
    filled = _filled(columns, rows)
    for most in sorted({columns[place].spare for place in filled}, reverse=True):
        needed = [place for place in filled if columns[place].spare <= most]
        for tight in (False, True) if columns[0].title else (False,):  # a list of pairs reads badly
            if part := _part(columns, rows, needed, limit, tight=tight):
                return [part]
    needed = [place for place in filled if not columns[place].spare]
    names = _names(columns, needed)
    return _continued(columns, rows, names, [each for each in needed if each not in names], limit)


def _names(columns: Sequence[Column], places: Sequence[int]) -> list[int]:
    """Return the columns that say what a row is: those before the first of figures."""
    first = next((each for each in places if columns[each].kind in FIGURES), len(columns))
    return [each for each in places if each < first]


def _continued(
    columns: Sequence[Column],
    rows: Sequence[TextRow],
    names: list[int],
    figures: list[int],
    limit: int,
) -> list[ColumnGroup]:
    """Return as many figures to a part as there is room for, under the names that rows have."""
    parts: list[ColumnGroup] = []
    while figures:
        fits = (
            (count, part)
            for count in range(len(figures), FEWEST - 1, -1)
            if (part := _part(columns, rows, [*names, *figures[:count]], limit, tight=True))
        )
        count, part = next(fits, (0, None))
        if part is None and parts:  # the last one may stand alone
            count, part = 1, _part(columns, rows, [*names, figures[0]], limit, tight=True)
        if part is None:
            return []
        parts.append(_with_figures(part, len(names)))
        figures = figures[count:]
    return parts if len(parts) <= MOST_PARTS else []


def _with_figures(part: ColumnGroup, names: int) -> ColumnGroup:
    """Leave out the rows that have nothing but their names in a part."""
    rows = [row for row in part.rows if row.level is not Level.ROW or any(row.texts[names:])]
    return part._replace(rows=rows)


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
