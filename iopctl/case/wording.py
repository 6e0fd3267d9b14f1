"""How an index is called in Swedish documents: on invoices and in agreements."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from iopctl.localised import number
from iopctl.money import NBSP

if TYPE_CHECKING:
    from iopctl.model.economy import AnyIndex

_DIGITS: Final = Context(prec=11, rounding=ROUND_HALF_UP)
HUNDRED: Final = Decimal(100)


def index_in_words(index: AnyIndex) -> str:
    """Return an index as a line has it: `index 2 % per år`, `80 % av index AKI`."""
    if index == "unspecified":
        return "index"
    name = f"index {index.series}"
    if index.percent is not None:
        name = f"index {decimal(Fraction(index.percent))}{NBSP}% per år"
    elif index.pass_through != HUNDRED:
        name = f"{decimal(Fraction(index.pass_through))}{NBSP}% av {name}"
    return f"{name}, avrundat varje år" if index.compound == "rounded" else name


def decimal(value: Fraction) -> str:
    """Write a number with a decimal comma, to eleven digits: `1,02`, `3,5333333333`."""
    exact = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return number(exact)
