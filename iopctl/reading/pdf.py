"""PDF to lines, by pdfium: characters with places, put together to words, columns and tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from math import hypot
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import marked, tr
from iopctl.reading.characters import BULLET, one_line, plain
from iopctl.reading.lines import DocumentLine, ProtectedError, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES: Final = 300
_BROKEN: Final = marked("it is broken, or no PDF: open it in a PDF reader and save it anew")
FEWEST_CHARACTERS: Final = 25  # a page, where the pages have a text layer
FULL: Final = 0.82
_THIN: Final = 3  # points: a ruling, and no box
_BOLD: Final = 600
_LARGER: Final = 1.08
_LONGEST_HEADING: Final = 100
_FEWEST_IN_COLUMN: Final = 8
_WORDS_OF_PROSE: Final = 3
_INDENT: Final = 5
_LEAST_ROOM: Final = 8
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


Row = list[Word]


def lines(content: bytes, password: str | None = None) -> Iterator[DocumentLine]:
    """Yield the lines of a PDF, page by page.

    Raises:
        UnreadableError: it is broken, protected, too long, or has no text layer.
    """
    document = _opened(content, password)
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise UnreadableDocumentError(
            tr("it has {pages} pages: read is what has 1 to {most}", pages=pages, most=MOST_PAGES)
        )
    found = _pages(document)
    characters = sum(len(line.text) for page in found for line in page)
    if characters < FEWEST_CHARACTERS * pages:
        raise UnreadableDocumentError(
            tr(
                "it is a scan, pictures without a text layer: make one with "
                "ocrmypdf --language swe FILE NEW.pdf, and read that"
            )
        )
    for page in found:
        yield from page


def _pages(document: PdfDocument) -> list[list[DocumentLine]]:
    from pypdfium2 import PdfiumError

    try:
        return [list(_page(document[number], number + 1)) for number in range(len(document))]
    except PdfiumError:
        raise UnreadableDocumentError(tr(_BROKEN)) from None


def _opened(content: bytes, password: str | None) -> PdfDocument:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            wrong = tr("the password does not open it: give it with --password-file FILE")
            barred = tr("it is protected by a password: give it with --password-file FILE")
            raise ProtectedError(wrong if password else barred) from None
        raise UnreadableDocumentError(tr(_BROKEN)) from None


def _page(page: PdfPage, number: int) -> Iterator[DocumentLine]:
    rows = _rows(_words(page))
    if not rows:
        return
    size = median(word.height for row in rows for word in row)
    grids = _grids(page)
    pending: list[Row] = []
    for row in rows:
        grid = next((each for each in grids if each.holds(row)), None)
        if grid is None:
            pending.append(row)
        else:
            yield from _flowing(pending, size, number)
            pending = []
            grid.rows.append(row)
            if row is _last_in(grid, rows):
                yield from grid.lines(number)
    yield from _flowing(pending, size, number)


def _last_in(grid: Grid, rows: Sequence[Row]) -> Row:
    return [row for row in rows if grid.holds(row)][-1]


# ------------------------------------------------------------------ words and rows
class Glyph(NamedTuple):
    """A character, where it stands, and how heavy it is."""

    char: str
    left: float
    right: float
    base: float
    height: float
    weight: int


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


def _rows(words: Sequence[Word]) -> list[Row]:
    """Return the words of each line, from the top, each from the left."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: -word.base):
        if rows and rows[-1][0].base - word.base < 0.35 * word.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _segments(row: Row, size: float) -> list[Row]:
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


def _said(words: Sequence[Word]) -> str:
    return one_line(" ".join(word.text for word in words))


# ------------------------------------------------------------------ running text
def _flowing(rows: Sequence[Row], size: float, page: int) -> Iterator[DocumentLine]:
    """Yield the lines of rows outside of tables; where there are two columns, one by one."""
    above, inner, below = _framed(rows, size)
    gutter = _gutter(inner)
    yield from _column(above, size, page)
    if gutter is None:
        yield from _column(inner, size, page)
    else:
        yield from _two_columns(inner, gutter, size, page)
    yield from _column(below, size, page)


def _framed(rows: Sequence[Row], size: float) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the first row, those between, and the last, where room sets them apart."""
    inner = list(rows)
    above: list[Row] = []
    below: list[Row] = []
    if len(inner) > 2 and inner[0][0].base - inner[1][0].base > 2 * size:
        above.append(inner.pop(0))
    if len(inner) > 2 and inner[-2][0].base - inner[-1][0].base > 2 * size:
        below.append(inner.pop())
    return above, inner, below


def _two_columns(
    rows: Sequence[Row], gutter: float, size: float, page: int
) -> Iterator[DocumentLine]:
    columns: tuple[list[Row], list[Row]] = ([], [])
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


def _gutter(rows: Sequence[Row]) -> float | None:
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


def _halves(row: Row, gutter: float) -> tuple[Row, Row] | None:
    """Return the words left and right of the room; None for a row that runs across it."""
    crosses = any(word.left < gutter < word.right for word in row)
    left = [word for word in row if word.right <= gutter]
    right = [word for word in row if word.left >= gutter]
    far = not left or not right or right[0].left - left[-1].right >= _LEAST_ROOM
    starts = not right or right[0].left < gutter + _INDENT
    return (left, right) if not crosses and (far or starts) else None


def _column(rows: Sequence[Row], size: float, page: int) -> Iterator[DocumentLine]:
    if not rows:
        return
    right = sorted(row[-1].right for row in rows)[int(len(rows) * 0.9)]
    left = min(row[0].left for row in rows)
    steps = [above[0].base - below[0].base for above, below in pairwise(rows)]
    usual = median(step for step in steps if step > 0) if any(s > 0 for s in steps) else size
    previous: Row | None = None
    for row in rows:
        step = previous[0].base - row[0].base if previous else 3 * size
        apart = not 0 <= step <= 1.25 * usual + 1
        full = row[-1].right - left >= FULL * (right - left)
        yield _line(row, size, page, apart=apart, full=full)
        previous = row


def _line(row: Row, size: float, page: int, *, apart: bool, full: bool) -> DocumentLine:
    text = _said(row)
    parts = _segments(row, size)
    high = median(word.height for word in row)
    stands_out = all(word.bold for word in row) or high > _LARGER * size
    bullet = BULLET.match(f"{text} ")
    if bullet and len(text) > 1:
        return DocumentLine(one_line(BULLET.sub("", text)), page, "item", (), apart, full)
    if len(parts) > 1:
        return DocumentLine(text, page, "row", tuple(map(_said, parts)), apart, full)
    if stands_out and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",")):
        return DocumentLine(text, page, "heading", (), apart, full)
    return DocumentLine(text, page, "text", (), apart, full)


# ------------------------------------------------------------------ tables with rulings
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
        self.rows: list[Row] = []

    def holds(self, row: Row) -> bool:
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


def _grids(page: PdfPage) -> list[Grid]:
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
