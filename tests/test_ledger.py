"""Billing is a ledger: after any history, what was invoiced is the budget, and no day is twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.dates import Period
from iopctl.input import Input
from iopctl.listings import ledger
from iopctl.money import plain
from tests.histories import (
    History,
    Payer,
    blocks,
    days_of,
    economies,
    histories,
    settled,
    share,
    validities,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iopctl.case.billing import Bill
    from iopctl.case.claims import Account
    from iopctl.case.ledger import Posting
    from tests.histories import Owed, Sums
    from tests.reference import Data


UNTOLD = {"unnamed", "unsold"}  # what a seller remembers of an event, and does not write
FAR = timedelta(60)  # no further ahead is anything logged


class Sent(NamedTuple):
    """What a seller knows of an invoice or payment that it has logged."""

    event: Data
    payer: Payer
    year: int | None
    days: frozenset[date]  # those that it is for; none where it adds to another


class Books:
    """The books of a seller that does what iopctl offers: it numbers, logs and remembers."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.sent: list[Sent] = []
        self.kronor: dict[tuple[Payer, int | None], Fraction] = defaultdict(Fraction)
        self.numbers: dict[str, int] = defaultdict(int)

    # -------------------------------------------------------------- what iopctl says
    def case(self, as_of: date) -> Case:
        """Return what the agreement comes to; where it asks whose an invoice is, tell it."""
        found = self._read(as_of)
        while found.ledger.unclear:
            for posting in found.ledger.unclear:
                event = self.history.log[posting.index]
                payer = self._of(event).payer
                assert event.get("unnamed"), event
                event |= self._names(event, payer)
            found = self._read(as_of)
        for index, *_ in found.ledger.vague:
            credit = self.history.log[index]
            credit["seller"] = credit.pop("unsold")
        if found.ledger.vague:
            found = self._read(as_of)
        for alike in _alike(found):
            known = [self._of(self.history.log[each.index]).payer for each in alike]
            told = [each.account and payer_of(each.account) for each in alike]
            assert sorted(filter(None, told)) == sorted(known)
        return found

    def _read(self, as_of: date) -> Case:
        log = [{k: v for k, v in each.items() if k not in UNTOLD} for each in self.history.log]
        text = History(self.history.data, log).text()
        found = document(Input("a.yaml", text.encode()))
        assert found.agreement, [each.line for each in found.diagnostics]
        return Case(found.agreement, as_of)

    def _of(self, event: Data) -> Sent:
        return next(each for each in self.sent if each.event is event)

    def offered(self, case: Case, coming: Sequence[Bill] = ()) -> list[Bill]:
        """Return the open bills; none of them is for a day that an invoice is for already."""
        found = [each for each in (*case.bills, *coming) if each.is_open]
        for bill in found:
            assert bill.amount is None or bill.amount > 0
            assert bill.due > self.history.settled(case.as_of) or bill.difference
            if bill.difference is None and not bill.is_lump and bill.ask.stated is None:
                mine = payer_of(bill.account)
                days = frozenset(days_of(*bill.period[:2]))
                twice = [each.event for each in self.sent if each.payer == mine and each.year and days & each.days]  # fmt: skip
                assert twice == [], (bill.period.text, twice)
        return [each for each in found if each.amount is not None]

    # -------------------------------------------------------------- what is logged
    def bill(self, day: date, bill: Bill, period: Period, amount: Decimal, *, named: bool) -> Sent:
        """Send an invoice, or pay out money, and log it."""
        payer = payer_of(bill.account)
        event: Data = {"date": str(day), "period": period.text, "amount": plain(amount)}
        if bill.invoicing.method == "payout":
            event["event"] = "payment"
        else:
            event |= {"event": "invoice", "number": self._numbered(payer.seller)}
        event |= self._names(event, payer) if named else {"unnamed": True}
        year = None if bill.is_lump else period.first.year
        adds = bill.difference is not None
        days = frozenset() if adds else frozenset(days_of(*period[:2]))
        self.sent.append(Sent(self.history.note(event), payer, year, days))
        self.kronor[payer, year] += Fraction(amount)
        return self.sent[-1]

    def _numbered(self, seller: str) -> str:
        self.numbers[seller] += 1
        return str(self.numbers[seller])

    def _names(self, event: Data, payer: Payer) -> Data:
        seller = "seller" if event["event"] == "invoice" else "receiver"
        named = {seller: payer.seller, "buyer": payer.buyer}
        return named | ({"board": payer.board} if payer.board else {})

    def take_back(
        self, day: date, sent: Sent, amount: Fraction | None, days: Period | None = None
    ) -> None:
        """Credit an invoice, or have a payment repaid: all that is left, or so much of it."""
        if sent.event.pop("unnamed", False):
            sent.event.update(self._names(sent.event, sent.payer))
        when = {"date": str(max(day, date.fromisoformat(sent.event["date"])))}
        back = {"amount": plain(Decimal(str(float(amount))))} if amount is not None else {}
        if sent.event["event"] == "payment":
            back |= {"period": sent.event["period"], "repaid": "true"}
            named = self._names(sent.event, sent.payer)
            self.history.note(when | {"event": "payment"} | back | named)
        else:
            back |= {"period": days.text} if days else {}
            seller = sent.payer.seller
            number = {"number": self._numbered(seller), "of": sent.event["number"]}
            named = {"seller" if len(self.numbers) > 1 else "unsold": seller}
            self.history.note(when | {"event": "credit"} | number | named | back)

    def left(self, case: Case, sent: Sent) -> Fraction:
        """Return what is left of an invoice or payment."""
        index = next(i for i, each in enumerate(self.history.log) if each is sent.event)
        return Fraction(next(each.net for each in case.ledger.postings if each.index == index))

    def open_again(self, sent: Sent, days: frozenset[date]) -> None:
        """Remember that days of an invoice have none any more."""
        place = next(at for at, each in enumerate(self.sent) if each is sent)
        self.sent[place] = sent._replace(days=sent.days - days)


