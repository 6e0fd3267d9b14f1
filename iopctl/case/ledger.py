"""What the log has of money: invoices and payments, what was credited of each, and whose they are.

Every event that is written counts, whatever its date: an invoice that is dated next month has
been sent, or will be.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.claims import Account
from iopctl.dates import ONE_DAY, Period, months
from iopctl.language import tr
from iopctl.model.log import Credit, InvoiceSent, Payment
from iopctl.money import shared, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block

NOTHING = Decimal(0)


class Deduction(NamedTuple):
    """What was taken back of an invoice or payment, by the event *at* this place of the log."""

    at: int
    event: Credit | Payment
    amount: Decimal


@dataclass(frozen=True, eq=False)
class Posting:
    """An invoice or a payment, at *index* of the log, with what was *deducted* from it since.

    *account* is whose it is, None where the log does not say and several could be meant, of those
    that there were when it was logged: then they are its *candidates*. It *is_stated* where the
    event names its payer, or there is one alone.
    """

    index: int
    event: InvoiceSent | Payment
    deducted: tuple[Deduction, ...] = ()
    account: Account | None = None
    candidates: tuple[Account, ...] = ()
    is_stated: bool = True

    @property
    def number(self) -> str:
        """The invoice's number; empty for a payment, which has none."""
        return self.event.number if isinstance(self.event, InvoiceSent) else ""

    @property
    def date(self) -> Period:
        """When it was sent or paid."""
        return self.event.date

    @property
    def period(self) -> Period:
        """The days that it is for."""
        return self.event.period

    @property
    def called(self) -> str:
        """What messages call it: its number, or that it is a payment and of what day."""
        return self.number or tr("payment of {day}", day=self.date.text)

    @cached_property
    def credited(self) -> Decimal:
        """What was taken back of it."""
        return total(each.amount for each in self.deducted)

    @property
    def net(self) -> Decimal:
        """What is left of its amount."""
        return total((self.event.amount, -self.credited))

    @property
    def stands(self) -> bool:
        """Whether anything of it is left."""
        return bool(self.days)

    @property
    def undone(self) -> int | None:
        """The place of the log from which nothing of it is left; None where something is."""
        return None if self.stands else max(each.at for each in self.deducted)

    @cached_property
    def days(self) -> tuple[Period, ...]:
        """The days that it is still for: what is wholly credited is open again."""
        if self.deducted and self.net <= 0:
            return ()
        left = [(self.period.first, self.period.last)]
        for each in self.deducted:
            back = each.event.period
            if back and each.amount >= self.share(back):
                left = [part for days in left for part in _without(days, back)]
        return tuple(Period.of(*each) for each in left)

    def share(self, period: Period) -> Decimal:
        """Return what of the amount is for the days of *period*, by months, in whole kronor."""
        mine = period.overlap(*self.period[:2])
        if mine is None:
            return NOTHING
        whole, part = months(*self.period[:2]), months(*mine[:2])
        return shared(self.event.amount, (part, whole - part))[0]


def _without(days: tuple[date, date], back: Period) -> Iterator[tuple[date, date]]:
    if days[0] < back.first:
        yield days[0], min(days[1], back.first - ONE_DAY)
    if days[1] > back.last:
        yield max(days[0], back.last + ONE_DAY), days[1]


@dataclass(frozen=True)
class Ledger:
    """The invoices and payments of a log, and the credits that are of none of them.

    *beyond* are the credits that take back more than what was left, *stray* those of no invoice.
    """

    postings: tuple[Posting, ...]
    stray: tuple[tuple[int, Credit | Payment], ...] = ()
    beyond: tuple[tuple[int, Credit | Payment, Posting], ...] = ()

    @cached_property
    def by_account(self) -> Mapping[Account, tuple[Posting, ...]]:
        """The postings of each account, in the order of the log."""
        found: dict[Account, list[Posting]] = defaultdict(list)
        for each in self.postings:
            if each.account:
                found[each.account].append(each)
        return {account: tuple(postings) for account, postings in found.items()}

    @cached_property
    def unclear(self) -> tuple[Posting, ...]:
        """The postings of which it is not known whose they are, though it matters."""
        return tuple(each for each in self.postings if each.candidates and not each.account)

    def doubts(self, account: Account) -> tuple[Posting, ...]:
        """Return the unclear postings that stand and may be of an account."""
        return tuple(each for group in self._doubted.get(account, ()) for each in group)

    @cached_property
    def _doubted(self) -> Mapping[Account, Sequence[Sequence[Posting]]]:
        groups: dict[int, list[Posting]] = defaultdict(list)  # candidates are shared by the like
        for each in self.unclear:
            if each.stands:
                groups[id(each.candidates)].append(each)
        found: dict[Account, list[Sequence[Posting]]] = defaultdict(list)
        for group in groups.values():
            for account in group[0].candidates:
                found[account].append(group)
        return found

    def numbered(self, number: str) -> tuple[Posting, ...]:
        """Return the invoices that have a number; of several sellers, each may have it."""
        return tuple(each for each in self.postings if number and each.number == number)


