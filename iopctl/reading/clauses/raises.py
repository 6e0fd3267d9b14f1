"""Raises that are no single percent or series: kronor a year, steps by year, several series.

Only what the words say plainly is told. A sentence that has more figures than it has years or
series for them is left to the others.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.reading.days import months_named
from iopctl.reading.facts import Fact
from iopctl.reading.numbers import number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import Evidence
    from iopctl.source.events import Value

PATH: Final = ("economy", "index")
HUNDRED: Final = Decimal(100)
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


def composite(found: tuple[WeightedPart, ...], here: Evidence, lag: str) -> Iterator[Fact]:
    """Yield an index of several series, each with its *lag* in years, "" where none is told."""
    for place, part in enumerate(found):
        written: dict[str, Value] = {"series": part.series, "weight": plain(part.weight)}
        if lag:
            written["lag_years"] = lag
        yield Fact((*PATH, "composite", place), written, here)


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
