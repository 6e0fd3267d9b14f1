"""What an editor shows in a text of its own beside an agreement: its budget, and its invoices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.case.needs.need import Medium
from iopctl.case.readiness import Item, readiness
from iopctl.dates import Period
from iopctl.invoices import pages
from iopctl.invoices.invoice import invoice
from iopctl.listings import budget as listing
from iopctl.listings import invoices as invoice_listing
from iopctl.listings import notes, trail
from iopctl.output import text

if TYPE_CHECKING:
    from iopctl.case.case import Case


def budget(case: Case) -> str:
    """Return the budget row by row, with its notes, and how each figure came about."""
    rows = listing.table([case], case.as_of, by="row", options=True)
    told = tuple(notes.of_budget([case], rows, options=True))
    steps = trail.table([case], case.as_of, options=True, notes=told)
    return f"{text.render(rows)}\n{text.render(steps)}"


def invoices(case: Case) -> str:
    """Return what is to be invoiced, and the marking text of each invoice that is ready."""
    found = [Item(case, readiness(case, each, Medium.TEXT)) for each in case.bills if each.is_open]
    ever = Period.of(date.min, date.max)
    matters = invoice_listing.Matters(found, [(case, e) for e in case.differences if e.is_credit])
    table = invoice_listing.table([case], matters, ever, case.as_of, case.agreement.id)
    ready = [each for each in found if each.readiness.state == "ready"]
    written = [pages.text(invoice(case.agreement, each.bill), ()) for each in ready]
    return "\n".join([text.render(table), *written])
