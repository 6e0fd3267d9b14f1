"""PDF by typst: the paper goes to it as data, so that no text of it can be code."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.errors import MissingExtra, UserError
from iopctl.render.paper.pandoc import EXTRA, converted, own

if TYPE_CHECKING:
    from datetime import date

# For archives, and for those who have a page read to them.
_STANDARDS: Final = ["a-2a", "ua-1"]
_PICTURES: Final = {
    "data:image/png;base64": "png",
    "data:image/jpeg;base64": "jpg",
    "data:image/svg+xml;base64": "svg",
}


class Pdf(NamedTuple):
    """A PDF, and why it is no PDF/A and PDF/UA where it is none."""

    content: bytes
    flaw: str = ""


def pdf(markdown: str, as_of: date) -> Pdf:
    """Return *markdown* as PDF/A-2a and PDF/UA-1, dated *as_of*.

    A text that our font can't show whole makes it an ordinary PDF.

    Raises:
        MissingExtra: pandoc or typst is not installed.
        UserError: typst refuses the paper; it says why.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra(EXTRA, "writing papers as PDF") from None

    pictures: dict[str, bytes] = {}
    paper = json.loads(converted(markdown, "json"), object_hook=_with_files(pictures))
    data = {"title": _title(paper["meta"]), "blocks": paper["blocks"]}
    files = {
        "main.typ": own("page.typ").encode(),
        "paper.json": json.dumps(data).encode(),
        **pictures,
    }

    def compiled(standards: list[typst.PDFStandard]) -> bytes:
        day = datetime.combine(as_of, time(), UTC)
        made = typst.compile(
            files, ignore_system_fonts=True, timestamp=day, pdf_standards=standards
        )
        return bytes(made)

    try:
        return Pdf(compiled(_STANDARDS))
    except typst.TypstError as error:
        flaw = error.message
    try:
        return Pdf(compiled([]), flaw)
    except typst.TypstError as error:
        raise UserError(f"typst refuses the paper: {error.message}") from None


def _title(meta: dict[str, Any]) -> str:
    return str(meta["pagetitle"]["c"]) if "pagetitle" in meta else ""


def _with_files(pictures: dict[str, bytes]) -> Any:
    """Return what puts the pictures of a paper into files of their own, and names them there."""

    def node(found: dict[str, Any]) -> dict[str, Any]:
        if found.get("t") == "Image":
            target = found["c"][2]
            kind, _, data = target[0].partition(",")
            target[0] = f"picture-{len(pictures)}.{_PICTURES.get(kind, 'none')}"
            pictures[target[0]] = b64decode(data)
        return found

    return node
