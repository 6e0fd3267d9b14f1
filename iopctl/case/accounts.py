"""Whose an invoice or payment is, where the log does not say it: by the days and the amount.

Never a guess: an amount tells where it was that of one payer alone when it was logged, by the
budget that the log had then; later terms give the same days other amounts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.claims import Account
from iopctl.dates import Period, months
from iopctl.model.log import TermsEvent, whose
from iopctl.money import NOTHING, shared, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.case.ledger import Posting


def with_accounts(case: Case, postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the postings, each with its account as far as the log and the amounts tell."""
    stood = AsItStood(case)
    book, budgets = _Accounts(case, stood), _Budgets(case, stood)
    found = [book.stated(each) for each in postings]
    alike: dict[tuple[Period, Decimal, int], list[int]] = defaultdict(list)
    for place, each in enumerate(found):
        if each.account is None and each.candidates:
            alike[each.period, each.event.amount, id(each.candidates)].append(place)
    taken = _taken(found)
    for places in alike.values():
        left = places
        while left:
            first = found[left[0]]
            meant = budgets.meant(first, _held(taken, first.index))
            # what one alone could mean does not tell of the next: a credit may lie between
            now, left = (left[:1], left[1:]) if len(meant) == 1 else (left, [])
            in_turn = len(meant) > 1
            for place, account in zip(now, _by_turn(meant, now, found), strict=False):
                found[place] = replace(
                    found[place], account=account, is_stated=False, in_turn=in_turn
                )
                taken[account].append(found[place])
    return tuple(found)


def _by_turn(
    meant: Sequence[Account], places: Sequence[int], postings: Sequence[Posting]
) -> Sequence[Account]:
    """Return whose postings are that are alike: the only one's, or of as many as they are by turn.

    They are nobody's where it matters which is whose: where some were credited, or are missing.
    """
    if len(meant) == 1:
        return [*meant] * len(places)
    untouched = not any(postings[place].deducted for place in places)
    return meant if untouched and len(meant) == len(places) else ()


def _taken(postings: Iterable[Posting]) -> dict[Account, list[Posting]]:
    taken: dict[Account, list[Posting]] = defaultdict(list)
    for each in postings:
        if each.account:
            taken[each.account].append(each)
    return taken


def _held(
    taken: Mapping[Account, Sequence[Posting]], index: int
) -> Callable[[Account], Iterator[Period]]:
    """Return what gives the days of an account that no credit had opened before an event."""

    def held(account: Account) -> Iterator[Period]:
        for posting in taken.get(account, ()):
            yield from posting.days_before(index)

    return held


class AsItStood:
    """The case by the log that was there when something was logged."""

    def __init__(self, case: Case) -> None:
        self._case = case
        log = case.agreement.log
        self._changes = [at for at, each in enumerate(log) if isinstance(each, TermsEvent)]
        no_later: frozenset[int] = frozenset()
        self._cases = {(len(log), no_later, case.as_of): case}

    def case(self, posting: Posting) -> Case:
        """Return the case as the log had it, with the days of a posting decided.

        What came after it was made is left out, also where it is dated after that.
        """
        log, reach = self._case.agreement.log, self._case.reach
        place = bisect_left(self._changes, posting.index)
        there = [*self._changes, len(log)][place]
        later = {at for at in self._changes[:place] if posting.is_before(at, log[at])}
        moves = reach.is_open or reach.rolls_on
        decided = max(posting.period.last, posting.date.last)
        key = there, frozenset(later), decided if moves else self._case.as_of
        if key not in self._cases:
            known = (each for at, each in enumerate(log[:there]) if at not in later)
            self._cases[key] = self._case.by_log(known, key[2])
        return self._cases[key]


