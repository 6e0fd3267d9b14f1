"""From when to when an agreement holds, how it is extended and ended, when it was signed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from iopctl.reading.days import When, days, days_of_year, spans
from iopctl.reading.facts import Doubt, Evidence, Fact, evidence, of_match
from iopctl.reading.numbers import COUNT, count
from iopctl.reading.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.sentences import Sentence

TOPICS: Final = "validity parties economy"
ELSEWHERE: Final = "background proposal termination legal target edge"

_HOLDS: Final = re.compile(
    r"gäll(?:er|a)|avser|löper|träder i kraft|avtalstid|avtalsperiod|giltig"
    r"|sträcker sig|omfattar tiden|för tiden|perioden|startdatum"
    r"|slutdatum|påbörjas|tecknas för|start|\bslut|in force|valid|effective|comes"
    r" into|\bterm\b|commenc|runs? from|shall apply|expires",
    re.IGNORECASE,
)
_TO: Final = re.compile(
    r"^[\s,.(]*(?:t\.?\s?o\.?\s?m\.?|tom|till och med|till|–|—|-|/|och (?:till och"
    r" med|upphör|löper (?:ut|till)|gäller (?:till och med|till|t\.?o\.?m\.?))"
    r"|och (?:därmed )?fram(?: till)?|fram till|(?:up )?to(?: and including)?"
    r"|until|through|and (?:ends|expires|remains in force until))(?: och"
    r" med)?[\s,]*(?:den\s|dagen\s|the\s)?(?:on\s)?$",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    (
        r"(?:från(?: och med)?|fr\.?\s?o\.?\s?m\.?|from|börjar(?: gälla)?"
        r"|startdatum\w*|träder i kraft|start\w*|commences?(?: on)?|påbörjas|with"
        r" effect from|effective)[\s:,]*(?:den\s|the\s|on\s)?$"
    ),
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    (
        r"(?:till och med|t\.?\s?o\.?\s?m\.?|upphör(?: att gälla)?|löper ut"
        r"|slutdatum\w*|slut\w*|until|expires?(?: on)?|ends?(?: on)?|fram"
        r" till)[\s:,]*(?:den\s|the\s|on\s)?$"
    ),
    re.IGNORECASE,
)
_OPEN: Final = re.compile(r"tills? vidare|until further notice|indefinite", re.IGNORECASE)


def facts(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    """Yield validity, extension, notice and signature."""
    yield from _period(reading)
    yield from _extension(reading)
    yield from _notice(reading)
    yield from _signature(reading)


# ------------------------------------------------------------------ the period
def _period(reading: DocumentReading) -> Iterator[Fact]:
    holding = [
        found for found in reading.found(_HOLDS, TOPICS, ELSEWHERE) if not _of_money(found[0])
    ]
    for sentence, _ in holding:
        if fact := _open(sentence):
            yield from fact
            return
        found = list(days(sentence.text))
        for first, last in pairwise(found):
            if _TO.search(sentence.text[first.end : last.start]) and first.text <= last.text:
                here = evidence(sentence, first.start, last.end)
                yield Fact(("validity", "start"), first.text, here)
                yield Fact(("validity", "end"), last.text, here)
                return
        if lasting := _lasting(sentence, found):
            yield from lasting
            return
    yield from _apart(holding)
    yield from _length_alone(reading)


def _of_money(sentence: Sentence) -> bool:
    """Whether a sentence is a row of payments, whose periods are not the agreement's."""
    return (
        bool(re.search(r"\d{3}\s?(?:kr|kronor|sek|:-)", sentence.text, re.IGNORECASE))
        and len(sentence.text) < 90
    )


def _open(sentence: Sentence) -> list[Fact]:
    found = _OPEN.search(sentence.text)
    if not found:
        return []
    here = of_match(sentence, found)
    starts = [Fact(("validity", "start"), each.text, here) for each in days(sentence.text)][:1]
    return [*starts, Fact(("validity", "end"), "open", here)]


