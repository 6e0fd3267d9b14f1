"""What each payer owes and has been asked for, year by year, with the events behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.case.claims import committees
from iopctl.case.payers import boards_of
from iopctl.dates import Period, months, period, years
from iopctl.language import tr
from iopctl.listings.notes import billed_jointly, named
from iopctl.model.log import InvoiceSent
from iopctl.money import shared, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.case.coverage import Balance
    from iopctl.case.ledger import Posting
    from iopctl.model import Party
    from iopctl.tables import Cell

_COLUMNS = (
    Column("agreement", "agreement"),
    Column("seller", "from", spare=2),
    Column("buyer", "to", spare=1),
    Column("board", "committee"),
    Column("year", "year"),
    Column("budget", "budget", Kind.KRONOR),
    Column("invoiced", "invoiced", Kind.KRONOR),
    Column("credited", "credited", Kind.KRONOR),
    Column("paid_out", "paid out", Kind.KRONOR),
    Column("settled", "settled", Kind.KRONOR),
    Column("open", "open", Kind.KRONOR),
    Column("events", "events"),
)
_DONE: Final = frozenset({"credited", "paid_out", "settled"})


@dataclass
class AccountYear:
    """An account's year, or the days of a total that no year divides; amounts are kronor.

    *settled* is done outside the log. *open* is what is to be invoiced or paid, less what is to
    be taken back: budget = invoiced − credited + paid out + settled + open.
    """

    case: Case
    account: Account
    year: str
    budget: Amount = ZERO
    invoiced: Amount = ZERO
    credited: Amount = ZERO
    paid_out: Amount = ZERO
    settled: Amount = ZERO
    open: Amount = ZERO
    events: list[str] = field(default_factory=list)

    @property
    def seller(self) -> Party:
        """The party that is to get the money."""
        return self.case.party(self.account.seller)

    @property
    def buyer(self) -> Party:
        """The party that is to pay it."""
        return self.case.party(self.account.buyer)

    @property
    def committees(self) -> frozenset[str]:
        """Whose money it is: as far as it is known, else every committee's of the agreement."""
        days = period(self.year)
        found = committees(self.case, self.account, days) if days else frozenset()
        return found or boards_of(self.case)

    @property
    def sums(self) -> tuple[Amount, ...]:
        """All of its amounts."""
        return (
            self.budget, self.invoiced, self.credited, self.paid_out, self.settled, self.open
        )  # fmt: skip


def lines(given: Iterable[Case]) -> Iterator[AccountYear]:
    """Yield the lines of each account, by year."""
    for case in given:
        for balance in case.balances:
            found = _lines(case, balance)
            yield from (found[key] for key in sorted(found))


def table(given: Sequence[Case], as_of: date, board: str | None = None) -> Table:
    """Return a line for each payer and year, and the sums of all; with a *board* those it pays."""
    found = [each for each in lines(given) if board is None or board in each.committees]
    joint = [each.case.agreement.id for each in found if board and len(each.committees) > 1]
    rows = [Row(_cells(each)) for each in found]
    if len(rows) > 1:
        sums = tuple(
            sum(column, ZERO) for column in zip(*(each.sums for each in found), strict=True)
        )
        rows.append(Row((tr("total"), "", "", "", "", *sums, ""), Level.TOTAL))
    columns = tuple(_columns(rows))
    told = (*billed_jointly(tuple(dict.fromkeys(joint))), *_notes(given))
    return Table("ledger", tr("Ledger"), as_of, columns, tuple(rows), told)


def _columns(rows: Sequence[Row]) -> Iterator[Column]:
    """Yield the columns; what nobody has done, 0 kr in every line, is the first to give way."""
    for place, column in enumerate(_COLUMNS):
        is_done = column.key not in _DONE or any(row.cells[place] != ZERO for row in rows)
        yield column if is_done else column._replace(spare=3)


def _cells(line: AccountYear) -> tuple[Cell, ...]:
    return (
        line.case.agreement.id,
        line.seller.called,
        line.buyer.called,
        line.account.board or "",
        line.year,
        *line.sums,
        ", ".join(line.events),
    )


