"""The blocks of invoicing on an agreement's page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from iopctl.case.needs.text import unstated
from iopctl.language import tr
from iopctl.listings.facts import facts, label, told
from iopctl.listings.page.pieces import LabelledCells, field_table, names_of, span
from iopctl.model.invoicing import Invoicing
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.model.parties import Address
    from iopctl.tables import Table


def invoicing_tables(case: Case) -> Iterator[Table]:
    """Yield a table for each block, with the days that it rules where they are not all."""
    for number, block in enumerate(case.blocks, 1):
        days = "" if len(case.blocks) == 1 else span(*_ruled(case, block))
        title = tr("Payout") if block.invoicing.method == "payout" else tr("Invoicing")
        yield field_table(
            f"invoicing-{number}", f"{title}, {days}" if days else title, _invoicing(block)
        )


def _ruled(case: Case, block: Block) -> tuple[date | None, date | None]:
    """Return the first and the last day of a block, as far as they are the block's own."""
    first = None if block.first in {date.min, case.reach.start} else block.first
    last = None if block.last in {date.max, case.reach.end} else block.last
    return first, last


_BUYERS: Final = ("peppol_id", "gln")


def _invoicing(block: Block) -> LabelledCells:
    """Yield how money is asked for; what is paid out is no invoice from one to another."""
    invoicing, terms = block.invoicing, block.terms[0]
    paid_out = invoicing.method == "payout"
    named = {"seller": tr("to"), "buyer": tr("from")} if paid_out else {}
    told_below = ("recipient", "interval", "instalments", *_BUYERS)
    for each in facts(invoicing, names_of(terms), told_below):
        yield named.get(each.name, each.label), each.value
        if each.name == "buyer":
            yield label(Invoicing, "recipient"), _address(invoicing.recipient)
    how_often = tr("how often") if paid_out else label(Invoicing, "interval")
    if not invoicing.instalments:
        _, assumed = unstated(block.terms[-1])
        not_stated = tr("not stated ({assumed})", assumed=assumed)
        yield how_often, _interval(invoicing) or not_stated
    elif invoicing.interval:
        yield how_often, _interval(invoicing)
    for part in invoicing.instalments:
        yield (
            tr("instalment"),
            tr(
                "{day}: {amount} kr for {period}",
                day=part.date.text,
                amount=kronor(part.amount),
                period=part.period.text,
            ),
        )
    for name in _BUYERS:  # where invoices go: what is paid out goes nowhere of the buyer's
        buyers = None if paid_out else getattr(block.buyer, name)
        yield label(Invoicing, name), getattr(invoicing, name) or buyers


def _interval(invoicing: Invoicing) -> str:
    interval = invoicing.interval
    return told(interval, "choice", {}, (Invoicing, "interval")) if interval else ""


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    place = " ".join(part for part in (address.postal_code, address.city) if part)
    abroad = [address.country] if "country" in address.model_fields_set else []
    return ", ".join([*address.lines, *([place] if place else []), *abroad])
