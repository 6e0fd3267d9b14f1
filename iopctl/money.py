"""Kronor as exact decimals: rounding, division without loss, and how a figure is written."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from math import lcm
from typing import TYPE_CHECKING, Final, Literal

from iopctl.language import current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

NBSP: Final = "\u00a0"  # not U+202F, which cp1252 lacks
KRONA: Final = Decimal(1)
ORE: Final = Decimal("0.01")
NOTHING: Final = Decimal(0)
HUNDRED: Final = Decimal(100)
"""Percent of a whole."""

RoundingMode = Literal["half_up", "half_even", "up", "down"]
# Whether what lies between *below* and the next whole goes up: *side* is 0 in the middle.
_GOES_UP: Final[Mapping[RoundingMode, Callable[[int, int], bool]]] = {
    "half_up": lambda below, side: side > 0 or (side == 0 and below >= 0),
    "half_even": lambda below, side: side > 0 or (side == 0 and below % 2 == 1),
    "up": lambda _below, _side: True,
    "down": lambda _below, _side: False,
}
EXACT: Final = Context(prec=80)
"""Wide enough that no sum or product of amounts in a portfolio is ever rounded unasked."""


def rounded(
    value: Fraction | Decimal,
    unit: Decimal = KRONA,
    mode: RoundingMode = "half_up",
    *,
    factor: Fraction | int = 1,
) -> Decimal:
    """Return *value* kronor times *factor* as the multiple of *unit* that *mode* chooses, exactly.

    `half_up` takes the larger of two equally near, as in Swedish bookkeeping
    (öresavrundning), below zero the one that is further from it; `up` and `down` go to the next
    multiple above and below.
    """
    # Of whole numbers: a Fraction would look for common divisors at every step.
    kronor, parts = value.as_integer_ratio()
    numerator, denominator = unit.as_integer_ratio()
    divisor = parts * factor.denominator * numerator
    below, rest = divmod(kronor * factor.numerator * denominator, divisor)
    goes_up = rest and _GOES_UP[mode](below, 2 * rest - divisor)
    return EXACT.multiply(Decimal(below + bool(goes_up)), unit)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of *amounts*."""
    result = Decimal(0)
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


def in_whole(weights: Sequence[Fraction | int]) -> tuple[int, ...]:
    """Return weights as whole numbers that stand to each other as *weights* do."""
    scale = lcm(*(weight.denominator for weight in weights))
    return tuple(weight.numerator * (scale // weight.denominator) for weight in weights)


def shared(
    amount: Decimal, weights: Sequence[Fraction | int], unit: Decimal | None = None
) -> tuple[Decimal, ...]:
    """Divide *amount* by *weights* with largest remainder, so that the parts sum to it.

    Each part is a multiple of *unit* (default: a krona where *amount* is whole, else an öre)
    and less than a unit from its exact share; a weight of 0 gets 0, and the first of equal
    remainders gets the unit that is left. The weights' sum must be positive, none negative.
    """
    step = unit or (KRONA if amount == amount.to_integral_value() else ORE)
    units, rest = EXACT.divmod(amount, step)
    if rest:
        raise ValueError(f"{amount} is no multiple of {step}")
    scaled = in_whole(weights)
    whole = sum(scaled)
    shares = [divmod(int(units) * each, whole) for each in scaled]
    left = int(units) - sum(part for part, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
    parts = [part for part, _ in shares]
    for place in by_remainder[:left]:
        parts[place] += 1
    worth = {part: EXACT.multiply(Decimal(part), step) for part in set(parts)}  # few differ
    return tuple(worth[part] for part in parts)


def plain(amount: Decimal) -> str:
    """Write *amount* as agreement files and JSON have it: `1710000` or `1710000.50`.

    Parts of an öre, which only a price times a number has, are written, too.
    """
    if amount == amount.to_integral_value():
        return f"{amount or abs(amount):.0f}"  # no zero has a sign
    return f"{amount:.2f}" if Decimal(f"{amount:.2f}") == amount else f"{amount.normalize():f}"


def kronor(amount: Decimal) -> str:
    """Write *amount* for a terminal: groups of three, öre after the decimal sign if any."""
    whole, _, ore = plain(amount).partition(".")
    grouped = f"{Decimal(whole):,f}".replace(",", NBSP)  # -0.50 keeps its sign
    return f"{grouped}{point()}{ore}" if ore else grouped


def decimal(value: Decimal | int) -> str:
    """Write a number that is no sum of kronor likewise, with all of its decimals: `1 250.5`."""
    number = Decimal(value)
    return f"{number or abs(number):,f}".replace(",", NBSP).replace(".", point())


def point() -> str:
    """Return the decimal sign of the language that is used."""
    return "," if current() == "sv" else "."


# ------------------------------------------------------------------ as people write them
# One dot or comma before three digits may be groups or decimals: only what is clear is read.
_PASTED: Final = re.compile(
    r"([1-9][0-9]{0,2}(?:(?:[ '\u00a0\u2009\u202f][0-9]{3})+|(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})"
    r"|0|[1-9][0-9]{0,12})(?:[.,]([0-9]{1,2})|[.,]-)?"
)
_UNIT: Final = re.compile(r"[ \u00a0\u202f]*(?:kronor|kr|SEK|:-)[ \u00a0\u202f]*", re.IGNORECASE)
_SCALED: Final = re.compile(
    r"(?P<number>[0-9][0-9 .,\u00a0]*?)[ \u00a0]*"
    r"(?:(?P<million>mnkr|mkr|miljon(?:er)?|milj\.?|mn)|(?P<thousand>tkr|tusen))",
    re.IGNORECASE,
)
_MOST: Final = Decimal("1e13")
_LONGEST: Final = 40


def spelled(text: str) -> str | None:
    """Return the spelling `1710000.50` of what people write as `1 710 000,50 kr` or `1,3 mnkr`.

    None where it is not clear what is meant, or it is no amount below 10 000 000 000 000 kr.
    """
    if len(text) > _LONGEST:
        return None
    plain = _UNIT.sub("", text, count=1).strip()
    scaled = _SCALED.fullmatch(plain) or _SCALED.fullmatch(text.strip())
    found = _PASTED.fullmatch(scaled["number"] if scaled else plain)
    if not found:
        return None
    digits = Decimal(re.sub(r"[^0-9]", "", found[1]) + f".{found[2] or 0}")
    amount = digits * (1 if scaled is None else 1000 if scaled["thousand"] else 1_000_000)
    if amount >= _MOST:
        return None
    return f"{amount:.2f}" if amount % 1 or (found[2] and not scaled) else f"{amount:.0f}"
