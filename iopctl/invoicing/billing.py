"""Every invoice that an agreement asks for in its decided days: who, when, for what, how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from iopctl.dates import Period, months
from iopctl.invoicing.claims import Ask, Part, blocks, claims
from iopctl.model.log import Credit, InvoiceSent
from iopctl.money import ORE, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from iopctl.economy.budget import Sheet
    from iopctl.economy.figures import Figure
    from iopctl.invoicing.claims import Block, Claim
    from iopctl.model import Invoicing, Terms
    from iopctl.source import Path
    from iopctl.validity.standing import Standing


@dataclass(frozen=True, slots=True)
class Bill:
    """One invoice that the agreement asks for, in kronor without VAT.

    *block* is the place of its block in the terms' `invoicing`, *due* the day it is to be sent.
    *amount* is an instalment's own, else the sum of the *parts*; None is unknown. *assumed* names
    what the agreement leaves open: `interval` (yearly), `timing` (arrears), `instalments` (a
    total that no year divides is asked for once). *invoiced* is the logged invoice that covers
    some of the period and is not credited; *settled* tells that the file calls it done.
    """

    terms: Terms
    block: int
    period: Period
    due: date
    amount: Decimal | None
    parts: tuple[Part, ...]
    assumed: tuple[str, ...]
    settled: bool
    invoiced: InvoiceSent | None = None

    @property
    def invoicing(self) -> Invoicing:
        """The block that asks for it."""
        return self.terms.invoicing[self.block]

    @property
    def seller(self) -> str:
        """The handle of the party that sends it."""
        return self.invoicing.seller

    @property
    def buyer(self) -> str:
        """The handle of the party that pays it."""
        return self.invoicing.buyer

    @property
    def path(self) -> Path:
        """Where the block is written."""
        return self.terms.path("invoicing", self.block)

    @property
    def budget(self) -> Decimal | None:
        """What the budget has for it: an instalment may ask for something else."""
        return _sum(self.parts)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.invoiced is None and not self.settled


@lru_cache(maxsize=1)  # the rules ask for one agreement's bills several times in a row
def bills(sheet: Sheet) -> tuple[Bill, ...]:
    """Return the bills of the decided days, by the day that they are due.

    A year's amount is divided over its periods by their months, with largest remainder, row by
    row: the bills of a year add up to its budget. A total that is not divided over the years is
    one bill, for the whole period, unless there are instalments.
    """
    standing = sheet.standing
    given = blocks(standing)
    asked: dict[Ask, list[Part]] = {ask: [] for block in given for ask in block.instalments()}
    for figure in sheet.figures:
        if figure.state == "decided" and figure.amount != 0:
            for ask, part in _divided(standing, figure, given):
                asked.setdefault(ask, []).append(part)
    found = [_bill(standing, ask, parts) for ask, parts in asked.items()]
    found.sort(key=lambda each: (each.due, each.block, each.period))
    return tuple(_with_log(found, sent(standing)))


def _bill(standing: Standing, ask: Ask, parts: Sequence[Part]) -> Bill:
    terms = ask.block.terms_on(ask.due)
    follow_up = standing.terms[-1].follow_up
    until = follow_up.settled_until if follow_up else None
    return Bill(
        terms=terms,
        block=ask.block.index,
        period=ask.period,
        due=ask.due,
        amount=_sum(parts) if ask.stated is None else ask.stated,
        parts=tuple(parts),
        assumed=tuple(_assumed(ask, parts)),
        settled=until is not None and ask.period.last <= until,
    )


def _assumed(ask: Ask, parts: Sequence[Part]) -> Iterator[str]:
    if ask.stated is not None:
        return
    if any(part.figure.year is None for part in parts):
        yield "instalments"
    elif ask.block.invoicing.interval is None:
        yield "interval"
    if ask.block.invoicing.timing is None:
        yield "timing"


def _sum(parts: Sequence[Part]) -> Decimal | None:
    known = [part.amount for part in parts if part.amount is not None]
    return total(known) if parts and len(known) == len(parts) else None


# ------------------------------------------------------------------ a row over the periods
def _days(standing: Standing, figure: Figure) -> Period | None:
    """Return the days that a figure is for; None where they are unknown, or none."""
    row, terms = figure.contribution, figure.terms
    if figure.year is None:
        validity = terms.validity
        first = terms.since["economy"] or (validity and validity.first)
        last = validity and validity.last
    else:
        first, last = date(figure.year, 1, 1), date(figure.year, 12, 31)
        bounds = (standing.decided or Period.year(figure.year), terms)
        first = max(first, *(each.first for each in bounds if each.first))
        last = min(last, *(each.last for each in bounds if each.last))
    first = max(first, row.start.first) if first and row.start else first
    last = min(last, row.end.last) if last and row.end else last
    return Period.of(first, last) if first and last and first <= last else None


def _divided(
    standing: Standing, figure: Figure, given: Sequence[Block]
) -> Iterator[tuple[Ask, Part]]:
    """Divide each committee's part of a figure over the bills that ask for it."""
    by_committees: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims(figure, given):
        by_committees.setdefault(claim.committees, []).append(claim)
    days = _days(standing, figure) if by_committees else None
    if days is None:
        return
    at_once = figure.year is None
    for group in by_committees.values():
        asked = [(claim.part, _asks(claim.block, days, at_once=at_once)) for claim in group]
        if at_once:  # by the first that asks
            asked = [each for each in asked if each[1]][:1]
        yield from _weighed(asked, days)