def payer_of(account: Account) -> Payer:
    """Return whose an account is."""
    return Payer(account.seller, account.buyer, account.board or "")


def _alike(case: Case) -> list[list[Posting]]:
    """Return the postings one by one, and those together of which it does not matter whose."""
    found: dict[object, list[Posting]] = defaultdict(list)
    for each in case.ledger.postings:
        found[(each.period, each.event.amount) if each.in_turn else each.index].append(each)
    return list(found.values())


def settle(books: Books, as_of: date) -> None:
    """Do all that is offered: invoice it, pay it out, credit it, until nothing is left."""
    for _ in range(6):
        case = books.case(as_of)
        credits_ = [each for each in case.differences if each.is_credit]
        bills = books.offered(case)
        if not bills and not credits_:
            return
        log = list(books.history.log)
        for bill in bills:
            assert bill.amount is not None
            books.bill(as_of, bill, bill.period, bill.amount, named=True)
        for each in credits_:
            for taking in each.takings:
                event = log[taking.posting.index]
                sent = next(each for each in books.sent if each.event is event)
                books.take_back(as_of, sent, Fraction(taking.amount))
                books.kronor[sent.payer, sent.year] -= Fraction(taking.amount)
    raise AssertionError("what is offered has no end")


# ------------------------------------------------------------------ what may happen


def _invoice(draw: Callable[..., Any], books: Books, today: date) -> None:
    """Send some of what is offered: as it is, a part of its days, or too much of it."""
    case = books.case(today)
    bills = books.offered(case, case.coming)
    for bill in bills[: draw(st.integers(0, 6))]:
        assert bill.amount is not None
        named = draw(st.booleans()) and draw(st.booleans())
        way = draw(st.sampled_from(["whole", "whole", "part", "too much"]))
        days = days_of(*bill.period[:2])
        if way == "part" and len(days) > 1 and not bill.is_lump and bill.difference is None:
            cut = draw(st.integers(1, len(days) - 1))
            part = share(Fraction(bill.amount), days, days[:cut])
            if part:
                period = Period.of(days[0], days[cut - 1])
                amount = Decimal(part.numerator) / part.denominator
                books.bill(today, bill, period, amount, named=named)
        elif way == "too much":
            more = Decimal(draw(st.integers(1, 99_999)))
            sent = books.bill(today, bill, bill.period, bill.amount + more, named=True)
            books.take_back(today, sent, Fraction(more))
            books.kronor[sent.payer, sent.year] -= Fraction(more)
        else:
            ahead = timedelta(draw(st.sampled_from([0, 0, 40])))
            if not ahead or bill.invoicing.method == "payout":
                books.bill(today, bill, bill.period, bill.amount, named=named)
            else:  # then iopctl names the payer, and the day on which it was made
                sent = books.bill(today + ahead, bill, bill.period, bill.amount, named=True)
                sent.event["made"] = str(today)


