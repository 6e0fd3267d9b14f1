"""PDF by typst: data goes in beside the template, so that no text of it can be code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from iopctl.errors import MissingExtra
from iopctl.output.documents import source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from typst import PDFStandards


def pdf(name: str, data: Mapping[str, Any], day: date, attached: bytes | None = None) -> bytes:
    """Fill our template *name* with *data*, and attach a file to it: the same as the same bytes.

    It is PDF/A-3a and PDF/UA-1 unless a text has characters that the fonts at hand lack; those
    are then boxes. Only our own templates serve, since typst's reach files and the network.

    Raises:
        MissingExtra: typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra("pdf", "a PDF") from None
    found = source(name, ())
    if found is None:
        raise ValueError(f"there is no template {name}")
    template = found[0].encode()
    inputs = {"data": json.dumps(data)} | ({"xml": attached.decode()} if attached else {})
    midnight = datetime.combine(day, time(), UTC)

    def written(standards: PDFStandards) -> bytes:
        return typst.compile(
            template,
            format="pdf",
            sys_inputs=inputs,
            ignore_system_fonts=True,
            pdf_standards=standards,
            timestamp=midnight,
        )

    try:
        return written(["a-3a", "ua-1"])  # to keep with a file attached, and to be read aloud
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return written("1.7")


def is_archival(content: bytes) -> bool:
    """Whether a PDF of ours is PDF/A, so that its fonts had all of its characters."""
    return b"pdfaid:part" in content
