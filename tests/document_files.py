"""Documents that tests read: texts of tests/documents in the forms that people send."""

from __future__ import annotations

import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypandoc

from iopctl import bounds
from iopctl.reading import office, pdf, plain_text
from iopctl.reading.importing import imported, reading_of

if TYPE_CHECKING:
    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.importing import ImportedDocument
    from iopctl.reading.lines import DocumentLine

FOLDER: Final = Path(__file__).parent / "documents"
_COLUMNS: Final = b"""
#set page(width: 17cm, height: 11cm, margin: 1.5cm, columns: 2, numbering: "1 (1)",
  header: [Ekeby kommun #h(1fr) Dnr SN 2023/77])
#set par(justify: true)
#set text(size: 9pt, lang: "sv", hyphenate: true)
#let horizontalrule = line()
"""
_MARKS: Final = re.compile(r"\*\*|^#+ ", re.MULTILINE)
_DELETED: Final = re.compile(r"\[[^]]*\]\{\.deletion[^}]*\}")
_INSERTED: Final = re.compile(r"\[([^]]*)\]\{\.insertion[^}]*\}")


@lru_cache
def document(name: str, form: str) -> bytes:
    """Return the document *name* in a form: `docx`, `odt`, `rtf`, `html`, `pdf`, `txt`."""
    path = FOLDER / f"{name}.md"
    if not path.exists():
        return (FOLDER / f"{name}.txt").read_bytes()
    text = path.read_text("utf-8")
    if form == "docx":  # which keeps what was changed
        return _converted(text, form)
    text = _INSERTED.sub(r"\1", _DELETED.sub("", text))
    if form == "txt":
        return _MARKS.sub("", text).encode("cp1252")
    if form == "pdf":
        if "kolumner" in name:
            return typeset(_COLUMNS + _converted(text, "typst", whole=False))
        return typeset(_converted(text, "typst"))
    return _converted(text, form)


def typeset(source: bytes) -> bytes:
    """Return the PDF of a text of typst, set in a process of its own: it leaves threads behind."""
    return bounds.done(_typeset, source, "a document")


def _typeset(source: bytes) -> bytes:
    import typst

    return bytes(typst.compile(source))


def _converted(text: str, form: str, *, whole: bool = True) -> bytes:
    command = [pypandoc.get_pandoc_path(), "--from=markdown-smart", f"--to={form}"]
    command += ["--standalone"] if whole else []
    ran = subprocess.run(
        [*command, "--output=-"], input=text.encode(), capture_output=True, check=True
    )
    return ran.stdout


def lines(name: str, form: str) -> tuple[DocumentLine, ...]:
    """Return the lines of a document, read in this process."""
    content = document(name, form)
    match form:
        case "pdf":
            return tuple(pdf.lines(content))
        case "txt":
            return tuple(plain_text.lines(content))
        case _:
            return tuple(office.lines(content, form, pypandoc.get_pandoc_path()))


def reading(text: str) -> DocumentReading:
    """Return a text as clauses see it."""
    return reading_of(list(plain_text.lines(text.encode())))


def drafted(text: str) -> ImportedDocument:
    """Return the drafts of a text."""
    return imported(list(plain_text.lines(text.encode())), "avtal.txt")
