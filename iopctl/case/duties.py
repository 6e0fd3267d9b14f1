"""What an agreement asks for by a day: decisions, invoices, meetings, reports, and its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Final, Literal, get_args

from iopctl.case import follow_up
from iopctl.case.reach import day_ahead
from iopctl.dates import MONTHS_A_YEAR, Period, add_months
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.follow_up import Quota
    from iopctl.model.terms import Terms

Kind = Literal[
    "decision",
    "option",
    "evaluation",
    "review",
    "meeting",
    "report",
    "invoice",
    "payment",
    "credit",
    "end",
    "unsettled",
]
_SETTLED: Final[Mapping[Kind, follow_up.Kind]] = {"meeting": "meetings", "report": "reports"}
SUGGESTED: Final = "suggested: no notice terms"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done by *day*, that day included, by *who*.

    *key* names it within its agreement, and stays the same when the day moves. *assumed* tells
    what of it the agreement leaves open. *count* is of how many things it asks. *period* is what
    a meeting, report or invoice is about, and *amount* an invoice's kronor, where known.
    """

    day: date
    agreement: str
    kind: Kind
    key: str
    what: str
    who: str
    assumed: str = ""
    count: int = 1
    period: Period | None = None
    amount: Decimal | None = None

    @property
    def told(self) -> str:
        """What is to be done, and what of that is not the agreement's own."""
        return f"{self.what} ({self.assumed})" if self.assumed else self.what


def duties(case: Case, *, succeeded: bool = False) -> Iterator[Duty]:
    """Yield what is still to be done: not what the log or `settled_until` has as done.

    A draft asks for nothing. What follows an agreement is decided where it is *succeeded*.
    """
    if case.agreement.status == "draft":
        return
    lead = case.config.lead.expiry_months
    undecided = case.undecided and not succeeded
    found = chain(
        _ends(case),
        _decisions(case, lead) if undecided else (),
        () if succeeded else _options(case),
        _evaluations(case, lead, undecided=undecided),
        _reviews(case),
        _meetings(case),
        _reports(case),
    )
    until = {kind: follow_up.settled_until(case, _SETTLED.get(kind)) for kind in get_args(Kind)}
    yield from (each for each in found if each.day > until[each.kind])
    yield from _invoices(case)
    yield from _credits(case)


# ------------------------------------------------------------------ validity
def decision_day(case: Case, lead: int) -> date | None:
    """Return the last day of notice, or *lead* months ahead of the end where no terms say."""
    reach = case.reach
    if reach.notice_day is not None or reach.end is None:
        return reach.notice_day
    return day_ahead(reach.end, lead)


def _decisions(case: Case, lead: int) -> Iterator[Duty]:
    reach = case.reach
    noticed = "last day of notice" if reach.notice_day else "decision"
    if reach.rolls_on:
        what = f"{noticed}: it goes on to {reach.options[0].last} unless terminated"
    elif reach.options_left != 0:
        what = f"{noticed}: extend, or let it end on {reach.end}"
    else:
        what = f"{noticed}: what follows the end on {reach.end}"
    assumed = "" if reach.notice_day else SUGGESTED
    yield from _by_committee(decision_day(case, lead), case, "decision", what, assumed=assumed)


def _options(case: Case) -> Iterator[Duty]:
    """Yield the next option, even after the end: the log is to say if it was taken."""
    reach = case.reach
    if reach.rolls_on or reach.options_left == 0:
        return
    left = "no limit" if reach.options_left is None else f"{reach.options_left} left"
    to = f" to {reach.options[0].last}" if reach.options else ", of unknown length"
    if reach.end is not None and case.as_of > reach.end:
        what = f"option{to} ({left}) was not taken: log the extension, or that it was declined"
    else:
        what = f"last day to take the option{to} ({left})"
    yield from _by_committee(
        reach.end, case, "option", what, key=f"option-{reach.options_taken + 1}"
    )


def _ends(case: Case) -> Iterator[Duty]:
    reach = case.reach
    if reach.end is None or case.as_of > reach.end:
        return
    if reach.rolls_on:
        what = f"the term ends, and goes on to {reach.options[0].last} unless terminated"
    elif reach.terminated:
        what = "the agreement ends, being terminated"
    else:
        what = f"the agreement ends{', unless extended' * (reach.options_left != 0)}"
    yield from _by_committee(reach.end, case, "end", what)


def _by_committee(
    day: date | None, case: Case, kind: Kind, what: str, key: str = "", assumed: str = ""
) -> Iterator[Duty]:
    """Yield a duty of the public side, where its day is known."""
    if day is not None:
        who = committees(case.terms[-1])
        yield Duty(day, case.agreement.id, kind, key or kind, what, who, assumed)


