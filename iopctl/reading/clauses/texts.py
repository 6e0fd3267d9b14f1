"""What the partnership is for, whom it is for, how they come to it, and what is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.facts import Doubt, Fact, evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.sentences import Sentence

_PURPOSE: Final = re.compile(
    r"\bsyft(?:et|ar)\b|ändamålet|vill att|\bska ge\b|\bska kunna\b|\bpurpose\b|\baims?\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    (
        r"målgruppen\b[^.]{0,40}\b(?:är|utgörs|består)|^deltagarna? är|riktar sig"
        r" (?:till|främst)|target group (?:is|consists|are)|participants are|is"
        r" (?:open|aimed|directed) (?:to|at)"
    ),
    re.IGNORECASE,
)
_TARGET_LOOSE: Final = re.compile(
    (
        r"målgruppen\b[^.]{0,60}\b(?:är|utgörs|består)|^deltagarna? är|riktar sig"
        r" (?:till|främst)|target group (?:is|consists|are)|participants are"
    ),
    re.IGNORECASE,
)
_PURPOSE_LOOSE: Final = re.compile(
    r"\bsyft(?:et|ar)\b|ändamålet|\bpurpose\b|\bvill (?:att|öppna|skapa|starta)\b|\baims to\b",
    re.IGNORECASE,
)
_REFERRAL: Final = re.compile(
    (
        r"\banvisa(?:s|de)|\bremitter|\bhänvisas\b|eget initiativ|\brekryter(?:as|ing"
        r" sker)|söker sig|anmäler sig|anvisning(?:ar)?\b|are referred|referred by"
        r"|referral|aktualiseras"
    ),
    re.IGNORECASE,
)
_ITEMS: Final = 12
_LONGEST: Final = 400


def facts(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    """Yield the texts, in the document's own words; persons' names are masked in the draft."""
    if not any(each.topic == "target" for each in reading.sentences):
        yield Doubt(("target_group",), "målgruppen anges inte i ett eget avsnitt")
    for key, chosen in (
        ("purpose", _of_section(reading, "purpose", _PURPOSE)),
        ("target_group", _of_section(reading, "target", _TARGET)),
        ("referral", _referral(reading)),
    ):
        if chosen:
            yield Fact((key,), _text(key, chosen.text), evidence(chosen))
    items = [
        (sentence.text.rstrip(" ,.;"), sentence)
        for sentence in reading.sentences
        if sentence.topic == "activities" and sentence.passage.style == "item"
    ]
    if items:
        texts = [text[:1].upper() + text[1:] for text, _ in items[:_ITEMS]]
        yield Fact(("activities",), [*texts], evidence(items[0][1]))


def _of_section(reading: DocumentReading, topic: str, words: re.Pattern[str]) -> Sentence | None:
    """Return the sentence of a section on *topic* that says it, else its first; else any such."""
    own = [
        each
        for each in reading.sentences
        if each.topic == topic and each.passage.style != "heading"
    ]
    saying = [each for each in own if words.search(each.text)]
    if saying or own:
        return (saying or own)[0]
    loose = _TARGET_LOOSE if topic == "target" else _PURPOSE_LOOSE
    found = reading.first(loose, "background matter activities", "edge legal economy validity")
    return found[0] if found else None


def _referral(reading: DocumentReading) -> Sentence | None:
    found = reading.first(
        _REFERRAL,
        "referral target activities other scope",
        "edge legal economy validity termination purpose",
    )
    return found[0] if found else None


def _text(key: str, text: str) -> str:
    if key == "purpose":
        text = re.sub(
            (
                r"^.{0,80}?\b(?:syftar till|syftet (?:med [\wåäö ]+? )?är|ändamålet är"
                r"|vill)\s+(?=att\b)"
            ),
            "",
            text,
            flags=re.IGNORECASE,
        )
    if key == "target_group":
        text = re.sub(
            (
                r"^(?:den primära )?målgruppen (?:för [\wåäö ]+ )?(?:är|utgörs av|består"
                r" av)\s+|^deltagarna? är\s+"
            ),
            "",
            text,
            flags=re.IGNORECASE,
        )
    text = text.rstrip(" .")
    return (text[:1].upper() + text[1:])[:_LONGEST]