def _lasting(sentence: Sentence, found: list[When]) -> list[Fact]:
    """Return start and length where a sentence says both."""
    text = sentence.text
    for start in found:
        if not _FROM.search(text[: start.start]):
            continue
        for span in spans(text):
            before, after = text[max(span.start - 30, 0) : span.start], text[span.end :][:25]
            lasts = re.search(
                (
                    r"(?:under|i|för|for|på|och|of|löper)\s(?:en (?:tid|period) (?:av|om|på)\s|a"
                    r" (?:period|term) of\s)?$"
                ),
                before,
            )
            if lasts and not re.search(r"i taget|i sänder|varsel|uppsäg|notice", after):
                here = evidence(sentence, start.start, span.end)
                length = [
                    Fact(("validity", key), value, here) for key, value in span.facts().items()
                ]
                return [Fact(("validity", "start"), start.text, here), *length]
    return []


def _apart(holding: list[tuple[Sentence, re.Match[str]]]) -> Iterator[Fact]:
    """Yield start and end where they stand in sentences of their own."""
    for key, words in (("start", _FROM), ("end", _UNTIL)):
        for sentence, _ in holding:
            found = [
                each for each in days(sentence.text) if words.search(sentence.text[: each.start])
            ]
            if found:
                yield Fact(
                    ("validity", key),
                    found[0].text,
                    evidence(sentence, found[0].start, found[0].end),
                )
                break


_LENGTH_ALONE: Final = re.compile(
    (
        r"(?:gäller|sträcker sig|löper|tecknas|avtalstid\w*|ingås"
        r"|term)\b[^.]{0,40}?(?:över|under|på|i|för|är|om|of|for)\s|\bavtalstid\s?:"
    ),
    re.IGNORECASE,
)


def _length_alone(reading: DocumentReading) -> Iterator[Fact]:
    for sentence, match in reading.found(_LENGTH_ALONE, TOPICS, "termination legal proposal"):
        near = [
            span
            for span in spans(sentence.text)
            if match.end() - 2 <= span.start <= match.end() + 12
        ]
        if near:
            here = evidence(sentence, match.start(), near[0].end)
            for key, value in near[0].facts().items():
                yield Fact(("validity", key), value, here)
            return


# ------------------------------------------------------------------ extensions
_EXTENDS: Final = re.compile(
    r"förläng|extend|extension|\brenew|option\b|\d\s?\+\s?\d(?:\s?\+\s?\d)*\s?år", re.IGNORECASE
)
_NONE: Final = re.compile(
    r"(?:ingen|inte någon|någon) (?:rätt|möjlighet|option)[^.]{0,40}förläng[^.]*"
    r"|förläng\w*[^.]{0,30}\b(?:finns inte|sker inte|är inte möjlig|medges inte)"
    r"|(?:kan|får|ska) inte förlängas|utan (?:möjlighet till )?förlängning|no"
    r" (?:right|option)[^.]{0,20}(?:exten|renew)|not be (?:extended|renewed)",
    re.IGNORECASE,
)
_AUTOMATIC: Final = re.compile(
    (
        r"automatisk|förlängs\s(?:det|avtalet"
        r"|överenskommelsen)?\s?(?:\w+\s){0,4}?(?:med|på)|automatically|i annat fall"
        r" förläng"
    ),
    re.IGNORECASE,
)
_MUTUAL: Final = re.compile(
    r"(?:parter(?:na)?|alla|båda|bägge|kooperativet|föreningen"
    r"|sidor)[^.]{0,60}(?:över?ens|enas|ense|eniga|önskar|vill|godkänner)"
    r"|ömsesidig|gemensam(?:t)? (?:beslut|överenskommelse)"
    r"|parterna (?:kan|får|har rätt|har möjlighet|äger)|kan (?:av )?parterna"
    r"|mutual|both parties|parties (?:agree|may)|by agreement|efter"
    r" överenskommelse|om part(?:erna)? är|skriftlig överenskommelse",
    re.IGNORECASE,
)
_OPTION: Final = re.compile(
    (
        r"(?:kommunen|kommunerna|staden|regionen|nämnden|kommun|förvaltningen|region"
        r" \w+|municipality"
        r"|region)(?:\s\w+){0,3}?\s(?:har|äger|får|kan|may|has"
        r"|ensidigt)\b[^.]{0,60}(?:förläng|option|extend|extension)|för (?:kommunen"
        r"|staden|regionen) att förläng|ensidig|\boption\b"
        r"|sole (?:right|option)"
    ),
    re.IGNORECASE,
)
_TIMES: Final = (
    re.compile(
        (
            rf"(?:(?:högst|maximalt|max|som mest|ytterligare|at most|up"
            rf" to)\s)?(?<!at )\b({COUNT})\s(?:gång(?:er)?|tillfälle(?:n)?|times?)\b(?!\s(?:per|om"
            rf"|i|a|varje|each|every)\s(?:\w*år|månad|year|month))"
        ),
        re.IGNORECASE,
    ),
    re.compile(r"\b(once|twice)\b", re.IGNORECASE),
)
_ONCE: Final = {"once": 1, "twice": 2}
_PLUS: Final = re.compile(r"(\d)\s?\+\s?(\d(?:\s?\+\s?\d)*)\s?år")


