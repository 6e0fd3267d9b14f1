"""PDF by typst: data goes in beside the template, so that no text of it can be code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl import bounds
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.language import tr
from iopctl.output.documents import source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from typst import PDFStandards


class Setting(NamedTuple):
    """What typst is given: a template of ours, the data for it, and a file to attach."""

    template: bytes
    inputs: Mapping[str, str]
    midnight: datetime


def pdf(name: str, data: Mapping[str, Any], day: date, attached: bytes | None = None) -> bytes:
    """Fill our template *name* with *data*, and attach a file to it: the same as the same bytes.

    It is PDF/A-3a and PDF/UA-1 unless a text has characters that the fonts at hand lack; those
    are then boxes. Only our own templates serve, since typst's reach files and the network.

    Raises:
        MissingExtra: typst is not installed.
        UserError: typst asks for too much, or refuses; it says why.
    """
    found = source(name, ())
    if found is None:
        raise ValueError(f"there is no template {name}")
    inputs = {"data": json.dumps(data)} | ({"xml": attached.decode()} if attached else {})
    setting = Setting(found[0].encode(), inputs, datetime.combine(day, time(), UTC))
    return bounds.done(_set, setting, tr("setting the PDF"))


def _set(given: Setting) -> bytes:
    try:
        import typst
    except ModuleNotFoundError:
        raise MissingExtra("pdf", "a PDF") from None

    def written(standards: PDFStandards) -> bytes:
        return typst.compile(
            given.template,
            format="pdf",
            sys_inputs=dict(given.inputs),
            ignore_system_fonts=True,
            pdf_standards=standards,
            timestamp=given.midnight,
        )

    try:
        return written(["a-3a", "ua-1"])  # to keep with a file attached, and to be read aloud
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise UserError(tr("the PDF can't be set: {error}", error=error)) from None
    return written("1.7")


def is_archival(content: bytes) -> bool:
    """Whether a PDF of ours is PDF/A, so that its fonts had all of its characters."""
    return b"pdfaid:part" in content
