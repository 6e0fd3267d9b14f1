"""What a reader of a format makes of a file: lines in reading order, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Style = Literal["text", "heading", "item", "row", "edge"]


class DocumentLine(NamedTuple):
    """One line as it stands: `edge` is a page's header or footer, `row` has cells of a table.

    *apart* says that there is room above it; *full* that it runs to the right margin, so that
    the next one may continue it.
    """

    text: str
    page: int | None = None
    style: Style = "text"
    cells: tuple[str, ...] = ()
    apart: bool = True
    full: bool = False


class UnreadableDocumentError(Exception):
    """A document can't be read; the message says why and what to do."""


class ProtectedError(UnreadableDocumentError):
    """A document asks for a password, or for another one."""


def as_data(lines: Sequence[DocumentLine]) -> list[list[Any]]:
    """Return lines as JSON has them."""
    return [list(line) for line in lines]


def from_data(data: Sequence[Sequence[Any]]) -> tuple[DocumentLine, ...]:
    """Return the lines that `as_data` wrote."""
    return tuple(
        DocumentLine(text, page, style, tuple(cells), apart, full)
        for text, page, style, cells, apart, full in data
    )
