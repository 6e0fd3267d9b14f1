"""Every invoice that an agreement asks for in its decided days: who, when, for what, how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from iopctl.case import follow_up
from iopctl.language import tr
from iopctl.money import plain, total

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Account, Ask, Part
    from iopctl.case.differences import Difference
    from iopctl.case.ledger import Posting
    from iopctl.dates import Period
    from iopctl.model import Invoicing, Terms
    from iopctl.source import Path


@dataclass(frozen=True, eq=False)
class Bill:
    """One invoice that the agreement asks for, or has asked for, in kronor without VAT.

    *terms* are those of its block on the day that it is due, *parts* what each row gives to it.
    *settled* tells that the file calls it done; *postings* are the invoices and payments of the
    log that are for its days, and *closed* says that nothing of it is left: then *left* is what
    they came to, else what is left of an amount that no days divide. *difference* is why a bill
    adds to what was invoiced; *doubt* is a posting of which nobody knows if it is for this bill.
    """

    terms: Terms
    ask: Ask
    parts: tuple[Part, ...]
    settled: bool
    postings: tuple[Posting, ...] = ()
    closed: bool = False
    left: Decimal | None = None
    difference: Difference | None = None
    doubt: Posting | None = None

    @property
    def period(self) -> Period:
        """The days that it is for."""
        return self.ask.period

    @property
    def due(self) -> date:
        """The day it is to be sent."""
        return self.ask.due

    @property
    def account(self) -> Account:
        """Who sends it to whom."""
        return self.ask.block.account

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

    @property
    def invoiced(self) -> Posting | None:
        """The posting of the log that closes it; of several, the first."""
        return self.postings[0] if self.closed and self.postings else None

    @property
    def is_lump(self) -> bool:
        """Whether it is for a total that no year divides, all at once."""
        stated = self.ask.stated is not None
        return not stated and all(each.figure.is_total for each in self.parts)

    @cached_property
    def amount(self) -> Decimal | None:
        """What it is for: an instalment's own amount, else the budget's; None is unknown."""
        if self.left is not None:
            return self.left
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
        asked for once), `day` (the last of the month or year that an instalment is of).
        """
        own = self.invoicing
        if self.ask.stated is not None:
            asked = own.instalments[self.ask.number : self.ask.number + 1]
            half_known = any(each.date.first < each.date.last == self.ask.due for each in asked)
            return ("day",) if half_known else ()  # what adds to an invoice is no instalment
        undivided = any(each.figure.is_total for each in self.parts)
        opened = ["instalments"] if undivided else ["interval"] if own.interval is None else []
        return (*opened, *(["timing"] if own.timing is None else []))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return not self.closed and not self.settled

    def meets(self, days: Period) -> bool:
        """Whether it is one of some days: for any of them, or, if for several years, due in them.

        What is for several years would else be one of each.
        """
        if self.period.first.year != self.period.last.year:
            return days.first <= self.due <= days.last
        return self.period.overlap(*days[:2]) is not None

    @property
    def year(self) -> int:
        """The year that it is one of, as by `meets`."""
        first, last, *_ = self.period
        return first.year if first.year == last.year else self.due.year

    def sent(self, then: Case) -> Bill:
        """Return it as it is sent on the day of *then*: by the invoicing and account of that day.

        The invoicing is that in force on the day where that of the bill has been left by then;
        name, address and account are those of the day.
        """
        own, latest = self.ask.block, then.latest_block(self.account)
        block = latest if latest and own.first < latest.first else own
        terms = block.terms_on(then.as_of)
        there = then.in_force(then.as_of)
        if {self.seller, self.buyer} <= there.parties.keys():
            places = {**terms.stands_at, "parties": there.stands_at["parties"]}
            terms = terms._replace(parties=there.parties, stands_at=places)
        return replace(self, terms=terms, ask=self.ask._replace(block=block))


def asked(case: Case) -> tuple[Bill, ...]:
    """Return the bills of the decided days as the budget has them, by the day that they are due.

    The bills of a year add up to its budget. A total that is not divided over the years is one
    bill, for the whole period, unless there are instalments. Nothing is no bill.
    """
    parts: dict[Ask, list[Part]] = {ask: [] for block in case.blocks for ask in block.instalments}
    for division in case.divisions:
        for ask, part in division.parts:
            if ask.stated is not None or division.figure.amount != 0:
                parts.setdefault(ask, []).append(part)
    until = follow_up.settled_until(case, "invoices")
    found = [
        Bill(ask.block.terms_on(ask.due), ask, tuple(given), settled=ask.due <= until)
        for ask, given in parts.items()
        if ask.stated is not None or any(part.amount != 0 for part in given)
    ]
    return in_order(found)


def to_whom(case: Case, bill: Bill) -> str:
    """Return to whom a bill is, and for which committee, as far as others of the case differ."""
    buyers = {each.invoicing.buyer for each in case.blocks}
    buyer = bill.terms.parties[bill.buyer].called if len(buyers) > 1 else ""
    told = tr(" to {receiver}", receiver=buyer) if buyer else ""
    board = bill.invoicing.board
    return told + (tr(" for {what}", what=board) if board else "")


def payment_of(case: Case, bill: Bill) -> str:
    """Return the words by which `iopctl log` notes the payment of a bill, its payer if need be."""
    words = [f"--period {bill.period.text}"]
    words += [] if bill.amount is None else [f"--amount {plain(bill.amount)}"]
    for option, name, place in (("--receiver", bill.seller, 0), ("--buyer", bill.buyer, 1)):
        several = len({each.account[place] for each in case.blocks}) > 1
        words += [f"{option} {name}"] if several else []
    board = bill.invoicing.board
    words += [f'--board "{board}"'] if board else []
    return " ".join(words)


def in_order(found: Iterable[Bill]) -> tuple[Bill, ...]:
    """Return bills by the day that they are due."""
    return tuple(sorted(found, key=lambda each: (each.due, each.block, each.period)))


def sum_of(found: Iterable[Bill]) -> Decimal | None:
    """Return what several bills come to; None while one of them is unknown."""
    amounts = [bill.amount for bill in found]
    known = [each for each in amounts if each is not None]
    return total(known) if len(known) == len(amounts) else None