def ledger(case: Case) -> Ledger:
    """Return what the log of *case* has of money, each posting with its account."""
    draft = _Draft()
    for index, event in enumerate(case.agreement.log):
        draft.take(index, event)
    postings = _with_accounts(case, draft.postings())
    of = {each.index: each for each in postings}
    return Ledger(postings, tuple(draft.stray), tuple((i, e, of[at]) for i, e, at in draft.beyond))


# ------------------------------------------------------------------ what was taken back
@dataclass
class _Draft:
    """The events as they are read, in the order of the log."""

    sent: dict[int, InvoiceSent | Payment] = field(default_factory=dict)
    deducted: dict[int, list[Deduction]] = field(default_factory=lambda: defaultdict(list))
    stray: list[tuple[int, Credit | Payment]] = field(default_factory=list)
    beyond: list[tuple[int, Credit | Payment, int]] = field(default_factory=list)
    left: dict[int, Decimal] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    payments: list[int] = field(default_factory=list)

    def take(self, index: int, event: object) -> None:
        """Note one event, if it is of money."""
        match event:
            case InvoiceSent():
                self.sent[index], self.left[index] = event, event.amount
                self.numbers[event.number].append(index)
            case Payment() if not event.repaid:
                self.sent[index], self.left[index] = event, event.amount
                self.payments.append(index)
            case Payment():
                self._deduct(index, event, [i for i in self.payments if self._meets(i, event)])
            case Credit():
                self._deduct(index, event, self.numbers.get(event.of, []))
            case _:
                pass

    def postings(self) -> list[Posting]:
        """Return the invoices and payments with what was deducted from each."""
        return [
            Posting(index, event, tuple(self.deducted.get(index, ())))
            for index, event in self.sent.items()
        ]

    def _meets(self, index: int, event: Payment) -> bool:
        paid = self.sent[index]
        same = isinstance(paid, Payment) and all(
            wanted is None or own in (None, wanted)
            for wanted, own in (
                (event.receiver, paid.receiver),
                (event.buyer, paid.buyer),
                (event.board, paid.board),
            )
        )
        return same and paid.period.overlap(*event.period[:2]) is not None

    def _deduct(self, index: int, event: Credit | Payment, of: Sequence[int]) -> None:
        """Take a credit off the latest of the postings that it can be of which has as much left."""
        if not of:
            self.stray.append((index, event))
            return
        wanted = event.amount
        standing = [at for at in reversed(of) if self.left[at] > 0]
        fits = [at for at in standing if wanted is None or wanted <= self.left[at]]
        at = (fits or standing or of)[0]
        rest = self.left[at]
        amount = self._amount(at, event, rest)
        if not rest or amount > rest:
            self.beyond.append((index, event, at))
            amount = min(amount, rest)
        self.left[at] = total((rest, -amount))
        self.deducted[at].append(Deduction(index, event, amount))

    def _amount(self, at: int, event: Credit | Payment, rest: Decimal) -> Decimal:
        if event.amount is not None:
            return event.amount
        return Posting(at, self.sent[at]).share(event.period) if event.period else rest


