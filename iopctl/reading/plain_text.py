"""Text files to lines: UTF-8 or Windows-1252, pages by form feeds, columns by wide gaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.language import tr
from iopctl.reading.characters import BULLET, one_line, plain
from iopctl.reading.lines import FULL, DocumentLine, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP: Final = re.compile(r"\s{3,}|\t+|(?<=\S)\s{2,}(?=[\d(])")
_MOST_CONTROL: Final = 0.01


def lines(content: bytes) -> Iterator[DocumentLine]:
    """Yield the lines of a text; the pages are numbered only where there is more than one."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    widths = sorted(len(line.rstrip()) for line in re.split(r"[\n\f]", text) if line.strip())
    width = widths[int(len(widths) * 0.9)] if widths else 0
    for number, page in enumerate(pages, 1):
        yield from _page(page, number if len(pages) > 1 else None, width)


def _decoded(content: bytes) -> str:
    """Return the text of *content*.

    Raises:
        UnreadableError: it is no text.
    """
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return _text(text)


def _text(text: str) -> str:
    odd = sum(char < " " and char not in "\t\n\r\f" for char in text)
    if odd > _MOST_CONTROL * len(text):
        raise UnreadableDocumentError(
            tr("it is no text, PDF, Word, OpenDocument, RTF or HTML: save it as one of these")
        )
    return text


def _page(page: str, number: int | None, width: int) -> Iterator[DocumentLine]:
    apart = True
    for raw in page.split("\n"):
        text = plain(raw).rstrip()
        if not text.strip():
            apart = True
            continue
        full = len(text) >= FULL * width
        cells = tuple(one_line(cell) for cell in _GAP.split(text.strip()) if cell.strip())
        if BULLET.match(text):
            yield DocumentLine(one_line(BULLET.sub("", text)), number, "item", (), apart, full)
        elif len(cells) > 1:
            yield DocumentLine(one_line(text), number, "row", cells, apart, full)
        else:
            yield DocumentLine(one_line(text), number, "text", (), apart, full)
        apart = False