def _notes(given: Sequence[Case]) -> Iterator[str]:
    for case in given:
        for each in case.ledger.unclear:
            if each.stands:
                yield tr(
                    "{name}: whose {number} is can't be told, and it is in no line: write its "
                    "buyer and board in the log",
                    name=case.agreement.id,
                    number=each.called,
                )
        for _, credit, _ in case.ledger.vague:
            yield tr(
                "{name}: whose invoice {of} the credit {number} is of can't be told, and it is in "
                "no line: write its seller in the log",
                name=case.agreement.id,
                of=credit.of,
                number=credit.number,
            )
        if not case.blocks:
            yield tr("{name}: no invoicing is written", name=case.agreement.id)
    dateless = [each.agreement.id for each in given if each.blocks and not each.is_dated]
    if dateless:
        yield tr("not all days are known, so that more may be owed: {names}", names=named(dateless))


# ------------------------------------------------------------------ an account
def _lines(case: Case, balance: Balance) -> dict[str, AccountYear]:
    found: dict[str, AccountYear] = {}
    account = balance.account

    def line(key: str) -> AccountYear:
        return found.setdefault(key, AccountYear(case, account, key))

    ahead = (each for each in case.coming if each.closed)  # its days are decided later
    asked = [each for each in (*case.asked, *ahead) if each.account == account]
    lumps = {each.period[:2] for each in asked if _span(each.period) == each.period.text}
    cut = {one.period[:2]: each.claim for each in balance.differences for one in each.postings}
    for bill in asked:
        line(_span(bill.period)).budget += _budget(bill, cut.get(bill.period[:2]))
    for stood in balance.standing:
        line(_span(stood.period)).budget += Amount(stood.amount)
    for posting in case.ledger.by_account.get(account, ()):
        for key, share in _shares(posting, lumps):
            _book(line(key), posting, share)
    for bill in balance.bills:
        _book_bill(line(_span(bill.period)), bill)
    for each in balance.differences:
        if each.is_credit:
            whole = each.postings[-1].period  # of a total that no year divides, no year's is a part
            days = whole if whole[:2] in lumps else each.period
            line(_span(days)).open += Amount(each.amount)
    return found


def _span(period: Period) -> str:
    """Return the year that a period lies in, or the period itself."""
    same = period.first.year == period.last.year
    return str(period.first.year) if same else period.text


def _known(bill: Bill, amount: Decimal | None) -> Amount:
    """Return an *amount* of a bill; where it is unknown, what its rows come to as far as known."""
    if amount is not None:
        return Amount(amount)
    rows = total(part.amount for part in bill.parts if part.amount is not None)
    return Amount(rows, complete=False)


def _budget(bill: Bill, claim: Decimal | None) -> Amount:
    """Return what the budget has for a bill; for an instalment itself, unless that is cut off."""
    if bill.ask.stated is None or (claim is not None and claim == bill.budget):
        return _known(bill, bill.budget)
    return _known(bill, bill.amount)


def _shares(
    posting: Posting, lumps: set[tuple[date, date]]
) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """Yield the amount and what was taken back of it by line: over several years by months."""
    period = posting.period
    if _span(period) != period.text or period[:2] in lumps:
        yield _span(period), (posting.event.amount, posting.credited)
        return
    each_year = [Period.year(year).overlap(*period[:2]) for year in years(*period[:2])]
    parts = [part for part in each_year if part]
    weights = [months(*part[:2]) for part in parts]
    amounts = shared(posting.event.amount, weights)
    credited = shared(posting.credited, weights)
    for part, *both in zip(parts, amounts, credited, strict=True):
        yield str(part.first.year), (both[0], both[1])


def _book_bill(line: AccountYear, bill: Bill) -> None:
    if bill.is_open:
        line.open += _known(bill, bill.amount)
    elif not bill.closed:
        line.settled += _known(bill, bill.amount)
    elif bill.budget is None:  # what was invoiced may be less than what is owed
        line.open += UNKNOWN


def _book(line: AccountYear, posting: Posting, share: tuple[Decimal, Decimal]) -> None:
    amount, credited = map(Amount, share)
    if isinstance(posting.event, InvoiceSent):
        line.invoiced += amount
        line.credited += credited
    else:
        line.paid_out += Amount(amount.known - credited.known)
    line.events.append(posting.called)
    for each in posting.deducted:
        number = getattr(each.event, "number", "")
        told = tr("credit {number}", number=number)
        repaid = tr("repayment of {day}", day=each.event.date.text)
        line.events.append(told if number else repaid)
