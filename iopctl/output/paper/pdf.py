"""A paper as PDF: typst gets it as pandoc understands it, as data."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from iopctl.errors import UserError
from iopctl.output.paper.pandoc import converted
from iopctl.output.pdf import pdf as written

if TYPE_CHECKING:
    from datetime import date


def pdf(markdown: str, as_of: date) -> bytes:
    """Return *markdown* as PDF, dated *as_of*.

    Raises:
        MissingExtra: pandoc or typst is not installed.
        UserError: typst refuses the paper; it says why.
    """
    paper = json.loads(converted(markdown, "json"), object_hook=_with_pictures)
    title = paper["meta"].get("pagetitle", {"c": ""})["c"]
    try:
        return written("paper.typ", {"title": title, "blocks": paper["blocks"]}, as_of)
    except RuntimeError as error:  # what typst raises, which need not be installed here
        raise UserError(f"the paper can't be set: {error}") from None


def _with_pictures(node: dict[str, Any]) -> dict[str, Any]:
    """Put a picture's bytes where pandoc has them as a data URI."""
    if node.get("t") == "Image":
        target = node["c"][2]
        try:
            target[0] = list(b64decode(target[0].partition(",")[2]))
        except ValueError as error:
            raise UserError(f"a picture of the paper can't be read: {error}") from None
    return node
