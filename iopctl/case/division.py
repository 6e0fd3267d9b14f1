"""How what a row gives in a year is divided over the bills that ask for it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.claims import Ask, Neighbourhood, Part, claims
from iopctl.case.payers import board_parts
from iopctl.dates import Period, months
from iopctl.language import tr
from iopctl.money import ORE, in_whole, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Block, Claim
    from iopctl.case.figure import Figure


class Schedule(NamedTuple):
    """The bills of some days, block by block, and the *weights* of all of them.

    A weight is how much of these days a bill is for, in months of which each is so many: the last
    is what none is for.
    """

    asks: tuple[tuple[Ask, ...], ...]
    weights: tuple[int, ...]

    @property
    def every(self) -> tuple[Ask, ...]:
        """The bills of all blocks."""
        return tuple(ask for asks in self.asks for ask in asks)

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
        return self._schedule.every

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
        divided: dict[Decimal, tuple[Decimal, ...]] = {}  # most blocks claim the same
        for part, asks in zip(self._claimed, self._schedule.asks, strict=True):
            if part.amount is None:
                found += [part] * len(asks)
                continue
            if part.amount not in divided:
                schedule = self._schedule
                divided[part.amount] = shared(part.amount, schedule.weights, schedule.unit)
            mine = divided[part.amount][len(found) : len(found) + len(asks)]
            found += [Part(part.figure, amount, part.reason, part.payers) for amount in mine]
        return tuple(zip(self.asks, found, strict=True))

    @property
    def billed(self) -> Decimal | None:
        """Kronor that the bills come to; None is unknown."""
        if self.figure.amount is None or self.unclear:
            return None
        if not self._schedule.weights[-1]:  # all of it: no need to divide it
            return self._claimed[0].amount
        return total(part.amount for _, part in self.parts if part.amount is not None)

    def by_instalments(self, stated: Sequence[Decimal]) -> Division:
        """Return the same divided over its instalments by what is *stated* of them."""
        weights = in_whole([*map(Fraction, stated), Fraction(0)])
        return Division(self._claimed, self._schedule._replace(weights=weights))


def divisions(case: Case) -> tuple[Division, ...]:
    """Return the divisions of all decided figures that are asked for, in the figures' order.

    A year's amount is divided over its bills by their months, row by row and committee by
    committee. A total that no year divides is asked for by the first block that has days for it,
    at once or in its instalments, which say what of it is for which of them.
    """
    book = _Book(case)
    found = []
    for _, group in groupby(case.figures, lambda each: (id(each.terms), each.row)):
        figures = [each for each in group if each.amount != 0 or book.has_instalments]
        if figures:
            claimed = book.by_committees(figures[0])
            found += [each for figure in figures for each in book.divided(figure, claimed)]
    return tuple(_with_instalments(found) if book.has_instalments else found)


class Unbilled(NamedTuple):
    """A row's figure of which no invoicing asks for more than what is *billed*."""

    figure: Figure
    billed: Decimal

    @property
    def left(self) -> Decimal:
        """Kronor that nobody asks for."""
        return total((self.figure.amount or self.billed, -self.billed))


def unbilled(case: Case) -> Iterator[Unbilled]:
    """Yield the money of buyers, known and decided, that no block of invoicing asks them for."""
    if not case.is_dated:
        return
    buyers = {each.invoicing.buyer for each in case.blocks}
    asked: dict[int, list[Decimal | None]] = {}  # by the identity of the figure
    for division in case.divisions:
        asked.setdefault(id(division.figure), []).append(division.billed)
    for figure in case.figures:
        if figure.amount is None or not _is_payable(figure, buyers):
            continue
        mine = asked.get(id(figure), [])
        billed = total(each for each in mine if each is not None)
        if None not in mine and billed < figure.amount:
            yield Unbilled(figure, billed)


def _is_payable(figure: Figure, buyers: set[str]) -> bool:
    is_cash = figure.terms.form(figure.row) == "cash"
    return is_cash and not buyers.isdisjoint(figure.contribution.party)


class _Book:
    """The blocks of a case, and the schedules of days that many rows share."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._near = Neighbourhood(case.blocks)
        self._schedules: dict[tuple[tuple[Block, ...], Period, bool], Schedule] = {}
        self.has_instalments = any(each.invoicing.instalments for each in case.blocks)

    def by_committees(self, figure: Figure) -> list[list[Claim]]:
        """Return who claims a row, those apart that claim other money of it."""
        found: dict[tuple[str, ...], list[Claim]] = {}
        for claim in claims(figure.terms, figure.row, self._near):
            found.setdefault(claim.committees, []).append(claim)
        return list(found.values())

    def divided(self, figure: Figure, claimed: Sequence[Sequence[Claim]]) -> Iterator[Division]:
        """Yield the figure over the bills of each committee's blocks."""
        if not claimed:
            return
        at_once = figure.is_total
        days, broken = _all_days(figure, self._case) if at_once else (_year_of(figure), "")
        if days is None:
            return
        by_board = dict(board_parts(figure))
        for group in claimed:
            schedule = self._schedule(tuple(claim.block for claim in group), days, at_once=at_once)
            if any(schedule.asks):
                whole = [claim.part(figure, by_board) for claim in group]
                lost = [each._replace(amount=None, reason=broken) for each in whole]
                owed = lost if broken else whole
                yield Division(owed, schedule)

    def _schedule(self, asking: tuple[Block, ...], days: Period, *, at_once: bool) -> Schedule:
        key = (asking, days, at_once)
        if key not in self._schedules:
            self._schedules[key] = _scheduled(asking, days, at_once=at_once)
        return self._schedules[key]


