"""What an agreement asks for by a day: decisions, invoices, meetings, reports, and its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, get_args

from iopctl.case import follow_up
from iopctl.case.closing import closings
from iopctl.case.follow_up import BEFORE_RENEWAL, decision_day
from iopctl.dates import Period, add_months
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
    "audit",
    "other",
    "invoice",
    "payment",
    "credit",
    "unspent",
    "end",
    "unsettled",
]
_SETTLED: Final[Mapping[Kind, follow_up.Kind]] = {"meeting": "meetings", "report": "reports"}
FOLLOWED: Final = "followed"  # the name of an end that another agreement follows
SUGGESTED: Final = "suggested: no notice terms"
_NAMES: Final = {BEFORE_RENEWAL: "evaluation before renewal"}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done by *day*, that day included, by *who*.

    *key* names it within its agreement, and stays the same when the day moves. *assumed* tells
    what of it the agreement leaves open. *count* is of how many things it asks. *period* is what
    a meeting, report or invoice is about, *amount* an invoice's kronor, where known, and *name*
    the agreement's own word for what is promised (FOLLOWED: of an end that another follows).
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
    name: str = ""

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
        _ends(case, succeeded=succeeded),
        _decisions(case, lead) if undecided else (),
        () if succeeded else _options(case),
        _follow_up(case, undecided=undecided),
        _unspent(case),
    )
    until = {kind: follow_up.settled_until(case, _SETTLED.get(kind)) for kind in get_args(Kind)}
    yield from (each for each in found if each.day > until[each.kind])
    yield from _invoices(case)
    yield from _credits(case)


# ------------------------------------------------------------------ validity
def _decisions(case: Case, lead: int) -> Iterator[Duty]:
    reach = case.reach
    noticed = "last day of notice" if reach.notice_day else "decision"
    if reach.rolls_on:
        what = f"{noticed}: it goes on to {reach.options[0].last} unless terminated"
    elif reach.may_be_extended:
        what = f"{noticed}: extend, or let it end on {reach.end}"
    else:
        what = f"{noticed}: what follows the end on {reach.end}"
    assumed = "" if reach.notice_day else SUGGESTED
    yield from _by_committee(decision_day(case, lead), case, "decision", what, assumed=assumed)


def _options(case: Case) -> Iterator[Duty]:
    """Yield the next option, even after the end: the log is to say if it was taken."""
    reach = case.reach
    if reach.rolls_on or not reach.may_be_extended:
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


def _ends(case: Case, *, succeeded: bool) -> Iterator[Duty]:
    reach = case.reach
    if reach.end is None or case.as_of > reach.end:
        return
    if succeeded:
        what = "the agreement ends, and another one follows"
    elif reach.rolls_on:
        what = f"the term ends, and goes on to {reach.options[0].last} unless terminated"
    elif reach.terminated:
        what = "the agreement ends, being terminated"
    else:
        may_go_on = reach.may_be_extended
        what = f"the agreement ends{', unless extended' * may_go_on}"
    for duty in _by_committee(reach.end, case, "end", what):
        yield replace(duty, name=FOLLOWED if succeeded else "")


def _by_committee(
    day: date | None, case: Case, kind: Kind, what: str, key: str = "", assumed: str = ""
) -> Iterator[Duty]:
    """Yield a duty of the public side, where its day is known."""
    if day is not None:
        who = committees(case.terms[-1])
        yield Duty(day, case.agreement.id, kind, key or kind, what, who, assumed)


# ------------------------------------------------------------------ follow-up
def _follow_up(case: Case, *, undecided: bool) -> Iterator[Duty]:
    """Yield what is left of meetings, reports, evaluations, reviews and what else is promised."""
    for each in _asked(case):
        if each.left and (undecided or each.key != BEFORE_RENEWAL):
            yield Duty(
                day=each.due,
                agreement=case.agreement.id,
                kind=each.kind,
                key=each.key,
                what=_what(each),
                who=_who(each),
                assumed=_assumed(each),
                count=each.left,
                period=_about(each),
                name=each.what,
            )


def _asked(case: Case) -> Iterator[Quota]:
    """Yield what is asked for; of reviews that were missed the last, since one makes up for all."""
    missed = {}
    for each in case.quotas:
        if each.kind == "review" and each.left and each.due < case.as_of:
            missed[each.path] = each
        else:
            yield each
    yield from missed.values()


def _about(quota: Quota) -> Period | None:
    return Period.year(quota.year) if quota.is_yearly else quota.period


def _assumed(quota: Quota) -> str:
    if not quota.is_assumed:
        return ""
    return SUGGESTED if quota.key == BEFORE_RENEWAL else "assumed day"


def _what(quota: Quota) -> str:
    """Return what is to be done: by the agreement's own name for it, where it has one."""
    to = f" to {quota.to}" if quota.to else ""
    done = quota.done
    if quota.kind == "meeting" and quota.is_yearly and not quota.what:
        held = f" ({done} of {quota.wanted} held)" if done else ""
        return f"hold {_counted(quota.left, 'meeting')} in {quota.year}{held}"
    about = f" for {quota.about}" if quota.period else ""
    if quota.kind == "report" and not quota.what:
        given = f" ({done} of {quota.wanted} given)" if done else ""
        number = "report" if quota.wanted == 1 else _counted(quota.left, "report")
        return f"{number}{about}{to}{given}"
    return f"{quota.what or _NAMES.get(quota.key) or _often(quota)}{about}{to}"


def _often(quota: Quota) -> str:
    """Return the kind, and how often a review is: told where it is the agreement's only word."""
    every = quota.terms.follow_up and quota.terms.follow_up.review_every_years
    if not quota.key.startswith("review") or quota.path[-1] != "review_every_years":
        return quota.kind
    return "review, every year" if every == 1 else f"review, every {every} years"


def _who(quota: Quota) -> str:
    """Return who acts: as stated, else by the kind of thing."""
    if quota.by:
        return quota.terms.parties[quota.by].called
    match quota.kind:
        case "evaluation" | "review":
            return committees(quota.terms)
        case "meeting":
            return _joined((committees(quota.terms), _civil(quota.terms)))
        case "report" | "audit" | "other":
            return _civil(quota.terms)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def _unspent(case: Case) -> Iterator[Duty]:
    """Yield what is to be repaid of each year, a month after the report that tells of it."""
    for each in closings(case):
        if each.to_repay and each.reported_on:
            yield Duty(
                day=add_months(each.reported_on, 1),
                agreement=case.agreement.id,
                kind="unspent",
                key=f"unspent-{each.year}",
                what=f"repay {kronor(each.to_repay)} kr not spent in {each.year}",
                who=_civil(case.in_force(date(each.year, 12, 31))),
                assumed="assumed day",
                period=Period.year(each.year),
                amount=each.to_repay,
            )


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