# ------------------------------------------------------------------ follow-up
def _evaluations(case: Case, lead: int, *, undecided: bool) -> Iterator[Duty]:
    """Yield the evaluation by its date, and the one before a renewal that is yet to decide."""
    follow_up = case.terms[-1].follow_up
    asked = follow_up and follow_up.evaluation
    if asked and asked.due:
        yield from _by_committee(asked.due.last, case, "evaluation", "evaluation")
    if asked and asked.before_renewal and undecided:
        yield from _by_committee(
            decision_day(case, lead),
            case,
            "evaluation",
            "evaluation before renewal",
            key="evaluation-before-renewal",
            assumed="" if case.reach.notice_day else SUGGESTED,
        )


def _reviews(case: Case) -> Iterator[Duty]:
    """Yield the next review: nothing in the log tells that one was held."""
    follow_up, reach = case.terms[-1].follow_up, case.reach
    every = follow_up and follow_up.review_every_years
    if not every or reach.start is None:
        return
    days = (add_months(reach.start, MONTHS_A_YEAR * every * number) for number in count(1))
    day = next(each for each in days if each >= case.as_of)
    if reach.end is None or day <= reach.end:
        what = "review, every year" if every == 1 else f"review, every {every} years"
        yield from _by_committee(day, case, "review", what, key=f"review-{day.year}")


def _meetings(case: Case) -> Iterator[Duty]:
    for each in case.meetings:
        if each.left:
            so_far = f" ({each.done} of {each.wanted} held)" if each.done else ""
            what = f"hold {_counted(each.left, 'meeting')} in {each.year}{so_far}"
            who = _joined((committees(each.terms), _civil(each.terms)))
            yield _yearly(case, each, "meeting", what, who)


def _reports(case: Case) -> Iterator[Duty]:
    for each in case.reports:
        if each.left:
            so_far = f" ({each.done} of {each.wanted} given)" if each.done else ""
            number = "report" if each.wanted == 1 else _counted(each.left, "report")
            asked = each.terms.follow_up
            to = f" to {asked.report_to}" if asked and asked.report_to else ""
            what = f"{number} for {each.year}{to}{so_far}"
            assumed = "" if asked and asked.report_due else "assumed day"
            yield _yearly(case, each, "report", what, _civil(each.terms), assumed)


def _yearly(case: Case, quota: Quota, kind: Kind, what: str, who: str, assumed: str = "") -> Duty:
    key = f"{kind}-{quota.year}"
    year = Period.year(quota.year)
    return Duty(quota.due, case.agreement.id, kind, key, what, who, assumed, quota.left, year)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


# ------------------------------------------------------------------ invoices
_LEFT_OPEN: Final = {"interval": "yearly", "timing": "in arrears", "instalments": "all at once"}


def _invoices(case: Case) -> Iterator[Duty]:
    twins = Counter[str]()
    for bill in case.bills:
        key = f"invoice-{bill.seller}-{bill.buyer}-{bill.period.text}"
        twins[key] += 1
        if bill.is_open:
            yield _invoice(case, bill, key if twins[key] == 1 else f"{key}-{twins[key]}")


def _invoice(case: Case, bill: Bill, key: str) -> Duty:
    amount = "amount unknown" if bill.amount is None else f"{kronor(bill.amount)} kr"
    paid_out = bill.invoicing.method == "payout"
    board = f" for {bill.invoicing.board}" if bill.invoicing.board else ""
    what = f"{'pay out' if paid_out else 'invoice'} {bill.period.text}{board}, {amount}"
    if bill.difference:
        numbers = ", ".join(each.called for each in bill.difference.postings)
        what += f" more than {numbers}"
    left_open = ", ".join(_LEFT_OPEN[each] for each in bill.assumed)
    return Duty(
        day=bill.due,
        agreement=case.agreement.id,
        kind="payment" if paid_out else "invoice",
        key=key,
        what=what,
        who=bill.terms.parties[bill.buyer if paid_out else bill.seller].called,
        assumed=f"assumed: {left_open}" if left_open else "",
        period=bill.period,
        amount=bill.amount,
    )


def _credits(case: Case) -> Iterator[Duty]:
    """Yield what is to be taken back of invoices, since the budget has come to give less."""
    for each in case.differences:
        if each.is_credit:
            numbers = ", ".join(taking.posting.called for taking in each.takings)
            how = "credit" if each.takings[0].posting.number else "have repaid"
            what = f"{how} {kronor(abs(each.amount))} kr of {numbers} for {each.period.text}"
            key = f"credit-{each.account.seller}-{each.account.buyer}-{each.period.text}"
            yield Duty(
                day=each.since,
                agreement=case.agreement.id,
                kind="credit",
                key=f"{key}-{each.account.board}" if each.account.board else key,
                what=what,
                who=each.block.seller.called,
                period=each.period,
                amount=each.amount,
            )


# ------------------------------------------------------------------ who
def committees(terms: Terms) -> str:
    """Return who decides for the public side: its committees, else the parties themselves."""
    public = (each for each in terms.parties.values() if each.role == "public")
    return _joined(each.board or each.called for each in public)


def _civil(terms: Terms) -> str:
    """Return who acts for the civil side: the coordinator where there is one, else all."""
    civil = [each for each in terms.parties.values() if each.role == "civil"]
    leading = [each for each in civil if each.coordinator]
    return _joined(each.called for each in leading or civil)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, names)))
