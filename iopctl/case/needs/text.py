"""What the text of an invoice needs: what the buyer asks to be written, and whom it is to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case import vat
from iopctl.case.needs.need import (
    ADDRESS,
    BIS,
    INTERVAL,
    LABEL,
    MARKING,
    PATTERN,
    RECIPIENT,
    REFERENCE,
    UNNAMED,
    Medium,
    Need,
)
from iopctl.language import both, tr
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.needs.block import DatedBlock
    from iopctl.config import Buyer, Config
    from iopctl.model import Party, Terms


def of_text(asked: DatedBlock, config: Config) -> Iterator[Need]:
    """Yield what the lines lack that every invoice has, on paper or not."""
    yield from _codes(asked)
    yield from _recipient(asked)
    yield from _names(asked)
    yield from _pattern(asked, config)


def _codes(asked: DatedBlock) -> Iterator[Need]:
    own, practice = asked.own, tr("the agreement's section on invoicing")
    if not (own.reference or own.order_reference):
        yield Need(
            REFERENCE,
            asked.path("reference"),
            asked.field("reference"),
            "Referenskod",
            f"{BIS}, PEPPOL-EN16931-R003",
            Medium.TEXT,
            Medium.PEPPOL,
        )
    if not own.marking:
        what = tr("Märkning: ask the buyer once whether it wants one")
        yield Need(MARKING, asked.path("marking"), asked.field("marking"), what, practice)
    if not own.label:
        yield Need(LABEL, asked.path("label"), asked.field("label"), "Ange", practice, Medium.TEXT)
    if not own.interval and not own.instalments:
        key, what = unstated(asked.terms)
        values = {"assumed": what, "key": key}
        yield Need(INTERVAL, asked.path(key), asked.field(key), what, practice, values=values)


def unstated(terms: Terms) -> tuple[str, str]:
    """Return the key that would say how often money is asked for, and what is assumed."""
    key = "instalments" if _is_undivided(terms) else "interval"
    return key, tr("yearly is assumed" if key == "interval" else "once is assumed")


def _is_undivided(terms: Terms) -> bool:
    """Whether all money of the public side is in totals that no year divides."""
    rows = (
        row
        for number, row in enumerate(terms.economy.contributions)
        if terms.side(number) == "public" and terms.form(number) == "cash"
    )
    divided = (row.total is None or bool(row.spread) for row in rows)
    return next(divided, True) is False and not any(divided)  # the first most often is


def _recipient(asked: DatedBlock) -> Iterator[Need]:
    """Yield what the buyer's address lacks: where there is VAT, the law asks for it."""
    is_taxed = vat.category(asked.own) == "S"
    source = "ML 17 kap. 24 §" if is_taxed else tr("the agreement's section on invoicing")
    strict = Medium.TEXT if is_taxed else None
    path, field = asked.path("recipient"), asked.field("recipient")
    if not asked.address:
        what = tr("the address of the invoice")
        yield Need(RECIPIENT, path, field, what, source, Medium.TEXT, strict)
        return
    if not asked.own.recipient:
        path = asked.of_party(asked.own.buyer, "address")
        field = dotted(path)
    if lacking := asked.address.lacking:
        what = tr("its {fields}", fields=both(lacking))
        values = {"lacking": tr(" and no ").join(lacking)}
        yield Need(ADDRESS, path, field, what, source, Medium.TEXT, strict, values=values)


def _names(asked: DatedBlock) -> Iterator[Need]:
    for role in ("seller", "buyer"):
        handle = getattr(asked.own, role)
        party = asked.terms.parties[handle]
        if not party.name:
            yield Need(
                UNNAMED,
                asked.path(role),
                dotted(asked.of_party(handle, "name")),
                tr("a party that invoices is one, by name"),
                f"{BIS}, {both(('BR-06', 'BR-07'))}",
                Medium.TEXT,
                Medium.TEXT,
                values={"party": party.called, "role": tr(role)},
            )


def _pattern(asked: DatedBlock, config: Config) -> Iterator[Need]:
    form, reference = references(asked.buyer, config), asked.own.reference
    if not form or not reference or form.accepts(reference):
        return
    told = tr(
        "the reference {reference} is not of the buyer's form, such as {example}"
        if form.example
        else "the reference {reference} is not of the buyer's form",
        reference=reference,
        example=form.example,
    )
    yield Need(
        PATTERN,
        asked.path("reference"),
        asked.field("reference"),
        told,
        tr("[buyers] in iopctl.toml"),
        Medium.TEXT,
        values={
            "reference": reference,
            "buyer": asked.buyer.called,
            "pattern": form.reference,
            "example": tr(" such as {example}", example=form.example) if form.example else "",
        },
    )


def references(buyer: Party, config: Config) -> Buyer | None:
    """Return what the configuration says of a buyer's references, by its number or its name."""
    return config.buyers.get(buyer.org_number or "") or config.buyers.get(buyer.name or "")
