"""Which invoices are meant, what is logged of them, and how the files of them are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.billing import payment_of, sum_of, to_whom
from iopctl.case.claims import paying_committees
from iopctl.case.readiness import Item, readiness
from iopctl.dates import add_months
from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.money import kronor, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.case.differences import Difference
    from iopctl.case.ledger import Deduction, Posting
    from iopctl.case.needs.need import Medium
    from iopctl.dates import Period
    from iopctl.invoices.invoice import Invoice
    from iopctl.model import Party
    from iopctl.source.events import Value

EARLY = 6
LATE = 36
"""How many months before its period begins, or after it has ended, an invoice is dated oddly."""


class InvoiceRequest(NamedTuple):
    """Which invoices are asked for: of some days or one very period, from whom, to whom, and when.

    *due* is the day to send it, *due_by* the last such day. Parties go by handle, name or number;
    *board* is a committee of whose money some is asked for, named by the block or not.
    """

    days: Period
    exactly: bool = False
    seller: str | None = None
    due: date | None = None
    buyer: str | None = None
    board: str | None = None
    due_by: date | None = None

    def has(self, case: Case, bill: Bill) -> bool:
        """Whether a *bill* is asked for."""
        parties, account = bill.terms.parties, bill.account
        if not self._is_between(account, parties) or not self._is_due(bill.due):
            return False
        in_time = bill.period[:2] == self.days[:2] if self.exactly else bill.meets(self.days)
        return in_time and self._is_paid_by(case, account, bill.period)

    def has_credit(self, case: Case, found: Difference) -> bool:
        """Whether what is to be taken back is of what is asked for: for some of the days."""
        parties = found.block.terms[-1].parties
        if not self._is_between(found.account, parties) or not self._is_due(found.since):
            return False
        in_time = found.is_credit and found.period.overlap(*self.days[:2]) is not None
        return in_time and self._is_paid_by(case, found.account, found.period)

    def _is_between(self, account: Account, parties: Mapping[str, Party]) -> bool:
        pairs = (self.seller, account.seller), (self.buyer, account.buyer)
        return all(_is(wanted, handle, parties[handle]) for wanted, handle in pairs)

    def _is_due(self, day: date) -> bool:
        return self.due in (None, day) and (self.due_by is None or day <= self.due_by)

    def _is_paid_by(self, case: Case, account: Account, days: Period) -> bool:
        if self.board is None:
            return True
        paying = paying_committees(case, account, days)
        return not paying or self.board in paying


def names_of(handle: str, party: Party) -> list[str]:
    """Return what a party may be called by: its names, its number and its handle."""
    return [
        each
        for each in (party.name, party.short_name, party.org_number, handle)
        if each is not None
    ]


def _is(wanted: str | None, handle: str, party: Party) -> bool:
    return wanted is None or wanted.casefold() in map(str.casefold, names_of(handle, party))


def items(
    given: Iterable[Case], wanted: InvoiceRequest, need: Medium, issued: date | None = None
) -> list[Item]:
    """Return every bill that is asked for, by agreement and the day it is due.

    Those that are still to be sent are as they are on the day that they are *issued*.
    """
    found = []
    for case in given:
        then = case.on(issued) if issued else None
        for bill in (*case.bills, *case.coming):
            if not wanted.has(case, bill):
                continue
            dated = bill.sent(then) if then and bill.is_open else bill
            found.append(Item(case, readiness(case, dated, need)))
    return found


def credits_to(given: Iterable[Case], wanted: InvoiceRequest) -> list[tuple[Case, Difference]]:
    """Return what is to be taken back of what is asked for, by agreement."""
    return [
        (case, each) for case in given for each in case.differences if wanted.has_credit(case, each)
    ]


def also_paid(found: Iterable[Item]) -> list[str]:
    """Return the agreements of invoices of which several committees pay a part."""
    names = (
        each.case.agreement.id
        for each in found
        if len(paying_committees(each.case, each.bill.account, each.bill.period)) > 1
    )
    return list(dict.fromkeys(names))


def overdue(found: Sequence[Item], as_of: date) -> bool:
    """Whether an invoice that is due can't be made for want of something."""
    return any(each.readiness.state == "not ready" and each.bill.due <= as_of for each in found)


