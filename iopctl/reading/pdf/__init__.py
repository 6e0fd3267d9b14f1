"""PDF to lines, by pdfium: characters with places, put together to words, columns and tables."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from iopctl.language import marked, tr
from iopctl.reading.lines import DocumentLine, ProtectedError, UnreadableDocumentError
from iopctl.reading.pdf.columns import flowing
from iopctl.reading.pdf.grids import Grid, grids_on
from iopctl.reading.pdf.words import rows_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfPage

    from iopctl.reading.pdf.words import WordRow

MOST_PAGES: Final = 300
FEWEST_CHARACTERS: Final = 25  # a page, where the pages have a text layer
_BROKEN: Final = marked("it is broken, or no PDF: open it in a PDF reader and save it anew")


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
    rows = rows_on(page)
    if not rows:
        return
    size = median(word.height for row in rows for word in row)
    grids = grids_on(page)
    pending: list[WordRow] = []
    for row in rows:
        grid = next((each for each in grids if each.holds(row)), None)
        if grid is None:
            pending.append(row)
        else:
            yield from flowing(pending, size, number)
            pending = []
            grid.rows.append(row)
            if row is _last_in(grid, rows):
                yield from grid.lines(number)
    yield from flowing(pending, size, number)


def _last_in(grid: Grid, rows: Sequence[WordRow]) -> WordRow:
    return [row for row in rows if grid.holds(row)][-1]