@lru_cache(maxsize=16)  # they are the same for all rows of a year
def _asks(block: Block, days: Period, *, at_once: bool) -> tuple[Ask, ...]:
    """Return the bills of *days*; a total that no year divides is billed *at_once*."""
    if at_once and not block.invoicing.instalments:
        held = block.decided and block.decided.overlap(days.first, days.last)
        return (Ask(block, days, block.due(days)),) if held else ()
    return tuple(block.asks(days))


def _weighed(
    asked: Sequence[tuple[Part, tuple[Ask, ...]]], days: Period
) -> Iterator[tuple[Ask, Part]]:
    every = tuple(ask for _, asks in asked for ask in asks)
    weights = _weights(every, days)
    has_ore = any(ask.stated is not None and ask.stated % 1 for ask in every)
    before = 0
    for part, asks in asked:
        if part.amount is None:
            yield from ((ask, part) for ask in asks)
        else:
            amounts = shared(part.amount, weights, ORE if has_ore else None)[before:]
            for ask, amount in zip(asks, amounts, strict=False):  # the rest is others'
                yield ask, Part(part.figure, amount, part.reason)
        before += len(asks)


@lru_cache(maxsize=16)  # likewise
def _weights(asks: tuple[Ask, ...], days: Period) -> tuple[Fraction, ...]:
    """Return the months of *days* that each bill is for, and last those that none is for."""
    weights = [_weight(ask, days, asks) for ask in asks]
    rest = months(days.first, days.last) - sum(weights)
    return (*weights, max(rest, Fraction(0)))


def _weight(ask: Ask, days: Period, asks: Sequence[Ask]) -> Fraction:
    """Return the months of *days* that a bill is for; instalments of one period share them."""
    period = ask.period.overlap(days.first, days.last) or days
    whole = months(period.first, period.last)
    if ask.stated is None:
        return whole
    twins = [each for each in asks if (each.block, each.period) == (ask.block, ask.period)]
    sums = total(each.stated for each in twins if each.stated is not None)
    return whole * (Fraction(ask.stated) / Fraction(sums) if sums else Fraction(1, len(twins)))


# ------------------------------------------------------------------ what the log says
def sent(standing: Standing) -> tuple[InvoiceSent, ...]:
    """Return the invoices logged by the standing's day that no credit has undone."""
    events = [each for each in standing.agreement.log if each.date.first <= standing.as_of]
    credited = {each.of for each in events if isinstance(each, Credit)}
    return tuple(
        each for each in events if isinstance(each, InvoiceSent) and each.number not in credited
    )


def _with_log(found: Sequence[Bill], log: Iterable[InvoiceSent]) -> list[Bill]:
    result = list(found)
    for event in log:
        for number in _asked_by(event, result):
            result[number] = replace(result[number], invoiced=event)
    return result


def _asked_by(event: InvoiceSent, found: Sequence[Bill]) -> list[int]:
    """Return which bills a logged invoice was for: those of its very period, else of its days.

    The log names no buyer: of several with such bills, the one whose amount is the invoice's.
    """
    for fits in (_same, _within, _partly):
        by_block: dict[Path, list[int]] = {}
        for number, bill in enumerate(found):
            free = bill.invoiced is None and event.seller in (None, bill.seller)
            if free and fits(bill.period, event.period):
                by_block.setdefault(bill.path, []).append(number)
        if by_block:
            singles = [[number] for group in by_block.values() for number in group]
            for group in (*by_block.values(), *singles):
                if sum_of(found[number] for number in group) == event.amount:
                    return group
            first = next(iter(by_block.values()))
            return first[:1] if fits is _same else first
    return []


def sum_of(found: Iterable[Bill]) -> Decimal | None:
    """Return what several bills come to; None while one of them is unknown."""
    amounts = [bill.amount for bill in found]
    known = [each for each in amounts if each is not None]
    return total(known) if len(known) == len(amounts) else None


def _same(bill: Period, event: Period) -> bool:
    return bill[:2] == event[:2]


def _within(bill: Period, event: Period) -> bool:
    return event.first <= bill.first and bill.last <= event.last


def _partly(bill: Period, event: Period) -> bool:
    return event.overlap(bill.first, bill.last) is not None
