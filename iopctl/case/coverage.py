"""What is left to bill, and what was billed otherwise than the budget now has it.

What is invoiced stands: days that the log has an invoice for are closed, and the others share what
is left of their year. Where invoices of a year are off by no more than roundings come to, the days
that are left make up for it; anything more is a difference of its own, to be invoiced or credited.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from iopctl.case.days import Days, merged
from iopctl.case.differences import Difference, difference, supplement
from iopctl.case.foreseen import decided_by
from iopctl.case.instalments import Fill, Off, matched
from iopctl.case.unasked import standing, stood
from iopctl.dates import ONE_DAY, Period, months
from iopctl.model.log import Amendment, Termination
from iopctl.money import KRONA, NOTHING, ORE, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Account, Block, Part
    from iopctl.case.ledger import Posting
    from iopctl.case.unasked import Standing

STOOD_BY = frozenset({"IOP426", "invoiced-amount-differs"})


@dataclass(frozen=True)
class Balance:
    """An account's bills, and the differences between what it was sent and what it owes.

    *standing* is what it was sent for days that nobody asks for now, *fills* what was sent of
    bills that no days divide; *undivided* are the places of the postings that are for such bills.
    """

    account: Account
    bills: tuple[Bill, ...]
    differences: tuple[Difference, ...] = ()
    standing: tuple[Standing, ...] = ()
    fills: tuple[Fill, ...] = ()
    undivided: frozenset[int] = frozenset()


def balances(case: Case) -> tuple[Balance, ...]:
    """Return the balance of each account, in the order of their blocks."""
    bills: dict[Account, list[Bill]] = {block.account: [] for block in case.blocks}
    for each in case.asked:
        bills[each.account].append(each)
    return tuple(_balance(case, account, own) for account, own in bills.items())


def _balance(case: Case, account: Account, asked: Sequence[Bill]) -> Balance:
    postings = case.ledger.by_account.get(account, ())
    standing = [each for each in postings if each.stands]
    if not standing:
        return Balance(account, tuple(_doubted(asked, case.ledger.doubts(account))))
    fixed = matched(case, asked, standing)
    rest = [each for each in standing if each.index not in fixed.taken]
    days = _OnDays(case, account, [each for each in asked if each not in fixed.slots], rest)
    known = (each for each in fixed.off if not _is_perhaps_credited(case, each.postings))
    differences = [*(difference(case, each) for each in known), *days.differences]
    bills = [*fixed.bills, *days.bills, *(supplement(d) for d in differences if not d.is_credit)]
    sent = _doubted(bills, case.ledger.doubts(account))
    return Balance(
        account,
        tuple(sent),
        tuple(differences),
        tuple(days.standing),
        tuple(fixed.fills),
        frozenset(fixed.taken),
    )


def _doubted(bills: Iterable[Bill], doubts: Days[Posting]) -> Iterator[Bill]:
    """Yield the bills, those that may have been invoiced by an unclear posting with that doubt."""
    for bill in bills:
        met = None if bill.closed else next(doubts.meeting(bill.period), None)
        yield replace(bill, doubt=met) if met else bill


# ------------------------------------------------------------------ days
@dataclass(eq=False)
class _Group:
    """Entries that share days, and the parts of bills that their days close.

    What they came to for days that nobody asks for is *found*; *standing* is what stands of it.
    """

    postings: list[Posting]
    days: list[Period]
    closed: list[Bill]
    found: tuple[Standing, ...] = ()

    @property
    def net(self) -> Decimal:
        return total(each.net for each in self.postings)

    @property
    def asked(self) -> Decimal | None:
        amounts = [bill.amount for bill in self.closed]
        known = [each for each in amounts if each is not None]
        return total(known) if len(known) == len(amounts) else None

    @property
    def standing(self) -> tuple[Standing, ...]:
        return stood(self.found, total((self.net, -(self.asked or NOTHING))))

    @property
    def claim(self) -> Decimal | None:
        asked = self.asked
        return None if asked is None else total((asked, *(one.amount for one in self.standing)))

    @property
    def period(self) -> Period:
        return Period.of(self.days[0].first, self.days[-1].last)

    def is_as_sent(self, day: date) -> bool:
        """Whether what is owed for the days before *day* is what was sent for them."""
        sent = total(_before(day, each.net, each.period) for each in self.postings)
        owed = total(
            _before(day, part.amount or NOTHING, part.days(bill.period))
            for bill in self.closed
            for part in bill.parts
        )
        stood = total(_before(day, each.amount, each.period) for each in self.standing)
        owed = total((owed, stood))
        return abs(total((owed, -sent))) <= self.size + 1

    @property
    def size(self) -> int:
        """Of how many roundings its amount is made."""
        return len(self.postings) + sum(len(each.parts) for each in self.closed)


class _OnDays:
    """The bills of an account whose amounts are for days, beside the postings for these days."""

    def __init__(
        self, case: Case, account: Account, asked: Sequence[Bill], postings: Sequence[Posting]
    ) -> None:
        self._case, self._account = case, account
        self.differences: list[Difference] = []
        groups = _groups(postings)
        for each in groups:
            each.found = standing(case, account, each.postings)
        days = Days.of((period, group) for group in groups for period in group.days)
        still_open: list[Bill] = []
        for bill in asked:
            for piece, group in _pieces(bill, days):
                if group is None:
                    still_open.append(piece)
                else:
                    group.closed.append(replace(piece, postings=tuple(group.postings), closed=True))
        self.standing = [one for each in groups for one in each.standing]
        self.bills = [
            *(bill for group in groups for bill in _as_sent(group)),
            *self._evened(groups, still_open),
        ]

    def _evened(self, groups: Sequence[_Group], still_open: Sequence[Bill]) -> list[Bill]:
        """Return the open bills, each year's with what its invoices are off by roundings."""
        by_year: dict[int, list[_Group]] = defaultdict(list)
        for group in groups:
            by_year[group.period.last.year].append(group)
        left: dict[int, list[Bill]] = defaultdict(list)
        for bill in still_open:
            left[bill.period.first.year].append(bill)
        found = [bill for year, bills in left.items() if year not in by_year for bill in bills]
        for year, own in by_year.items():
            found += self._evened_year(own, left[year])
        return found

    def _evened_year(self, groups: Sequence[_Group], bills: Sequence[Bill]) -> list[Bill]:
        tolerance = 1 + sum(group.size for group in groups)
        small, last = [], None
        for group in groups:
            off = self._off(group)
            if off is None:
                continue
            if abs(off) > tolerance:
                self._tell(group, off)
            else:
                small.append(off)
                last = group if off or last is None else last
        rest, evened = _shared_out(total(small), bills, settled=False)
        if rest:  # what is done outside the log has been made up for there
            rest, evened = _shared_out(rest, evened, settled=True)
        if rest and last:
            self._tell(last, rest)
        return evened

    def _off(self, group: _Group) -> Decimal | None:
        """Return what is owed for a group's days less what was invoiced; None if not known."""
        case = self._case
        if group.claim is None or _is_stood_by(case, group) or self._is_open_ended(group):
            return None
        if _is_perhaps_credited(case, group.postings):
            return None
        return total((group.claim, -group.net))

    def _is_open_ended(self, group: _Group) -> bool:
        """Whether some of the days are decided unless somebody acts."""
        case, decided = self._case, self._case.days
        if decided is None:
            return True
        if case.reach.is_open and group.period.last > decided.last:
            return True
        # An option that was taken in time may be logged after the end.
        in_option = any(group.period.overlap(*each[:2]) for each in case.reach.options)
        return in_option and (case.reach.rolls_on or not self._was_moved(group))

    def _was_moved(self, group: _Group) -> bool:
        """Whether the parties have agreed on another end since days were invoiced, or decided.

        An invoice that is dated ahead stands in the log after what was agreed before its day.
        """
        last, once = group.postings[-1], self._once_decided
        if once is not None and once >= group.period.last:
            return True
        return any(
            event.terms.validity and last.is_before(index, event)
            for index, event in self._case.happened(Amendment)
        )

    @cached_property
    def _once_decided(self) -> date | None:
        """The last day that was decided before the parties gave notice, or amended the validity."""
        case = self._case
        places = [index for index, event in case.happened(Amendment) if event.terms.validity]
        places += (index for index, _ in case.happened(Termination))
        ends = (decided_by(case, place) for place in places)
        return max((end for end in ends if end), default=None)

    def _tell(self, group: _Group, amount: Decimal) -> None:
        claim = total((group.net, amount))
        block = group.closed[-1].ask.block if group.closed else self._block(group)
        off = Off(block, group.period, claim, tuple(group.postings), amount)
        found = difference(self._case, off, group.is_as_sent)
        since = [part for day in group.days if (part := day.overlap(*found.period[:2]))]
        self.differences.append(
            replace(
                found,
                period=Period.of(since[0].first, since[-1].last),
                days=tuple(group.days),
            )
        )

    def _block(self, group: _Group) -> Block:
        """Return the block of the account that ruled the days, or the last that it has."""
        own = self._case.blocks_of(self._account)
        ruling = [each for each in own if group.period.overlap(each.first, each.last)]
        return (ruling or own)[-1]


