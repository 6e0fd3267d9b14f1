"""A logged invoice or credit note made again, as it was sent, from the log alone.

The terms are those that the log had put in force when the invoice was logged, whatever was changed
later; so are the rows that it was made of, as long as they come to the amount that was logged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iopctl.case.billing import Bill
from iopctl.case.claims import Ask
from iopctl.invoices.invoice import Invoice, Issue, credit_note, invoice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.case.ledger import Deduction, Posting


def bill_of(case: Case, posting: Posting) -> tuple[Case, Bill]:
    """Return the bill that an posting was made of, dated as it was, and the case that had it.

    Where none comes to its amount, it is one of a single line.
    """
    day = posting.date.first
    cases = list(_then(case, posting))
    for each in cases:
        for bill in each.bills:
            same = bill.account == posting.account and bill.period[:2] == posting.period[:2]
            if same and not bill.closed and bill.amount == posting.event.amount:
                return each, bill.on(day, each)
    then = cases[0]
    own = [each for each in then.blocks if each.account == posting.account]
    own = own or [each for each in case.blocks if each.account == posting.account]
    ruling = [each for each in own if posting.period.overlap(each.first, each.last)]
    block = (ruling or own)[-1]
    ask = Ask(block, posting.period, block.due(posting.period), posting.event.amount)
    return then, Bill(block.terms_on(day), ask, (), settled=False).on(day, then)


def _then(case: Case, posting: Posting) -> Iterator[Case]:
    """Yield the case as the log stood before an posting, on its day and today; then but for it."""
    log = case.agreement.log
    before = case.agreement.model_copy(update={"log": log[: posting.index]})
    yield replace(case, agreement=before, as_of=posting.date.first)
    yield replace(case, agreement=before)
    others = (*log[: posting.index], *log[posting.index + 1 :])
    yield replace(case, agreement=case.agreement.model_copy(update={"log": others}))


def copy_of(case: Case, posting: Posting) -> Invoice:
    """Return a logged invoice again, marked as a copy."""
    _, bill = bill_of(case, posting)
    reference = getattr(posting.event, "payment_reference", None)
    issue = Issue(posting.number, posting.date.first, reference)
    return replace(invoice(case.agreement, bill, issue), mark="kopia")


def copy_of_credit(case: Case, posting: Posting, deduction: Deduction) -> Invoice:
    """Return a logged credit note again, marked as a copy."""
    made = credit_of(case, posting, deduction)
    return replace(made, mark="kopia")


def credit_of(case: Case, posting: Posting, deduction: Deduction) -> Invoice:
    """Return the credit note of some of an posting, by the terms that hold on the note's day."""
    then, bill = bill_of(case, posting)
    event = deduction.event
    day = event.date.first
    number = getattr(event, "number", "")
    ground = case if deduction.at >= len(case.agreement.log) else _before(case, deduction)
    dated = bill.on(day, ground if ground.blocks else then)
    return credit_note(
        case.agreement, dated, Issue(number, day), posting, deduction.amount, event.period
    )


def _before(case: Case, deduction: Deduction) -> Case:
    log = case.agreement.log[: deduction.at]
    agreement = case.agreement.model_copy(update={"log": log})
    return replace(case, agreement=agreement, as_of=deduction.event.date.first)