class _Accounts:
    """The accounts of a case, and which of them an event can name."""

    def __init__(self, case: Case, stood: AsItStood) -> None:
        self._stood = stood
        self._blocks: dict[Account, list[Block]] = defaultdict(list)
        for block in case.blocks:
            self._blocks[block.account].append(block)
        self._like: dict[tuple[str | None, ...], list[Account]] = defaultdict(list)
        for account in self._blocks:
            for key in product(*((part, None) for part in account)):
                if account not in self._like[key][-1:]:
                    self._like[key].append(account)
        self._since = {account: min(map(_since, own)) for account, own in self._blocks.items()}
        self._changes = sorted(set(self._since.values()))
        self._fits: dict[tuple[tuple[str | None, ...], int], list[Account]] = {}
        self._fitting: dict[tuple[int, Period, int], tuple[Account, ...]] = {}

    def stated(self, posting: Posting) -> Posting:
        """Return a posting with its account, where the event says it or there is one alone."""
        event = posting.event
        seller, buyer, board = whose(event)
        named = Account(seller or "", buyer or "", board)
        if named in self._blocks:
            return replace(posting, account=named, candidates=(named,))
        fits = self._known((seller, buyer, board), posting)
        then = self._stood.case(posting) if len(fits) > 1 else None
        key = id(fits), event.period, id(then)
        if key not in self._fitting:
            self._fitting[key] = tuple((then and _ruling(then, fits, event.period)) or fits)
        candidates = self._fitting[key]
        account = candidates[0] if len(candidates) == 1 else None
        return replace(posting, account=account, candidates=candidates)

    def _known(self, named: tuple[str | None, ...], posting: Posting) -> list[Account]:
        """Return the accounts that an event can name, of those that there were, if any."""
        key = named, bisect_left(self._changes, posting.index)
        if key not in self._fits:
            like = self._like.get(named, [])
            self._fits[key] = [each for each in like if self._since[each] < posting.index] or like
        return self._fits[key]


def _ruling(then: Case, accounts: Sequence[Account], period: Period) -> list[Account]:
    """Return which of *accounts* had a block for some of a period, if possible as decided."""
    for decided in (True, False):
        found = [
            account
            for account in accounts
            if any(_rules(each, period, decided=decided) for each in then.blocks_of(account))
        ]
        if found:
            return found
    return []


class _Budgets:
    """What the budget gave accounts for a period, by the terms that the log had when asked for."""

    def __init__(self, case: Case, stood: AsItStood) -> None:
        self._case, self._stood = case, stood
        self._asked: dict[int, dict[Account, list[Bill]]] = {}
        self._lacks: dict[tuple[int, Period, int], dict[Account, _Lack]] = {}

    def meant(self, posting: Posting, held: Callable[[Account], Iterable[Period]]) -> list[Account]:
        """Return which of its candidates a posting can be of: those that still lacked its amount.

        Where it is that of none by the budget of its time, the budget of today tells. It is no
        part of a bill of other days while one that is for its very days lacks it, and it can't be
        told whose part it is where another's is as much but for roundings. Of several it can't
        where one has been invoiced for some of these days, or for a total of its own, or where
        that which lacks it is done outside the log, and another is not.
        """
        period, amount = posting.period, posting.event.amount
        for asked in map(self._by_account, (self._stood.case(posting), self._case)):
            lacks = self._lacking_by(asked, period, posting.candidates)
            fits = [one for one, lack in lacks.items() if lack.amount == amount]
            taken = {one: [on for on in held(one) if on.overlap(*period[:2])] for one in fits}
            free = [one for one in fits if not taken[one]]
            if len(fits) > 1 and any(_leaves_doubt(taken[one], asked[one], period) for one in fits):
                return []
            again = len(fits) == 1 and _is_done(taken[fits[0]], asked[fits[0]], period)
            is_exact = len(fits) == 1 and not lacks[fits[0]].slack
            is_clear = is_exact and not (again and self._lacking(asked, posting, held))
            chosen = free or (fits if is_clear else [])
            settled = {one for one in fits if _is_settled(asked[one], period)}
            is_outside = settled.issuperset(chosen) and not settled.issuperset(fits)
            near = (one for one, lack in lacks.items() if lack.is_near(amount))
            is_near = any(not _is_done(held(one), asked[one], period) for one in near)
            is_part = any(lacks[one].slack for one in fits)
            if fits and (not chosen or (settled and is_outside) or (is_part and is_near)):
                return []  # it was one's by the budget of its time: that of today tells nothing
            if chosen and not self._is_of_others(asked, posting, chosen):
                return chosen
        return []

    def _lacking(
        self,
        asked: dict[Account, list[Bill]],
        posting: Posting,
        held: Callable[[Account], Iterable[Period]],
    ) -> bool:
        """Whether one of its candidates is asked for days of a posting that it has not been."""
        return any(
            (mine := bill.period.overlap(*posting.period[:2]))
            and not any(on.first <= mine.first and mine.last <= on.last for on in held(each))
            for each in posting.candidates
            for bill in asked.get(each, ())
        )

    def _is_of_others(
        self, asked: dict[Account, list[Bill]], posting: Posting, chosen: Sequence[Account]
    ) -> bool:
        """Whether only others than those *chosen* have a bill for the very days of a posting."""
        days = posting.period[:2]
        exact = {
            each
            for each in posting.candidates
            if any(bill.period[:2] == days for bill in asked.get(each, ()))
        }
        return bool(exact) and exact.isdisjoint(chosen)

    def _lacking_by(
        self, asked: dict[Account, list[Bill]], period: Period, candidates: Sequence[Account]
    ) -> dict[Account, _Lack]:
        key = (id(asked), period, id(candidates))
        if key not in self._lacks:
            found = ((each, _budget(asked.get(each, ()), period)) for each in candidates)
            self._lacks[key] = {each: lack for each, lack in found if lack}
        return self._lacks[key]

    def _by_account(self, case: Case) -> dict[Account, list[Bill]]:
        """Return the bills of each account."""
        if id(case) not in self._asked:
            found: dict[Account, list[Bill]] = defaultdict(list)
            for bill in case.asked:
                found[bill.account].append(bill)
            self._asked[id(case)] = found
        return self._asked[id(case)]


