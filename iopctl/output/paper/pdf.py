"""A paper as PDF: typst gets it as pandoc understands it, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.output.paper import embedded
from iopctl.output.paper.pandoc import converted
from iopctl.output.pdf import pdf as written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

# Characters; PDF/A has room for 32 767 where it has a title or a heading apart from the text.
_LONGEST: Final = 1000


def pdf(markdown: str, as_of: date) -> bytes:
    """Return *markdown* as PDF, dated *as_of*.

    Raises:
        MissingExtra: pandoc or typst is not installed.
        UserError: typst refuses the paper; it says why.
    """
    paper = embedded.read(converted(markdown, "json"))
    title = paper["meta"].get("pagetitle", {"c": ""})["c"][:_LONGEST]
    return written("paper.typ", {"title": title, "blocks": list(_blocks(paper["blocks"]))}, as_of)


def _blocks(given: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the paper's parts; a heading that has no room stands under its beginning as text."""
    for block in given:
        words = _words(block["c"][2]) if block["t"] == "Header" else ""
        if len(words) <= _LONGEST:
            yield block
            continue
        level, attributes, whole = block["c"]
        beginning = [{"t": "Str", "c": f"{words[:_LONGEST].rstrip()} …"}]
        yield {"t": "Header", "c": [level, attributes, beginning]}
        yield {"t": "Para", "c": whole}


def _words(inlines: Sequence[dict[str, Any]]) -> str:
    return "".join(each["c"] if each["t"] == "Str" else " " for each in inlines)
