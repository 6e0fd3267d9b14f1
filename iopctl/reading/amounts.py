"""Kronor in a text, in every spelling: what is stated, for how long, and where it stands."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl.reading.numbers import GROUPED, WORDS, in_words, number

if TYPE_CHECKING:
    from collections.abc import Iterator

Per = Literal["year", "whole", "month", "quarter", "hour", "unit", ""]

_UNITS: Final = {
    "mnkr": 1_000_000,
    "mkr": 1_000_000,
    "msek": 1_000_000,
    "mn kr": 1_000_000,
    "miljoner kronor": 1_000_000,
    "miljoner kr": 1_000_000,
    "miljon kronor": 1_000_000,
    "million kronor": 1_000_000,
    "million sek": 1_000_000,
    "milj. kr": 1_000_000,
    "miljoner": 1_000_000,
    "tusen kronor": 1000,
    "tusental kronor": 1000,
    "tkr": 1000,
    "kkr": 1000,
    "ksek": 1000,
    "tsek": 1000,
    "tusen kr": 1000,
    "t kr": 1000,
    "thousand kronor": 1000,
    "kronor": 1,
    "krona": 1,
    "kr": 1,
    "sek": 1,
    ":-": 1,
    ",-": 1,
    "swedish kronor": 1,
}
_UNIT: Final = "|".join(re.escape(each) for each in sorted(_UNITS, key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?<![\w,.:/-])(?:sek|kr)\s?(?P<after>{GROUPED})(?![\d%])"
    rf"|(?<![\w,./-])(?P<number>{GROUPED})\)?\s?(?P<unit>{_UNIT})(?![a-zåäö])"
    rf"|\b(?P<words>{WORDS})\s?(?P<wordunit>kronor|kr|sek)\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"(?:{GROUPED})(?:\s?(?P<unit>{_UNIT}))?", re.IGNORECASE)
_PER: Final[tuple[tuple[Per, str], ...]] = (
    ("hour", r"\s*(?:per|/|i|an|om|the)\s*(?:arbets)?(?:tim\w*|h\b|hour)"),
    ("month", r"\s*(?:per|/|i|a|varje)\s*(?:månad\w*|mån\b|month)"),
    ("quarter", r"\s*(?:per|/|i|varje|a)\s*(?:kvartal\w*|quarter)"),
    (
        "year",
        (
            r"\s*(?:\(?(?:sek|kr)\)?\s*)?(?:(?:per|/|om|för varje|varje|i|a|each|for"
            r" each)\s*(?:helt\s*)?(?:kalender|verksamhets|bidrags|hel|budget)?(?:år|year"
            r"|annum)|årlig|annually|yearly)"
        ),
    ),
    (
        "whole",
        (
            r"[^.;]{0,25}?\b(?:för|under|over|for|during) (?:hela |den samlade |the"
            r" (?:whole|entire) )?(?:avtals|projekt|partnerskaps|agreement )?(?:period"
            r"|tid)(?:en|s\w*)?\b"
        ),
    ),
    (
        "unit",
        (
            r"\s*(?:per|/|och)\s*(?:deltagar|plats|barn|person|dygn|familj|elev|besök"
            r"|tillfäll|dag\b|participant|place|child|visit)"
        ),
    ),
)
_PERS: Final = [(per, re.compile(words, re.IGNORECASE)) for per, words in _PER]


class DocumentAmount(NamedTuple):
    """Kronor, for what time they are, and where in the text they stand."""

    kronor: Decimal
    per: Per
    start: int
    end: int


def amounts(text: str) -> Iterator[DocumentAmount]:
    """Yield the amounts in kronor of *text*; those of other currencies are not among them."""
    for found in _AMOUNT.finditer(text):
        kronor = _kronor(found)
        if kronor is not None:
            yield DocumentAmount(kronor, _per(text, found.end()), found.start(), found.end())


def _kronor(found: re.Match[str]) -> Decimal | None:
    if found["words"]:
        value = in_words(found["words"])
        return None if value is None else Decimal(value)
    value_ = number(found["after"] or found["number"])
    if value_ is None:
        return None
    return value_ * _UNITS[found["unit"].lower()] if found["unit"] else value_


def _per(text: str, end: int) -> Per:
    return next((per for per, words in _PERS if words.match(text, end)), "")


def bare(text: str, factor: int = 1) -> Decimal | None:
    """Return the kronor of a table's cell, in units of *factor* where it names none itself."""
    found = _BARE.fullmatch(text.strip().rstrip("*"))
    if not found:
        return None
    unit = found["unit"]
    value = number(text.strip().rstrip("*")[: found.start("unit") if unit else None].strip())
    return None if value is None else value * (_UNITS[unit.lower()] if unit else factor)


def factor(text: str) -> int | None:
    """Return what a column's heading multiplies its figures by: 1000 for `tkr`; None if unsaid."""
    found = re.search(rf"(?<![a-zåäö])(?:{_UNIT})(?![a-zåäö])", text, re.IGNORECASE)
    return _UNITS[found[0].lower()] if found else None
