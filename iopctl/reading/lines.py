"""What a reader of a format makes of a file: lines in reading order, each with its place."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

LineStyle = Literal["text", "heading", "item", "row", "edge"]
FULL: Final = 0.82
"""The part of the usual width that a line fills which runs to the right margin."""


class DocumentLine(NamedTuple):
    """One line as it stands: `edge` is a page's header or footer, `row` has cells of a table.

    *apart* says that there is room above it; *full* that it runs to the right margin, so that
    the next one may continue it.
    """

    text: str
    page: int | None = None
    style: LineStyle = "text"
    cells: tuple[str, ...] = ()
    apart: bool = True
    full: bool = False


class UnreadableDocumentError(Exception):
    """A document can't be read; the message says why and what to do."""


class ProtectedError(UnreadableDocumentError):
    """A document asks for a password, or for another one."""
