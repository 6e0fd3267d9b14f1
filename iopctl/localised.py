"""Numbers, sums, days and lists as Swedish documents write them: by Babel, from Unicode's CLDR."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING, Final

from iopctl.money import EXACT, NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

_SWEDISH: Final = "sv"
_ALL_DIGITS: Final = "#,##0.###########"
_NUMBERS: Final = (
    *("noll", "ett", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)


def number(value: Decimal | int, pattern: str = _ALL_DIGITS) -> str:
    """Write a number: `1 250`, `37,5`; *pattern* is CLDR's, by default with up to 11 decimals."""
    from babel.numbers import format_decimal

    with localcontext(EXACT):  # Babel rounds in the context that it finds
        return format_decimal(value, pattern, locale=_SWEDISH)


def in_letters(value: int, one: str = "ett") -> str:
    """Write a number up to twelve in letters; *one* is the word's own form of 1."""
    if value == 1:
        return one
    return _NUMBERS[value] if value < len(_NUMBERS) else number(value)


def in_kronor(amount: Decimal) -> str:
    """Write a sum, with öre where it has any: `1 710 000 kr`, `662 500,50 kr`."""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"{number(amount, pattern)}{NBSP}kr"


def in_full(day: date) -> str:
    """Write a day: `31 december 2024`."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_SWEDISH)


def month_name(month: int) -> str:
    """Write a month, 1 to 12: `januari`."""
    from babel.dates import get_month_names

    name: str = get_month_names("wide", locale=_SWEDISH)[month]
    return name


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence has them: `Erikshjälpen och Bilda`."""
    from babel.lists import format_list

    return format_list(words, locale=_SWEDISH)