def _take_back(draw: Callable[..., Any], books: Books, today: date) -> None:
    """Credit an invoice, or take back a payment: whole, a part of it, or some of its days."""
    case = books.case(today)
    standing = [each for each in books.sent if each.days and books.left(case, each)]
    if not standing:
        return
    sent = draw(st.sampled_from(standing))
    left = books.left(case, sent)
    whole = Fraction(sent.event["amount"])
    way = draw(st.sampled_from(["whole", "amount", "days"]))
    days = sorted(sent.days)
    is_invoice = sent.event["event"] == "invoice"
    if way == "days" and is_invoice and left == whole and len(days) > 1 and sent.year:
        cut = draw(st.integers(1, len(days) - 1))
        amount = share(whole, days, days[cut:])
        if amount and len(days_of(days[0], days[-1])) == len(days):
            back = Period.of(days[cut], days[-1])
            books.take_back(today, sent, draw(st.sampled_from([amount, None])), back)
            books.kronor[sent.payer, sent.year] -= amount
            books.open_again(sent, frozenset(days[cut:]))
    elif way == "amount" and left >= 2:
        amount = Fraction(draw(st.integers(1, int(left) - 1)))
        if amount < left:
            books.take_back(today, sent, amount)
            books.kronor[sent.payer, sent.year] -= amount
    elif is_invoice:
        books.take_back(today, sent, None)
        books.kronor[sent.payer, sent.year] -= left
        books.open_again(sent, sent.days)


def _amend(draw: Callable[..., Any], books: Books, today: date) -> None:
    """Change money, invoicing, committees or buyers, one of them or several, from a day."""
    history = books.history
    first = max(today - timedelta(120), history.since + timedelta(1))
    since = first + timedelta(draw(st.integers(0, 240)))
    what = draw(st.sampled_from(["money", "ways", "buyers", "all"]))
    now = history.now("invoicing")
    payers = list(dict.fromkeys((each["seller"], each["buyer"]) for each in now))
    if what in {"buyers", "all"}:
        payers = list(dict.fromkeys((seller, "r") for seller, _ in payers))
    sellers = len({seller for seller, _ in payers})
    rows = history.now("economy")["contributions"]
    shares = next((row["board"] for row in rows if "board" in row), {"N0": "100"})
    terms: Data = {}
    if what == "all" and draw(st.booleans()):
        since = min(since, history.last(today) + timedelta(1))
        terms["validity"] = draw(validities(since))
    if what != "ways":
        name = f"e{len(history.log)}-"
        terms["economy"] = draw(economies(name, since, payers, shares, sellers))
    if what != "money":
        boards = list(dict.fromkeys(each.get("board", "") for each in now))
        terms["invoicing"] = draw(blocks(payers, boards, since, gaps=True))
    if what == "ways" and draw(st.booleans()):
        terms["follow_up"] = draw(settled(today + timedelta(draw(st.sampled_from([0, 0, 90])))))
    logged = today + timedelta(draw(st.sampled_from([0, 0, 20])))
    history.note(
        {"date": str(logged), "event": "amendment", "effective": str(since), "terms": terms}
    )


def _extend(draw: Callable[..., Any], books: Books, today: date) -> None:
    """Extend it: by an option of it, or to a day that the parties agree on; now and then later."""
    history = books.history
    validity, since = history.ruling(today + FAR)
    automatic = validity.get("extension", {}).get("kind") == "automatic"
    if automatic or validity["end"] == "open":
        return
    moved = [each for each in since if each["event"] in {"extension", "termination"}]
    event = {"date": max([str(today), *(each["date"] for each in moved)]), "event": "extension"}
    taken = [each for each in moved if each["event"] == "extension"]
    option = "extension" in validity and all("until" not in each for each in taken)
    last = max(history.last(today + FAR), today) if moved else history.last(today)
    if draw(st.integers(0, 3)) == 0:
        last += timedelta(draw(st.integers(1, 150)))
        event["start"] = str(last + timedelta(1))
    if not (option and draw(st.booleans())):
        event["until"] = str(last + timedelta(draw(st.integers(1, 400))))
    history.note(event)


