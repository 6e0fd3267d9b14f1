"""Changes of a text as an editor makes them: the least stretch that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import TextEdit

from iopctl.editor.manuscript import stretch

if TYPE_CHECKING:
    from iopctl.editor.ruler import Ruler


def edits(before: str, after: str, ruler: Ruler) -> list[TextEdit]:
    """Return what makes *before*, which *ruler* measures, the text *after*: an edit, or none."""
    if before == after:
        return []
    head, tail = stretch(before, after)
    place = ruler.range(head, len(before) - tail)
    return [TextEdit(place, after[head : len(after) - tail])]