def ready(found: Sequence[Item], asked: str, missing: Sequence[str] = ()) -> list[Item]:
    """Return the items that are to be made: those that are not done.

    Raises:
        Refused: nothing is left to invoice, or something is not ready; it names all that lacks,
            and what is *missing* beside the agreement.
    """
    done = {"invoiced", "settled", "paid", "to pay"}
    left = [each for each in found if each.readiness.state not in done]
    if not left:
        raise Refused(f"{asked}: {'; '.join(map(_done, found))}")
    lacking = [reason for each in left for reason in each.readiness.reasons]
    if lacking or missing:
        told = dict.fromkeys((*lacking, *missing))
        raise Refused("\n  ".join([_not_ready(left, asked), *told]))
    return left


def _not_ready(left: Sequence[Item], asked: str) -> str:
    """Return that bills are not ready, and what they come to, unless that may be invoiced."""
    if any(each.bill.doubt for each in left):
        return tr("{asked}: not ready, for want of:", asked=asked)
    amount = _sum(left)
    return tr("{asked}: {amount} to invoice, not ready, for want of:", asked=asked, amount=amount)


def _sum(found: Sequence[Item]) -> str:
    """Return what bills come to, and each of them where there are several."""
    if len(found) == 1:
        return _amount(found[0].bill.amount)
    whole = sum_of(each.bill for each in found)
    return f"{_amount(whole)} ({', '.join(map(_part, found))})"


def _part(item: Item) -> str:
    bill = item.bill
    return f"{bill.period.text}{to_whom(item.case, bill)}: {_amount(bill.amount)}"


def _amount(amount: Decimal | None) -> str:
    return tr("amount unknown") if amount is None else f"{kronor(amount)} kr"


def _done(item: Item) -> str:
    posting, period = item.bill.invoiced, item.bill.period.text
    if item.readiness.state == "to pay":
        return tr(
            "{period} is paid out without an invoice: log it with "
            "iopctl log {name} payment {payment}",
            period=period,
            name=item.case.agreement.id,
            payment=payment_of(item.case, item.bill),
        )
    if posting is None:
        return tr("{period} is settled outside the log", period=period)
    day = posting.date.text
    if not posting.number:
        return tr("{period} is paid already, on {day}", period=period, day=day)
    return tr(
        "{period} is invoiced already, by {number} of {day}",
        period=period,
        number=posting.number,
        day=day,
    )


def numbered(case: Case, number: str, seller: str | None = None) -> list[Posting]:
    """Return the logged invoices of a number; of those of several sellers, *seller*'s.

    Raises:
        Refused: several sellers have sent one of that number, and it is not said which is meant.
    """
    found = case.ledger.numbered(number)
    own = [each for each in found if each.account is None or _sends(seller, each.account, case)]
    sellers = dict.fromkeys(each.account.seller for each in own if each.account)
    if len(sellers) > 1:
        names = ", ".join(case.party(each).called for each in sellers)
        raise Refused(
            tr(
                "{number} is the number of invoices of {sellers}: choose one with --seller",
                number=number,
                sellers=names,
            )
        )
    return own


def credits_of(
    case: Case, number: str, seller: str | None = None
) -> Iterator[tuple[Posting, Deduction]]:
    """Yield the logged credit notes of a number, *seller*'s alone if one is given."""
    for posting in case.ledger.postings:
        for each in posting.deducted:
            same = getattr(each.event, "number", "") == number
            if same and posting.account and _sends(seller, posting.account, case):
                yield posting, each


def _sends(seller: str | None, account: Account, case: Case) -> bool:
    return _is(seller, account.seller, case.party(account.seller))


def logged(case: Case, number: str, seller: str | None = None) -> Posting:
    """Return the logged invoice that is to be credited or made again.

    Raises:
        Refused: no invoice of that number is logged, it is credited already, nobody knows whose
            it is, or several sellers have one.
    """
    found = numbered(case, number, seller)
    if not found:
        raise Refused(
            tr("{id}: invoice {number} is not in the log", id=case.agreement.id, number=number)
        )
    standing = [each for each in found if each.stands]
    if not standing:
        raise Refused(
            tr("{id}: invoice {number} is credited already", id=case.agreement.id, number=number)
        )
    return with_payer(case, standing[-1])


def with_payer(case: Case, posting: Posting) -> Posting:
    """Return a logged invoice of which it is known whose it is.

    Raises:
        Refused: that can't be told.
    """
    if posting.account is None or posting.in_turn:
        whose = "; ".join(map(called, posting.candidates)) or tr("nobody's invoicing")
        raise Refused(
            tr(
                "{id}: whose invoice {number} is can't be told ({whose}): write its "
                "buyer and board in the log",
                id=case.agreement.id,
                number=posting.number,
                whose=whose,
            )
        )
    return posting


