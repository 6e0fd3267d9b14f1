"""Billing is a ledger: after any history, what was invoiced is the budget, and no day is twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.dates import Period
from iopctl.dates import period as read_period
from iopctl.money import plain
from iopctl.source.input import Input
from tests.histories import INTERVALS, SHARES, History, Terms, first, last, month

if TYPE_CHECKING:
    from collections.abc import Callable

    from iopctl.case.billing import Bill

START = month(date(2024, 1, 1))
Key = tuple[str, str]


class Sent:
    """The books of a seller that does what iopctl offers: it numbers, logs and remembers."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.kronor: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        self.days: list[tuple[Key, Period, str]] = []
        self.number = 0
        self.today = date.min

    def case(self, as_of: date) -> Case:
        """Return what the agreement comes to."""
        found = document(Input("a.yaml", self.history.text().encode()))
        assert found.agreement, [each.line for each in found.diagnostics]
        return Case(found.agreement, as_of)

    def bill(self, day: date, bill: Bill, period: Period, amount: Decimal) -> str:
        """Send an invoice, or pay out money, and log it."""
        self.number += 1
        key = (bill.buyer, bill.invoicing.board or "")
        paid = bill.invoicing.method == "payout"
        what, seller = (
            ("payment", "receiver") if paid else (f"invoice, number: F{self.number}", "seller")
        )
        whose = f", {seller}: foreningen, buyer: {key[0]}" + (
            f", board: {key[1]}" if key[1] else ""
        )
        if self.history.has_one_payer and day <= self.today:
            whose = ""  # nobody asks whose it was, whoever pays later
        self.history.note(
            day,
            f"{what}, period: {period.text}, amount: {plain(amount)}{whose}",
        )
        self.kronor[*key, period.first.year] += amount
        if bill.difference is None:
            self.days.append((key, period, f"F{self.number}"))
        return f"F{self.number}"

    def credit(self, day: date, number: str, key: Key, amount: Decimal, period: Period) -> None:
        """Credit a part of an invoice."""
        self.number += 1
        self.history.note(
            day, f"credit, number: K{self.number}, of: {number}, amount: {plain(amount)}"
        )
        self.kronor[*key, period.first.year] -= amount

    def offered(self, case: Case) -> list[Bill]:
        """Return the open bills; none of them is for a day that an invoice is for already."""
        found = [each for each in case.bills if each.is_open]
        for bill in found:
            mine = (bill.buyer, bill.invoicing.board or "")
            twice = [
                number
                for key, period, number in self.days
                if key == mine and period.overlap(*bill.period[:2]) and bill.difference is None
            ]
            assert twice == [], (bill.period, twice)
            assert bill.amount is not None
            assert bill.amount > 0
        return found


def settle(sent: Sent, as_of: date) -> None:
    """Do all that is offered: invoice it, pay it out, credit it, until nothing is left."""
    for _ in range(4):
        case = sent.case(as_of)
        differences = [each for each in case.differences if each.is_credit]
        bills = sent.offered(case)
        if not bills and not differences:
            return
        for bill in bills:
            assert bill.amount is not None
            sent.bill(as_of, bill, bill.period, bill.amount)
        for each in differences:
            key = (each.account.buyer, each.account.board or "")
            for taking in each.takings:
                day = max(as_of, taking.posting.date.first)
                if taking.posting.number:
                    sent.credit(
                        day, taking.posting.number, key, taking.amount, taking.posting.period
                    )
                else:
                    period = taking.posting.period
                    board = f", board: {key[1]}" if key[1] else ""
                    sent.history.note(
                        day,
                        f"payment, period: {period.text}, amount: {plain(taking.amount)},"
                        f" repaid: true, buyer: {key[0]}{board}",
                    )
                    sent.kronor[*key, period.first.year] -= taking.amount
    raise AssertionError("what is offered has no end")


