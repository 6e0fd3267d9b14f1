"""PDF by typst: the paper goes to it as data, so that no text of it can be code."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.errors import MissingExtra, UserError
from iopctl.render.paper.pandoc import EXTRA, converted, own

if TYPE_CHECKING:
    from datetime import date

    from typst import PDFStandards


class Pdf(NamedTuple):
    """A PDF, and why it is no PDF/A where it is none."""

    content: bytes
    flaw: str = ""


def pdf(markdown: str, as_of: date) -> Pdf:
    """Return *markdown* dated *as_of*, as PDF/A-2a for archives that is PDF/UA-1 for all to read.

    What our font has no letter for makes it an ordinary PDF.

    Raises:
        MissingExtra: pandoc or typst is not installed.
        UserError: typst refuses the paper; it says why.
    """
    try:
        from typst import TypstError
        from typst import compile as compiled
    except ImportError:
        raise MissingExtra(EXTRA, "writing papers as PDF") from None
    paper = json.loads(converted(markdown, "json"), object_hook=_with_pictures)
    title = paper["meta"].get("pagetitle", {"c": ""})["c"]
    inputs = {"paper": json.dumps({"title": title, "blocks": paper["blocks"]})}

    def made(standards: PDFStandards) -> bytes:
        return compiled(
            own("page.typ").encode(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=standards,
            timestamp=datetime.combine(as_of, time(), UTC),
        )

    try:
        return Pdf(made(["a-2a", "ua-1"]))
    except TypstError as error:
        flaw = error.message
    try:
        return Pdf(made([]), flaw)
    except TypstError as error:
        raise UserError(f"typst refuses the paper: {error.message}") from None


def _with_pictures(node: dict[str, Any]) -> dict[str, Any]:
    """Put a picture's bytes where pandoc has them as a data URI."""
    if node.get("t") == "Image":
        target = node["c"][2]
        target[0] = list(b64decode(target[0].partition(",")[2]))
    return node
