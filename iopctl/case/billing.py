"""Every invoice that an agreement asks for in its decided days: who, when, for what, how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from iopctl.model.log import Credit, InvoiceSent
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Ask, Part
    from iopctl.case.division import Division
    from iopctl.dates import Period
    from iopctl.model import Invoicing, Terms
    from iopctl.source import Path


@dataclass(frozen=True)
class Bill:
    """One invoice that the agreement asks for, in kronor without VAT.

    *terms* are those of its block on the day that it is due, *divisions* what its rows are
    divided by. *settled* tells that the file calls it done; *invoiced* is the logged invoice that
    covers some of the period and is not credited.
    """

    terms: Terms
    ask: Ask
    divisions: tuple[Division, ...]
    settled: bool
    invoiced: InvoiceSent | None = None

    @property
    def period(self) -> Period:
        """The days that it is for."""
        return self.ask.period

    @property
    def due(self) -> date:
        """The day it is to be sent."""
        return self.ask.due

    @property
    def block(self) -> int:
        """The place of its block in the terms' `invoicing`."""
        return self.ask.block.index

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

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each row gives to it."""
        pairs = (pair for each in self.divisions for pair in each.parts)
        return tuple(part for ask, part in pairs if ask == self.ask)

    @property
    def amount(self) -> Decimal | None:
        """An instalment's own amount, else the budget's; None is unknown."""
        return self.budget if self.ask.stated is None else self.ask.stated

    @cached_property
    def budget(self) -> Decimal | None:
        """What the budget has for it: an instalment may ask for something else."""
        known = [part.amount for part in self.parts if part.amount is not None]
        return total(known) if self.parts and len(known) == len(self.parts) else None

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the agreement leaves open.

        `interval` (yearly), `timing` (arrears), `instalments` (a total that no year divides is
        asked for once).
        """
        if self.ask.stated is not None:
            return ()
        own = self.ask.block.invoicing
        undivided = any(each.figure.year is None for each in self.divisions)
        opened = ["instalments"] if undivided else ["interval"] if own.interval is None else []
        return (*opened, *(["timing"] if own.timing is None else []))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.invoiced is None and not self.settled


def bills(case: Case) -> tuple[Bill, ...]:
    """Return the bills of the decided days, by the day that they are due.

    The bills of a year add up to its budget. A total that is not divided over the years is one
    bill, for the whole period, unless there are instalments.
    """
    asked: dict[Ask, list[Division]] = {
        ask: [] for block in case.blocks for ask in block.instalments()
    }
    for division in case.divisions:
        for ask in dict.fromkeys(division.asks):
            asked.setdefault(ask, []).append(division)
    found = [_bill(case, ask, given) for ask, given in asked.items()]
    found.sort(key=lambda each: (each.due, each.block, each.period))
    return tuple(_with_log(found, sent(case)))


def _bill(case: Case, ask: Ask, given: Sequence[Division]) -> Bill:
    follow_up = case.terms[-1].follow_up
    until = follow_up.settled_until if follow_up else None
    settled = until is not None and ask.period.last <= until
    return Bill(ask.block.terms_on(ask.due), ask, tuple(given), settled)


# ------------------------------------------------------------------ what the log says
def sent(case: Case) -> tuple[InvoiceSent, ...]:
    """Return the invoices logged by the case's day that no credit has undone."""
    credited = {event.of for _, event in case.happened(Credit)}
    found = (event for _, event in case.happened(InvoiceSent))
    return tuple(event for event in found if event.number not in credited)


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
