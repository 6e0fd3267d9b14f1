"""How amounts are raised: a percent, a series and its terms, or that they are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.clauses import raises
from iopctl.reading.days import months_named
from iopctl.reading.facts import Doubt, Fact, evidence, of_match
from iopctl.reading.numbers import number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.sentences import Sentence

_RAISED: Final = re.compile(
    r"\bräkna(?:s|de)? (?:\w+ ){0,12}?upp\b|\bräknas \w+|uppräkn|justeras|indexer"
    r"|index(?:regler|uppräkn|justera)|höjs|ökas|skrivs upp|värdesäkr"
    r"|adjusted|increased|indexed|uprated|raised|index-linked",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(
    r"(?:räknas|justeras|indexeras|uppdateras|höjs|ändras"
    r"|skrivs)\s(?:dock\s)?(?:inte|ej)|\b(?:inte|ingen|utan)\s(?:upp)?(?:räkn"
    r"|index|juster)|(?:ingen|utan) (?:uppräkning|indexering)"
    r"|(?:någon|ingen) (?:års|index)?(?:uppräkning|indexering|höjning"
    r"|justering)[^.]{0,40}(?:inte|ej|sker|görs)?|fasta? (?:under|för|belopp)|not"
    r" (?:be )?(?:adjusted|indexed|increased|raised)|fixed (?:for|during"
    r"|throughout)|no index",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(
    (
        r"(\d{1,2}(?:[.,]\d{1,2})?|(?:en|ett|två|tre|fyra|fem|one|two|three|four"
        r"|five))\s?(?:%|procent\b(?!enhet)|per ?cent)"
    ),
    re.IGNORECASE,
)
_WORDS: Final = {
    "en": "1",
    "ett": "1",
    "två": "2",
    "tre": "3",
    "fyra": "4",
    "fem": "5",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
}
_MOST: Final = re.compile(
    (
        r"(?:högst|maximalt|max|tak(?:et)? (?:på|om)|at most|not exceed\w*|capped at"
        r"|maximum of)\s+(?:med\s+)?(\d{1,2}(?:[.,]\d{1,2})?|\w+)\s?(?:%|procent|per"
        r" ?cent)"
    ),
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    (
        r"(?:lägst|minst|golv(?:et)? (?:på|om)|at least|no less than|minimum"
        r" of)\s+(?:med\s+)?(\d{1,2}(?:[.,]\d{1,2})?|\w+)\s?(?:%|procent|per ?cent"
        r"|(?:och|and)\s(?:högst|at most))"
    ),
    re.IGNORECASE,
)
_NEVER_LOWER: Final = re.compile(
    (
        r"(?:sänks|minskas|minskar|räknas ned|nedräknas)\s(?:dock\s)?(?:aldrig|inte)"
        r"|aldrig (?:sänkas|minska|negativ|lägre)|inte (?:sänkas|bli lägre)|never"
        r" (?:be )?(?:reduced|lowered|decrease)|not be (?:reduced|lowered)"
    ),
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    (
        r"(\d{1,3}(?:[.,]\d+)?)\s?(?:%|procent|per ?cent)\s+(?:av"
        r"|of)\s+(?:\w+\s){0,3}?(?:öknin|förändrin|uppgång|ändrin|increase|change|rise"
        r"|höjnin)"
    ),
    re.IGNORECASE,
)
_ROUNDED: Final = re.compile(
    r"avrunda\w*\s+(?P<way>nedåt|uppåt|ned|upp)?\s*(?:till\s+)?(?:närmaste|närmsta"
    r"|helt|hela|jämn[at]|jämt)?\s*(?P<unit>krona|kronor|tiotal|tiokrona?"
    r"|hundratal|hundra|tusental|tusen|krontal)"
    r"|rounded\s+(?P<way2>down"
    r"|up)?\s*to\s+(?:the\s+)?(?:nearest\s+)?(?:whole\s+)?(?P<unit2>krona|ten"
    r"|hundred|thousand)",
    re.IGNORECASE,
)
_UNITS: Final = {
    "krona": 1,
    "kronor": 1,
    "krontal": 1,
    "tiotal": 10,
    "tiokron": 10,
    "tiokrona": 10,
    "ten": 10,
    "hundratal": 100,
    "hundra": 100,
    "hundred": 100,
    "tusental": 1000,
    "tusen": 1000,
    "thousand": 1000,
}
_CHAINED: Final = re.compile(
    (
        r"senast (?:utbetalade|gällande|fastställda|uppräknade)|föregående års"
        r" (?:belopp|ersättning|bidrag)|(?:last|previous) (?:paid|year's) amount"
    ),
    re.IGNORECASE,
)


def facts(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    """Yield the index and its rounding; nothing where amounts are said to be fixed."""
    for sentence, match in reading.found(
        _RAISED,
        "index economy invoicing validity",
        "background proposal legal edge termination follow_up",
    ):
        if _is_of_amounts(sentence) and not _only_negated(sentence):
            yield from _clause(sentence, match)
            return


def _is_of_amounts(sentence: Sentence) -> bool:
    words = (
        r"belopp|bidrag|ersättning|stöd|kostnad|värde|medel|pris|index|lön|amount"
        r"|grant|contribution|cost|compensation|funding|summa|budget|betalning|payment"
        r"|poster"
    )
    return bool(re.search(words, sentence.text, re.IGNORECASE))


def _only_negated(sentence: Sentence) -> bool:
    return (
        bool(_NEGATED.search(sentence.text))
        and not _PERCENT.search(sentence.text)
        and not raises.series(sentence.text)
    )


def _clause(sentence: Sentence, match: re.Match[str]) -> Iterator[Fact | Doubt]:
    here = of_match(sentence, match)
    whole = sentence.passage.text
    path = ("economy", "index")
    series = raises.series(sentence.text) or raises.series(whole)
    parts = raises.parts(sentence.text)
    plainly = list(raises.plainly(sentence.text, here))
    if parts and not raises.are_whole(parts):
        told = "flera index nämns, med andelar som inte blir 100 % tillsammans"
        yield Fact(path, "unspecified", here, told)
        return
    if parts:
        is_late = bool(raises.LATE.search(whole))
        yield from raises.composite(sentence.text, parts, here, is_late=is_late)
        yield from _bounds(sentence)
    elif series:
        yield Fact((*path, "series"), series, here)
        yield from _terms(sentence, series)
    elif plainly:
        yield from plainly
    elif percent := _PERCENT.search(sentence.text):
        yield Fact((*path, "percent"), _figure(percent[1]), of_match(sentence, percent))
    else:
        told = "indexregleras, men vilket index som gäller sägs inte"
        yield Fact(path, "unspecified", here, told)
        return
    if day := raises.raise_on(sentence.text):
        yield Fact((*path, "raise_on"), day, here)
    if _CHAINED.search(whole):
        yield Fact((*path, "compound"), "rounded", here)
    yield from _rounding(sentence)


def _terms(sentence: Sentence, series: str) -> Iterator[Fact | Doubt]:
    whole = sentence.passage.text
    path = ("economy", "index")
    here = evidence(sentence)
    if raises.LATE.search(whole):
        yield Fact((*path, "lag_years"), "1", here)
    else:
        month = " och vilken månad" if not months_named(whole) else ""
        yield Doubt(
            (*path, "lag_years"),
            f"index {series}: vilket års värde{month} som används sägs inte",
            here,
        )
    share = _SHARE.search(whole)
    if passed_on := _figure(share[1]) if share else raises.share(whole, series):
        yield Fact((*path, "pass_through"), passed_on, here)
    month = raises.base(whole)
    value_of = raises.month(whole)
    if value_of and not month and raises.LATE.search(whole):
        yield Fact((*path, "month"), value_of, here)
    if month:
        if raises.LATE.search(whole):
            yield Fact((*path, "base", "period"), month, here)
            if value := raises.base_value(whole):
                yield Fact((*path, "base", "value"), value, here)
        else:
            told = f"basmånaden är {month}: skriv base: {{period: {month}}} när det är känt vilket"
            yield Doubt((*path, "base"), f"{told} års värde som används", here)
    yield from _bounds(sentence)


def _bounds(sentence: Sentence) -> Iterator[Fact]:
    whole = sentence.passage.text
    path = ("economy", "index")
    here = evidence(sentence)
    if most := _MOST.search(whole):
        yield Fact((*path, "cap"), _figure(most[1]), here)
    least = _LEAST.search(whole)
    if least or _NEVER_LOWER.search(whole):
        yield Fact((*path, "floor"), _figure(least[1]) if least else "0", here)


def _rounding(sentence: Sentence) -> Iterator[Fact]:
    found = _ROUNDED.search(sentence.passage.text)
    if found:
        unit = _UNITS.get((found["unit"] or found["unit2"]).lower(), 1)
        way = (found["way"] or found["way2"] or "").lower()
        mode = {
            "nedåt": "down",
            "ned": "down",
            "down": "down",
            "uppåt": "up",
            "upp": "up",
            "up": "up",
        }.get(way)
        here = of_match(sentence, found) if _ROUNDED.search(sentence.text) else evidence(sentence)
        if unit != 1 or mode:
            yield Fact(("economy", "rounding", "unit"), str(unit), here)
        if mode:
            yield Fact(("economy", "rounding", "mode"), mode, here)


def _figure(text: str) -> str:
    value = number(_WORDS.get(text.lower(), text))
    return plain(value) if value is not None else text


# ------------------------------------------------------------------ which rows are raised
_REST: Final = re.compile(
    (
        r"(?:övriga|andra|egna|egen|other|own|remaining|resten)\b[^.]{0,60}?(?:räknas"
        r"|justeras|uppdateras|indexeras|höjs|adjusted|indexed|increased)\s?(?:inte|ej"
        r"|not)?|värdet av övriga"
    ),
    re.IGNORECASE,
)
_OF_PAID: Final = re.compile(
    (
        r"^(?:det belopp som betalas|utbetalt belopp|ersättningen|bidraget|stödet"
        r"|kommunens|regionens|kontanta|the grant|the contribution|the (?:municipality"
        r"|region)['’]s|beloppet som)(?![a-zåäö])|(?:kontanta|utbetalda) (?:stöd"
        r"|bidrag|del)"
    ),
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"samtliga belopp|alla belopp|beloppen i tabellen|kostnaderna|samtliga poster|all amounts",
    re.IGNORECASE,
)


def only_paid(reading: DocumentReading) -> bool:
    """Whether the text says that only what is paid is raised, not what is put in."""
    for sentence, _ in reading.found(
        _RAISED, "index economy invoicing validity", "background proposal legal edge"
    ):
        if _ALL.search(sentence.text):
            return False
        if (
            _is_of_amounts(sentence)
            and not _only_negated(sentence)
            and _OF_PAID.search(sentence.text)
        ):
            return True
    return any(
        _NEGATED.search(sentence.text)
        for sentence, _ in reading.found(_REST, "index economy", "background edge")
    )
