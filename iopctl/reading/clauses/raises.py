"""Raises that are no single percent or series: kronor a year, steps by year, several series.

Only what the words say plainly is told. A sentence that has more figures than it has years or
series for them is left to the others.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.money import HUNDRED
from iopctl.reading.days import months_named
from iopctl.reading.facts import Fact
from iopctl.reading.numbers import number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import Evidence
    from iopctl.source.events import Value

PATH: Final = ("economy", "index")
SERIES: Final = (
    ("KPIF", r"\bKPIF\b"),
    ("KPI", r"\bKPI\b|konsumentprisindex|\bCPI\b|consumer price index"),
    ("PKV", r"\bPKV\b|prisindex för kommunal verksamhet"),
    ("LPIK", r"\bLPIK\b|landstingsprisindex|regionprisindex|\bLPI\b"),
    ("AKI", r"\bAKI\b|arbetskostnadsindex"),
    ("LCI", r"\bLCI\b|labour cost index"),
    ("OPI", r"\bOPI\b|omsorgsprisindex"),
    ("NPI", r"\bNPI\b|nettoprisindex"),
)
_ANY: Final = "|".join(words for _, words in SERIES)
_PERCENT: Final = r"(?P<percent>\d{1,3}(?:[.,]\d+)?)\s?(?:%|procent\b(?!enhet)|per ?cent)"
_KRONOR: Final = re.compile(
    r"\b(?:höjs|ökas|ökar|(?:räknas|skrivs|justeras) (?:\w+ ){0,6}?upp|increased|raised)\b"
    r"[^.]{0,60}?\b(?:med|by)\s+"
    r"(?P<kronor>\d{1,3}(?:[ \u00a0.]?\d{3})*)\s?(?:kr\b|kronor|SEK)",
    re.IGNORECASE,
)
_EACH_YEAR: Final = re.compile(
    r"varje år|årligen|per år|om året|vid varje årsskifte|annually|each year|every year|a year",
    re.IGNORECASE,
)
_YEAR_OR_PERCENT: Final = re.compile(rf"(?P<year>\b20\d\d\b)|{_PERCENT}", re.IGNORECASE)
_BOUND: Final = re.compile(
    r"högst|lägst|minst|maximal|max\b|tak|golv|at (?:most|least)", re.IGNORECASE
)
_PART: Final = re.compile(
    rf"{_PERCENT}\s+(?:(?:av|of)\s+)?(?:\w+\s){{0,2}}?(?P<series>{_ANY})"
    rf"|(?P<first>{_ANY})\s?(?:\(|:|till|med|to|by)?\s?{_PERCENT.replace('percent', 'after')}",
    re.IGNORECASE,
)
_BASE: Final = re.compile(
    r"\bbas(?:månad(?:en)?|tal(?:et)?|index)\b(?P<between>[^.]{0,40}?)"
    r"(?P<month>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
    r"|december)\s(?:månad\s)?(?P<year>20\d\d)"
    r"|(?P<month2>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
    r"|december)\s(?:månad\s)?(?P<year2>20\d\d)\ssom\sbasmånad",
    re.IGNORECASE,
)

_MONTHS: Final = (
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
)
LATE: Final = re.compile(
    r"(?:närmast )?föregående år(?:en|s|et)?\b|året (?:före|innan)|år före|två år"
    r" (?:före|tidigare|innan)|närmast föregående|preceding|previous year|year"
    r" before|senast (?:publicerade|kända)",
    re.IGNORECASE,
)
_VALUE_OF: Final = re.compile(
    rf"(?:\b(?:för|i|mellan|och|från|till|per)|(?:{_ANY}))\s(?P<before>{_MONTHS})\b"
    r"(?:\smånad)?(?!\s(?:19|20)\d\d)"
    rf"|\b(?P<after>{_MONTHS})(?:värdet|s?\s(?:index)?(?:tal|värde|utgåva))",
    re.IGNORECASE,
)
_NUMBER: Final = r"\d{2,3}(?:[.,]\d{1,2})?|\d{4}[.,]\d{1,2}"
_VALUE: Final = re.compile(
    rf"\bbas(?:tal|index)\w*\s(?:är\s|på\s)?(?P<first>{_NUMBER})(?!\d|\s?(?:%|procent|kr))"
    rf"|\bbas(?:tal|index|månad)\w*\b[^.]{{0,60}}?(?:19|20)\d\d\s?"
    rf"(?:\(|,\s|är\s|var\s|som\s(?:är|var)\s|med\stalet\s)(?:index(?:tal)?\s)?"
    rf"(?P<then>{_NUMBER})(?!\d|\s?(?:%|procent|kr))",
    re.IGNORECASE,
)
_RAISED_ON: Final = re.compile(
    r"(?:räknas|skrivs|justeras|höjs|ökas|indexeras)\b[^.]{0,60}?\bden\s(?P<day>[12]?\d|3[01])\s"
    rf"(?P<month>{_MONTHS})\b(?!\s(?:19|20)\d\d)",
    re.IGNORECASE,
)


def series(text: str) -> str:
    """Return the first series that a text names, "" where it names none."""
    return next((name for name, words in SERIES if re.search(words, text, re.IGNORECASE)), "")


def plainly(text: str, here: Evidence) -> Iterator[Fact]:
    """Yield what a sentence says of kronor a year, or of percent by year; nothing if unclear."""
    if series(text):
        return
    steps = _steps(text)
    if steps:
        yield Fact((*PATH, "steps"), {**steps}, here)
        return
    found = list(_KRONOR.finditer(text))
    if len(found) == 1 and _EACH_YEAR.search(text) and "%" not in text and "procent" not in text:
        yield Fact((*PATH, "kronor"), _figure(found[0]["kronor"]), here)


def _steps(text: str) -> dict[str, str]:
    """Return the percents of years that stand in pairs, each beside its own: two or more."""
    if _BOUND.search(text):
        return {}
    tokens = list(_YEAR_OR_PERCENT.finditer(text))
    kinds = "".join("y" if each["year"] else "p" for each in tokens)
    pairs = len(tokens) // 2
    if pairs < 2 or kinds not in {"yp" * pairs, "py" * pairs}:
        return {}
    found: dict[str, str] = {}
    for one, other in zip(tokens[::2], tokens[1::2], strict=True):
        year, percent = (one, other) if one["year"] else (other, one)
        found[year["year"]] = _figure(percent["percent"])
    return found if len(found) == pairs else {}


# ------------------------------------------------------------------ series
class WeightedPart(NamedTuple):
    """A series that is named with its part, in percent."""

    series: str
    weight: Decimal


def parts(text: str) -> tuple[WeightedPart, ...]:
    """Return the series of a text that have a part in percent; none where one series alone has."""
    found = [
        WeightedPart(
            series(each["series"] or each["first"]),
            number(each["percent"] or each["after"]) or Decimal(0),
        )
        for each in _PART.finditer(text)
    ]
    return tuple(found) if len({each.series for each in found}) > 1 else ()


def are_whole(found: tuple[WeightedPart, ...]) -> bool:
    """Whether parts make 100, each of a series of its own."""
    names = {each.series for each in found}
    return len(names) == len(found) and sum(each.weight for each in found) == HUNDRED


def composite(
    text: str, found: tuple[WeightedPart, ...], here: Evidence, *, is_late: bool
) -> Iterator[Fact]:
    """Yield an index of several series, each with its lag and month as far as they are told.

    The words after a part are its own; *is_late* is whether the clause has all of them a year
    behind. Where a part is of the same year, only those are late that say so themselves.
    """
    own = _own_words(text)
    apart = any(_SAME_YEAR.search(each) for each in own)
    for place, (part, words) in enumerate(zip(found, own, strict=True)):
        written: dict[str, Value] = {"series": part.series, "weight": plain(part.weight)}
        if LATE.search(words) if apart else is_late:
            written["lag_years"] = "1"
            if number := month(words):
                written["month"] = number
        yield Fact((*PATH, "composite", place), written, here)


_SAME_YEAR: Final = re.compile(r"samma år|same year", re.IGNORECASE)


def _own_words(text: str) -> list[str]:
    """Return what stands from each part of several to the next, or to the end."""
    starts = [each.start() for each in _PART.finditer(text)]
    return [text[one:other] for one, other in pairwise([*starts, len(text)])]


def month(text: str) -> str:
    """Return the month whose value counts every year, as `10`; "" where not one alone is told.

    A month with a year is of a base number, and one with a day before it a date.
    """
    found = {each["before"] or each["after"] for each in _VALUE_OF.finditer(text)}
    numbers = {name for each in found for name in months_named(each)}
    return numbers.pop().removeprefix("0") if len(numbers) == 1 else ""


def base_value(text: str) -> str:
    """Return the number that changes are counted from (*bastal*), as `402.5`; "" if none.

    A whole number of four digits may be a year, and is none.
    """
    found = {each["first"] or each["then"] for each in _VALUE.finditer(text)}
    return _figure(found.pop()) if len(found) == 1 else ""


def raise_on(text: str) -> str:
    """Return the day of every year on which amounts are raised, as `05-01`; "" if none is told."""
    found = {(each["day"], each["month"].lower()) for each in _RAISED_ON.finditer(text)}
    if len(found) != 1 or not _EACH_YEAR.search(text):
        return ""
    [(day, name)] = found
    [number] = months_named(name)
    told = f"{number}-{int(day):02}"
    return "" if told == "01-01" else told


def share(text: str, name: str) -> str:
    """Return which percent of a series is passed on, where a text says so: `90 % av KPI`."""
    words = dict(SERIES)[name]
    of_it = rf"{_PERCENT}\s+(?:av|of)\s+(?:\w+\s){{0,3}}?(?:{words})"
    found = re.search(of_it, text, re.IGNORECASE)
    return _figure(found["percent"]) if found else ""


def base(text: str) -> str:
    """Return the month that changes are counted from (*basmånad*), as `2023-10`; "" if none."""
    found = _BASE.search(text)
    if not found:
        return ""
    [month] = months_named(found["month"] or found["month2"])
    return f"{found['year'] or found['year2']}-{month}"


def _figure(text: str) -> str:
    value = number(text)
    return plain(value) if value is not None else text
