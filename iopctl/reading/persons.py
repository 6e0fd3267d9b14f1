"""Persons' names, so that none of them reaches a draft: what they sign, and who is in charge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.parties import Parties
    from iopctl.reading.passages import Passage

MASK: Final = "[namn]"
_FIRST: Final = r"[A-ZÅÄÖÉ][a-zåäöéüø]+(?:-[A-ZÅÄÖÉ][a-zåäöéüø]+)?"
_PERSON: Final = rf"{_FIRST}(?:\s(?:(?:von|af|de|al|van|el)\s)?{_FIRST}){{1,3}}"
_ROLE: Final = (
    r"(?:[a-zåäö-]*(?:ordförande|chef|direktör|handläggare|kontaktperson(?:er)?"
    r"|kassör|sekreterare|föreståndare|strateg"
    r"|samordnare|koordinator|rektor|firmatecknare|verksamhetsledare|ledamot"
    r"|utvecklare|jurist|vd|justerare|konsulent"
    r"|ansvarig|chair(?:man|person|woman)?|director|manager|treasurer|secretary"
    r"|officer|head|ceo|signatory))"
)
_LONE: Final = re.compile(rf"^{_PERSON}$")
_PAIR: Final = re.compile(rf"^({_PERSON}?)\s({_FIRST}\s{_FIRST})$")
_BESIDE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?i:{_ROLE})(?:\s(?:är|is|på|för|hos|i|vid|of|at"
            rf"|for)(?:\s[\w-]+){{0,3}})?(?:\s?[:,–-]\s?|\s)({_PERSON})"
        ),
        rf"({_PERSON}),?\s\(?(?i:(?:[a-zåäö-]+\s(?:och\s|and\s)?){{0,2}}{_ROLE})\b",
        (
            rf"(?i:företräds av|genom|undertecknas av|signed by|represented by|kontakta"
            rf"|contact|närvarande|justeras)[:\s]+({_PERSON})"
        ),
        rf"(?i:namnförtydligande|name|namn)\s?[:.]\s?({_PERSON})",
    )
)
_ORGANISATION: Final = re.compile(
    r"kommun|region|förening|stiftelse|nämnd|förvaltning|kontor|enhet|avdelning"
    r"|avtal|överenskommelse|partnerskap|\bIOP\b|bolag"
    r"|kooperativ|mission|kår|jour|allians|\bort\b|datum|bilaga|faktura|box\b"
    r"|gatan|vägen|huset|förbund|klubb|råd\b|myndighet"
    r"|municipality|association|agreement|foundation|place|date|^För\s|^For\s|region",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PERSONAL_NUMBER: Final = re.compile(r"(?<!\d)(?:19|20)?\d{2}[01]\d[0-3]\d[-+]\d{4}(?!\d)")


class Persons:
    """The persons that a document names."""

    def __init__(self, names: Sequence[str]) -> None:
        ordered = sorted(set(names), key=len, reverse=True)
        words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
        self.names = tuple(ordered)
        self._pattern = re.compile(rf"\b(?:{words})s?\b") if ordered else None

    def masked(self, text: str) -> str:
        """Return *text* without persons' names, addresses of mail and personal numbers."""
        text = _PERSONAL_NUMBER.sub("[personnummer]", _MAIL.sub("[e-post]", text))
        return self._pattern.sub(MASK, text) if self._pattern else text


def persons(passages: Sequence[Passage], parties: Parties) -> Persons:
    """Return the persons that a document names as signatories or in charge of something."""
    known = {word for each in parties.members for word in each.name.split()}
    found = [name for passage in passages for name in _in_passage(passage)]
    found += list(_signing(passages))
    return Persons(
        [
            name
            for name in found
            if not _ORGANISATION.search(name) and not set(name.split()) <= known
        ]
    )


def _in_passage(passage: Passage) -> Iterator[str]:
    for text in passage.cells or (passage.text,):
        for pattern in _BESIDE:
            for found in pattern.finditer(text):
                yield found[1]


def _signing(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what stands alone on a line in the last part, where documents are signed."""
    for passage in passages[int(len(passages) * 0.6) :]:
        for text in passage.cells or (passage.text,):
            if _LONE.match(text):
                yield from _apart(text)
            else:
                lead = re.match(
                    rf"^({_PERSON})\s(?=[a-zåäö-]*{_ROLE}$|[a-zåäö]+ens? ordförande)", text
                )
                if lead:
                    yield lead[1]


def _apart(text: str) -> Iterator[str]:
    """Yield a name, or the two that stand side by side on a line."""
    yield text
    words = text.split()
    if len(words) > 3:
        yield from (" ".join(words[:2]), " ".join(words[2:]))
