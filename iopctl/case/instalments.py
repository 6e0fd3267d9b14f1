"""Bills whose amounts no days divide, instalments and totals, beside the entries that are for them."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.billing import sum_of
from iopctl.case.days import Days
from iopctl.dates import Period
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.case.ledger import Entry

NOTHING = Decimal(0)


class Off(NamedTuple):
    """What entries came to for a period beside its claim; *amount* is what they lack of it."""

    block: Block
    period: Period
    claim: Decimal
    entries: tuple[Entry, ...]
    amount: Decimal


@dataclass
class Matched:
    """The *slots* that are filled by amount, the entries *taken* by them, and what came of it."""

    slots: set[Bill] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    bills: list[Bill] = field(default_factory=list)
    off: list[Off] = field(default_factory=list)


def matched(case: Case, asked: Sequence[Bill], entries: Sequence[Entry]) -> Matched:
    """Return the instalments and totals of an account with what the entries are for of them.

    An entry is for those of its very period; where none is, and no bill by days meets it, for
    those that it meets. One that has its amount is filled first, then by the days they are due.
    """
    result = Matched(slots={each for each in asked if each.ask.stated is not None or each.is_lump})
    if not result.slots:
        return result
    fixed = [each for each in asked if each in result.slots]
    by_days = Days.of((each.period, each) for each in asked if each not in result.slots)
    near = Days.of((each.period, each) for each in fixed)
    pools: dict[tuple[date, date], list[Bill]] = defaultdict(list)
    for each in fixed:
        pools[each.period[:2]].append(each)
    paid: dict[tuple[date, date], list[Entry]] = defaultdict(list)
    others: list[Entry] = []
    for entry in entries:
        own = pools.get(entry.period[:2])
        meets_days = next(by_days.meeting(entry.period), None) is not None
        if own and not (meets_days and _is_of_days(entry, own, by_days)):
            paid[entry.period[:2]].append(entry)
            result.taken.add(entry.index)
        elif not meets_days and next(near.meeting(entry.period), None):
            others.append(entry)
            result.taken.add(entry.index)
    _fill(case, result, fixed, pools, paid, others, near)
    return result


def _is_of_days(entry: Entry, own: Iterable[Bill], by_days: Days[Bill]) -> bool:
    """Whether an entry is for the bills by days of its period, and not for the total beside them."""
    days = [bill for bill in by_days.meeting(entry.period) if _holds(entry.period, bill.period)]
    return sum_of(own) != entry.event.amount == sum_of(days)


def _holds(outer: Period, inner: Period) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


class _Slot:
    """A bill that is filled by amounts; *rest* is what it still lacks, None where that is unknown."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.rest = bill.amount
        self.entries: list[Entry] = []

    def take(self, entry: Entry, amount: Decimal) -> Decimal:
        """Take what it lacks of *amount*, and return what is over."""
        taken = amount if self.rest is None else min(self.rest, amount)
        self.entries.append(entry)
        self.rest = None if self.rest is None else total((self.rest, -taken))
        return total((amount, -taken))

    @property
    def is_full(self) -> bool:
        return bool(self.entries) if self.rest is None else not self.rest

    @property
    def outcome(self) -> Bill:
        if not self.entries:
            return self.bill
        entries = tuple(self.entries)
        if self.is_full:
            return replace(self.bill, entries=entries, closed=True)
        return replace(self.bill, entries=entries, left=self.rest)


def _fill(
    case: Case,
    result: Matched,
    fixed: Sequence[Bill],
    pools: dict[tuple[date, date], list[Bill]],
    paid: dict[tuple[date, date], list[Entry]],
    others: Sequence[Entry],
    near: Days[Bill],
) -> None:
    slots = {each: _Slot(each) for each in fixed}
    over: dict[int, tuple[_Slot, Entry, Decimal]] = {}
    for key, pool in pools.items():
        of_pool = [slots[each] for each in pool]
        for entry, amount in _poured(of_pool, paid.get(key, ())):
            over[entry.index] = (of_pool[-1], entry, amount)
    for entry in others:
        amount, last = entry.net, None
        for bill in near.meeting(entry.period):
            last = slots[bill]
            if not amount:
                break
            amount = last.take(entry, amount) if not last.is_full else amount
        if last and amount:
            over[entry.index] = (last, entry, amount)
    result.bills = [slots[each].outcome for each in fixed]
    for slot, entry, amount in over.values():
        claim = total((entry.net, -amount))
        result.off.append(Off(slot.bill.ask.block, entry.period, claim, (entry,), -amount))
    result.off += _cut_off(case, slots.values(), over)


def _poured(slots: Sequence[_Slot], entries: Sequence[Entry]) -> list[tuple[Entry, Decimal]]:
    """Fill the slots of one period, and return what is over of which entry."""
    by_amount: dict[Decimal | None, deque[_Slot]] = defaultdict(deque)
    for slot in slots:
        by_amount[slot.rest].append(slot)
    left: list[Entry] = []
    for entry in entries:
        if by_amount.get(entry.net):
            by_amount[entry.net].popleft().take(entry, entry.net)
        else:
            left.append(entry)
    open_ones = deque(slot for slot in slots if not slot.is_full)
    found = []
    for entry in left:
        amount = entry.net
        while amount and open_ones:
            amount = open_ones[0].take(entry, amount)
            if open_ones[0].is_full:
                open_ones.popleft()
        if amount:
            found.append((entry, amount))
    return found


def _cut_off(
    case: Case, slots: Iterable[_Slot], over: dict[int, tuple[_Slot, Entry, Decimal]]
) -> list[Off]:
    """Return what instalments came to beside the budget, where their days have been cut off.

    That an agreement's own instalments are not its budget is told by IOP205.
    """
    found = []
    for slot in slots:
        bill, decided = slot.bill, case.days
        cut = decided is not None and not _holds(decided, bill.period)
        told = any(entry.index in over for entry in slot.entries)
        if not (cut and slot.is_full and slot.entries) or told or bill.ask.stated is None:
            continue
        if bill.budget is not None and bill.budget < bill.ask.stated:
            amount = total((bill.budget, -bill.ask.stated))
            entries = tuple(slot.entries)
            found.append(Off(bill.ask.block, bill.period, bill.budget, entries, amount))
    return found
