"""A paper as PDF: typst gets it as pandoc understands it, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.output.paper import embedded
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
    paper = embedded.read(converted(markdown, "json"))
    title = paper["meta"].get("pagetitle", {"c": ""})["c"]
    return written("paper.typ", {"title": title, "blocks": paper["blocks"]}, as_of)
