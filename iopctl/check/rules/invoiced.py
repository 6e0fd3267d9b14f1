"""What may be wrong with the invoices that are logged: series 42x."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.case.coming import goes_on
from iopctl.case.days import Days
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import Period
from iopctl.language import counted, marked, tr
from iopctl.model.log import Credit, InvoiceSent
from iopctl.money import kronor, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.case.differences import Difference
    from iopctl.case.ledger import Posting

MOST_TRIES: Final = 5


@rule("IOP424", "invoiced-twice", Severity.ERROR)
def invoiced_twice(case: Case) -> Iterator[Finding]:
    """Two logged invoices are for the same days, and more than was owed for these.

    The buyer would pay twice. Credit one of them, and log the credit, which opens its period
    again; or correct the period. An invoice that adds to another, as after a raise, is none twice;
    nor are two of which a later change of the agreement makes too much: that is IOP426.

    A payment is money paid out without an invoice: that an invoice is paid is not logged.

    Source: the log of the agreement.

    Bad:

        # with invoicing
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - date: 2024-05-20  # expect: IOP424
            event: invoice
            number: 19
            period: 2024
            amount: 450000

    Good:

        # with invoicing
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17}
          - {date: 2024-05-20, event: invoice, number: 19, period: 2024, amount: 450000}
    """
    credited = (each for each in case.differences if each.is_credit)
    too_much = {posting.index for each in credited for posting in each.postings}
    unknown = {
        posting.index for bill in case.bills if bill.budget is None for posting in bill.postings
    }
    undivided = frozenset[int]().union(*(each.undivided for each in case.balances))
    tries = iter(range(MOST_TRIES))  # each reckons the whole agreement anew
    for posting, other in _overlapping(case):
        here = {posting.index, other.index}
        if len(here & undivided) == 1:
            continue  # a total beside what days give
        over = here & too_much and (next(tries, None) is None or _was_too_much(case, posting))
        if not over and not here <= unknown:
            continue
        if bool(posting.number) != bool(other.number):
            yield _paid_and_invoiced(posting, other)
            continue
        yield Finding(
            ("log", posting.index),
            "the period {period} is also invoiced by {other}",
            remedy="log the credit of one of them, or correct the period",
            related=(Related(("log", other.index), "the other invoice"),),
            period=posting.period.text,
            other=other.called,
        )


def _paid_and_invoiced(*postings: Posting) -> Finding:
    """Return the finding of a payment for days that are invoiced: people log that they paid."""
    invoice, paid = sorted(postings, key=lambda each: not each.number)
    return Finding(
        ("log", paid.index),
        "payment is a payout without an invoice, and {period} is invoiced by {number}",
        remedy="take the payment out of the log: that an invoice is paid is not logged",
        related=(Related(("log", invoice.index), "the invoice"),),
        period=paid.period.text,
        number=invoice.number,
    )


def _overlapping(case: Case) -> Iterator[tuple[Posting, Posting]]:
    """Yield each posting of an account that shares days with an earlier one, and that one."""
    for postings in case.ledger.by_account.values():
        spans = Days.of((days, each) for each in postings for days in each.days)
        for posting in postings:
            met = (other for days in posting.days for other in spans.meeting(days))
            earlier = next((each for each in met if each.index < posting.index), None)
            if earlier:
                yield posting, earlier


def _was_too_much(case: Case, posting: Posting) -> bool:
    """Whether a posting was too much already when it was logged, by what the log had then."""
    day = max(posting.date.first, min(case.as_of, posting.date.last))
    found = case.above(posting.index + 1, day).differences
    return any(
        each.index == posting.index for diff in found if diff.is_credit for each in diff.postings
    )


@rule("IOP425", "invoiced-outside-validity", Severity.WARNING)
def invoiced_outside_validity(case: Case) -> Iterator[Finding]:
    """A logged invoice is for days on which the agreement is not decided to hold.

    Correct the period, log the extension that it rests on, or, where the agreement ended before
    its time, credit it. An agreement until further notice may be invoiced ahead.

    Source: the agreement's validity and its log.

    Bad:

        # with invoicing
        log:
          - date: 2024-05-02  # expect: IOP425
            event: invoice
            number: 17
            period: 2023
            amount: 1

    Good:

        # with invoicing
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    decided = case.days
    if decided is None:
        return
    for posting in case.ledger.postings:
        ahead = goes_on(case) and posting.period.first >= decided.first
        if posting.stands and not ahead and not _touches(posting, decided):
            yield Finding(
                ("log", posting.index),
                "the invoice {number} is for {period}, and the agreement holds {first} to {last}",
                remedy=tr(
                    "correct the period, log the extension, or credit it: "
                    "iopctl invoice {name} --credit {number}",
                    name=case.agreement.id,
                    number=posting.called,
                ),
                number=posting.called,
                period=posting.period.text,
                first=decided.first,
                last=decided.last,
            )


def _touches(posting: Posting, decided: Period) -> bool:
    return any(each.overlap(decided.first, decided.last) for each in posting.days)


