"""The non-profit's report on a year to the committee, for the template `annual.md`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from iopctl import localised
from iopctl.case import follow_up
from iopctl.case.closing import Closing
from iopctl.dates import Period
from iopctl.localised import in_full, in_kronor
from iopctl.model.log import Meeting
from iopctl.money import total
from iopctl.papers import pictures
from iopctl.papers import swedish as words
from iopctl.papers.filling import filled
from iopctl.papers.illustration import Illustration
from iopctl.papers.outcome import hours, outcomes
from iopctl.papers.partnership import partnership, target, told
from iopctl.papers.swedish import MISSING
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.differences import Difference
    from iopctl.case.figure import Figure
    from iopctl.case.follow_up import Quota
    from iopctl.case.ledger import Posting
    from iopctl.model.follow_up import Volume
    from iopctl.papers.partnership import Partnership
    from iopctl.papers.pictures.drawing import PictureFormat
    from iopctl.papers.texts import Texts

Timeliness = Literal["missed", "settled", "ahead"]


class ReportedNumber(NamedTuple):
    """A number that was reported, and the targets with its unit; either may be missing."""

    unit: str
    targets: tuple[Volume, ...]
    number: Decimal | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Annual:
    """A partnership's year, for the report from the non-profit to the committee."""

    partnership: Partnership
    meetings: Quota | None
    reports: Quota | None

    @property
    def held(self) -> tuple[Meeting, ...]:
        """The meetings of the year that the log has."""
        year = self.partnership.year
        meetings = self.partnership.case.happened(Meeting)
        return tuple(each for _, each in meetings if each.date.first.year == year)

    def states(self, quota: Quota) -> dict[Timeliness, tuple[Quota, ...]]:
        """Return what the year asks for that is not done: settled, to come, or missed."""
        case, year = self.partnership.case, self.partnership.year
        kind: follow_up.SettlementKind = "meetings" if quota is self.meetings else "reports"
        settled = follow_up.settled_until(case, kind)
        found: dict[Timeliness, tuple[Quota, ...]] = {}
        for each in case.meetings if kind == "meetings" else case.reports:
            if each.year == year and each.left:
                late: Timeliness = "missed" if each.due < case.as_of else "ahead"
                state: Timeliness = "settled" if each.due <= settled else late
                found[state] = (*found.get(state, ()), each)
        return found

    @property
    def outcomes(self) -> tuple[ReportedNumber, ...]:
        """Every number that was reported on the year, then the targets that none was for."""
        targets: dict[str, list[Volume]] = {}
        for each in self.partnership.terms.volume:
            targets.setdefault(each.unit.casefold(), []).append(each)
        found = [
            ReportedNumber(unit, tuple(targets.get(unit.casefold(), ())), number, event.period)
            for event in self.partnership.reports
            for unit, number in (event.outcome or {}).items()
        ]
        met = {each.unit.casefold() for each in found}
        missed = (each for unit, each in targets.items() if unit not in met)
        return (*found, *(ReportedNumber(each[0].unit, tuple(each)) for each in missed))

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The invoices that the agreement asks for, for periods of the year."""
        year = Period.year(self.partnership.year)
        asked = self.partnership.case.bills
        return tuple(each for each in asked if year.overlap(each.period.first, each.period.last))

    @property
    def invoiced(self) -> tuple[Posting, ...]:
        """The invoices and payments of periods of the year, but for those wholly taken back."""
        year = Period.year(self.partnership.year)
        sent = (each for each in self.partnership.case.ledger.postings if each.stands)
        return tuple(each for each in sent if year.overlap(each.period.first, each.period.last))

    @property
    def unasked(self) -> tuple[Posting, ...]:
        """Those of the logged invoices that no bill of the year is for."""
        paid = {each.index for bill in self.bills for each in bill.postings}
        return tuple(each for each in self.invoiced if each.index not in paid)

    @property
    def to_credit(self) -> tuple[Difference, ...]:
        """What was invoiced of the year, and is no longer owed."""
        year = Period.year(self.partnership.year)
        found = (each for each in self.partnership.case.differences if each.is_credit)
        return tuple(each for each in found if year.overlap(each.period.first, each.period.last))


def annual(partnership: Partnership) -> Annual:
    """Return a partnership's year."""
    case, year = partnership.case, partnership.year
    meetings, reports = (follow_up.of_year(each, year) for each in (case.meetings, case.reports))
    return Annual(partnership, meetings, reports)


