"""A paper as PDF: typst gets it as pandoc understands it, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output.paper import embedded
from iopctl.output.paper.pandoc import converted
from iopctl.output.pdf import pdf as written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

# Characters; PDF/A has room for 32 767 where it has a title or a heading apart from the text.
_LONGEST: Final = 1000
_LONGEST_WORD: Final = 10_000  # likewise for what can't be broken into lines
_SHOWN: Final = 40


def pdf(markdown: str, as_of: date) -> bytes:
    """Return *markdown* as PDF, dated *as_of*.

    Raises:
        MissingExtra: pandoc or typst is not installed.
        UserError: typst refuses the paper, or would for a word in it; it says why.
    """
    paper = embedded.read(converted(markdown, "json"))
    title = paper["meta"].get("pagetitle", {"c": ""})["c"][:_LONGEST]
    for word in _texts(paper["blocks"]):
        _refuse_endless(word)
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


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - whatever pandoc's tree has
    """Yield all texts of a part of the paper."""
    match node:
        case {"t": "Str", "c": str(text)} | {"t": "Code" | "CodeBlock", "c": [_, str(text)]}:
            yield text
        case dict():
            yield from _texts(node.get("c"))
        case list():
            for each in node:
                yield from _texts(each)
        case _:  # a level, an attribute
            pass


def _refuse_endless(text: str) -> None:
    longest = max(text.split(), key=len, default="") if len(text) > _LONGEST_WORD else ""
    if len(longest) > _LONGEST_WORD:
        raise UserError(
            tr(
                "a PDF has no room for a word of {length} characters: part {beginning}… by spaces",
                length=len(longest),
                beginning=longest[:_SHOWN],
            )
        )


def _words(inlines: Sequence[dict[str, Any]]) -> str:
    return "".join(each["c"] if each["t"] == "Str" else " " for each in inlines)
