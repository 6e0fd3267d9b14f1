"""The invoices of a year as a listing: which are ready, done, or lack something, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.exceptions import excepted
from iopctl.case.needs import MARKING, Medium, needs
from iopctl.case.readiness import Item, readiness
from iopctl.tables import UNKNOWN, Amount, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.tables import Cell

_COLUMNS = (
    Column("agreement", "agreement"),
    Column("seller", "from"),
    Column("buyer", "to"),
    Column("period", "period", Kind.DATE),
    Column("due", "due", Kind.DATE),
    Column("amount", "amount", Kind.KRONOR),
    Column("state", "state", Kind.STATE),
    Column("e_invoice", "e-invoice", Kind.STATE),
    Column("number", "number"),
)
NOTHING = "nothing to invoice"


def table(given: Sequence[Case], found: Sequence[Item], as_of: date, title: str) -> Table:
    """Return a line for each bill, and for each agreement that asks for none.

    The state is that of the marking text, or of the format that was asked for; beside it stands
    that of an e-invoice. The notes name all that is missing, with the fields to fill in.
    """
    electronic = {
        id(each): Item(each.case, readiness(each.case, each.bill, Medium.PEPPOL)) for each in found
    }
    rows = [
        row
        for case in given
        for row in _rows(
            case, [(each, electronic[id(each)]) for each in found if each.case is case]
        )
    ]
    notes = (
        *_missing("not ready", found),
        *_missing("for an e-invoice", list(electronic.values())),
        *_unmarked(found),
        *_assumed(found),
    )
    return Table("invoices", title, as_of, _COLUMNS, tuple(rows), notes)


def _rows(case: Case, found: Sequence[tuple[Item, Item]]) -> Iterator[Row]:
    if not found:
        yield Row((case.agreement.id, "", "", None, None, None, NOTHING, "", ""))
    for item, electronic in found:
        yield Row((case.agreement.id, *_cells(item, electronic)))


def _cells(item: Item, electronic: Item) -> Iterator[Cell]:
    bill = item.bill
    yield bill.terms.parties[bill.seller].called
    yield bill.terms.parties[bill.buyer].called
    yield bill.period.text
    yield bill.due
    yield UNKNOWN if bill.amount is None else Amount(bill.amount)
    yield item.readiness.state
    yield "" if bill.invoiced or bill.settled else electronic.readiness.state
    yield bill.invoiced.number if bill.invoiced else ""


def _missing(told: str, found: Sequence[Item]) -> Iterator[str]:
    """Yield what is missing, once for the periods of an agreement that lack the same."""
    periods: dict[tuple[str, str], list[str]] = {}
    for each in found:
        if each.readiness.state == "not ready":
            lacking = "; ".join(each.readiness.reasons)
            periods.setdefault((each.case.agreement.id, lacking), []).append(each.bill.period.text)
    for (agreement, lacking), texts in periods.items():
        yield f"{agreement}, {told} ({', '.join(texts)}): {lacking}"


def _unmarked(found: Sequence[Item]) -> Iterator[str]:
    """Yield which agreements have invoices to come without a marking, unless they stand by it."""
    names = dict.fromkeys(
        each.case.agreement.id
        for each in found
        if each.readiness.state in {"ready", "not ready"}
        for need in needs(each.case, each.bill)
        if need.rule == MARKING and not excepted(each.case, need.rule, need.path)
    )
    if names:
        yield f"without marking (Märkning), which the buyer may want: {', '.join(names)}"


def _assumed(found: Sequence[Item]) -> Iterator[str]:
    by_agreement = {
        each.case.agreement.id: ", ".join(each.bill.assumed) for each in found if each.bill.assumed
    }
    if by_agreement:
        each_one = "; ".join(f"{name}: {fields}" for name, fields in by_agreement.items())
        yield f"not stated, and taken as yearly or once, in arrears: {each_one}"
