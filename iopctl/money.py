"""Kronor as exact decimals: rounding, division without loss, and how a figure is written."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from math import lcm
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

NBSP: Final = "\u00a0"  # not U+202F, which cp1252 lacks
KRONA: Final = Decimal(1)
ORE: Final = Decimal("0.01")

RoundingMode = Literal["half_up", "half_even", "up", "down"]
_MODES: Final = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_CEILING,
    "down": ROUND_FLOOR,
}
# Wide enough that no sum or product of amounts in a portfolio is ever rounded unasked.
_EXACT: Final = Context(prec=80)


def rounded(
    value: Fraction | Decimal,
    unit: Decimal = KRONA,
    mode: RoundingMode = "half_up",
    *,
    factor: Fraction | int = 1,
) -> Decimal:
    """Return *value* kronor times *factor* as the multiple of *unit* that *mode* chooses, exactly.

    `half_up` takes the larger of two equally near, as in Swedish bookkeeping
    (öresavrundning); `up` and `down` go to the next multiple above and below.
    """
    # Of whole numbers: a Fraction would look for common divisors at every step.
    kronor, parts = value.as_integer_ratio()
    numerator, denominator = unit.as_integer_ratio()
    divisor = parts * factor.denominator * numerator
    floor, remainder = divmod(kronor * factor.numerator * denominator, divisor)
    # Where between two whole units the value lies is all that rounding asks about.
    twice = 2 * remainder - divisor
    fraction = "0" if not remainder else "0.25" if twice < 0 else "0.5" if not twice else "0.75"
    whole = _EXACT.add(Decimal(floor), Decimal(fraction)).to_integral_value(_MODES[mode])
    return _EXACT.multiply(whole, unit)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of *amounts*."""
    result = Decimal(0)
    for amount in amounts:
        result = _EXACT.add(result, amount)
    return result


def shared(
    amount: Decimal, weights: Sequence[Fraction | int], unit: Decimal | None = None
) -> tuple[Decimal, ...]:
    """Divide *amount* by *weights* with largest remainder, so that the parts sum to it.

    Each part is a multiple of *unit* (default: a krona where *amount* is whole, else an öre)
    and less than a unit from its exact share; a weight of 0 gets 0, and the first of equal
    remainders gets the unit that is left. The weights' sum must be positive, none negative.
    """
    step = unit or (KRONA if amount == amount.to_integral_value() else ORE)
    units, rest = _EXACT.divmod(amount, step)
    if rest:
        raise ValueError(f"{amount} is no multiple of {step}")
    scale = lcm(*(weight.denominator for weight in weights))
    scaled = [weight.numerator * (scale // weight.denominator) for weight in weights]
    shares = [divmod(int(units) * each, sum(scaled)) for each in scaled]
    left = int(units) - sum(part for part, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
    parts = [part for part, _ in shares]
    for place in by_remainder[:left]:
        parts[place] += 1
    return tuple(_EXACT.multiply(Decimal(part), step) for part in parts)


def plain(amount: Decimal) -> str:
    """Write *amount* as agreement files and JSON have it: `1710000` or `1710000.50`."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}"


def kronor(amount: Decimal, point: str = ".") -> str:
    """Write *amount* for a reader: groups of three, öre after *point* where there are any."""
    whole, _, ore = plain(amount).partition(".")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    return f"{grouped}{point}{ore}" if ore else grouped
