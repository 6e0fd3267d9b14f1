"""A document's bytes to its lines: which form it has, and who reads it within which bounds."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import bounds
from iopctl.bounds import MEBIBYTE, Allowance
from iopctl.errors import Refused, UserError
from iopctl.installation import MissingExtra
from iopctl.language import tr
from iopctl.reading.lines import DocumentLine, ProtectedError, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXTRA: Final = "import"
MOST_BYTES: Final = 64 * MEBIBYTE
MOST_CHARACTERS: Final = 4_000_000
ALLOWED: Final = Allowance(memory=2048 * MEBIBYTE, seconds=60)
"""What may be taken to read a document: a scanned one is larger than any text of ours."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")


class ProtectedDocument(Refused):
    """A document opens with a password alone, and with another one than was given, if any."""


class Opening(NamedTuple):
    """A document, the form that it has, and what it takes to read it."""

    content: bytes
    form: str
    password: str | None = None
    pandoc: str = ""


def lines(content: bytes, name: str, password: str | None = None) -> tuple[DocumentLine, ...]:
    """Return the lines of the document called *name*, read in a process with limits.

    Raises:
        Refused: it can't be read; the message says why and what to do.
        Protected: it asks for a password.
        MissingExtra: the library that reads its form is not installed.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            tr(
                "{name}: it is larger than {most_bytes} MB",
                name=name,
                most_bytes=MOST_BYTES // MEBIBYTE,
            )
        )
    form = form_of(content)
    if form is None:
        raise Refused(f"{name}: {_unknown(content)}")
    if form == "pdf":
        _need("pypdfium2")
    opening = Opening(content, form, password, "" if form in _OWN else _pandoc())
    try:
        return bounds.done(read, opening, name, allowed=ALLOWED)
    except ProtectedError as error:
        raise ProtectedDocument(f"{name}: {error}") from None
    except UnreadableDocumentError as error:
        raise Refused(f"{name}: {error}") from None
    except UserError as error:
        raise Refused(
            tr("{error}: the document may be broken, save it anew without pictures", error=error)
        ) from None


def read(opening: Opening) -> tuple[DocumentLine, ...]:
    """Return the lines of a document; whatever a library makes of a broken one, it is told.

    Raises:
        UnreadableDocumentError: it can't be read; the message says why and what to do.
        MemoryError, TimeoutError: it takes too much.
    """
    try:
        return tuple(_bounded(_lines(opening)))
    except (UnreadableDocumentError, MemoryError, TimeoutError):
        raise
    except Exception as error:  # noqa: BLE001 - what libraries do with a stranger's document
        raise UnreadableDocumentError(
            tr("it is broken ({error}): save it anew", error=repr(error))
        ) from None


def _lines(opening: Opening) -> Iterable[DocumentLine]:
    match opening.form:
        case "pdf":
            from iopctl.reading import pdf

            return pdf.lines(opening.content, opening.password)
        case "text":
            from iopctl.reading import plain_text

            return plain_text.lines(opening.content)
        case form:
            from iopctl.reading import office

            return office.lines(opening.content, form, opening.pandoc)


def _bounded(lines: Iterable[DocumentLine]) -> Iterator[DocumentLine]:
    characters = 0
    for line in lines:
        characters += len(line.text) + 20
        if characters > MOST_CHARACTERS:
            raise UnreadableDocumentError(tr("its text is longer than 4 million characters"))
        yield line


_OWN: Final = frozenset({"pdf", "text"})


def form_of(content: bytes) -> str | None:
    """Return what a document is by its first bytes: a reader's name, None for what none reads."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _packed(content)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.lower().startswith(_HTML):
        return "html"
    return None if content.startswith(_OLE) or not content.strip() else "text"


def _packed(content: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "docx" if b"word/" in content else "odt" if b"opendocument.text" in content else None
    if "word/document.xml" in names:
        return "docx"
    return "odt" if "content.xml" in names else None


def _unknown(content: bytes) -> str:
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return tr("it is protected by a password: open it in Word and save it without one")
    if content.startswith(_OLE):
        return tr("it is an old Word document: open it in Word or LibreOffice and save it as .docx")
    if content.startswith(b"PK"):
        return tr("it is a broken or unknown package, no Word or OpenDocument text: save it anew")
    return tr("it is empty")


def _need(library: str) -> None:
    if find_spec(library) is None:
        raise MissingExtra(EXTRA, "reading documents")


def _pandoc() -> str:
    _need("pypandoc")
    import pypandoc

    return str(pypandoc.get_pandoc_path())