def _move(draw: Callable[..., Any], books: Books, today: date) -> None:
    """Amend how long it holds: later, or sooner than was agreed, or anew when it had ended."""
    history = books.history
    since = min(today + timedelta(draw(st.integers(0, 60))), history.last(today) + timedelta(1))
    since = max(since, history.start)
    terms = {"validity": draw(validities(since))}
    history.note(
        {"date": str(today), "event": "amendment", "effective": str(since), "terms": terms}
    )


def _terminate(draw: Callable[..., Any], books: Books, today: date) -> None:
    """End it before its time, now and then before today."""
    history = books.history
    last = history.last(today)
    first = max(today - timedelta(60), history.start)
    _, since = history.ruling(today + FAR)
    if all(each["event"] != "termination" for each in since) and first < last:
        effective = first + timedelta(draw(st.integers(0, min((last - first).days, 400))))
        history.note({"date": str(today), "event": "termination", "effective": str(effective)})


STEPS = (
    *(_invoice, _invoice, _invoice, _take_back, _take_back, _amend, _amend),
    *(_extend, _move, _terminate),
)


def _agrees(books: Books, as_of: date) -> tuple[Owed, Sums]:
    """Assert that the ledger's lines have the budget of each payer, and come out even.

    Return that, and what is done outside the log.
    """
    case = books.case(as_of)
    owed = books.history.owed(as_of)
    for sent in books.sent:
        if books.history.is_unasked(sent.payer, sorted(sent.days), as_of):
            owed.slack[sent.payer, sent.year] += ceil(books.left(case, sent))
    found: Sums = defaultdict(Fraction)
    settled: Sums = defaultdict(Fraction)
    for line in ledger.lines([case]):
        key = payer_of(line.account), int(line.year) if line.year.isdigit() else None
        if key[0][:2] in owed.unclear:
            continue
        assert line.budget.complete == (key not in owed.unknown), key
        found[key] += Fraction(line.budget.known)
        settled[key] += Fraction(line.settled.known)
        done = line.invoiced.known - line.credited.known + line.paid_out.known
        if line.budget.complete:
            assert line.budget.known == done + line.settled.known + line.open.known
    _same(found, owed)
    return owed, settled


