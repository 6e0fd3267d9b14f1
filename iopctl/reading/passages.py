"""Lines to passages: paragraphs put together again, pages' edges set aside, headings found."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.reading import topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.reading.lines import DocumentLine, LineStyle

_NUMBERED: Final = re.compile(
    r"^(?:§+\s*\d+|\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}\.|[A-H][.)])\s+(?=[A-ZÅÄÖ])"
)
_PAGE_NUMBER: Final = re.compile(
    r"(?:(?:sida|sid|s\.|page)?\s*\d{1,3}(?:\s*(?:\(|/|av|of|\s)\s*\d{1,3}\)?)?)", re.IGNORECASE
)
_UNFINISHED: Final = re.compile(
    r"(?:,|–|\b(?:och|eller|samt|mellan|för|med|av|till|i|på|om|att|som|the|and|of"
    r"|for|to|från|den|per|genom))$"
)
_BROKEN: Final = re.compile(r"(?<=[a-zåäöé])-$")
_SUSPENDED: Final = re.compile(r"(?:och|eller|samt|till|and)\b")
_ENDS: Final = (".", "!", "?", ":", ";")
_AT_EDGE: Final = 4
_LONGEST_HEADING: Final = 80
_MOST_WORDS: Final = 6
_UNITS_OF_AN_OFFICE: Final = re.compile(
    r"(?:kommun|nämnden|enheten|avdelningen|förvaltningen|kontoret|region\w*)$", re.IGNORECASE
)


_OF_A_SIDE: Final = re.compile(r"(?:insats|bidrag)(?:er|en)?\s*[;:,–-]", re.IGNORECASE)


class Location(NamedTuple):
    """Where something stands: a page, a line of a text without pages, a heading above it."""

    page: int | None
    line: int
    heading: str

    @property
    def told(self) -> str:
        """The place in Swedish, as it stands beside a value."""
        if self.page:
            return f"s. {self.page}"
        return self.heading or f"rad {self.line}"


class Passage(NamedTuple):
    """A paragraph, heading, item or row on one line, its place, and what its section is about."""

    text: str
    style: LineStyle
    place: Location
    topic: str = ""
    cells: tuple[str, ...] = ()


def passages(lines: Sequence[DocumentLine]) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order, edges last, each of them once."""
    numbers = {id(line): number for number, line in enumerate(lines, 1)}
    inner, edges = _without_edges(lines)
    found: list[Passage] = []
    heading, topic = "", ""
    for first, text in _joined(inner):
        style: LineStyle = "heading" if _is_heading(first, text) else first.style
        if style == "heading":
            heading = text[:_LONGEST_HEADING]
            bare = _NUMBERED.sub("", text)
            topic = topics.of(bare) or ("" if bare != text else topic)
        place = Location(first.page, numbers[id(first)], heading)
        found.append(Passage(text, style, place, topic, first.cells))
    for line in edges:
        place = Location(line.page, numbers[id(line)], "sidhuvud eller sidfot")
        found += [Passage(each, "edge", place, "edge") for each in line.cells or (line.text,)]
    return _of_memo(found)


def _of_memo(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return passages; in a memo to a committee the background, too, tells what is agreed on."""
    if not any(each.topic == "proposal" for each in passages):
        return tuple(passages)
    return tuple(
        each._replace(topic="matter") if each.topic == "background" else each for each in passages
    )


# ------------------------------------------------------------------ edges of pages
def _without_edges(lines: Sequence[DocumentLine]) -> tuple[list[DocumentLine], list[DocumentLine]]:
    """Return the lines without what pages repeat, and that, each once."""
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    near = Counter(
        key
        for page in pages
        for key in {_key(line) for line in (*page[:_AT_EDGE], *page[-_AT_EDGE:])}
    )
    inner: list[DocumentLine] = []
    edges: dict[str, DocumentLine] = {}
    for page in pages:
        for number, line in enumerate(page):
            at_edge = min(number, len(page) - 1 - number) < _AT_EDGE
            many = len(pages) > 1 and near[_key(line)] >= max(2, len(pages) / 2)
            numbered = len(pages) > 1 and bool(_PAGE_NUMBER.fullmatch(line.text))
            if line.style == "edge" or (at_edge and line.page and (many or numbered)):
                edges.setdefault(_key(line), line)
            else:
                inner.append(line)
    return inner, [line for line in edges.values() if not _PAGE_NUMBER.fullmatch(line.text)]


def _key(line: DocumentLine) -> str:
    return re.sub(r"\d+", "0", line.text.lower()) if len(line.cells) < 4 else " ".join(line.cells)


# ------------------------------------------------------------------ paragraphs
def _joined(lines: Iterable[DocumentLine]) -> Iterator[tuple[DocumentLine, str]]:
    """Yield the first line of each paragraph, and its text."""
    first: DocumentLine | None = None
    last: DocumentLine | None = None
    text = ""
    for line in lines:
        if first is not None and last is not None and _continues(first, last, text, line):
            text = joined(text, line.text)
        else:
            if first is not None:
                yield first, text
            first, text = line, line.text
        last = line
    if first is not None:
        yield first, text


def _continues(first: DocumentLine, last: DocumentLine, text: str, line: DocumentLine) -> bool:
    if first.style == line.style == "heading" and _BROKEN.search(text):
        return line.text[:1].islower()
    if line.style != "text" or first.style in {"heading", "row"} or _NUMBERED.match(line.text):
        return False
    if line.page not in (first.page, last.page):
        return last.full and line.text[:1].islower()
    if line.apart:
        return bool(_BROKEN.search(text)) and line.text[:1].islower()
    if _BROKEN.search(text) or _UNFINISHED.search(text):
        return True
    if line.text[:1].islower():
        return last.full or not text.endswith(_ENDS)
    return last.full


def joined(text: str, more: str) -> str:
    """Return *text* and the line that continues it; a word divided at the line's end is whole."""
    if _BROKEN.search(text) and more[:1].islower() and not _SUSPENDED.match(more):
        return text[:-1] + more
    return f"{text} {more}"


# ------------------------------------------------------------------ headings
def _is_heading(first: DocumentLine, text: str) -> bool:
    if first.style == "heading":
        return True
    if first.style != "text" or len(text) > _LONGEST_HEADING or text.endswith((".", ",", ";")):
        return False
    bare = _NUMBERED.sub("", text)
    if _OF_A_SIDE.match(bare):
        return False
    if bare != text:
        return not re.search(r"\d{3}|:$", bare)
    few = len(bare.split()) <= _MOST_WORDS and not re.search(r"[\d:]", bare)
    named = bare[:1].isupper() and not _UNITS_OF_AN_OFFICE.search(bare)
    return first.apart and few and named and topics.of(bare) is not None and not first.full
