"""What a whole invoice needs, as it is printed: where to pay, when, and what the law asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case import vat
from iopctl.case.needs.need import (
    ACCOUNT,
    BIS,
    PAYMENT_DAYS,
    VAT,
    VAT_REASON,
    Medium,
    Need,
    organisation_number,
)
from iopctl.language import both, tr
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.needs.block import DatedBlock


def of_page(asked: DatedBlock) -> Iterator[Need]:
    """Yield what the page lacks."""
    yield from _payment(asked)
    yield from _vat(asked)


def _payment(asked: DatedBlock) -> Iterator[Need]:
    seller = asked.seller
    if not seller.org_number:
        yield organisation_number(asked, "seller")
    if not (seller.bankgiro or seller.plusgiro or seller.iban):
        yield Need(
            ACCOUNT,
            asked.path("seller"),
            dotted(asked.of_party(asked.own.seller, "bankgiro")),
            tr("or plusgiro, or iban: where to pay"),
            f"{BIS}, {both(('BR-50', 'BR-61'))}",
            Medium.PAGE,
            Medium.PEPPOL,
            values={"seller": seller.called},
        )
    if asked.own.payment_days is None:
        yield Need(
            PAYMENT_DAYS,
            asked.path("payment_days"),
            asked.field("payment_days"),
            tr("days to pay, usually 30"),
            f"räntelagen (1975:635), 4 §; {BIS}, BT-9",
            Medium.PAGE,
            Medium.PEPPOL,
        )


def _vat(asked: DatedBlock) -> Iterator[Need]:
    """Yield what the VAT category lacks: what the law asks of a taxed invoice is never left out."""
    own = asked.own
    category = vat.category(own)
    medium = Medium.TEXT if category == "S" else Medium.PAGE
    for each in vat.lacking(own, asked.seller):
        of_seller = dotted(asked.of_party(own.seller, each.field))
        yield Need(
            VAT,
            asked.path("vat"),
            of_seller if each.of == "seller" else asked.field(each.field),
            tr(
                "{category} needs {what}: {source}",
                category=category,
                what=tr(each.what),
                source=each.source,
            ),
            each.source,
            medium,
            medium,
            values={"category": category, "lacking": tr(each.what)},
        )
    if own.vat_reason and category == "O":
        yield Need(
            VAT_REASON,
            asked.path("vat_reason"),
            asked.field("vat_reason"),
            tr("not stated: the invoice says '{reason}'", reason=vat.OUTSIDE),
            "EN 16931, BT-120",
            values={"reason": own.vat_reason, "said": vat.OUTSIDE},
        )