# ------------------------------------------------------------------ in words
_DERIVED: Final = "Återstoden av det värde som anges"
_FORMS: Final = {"cash": "kontant", "in_kind": "i natura"}


def markdown(
    found: Annual,
    texts: Texts,
    folders: Sequence[str] = (),
    form: PictureFormat | None = None,
) -> str:
    """Write the report, with *texts* in its sections, and pictures where they have a *form*."""
    each = found.partnership
    promised = each.terms.follow_up
    to = promised and promised.report_to
    readers = [to] if to else sorted(each.own_boards)
    drawn = (
        pictures.outcomes([each.case], each.year),
        pictures.costs([each.case], each.case.as_of),
    )
    drawing = Illustration(drawn, form)
    values = {
        **partnership(each),
        **duties(found),
        "year": str(each.year),
        "date": in_full(each.case.as_of),
        "report_to": localised.listed(list(map(words.in_running_text, readers))),
        "held": [told(event) for event in found.held],
        "outcomes": [_outcome(one, found) for one in found.outcomes],
        "rows": [_row(figures) for figures in _by_row(each.figures)],
        "closing": _closing(each),
        "outcome": outcomes(each.case, each.year),
        "benchmark": words.benchmark(each.case.config.benchmark),
        "picture": drawing,
        "invoicing": _invoicing(each.case),
        "is_paid_out": {bill.invoicing.method for bill in found.bills} == {"payout"},
        **invoices(found),
    }
    return drawing.drawn(filled("annual.md", values, texts, folders))


# ------------------------------------------------------------------ duties and outcomes
def duties(found: Annual) -> dict[str, Any]:
    """Return how many meetings and reports the year asks for, and what has become of them."""
    given = found.partnership.reports
    return {
        "meetings": _duty(found, found.meetings, len(found.held)),
        "reporting": _duty(found, found.reports, len(given)),
        "reported": localised.listed([words.in_month(event.date) for event in given]),
    }


def _duty(found: Annual, quota: Quota | None, logged: int) -> dict[str, str]:
    done = localised.number(logged)
    if quota is None:
        known = done if logged else MISSING
        return {"promised": MISSING, "done": known, "summary": known, "state": MISSING}
    states = found.states(quota)
    promised, done = localised.number(quota.wanted), localised.number(quota.done)
    told = _in_states(states)
    if "settled" in states and not quota.done:
        return {"promised": promised, "done": MISSING, "summary": told, "state": told}
    return {"promised": promised, "done": done, "summary": f"{done} av {promised}", "state": told}


def _in_states(states: Mapping[Timeliness, Sequence[Quota]]) -> str:
    """Return what has become of what is not done, each state with its number where several are."""
    told = []
    for state in get_args(Timeliness):
        if found := states.get(state):
            number = localised.number(sum(each.left for each in found))
            many = f"{number} " if len(states) > 1 or state == "missed" else ""
            told.append(f"{many}{_STATES[state].format(due=in_full(found[0].due))}")
    return ", ".join(told) or "klart"


_STATES: Final[Mapping[Timeliness, str]] = {
    "missed": "saknas enligt loggen",
    "settled": "avstämt utanför loggen",
    "ahead": "återstår, senast {due}",
}


def _outcome(one: ReportedNumber, found: Annual) -> dict[str, str]:
    """Return a number that was reported beside its targets; one of the two may be missing."""
    return {
        "unit": one.unit,
        "period": words.period(one.period) if one.period else "",
        "target": ", ".join(target(found.partnership, each) for each in one.targets) or MISSING,
        "number": MISSING if one.number is None else localised.number(one.number),
    }


