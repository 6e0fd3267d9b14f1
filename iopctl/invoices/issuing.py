"""Which invoices are meant, under which numbers, and how the files of them are called."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.billing import sent
from iopctl.case.readiness import Item, readiness
from iopctl.check.facts import facts
from iopctl.errors import Refused, UserError
from iopctl.model.log import InvoiceSent
from iopctl.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.needs import Medium
    from iopctl.dates import Period
    from iopctl.invoices.invoice import Invoice
    from iopctl.source.events import Value


class Wanted(NamedTuple):
    """Which invoices are asked for: of some days, one very period, a seller, or a day to send."""

    days: Period
    exactly: bool = False
    seller: str | None = None
    due: date | None = None

    def has(self, bill: Bill) -> bool:
        """Whether *bill* is asked for."""
        party = bill.terms.parties[bill.seller]
        if self.seller not in (None, bill.seller, party.name, party.org_number):
            return False
        if self.due not in (None, bill.due):
            return False
        if self.exactly:
            return bill.period[:2] == self.days[:2]
        return bill.period.overlap(*self.days[:2]) is not None


def items(given: Iterable[Case], wanted: Wanted, need: Medium) -> list[Item]:
    """Return every bill that is asked for, by agreement and the day it is due."""
    return [
        Item(case, readiness(case, bill, need))
        for case in given
        for bill in case.bills
        if wanted.has(bill)
    ]


def overdue(found: Sequence[Item], as_of: date) -> bool:
    """Whether an invoice that is due can't be made for want of something."""
    return any(each.readiness.state == "not ready" and each.bill.due <= as_of for each in found)


def ready(found: Sequence[Item], asked: str, missing: Sequence[str] = ()) -> list[Item]:
    """Return the items that are to be made: those that are not done.

    Raises:
        Refused: nothing is left to invoice, or something is not ready; it names all that lacks,
            and what is *missing* beside the agreement.
    """
    left = [each for each in found if each.readiness.state not in {"invoiced", "settled"}]
    if not found:
        raise Refused(f"{asked}: nothing to invoice")
    if not left:
        raise Refused(f"{asked}: {'; '.join(map(_done, found))}")
    lacking = [reason for each in left for reason in each.readiness.reasons]
    if lacking or missing:
        told = dict.fromkeys((*lacking, *missing))
        raise Refused("\n  ".join([f"{asked}: not ready, for want of:", *told]))
    return left


def _done(item: Item) -> str:
    event = item.bill.invoiced
    if event is None:
        return f"{item.bill.period.text} is settled outside the log"
    return f"{item.bill.period.text} is invoiced already, by {event.number} of {event.date.text}"


def logged(case: Case, number: str) -> tuple[Bill, InvoiceSent]:
    """Return the logged invoice that is to be credited, and the bill that it was for.

    Raises:
        Refused: no invoice of that number is logged, or it is credited already.
    """
    events = [each for each in sent(case) if each.number == number]
    if not events:
        known = [each.number for each in case.agreement.log if isinstance(each, InvoiceSent)]
        why = "is credited already" if number in known else "is not in the log"
        raise Refused(f"{case.agreement.id}: invoice {number} {why}")
    found = [each for each in case.bills if each.invoiced is events[0]]
    if not found:
        raise Refused(f"{case.agreement.id}: nothing asks for invoice {number}: look at its log")
    return found[0], events[0]


# ------------------------------------------------------------------ numbers and names
def numbers(first: str) -> Iterator[str]:
    """Yield *first* and those after it, counting its last digits on: `2024-009`, `2024-010`.

    Raises:
        UserError: it does not end in digits, and another is asked for.
    """
    yield first
    found = re.search(r"[0-9]+$", first)
    if not found:
        raise UserError(f"--number {first} ends in no digits: there is no next number")
    start, digits = first[: found.start()], len(found[0])
    yield from (start + str(number).zfill(digits) for number in count(int(found[0]) + 1))


def used(given: Iterable[Case]) -> dict[tuple[str | None, str], str]:
    """Return the agreement by each number that a seller, by its identity, has used in its log."""
    return {
        (each.seller, each.number): case.agreement.id
        for case in given
        for each in facts("", case).numbered
    }


def event(invoice: Invoice) -> dict[str, Value]:
    """Return what the log of the agreement has of an invoice or credit note that has a number."""
    if invoice.issue is None:
        raise ValueError("an invoice without number and date can't be logged")
    number, day = invoice.issue.number, invoice.issue.date.isoformat()
    if invoice.credits:
        return {"date": day, "event": "credit", "number": number, "of": invoice.credits.number}
    sellers = {each.seller for each in invoice.bill.terms.invoicing}
    return {
        "date": day,
        "event": "invoice",
        "number": number,
        "period": invoice.period.text,
        "amount": plain(invoice.net),
        **({"seller": invoice.bill.seller} if len(sellers) > 1 else {}),
    }


def file_name(invoice: Invoice, suffix: str) -> str:
    """Return what the file of an invoice is called: agreement, period, block if several, number."""
    several = len(invoice.bill.terms.invoicing) > 1
    parts = [
        invoice.agreement.id,
        invoice.period.text.replace("/", "--"),
        str(invoice.bill.block + 1) if several else "",
        invoice.issue.number if invoice.issue else "",
    ]
    safe = [re.sub(r"[^0-9A-Za-z.-]+", "-", part).strip(".-") for part in parts]
    return f"{'_'.join(part for part in safe if part)}.{suffix}"
