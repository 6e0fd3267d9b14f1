"""A logged invoice or credit note made again, as it was sent, from the log alone.

The terms are those that the log had put in force when the invoice was logged, whatever was changed
later; so are the rows that it was made of, as long as they come to the amount that was logged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iopctl.case.billing import Bill
from iopctl.case.claims import Ask
from iopctl.case.needs import stopping
from iopctl.case.needs.need import Medium
from iopctl.errors import Refused
from iopctl.invoices.invoice import Invoice, Issue, credit_note, invoice
from iopctl.language import tr
from iopctl.model.log import TermsEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.case.ledger import Deduction, Posting

COPY: Final = "kopia"
MOST_CHANGES: Final = 5
"""How many changes an invoice may have been dated ahead of."""


def bill_of(case: Case, posting: Posting) -> Bill:
    """Return the bill that a posting, whose account is known, was made of, as it was sent.

    Where none comes to its amount, it is one of a single line.
    """
    cases = list(_then(case, posting))
    for each in cases:
        for bill in each.bills:
            same = bill.account == posting.account and bill.period[:2] == posting.period[:2]
            if same and not bill.closed and bill.amount == posting.event.amount:
                return bill.sent(each.on(posting.date.first))
    block = (_blocks(cases[0], posting) or _blocks(case, posting))[-1]
    ask = Ask(block, posting.period, block.due(posting.period), posting.event.amount)
    bill = Bill(block.terms_on(posting.date.first), ask, (), settled=False)
    return bill.sent(cases[0].on(posting.date.first))


def _blocks(case: Case, posting: Posting) -> list[Block]:
    """Return the blocks of a posting's account, those that ruled its days last."""
    own = case.blocks_of(posting.account) if posting.account else ()
    return sorted(own, key=lambda each: bool(posting.period.overlap(each.first, each.last)))


def _then(case: Case, posting: Posting) -> Iterator[Case]:
    """Yield the case as the log stood before a posting, and before the changes just before that.

    An invoice that is dated ahead stands behind what was logged after it was made. None of them
    depends on the day that is looked from: a copy is the same for ever.
    """
    places = _known(case, posting.index, posting.event)
    log = tuple(case.agreement.log[at] for at in places)
    changes = [at for at, each in enumerate(log) if isinstance(each, TermsEvent)]
    sent, last = posting.date.first, posting.period.last
    for length in (len(log), *reversed(changes[-MOST_CHANGES:])):
        for day in dict.fromkeys((sent, max(sent, last))):
            yield case.by_log(log[:length], day)


def _known(case: Case, index: int, event: object) -> list[int]:
    """Return the places of the log above an event, without changes after it was made."""
    log, made = case.agreement.log, getattr(event, "made", None)
    return [
        at
        for at in range(index)
        if made is None or not isinstance(log[at], TermsEvent) or log[at].date.first <= made
    ]


def copy_of(case: Case, posting: Posting) -> Invoice:
    """Return a logged invoice again, marked as a copy."""
    reference = getattr(posting.event, "payment_reference", None)
    issue = Issue(posting.number, posting.date.first, reference)
    return replace(invoice(case.agreement, bill_of(case, posting), issue), mark=COPY)


def copy_of_credit(case: Case, posting: Posting, taken: Deduction) -> Invoice:
    """Return a logged credit note again, marked as a copy."""
    event = taken.event
    issue = Issue(getattr(event, "number", ""), event.date.first)
    places = _known(case, taken.at, event)
    posting = replace(posting, index=places.index(posting.index))
    then = case.by_log(case.agreement.log[at] for at in places)
    bill = credited(then, posting, issue.date)
    note = credit_note(case.agreement, bill, issue, posting, taken.amount, event.period)
    return replace(note, mark=COPY)


def refuse_lacking(case: Case, copy: Invoice) -> None:
    """Refuse the e-invoice of a *copy* whose terms lack what that of a new invoice needs.

    Raises:
        Refused: with all that lacks.
    """
    lacking = [each.text for each in stopping(case, copy.bill, Medium.PEPPOL)]
    if lacking:
        raise Refused(
            tr(
                "the copy of {number} as an e-invoice needs {lacking}",
                number=copy.issue.number if copy.issue else "",
                lacking="; ".join(lacking),
            )
        )


def credited(case: Case, posting: Posting, day: date) -> Bill:
    """Return the bill that a posting was made of, as a credit note of it goes out on a day."""
    then, bill = case.on(day), bill_of(case, posting)
    return bill.sent(then) if then.blocks_of(bill.account) else bill