def _is_done(taken: Iterable[Period], bills: Sequence[Bill], period: Period) -> bool:
    """Whether an account was invoiced for all days of a period, and so for a total of its own."""
    if any(bill.period[:2] == period[:2] and bill.is_lump for bill in bills):
        return any(on[:2] == period[:2] for on in taken)
    return any(on.first <= period.first and period.last <= on.last for on in taken)


def _is_settled(bills: Iterable[Bill], period: Period) -> bool:
    """Whether what an account has for a period is done outside the log."""
    met = [bill for bill in bills if bill.period.overlap(*period[:2])]
    return bool(met) and all(bill.settled for bill in met)


def _leaves_doubt(taken: Iterable[Period], bills: Sequence[Bill], period: Period) -> bool:
    """Whether what an account was invoiced for does not say if a period of it is done."""
    for on in taken:
        is_all = on.first <= period.first and period.last <= on.last
        of_slot = any(
            bill.period[:2] == on[:2] and (bill.is_lump or bill.ask.stated is not None)
            for bill in bills
        )
        if not is_all or (of_slot and on[:2] != period[:2]):
            return True
    return False


def _since(block: Block) -> int:
    """Return the place of the log from which a block is known; -1 for those above it."""
    path = block.path()
    return path[1] if path[0] == "log" and isinstance(path[1], int) else -1


def _rules(block: Block, period: Period, *, decided: bool) -> bool:
    if block.invoicing.instalments and any(
        each.period.overlap(*period[:2]) for each in block.instalments
    ):
        return True
    if decided:
        return bool(block.decided and block.decided.overlap(*period[:2]))
    return period.overlap(block.first, block.last) is not None


class _Lack(NamedTuple):
    """What bills have for a period; of a part of them it is within so many roundings."""

    amount: Decimal
    slack: int = 0

    def is_near(self, amount: Decimal) -> bool:
        """Whether another *amount* may be it, rounded otherwise."""
        return 0 < abs(self.amount - amount) <= self.slack


def _budget(bills: Iterable[Bill], period: Period) -> _Lack | None:
    """Return what bills have for a period: those of it, else the parts that lie in it."""
    same = [each.amount for each in bills if each.period[:2] == period[:2]]
    if len(same) == 1 and same[0] is None:
        return None
    if same:
        return _Lack(total(each or NOTHING for each in same))
    found = []
    for bill in bills:
        if bill.period.overlap(*period[:2]) is not None and bill.amount is None:
            return None
        for own, amount in _by_days(bill):
            mine = own.overlap(*period[:2])
            if mine is not None and amount is not None:
                whole, part = months(*own[:2]), months(*mine[:2])
                found.append(shared(amount, (part, Fraction(whole - part)))[0])
    return _Lack(total(found), len(found))


def _by_days(bill: Bill) -> Iterator[tuple[Period, Decimal | None]]:
    """Yield what a bill is for with its days: each row's own, but one amount of an instalment."""
    if bill.ask.stated is not None:
        yield bill.period, bill.amount
    else:
        yield from ((part.days(bill.period), part.amount) for part in bill.parts)
