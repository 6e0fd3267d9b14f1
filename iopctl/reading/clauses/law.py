"""What was assessed before the agreement: initiative, market, procurement and state aid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.days import days
from iopctl.reading.facts import Fact, evidence, of_match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading

TOPICS: Final = "legal background other"
_INITIATIVE: Final = re.compile(
    (
        r"initiativ(?:et)?\b|tog upp (?:tanken|frågan|idén)|förslaget (?:om|till)|idén"
        r" (?:till|kom|om)|\bföreslog\b|väckte|initiative|idea (?:for|came)|proposed"
    ),
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"gemensam|tillsammans|både|båda parter|jointly|together|both", re.IGNORECASE
)
_OWN_INITIATIVE: Final = re.compile(
    r"eget initiativ|annat initiativ|own initiative|otherwise initiat", re.IGNORECASE
)
_NO_MARKET: Final = re.compile(
    r"(?:ingen|någon|inte någon|saknas|inget|no)\b[^.]{0,40}\b(?:marknad|market)"
    r"|marknad\b[^.]{0,50}\b(?:finns inte|saknas|inte finns)|inte kan köpas på"
    r"|(?:några|inga) andra (?:utförare|aktörer|leverantörer)[^.]{0,40}(?:finns)?"
    r"|(?:not|cannot)[^.]{0,30}(?:bought|available) on (?:a|the)[^.]{0,10}market"
    r"|inte (?:är )?konkurrensutsa",
    re.IGNORECASE,
)
_PROCUREMENT: Final = re.compile(
    r"upphandl|\bLOU\b|köp av (?:en )?tjänst|köpt tjänst|ett köp|procure", re.IGNORECASE
)
_ASSESSED: Final = re.compile(
    r"pröva|bedöm|konstater|bedöm|fann\b|assess|conclud|examined|determin", re.IGNORECASE
)
_AID: Final = (
    (
        "sgei",
        (
            r"allmänt ekonomiskt intresse|\bSGEI\b|2023/2832|360/2012|2012/21|general"
            r" economic interest"
        ),
    ),
    ("de_minimis", r"mindre betydelse|de minimis|försumbart stöd|2023/2831|1407/2013"),
    (
        "none",
        (
            r"(?:inte|ej|inget|not)\b[^.]{0,40}(?:statligt stöd|statsstöd|state aid)"
            r"|(?:statligt stöd|statsstöd|state aid)\b[^.]{0,40}(?:inte|ej|not)\b"
        ),
    ),
)
_CERTIFICATE: Final = re.compile(r"intyg|försäkra|certif|declar", re.IGNORECASE)


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield the legal grounds."""
    yield from _initiative(reading)
    market = reading.first(_NO_MARKET, TOPICS, "edge")
    if market and not re.search(r"får inte gå|får alltså inte", market[0].text):
        yield Fact(("legal", "market"), "no", of_match(*market))
    yield from _assessed(reading)
    yield from _aid(reading)


def _initiative(reading: DocumentReading) -> Iterator[Fact]:
    for sentence, match in reading.found(
        _INITIATIVE, "background", "edge invoicing follow_up target"
    ):
        text = sentence.text
        if _OWN_INITIATIVE.search(text) or re.search(r"\bska\b|\bmåste\b", text):
            continue
        sides = {
            reading.parties.role(handle)
            for each in reading.parties.mentions(text)
            for handle in each.handles
        }
        if {"public", "civil"} <= sides and _JOINT.search(text):
            yield Fact(("legal", "initiative"), "joint", of_match(sentence, match))
            return
        side = _whose(reading, text, match)
        if side:
            yield Fact(("legal", "initiative"), side, of_match(sentence, match))
            return


def _whose(reading: DocumentReading, text: str, match: re.Match[str]) -> str:
    """Return the side that a sentence says the idea came from."""
    after = re.search(r"\b(?:från|av|hos|from|by)\s", text[match.end() :])
    if after:
        told = reading.parties.first(text[match.end() + after.end() :])
        if told and len(text[match.end() : match.end() + after.start()]) < 60:
            return reading.parties.role(told[0])
    before = reading.parties.mentions(text[: match.end()])
    acts = re.search(r"\b(?:tog|väckte|föreslog|took|proposed)\b", text)
    return reading.parties.role(before[-1].handles[0]) if before and acts else ""


def _assessed(reading: DocumentReading) -> Iterator[Fact]:
    for sentence, match in reading.found(_ASSESSED, "legal other background", "edge"):
        near = sentence.text if _PROCUREMENT.search(sentence.text) else sentence.passage.text
        if not _PROCUREMENT.search(near) and sentence.topic != "legal":
            continue
        whole = [day for day in days(sentence.text) if len(day.text) == len("2024-01-01")]
        if whole and not _CERTIFICATE.search(sentence.text):
            day = min(whole, key=lambda day: abs(day.start - match.start()))
            yield Fact(
                ("legal", "procurement_assessed"), day.text, evidence(sentence, day.start, day.end)
            )
            return


def _aid(reading: DocumentReading) -> Iterator[Fact]:
    for value, words in _AID:
        found = reading.first(re.compile(words, re.IGNORECASE), "legal", "edge")
        if found:
            yield Fact(("legal", "state_aid", "basis"), value, of_match(*found))
            break
    else:
        return
    for sentence, _ in reading.found(_CERTIFICATE, "legal", "edge background"):
        for day in days(sentence.text):
            if len(day.text) == len("2024-01-01"):
                yield Fact(
                    ("legal", "state_aid", "certificate"),
                    day.text,
                    evidence(sentence, day.start, day.end),
                )
                return