def _extension(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    for sentence, match in reading.found(
        _EXTENDS, "validity", "background proposal legal target purpose activities edge"
    ):
        here = of_match(sentence, match)
        if _NONE.search(sentence.text):
            yield Fact(("validity", "extension", "kind"), "none", here)
            return
        following = _with_next(sentence)
        if found := _terms_of(sentence.text, following):
            yield from (
                Fact(("validity", "extension", key), value, here, doubt)
                for key, (value, doubt) in found.items()
            )
            return


def _with_next(sentence: Sentence) -> str:
    """Return a sentence and the one that follows it in its paragraph."""
    texts = split(sentence.passage.text)
    place = texts.index(sentence.text) if sentence.text in texts else 0
    return " ".join(texts[place : place + 2])


def _terms_of(text: str, following: str) -> dict[str, tuple[str, str]]:
    if plus := _PLUS.search(text):
        of_extension = _EXTENDS.search(text[: plus.start()])
        steps = re.findall(r"\d", plus[0] if of_extension else plus[2])
        kind, doubt = _kind(text, following)
        return {"kind": (kind, doubt), "times": (str(len(steps)), ""), "years": (steps[0], "")}
    at = _EXTENDS.search(text)
    begin = at.start() if at else 0
    lengths = [
        span
        for span in spans(text)
        if not re.match(
            r"[a-zåäö ]{0,30}(?:före|innan|varsel|uppsäg|notice|before)", text[span.end :].lower()
        )
    ]
    after = [span for span in lengths if span.start > begin] or lengths
    if not after:
        return {}
    kind, doubt = _kind(text, following)
    found = {"kind": (kind, doubt)}
    if times := _times(text, following):
        found["times"] = (str(times), "")
    chosen = next(
        (
            span
            for span in after
            if re.match(
                r"\s?(?:i taget|i sänder|åt gången|vardera|at a time|each)", text[span.end :]
            )
        ),
        after[0],
    )
    return found | {key: (value, "") for key, value in chosen.facts().items()}


def _times(text: str, following: str) -> int | None:
    for each in (text, following):
        for pattern in _TIMES:
            found = pattern.search(each)
            if found:
                word = found[1].lower()
                return _ONCE.get(word) or count(word)
    if re.search(
        r"\b(?:med|for|i|på) ytterligare\b|a further\b", text, re.IGNORECASE
    ) and not re.search(r"i taget|i sänder|at a time", text):
        return 1
    return None


def _kind(text: str, following: str) -> tuple[str, str]:
    for kind, words in (("automatic", _AUTOMATIC), ("mutual", _MUTUAL), ("option", _OPTION)):
        if words.search(text):
            return kind, ""
    for kind, words in (("mutual", _MUTUAL), ("option", _OPTION)):
        if words.search(following):
            return kind, ""
    return "unspecified", "vem som beslutar om förlängning sägs inte"


# ------------------------------------------------------------------ notice
_NOTICE: Final = re.compile(
    (
        r"uppsäg|säg(?:a|as|s) upp|säger upp|säga upp|sagt upp|varsel|notice|terminat|lämna"
        r" (?:partnerskapet|samarbetet|avtalet)"
    ),
    re.IGNORECASE,
)
_NOTICE_LENGTH: Final = re.compile(
    (
        r"^\s?(?:(?:ömsesidig|skriftlig|lång|före|innan|in advance|prior|written|'"
        r"|’)\s?){0,3}(?:varsel|uppsägning|uppsägningstid|före|innan|dessförinnan|i"
        r" förväg|notice|before|prior|$|[.,)]|written)"
    ),
    re.IGNORECASE,
)
_NOTICE_BEFORE: Final = re.compile(
    (
        r"(?:uppsägningstid(?:en)?|notice period|period of notice)(?: är| ska vara| om"
        r"| på| is| of|:)?\s*(?:minst\s|ömsesidigt\s|a minimum of\s)?$"
    ),
    re.IGNORECASE,
)
_NO_NOTICE: Final = re.compile(
    r"utan uppsägning|utan varsel|without notice|omedelbar|immediate|väsentlig", re.IGNORECASE
)


def _notice(reading: DocumentReading) -> Iterator[Fact]:
    for sentence, match in reading.found(
        _NOTICE, "validity termination", "background proposal legal edge"
    ):
        text = sentence.text
        if _NO_NOTICE.search(text):
            continue
        for span in spans(text):
            if span.in_years and span.months > 12:
                continue
            if _NOTICE_LENGTH.match(text[span.end :]) or _NOTICE_BEFORE.search(text[: span.start]):
                here = evidence(
                    sentence, min(match.start(), span.start), max(match.end(), span.end)
                )
                yield Fact(("validity", "notice_months"), str(span.months), here)
                return
        by = re.search(
            r"(?:senast|före|by|no later than|not later than)\s(?:den\s|the\s)?$",
            text[: (list(days_of_year(text)) or [When("", 0, 0)])[0].start],
        )
        if by:
            day = next(days_of_year(text))
            yield Fact(("validity", "notice_by"), day.text, evidence(sentence, day.start, day.end))
            return


# ------------------------------------------------------------------ signature
_SIGNED: Final = re.compile(
    r"undertecknade[s]?|signerade[s]?|skrevs under|\bsigned (?:on|in)", re.IGNORECASE
)
_TABULAR: Final = re.compile(r"\d{3}\s?(?:kr|kronor|sek|:-)", re.IGNORECASE)
_SIGNING_PLACE: Final = re.compile(
    (
        r"^(?:(?:ort(?: och |/)datum|datum|place and date|date"
        r"|signed)[\s:.,_]*)?(?:[A-ZÅÄÖ][\wåäö]+(?: [A-ZÅÄÖ][\wåäö]+)?)?,?\s*(?:den\s"
        r"|the\s|on\s)?$"
    ),
    re.IGNORECASE,
)
_LAST_PART: Final = 0.55


def _signature(reading: DocumentReading) -> Iterator[Fact]:
    found: list[tuple[str, Evidence]] = []
    passages = reading.passages
    for number, passage in enumerate(passages):
        if number < len(passages) * _LAST_PART or passage.style in {"edge", "heading"}:
            continue
        for text in passage.cells or (passage.text,):
            for day in days(text):
                whole = len(text) <= 90 and not _TABULAR.search(text)
                if whole and _SIGNING_PLACE.match(text[: day.start]):
                    found.append((day.text, Evidence(passage.place, text[: day.end])))
    for sentence, match in reading.found(_SIGNED, "signature"):
        near = [day for day in days(sentence.text) if 0 <= day.start - match.end() <= 25]
        if near and not found:
            found.append((near[0].text, evidence(sentence, match.start(), near[0].end)))
    if found:
        latest, here = max(found, key=lambda each: each[0])
        several = len({day for day, _ in found}) > 1
        doubt = "undertecknat av parterna olika dagar; detta är den sista" if several else ""
        yield Fact(("validity", "signed"), latest, here, doubt)
