"""Tables on a screen too narrow for them: a card for each row, a line for each of its cells."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from iopctl.output.measure import INDENT, width, wrapped
from iopctl.output.terminal import bold
from iopctl.output.tones import toned
from iopctl.tables import FIGURES, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.output.figures import TextRow
    from iopctl.output.terminal import Screen
    from iopctl.tables import Column


def cards(columns: Sequence[Column], rows: Sequence[TextRow], screen: Screen) -> Iterator[str]:
    """Yield the lines of the cards, with an empty one between two.

    A card's first line is the row's first cell, with what it counts where it is a figure. What is
    too wide for its place is moved to the margin rather than broken: labels wrap, a figure stands
    on a line of its own.
    """
    for number, row in enumerate(rows):
        if number:
            yield ""
        for line in _card(columns, row.texts, screen.width):
            placed = line if width(line) <= screen.width else line.lstrip(" ")
            yield (
                toned(placed, row.tone, screen) if row.level is Level.ROW else bold(placed, screen)
            )


def _card(columns: Sequence[Column], texts: Sequence[str], limit: int) -> Iterator[str]:
    counts = columns[0].kind in FIGURES and texts[0]
    yield from wrapped(f"{columns[0].title} {texts[0]}" if counts else texts[0], limit)
    fields = zip(columns[1:], texts[1:], strict=True)
    filled = [(column, text) for column, text in fields if text]
    for group, members in groupby(filled, key=lambda field: field[0].group):
        margin = INDENT
        if group:
            yield from (margin + line for line in wrapped(group, limit - len(margin)))
            margin += INDENT
        for column, text in members:
            label = f"{column.title}: " if column.title else ""
            lines = wrapped(label + text, limit - len(margin))
            yield from (margin + line for line in lines)
