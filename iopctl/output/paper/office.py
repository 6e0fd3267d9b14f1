"""Word and OpenDocument: the styles of a paper, and the same bytes for the same paper."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl import files
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output.paper.pandoc import converted, own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

Suffix = Literal[".docx", ".odt"]

# The parts of a document that has nothing but our styles, and the files that we have them in.
_STYLES: Final[Mapping[Suffix, Mapping[str, str]]] = {
    ".docx": {
        "[Content_Types].xml": "docx/content-types.xml",
        "_rels/.rels": "docx/rels.xml",
        "word/document.xml": "docx/document.xml",
        "word/_rels/document.xml.rels": "docx/document.xml.rels",
        "word/styles.xml": "docx/styles.xml",
        "word/settings.xml": "docx/settings.xml",
        "word/footer1.xml": "docx/footer1.xml",
    },
    ".odt": {
        "META-INF/manifest.xml": "odt/manifest.xml",
        "content.xml": "odt/content.xml",
        "meta.xml": "odt/meta.xml",
        "styles.xml": "odt/styles.xml",
    },
}
_NO_TIME: Final = b"1970-01-01T00:00:00Z"  # pandoc knows no other in its sandbox


class Mending(NamedTuple):
    """What pandoc writes in a *part* and no style can change, and what is to be there instead."""

    part: str
    found: re.Pattern[bytes]
    better: bytes


# Rows stay whole where the page breaks; OpenDocument's cells get lines under them, and a picture's
# description its place in the picture's frame.
_MENDED: Final[Mapping[Suffix, tuple[Mending, ...]]] = {
    ".docx": (
        Mending(
            "word/document.xml",
            re.compile(b"<w:tr>(?=<w:tc>)"),
            b"<w:tr><w:trPr><w:cantSplit /></w:trPr>",
        ),
    ),
    ".odt": (
        Mending(
            "content.xml",
            re.compile(b'<style:table-cell-properties fo:border="none" />'),
            b'<style:table-cell-properties fo:padding="0.3mm" fo:padding-right="2.5mm"'
            b' fo:border-bottom="0.5pt solid #999999" />',
        ),
        Mending(
            "content.xml",
            re.compile(b"(</draw:frame>)(<svg:desc>[^<]*</svg:desc>)"),
            rb"\2\1",
        ),
    ),
}


def office(markdown: str, suffix: Suffix, as_of: date, reference: str | None = None) -> bytes:
    """Return *markdown* as a document dated *as_of*, with the styles of *reference*, else ours.

    Raises:
        MissingExtra: pandoc is not installed.
        UserError: *reference* is no such document.
    """
    with _styles(suffix, reference) as styles:
        options = (f"--reference-doc={styles}", "--shift-heading-level-by=-1")
        made = converted(markdown, suffix.removeprefix("."), options)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts.keys() & {"docProps/core.xml", "meta.xml"}:
        parts[name] = parts[name].replace(_NO_TIME, f"{as_of}T00:00:00Z".encode())
    for part, found, better in _MENDED[suffix]:
        parts[part] = found.sub(better, parts[part])
    return _zipped(parts)


@contextmanager
def _styles(suffix: Suffix, reference: str | None) -> Iterator[str]:
    """Yield the path of a document to take the styles from."""
    if reference is not None:
        found = files.content(reference)  # pandoc would look for a missing one on the network
        if not isinstance(found, bytes):
            raise UserError(
                tr(
                    "the reference document {reference} {message}",
                    reference=reference,
                    message=found.message,
                )
            )
        yield reference
        return
    kind = {"mimetype": b"application/vnd.oasis.opendocument.text"} if suffix == ".odt" else {}
    parts = {part: own(name).encode() for part, name in _STYLES[suffix].items()}
    with TemporaryDirectory() as folder:
        path = f"{folder}/reference{suffix}"
        files.write(path, _zipped({**kind, **parts}))
        yield path


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