def called(account: Account) -> str:
    """Return an account in words: who invoices whom, and which committee of it."""
    to = f"{account.buyer} ({account.board})" if account.board else account.buyer
    return tr("{seller} to {buyer}", seller=account.seller, buyer=to)


def odd_day(period: Period, issued: date, case: Case) -> str:
    """Return what is odd about the day of an invoice for *period*; "" where nothing is."""
    if issued < add_months(period.first, -EARLY):
        return tr(
            "it is dated {day}, long before {period}, which it is for",
            day=issued,
            period=period.text,
        )
    if issued > add_months(period.last, LATE):
        return tr(
            "it is dated {day}, years after {period}, which it is for",
            day=issued,
            period=period.text,
        )
    if issued > add_months(case.as_of, EARLY):
        return tr("it is dated {day}, long after {today}", day=issued, today=case.as_of)
    return ""


# ------------------------------------------------------------------ the log, and files
def event(invoice: Invoice, amount: bool = False) -> dict[str, Value]:  # noqa: FBT001, FBT002
    """Return what the log of the agreement has of an invoice or credit note that has a number.

    A credit note's *amount* is logged where it is not for all of the invoice. The payer is, where
    the agreement has several.
    """
    if invoice.issue is None:
        raise ValueError("an invoice without number and date can't be logged")
    number, day = invoice.issue.number, invoice.issue.date.isoformat()
    if invoice.credits:
        part = {"amount": plain(invoice.net)} if amount else {}
        if amount and invoice.period[:2] != invoice.credits.period[:2]:
            part["period"] = invoice.period.text
        return {
            "date": day, "event": "credit", "number": number, "of": invoice.credits.number,
            **_seller(invoice), **part, **_made(invoice),
        }  # fmt: skip
    ocr = {"payment_reference": invoice.issue.ocr} if invoice.issue.ocr else {}
    return {
        "date": day,
        "event": "invoice",
        "number": number,
        "period": invoice.period.text,
        "amount": plain(invoice.net),
        **payer(invoice.bill.account, invoice.accounts, is_ahead=invoice.made is not None),
        **ocr,
        **_made(invoice),
    }


def _made(invoice: Invoice) -> dict[str, str]:
    """Return when what is dated ahead is made, by which a copy knows what came in between."""
    return {"made": invoice.made.isoformat()} if invoice.made else {}


def _seller(invoice: Invoice) -> dict[str, Value]:
    """Return the seller of a credit note, where the agreement has several."""
    several = len({each.seller for each in invoice.accounts}) > 1
    return {"seller": invoice.bill.account.seller} if several else {}


def payer(account: Account, every: Sequence[Account], *, is_ahead: bool = False) -> dict[str, str]:
    """Return what tells an account from the others that the agreement has.

    Of an invoice that is dated ahead, all is told: what is logged before its day comes to stand
    above it in the log, as if its payer had been one of several already.
    """
    if is_ahead:
        board = {"board": account.board} if account.board else {}
        return {"seller": account.seller, "buyer": account.buyer, **board}
    sellers, buyers = {each.seller for each in every}, {each.buyer for each in every}
    several_boards = len({each.board for each in every}) > 1
    unnamed = several_boards and account.board is None  # seller and buyer alone then name it
    return {
        **({"seller": account.seller} if len(sellers) > 1 or unnamed else {}),
        **({"buyer": account.buyer} if len(buyers) > 1 or unnamed else {}),
        **({"board": account.board} if several_boards and account.board else {}),
    }


def file_name(invoice: Invoice, suffix: str) -> str:
    """Return what the file of an invoice is called: agreement, period, block if several, number."""
    several = len(invoice.bill.ask.block.terms[0].invoicing) > 1
    parts = [
        invoice.agreement.id,
        invoice.period.text.replace("/", "--"),
        str(invoice.bill.block + 1) if several else "",
        invoice.issue.number if invoice.issue else "",
        invoice.mark,
    ]
    safe = [re.sub(r"[^0-9A-Za-z.-]+", "-", part).strip(".-") for part in parts]
    return f"{'_'.join(part for part in safe if part)}.{suffix}"
