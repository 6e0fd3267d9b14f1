"""Word and OpenDocument: the styles of a paper, and the same bytes for the same paper."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from typing import TYPE_CHECKING, Final, Literal

from iopctl import files
from iopctl.errors import UserError
from iopctl.render.paper.pandoc import HERE, converted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Office = Literal["docx", "odt"]

# The styles of a paper, as a document that pandoc takes them from: its parts, and our files.
_REFERENCES: Final[Mapping[Office, Mapping[str, str]]] = {
    "docx": {
        "[Content_Types].xml": "content-types.xml",
        "_rels/.rels": "rels.xml",
        "word/document.xml": "document.xml",
        "word/_rels/document.xml.rels": "document.xml.rels",
        "word/styles.xml": "styles.xml",
        "word/settings.xml": "settings.xml",
        "word/footer1.xml": "footer1.xml",
    },
    "odt": {
        "META-INF/manifest.xml": "manifest.xml",
        "content.xml": "content.xml",
        "meta.xml": "meta.xml",
        "styles.xml": "styles.xml",
    },
}
_METADATA: Final = frozenset({"docProps/core.xml", "meta.xml"})
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")


def office(markdown: str, form: Office, as_of: date, reference: str | None = None) -> bytes:
    """Return *markdown* as a document of *form*, dated *as_of*.

    Its styles are those of the document *reference*, else ours.

    Raises:
        MissingExtra: pandoc is not installed.
        UserError: *reference* is no document of this form.
    """
    with tempfile.TemporaryDirectory() as folder:
        styles = reference or f"{folder}/reference.{form}"
        if reference is None:
            files.write(styles, _zipped(_reference(form)))
        made = converted(
            markdown, form, (f"--reference-doc={styles}", "--shift-heading-level-by=-1")
        )
    return _zipped(_dated(_parts(made), as_of))


def _reference(form: Office) -> dict[str, bytes]:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text"} if form == "odt" else {}
    for part, name in _REFERENCES[form].items():
        found = files.text(str(HERE / form / name))
        if found is None:
            raise UserError(f"iopctl lacks its own {form}/{name}: install it anew")
        parts[part] = found.encode()
    return parts


def _parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _dated(parts: Mapping[str, bytes], as_of: date) -> dict[str, bytes]:
    """Put *as_of* where the document tells when it was written."""
    time = f"{as_of}T00:00:00Z".encode()
    return {
        name: _TIME.sub(time, part) if name in _METADATA else part for name, part in parts.items()
    }


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive that tells no time of its own; the parts stay in their order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as whole:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)  # of 1980, the first time that an archive knows
            # OpenDocument wants its type first and as it is, so that it is seen from outside.
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            whole.writestr(entry, part)
    return archive.getvalue()