def _groups(postings: Sequence[Posting]) -> list[_Group]:
    """Return the postings by the days that they share with one another."""
    of: dict[int, _Group] = {}
    spans = sorted(
        ((part, each) for each in postings for part in each.days), key=lambda span: span[0][:2]
    )
    reached: tuple[date, _Group] | None = None
    for part, posting in spans:
        group = of.get(posting.index)
        if reached and part.first <= reached[0]:
            group = reached[1] if group is None else _joined(of, group, reached[1])
        if group is None:
            group = _Group([], [], [])
        if posting.index not in of:
            group.postings.append(posting)
        of[posting.index] = group
        group.days.append(part)
        if reached is None or part.last > reached[0]:
            reached = (part.last, group)
        else:
            reached = (reached[0], group)
    found = list({id(each): each for each in of.values()}.values())
    for each in found:
        each.postings.sort(key=lambda posting: posting.index)
        each.days = merged(each.days)
    return found


def _joined(of: dict[int, _Group], one: _Group, other: _Group) -> _Group:
    if one is not other:
        one.postings += other.postings
        one.days += other.days
        of.update((posting.index, one) for posting in other.postings)
    return one


def _as_sent(group: _Group) -> list[Bill]:
    """Return the closed bills: one that is all of its group's days for what was invoiced."""
    if len(group.closed) != 1:
        return group.closed
    (bill,) = group.closed
    same = [each[:2] for each in group.days] == [bill.period[:2]]
    return [replace(bill, left=group.net) if same else bill]


