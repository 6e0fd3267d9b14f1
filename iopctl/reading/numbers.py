"""Numbers as documents write them: digits in groups, and words, Swedish and English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_SMALL: Final = {
    "noll": 0,
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "tretton": 13,
    "fjorton": 14,
    "femton": 15,
    "sexton": 16,
    "sjutton": 17,
    "arton": 18,
    "nitton": 19,
    "tjugo": 20,
    "trettio": 30,
    "fyrtio": 40,
    "femtio": 50,
    "sextio": 60,
    "sjuttio": 70,
    "åttio": 80,
    "nittio": 90,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_LARGE: Final = {
    "hundra": 100,
    "hundred": 100,
    "tusen": 1000,
    "thousand": 1000,
    "miljoner": 1_000_000,
    "miljon": 1_000_000,
    "million": 1_000_000,
}
_PARTS: Final = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True))
_PART: Final = re.compile(_PARTS)
WORDS: Final = rf"(?:(?:{_PARTS})(?:[- ]?(?:och |and )?(?:{_PARTS}))*)"
"""A number in words, in one word or several."""
COUNT: Final = rf"(?:\d{{1,4}}|{WORDS}|varje|a|an)"
"""A small number, in digits or words."""
GROUPED: Final = (
    r"(?:\d{1,3}(?:[ .']\d{3})+|\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:,\d{1,2}(?!\d)|\.\d{1,2}(?!\d))?"
)
"""A number in digits, thousands apart by a blank, a point or (in English) a comma."""


def number(text: str) -> Decimal | None:
    """Return the number that *text* writes in digits; None if it writes none."""
    bare = re.sub(r"[ ']", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", bare):
        bare = bare.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", bare):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return Decimal(bare) if re.fullmatch(r"\d{1,13}(?:\.\d{1,4})?", bare) else None


def in_words(text: str) -> int | None:
    """Return the number that *text* writes in words, `tvåhundrafyrtio tusen`; None if none."""
    if text.strip().lower() in _LARGE:  # "in thousands of kronor" counts nothing
        return None
    whole = group = 0
    rest = re.sub(r"[- ]|\boch\b|\band\b", "", text.lower())
    while rest:
        found = _PART.match(rest)
        if not found:
            return None
        part, rest = found[0], rest[found.end() :]
        if part in _SMALL:
            group += _SMALL[part]
        elif _LARGE[part] == 100:
            group = (group or 1) * 100
        else:
            whole, group = whole + (group or 1) * _LARGE[part], 0
    return whole + group if text.strip() else None


def count(text: str) -> int | None:
    """Return a small number, in digits or words."""
    bare = text.strip().lower()
    if bare in {"varje", "a", "an"}:
        return 1
    return int(bare) if bare.isdecimal() else in_words(bare)


def plain(value: Decimal) -> str:
    """Write a number as agreement files do: without groups, a point before decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
