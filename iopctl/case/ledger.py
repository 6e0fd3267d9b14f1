"""What the log has of money: invoices and payments, what was credited of each, and whose they are.

Every event that is written counts, whatever its date: an invoice that is dated next month has
been sent, or will be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.accounts import with_accounts
from iopctl.case.days import Days
from iopctl.dates import ONE_DAY, Period, months
from iopctl.language import tr
from iopctl.model.log import Credit, InvoiceSent, Payment, whose
from iopctl.money import NOTHING, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.model.log import Event


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
    event names its payer, or there is one alone; it is *in_turn* where it is one of as many alike
    as there are candidates: whose each is can't be told, and matters for none of the sums.
    """

    index: int
    event: InvoiceSent | Payment
    deducted: tuple[Deduction, ...] = ()
    account: Account | None = None
    candidates: tuple[Account, ...] = ()
    is_stated: bool = True
    in_turn: bool = False

    @property
    def number(self) -> str:
        """The invoice's number; empty for a payment, which has none."""
        return self.event.number if isinstance(self.event, InvoiceSent) else ""

    def is_before(self, index: int, event: Event) -> bool:
        """Whether an *event* at a place of the log came after it was sent, or made ahead."""
        made = self.event.made if isinstance(self.event, InvoiceSent) else None
        return index > self.index or (made is not None and event.date.first > made)

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

    def days_before(self, index: int) -> tuple[Period, ...]:
        """Return the days that it was still for by what the log has above a place."""
        earlier = tuple(each for each in self.deducted if each.at < index)
        return replace(self, deducted=earlier).days if earlier else (self.period,)

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

    *beyond* are the credits that take back more than what was left, *stray* those of no invoice,
    and *vague* those of which it is not known whose invoice of that number they are of, with the
    places of these.
    """

    postings: tuple[Posting, ...]
    stray: tuple[tuple[int, Credit | Payment], ...] = ()
    vague: tuple[tuple[int, Credit, tuple[int, ...]], ...] = ()
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

    def doubts(self, account: Account) -> Days[Posting]:
        """Return the days of the unclear postings that stand and may be of an account."""
        groups = self._doubted.get(account, ())
        key = tuple(map(id, groups))  # most accounts have the same ones
        if key not in self._days:
            entries = (each for group in groups for each in group)
            self._days[key] = Days.of((days, each) for each in entries for days in each.days)
        return self._days[key]

    @cached_property
    def _days(self) -> dict[tuple[int, ...], Days[Posting]]:
        return {}

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

    @cached_property
    def perhaps_credited(self) -> frozenset[int]:
        """The places of the invoices that a vague credit may be of: what is left is not known."""
        return frozenset(at for _, _, of in self.vague for at in of)

    def numbered(self, number: str) -> tuple[Posting, ...]:
        """Return the invoices that have a number; of several sellers, each may have it."""
        return tuple(each for each in self.postings if number and each.number == number)


def ledger(case: Case) -> Ledger:
    """Return what the log of *case* has of money, each posting with its account."""
    draft = _Draft()
    for index, event in enumerate(case.agreement.log):
        draft.take(index, event)
    postings = with_accounts(case, draft.postings())
    of = {each.index: each for each in postings}
    beyond = tuple((index, event, of[at]) for index, event, at in draft.beyond)
    return Ledger(postings, tuple(draft.stray), tuple(draft.vague), beyond)


# ------------------------------------------------------------------ what was taken back
@dataclass
class _Draft:
    """The events as they are read, in the order of the log."""

    sent: dict[int, InvoiceSent | Payment] = field(default_factory=dict)
    deducted: dict[int, list[Deduction]] = field(default_factory=lambda: defaultdict(list))
    stray: list[tuple[int, Credit | Payment]] = field(default_factory=list)
    vague: list[tuple[int, Credit, tuple[int, ...]]] = field(default_factory=list)
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
                self._deduct(index, event, self._repaid(event))
            case Credit():
                self._credit(index, event)
            case _:
                pass

    def postings(self) -> list[Posting]:
        """Return the invoices and payments with what was deducted from each."""
        return [
            Posting(index, event, tuple(self.deducted.get(index, ())))
            for index, event in self.sent.items()
        ]

    def _credit(self, index: int, event: Credit) -> None:
        """Take a credit off its seller's invoice of the number; of several sellers it names one."""
        of = self.numbers.get(event.of, [])
        own = of
        if event.seller:
            named = [at for at in of if self._seller(at) == event.seller]
            own = named or [at for at in of if self._seller(at) is None]
        if len({self._seller(at) for at in own}) > 1:
            self.vague.append((index, event, tuple(own)))
        else:
            self._deduct(index, event, own)

    def _seller(self, at: int) -> str | None:
        return whose(self.sent[at])[0]

    def _repaid(self, event: Payment) -> list[int]:
        """Return the payments that came back may be of: if possible of its very days and payer."""
        met = [at for at in self.payments if self._meets(at, event)]
        for is_of in (self._is_of_payer_and_days, self._is_of_payer, self._is_of_days):
            if same := [at for at in met if is_of(at, event)]:
                return same
        return met

    def _is_of_payer_and_days(self, at: int, event: Payment) -> bool:
        return self._is_of_payer(at, event) and self._is_of_days(at, event)

    def _is_of_payer(self, at: int, event: Payment) -> bool:
        return whose(self.sent[at]) == whose(event)

    def _is_of_days(self, at: int, event: Payment) -> bool:
        return self.sent[at].period[:2] == event.period[:2]

    def _meets(self, at: int, event: Payment) -> bool:
        same = all(
            wanted is None or own in (None, wanted)
            for wanted, own in zip(whose(event), whose(self.sent[at]), strict=True)
        )
        return same and self.sent[at].period.overlap(*event.period[:2]) is not None

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