def _year_of(figure: Figure) -> Period | None:
    """Return the days of a year's figure; a row of nothing is still of its year."""
    return figure.days or (Period.year(figure.year) if figure.year else None)


def _all_days(figure: Figure, case: Case) -> tuple[Period | None, str]:
    """Return the days of a total that no year divides, and why it is not known what is owed of it.

    They are None where they are unknown, or none of them is decided and under the row's terms.
    """
    days = figure.period
    held = days and figure.days and days.overlap(*figure.days[:2])
    if days is None or held is None:
        return None, ""
    if held.first > days.first:
        return days, tr(
            "what is owed of a total for {days}, of which it has those from {day} on, is "
            "not stated",
            days=days.text,
            day=held.first,
        )
    if figure.gaps:
        return days, tr(
            "what is owed of a total for {days}, of which {gap} is a gap, is not stated",
            days=days.text,
            gap=figure.gaps[0].text,
        )
    goes_on = case.reach.is_open and case.days is not None and held.last == case.days.last
    if held.last == days.last or goes_on:
        return days, ""
    return days, tr(
        "what is owed of a total for {days} that ended on {ended} is not stated",
        days=days.text,
        ended=held.last,
    )


# ------------------------------------------------------------------ schedules
def _scheduled(asking: tuple[Block, ...], days: Period, *, at_once: bool) -> Schedule:
    asks = [_asks(block, days, at_once=at_once) for block in asking]
    if at_once:  # by the first that asks
        first = next((number for number, each in enumerate(asks) if each), None)
        asks = [each if number == first else () for number, each in enumerate(asks)]
    every = [ask for each in asks for ask in each]
    weights = _weights(every, days)
    rest = months(days.first, days.last) - sum(weights)
    return Schedule(tuple(asks), in_whole([*weights, max(rest, Fraction(0))]))


def _asks(block: Block, days: Period, *, at_once: bool) -> tuple[Ask, ...]:
    """Return the bills of *days*; a total that no year divides is billed *at_once*.

    What ends before those days are over is asked for when it ends.
    """
    if at_once and not block.invoicing.instalments:
        held = block.decided and block.decided.overlap(days.first, days.last)
        return (Ask(block, days, min(block.due(days), held.last)),) if held else ()
    return block.asks(days)


def _weights(asks: Sequence[Ask], days: Period) -> list[Fraction]:
    """Return the months of *days* that each bill is for; instalments of one period share them."""
    twins: dict[tuple[Block, tuple[date, date]], list[Decimal]] = {}
    for each in asks:
        if each.stated is not None:
            twins.setdefault((each.block, each.period[:2]), []).append(each.stated)
    sums = {key: Fraction(total(stated)) for key, stated in twins.items()}
    found = []
    for ask in asks:
        period, key = ask.period.overlap(days.first, days.last) or days, (ask.block, ask.period[:2])
        whole = months(period.first, period.last)
        if ask.stated is not None:
            share = Fraction(ask.stated) / sums[key] if sums[key] else Fraction(1, len(twins[key]))
            whole *= share
        found.append(whole)
    return found


# ------------------------------------------------------------------ totals in instalments
def _with_instalments(found: Iterable[Division]) -> list[Division]:
    """Return the divisions, those of totals by what their instalments are beside the years' rows.

    The agreement does not say what of a total is for which year, but how it is paid.
    """
    given = list(found)
    taken: dict[Ask, Decimal] = {}
    for place in sorted(range(len(given)), key=lambda each: given[each].figure.is_total):
        division = given[place]
        stated = [ask.stated for ask in division.asks if ask.stated is not None]
        if division.figure.is_total and stated and len(stated) == len(division.asks):
            rests = [
                max(amount - taken.get(ask, amount * 0), amount * 0)
                for ask, amount in zip(division.asks, stated, strict=True)
            ]
            by = rests if any(rests) else stated
            given[place] = division.by_instalments(by) if any(by) else division
        for ask, part in given[place].parts:
            if ask.stated is not None and part.amount is not None:
                taken[ask] = total((taken[ask], part.amount)) if ask in taken else part.amount
    return given
