"""How the amount of an invoice came about, in a line of Swedish: base, index, months, period."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.case.marking import billed_in_words
from iopctl.case.wording import SWEDISH, decimal
from iopctl.case.worth import Derivation, Spread
from iopctl.dates import Period
from iopctl.localised import in_kronor
from iopctl.model.swedish.index import in_words as index_in_words
from iopctl.money import NBSP, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.billing import Bill
    from iopctl.case.claims import Part
    from iopctl.model.index import AnyIndex


def derivation(bill: Bill) -> str:
    """Return how a bill's amount was reckoned from what the agreement states; a part at a time.

    The rows that were raised alike are reckoned together. An instalment is the agreement's own.
    """
    if bill.amount is None:
        return ""
    if bill.difference:
        sent, claim = bill.difference.net, bill.difference.claim
        numbers = " och ".join(each.called for each in bill.difference.postings)
        billed = f"fakturerat {in_kronor(sent)} ({numbers})"
        return f"{in_kronor(claim)} enligt överenskommelsen, {billed}"
    if bill.amount != bill.budget or bill.invoicing.instalments:
        return f"delbetalning enligt överenskommelsen: {in_kronor(bill.amount)}"
    alike: dict[tuple[object, ...], list[Part]] = {}
    for part in bill.parts:
        alike.setdefault(_way(part), []).append(part)
    return "; ".join(_reckoned(parts, bill) for parts in alike.values())


def _way(part: Part) -> tuple[object, ...]:
    """Return what must be equal for rows to be reckoned together."""
    figure = part.figure
    economy = figure.terms.stands_at["economy"]
    found = figure.worth.derivation
    how: object = figure.contribution.basis
    if isinstance(found, Spread):
        how = (found.months, found.over)
    elif found:
        index = figure.terms.economy.index_of(figure.contribution)
        how = (found.factor, found.part, found.over, id(index) if found.steps else None)
    return (figure.year, economy, how)


def _reckoned(parts: Sequence[Part], bill: Bill) -> str:
    figure = parts[0].figure
    whole = total(part.figure.amount or Decimal(0) for part in parts)
    asked = total(part.amount or Decimal(0) for part in parts)
    if figure.year is None:
        return f"{in_kronor(asked)} för hela perioden, enligt överenskommelsen"
    steps = list(_steps(parts))
    year = f"{' × '.join(steps)} = {in_kronor(whole)}" if len(steps) > 1 else in_kronor(whole)
    days = _of_the_year(parts, bill) or str(figure.year)
    if asked == whole:
        return f"{year} för {days}"
    return f"{year} för {days}, varav {in_kronor(asked)} för {_what(parts, bill)}"


def _of_the_year(parts: Sequence[Part], bill: Bill) -> str:
    """Return the days that figures of a year are for; "" where it is all of it, or they differ."""
    held = {part.figure.days[:2] for part in parts if part.figure.days}
    days = Period.of(*held.pop()) if len(held) == 1 else None
    if days is None or days[:2] == Period.year(days.first.year)[:2]:
        return ""
    return billed_in_words(bill.invoicing, days)


def _what(parts: Sequence[Part], bill: Bill) -> str:
    """Return of what a bill is for a part: its committee, its days, or both."""
    held = [part.figure.days for part in parts if part.figure.days]
    is_all = all(bill.period.first <= each.first and each.last <= bill.period.last for each in held)
    board = bill.invoicing.board
    if board and is_all:
        return board
    days = billed_in_words(bill.invoicing, bill.period)
    return f"{board}, {days}" if board else days


def _steps(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the base and what it is multiplied by, as far as there is anything."""
    every = [part.figure.worth.derivation for part in parts]
    spread = [each for each in every if isinstance(each, Spread)]
    found = [each for each in every if isinstance(each, Derivation)]
    if any(each.months != each.over for each in spread):
        yield in_kronor(total(each.total for each in spread))
        yield f"{_number(spread[0].months)} av {_number(spread[0].over)} månader"
    for first in found[:1]:
        yield from _raised(parts, found)
        if first.part != 1:
            yield f"{_number(first.months)} av {_number(first.over)} månader"


def _raised(parts: Sequence[Part], found: Sequence[Derivation]) -> Iterator[str]:
    """Yield what rows state for a year and what raises it; of a part, the year's amount first."""
    figure, whole = parts[0].figure, [each.whole for each in found if each.whole]
    economy = figure.terms.economy
    if whole:
        base = in_kronor(total(each.base for each in found))
        yield f"{' × '.join(_raised(parts, whole))} = {base},"
        return
    first = found[0]
    raised, more = first.factor != 1, sum((each.added for each in found), Fraction(0))
    from_last_year = any(each.base != each.stated for each in found)
    prices = f"i {figure.terms.base_year} års priser"
    if from_last_year and first.steps:
        before = first.steps[0].year - 1
        prices = "året före" if before + 1 == figure.year else f"för {before}"
    base = in_kronor(total(each.base for each in found)) + (f" {prices}" if raised or more else "")
    if more:
        added = in_kronor(Decimal(more.numerator) / Decimal(more.denominator))
        base = f"({base} + {added})" if first.part != 1 else f"{base} + {added}"
    yield base
    if raised:
        index = economy.index_of(figure.contribution)
        yield f"{decimal(first.factor)}{f' ({_followed(index, first)})' if index else ''}"


def _followed(index: AnyIndex, found: Derivation) -> str:
    """Return an index in words, and the numbers that it was reckoned from in a year."""
    told = index_in_words(index)
    follows_series = any(each.changes for each in found.steps)
    return f"{told}; {SWEDISH.steps(found.steps)}" if follows_series else told


def _number(value: Fraction) -> str:
    """Write a number of months exactly: `11`, `3 8/15`, which no line end parts."""
    whole, rest = divmod(value, 1)
    return NBSP.join(str(part) for part in (whole, rest) if part)
