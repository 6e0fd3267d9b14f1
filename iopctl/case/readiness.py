"""Whether an invoice can be made: what the agreement lacks for it, and what speaks against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from iopctl.case import vat
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.config import Buyer, Config
    from iopctl.model import Party


class Need(StrEnum):
    """What an invoice is for: to be told in a text, shown on a page, or sent as an e-invoice."""

    TEXT = "text"
    PAGE = "page"
    PEPPOL = "peppol"


class Lack(NamedTuple):
    """A field that is to be filled in, what it is, and the rule that an exception may name."""

    field: str
    what: str
    rule: tuple[str, str] = ("", "")


State = Literal["ready", "not ready", "invoiced", "settled", "to pay", "paid"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a bill and its invoice: fields to fill in, and what none can mend."""

    bill: Bill
    lacks: tuple[Lack, ...]
    against: tuple[str, ...]

    @property
    def state(self) -> State:
        """Whether it is done already, and if not, whether it can be."""
        if self.bill.invoiced:
            return "invoiced" if self.bill.invoiced.number else "paid"
        if self.bill.settled:
            return "settled"
        if self.bill.invoicing.method == "payout":
            return "to pay"
        return "not ready" if self.reasons else "ready"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Everything that is missing or speaks against it, each field with what it is."""
        return (*self.against, *(f"{lack.field} ({lack.what})" for lack in self.lacks))


def readiness(case: Case, bill: Bill, need: Need) -> Readiness:
    """Return whether *bill* can be invoiced in the way that *need* says.

    What the parties stand by under `exceptions` is not asked for: that a buyer wants no marking
    is told by an exception from marking-missing.
    """
    excepted = {each.rule for each in case.exceptions}
    lacks = [*_marking(bill)]
    if need is not Need.TEXT:
        lacks += _page(bill)
    if need is Need.PEPPOL:
        lacks += peppol_lacks(bill)
    return Readiness(
        bill,
        tuple(each for each in lacks if excepted.isdisjoint(each.rule)),
        tuple(_against(case, bill, excepted)),
    )


# ------------------------------------------------------------------ what is missing
def _marking(bill: Bill) -> Iterator[Lack]:
    """Yield what the text needs: without it the buyer doesn't know the invoice."""
    own = bill.invoicing
    if not (own.reference or own.order_reference):
        yield Lack(_own(bill, "reference"), "Referenskod", ("IOP401", "reference-missing"))
    if not own.marking:
        what = "Märkning; where the buyer wants none, an exception from marking-missing"
        yield Lack(_own(bill, "marking"), what, ("IOP402", "marking-missing"))
    if not own.label:
        yield Lack(_own(bill, "label"), "Ange", ("IOP403", "label-missing"))
    address = own.recipient or _buyer(bill).address
    if not address:
        rule = ("IOP404", "recipient-missing")
        yield Lack(_own(bill, "recipient"), "the address of the invoice", rule)
    elif not (address.postal_code and address.city):
        rule = ("IOP405", "address-incomplete")
        yield Lack(_own(bill, "recipient"), "its postal_code and city", rule)
    for handle in (bill.seller, bill.buyer):
        if not bill.terms.parties[handle].name:
            yield Lack(_of_party(bill, handle, "name"), "a party that invoices is one, by name")


def _page(bill: Bill) -> Iterator[Lack]:
    """Yield what a whole invoice needs beside its marking: who, where to pay, when, which VAT."""
    seller = _seller(bill)
    if not seller.org_number:
        yield Lack(_of_party(bill, bill.seller, "org_number"), "the seller's number")
    if not (seller.bankgiro or seller.plusgiro or seller.iban):
        field = _of_party(bill, bill.seller, "bankgiro")
        yield Lack(field, "or plusgiro, or iban: where to pay")
    if bill.invoicing.payment_days is None:
        yield Lack(_own(bill, "payment_days"), "days to pay, usually 30")
    lacking = " and ".join(vat.lacking(bill.invoicing, seller))
    if lacking:
        yield Lack(_own(bill, "vat"), f"{vat.category(bill.invoicing)} needs {lacking}")


def peppol_lacks(bill: Bill) -> Iterator[Lack]:
    """Yield what an e-invoice needs beside that: both parties' places in Peppol."""
    seller, buyer = _seller(bill), _buyer(bill)
    if not buyer.org_number:
        yield Lack(_of_party(bill, bill.buyer, "org_number"), "the buyer's number")
    if not (bill.invoicing.peppol_id or buyer.peppol_id):
        field = _of_party(bill, bill.buyer, "peppol_id")
        yield Lack(field, "where the buyer gets e-invoices: ask it, do not guess")
    if not (seller.peppol_id or seller.org_number):
        yield Lack(_of_party(bill, bill.seller, "peppol_id"), "the seller's place in Peppol")
    own, theirs = seller.address, bill.invoicing.recipient or buyer.address
    for address, field in (
        (own, _of_party(bill, bill.seller, "address")),
        (theirs, _own(bill, "recipient")),
    ):
        if address and not re.fullmatch("[A-Z]{2}", address.country):
            yield Lack(f"{field}.country", "a code of two letters, as SE")


def _seller(bill: Bill) -> Party:
    return bill.terms.parties[bill.seller]


def _buyer(bill: Bill) -> Party:
    return bill.terms.parties[bill.buyer]


def _own(bill: Bill, field: str) -> str:
    several = len(bill.terms.invoicing) > 1
    path = bill.path if several else bill.path[:-1]
    return ".".join(map(str, (*path, field)))


def _of_party(bill: Bill, handle: str, field: str) -> str:
    return ".".join(map(str, bill.terms.path("parties", handle, field)))


# ------------------------------------------------------------------ what speaks against it
def _against(case: Case, bill: Bill, excepted: set[str]) -> Iterator[str]:
    if case.agreement.status == "draft":
        yield "the agreement is a draft"
    if bill.invoiced:
        event = bill.invoiced
        yield f"invoiced for {event.period.text} by {event.called} of {event.date.text}"
    if bill.doubt:
        yield (
            f"it may be invoiced for {bill.doubt.period.text} by {bill.doubt.called} of"
            f" {bill.doubt.date.text}, which does not say whose it is: write its buyer and board"
        )
    if bill.amount is None:
        yield from dict.fromkeys(
            f"{part.figure.contribution.described}: {part.reason}"
            for part in bill.parts
            if part.amount is None
        )
    elif not bill.amount:
        yield "the amount is 0 kr"
    elif (
        bill.budget is not None
        and bill.amount != bill.budget
        and excepted.isdisjoint(("IOP205", "instalments-differ"))
    ):
        yield (
            f"the instalment of {kronor(bill.amount)} kr is not the budget's"
            f" {kronor(bill.budget)} kr"
        )
    if bill.path in case.disputed:
        yield "another block of invoicing asks for the same rows on the same days"
    reference = bill.invoicing.reference
    asked = references(_buyer(bill), case.config)
    if asked and reference and not asked.reference.fullmatch(reference):
        example = f", such as {asked.example}" if asked.example else ""
        yield f"the reference {reference} is not of the buyer's form{example}"


def references(buyer: Party, config: Config) -> Buyer | None:
    """Return what the configuration says of a buyer's references, by its number or its name."""
    return config.buyers.get(buyer.org_number or "") or config.buyers.get(buyer.name or "")


class Item(NamedTuple):
    """A bill of an agreement, and whether its invoice can be made."""

    case: Case
    readiness: Readiness

    @property
    def bill(self) -> Bill:
        """The bill."""
        return self.readiness.bill
