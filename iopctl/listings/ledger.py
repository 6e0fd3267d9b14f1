"""What each payer owes and has been asked for, year by year, with the events behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.case.claims import paying_committees
from iopctl.case.division import unbilled
from iopctl.case.payers import boards_of
from iopctl.dates import Period, months, period, years
from iopctl.language import tr
from iopctl.listings.notes import billed_jointly, named
from iopctl.model.log import InvoiceSent
from iopctl.money import NOTHING, kronor, shared, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.case.coverage import Balance
    from iopctl.case.instalments import Fill
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
        found = paying_committees(self.case, self.account, days) if days else frozenset()
        return found or boards_of(self.case)

    @property
    def lack(self) -> Amount:
        """What is neither done nor open of its budget."""
        done = (self.invoiced, self.paid_out, self.settled, self.open)
        known = total((self.budget.known, self.credited.known, *(-each.known for each in done)))
        return Amount(known, complete=self.budget.complete and all(each.complete for each in done))

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
            found = _Lines(case, balance).found
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
        yield from _unasked(case)
    dateless = [each.agreement.id for each in given if each.blocks and not each.is_dated]
    if dateless:
        yield tr("not all days are known, so that more may be owed: {names}", names=named(dateless))


def _unasked(case: Case) -> Iterator[str]:
    """Yield a note on what the budget has for each year that no line is for."""
    left: dict[str, list[Decimal]] = defaultdict(list)
    for each in unbilled(case):
        left[str(each.figure.year or tr("all years"))].append(each.left)
    for year, amounts in left.items():
        yield tr(
            "{name}: of {year}, {amount} kr is asked for by no invoicing, and in no line",
            name=case.agreement.id,
            year=year,
            amount=kronor(total(amounts)),
        )


# ------------------------------------------------------------------ an account
class _Lines:
    """The lines of an account, by their year or days."""

    def __init__(self, case: Case, balance: Balance) -> None:
        self._case, self._balance = case, balance
        account = balance.account
        ahead = (each for each in case.coming if each.closed)  # its days are decided later
        self._asked = [each for each in (*case.asked, *ahead) if each.account == account]
        self._lumps = {
            each.period[:2] for each in self._asked if _span(each.period) == each.period.text
        }
        self.found: dict[str, AccountYear] = {}
        self._book_budget()
        self._book_postings()
        self._book_open()

    def _line(self, key: str) -> AccountYear:
        return self.found.setdefault(key, AccountYear(self._case, self._balance.account, key))

    def _book_budget(self) -> None:
        off = self._balance.differences
        cut = {one.period[:2]: each.claim for each in off for one in each.postings}
        for bill in self._asked:
            self._line(_span(bill.period)).budget += _budget(bill, cut.get(bill.period[:2]))
        for stood in self._balance.standing:
            self._line(_span(stood.period)).budget += Amount(stood.amount)

    def _book_postings(self) -> None:
        for posting in self._case.ledger.by_account.get(self._balance.account, ()):
            own = [each for each in self._balance.fills if each.at == posting.index]
            for key, share in _shares(posting, own, self._lumps):
                _book(self._line(key), posting, share)

    def _book_open(self) -> None:
        late: list[tuple[Period, Amount]] = []
        for bill in self._balance.bills:
            if bill.difference and bill.is_open and _is_long(bill.period, self._lumps):
                late.append((bill.period, _known(bill, bill.amount)))
            else:
                _book_bill(self._line(_span(bill.period)), bill)
        for each in self._balance.differences:
            whole = each.postings[-1].period  # of a total that no year divides, no year's is a part
            days = whole if whole[:2] in self._lumps else each.period
            if each.is_credit and _is_long(days, self._lumps):
                late.append((days, Amount(each.amount)))
            elif each.is_credit:
                self._line(_span(days)).open += Amount(each.amount)
        self._book_late(late)

    def _book_late(self, late: Sequence[tuple[Period, Amount]]) -> None:
        """Book what is off for days of several years where these lack it, else under the days.

        What no year lacks is a year's of which not all is known, if there is one.
        """
        of_years = {str(year) for days, _ in late for year in years(*days[:2])}
        here = [self.found[key] for key in sorted(of_years & self.found.keys())]
        known = [(line, line.lack) for line in here if line.lack.complete]
        rest = total((*(each.known for _, each in late), *(-lack.known for _, lack in known)))
        unknown = [line for line in here if not line.lack.complete]
        if rest and not unknown:
            for days, amount in late:
                self._line(_span(days)).open += amount
            return
        for line, lack in known:
            line.open += lack
        for line in unknown[:1]:
            line.open += Amount(rest)


def _is_long(period: Period, lumps: set[tuple[date, date]]) -> bool:
    """Whether a period is of several years that the budget divides."""
    return _span(period) == period.text and period[:2] not in lumps


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
    posting: Posting, fills: Sequence[Fill], lumps: set[tuple[date, date]]
) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """Yield the amount and what was taken back of it by line: over several years by months.

    What is of a bill that no days divide stands in the line of that.
    """
    period, taken = (
        posting.period,
        [each for each in fills if each.period[:2] != posting.period[:2]],
    )
    whole = posting.event.amount, posting.credited
    spans = {_span(each.period) for each in taken}
    if len(spans) == 1 and total(each.amount for each in taken) == posting.net:
        yield spans.pop(), whole
        return
    for each in taken:
        yield _span(each.period), (each.amount, NOTHING)
    left = total((whole[0], *(-each.amount for each in taken)))
    if not _is_long(period, lumps):
        yield _span(period), (left, whole[1])
        return
    each_year = [Period.year(year).overlap(*period[:2]) for year in years(*period[:2])]
    parts = [part for part in each_year if part]
    weights = [months(*part[:2]) for part in parts]
    amounts, credited = shared(left, weights), shared(whole[1], weights)
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
