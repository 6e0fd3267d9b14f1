"""What an agreement asks for by a day: decisions, invoices, meetings, reports, and its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, get_args

from iopctl.case import follow_up
from iopctl.case.billing import to_whom
from iopctl.case.closing import closings
from iopctl.case.follow_up import BEFORE_RENEWAL, decision_day
from iopctl.dates import Period, add_months
from iopctl.language import counted, each_once, marked, marked_counted, tr
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.follow_up import Quota
    from iopctl.model.terms import Terms

DutyKind = Literal[
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
KINDS: Final[tuple[DutyKind, ...]] = get_args(DutyKind)
COUNTED: Final[Mapping[DutyKind, tuple[str, str]]] = {
    "decision": marked_counted("{number} decision", "{number} decisions"),
    "option": marked_counted("{number} option", "{number} options"),
    "evaluation": marked_counted("{number} evaluation", "{number} evaluations"),
    "review": marked_counted("{number} review", "{number} reviews"),
    "meeting": marked_counted("{number} meeting", "{number} meetings"),
    "report": marked_counted("{number} report", "{number} reports"),
    "audit": marked_counted("{number} audit", "{number} audits"),
    "other": marked_counted("{number} other", "{number} others"),
    "invoice": marked_counted("{number} invoice", "{number} invoices"),
    "payment": marked_counted("{number} payment", "{number} payments"),
    "credit": marked_counted("{number} credit", "{number} credits"),
    "unspent": marked_counted("{number} unspent", "{number} unspents"),
    "end": marked_counted("{number} end", "{number} ends"),
    "unsettled": marked_counted("{number} unsettled", "{number} unsettleds"),
}
"""How many of each kind, as a line tells it."""
_SETTLED: Final[Mapping[str, follow_up.SettlementKind]] = {
    "meeting": "meetings",
    "report": "reports",
}
FOLLOWED: Final = "followed"  # the name of an end that another agreement follows
SUGGESTED: Final = marked("suggested: no notice terms")
_NAMES: Final = {BEFORE_RENEWAL: marked("evaluation before renewal")}


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
    kind: DutyKind
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
        return f"{self.what} ({tr(self.assumed)})" if self.assumed else self.what


def duties(case: Case) -> Iterator[Duty]:
    """Yield what is still to be done: not what the log or `settled_until` has as done.

    A draft asks for nothing. What follows an agreement is decided where it has a successor.
    """
    if case.agreement.status == "draft":
        return
    lead = case.config.lead.expiry_months
    found = chain(
        _ends(case),
        _decisions(case, lead) if case.undecided else (),
        _options(case),
        _follow_up(case, undecided=case.undecided),
        _unspent(case),
    )
    until = {kind: follow_up.settled_until(case, _SETTLED.get(kind)) for kind in KINDS}
    yield from (each for each in found if each.day > until[each.kind])
    yield from _invoices(case)
    yield from _credits(case)


# ------------------------------------------------------------------ validity
def _decisions(case: Case, lead: int) -> Iterator[Duty]:
    reach = case.reach
    noticed = tr("last day of notice" if reach.notice_day else "decision")
    if reach.rolls_on:
        what = tr(
            "{noticed}: it goes on to {day} unless terminated",
            noticed=noticed,
            day=reach.options[0].last,
        )
    elif reach.may_be_extended:
        what = tr("{noticed}: extend, or let it end on {day}", noticed=noticed, day=reach.end)
    else:
        what = tr("{noticed}: what follows the end on {day}", noticed=noticed, day=reach.end)
    assumed = "" if reach.notice_day else SUGGESTED
    yield from _by_committee(decision_day(case, lead), case, "decision", what, assumed=assumed)


def _options(case: Case) -> Iterator[Duty]:
    """Yield the next option, even after the end: the log is to say if it was taken."""
    reach = case.reach
    if reach.rolls_on or not reach.may_be_extended:
        return
    number = reach.options_left
    left = tr("no limit") if number is None else tr("{number} left", number=number)
    option = (
        tr("option to {day}", day=reach.options[0].last)
        if reach.options
        else tr("option, of unknown length")
    )
    if reach.end is not None and case.as_of > reach.end:
        what = tr(
            "{option} ({left}) was not taken: log the extension, or that it was declined",
            option=option,
            left=left,
        )
    else:
        what = tr("last day to take the {option} ({left})", option=option, left=left)
    yield from _by_committee(
        reach.end, case, "option", what, key=f"option-{reach.options_taken + 1}"
    )


def _ends(case: Case) -> Iterator[Duty]:
    reach = case.reach
    if reach.end is None or case.as_of > reach.end:
        return
    if case.successor:
        what = tr("the agreement ends, and another one follows")
    elif reach.rolls_on:
        what = tr(
            "the term ends, and goes on to {day} unless terminated", day=reach.options[0].last
        )
    elif reach.terminated:
        what = tr("the agreement ends, being terminated")
    else:
        may_go_on = reach.may_be_extended
        what = tr("the agreement ends, unless extended" if may_go_on else "the agreement ends")
    for duty in _by_committee(reach.end, case, "end", what):
        yield replace(duty, name=FOLLOWED if case.successor else "")


def _by_committee(
    day: date | None, case: Case, kind: DutyKind, what: str, key: str = "", assumed: str = ""
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
    return SUGGESTED if quota.key == BEFORE_RENEWAL else marked("assumed day")


def _what(quota: Quota) -> str:
    """Return what is to be done: by the agreement's own name for it, where it has one."""
    to = tr(" to {receiver}", receiver=quota.to) if quota.to else ""
    done, wanted = quota.done, quota.wanted
    if quota.kind == "meeting" and quota.is_yearly and not quota.what:
        held = tr(" ({done} of {wanted} held)", done=done, wanted=wanted) if done else ""
        meetings = counted("{number} meeting", "{number} meetings", quota.left)
        return tr("hold {meetings} in {year}", meetings=meetings, year=quota.year) + held
    about = tr(" for {what}", what=quota.about) if quota.period else ""
    if quota.kind == "report" and not quota.what:
        given = tr(" ({done} of {wanted} given)", done=done, wanted=wanted) if done else ""
        several = counted("{number} report", "{number} reports", quota.left)
        return f"{tr('report') if wanted == 1 else several}{about}{to}{given}"
    return f"{quota.what or tr(_NAMES.get(quota.key, '')) or _often(quota)}{about}{to}"


