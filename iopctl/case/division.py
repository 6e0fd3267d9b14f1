"""How what a row gives in a year is divided over the bills that ask for it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.claims import Ask, Part, claims
from iopctl.dates import Period, months
from iopctl.money import ORE, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Block, Claim
    from iopctl.case.figures import Figure


class Schedule(NamedTuple):
    """The bills of some days, block by block, and the *weights* of all of them.

    A weight is the months of these days that a bill is for; the last is those that none is for.
    """

    asks: tuple[tuple[Ask, ...], ...]
    weights: tuple[Fraction, ...]

    @property
    def unit(self) -> Decimal | None:
        """Öre where an instalment has öre; else it is for the amount to say."""
        stated = (ask.stated for asks in self.asks for ask in asks if ask.stated is not None)
        return ORE if any(each % 1 for each in stated) else None


class Division:
    """A figure over the bills that ask for it; it is divided when the amounts are asked for.

    *claimed* is what each block of the *schedule* may ask for in all.
    """

    def __init__(self, claimed: Sequence[Part], schedule: Schedule) -> None:
        self._claimed = claimed
        self._schedule = schedule

    @property
    def figure(self) -> Figure:
        """The figure that is divided."""
        return self._claimed[0].figure

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The bills."""
        return tuple(ask for asks in self._schedule.asks for ask in asks)

    @property
    def unclear(self) -> str:
        """Why a bill's part of a known figure is not known, empty where it is."""
        pairs = zip(self._claimed, self._schedule.asks, strict=True)
        reasons = (part.reason for part, asks in pairs if asks and part.amount is None)
        return next(reasons, "") if self.figure.amount is not None else ""

    @cached_property
    def parts(self) -> tuple[tuple[Ask, Part], ...]:
        """What each bill asks for: with largest remainder, so that they add up."""
        found: list[Part] = []
        for part, asks in zip(self._claimed, self._schedule.asks, strict=True):
            if part.amount is None:
                found += [part] * len(asks)
            else:
                amounts = shared(part.amount, self._schedule.weights, self._schedule.unit)
                mine = amounts[len(found) : len(found) + len(asks)]
                found += [part._replace(amount=amount) for amount in mine]
        return tuple(zip(self.asks, found, strict=True))

    @property
    def billed(self) -> Decimal | None:
        """Kronor that the bills come to; None is unknown."""
        if self.figure.amount is None or self.unclear:
            return None
        if not self._schedule.weights[-1]:  # all of it: no need to divide it
            return self._claimed[0].amount
        return total(part.amount for _, part in self.parts if part.amount is not None)


def divisions(case: Case) -> tuple[Division, ...]:
    """Return the divisions of all decided figures that are asked for, in the figures' order.

    A year's amount is divided over its bills by their months, row by row and committee by
    committee. A total that no year divides is asked for by the first block that has days for it.
    """
    given = case.blocks
    found = []
    for _, group in groupby(case.figures, lambda each: (id(each.terms), each.row)):
        figures = [each for each in group if each.amount != 0]
        if figures:
            claimed = _by_committees(figures[0], given)
            found += [each for figure in figures for each in _divided(figure, claimed)]
    return tuple(found)


def _by_committees(figure: Figure, given: Sequence[Block]) -> list[list[Claim]]:
    """Return who claims a row, those apart that claim other money of it."""
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims(figure.terms, figure.row, given):
        found.setdefault(claim.committees, []).append(claim)
    return list(found.values())


def _divided(figure: Figure, claimed: Sequence[Sequence[Claim]]) -> Iterator[Division]:
    days = figure.days if figure.year else _all_days(figure)
    if days is None:
        return
    for group in claimed:
        asking = tuple(claim.block for claim in group)
        schedule = _schedule(asking, days, at_once=figure.year is None)
        if any(schedule.asks):
            yield Division([claim.part(figure) for claim in group], schedule)


def _all_days(figure: Figure) -> Period | None:
    """Return the days of a total that no year divides; None where they are unknown."""
    row, terms = figure.contribution, figure.terms
    first = terms.since["economy"] or (terms.validity and terms.validity.first)
    last = terms.validity and terms.validity.last
    first = max(first, row.start.first) if first and row.start else first
    last = min(last, row.end.last) if last and row.end else last
    return Period.of(first, last) if first and last and first <= last else None


@lru_cache(maxsize=16)  # it is the same for all rows of a year
def _schedule(asking: tuple[Block, ...], days: Period, *, at_once: bool) -> Schedule:
    asks = [_asks(block, days, at_once=at_once) for block in asking]
    if at_once:  # by the first that asks
        first = next((number for number, each in enumerate(asks) if each), None)
        asks = [each if number == first else () for number, each in enumerate(asks)]
    every = [ask for each in asks for ask in each]
    weights = [_weight(ask, days, every) for ask in every]
    rest = months(days.first, days.last) - sum(weights)
    return Schedule(tuple(asks), (*weights, max(rest, Fraction(0))))


def _asks(block: Block, days: Period, *, at_once: bool) -> tuple[Ask, ...]:
    """Return the bills of *days*; a total that no year divides is billed *at_once*."""
    if at_once and not block.invoicing.instalments:
        held = block.decided and block.decided.overlap(days.first, days.last)
        return (Ask(block, days, block.due(days)),) if held else ()
    return tuple(block.asks(days))


def _weight(ask: Ask, days: Period, asks: Sequence[Ask]) -> Fraction:
    """Return the months of *days* that a bill is for; instalments of one period share them."""
    period = ask.period.overlap(days.first, days.last) or days
    whole = months(period.first, period.last)
    if ask.stated is None:
        return whole
    twins = [each for each in asks if (each.block, each.period) == (ask.block, ask.period)]
    sums = total(each.stated for each in twins if each.stated is not None)
    return whole * (Fraction(ask.stated) / Fraction(sums) if sums else Fraction(1, len(twins)))
