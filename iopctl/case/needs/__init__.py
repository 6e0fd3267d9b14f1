"""What an invoice needs and its agreement does not give: one list, which everything asks.

The rules of `check` on invoicing are told from it, the listing counts by it, and the command
refuses by it. Whether a bill is due, done or of a known amount is another question: readiness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.needs.block import DatedBlock
from iopctl.case.needs.einvoice import of_einvoice
from iopctl.case.needs.need import Medium, Need
from iopctl.case.needs.note import of_note
from iopctl.case.needs.page import of_page
from iopctl.case.needs.text import of_text
from iopctl.config import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.config import Config


def needs(case: Case, asked: Block | Bill) -> tuple[Need, ...]:
    """Return all that a bill, or the invoices of a block, needs and lacks, whoever excuses it.

    A block's parties are those of its last terms, a bill's those of its own. What is paid out
    without an invoice needs nothing.
    """
    found = DatedBlock.of(asked)
    return () if found.own.method == "payout" else tuple(_needs(found, case.config))


def stopping(case: Case, bill: Bill, medium: Medium) -> tuple[Need, ...]:
    """Return what stops *bill* from being invoiced through *medium*."""
    return tuple(each for each in needs(case, bill) if each.stops(case, medium))


def electronic(bill: Bill) -> bool:
    """Whether an e-invoice of *bill* breaks no rule, as far as its agreement can tell."""
    found = _needs(DatedBlock.of(bill), DEFAULT)
    return not any(Medium.PEPPOL in (each.medium, each.strict) for each in found)


def _needs(asked: DatedBlock, config: Config) -> Iterator[Need]:
    yield from of_text(asked, config)
    yield from of_note(asked)
    yield from of_page(asked)
    yield from of_einvoice(asked)
