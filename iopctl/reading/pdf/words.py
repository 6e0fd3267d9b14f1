"""Characters of a page, with their places, put together to words and rows."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.reading.characters import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

_BOLD: Final = 600
_HYPHENS: Final = frozenset({2, 0xFFFE})  # those at a line's end
_NO_CHARACTERS: Final = frozenset({0, 0xFFFF})


class Word(NamedTuple):
    """Characters without a blank, from *left* to *right* on the line at *base*; y grows upwards."""

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool


WordRow = list[Word]


class Glyph(NamedTuple):
    """A character, where it stands, and how heavy it is."""

    char: str
    left: float
    right: float
    base: float
    height: float
    weight: int


def rows_on(page: PdfPage) -> list[WordRow]:
    """Return the words of each line of a page, from the top, each from the left."""
    return _rows(_words(page))


def _words(page: PdfPage) -> list[Word]:
    words: list[Word] = []
    glyphs: list[Glyph] = []
    for glyph in _glyphs(page):
        if glyphs and (not glyph.char.strip() or _is_apart(glyphs[-1], glyph)):
            words += _word(glyphs)
            glyphs = []
        if glyph.char.strip():
            glyphs.append(glyph)
    return words + _word(glyphs)


def _glyphs(page: PdfPage) -> Iterator[Glyph]:
    from ctypes import c_double

    from pypdfium2 import raw

    text_page = page.get_textpage()
    across, up, matrix = c_double(), c_double(), raw.FS_MATRIX()
    for place in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, place)
        left, _, right, _ = text_page.get_charbox(place, loose=True)
        raw.FPDFText_GetCharOrigin(text_page, place, across, up)
        raw.FPDFText_GetMatrix(text_page, place, matrix)
        size = raw.FPDFText_GetFontSize(text_page, place) * hypot(matrix.b, matrix.d)
        char = "-" if code in _HYPHENS else " " if code in _NO_CHARACTERS else chr(code)
        weight = raw.FPDFText_GetFontWeight(text_page, place)
        yield Glyph(char, left, right, up.value, max(size, 1), weight)


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    follows = before.left - before.height <= glyph.left <= before.right + 0.25 * before.height
    return not follows or abs(before.base - glyph.base) > before.height / 2


def _word(glyphs: Sequence[Glyph]) -> list[Word]:
    text = plain("".join(glyph.char for glyph in glyphs))
    if not text.strip():
        return []
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    bold = min(glyph.weight for glyph in glyphs) >= _BOLD
    return [Word(text, left, right, glyphs[0].base, max(g.height for g in glyphs), bold)]


def _rows(words: Sequence[Word]) -> list[WordRow]:
    rows: list[WordRow] = []
    for word in sorted(words, key=lambda word: -word.base):
        if rows and rows[-1][0].base - word.base < 0.35 * word.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def segments(row: WordRow, size: float) -> list[WordRow]:
    """Return a row's parts that stand far from each other, by the measure of its other gaps."""
    gaps = sorted(word.left - before.right for before, word in pairwise(row))
    usual = gaps[len(gaps) // 2 - 1] if len(gaps) > 2 else 0
    least = min(max(size, 2 * usual), 2 * size)
    if len(gaps) > 1 and gaps[-1] < min(3 * size, 1.3 * gaps[0]):  # a line that is stretched
        return [row]
    parts = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > least:
            parts.append([])
        parts[-1].append(word)
    return parts


def said(words: Sequence[Word]) -> str:
    """Return the text of words of a line."""
    return one_line(" ".join(word.text for word in words))
