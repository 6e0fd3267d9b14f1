"""How many the partnership is to reach: a number of people or places that is agreed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.facts import Fact, evidence
from iopctl.reading.numbers import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading

_ELSEWHERE: Final = "background legal economy invoicing edge termination validity proposal index"
_UNIT: Final = (
    r"deltagare|platser|barn(?: och (?:unga|ungdomar))?|ungdomar|unga|personer"
    r"|kvinnor|män|familjer|elever|besökare|besök|vuxna|äldre|seniorer"
    r"|brukare|individer|föräldrar|hushåll|samtal|måltider|medborgare|invånare"
    r"|participants|places|children|people|visitors|families|persons|young people"
)
_COUNTED: Final = re.compile(
    (
        rf"(?<![\d:–/-])(?P<number>\d{{1,3}}(?:[ .]\d{{3}})*|tio|tolv|femton"
        rf"|tjugo(?:fem)?|trettio|fyrtio|femtio|sextio|hundra|ten|twenty|thirty"
        rf"|fifty)\s(?:unika\s|olika\s"
        rf"|nya\s)?(?P<unit>{_UNIT})\b(?P<after>[^.;]{{0,45}})"
    ),
    re.IGNORECASE,
)
_PER_YEAR: Final = re.compile(
    (
        r"per (?:kalender|verksamhets)?år|om året|varje år|årligen|under (?:ett|varje)"
        r" år|per year|a year|each year|annually"
    ),
    re.IGNORECASE,
)
_PLACES: Final = re.compile(
    (
        r"åt gången|samtidigt|i taget|vid varje tid|löpande|at a time|at any (?:one"
        r" )?time|simultaneously|kontinuerlig"
    ),
    re.IGNORECASE,
)
_AGREED: Final = re.compile(
    r"\bska\b|\bskall\b|målet|mål är|målsättning|minst|rymm|erbjud|räknar med|ta"
    r" emot|tar emot|har\b|plats för|kapacitet|omfattar|omfattning|bereds|får"
    r" plats|strävar|det vill säga|genomförs|når|nå\b"
    r"|shall|will|at least|target|aim|offer|accommodate|capacity|reach",
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    r"\bunder (?:19|20)\d\d\b|(?:19|20)\d\d (?:fick|besökte|deltog|hade|var)"
    r"|\bdeltog|\bbesökte|\bfick\b|\bvar\b|\bhade\b|\bväntar|\begna\b|\btog\b"
    r"|\bvid utgången|medlemmar|årskurs|just nu|invånare|\binför\s\d"
    r"|varje grupp|per grupp|grupp har|i varje|\blast year\b|\bin 20\d\d\b|were\b"
    r"|had\b|\bgick\b|på minst \d*\s?\w* platser",
    re.IGNORECASE,
)


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield the targets; figures of what has been are none."""
    told: set[tuple[str, str]] = set()
    number = 0
    unwanted = _ELSEWHERE.split()
    for sentence in reading.sentences:
        if sentence.topic in unwanted and not re.search(
            r"kapacitet|plats för|ta emot", sentence.text
        ):
            continue
        for match in _COUNTED.finditer(sentence.text):
            target, unit = count(re.sub(r"[ .]", "", match["number"])), match["unit"].lower()
            near = sentence.text[max(match.start() - 90, 0) : match.end()]
            measure = _measure(match, sentence.text)
            agreed = _AGREED.search(near) and not _OUTCOME.search(_clause(sentence.text, match))
            if target and target > 1 and measure and agreed and (unit, measure) not in told:
                told.add((unit, measure))
                value = {"unit": unit, "target": str(target), "measure": measure}
                yield Fact(
                    ("volume", number), dict(value), evidence(sentence, match.start(), match.end())
                )
                number += 1


def _measure(match: re.Match[str], text: str) -> str:
    after, near = match["after"], text[max(match.start() - 110, 0) : match.end()]
    if _PER_YEAR.search(after):
        return "per_year"
    if _PLACES.search(after) or match["unit"].lower() in {"platser", "places"}:
        return "places"
    if _PER_YEAR.search(near):
        return "per_year"
    return "places" if _PLACES.search(near) else ""


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the part of a sentence around a match, to the nearest stops."""
    start = max(text.rfind(". ", 0, match.start()), text.rfind("; ", 0, match.start()), 0)
    return text[start : match.start("after")]