@rule("IOP426", "invoiced-amount-differs", Severity.WARNING)
def invoiced_amount_differs(case: Case) -> Iterator[Finding]:
    """What was invoiced for some days is not what the budget now gives for them.

    The amount was wrong, or the agreement has been changed or ended since. Invoice what is
    lacking, credit what is too much, correct the log, or say under exceptions why the parties
    stand by it. What invoices are off by roundings alone is made up for by those to come.
    Amounts are without VAT. Silent where the budget is unknown.

    Source: the agreement's section on economy.

    Bad:

        # with invoicing
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 540000  # expect: IOP426

    Good:

        # with invoicing
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    decided = case.days
    for each in case.differences:
        posting = each.takings[0].posting if each.takings else each.postings[-1]
        if decided is not None and any(_touches(one, decided) for one in each.postings):
            yield _differs(case, each, posting)


def _differs(case: Case, found: Difference, posting: Posting) -> Finding:
    numbers = [each.called for each in found.postings]
    first = min(each.period.first for each in found.postings)
    last = max(each.period.last for each in found.postings)
    days = found.days or (Period.of(first, last),)
    whole = marked("{invoiced} for {amount} kr, and the budget for {period} {budget} kr: {to_do}")
    less = marked(
        "{invoiced} for {amount} kr less what was credited, and the budget for {period} "
        "{budget} kr: {to_do}"
    )
    to_credit, to_invoice = marked("{off} kr to credit"), marked("{off} kr to invoice more")
    return Finding(
        ("log", posting.index, "amount"),
        less if any(each.credited for each in found.postings) else whole,
        remedy=tr("{way}, correct the log, or say why under exceptions", way=_way(case, found)),
        related=tuple(
            Related(("log", each.index), "another invoice of these days")
            for each in found.postings
            if each is not posting
        ),
        invoiced=counted(
            "the invoice {numbers} is",
            "the invoices {numbers} are",
            len(numbers),
            numbers=", ".join(numbers),
        ),
        amount=found.net,
        period=", ".join(each.text for each in days),
        budget=found.claim,
        to_do=tr(to_credit if found.is_credit else to_invoice, off=kronor(abs(found.amount))),
    )


def _way(case: Case, found: Difference) -> str:
    """Return how a difference is made good."""
    command = f"iopctl invoice {case.agreement.id}"
    taking = found.takings[0] if found.takings else None
    if taking is None:
        return tr("invoice it: {command}", command=f"{command} --period {found.period.text}")
    if not taking.posting.number and any(each.number for each in found.postings):
        return tr("take the payment out of the log: that an invoice is paid is not logged")
    if not taking.posting.number:
        return tr("have it paid back, and log that: event: payment, repaid: true")
    part = "" if taking.amount == taking.posting.net else f" --amount {plain(taking.amount)}"
    return tr("credit it: {command}", command=f"{command} --credit {taking.posting.number}{part}")


@rule("IOP428", "credit-of-nothing", Severity.ERROR)
def credit_of_nothing(case: Case) -> Iterator[Finding]:
    """A logged credit names an invoice that is not logged before it, or that several have sent.

    Which period it opens again is then unknown. Correct the number, log the invoice, or write the
    seller whose invoice it is. A credit note is not credited itself: send a new invoice.

    Source: the log of the agreement.

    Bad:

        log:
          - {date: 2024-05-10, event: credit, number: 18, of: 17}  # expect: IOP428

    Good:

        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17}
    """
    notes: set[str] = set()
    stray = dict(case.ledger.stray)
    for index, event in enumerate(case.agreement.log):
        if isinstance(event, Credit):
            notes.add(event.number)
        if isinstance(event, Credit) and index in stray:
            is_chain = event.of in notes
            yield Finding(
                ("log", index, "of"),
                "the credit {number} is of {of}, which is {what}",
                remedy="send a new invoice, and log that" if is_chain
                else "correct the number, or log the invoice",
                number=event.number,
                of=event.of,
                what=tr("a credit note itself") if is_chain else tr("no invoice logged before it"),
            )  # fmt: skip
    for index, event, _ in case.ledger.vague:
        yield Finding(
            ("log", index, "of"),
            "the credit {number} is of {of}, which is {what}",
            remedy="write its seller",
            number=event.number,
            of=event.of,
            what=tr("the number of invoices of several sellers"),
        )


@rule("IOP429", "invoiced-by-another", Severity.WARNING)
def invoiced_by_another(case: Case) -> Iterator[Finding]:
    """A logged invoice is from or to somebody that no invoicing of the agreement has.

    It settles no period of those who are to invoice. Correct its seller, buyer or board, or add
    the invoicing.

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
    for posting in case.ledger.postings:
        if not sellers or posting.candidates:
            continue
        event = posting.event
        key = "seller" if isinstance(event, InvoiceSent) else "receiver"
        seller = getattr(event, key)
        if seller and seller not in sellers:
            yield Finding(
                ("log", posting.index, key),
                "the invoice {number} is from {seller}, and the agreement's sellers are {sellers}",
                remedy="correct the seller, or add its invoicing",
                number=posting.called,
                seller=seller,
                sellers=sorted(sellers),
            )
        else:
            yield Finding(
                ("log", posting.index),
                "no invoicing of the agreement asks {payer} for the invoice {number}",
                remedy="correct its seller, buyer and board, or add the invoicing",
                number=posting.called,
                payer=event.board or event.buyer,
            )


RULES = (
    invoiced_twice,
    invoiced_outside_validity,
    invoiced_amount_differs,
    credit_of_nothing,
    invoiced_by_another,
)
