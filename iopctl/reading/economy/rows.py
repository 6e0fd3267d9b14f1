"""A row of the economy as documents state it, and what the words of its label say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.reading.numbers import GROUPED, number

if TYPE_CHECKING:
    from decimal import Decimal

    from iopctl.reading.facts import Evidence

_HOURS: Final = r"(?:timmar|timme|tim\.?|h|hours)"
_PER_WEEK: Final = re.compile(
    rf"[(\s,;]*({GROUPED})\s?{_HOURS}\s?(?:/|per |i |a )\s?(?:vecka\w*|v\b|week)[),;]*",
    re.IGNORECASE,
)
_PER_YEAR: Final = re.compile(
    (
        rf"[(\s,;]*({GROUPED})\s?{_HOURS}\b(?!\s?(?:/|per)\s?(?:v|m|d|w))(?:\s?(?:/|per"
        rf" |om |a )\s?(?:år\w*|year))?(?:\s?\(?ideell tid\)?)?[),;]*"
    ),
    re.IGNORECASE,
)
_PRICE: Final = re.compile(
    (
        rf"[(\s,;]*(?:à|á|a|x|×|@|för|om|till)\s({GROUPED})\s?(?:kr|kronor"
        rf"|sek)?(?:\s?/\s?(?:h|tim\w*))?[),;]*"
    ),
    re.IGNORECASE,
)
_QUANTITY: Final = re.compile(
    (
        r"[(\s,;]*(?:på\s)?((?:\d+ st(?:\.|ycken)?\s?(?:[áàa]\s?\d{1,3}\s?%)?"
        r"|\d{1,3}(?:,\d)?\s?%(?: tjänst| av heltid)?|\d(?:,\d+)? (?:heltids"
        r"|års)?tjänst(?:er)?))[),;]*"
    ),
    re.IGNORECASE,
)
_PARENTHESIS: Final = re.compile(r"\s*\([^)]*\)\s*$")
IN_KIND: Final = re.compile(
    r"natura|in[- ]kind|utan (?:hyra|avgift|kostnad)|kostnadsfri|avgiftsfri|gratis"
    r"|till förfogande|lånar ut|upplåt|uteblivna hyresintäkter|anställd av"
    r" (?:kommunen|regionen)|lönelista"
    r"|egen personal|kommunens egen|free of charge|at no cost|makes available",
    re.IGNORECASE,
)
IN_CASH: Final = re.compile(
    r"kontant|\bcash\b|insamlade medel|egna medel|medlemsavgift|pengar\b|betalas ut", re.IGNORECASE
)
_CATEGORIES: Final = (
    ("premises", r"lokal|hyra|hall\b|hallar|hus\b|huset|gård|premises|rent"),
    ("administration", r"administr|samordning|ekonomi\b|redovisning|coordination"),
    (
        "staff",
        (
            r"handled|personal|ledare|coach|pedagog|samordnare|terapeut|lärare|mästare"
            r"|tjänst|samtal|staff|salary|handläggare"
        ),
    ),
    ("material", r"material|kläder|utrustning|fika|equipment"),
)


@dataclass
class DocumentRow:
    """What parties put in, in one way of stating the amount; None is what is not said."""

    handles: tuple[str, ...]
    item: str
    evidence: Evidence
    amount: Decimal | None = None
    whole: bool = False  # the amount is for the whole period
    by_year: dict[str, Decimal] = field(default_factory=dict)
    hours_per_week: Decimal | None = None
    hours_per_year: Decimal | None = None
    price: Decimal | None = None
    unit: str = ""
    units: Decimal | None = None
    quantity: str = ""
    form: str = ""
    receiver: tuple[str, ...] = ()
    said_yearly: bool = True
    remainder: bool = False
    doubt: str = ""
    words: str = ""

    @property
    def yearly(self) -> Decimal | None:
        """A year's kronor, where the row states them."""
        if self.amount is not None and not self.whole:
            return self.amount
        times = self.units if self.units is not None else self.hours_per_year
        return self.price * times if self.price is not None and times is not None else None

    @property
    def category(self) -> str:
        """What kind of thing is put in, where its words tell."""
        found = (name for name, words in _CATEGORIES if re.search(words, self.item, re.IGNORECASE))
        return next(found, "")


def described(row: DocumentRow, label: str) -> DocumentRow:
    """Return a row with what its *label* says: item, hours, price, share of a post, form."""
    row.words = f"{row.words} {label}".strip()
    for attribute, pattern in (("hours_per_week", _PER_WEEK), ("hours_per_year", _PER_YEAR)):
        found = pattern.search(label)
        if found and getattr(row, attribute) is None:
            setattr(row, attribute, number(found[1]))
            label = f"{label[: found.start()]} {label[found.end() :]}".strip()
    price = _PRICE.search(label)
    if price and row.hours_per_year is not None and number(price[1]):
        row.price = number(price[1])
        label = f"{label[: price.start()]} {label[price.end() :]}".strip()
    quantity = _QUANTITY.search(label)
    if quantity:
        row.quantity = quantity[1].strip()
        label = f"{label[: quantity.start()]} {label[quantity.end() :]}".strip()
    if not row.form:
        row.form = "in_kind" if IN_KIND.search(label) else "cash" if IN_CASH.search(label) else ""
    row.item = item(label) or row.item
    return row


def item(label: str) -> str:
    """Return the words for what is put in, without what is said besides."""
    text = _PARENTHESIS.sub("", label).strip(" ,.;:–-…")
    text = re.sub(r"\s*[:;]\s.*$", "", text) if len(text) > 40 else text
    return (text[:1].upper() + text[1:])[:90]
