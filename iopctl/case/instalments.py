"""Bills whose amounts no days divide, instalments and totals, beside the postings for them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.accounts import AsItStood
from iopctl.case.billing import sum_of
from iopctl.case.days import Days
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.case.ledger import Posting
    from iopctl.dates import Period


class Off(NamedTuple):
    """What postings came to for a period beside its claim; *amount* is what they lack of it."""

    block: Block
    period: Period
    claim: Decimal
    postings: tuple[Posting, ...]
    amount: Decimal


class Fill(NamedTuple):
    """How much a posting, *at* a place of the log, is of a bill for a *period*."""

    at: int
    period: Period
    amount: Decimal


@dataclass
class Matching:
    """The *slots* that are filled by amount, the postings *taken* by them, and what came of it."""

    slots: set[Bill] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    bills: list[Bill] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    off: list[Off] = field(default_factory=list)


def matched(case: Case, asked: Sequence[Bill], postings: Sequence[Posting]) -> Matching:
    """Return the instalments and totals of an account with what the postings are for of them.

    An posting is for those of its very period; where none is, and no bill by days meets it, for
    those that it meets. One that has its amount is filled first, then by the days they are due.
    """
    slots = {each for each in asked if each.ask.stated is not None or each.is_lump}
    result = Matching(slots=slots - set(_by_days(case, asked, postings)))
    if not result.slots:
        return result
    by_days = Days.of((each.period, each) for each in asked if each not in result.slots)
    pools = _Pools([each for each in asked if each in result.slots])
    for posting in postings:
        on_days = list(by_days.meeting(posting.period))
        if pools.take(posting, on_days):
            result.taken.add(posting.index)
    pools.fill()
    result.bills = pools.bills
    result.fills = pools.fills
    result.off = [*pools.over, *pools.cut_off(case)]
    return result


def _by_days(case: Case, asked: Sequence[Bill], postings: Sequence[Posting]) -> Iterator[Bill]:
    """Yield the totals that were invoiced in one with what days give, as both were of one period.

    The days of the rest may be others since, as where the agreement has ended before its time. So
    it may be with any invoice for the days of a total of which nobody knows what is owed, if it
    is not just what was agreed on.
    """
    lumps = [each for each in asked if each.is_lump]
    stood: AsItStood | None = None
    for posting in postings:
        own = [each for each in lumps if each.period[:2] == posting.period[:2]]
        if own:
            stood = stood or AsItStood(case)
            then = [each for each in stood.case(posting).asked if _is_for_days_of(each, posting)]
            unknown = all(each.amount is None for each in own)
            is_vague = unknown and _agreed(own) != posting.event.amount
            if is_vague or any(_has_total(each) and not each.is_lump for each in then):
                yield from own


def _is_for_days_of(bill: Bill, posting: Posting) -> bool:
    return bill.account == posting.account and bill.period[:2] == posting.period[:2]


def _agreed(lumps: Sequence[Bill]) -> Decimal:
    """Return what totals were agreed to be, whatever is owed of them now."""
    figures = {id(part.figure): part.figure.amount for each in lumps for part in each.parts}
    return total(each for each in figures.values() if each is not None)


def _has_total(bill: Bill) -> bool:
    return any(part.figure.is_total for part in bill.parts)


class _Pools:
    """The slots of an account, those of one period together, and the postings that are for them."""

    def __init__(self, bills: Sequence[Bill]) -> None:
        self._slots = {each: _Slot(each) for each in bills}
        self._near = Days.of((each.period, each) for each in bills)
        self._pools: dict[tuple[date, date], list[_Slot]] = defaultdict(list)
        for slot in self._slots.values():
            self._pools[slot.bill.period[:2]].append(slot)
        self._paid: dict[tuple[date, date], list[Posting]] = defaultdict(list)
        self._others: list[Posting] = []
        self.over: list[Off] = []

    @property
    def bills(self) -> list[Bill]:
        """What has become of the bills."""
        return [each.outcome for each in self._slots.values()]

    @property
    def fills(self) -> list[Fill]:
        """What the postings are of which of them."""
        return [each for slot in self._slots.values() for each in slot.fills]

    def take(self, posting: Posting, on_days: Sequence[Bill]) -> bool:
        """Take a posting, unless it is for bills by days, which are those that it meets."""
        own = self._pools.get(posting.period[:2])
        if own and not (on_days and _is_of_days(posting, own, on_days)):
            self._paid[posting.period[:2]].append(posting)
            return True
        if not on_days and next(self._near.meeting(posting.period), None):
            self._others.append(posting)
            return True
        return False

    def fill(self) -> None:
        """Fill the slots with the postings of their periods, and then with the others."""
        for key, pool in self._pools.items():
            for posting, amount in _poured(pool, self._paid.get(key, ())):
                self._tell(pool[-1], posting, amount)
        for posting in self._others:
            near = [self._slots[each] for each in self._near.meeting(posting.period)]
            amount = posting.net
            for slot in near:
                if amount and not slot.is_full:
                    amount = slot.take(posting, amount)
            if amount:
                self._tell(near[-1], posting, amount)

    def _tell(self, slot: _Slot, posting: Posting, amount: Decimal) -> None:
        claim = total((posting.net, -amount))
        self.over.append(Off(slot.bill.ask.block, posting.period, claim, (posting,), -amount))

    def cut_off(self, case: Case) -> Iterator[Off]:
        """Yield what instalments came to beside the budget, where their days have been cut off.

        That an agreement's own instalments are not its budget is told by IOP205.
        """
        told = {posting.index for off in self.over for posting in off.postings}
        for slot in self._slots.values():
            bill, decided = slot.bill, case.days
            cut = decided is not None and not _holds(decided, bill.period)
            if not cut or not slot.postings or not slot.is_full or bill.ask.stated is None:
                continue
            if told.isdisjoint(each.index for each in slot.postings) and bill.budget is not None:
                amount = total((bill.budget, -bill.ask.stated))
                if amount < 0:
                    postings = tuple(slot.postings)
                    yield Off(bill.ask.block, bill.period, bill.budget, postings, amount)


def _is_of_days(posting: Posting, own: Iterable[_Slot], on_days: Iterable[Bill]) -> bool:
    """Whether a posting is for the bills by days of its period, not for the total beside them."""
    days = [bill for bill in on_days if _holds(posting.period, bill.period)]
    return sum_of(slot.bill for slot in own) != posting.event.amount == sum_of(days)


def _holds(outer: Period, inner: Period) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


class _Slot:
    """A bill that is filled by amounts; *rest* is what it still lacks, None where unknown."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.rest = bill.amount
        self.postings: list[Posting] = []
        self.fills: list[Fill] = []

    def take(self, posting: Posting, amount: Decimal) -> Decimal:
        """Take what it lacks of *amount*, and return what is over."""
        taken = amount if self.rest is None else min(self.rest, amount)
        self.postings.append(posting)
        self.fills.append(Fill(posting.index, self.bill.period, taken))
        self.rest = None if self.rest is None else total((self.rest, -taken))
        return total((amount, -taken))

    @property
    def is_full(self) -> bool:
        return bool(self.postings) if self.rest is None else not self.rest

    @property
    def outcome(self) -> Bill:
        if not self.postings:
            return self.bill
        postings = tuple(self.postings)
        if self.is_full:
            return replace(self.bill, postings=postings, closed=True)
        return replace(self.bill, postings=postings, left=self.rest)


def _poured(slots: Sequence[_Slot], postings: Sequence[Posting]) -> list[tuple[Posting, Decimal]]:
    """Fill the slots of one period, and return what is over of which posting."""
    by_amount: dict[Decimal | None, deque[_Slot]] = defaultdict(deque)
    for slot in slots:
        by_amount[slot.rest].append(slot)
    left: list[Posting] = []
    for posting in postings:
        if by_amount.get(posting.net):
            by_amount[posting.net].popleft().take(posting, posting.net)
        else:
            left.append(posting)
    open_ones = deque(slot for slot in slots if not slot.is_full)
    found = []
    for posting in left:
        amount = posting.net
        while amount and open_ones:
            amount = open_ones[0].take(posting, amount)
            if open_ones[0].is_full:
                open_ones.popleft()
        if amount:
            found.append((posting, amount))
    return found