def _often(quota: Quota) -> str:
    """Return the kind, and how often a review is: told where it is the agreement's only word."""
    every = quota.terms.follow_up and quota.terms.follow_up.review_every_years
    if not quota.key.startswith("review") or quota.path[-1] != "review_every_years":
        return tr(quota.kind)
    return counted("review, every year", "review, every {number} years", every or 1)


def _who(quota: Quota) -> str:
    """Return who acts: as stated, else by the kind of thing."""
    if quota.by:
        return quota.terms.parties[quota.by].called
    match quota.kind:
        case "evaluation" | "review":
            return committees(quota.terms)
        case "meeting":
            return each_once((committees(quota.terms), _civil(quota.terms)))
        case "report" | "audit" | "other":
            return _civil(quota.terms)


def _unspent(case: Case) -> Iterator[Duty]:
    """Yield what is to be repaid of each year, a month after the report that tells of it."""
    for each in closings(case):
        if each.to_repay and each.reported_on:
            yield Duty(
                day=add_months(each.reported_on, 1),
                agreement=case.agreement.id,
                kind="unspent",
                key=f"unspent-{each.year}",
                what=tr(
                    "repay {amount} kr not spent in {year}",
                    amount=kronor(each.to_repay),
                    year=each.year,
                ),
                who=_civil(case.in_force(date(each.year, 12, 31))),
                assumed=marked("assumed day"),
                period=Period.year(each.year),
                amount=each.to_repay,
            )


# ------------------------------------------------------------------ invoices
_LEFT_OPEN: Final = {
    "interval": marked("yearly"),
    "timing": marked("in arrears"),
    "instalments": marked("all at once"),
    "day": marked("the last day"),
}


def _invoices(case: Case) -> Iterator[Duty]:
    twins = Counter[str]()
    for bill in (*case.bills, *case.coming):
        key = f"invoice-{bill.seller}-{bill.buyer}-{bill.period.text}"
        twins[key] += 1
        if bill.is_open:
            yield _invoice(case, bill, key if twins[key] == 1 else f"{key}-{twins[key]}")


def _invoice(case: Case, bill: Bill, key: str) -> Duty:
    amount = tr("amount unknown") if bill.amount is None else f"{kronor(bill.amount)} kr"
    paid_out = bill.invoicing.method == "payout"
    what = tr(
        "pay out {period}, {amount}" if paid_out else "invoice {period}, {amount}",
        period=bill.period.text + to_whom(case, bill),
        amount=amount,
    )
    if bill.difference:
        numbers = ", ".join(each.called for each in bill.difference.postings)
        what += tr(" more than {numbers}", numbers=numbers)
    left_open = ", ".join(tr(_LEFT_OPEN[each]) for each in bill.assumed)
    return Duty(
        day=bill.due,
        agreement=case.agreement.id,
        kind="payment" if paid_out else "invoice",
        key=key,
        what=what,
        who=bill.terms.parties[bill.buyer if paid_out else bill.seller].called,
        assumed=tr("assumed: {what}", what=left_open) if left_open else "",
        period=bill.period,
        amount=bill.amount,
    )


def _credits(case: Case) -> Iterator[Duty]:
    """Yield what is to be taken back of invoices, since the budget has come to give less."""
    for each in case.differences:
        if each.is_credit:
            numbers = ", ".join(taking.posting.called for taking in each.takings)
            what = tr(
                "credit {amount} kr of {numbers} for {period}"
                if each.takings[0].posting.number
                else "have repaid {amount} kr of {numbers} for {period}",
                amount=kronor(abs(each.amount)),
                numbers=numbers,
                period=each.period.text,
            )
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
    return each_once(each.board or each.called for each in public)


def _civil(terms: Terms) -> str:
    """Return who acts for the civil side: the coordinator where there is one, else all."""
    civil = [each for each in terms.parties.values() if each.role == "civil"]
    leading = [each for each in civil if each.coordinator]
    return each_once(each.called for each in leading or civil)
