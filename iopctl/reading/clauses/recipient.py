"""Where invoices are sent to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.facts import Evidence, Fact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.passages import Passage
    from iopctl.reading.sentences import Sentence
    from iopctl.source.events import Value

_POSTAL_LINE: Final = re.compile(r"^(?:SE-)?(\d{3} ?\d{2})\s+([A-ZÅÄÖ][\wåäöÅÄÖ -]{1,30})$")
_INLINE: Final = re.compile(
    r"(?:till|ställs till|skickas till|adresseras till|sent to|addressed"
    r" to)\s+(.{5,120}?),?\s(?:SE-)?(\d{3} \d{2})\s+([A-ZÅÄÖ][A-ZÅÄÖa-zåäö]+)"
)
_MOST_LINES: Final = 5


def facts(
    reading: DocumentReading, sentences: Iterable[Sentence], elsewhere: Collection[str]
) -> Iterator[Fact]:
    """Yield the address of invoices, from a block of lines or from *sentences*.

    A block under a heading of *elsewhere* is another address.
    """
    passages = reading.passages
    for place, passage in enumerate(passages):
        if passage.topic in {*elsewhere, "parties", "signature", ""}:
            continue
        found = _POSTAL_LINE.match(passage.text)
        if found:
            lines = _lines_above(reading, place)
            yield _recipient(reading, lines, found[1], found[2], passage)
    for sentence in sentences:
        inline = _INLINE.search(sentence.text)
        if inline:
            yield _recipient(
                reading,
                [part.strip() for part in inline[1].split(",")],
                inline[2],
                inline[3],
                sentence.passage,
            )


def _lines_above(reading: DocumentReading, place: int) -> list[str]:
    lines: list[str] = []
    for passage in reversed(reading.passages[max(place - _MOST_LINES, 0) : place]):
        ends = (
            passage.text.endswith((":", "."))
            or len(passage.text) > 90
            or passage.style in {"item", "heading"}
        )
        if ends or re.search(r"\btill$|:\s?\d|0007:|\bto$", passage.text):
            break
        lines.insert(0, passage.text)
    return lines


def _recipient(
    reading: DocumentReading, lines: list[str], code: str, city: str, passage: Passage
) -> Fact:
    publics = [party.name.lower() for party in reading.parties.members if party.role == "public"]
    parts = [re.sub(r"^(?:kommunen|regionen)$", "", line) for line in lines]
    kept = []
    for line in parts:
        bare = next(
            (line[len(name) :].lstrip(" ,") for name in publics if line.lower().startswith(name)),
            line,
        )
        if bare.strip():
            kept.append(bare.strip(" ,"))
    digits = code.replace(" ", "")
    value: dict[str, Value] = {"lines": [*kept]} if kept else {}
    value |= {"postal_code": f"{digits[:3]} {digits[3:]}", "city": city.strip()}
    return Fact(("recipient",), value, Evidence(passage.place, passage.text[:90]))
