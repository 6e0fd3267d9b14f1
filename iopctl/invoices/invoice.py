"""An invoice, or the credit note of one: all that its text, page and XML say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case import marking, vat
from iopctl.dates import Period
from iopctl.invoices.derivation import derivation
from iopctl.money import total

if TYPE_CHECKING:
    from iopctl.case.billing import Bill
    from iopctl.case.claims import Account, Part
    from iopctl.case.ledger import Posting
    from iopctl.model import Agreement, Invoicing, Party
    from iopctl.model.parties import Address


UNNAMED: Final = "Insats enligt överenskommelsen"
_CATEGORIES: Final = {
    "staff": "Personal",
    "premises": "Lokaler",
    "material": "Material",
    "administration": "Administration",
    "other": "Övrigt",
}


class InvoiceLine(NamedTuple):
    """A row of an invoice: what it is for, in the agreement's words, and kronor without VAT."""

    text: str
    quantity: str
    amount: Decimal


class Issue(NamedTuple):
    """What is given when an invoice is made: its number, its date, and an OCR number if any."""

    number: str
    date: date
    ocr: str | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice without VAT of its own where the agreement has none; amounts are kronor.

    *issue* is None while it is only told what to invoice. *credits* is the logged invoice that a
    credit note takes back, its amounts positive all the same. *mark* tells on its page what it
    is beside the invoice itself: a copy, or a preview. *accounts* are all that the agreement has;
    *made* is the day on which it is made, where it is dated after that.
    """

    agreement: Agreement
    bill: Bill
    period: Period
    lines: tuple[InvoiceLine, ...]
    issue: Issue | None = None
    credits: Posting | None = None
    mark: str = ""
    accounts: tuple[Account, ...] = ()
    made: date | None = None

    @property
    def adds_to(self) -> Posting | None:
        """The invoice that it adds to, where the budget has come to give more for its days."""
        added = self.bill.difference
        return added.postings[-1] if added and not self.credits else None

    @property
    def invoicing(self) -> Invoicing:
        """The block that asks for it."""
        return self.bill.invoicing

    @property
    def seller(self) -> Party:
        """The party that sends it."""
        return self.bill.terms.parties[self.bill.seller]

    @property
    def buyer(self) -> Party:
        """The party that pays it."""
        return self.bill.terms.parties[self.bill.buyer]

    @property
    def address(self) -> Address | None:
        """Where it goes: the invoicing's own recipient, else the buyer's address."""
        return self.invoicing.recipient or self.buyer.address

    @property
    def peppol_id(self) -> str | None:
        """The buyer's participant in Peppol, which is never guessed."""
        return self.invoicing.peppol_id or self.buyer.peppol_id

    @property
    def gln(self) -> str | None:
        """The buyer's GLN."""
        return self.invoicing.gln or self.buyer.gln

    @property
    def seller_peppol_id(self) -> str | None:
        """The seller's participant in Peppol: its own, else its organisation number."""
        number = self.seller.org_number
        own = f"0007:{number.replace('-', '')}" if number else None
        return self.seller.peppol_id or own

    @property
    def period_in_words(self) -> str:
        """The period, as `helår 2024`."""
        return marking.billed_in_words(self.invoicing, self.period)

    @property
    def subject(self) -> str:
        """What the agreement wants stated: the label and the period."""
        return marking.subject(self.invoicing, self.period)

    @property
    def note(self) -> str:
        """All marking in one line."""
        return marking.note(self.invoicing, self.period)

    @property
    def derivation(self) -> str:
        """How the amount was reckoned; empty for a credit note, which repeats an invoice."""
        return "" if self.credits else derivation(self.bill)

    @property
    def net(self) -> Decimal:
        """The sum of the lines."""
        return total(line.amount for line in self.lines)

    @property
    def tax(self) -> Decimal:
        """The VAT on the sum."""
        return vat.tax(self.net, self.invoicing)

    @property
    def payable(self) -> Decimal:
        """What is to be paid."""
        return total((self.net, self.tax))

    @property
    def vat_category(self) -> str:
        """O, E or S."""
        return vat.category(self.invoicing)

    @property
    def vat_reason(self) -> str | None:
        """Why there is no VAT."""
        return vat.reason(self.invoicing)

    @property
    def payment_reference(self) -> str | None:
        """What the payment is to name: the OCR number, the agreement's own, or the number."""
        if self.issue is None:
            return None
        return self.issue.ocr or self.invoicing.payment_reference or self.issue.number

    @property
    def due(self) -> date | None:
        """The last day to pay."""
        days = self.invoicing.payment_days
        return self.issue.date + timedelta(days) if self.issue and days is not None else None


def invoice(agreement: Agreement, bill: Bill, issue: Issue | None = None) -> Invoice:
    """Return the invoice of a bill whose amount is known.

    It has a line for each row, or a single one where the agreement states the amount itself.
    """
    return Invoice(agreement, bill, bill.period, _lines(bill, bill.amount), issue)


def credit_note(
    agreement: Agreement,
    bill: Bill,
    issue: Issue | None,
    of: Posting,
    amount: Decimal | None = None,
    period: Period | None = None,
) -> Invoice:
    """Return the credit note of a logged invoice that was made of *bill*: whole, or an *amount*.

    It is for the invoice's days, or for a *period* of them.
    """
    taken = of.event.amount if amount is None else amount
    whole = taken == of.event.amount and bill.period[:2] == of.period[:2]
    lines = _lines(bill, taken) if whole else (_single(bill, taken),)
    return Invoice(agreement, bill, period or of.period, lines, issue, of)


def _lines(bill: Bill, amount: Decimal | None) -> tuple[InvoiceLine, ...]:
    if amount is None:
        raise ValueError("a bill of an unknown amount makes no invoice")
    if amount != bill.budget:
        return (_single(bill, amount),)
    lines = [(part, _line(part)) for part in bill.parts if part.amount]
    times = Counter((line.text, line.quantity) for _, line in lines)
    return tuple(
        _dated(line, part, bill) if times[line.text, line.quantity] > 1 else line
        for part, line in lines
    )


def _line(part: Part) -> InvoiceLine:
    row, economy = part.figure.contribution, part.figure.terms.economy
    text = row.item or _CATEGORIES.get(row.category or "") or (economy.label or "").capitalize()
    return InvoiceLine(text or UNNAMED, row.quantity or "", part.amount or Decimal(0))


def _dated(line: InvoiceLine, part: Part, bill: Bill) -> InvoiceLine:
    """Return a line with its days, where terms, a raise or a gap part the bill's period."""
    terms, period = part.figure.terms, bill.period
    own = part.figure.days or Period(terms.first or date.min, terms.last or date.max, "")
    days = period.overlap(*own[:2])
    if days is None or days[:2] == period[:2]:
        return line
    return line._replace(text=f"{line.text}, {marking.billed_in_words(bill.invoicing, days)}")


def _single(bill: Bill, amount: Decimal) -> InvoiceLine:
    text = bill.invoicing.label or UNNAMED
    return InvoiceLine(f"{text}, tillägg" if bill.difference else text, "", amount)