def _pieces(bill: Bill, days: Days[_Group]) -> Iterator[tuple[Bill, _Group | None]]:
    """Yield the bill's days that a group has, and those that none has, as bills of their own."""
    cuts = list(days.cut(bill.period))
    if len(cuts) == 1:
        yield bill, cuts[0][1]
        return
    periods = [period for period, _ in cuts]
    by_part = [_divided(part, bill.period, periods) for part in bill.parts]
    block = bill.ask.block
    for number, (period, group) in enumerate(cuts):
        due = period.first if block.invoicing.timing == "advance" else bill.due
        parts = tuple(parts[number] for parts in by_part if parts[number].amount != 0)
        if parts:
            ask = bill.ask._replace(period=period, due=due)
            yield replace(bill, terms=block.terms_on(due), ask=ask, parts=parts), group


def _divided(part: Part, whole: Period, periods: Sequence[Period]) -> list[Part]:
    """Return a row's part of a bill divided over some periods of it, by months."""
    if part.amount is None:
        return [part] * len(periods)
    own = part.days(whole)
    weights = [months(*mine[:2]) if (mine := each.overlap(*own[:2])) else 0 for each in periods]
    return [part._replace(amount=amount) for amount in shared(part.amount, weights)]


def _before(day: date, amount: Decimal, days: Period) -> Decimal:
    """Return what of an *amount* for *days* is for those before a day, by months."""
    mine = days.overlap(date.min, day - ONE_DAY)
    before = months(*mine[:2]) if mine else 0
    return shared(amount, (before, months(*days[:2]) - before))[0]


def _shared_out(
    off: Decimal, bills: Sequence[Bill], *, settled: bool
) -> tuple[Decimal, list[Bill]]:
    """Return what can't be made up for, and the bills with what makes up for *off*.

    They are the *settled* ones that do, or the open ones.
    """
    chosen = [each for each in bills if each.settled == settled and each.amount]
    amounts = [each.amount for each in chosen if each.amount is not None]
    if not off or not amounts:
        return off, list(bills)
    sign = 1 if off > 0 else -1
    made_up = abs(off) if sign > 0 else min(abs(off), total(amounts))
    changes = dict(zip(map(id, chosen), _by_size(made_up, amounts), strict=True))
    evened = [
        _changed(each, sign * changes[id(each)]) if changes.get(id(each)) else each
        for each in bills
    ]
    return total((off, -sign * made_up)), [each for each in evened if each.amount != 0]


def _changed(bill: Bill, by: Decimal) -> Bill:
    known = [part.amount for part in bill.parts if part.amount is not None]
    shares = _by_size(abs(by), known)
    parts = tuple(
        part._replace(amount=total((amount, share if by > 0 else -share)))
        for part, amount, share in zip(bill.parts, known, shares, strict=True)
    )
    return replace(bill, parts=parts)


def _by_size(amount: Decimal, sizes: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide *amount* by sizes; no share is larger than its size, if all of it is not."""
    whole = all(each % 1 == 0 for each in (amount, *sizes))
    return shared(amount, [int(each / ORE) for each in sizes], KRONA if whole else ORE)


def _is_perhaps_credited(case: Case, postings: Iterable[Posting]) -> bool:
    """Whether a credit that does not say whose invoice it is of may be of one of these."""
    return any(each.index in case.ledger.perhaps_credited for each in postings)


def _is_stood_by(case: Case, group: _Group) -> bool:
    """Whether the parties stand by an amount that was invoiced, under `exceptions`."""
    paths = [each.path for each in case.exceptions if each.rule in STOOD_BY]
    return any(
        path is None or path == "log" or path.startswith(f"log.{posting.index}.") or
        path == f"log.{posting.index}"
        for path in paths
        for posting in group.postings
    )  # fmt: skip