# ------------------------------------------------------------------ what may happen
def _invoice(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    bills = sent.offered(sent.case(today))
    for bill in bills[: draw(st.integers(0, 6))]:
        assert bill.amount is not None
        ahead = draw(st.sampled_from([0, 0, 40]))
        part = draw(st.sampled_from(["whole", "whole", "part", "too much"]))
        begins, ends = month(bill.period.first), month(bill.period.last)
        if part == "part" and ends > begins and bill.difference is None:
            until = draw(st.integers(begins, ends - 1))
            amount = (bill.amount * (until - begins + 1) / (ends - begins + 1)).quantize(Decimal(1))
            sent.bill(today, bill, Period.of(bill.period.first, last(until)), amount)
        elif part == "too much" and bill.invoicing.method == "invoice":
            more = Decimal(draw(st.integers(1, 99_999)))
            number = sent.bill(today, bill, bill.period, bill.amount + more)
            key = (bill.buyer, bill.invoicing.board or "")
            sent.credit(today, number, key, more, bill.period)
        else:
            sent.bill(today + timedelta(ahead), bill, bill.period, bill.amount)


def _credit_whole(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    postings = [each for each in sent.case(today).ledger.postings if each.stands and each.number]
    plain_ones = [each for each in postings if any(each.number == n for _, _, n in sent.days)]
    if not plain_ones:
        return
    posting = plain_ones[draw(st.integers(0, len(plain_ones) - 1))]
    assert posting.account
    key = (posting.account.buyer, posting.account.board or "")
    sent.number += 1
    day = max(today, posting.date.first)
    sent.history.note(day, f"credit, number: K{sent.number}, of: {posting.number}")
    sent.kronor[*key, posting.period.first.year] -= posting.net
    sent.days = [each for each in sent.days if each[2] != posting.number]


def _amend_money(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    history = sent.history
    since = draw(st.integers(max(month(today) - 4, history.start + 1), month(today) + 4))
    amounts = tuple(draw(st.integers(1_000, 900_000)) for _ in history.terms[-1].amounts)
    if since > history.terms[-1].since:
        history.amend(today, since, blocks=("economy",), amounts=amounts)


def _amend_invoicing(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    history = sent.history
    since = draw(st.integers(month(today), month(today) + 4))
    if since > history.terms[-1].since:
        history.amend(
            today, since, blocks=("invoicing",),
            interval=draw(st.sampled_from(sorted(INTERVALS))),
            timing=draw(st.sampled_from(["advance", "arrears"])),
            reference=f"R{draw(st.integers(1, 9))}",
        )  # fmt: skip


def _amend_buyer(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    history = sent.history
    since = draw(st.integers(month(today), month(today) + 3))
    buyers = tuple("regionen" for _ in history.terms[-1].buyers)
    if since > history.terms[-1].since:
        history.amend(today, since, blocks=("economy", "invoicing"), buyers=buyers)


def _extend(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    history = sent.history
    if history.automatic or history.terminated is not None:
        return
    history.end += draw(st.integers(1, 14))
    history.note(today, f"extension, until: {last(history.end)}")


def _terminate(draw: Callable[..., Any], sent: Sent, today: date) -> None:
    history = sent.history
    end = history.decided_end(today)
    if history.terminated is None and month(today) <= end:
        history.end = end
        history.terminated = draw(st.integers(month(today), min(month(today) + 9, end)))
        history.note(today, f"termination, effective: {last(history.terminated)}")


STEPS = (
    _invoice, _invoice, _invoice, _credit_whole, _amend_money, _amend_invoicing, _amend_buyer,
    _extend, _terminate,
)  # fmt: skip


@given(st.data())
def test_what_is_billed_is_the_budget(data: st.DataObject) -> None:
    """After any history each payer has been billed its budget of each year, to the krona."""
    draw = data.draw
    buyers = draw(
        st.sampled_from([("kommunen",), ("kommunen", "kommunen"), ("kommunen", "regionen")])
    )
    same = draw(st.booleans())
    amount = draw(st.integers(1_000, 900_000))
    terms = Terms(
        since=0,
        amounts=tuple(amount if same else draw(st.integers(1_000, 900_000)) for _ in buyers),
        buyers=buyers,
        interval=draw(st.sampled_from(sorted(INTERVALS))),
        timing=draw(st.sampled_from(["advance", "arrears"])),
        reference="R0",
        method=draw(st.sampled_from(["invoice", "invoice", "payout"])),
    )
    start = START + draw(st.integers(0, 11))
    history = History(
        start,
        start + draw(st.integers(2, 25)),
        [terms],
        draw(st.sampled_from(SHARES)),
        automatic=draw(st.booleans()),
    )
    sent, today = Sent(history), first(start)
    for _ in range(draw(st.integers(1, 8))):
        sent.today = today
        draw(st.sampled_from(STEPS))(draw, sent, today)
        today = first(month(today) + draw(st.integers(0, 4)))
    settle(sent, today)

    billed = {key: int(amount) for key, amount in sent.kronor.items() if amount}
    assert billed == history.budget(today)
    assert all(read_period(period.text) for _, period, _ in sent.days)
