"""Tables in aligned columns: how wide each column is, and the lines that come of it."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from iopctl.output.measure import narrowest, padded, width, wrapped
from iopctl.output.terminal import bold, encodable
from iopctl.output.tones import toned
from iopctl.tables import FIGURES, Kind, Level, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.output.figures import TextRow
    from iopctl.output.terminal import Screen
    from iopctl.tables import Column

_GAP: Final = "  "
_RULE: Final = "─"
_READABLE: Final = 16  # cells: in a narrower column a sentence becomes a list of words
_TIGHT: Final = 8  # and so it does here, which is better than no table


def fitted(
    columns: Sequence[Column], rows: Sequence[TextRow], limit: int, *, tight: bool = False
) -> list[int] | None:
    """Return the width of each column, or None where they cannot fit into *limit* cells.

    The widest give way first, and none so far that a figure would break, or a word elsewhere than
    at a hyphen, and that only where it is *tight*. Each keeps the room that it asks for.
    """
    titles = [column.title for column in columns]
    contents = list(zip(titles, *(row.texts for row in rows), strict=True))
    natural = [max(map(width, texts)) for texts in contents]
    widths = _room_for_groups(columns, natural)
    if _span(widths) <= limit:
        return widths

    least = [
        _least(column, texts, tight=tight) for column, texts in zip(columns, contents, strict=True)
    ]
    for cap in range(limit, 0, -1):
        capped = [max(few, min(most, cap)) for few, most in zip(least, natural, strict=True)]
        widths = _room_for_groups(columns, capped)
        if _span(widths) <= limit:
            return widths
    return None


def grid(
    columns: Sequence[Column], rows: Sequence[TextRow], widths: Sequence[int], screen: Screen
) -> Iterator[str]:
    """Yield the lines of the table: titles, where there are any, rows, a rule above the totals."""
    rule = encodable(_RULE * _span(widths), screen.encoding)
    if any(column.title for column in columns):
        yield from (
            bold(encodable(line, screen.encoding), screen) for line in _header(columns, widths)
        )
        yield rule
    late_end = _end_of_late(rows)
    before = Level.TOTAL
    for number, row in enumerate(rows):
        if (row.level is Level.TOTAL and before is not Level.TOTAL) or number == late_end:
            yield rule
        before = row.level
        for line in _side_by_side(columns, list(map(wrapped, row.texts, widths)), widths):
            yield toned(line, row.tone, screen) if row.level is Level.ROW else bold(line, screen)


def _end_of_late(rows: Sequence[TextRow]) -> int | None:
    """Return the first row after those that are late, where they stand together at the top."""
    late = [row.tone is Tone.LATE for row in rows]
    count = sum(late)
    return count if 0 < count < len(rows) and all(late[:count]) else None


def _header(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the groups' titles, if any, and of the columns', which end level."""
    if any(column.group for column in columns):
        yield _GAP.join(_group_titles(columns, widths)).rstrip(" ")
    titles = [wrapped(column.title, cells) for column, cells in zip(columns, widths, strict=True)]
    height = max(map(len, titles))
    raised = [[""] * (height - len(title)) + title for title in titles]
    yield from _side_by_side(columns, raised, widths)


def _side_by_side(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[str]:
    """Yield the lines of a row, of which *cells* are the lines of each cell."""
    for texts in zip_longest(*cells, fillvalue=""):
        parts = (
            padded(text, room, right=column.kind in FIGURES)
            for column, text, room in zip(columns, texts, widths, strict=True)
        )
        yield _GAP.join(parts).rstrip(" ")


def _group_titles(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """Yield for each group its title, ruled as far as its columns reach."""
    for title, group in _groups(columns, widths):
        cells = _span(group)
        rule = _RULE * (cells - width(title) - 1) if title else ""
        yield padded(f"{title} {rule}".strip(" "), cells)


def _room_for_groups(columns: Sequence[Column], widths: Sequence[int]) -> list[int]:
    """Return *widths* with a group's last column widened as far as the group's title needs it."""
    room: list[int] = []
    for title, group in _groups(columns, widths):
        group[-1] += max(0, width(title) - _span(group))
        room += group
    return room


def _groups(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the title and the widths of each run of columns of one group."""
    pairs = zip(columns, widths, strict=True)
    for title, run in groupby(pairs, key=lambda pair: pair[0].group):
        yield title, [cells for _, cells in run]


def _least(column: Column, texts: Sequence[str], *, tight: bool) -> int:
    """Return the width below which *column* would break words or be hard to read."""
    natural = max(map(width, texts))
    if column.kind is not Kind.TEXT:
        return max(min(column.room, natural), *map(narrowest, texts))
    readable = min(column.room or (_TIGHT if tight else _READABLE), natural)
    return max(readable, *(narrowest(text, hyphens=tight) for text in texts))


def _span(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)
