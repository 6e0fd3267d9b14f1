"""Positions as an editor counts them: lines and code units, against offsets in a text.

The libraries end a line at characters that neither YAML nor the protocol does (U+0085, U+2028),
and so would put a change in the wrong place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from lsprotocol.types import Position, PositionEncodingKind, Range

if TYPE_CHECKING:
    from collections.abc import Callable

MARK: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_UNITS: Final[dict[str, Callable[[str], int]]] = {
    PositionEncodingKind.Utf8: lambda char: len(char.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16: lambda char: 1 + (char > "\uffff"),
    PositionEncodingKind.Utf32: lambda _: 1,
}


class Ruler:
    """Where the lines of a text begin, counted in *encoding*: UTF-16 unless agreed otherwise.

    Offsets are code points of the text without its byte order mark, as `source` has them; what
    lies outside the text is taken for its nearest end.
    """

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self._units = _UNITS[encoding]
        self._mark = int(text.startswith(MARK))
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Return the position of *offset*."""
        at = max(0, min(offset + self._mark, len(self.text)))
        line = bisect_right(self._starts, at) - 1
        return Position(line, self._count(self.text[self._starts[line] : at]))

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of *position*; a column beyond its line is the end of the line."""
        return self._at(position) - self._mark

    def changed(self, place: Range, new: str) -> str:
        """Return the whole text, its mark included, with *new* in *place*."""
        return self.text[: self._at(place.start)] + new + self.text[self._at(place.end) :]

    def _at(self, position: Position) -> int:
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = _LINE_END.search(self.text, start)
        line = self.text[start : end.start() if end else None]
        if line.isascii():
            return start + min(position.character, len(line))
        count = 0
        for column, char in enumerate(line):
            if count >= position.character:
                return start + column
            count += self._units(char)
        return start + len(line)

    def _count(self, text: str) -> int:
        return len(text) if text.isascii() else sum(map(self._units, text))
