"""What may be wrong with the invoices that are logged: series 42x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.billing import sent, sum_of
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule
from iopctl.model.log import Credit, InvoiceSent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.source import Path


def _logged(case: Case, event: InvoiceSent | Credit) -> Path:
    """Return where an event stands in the log."""
    events = enumerate(case.agreement.log)
    return ("log", next(index for index, each in events if each is event))


@rule("IOP424", "invoiced-twice", Severity.ERROR)
def invoiced_twice(case: Case) -> Iterator[Finding]:
    """Two logged invoices are for the same days.

    The buyer would pay twice. Credit one of them, and log the credit, which
    opens its period again; or correct the period.

    Source: the log of the agreement.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - date: 2024-05-20  # expect: IOP424
            event: invoice
            number: 19
            period: 2024
            amount: 450000

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17}
          - {date: 2024-05-20, event: invoice, number: 19, period: 2024, amount: 450000}
    """
    found = case.bills
    events = sent(case)
    for index, event in enumerate(events):
        twice = [each for each in events[:index] if _clash(event, each, found)]
        if twice:
            yield Finding(
                _logged(case, event),
                "the period {period} is also invoiced by {other}",
                remedy="log the credit of one of them, or correct the period",
                related=(Related(_logged(case, twice[0]), "the other invoice"),),
                period=event.period.text,
                other=twice[0].number,
            )


def _clash(event: InvoiceSent, other: InvoiceSent, found: Sequence[Bill]) -> bool:
    """Whether two invoices are for the same days of the same bills, which may be of two buyers."""
    own = [each for each in found if each.invoiced is event]
    if any(each.period[:2] == event.period[:2] for each in own):
        return False
    theirs = {each.path for each in found if each.invoiced is other}
    same_bills = not theirs.isdisjoint(each.path for each in own) if own else bool(theirs)
    same_days = event.period.overlap(*other.period[:2]) is not None
    same_seller = None in (event.seller, other.seller) or event.seller == other.seller
    return same_bills and same_days and same_seller


@rule("IOP425", "invoiced-outside-validity", Severity.ERROR)
def invoiced_outside_validity(case: Case) -> Iterator[Finding]:
    """A logged invoice is for days on which the agreement is not decided to hold.

    Correct the period, or log the extension that it rests on. An agreement
    until further notice may be invoiced ahead.

    Source: the agreement's validity and its log.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - date: 2024-05-02  # expect: IOP425
            event: invoice
            number: 17
            period: 2023
            amount: 1

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    decided = case.days
    if decided is None:
        return
    for event in sent(case):
        ahead = case.reach.is_open and event.period.first >= decided.first
        if not ahead and not event.period.overlap(decided.first, decided.last):
            yield Finding(
                _logged(case, event),
                "the invoice {number} is for {period}, and the agreement holds {first} to {last}",
                remedy="correct the period, or log the extension",
                number=event.number,
                period=event.period.text,
                first=decided.first,
                last=decided.last,
            )


@rule("IOP426", "invoiced-amount-differs", Severity.ERROR)
def invoiced_amount_differs(case: Case) -> Iterator[Finding]:
    """A logged invoice has another amount than the budget of its period.

    Amounts are without VAT. Credit the invoice and send a new one, correct the log, or say
    under exceptions why the parties stand by it. Silent where the budget is unknown.

    Source: the agreement's section on economy.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 540000  # expect: IOP426

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    found = case.bills
    for event in sent(case):
        mine = [each for each in found if each.invoiced is event]
        whole = all(
            event.period.first <= each.period.first and each.period.last <= event.period.last
            for each in mine
        )
        budget = sum_of(mine)
        if mine and whole and budget not in (None, event.amount):
            yield Finding(
                (*_logged(case, event), "amount"),
                "the invoice {number} is for {amount} kr, and the budget for {period} {budget} kr",
                remedy="credit it and send a new one, or say why under exceptions",
                number=event.number,
                amount=event.amount,
                period=event.period.text,
                budget=budget,
            )


@rule("IOP428", "credit-of-nothing", Severity.ERROR)
def credit_of_nothing(case: Case) -> Iterator[Finding]:
    """A logged credit names an invoice that is not logged before it.

    Which period it opens again is then unknown. Correct the number, or log
    the invoice.

    Source: the log of the agreement.

    Bad:

        log:
          - {date: 2024-05-10, event: credit, number: 18, of: 17}  # expect: IOP428

    Good:

        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17}
    """
    numbers: set[str] = set()
    for index, event in enumerate(case.agreement.log):
        if isinstance(event, InvoiceSent):
            numbers.add(event.number)
        elif isinstance(event, Credit) and event.of not in numbers:
            yield Finding(
                ("log", index, "of"),
                "the credit {number} is of {of}, which is no invoice logged before it",
                remedy="correct the number, or log the invoice",
                number=event.number,
                of=event.of,
            )


@rule("IOP429", "invoiced-by-another", Severity.WARNING)
def invoiced_by_another(case: Case) -> Iterator[Finding]:
    """A logged invoice is from a party that the agreement does not have as a seller.

    It settles no period of those who are to invoice. Correct the seller, or add its invoicing.

    Source: the log of the agreement.

    Bad:

        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 450000
            seller: kommunen  # expect: IOP429

    Good:

        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 450000
            seller: foreningen
    """
    sellers = {block.invoicing.seller for block in case.blocks}
    for index, event in case.happened(InvoiceSent):
        if sellers and event.seller and event.seller not in sellers:
            yield Finding(
                ("log", index, "seller"),
                "the invoice {number} is from {seller}, and the agreement's sellers are {sellers}",
                remedy="correct the seller, or add its invoicing",
                number=event.number,
                seller=event.seller,
                sellers=sorted(sellers),
            )


RULES = (
    invoiced_twice,
    invoiced_outside_validity,
    invoiced_amount_differs,
    credit_of_nothing,
    invoiced_by_another,
)