def _same(found: Sums, owed: Owed) -> None:
    """Assert that sums are what is owed: exactly, but where some days are without invoicing.

    The years are added up of payers who also pay totals: a year's days may be all of one.
    """
    years = {key for key, _ in owed.unknown}
    keys = {key for key in found.keys() | owed.kronor.keys() if key[0][:2] not in owed.unclear}
    whole = {payer for payer, year in keys if year is None}
    sums: dict[tuple[Payer, int | None], list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for payer, year in keys - owed.unknown:
        if payer in whole and payer in years:
            continue
        one = sums[payer, None if payer in whole else year]
        one[0] += found.get((payer, year), 0)
        one[1] += owed.kronor.get((payer, year), 0)
        one[2] += owed.slack.get((payer, year), 0)
    off = {key: each for key, each in sums.items() if abs(each[0] - each[1]) > each[2]}
    assert off == {}


@given(st.data())
def test_what_is_billed_is_the_budget(data: st.DataObject) -> None:
    """After any history each payer has been billed its budget of each year, to the öre."""
    history = data.draw(histories())
    books, today = Books(history), history.start
    for _ in range(data.draw(st.integers(1, 7))):
        data.draw(st.sampled_from(STEPS))(data.draw, books, today)
        today += timedelta(data.draw(st.integers(0, 120)))
    ahead = max((max(each.days, default=today) for each in books.sent), default=today)
    today = max(today, ahead)  # what was billed before it was decided has been decided by then
    _agrees(books, today)
    settle(books, today)

    owed, settled = _agrees(books, today)
    billed = defaultdict(Fraction, books.kronor)
    for key, amount in settled.items():
        billed[key] += amount
    _same(billed, owed)


# ------------------------------------------------------------------ instalments
@st.composite
def plans(draw: st.DrawFn) -> History:
    """Draw an agreement of one or two years that dates its payments itself: half-years, or all."""
    last = draw(st.sampled_from([2024, 2025]))
    row: Data = {"amount": str(2 * draw(st.integers(500, 450_000)))}
    instalments = draw(of_halves(int(row["amount"]) // 2, date(2024, 1, 1), last))
    if draw(st.integers(0, 3)) == 0:
        row = {"total": str(draw(st.integers(1_000, 900_000)))}
        whole = Period.of(date(2024, 1, 1), date(last, 12, 31))
        instalments = draw(dated(int(row["total"]), whole))
    return History(
        {
            "id": "a",
            "title": "A",
            "parties": {
                "k": {"role": "public", "name": "Ekeby kommun"},
                "f": {"role": "civil", "name": "Föreningen"},
            },
            "validity": {"start": "2024-01-01", "end": f"{last}-12-31"},
            "economy": {"contributions": [{"party": "k", "item": "A", **row}]},
            "invoicing": [{"seller": "f", "buyer": "k", "instalments": instalments}],
        }
    )


@st.composite
def of_halves(draw: st.DrawFn, amount: int, first: date, last: int) -> list[Data]:
    """Draw the instalments of every half-year from a day, each of one amount in all."""
    halves = [Period.of(date(year, month, 1), date(year, month + 5, day)) for year in (2024, 2025) for month, day in ((1, 30), (7, 31))]  # fmt: skip
    return [
        each
        for half in halves
        if first <= half.first and half.last.year <= last
        for each in draw(dated(amount, half))
    ]


@st.composite
def dated(draw: st.DrawFn, amount: int, period: Period) -> list[Data]:
    """Draw the instalments of a period, dated in it."""
    cuts = sorted(draw(st.lists(st.integers(1, amount - 1), max_size=3, unique=True)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, amount], strict=True)]
    days = (date(period.first.year, period.first.month + number, 1) for number in range(4))
    return [
        {"date": str(day + timedelta(draw(st.integers(0, 27)))), "amount": str(part), "period": period.text}
        for part, day in zip(parts, days, strict=False)
    ]  # fmt: skip


def _replan(draw: Callable[..., Any], history: History, today: date) -> None:
    """Amend the money from a half-year, and date what it comes to; or the reference alone."""
    block = history.now("invoicing")[0]
    row = history.now("economy")["contributions"][0]
    starts = [date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1)]
    last = date.fromisoformat(history.data["validity"]["end"])
    first = draw(
        st.sampled_from([each for each in starts if history.since < each < last] or [last])
    )
    terms: Data = {"invoicing": [block | {"reference": f"R{len(history.log)}"}]}
    if "amount" in row and first < last and draw(st.booleans()):
        half = draw(st.integers(500, 450_000))
        terms["economy"] = {"contributions": [row | {"item": f"A{len(history.log)}", "amount": str(2 * half)}]}  # fmt: skip
        terms["invoicing"][0]["instalments"] = draw(of_halves(half, first, last.year))
    event = {"date": str(today), "event": "amendment", "effective": str(first)}
    history.note(event | {"terms": terms})


@given(st.data())
def test_instalments_are_billed_once(data: st.DataObject) -> None:
    """In parts, too much, credited, and dated anew: in the end they come to what was agreed."""
    draw: Callable[..., Any] = data.draw
    history = draw(plans())
    books, today = Books(history), history.start
    for _ in range(draw(st.integers(1, 8))):
        case = books.case(today)
        bills = [each for each in case.bills if each.is_open]
        if bills and draw(st.booleans()):
            bill = draw(st.sampled_from(bills))
            assert bill.amount is not None
            amount = bill.amount + draw(st.integers(-int(bill.amount) + 1, 5_000) | st.just(0))
            books.bill(today, bill, bill.period, amount, named=draw(st.booleans()))
        standing = [each for each in books.sent if books.left(books.case(today), each)]
        if standing and draw(st.booleans()):
            sent = draw(st.sampled_from(standing))
            left = books.left(books.case(today), sent)
            back = draw(st.integers(1, int(left)).map(Fraction) | st.none())
            books.take_back(today, sent, back)
            books.kronor[sent.payer, sent.year] -= left if back is None else back
        if draw(st.integers(0, 3)) == 0:
            _replan(draw, history, today)
        today += timedelta(draw(st.integers(0, 120)))
    _agrees(books, today)
    settle(books, today)

    owed = history.owed(date(2026, 1, 1))
    assert sum(books.kronor.values()) == sum(owed.kronor.values())
