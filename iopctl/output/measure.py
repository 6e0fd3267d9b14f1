"""How many cells of a terminal a text fills, and where it may be broken into lines."""

from __future__ import annotations

import re
from typing import Final

INDENT: Final = "  "
"""What a line begins with that goes on from the one above."""

# Western text, its dashes and quotation marks, and the two signs that tables add.
_ONE_CELL_EACH: Final = re.compile("[ -\u02ff\u2010-\u2027≥─]*")

# Not between the groups of a figure, nor between a figure and its %.
_AFTER_HYPHEN: Final = re.compile(r"(?<=[^\W\d]-)(?=\w)")  # within a word, not a date or a minus

_BREAK: Final = re.compile(r"(?<!\d) +| +(?![\d%])")


def width(text: str) -> int:
    """Return how many cells *text* fills; it must be printable."""
    if _ONE_CELL_EACH.fullmatch(text):
        return len(text)

    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Return *text* with blanks to fill *cells*, set to the left or else to the *right*."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, cells: int) -> list[str]:
    """Return the lines of *text*, none wider than *cells* unless a single word is.

    No figure is ever broken, nor a word but after a hyphen, where it is too wide to stand whole:
    else it stands on a line of its own if need be.
    """
    if width(text) <= cells:
        return [text]
    first, *words = _BREAK.split(text.strip(" "))
    lines = [*_hyphenated(first, cells)]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if width(longer) <= cells:
            lines[-1] = longer
        else:
            lines += _hyphenated(INDENT + word, cells)
    return lines


def _hyphenated(word: str, cells: int) -> list[str]:
    """Return the lines of a word that is broken after hyphens, if it is too wide and has any."""
    lines = [""]
    for part in _AFTER_HYPHEN.split(word) if width(word) > cells else [word]:
        if lines[-1] and width(lines[-1] + part) > cells:
            lines.append(INDENT + part)
        else:
            lines[-1] += part
    return lines


def narrowest(text: str, *, hyphens: bool = False) -> int:
    """Return the fewest cells that *text* can be wrapped to, words whole or broken at *hyphens*."""
    words = _BREAK.split(text.strip(" "))
    parts = [part for word in words for part in (_AFTER_HYPHEN.split(word) if hyphens else [word])]
    first, *others = parts
    return max(width(first), *(len(INDENT) + width(each) for each in others), 0)