# ------------------------------------------------------------------ whose an posting is
def _with_accounts(case: Case, postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the postings, each with its account as far as the log and the amounts tell."""
    book = _Accounts(case)
    found = [book.stated(each) for each in postings]
    alike: dict[tuple[Period, Decimal, int], list[int]] = defaultdict(list)
    for place, each in enumerate(found):
        if each.account is None and each.candidates:
            alike[each.period, each.event.amount, id(each.candidates)].append(place)
    taken = _taken(found)
    for (period, amount, _), places in alike.items():
        first = found[places[0]]
        meant = book.meant(period, amount, first.candidates, _held(taken, first.index))
        for place, account in zip(places, _by_turn(meant, places, found), strict=False):
            found[place] = replace(found[place], account=account, is_stated=len(meant) > 1)
            taken[account].append((period, found[place].undone))
    return tuple(found)


def _by_turn(
    meant: Sequence[Account], places: Sequence[int], postings: Sequence[Posting]
) -> Sequence[Account]:
    """Return whose postings are that are alike: the only one's, or of as many as they are by turn.

    They are nobody's where it matters which is whose: where some were credited, or are missing.
    """
    if len(meant) == 1:
        return [*meant] * len(places)
    all_stand = all(postings[place].stands for place in places)
    return meant if all_stand and len(meant) == len(places) else ()


def _taken(postings: Iterable[Posting]) -> dict[Account, list[tuple[Period, int | None]]]:
    taken: dict[Account, list[tuple[Period, int | None]]] = defaultdict(list)
    for each in postings:
        if each.account:
            taken[each.account].append((each.period, each.undone))
    return taken


def _held(
    taken: Mapping[Account, Sequence[tuple[Period, int | None]]], index: int
) -> Callable[[Account], Iterator[Period]]:
    """Return what gives the days of an account that no credit had opened before an event."""

    def held(account: Account) -> Iterator[Period]:
        for period, undone in taken.get(account, ()):
            if undone is None or undone > index:
                yield period

    return held


class _Accounts:
    """The accounts of a case, and what the budget gives each of them for a period."""

    def __init__(self, case: Case) -> None:
        self._blocks: dict[Account, list[Block]] = defaultdict(list)
        for block in case.blocks:
            self._blocks[block.account].append(block)
        self._asked: dict[Account, list[Bill]] = defaultdict(list)
        for bill in case.asked:
            self._asked[bill.account].append(bill)
        self._like: dict[tuple[str | None, ...], list[Account]] = defaultdict(list)
        for account in self._blocks:
            for key in product(*((part, None) for part in account)):
                if account not in self._like[key][-1:]:
                    self._like[key].append(account)
        self._since = {account: min(map(_since, own)) for account, own in self._blocks.items()}
        self._changes = sorted(set(self._since.values()))
        self._fitting: dict[tuple[tuple[str | None, ...], Period, int], tuple[Account, ...]] = {}
        self._by_amount: dict[tuple[Period, int], dict[Decimal, list[Account]]] = {}

    def stated(self, posting: Posting) -> Posting:
        """Return an posting with its account, where the event says it or there is one alone."""
        event = posting.event
        seller = event.seller if isinstance(event, InvoiceSent) else event.receiver
        named = Account(seller or "", event.buyer or "", event.board)
        if named in self._blocks:
            return replace(posting, account=named, candidates=(named,))
        era = bisect_left(self._changes, posting.index)
        key = ((seller, event.buyer, event.board), event.period, era)
        if key not in self._fitting:
            like = self._like.get(key[0], [])
            fits = [each for each in like if self._since[each] < posting.index] or like
            ruling = self._ruling(fits, event.period) if len(fits) > 1 else fits
            self._fitting[key] = tuple(ruling or fits)
        candidates = self._fitting[key]
        account = candidates[0] if len(candidates) == 1 else None
        return replace(posting, account=account, candidates=candidates)

    def _ruling(self, accounts: Sequence[Account], period: Period) -> list[Account]:
        """Return which of *accounts* have a block for some of a period, if possible as decided."""
        for decided in (True, False):
            found = [
                account
                for account in accounts
                if any(_rules(each, period, decided=decided) for each in self._blocks[account])
            ]
            if found:
                return found
        return []

    def meant(
        self,
        period: Period,
        amount: Decimal,
        candidates: Sequence[Account],
        held: Callable[[Account], Iterable[Period]],
    ) -> list[Account]:
        """Return which candidates an amount for a period can be of: those that still lack it."""
        key = (period, id(candidates))
        if key not in self._by_amount:
            by_amount: dict[Decimal, list[Account]] = defaultdict(list)
            for each in candidates:
                budget = _budget(self._asked[each], period)
                if budget is not None:
                    by_amount[budget].append(each)
            self._by_amount[key] = by_amount
        fits = self._by_amount[key].get(amount, [])
        free = [each for each in fits if not any(days.overlap(*period[:2]) for days in held(each))]
        return free or (fits if len(fits) == 1 else [])


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


def _budget(bills: Iterable[Bill], period: Period) -> Decimal | None:
    """Return what bills have for a period: those of it, else the parts that lie in it."""
    same = [each.amount for each in bills if each.period[:2] == period[:2]]
    if same:
        return same[0] if len(same) == 1 else total(each or NOTHING for each in same)
    found = []
    for bill in bills:
        mine = bill.period.overlap(*period[:2])
        if mine is not None and bill.amount is None:
            return None
        if mine is not None and bill.amount is not None:
            whole, part = months(*bill.period[:2]), months(*mine[:2])
            found.append(shared(bill.amount, (part, Fraction(whole - part)))[0])
    return total(found)