# ------------------------------------------------------------------ the money
def _by_row(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures of each row: a year that a raise parts has two."""
    for _, found in groupby(figures, key=lambda each: (id(each.terms), each.row, each.year)):
        yield list(found)


def _row(figures: Sequence[Figure]) -> dict[str, str]:
    figure = figures[0]
    row, parties = figure.contribution, figure.terms.parties
    amount = words.kronor(sum((each.sum for each in figures), ZERO))
    if figure.year and figure.is_undated and figure.as_written.known:
        amount = f"{in_kronor(figure.as_written.known)} per år, åren okända"
    return {
        "party": localised.listed([words.called(parties[handle]) for handle in row.party]),
        "item": row.item or (_DERIVED if row.remainder else ""),
        "quantity": words.quantity(row, figure.year),
        "form": _FORMS[figure.terms.form(figure.row)],
        "amount": amount if figure.year else f"{amount} {words.whole_time(row)}",
    }


def _closing(each: Partnership) -> list[dict[str, str]]:
    """Return what the year came to beside what was agreed, where a report tells of it."""
    closing = Closing(each.case, each.year)
    parties = each.terms.parties
    return [
        {
            "party": words.called(parties[post.party]) if post.party in parties else post.party,
            "item": post.item or "allt",
            "agreed": "inte avtalat" if post.agreed is None else words.kronor(post.agreed),
            "actual": "" if post.actual is None else words.kronor(post.actual),
            "hours": hours(post.agreed_hours, post.hours),
        }
        for post in closing.posts
        if post.told
    ]


def _invoicing(case: Case) -> Literal["unwritten", "undated", "nothing"]:
    """Return why an agreement may ask for no invoices for a year."""
    if not case.blocks:
        return "unwritten"
    return "nothing" if case.is_dated else "undated"


def invoices(found: Annual) -> dict[str, Any]:
    """Return what was to be invoiced for the year, and what was."""
    asked = [bill.amount for bill in found.bills]
    known = [amount for amount in asked if amount is not None]
    sent = total(each.net for each in found.invoiced)
    is_all = not any(bill.settled and not bill.closed for bill in found.bills)
    return {
        "bills": [
            _bill(bill, found.bills[:place]) | {"period": _of_whom(found.partnership.case, bill)}
            for place, bill in enumerate(found.bills)
        ],
        "unasked": [_sent(posting) for posting in found.unasked],
        "to_credit": [_difference(each) for each in found.to_credit],
        "asked": in_kronor(total(known)) if len(known) == len(asked) else MISSING,
        "invoiced": words.kronor(Amount(sent, complete=is_all)),
    }


def _bill(bill: Bill, before: Sequence[Bill]) -> dict[str, str]:
    """Return a bill beside its invoice, which may be for one *before* it, too."""
    sent = {"invoice": "avstämd utanför loggen" if bill.settled else "ingen enligt loggen"}
    if bill.postings:
        told = {id(posting) for each in before for posting in each.postings}
        new = [each for each in bill.postings if id(each) not in told]
        sent = _all_sent(new) if new else {"invoice": "samma faktura"}
    return {
        "asked": MISSING if bill.amount is None else in_kronor(bill.amount),
        "invoice": sent["invoice"],
        "amount": sent.get("amount", ""),
    }


def _of_whom(case: Case, bill: Bill) -> str:
    """Return the days of a bill, and whose it is where the agreement has several payers."""
    several = len({each.invoicing.buyer for each in case.blocks}) > 1
    buyer = words.called(bill.terms.parties[bill.buyer]) if several else ""
    told = (words.period(bill.period, bill.invoicing), buyer, bill.invoicing.board or "")
    return ", ".join(filter(None, told))


def _all_sent(postings: Sequence[Posting]) -> dict[str, str]:
    each_one = [_sent(each)["invoice"] for each in postings]
    amount = in_kronor(total(each.net for each in postings))
    return {"invoice": "; ".join(each_one), "amount": amount}


def _sent(posting: Posting) -> dict[str, str]:
    name = posting.number or "utbetalning"
    return {
        "period": words.period(posting.period),
        "invoice": f"{name}, {words.day(posting.date)}",
        "amount": in_kronor(posting.net),
    }


def _difference(found: Difference) -> dict[str, str]:
    numbers = localised.listed([each.posting.number or "utbetalning" for each in found.takings])
    return {
        "period": words.period(found.period, found.block.invoicing),
        "invoice": numbers,
        "amount": in_kronor(abs(found.amount)),
    }
