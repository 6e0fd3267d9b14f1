"""What was billed otherwise than the budget now has it: to be invoiced more, or credited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.billing import Bill
from iopctl.case.claims import Ask
from iopctl.dates import ONE_DAY, Period
from iopctl.model.log import Amendment, Extended, Termination
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Account, Block
    from iopctl.case.instalments import Off
    from iopctl.case.ledger import Posting

_CHANGES = Amendment | Termination | Extended


class Taking(NamedTuple):
    """What is to be taken back of one posting."""

    posting: Posting
    amount: Decimal


@dataclass(frozen=True, eq=False)
class Difference:
    """What *postings* came to for days, in all, beside the *claim* that the budget now has on them.

    *period* are the days for which that has changed, as far as the log tells.
    """

    block: Block
    period: Period
    claim: Decimal
    postings: tuple[Posting, ...]
    since: date
    amount: Decimal
    days: tuple[Period, ...] = ()
    """The days that the claim is on: what is credited of the middle of a period parts them."""

    @property
    def account(self) -> Account:
        """Whose it is."""
        return self.block.account

    @property
    def is_credit(self) -> bool:
        """Whether it is to be taken back; else it is to be invoiced."""
        return self.amount < 0

    @property
    def net(self) -> Decimal:
        """What the postings come to, less what was credited of them."""
        return total(each.net for each in self.postings)

    @cached_property
    def takings(self) -> tuple[Taking, ...]:
        """What to credit of which posting, the latest first."""
        found, left = [], -self.amount
        for each in reversed(self.postings):
            amount = min(left, each.net)
            if amount > 0:
                found.append(Taking(each, amount))
                left = total((left, -amount))
        return tuple(found)


def supplement(difference: Difference) -> Bill:
    """Return the bill of what is to be invoiced beside what was."""
    block, period = difference.block, difference.period
    due = max(block.due(period), difference.since)
    ask = Ask(block, period, due, difference.amount)
    return Bill(block.terms_on(due), ask, (), settled=False, difference=difference)


def difference(
    case: Case, off: Off, is_as_sent: Callable[[date], bool] = lambda _: True
) -> Difference:
    """Return a difference with the days for which the log has changed what is owed.

    They begin with the last change before which all *is_as_sent*. The difference is there since
    the last event that touches its days, or a credit that took too much.
    """
    period, postings = off.period, off.postings
    sent = min(each.date.last for each in postings)
    later = (event for at, event in case.events if postings[-1].is_before(at, event))
    changed = [(each, _first_day(case, each)) for each in later if isinstance(each, _CHANGES)]
    new = (day for event, _ in changed for day in _changed_from(event))
    within = sorted(day for day in new if period.first < day <= period.last)
    first = next(
        (day for day in reversed(within[1:]) if is_as_sent(day)), (*within, period.first)[0]
    )
    touching = [event.date.first for event, day in changed if day is None or day <= period.last]
    if off.amount > 0:
        touching += [each.event.date.first for one in postings for each in one.deducted]
    since = max(touching, default=sent)
    days, since = Period.of(first, period.last), max(since, sent)
    return Difference(off.block, days, off.claim, postings, since, off.amount)


def _first_day(case: Case, event: Amendment | Termination | Extended) -> date | None:
    """Return the first day on which something is otherwise than before; None if not known."""
    match event:
        case Amendment():
            return event.effective
        case Termination():
            return event.effective + ONE_DAY
        case _:
            end = replace(case, as_of=event.date.first - ONE_DAY).reach.end
            return event.start or (end and end + ONE_DAY)


def _changed_from(event: Amendment | Termination | Extended) -> Iterator[date]:
    """Yield the days from which less or more may be owed: an extension adds days, no more."""
    match event:
        case Termination():
            yield event.effective + ONE_DAY
        case Amendment():
            validity = event.terms.validity
            if validity and validity.last:
                yield validity.last + ONE_DAY
            if validity is None or event.terms.economy or event.terms.invoicing:
                yield event.effective
        case _:
            return
