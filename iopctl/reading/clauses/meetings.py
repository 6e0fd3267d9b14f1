"""How the partnership is followed up: meetings, reports, a steering group, an evaluation."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from iopctl.reading.clauses.identity import capital, committees
from iopctl.reading.days import days, days_of_year, months_named
from iopctl.reading.facts import Fact, evidence, of_match
from iopctl.reading.numbers import COUNT, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading

TOPICS: Final = "follow_up other activities economy validity"
ELSEWHERE: Final = "background proposal legal edge termination purpose target"

_MEETING: Final = re.compile(
    (
        r"träffas|\bmöts\b|möte|avstämning|sammanträd|styrgruppen ses|parterna ses"
        r"|samråd|dialogträff|uppföljningssamtal|\bmeet\b|meets\b|meeting"
    ),
    re.IGNORECASE,
)
_REPORT: Final = re.compile(
    r"rapport|redovis|återrapport|verksamhetsberättelse|\breports?\b|annual report|account for",
    re.IGNORECASE,
)
_OFTEN: Final = (
    (
        4,
        (
            r"(?:en|1) gång (?:per|i|varje) kvartal|varje kvartal|kvartalsvis|per kvartal"
            r"|i kvartalet|quarterly|each quarter|every quarter|per quarter"
        ),
    ),
    (
        2,
        (
            r"(?:en|1) gång (?:per|i|varje) (?:halvår|termin)|varje halvår|halvårsvis"
            r"|halvårsmöte|varje termin|per termin|twice (?:a|per|each|every) year"
            r"|half-yearly|every six months"
        ),
    ),
    (
        12,
        (
            r"(?:en|1) gång (?:per|i|varje) månad|varje månad|månadsvis|månadsmöte|per"
            r" månad|monthly|every month"
        ),
    ),
    (6, r"varannan månad|every other month"),
    (3, r"varje tertial|tertialvis|per tertial|en gång per tertial"),
    (
        1,
        (
            r"årligen|varje år|årligt|årsvis|per år\b|årsmöte|annual(?:ly)?|once a year"
            r"|every year|each year|yearly"
        ),
    ),
)
_TIMES: Final = re.compile(
    (
        rf"\b({COUNT})\s(?:gång(?:er)?|möten?|dialogmöten|avstämningsmöten"
        rf"|uppföljningsmöten|träffar|rapporter|times|meetings)\s(?:per|om|i|varje"
        rf"|under|a|each|every)\s?(?:avtals|verksamhets|kalender|the )?(?:år|year)"
    ),
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    r"\bhar under\b|under (?:19|20)\d\d\s(?:haft|hade)|haft \w+ möten", re.IGNORECASE
)
_STEERING: Final = (
    re.compile(
        (
            r"styrgrupp(?:en)?\s(?:med|består av|bestående av|som består av|utgörs"
            r" av)\s(.{5,160}?)(?:\s(?:möts|träffas|sammanträder|ska|som)\b|[.;]|$)"
        ),
        re.IGNORECASE,
    ),
    re.compile(r"(?:i den|i gruppen|i styrgruppen) ingår\s(.{5,160}?)(?:[.;]|$)", re.IGNORECASE),
    re.compile(
        r"^(.{5,80}?)\singår i (?:\w+ )?styrgrupp(?:en)?\stillsammans med\s(.{5,100}?)(?:[.;]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"^(.{5,120}?)\s(?:bildar|utgör) (?:en |partnerskapets )?styrgrupp", re.IGNORECASE),
    re.compile(
        (
            r"steering (?:group|committee)\s(?:consisting of|consists of|with|made up of"
            r"|composed of|comprising)\s(.{5,160}?)(?:\s(?:meets|shall|will)\b|[.;]|$)"
        ),
        re.IGNORECASE,
    ),
)
_GROUP_MEMBER: Final = re.compile(r"styrgrupp", re.IGNORECASE)
_EVALUATED: Final = re.compile(r"utvärder(?:as|at|ing(?:en)?|ad)|evaluat", re.IGNORECASE)
_BEFORE: Final = re.compile(r"(?:före|innan|before|prior to)\s(?:den\s|the\s)?$", re.IGNORECASE)
_RENEWAL: Final = re.compile(
    (
        r"(?:före|innan|inför|föregås av|before|prior to)[^.]{0,60}(?:förläng"
        r"|utvärdering|ny överenskommelse|extension|renewal|extended|renewed)"
    ),
    re.IGNORECASE,
)
_REVIEWED: Final = re.compile(
    (
        rf"(?:ses över|översyn|revideras|reviewed?)[^.]{{0,30}}?\b(?:vart|vartannat"
        rf"|varje|every|med)\s?(?P<nth>annat|tredje|fjärde|femte|{COUNT})?\s?(?:års?\b"
        rf"|years?)"
    ),
    re.IGNORECASE,
)
_NTH: Final = {"annat": 2, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
_LAST: Final = re.compile(
    r"(?:senast|före|no later than|not later than|by)\s(?:den\s|the\s)?$", re.IGNORECASE
)


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield what the follow-up section, and only after it the others, say."""
    yield from _how_often(reading, "meetings_per_year", _MEETING)
    yield from _reports(reading)
    yield from _steering(reading)
    yield from _evaluation(reading)
    reviewed = reading.first(_REVIEWED, TOPICS, ELSEWHERE)
    if reviewed:
        sentence, match = reviewed
        nth = (match["nth"] or "").lower()
        years = (
            _NTH.get(nth)
            or (count(nth) if nth else None)
            or (2 if "vartannat" in match[0].lower() else 1)
        )
        yield Fact(("follow_up", "review_every_years"), str(years), of_match(sentence, match))


def _how_often(reading: DocumentReading, key: str, words: re.Pattern[str]) -> Iterator[Fact]:
    for sentence, match in reading.found(words, TOPICS, ELSEWHERE):
        often = None
        if not _OUTCOME.search(sentence.text):
            often = _in_a_year(_clause(sentence.text, match)) or _in_a_year(sentence.text)
        if often and not re.search(
            r"deltagare(?:n|na)?\b.{0,30}möt|varje deltagare|individen",
            sentence.text,
            re.IGNORECASE,
        ):
            yield Fact(("follow_up", key), str(often), of_match(sentence, match))
            return


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the part of a sentence that a match stands in, between its `, och` and `;`."""
    stops = [each.start() for each in re.finditer(r",\s(?:och|and|samt|men)\s|;\s", text)]
    start = max((stop for stop in stops if stop < match.start()), default=0)
    return text[start : min((stop for stop in stops if stop > match.end()), default=len(text))]


def _in_a_year(text: str) -> int | None:
    times = _TIMES.search(text)
    if times:
        return count(times[1])
    for number, words in _OFTEN:
        if number > 1 and re.search(words, text, re.IGNORECASE):
            return number
    named = re.findall(r"\b(?:ett|en|one)\s(?:\w+\s)?(?:i|in|under)\s\w+", text)
    if len(months_named(text)) > 1 and len(named) > 1:
        return len(months_named(text))
    return 1 if re.search(_OFTEN[-1][1], text, re.IGNORECASE) else None


# ------------------------------------------------------------------ reports
def _reports(reading: DocumentReading) -> Iterator[Fact]:
    own = [
        found
        for found in reading.found(_REPORT, TOPICS, ELSEWHERE)
        if not re.match(r"rapporten ska innehålla|av rapporten", found[0].text, re.IGNORECASE)
    ]
    own = [
        found for found in own if not re.search(r"ekonomisk redovisning av oanvän", found[0].text)
    ]
    for sentence, match in own:
        text = sentence.text
        due = [day for day in days_of_year(text) if _LAST.search(text[: day.start])]
        yearly = re.search(
            (
                r"årsrapport|årsredovisning|verksamhetsberättelse|(?:gångna|föregående|förra)"
                r" året?|annual report"
            ),
            text,
            re.IGNORECASE,
        )
        clause = _clause(text, match)
        often = _in_a_year(clause) or (1 if due or yearly else None)
        if often is None and ";" not in text:
            often = _in_a_year(text)
        if often is None:
            continue
        here = of_match(sentence, match)
        yield Fact(("follow_up", "reports_per_year"), str(often), here)
        if due:
            yield Fact(
                ("follow_up", "report_due"),
                due[0].text,
                evidence(sentence, due[0].start, due[0].end),
            )
        receiver = _receiver(reading, text)
        if receiver:
            yield Fact(("follow_up", "report_to"), receiver, here)
        return


def _receiver(reading: DocumentReading, text: str) -> str:
    """Return whom a report goes to; "both committees" are those of the parties."""
    all_of_them = re.search(
        r"till (?:båda |de båda |respektive |parternas )?nämnd(?:erna|er)\b", text, re.IGNORECASE
    )
    if all_of_them:
        named = [each for passage in reading.passages[:40] for each in committees(passage.text)]
        return " och ".join(
            dict.fromkeys([*named[:1], *(each[0].lower() + each[1:] for each in named[1:2])])
        )
    at = re.search(r"\b(?:till|to)\s(?!och)", text)
    found = committees(text[at.start() :]) if at else []
    if found:
        return found[0]
    if re.search(r"\btill nämnden\b", text):
        return next((each for passage in reading.passages for each in committees(passage.text)), "")
    return ""


# ------------------------------------------------------------------ steering group and evaluation
def _steering(reading: DocumentReading) -> Iterator[Fact]:
    for place, sentence in enumerate(reading.sentences):
        near = " ".join(each.text for each in reading.sentences[max(place - 1, 0) : place + 1])
        if sentence.topic in ELSEWHERE.split() or not re.search(
            r"styrgrupp|steering", near, re.IGNORECASE
        ):
            continue
        for pattern in _STEERING:
            match = pattern.search(sentence.text)
            if match:
                told = ", ".join(part for part in match.groups() if part)
                yield Fact(
                    ("follow_up", "steering_group"),
                    capital(told.strip()),
                    of_match(sentence, match),
                )
                return


def _evaluation(reading: DocumentReading) -> Iterator[Fact]:
    path = ("follow_up", "evaluation")
    for sentence, match in reading.found(_EVALUATED, TOPICS, ELSEWHERE):
        for day in days(sentence.text):
            whole = len(day.text) == len("2024-01-01")
            before = whole and _BEFORE.search(sentence.text[: day.start])
            due = (
                (date.fromisoformat(day.text) - timedelta(days=1)).isoformat()
                if before
                else day.text
            )
            if day.start > match.start() or _LAST.search(sentence.text[: day.start]):
                yield Fact((*path, "due"), due, evidence(sentence, day.start, day.end))
                break
        else:
            continue
        break
    renewal = next(
        (
            found
            for found in reading.found(_RENEWAL, TOPICS, ELSEWHERE)
            if _EVALUATED.search(found[0].text)
        ),
        None,
    )
    if renewal:
        yield Fact((*path, "before_renewal"), "true", of_match(*renewal))


__all__ = ["facts"]
