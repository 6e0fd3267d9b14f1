"""What may be missing in what an invoice is to say: series 40x."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model.parties import Address

_POSTAL_CODE: Final = re.compile(r"[0-9]{3} ?[0-9]{2}", re.ASCII)


def _missing(case: Case, field: str, message: str, remedy: str) -> Iterator[Finding]:
    """Yield a finding for each block that lacks *field*."""
    for block in case.blocks:
        if not getattr(block.invoicing, field):
            yield Finding(block.path(field), message, remedy=remedy)


@rule("IOP401", "reference-missing", Severity.WARNING)
def reference_missing(case: Case) -> Iterator[Finding]:
    """The buyer's reference (Referenskod) for the invoice is missing.

    The buyer routes invoices by it: one without comes back or waits. Peppol requires it, or an
    order number. Ask the buyer, and write it as `reference`, or as `order_reference`.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R003.

    Bad:

        invoicing:  # expect: IOP401
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          label: IOP Exemplet
          interval: yearly

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    for block in case.blocks:
        if not block.invoicing.reference and not block.invoicing.order_reference:
            yield Finding(
                block.path("reference"),
                "the invoice has no reference for the buyer",
                remedy="ask the buyer for its Referenskod and write it as reference",
            )


@rule("IOP402", "marking-missing", Severity.NOTE)
def marking_missing(case: Case) -> Iterator[Finding]:
    """The agreement asks for no marking (Märkning) of the invoice.

    Many buyers book by it: account, activity, project. Where the agreement
    has none, nothing is wrong; ask the buyer once whether it wants one.

    Source: practice; the marking goes to the invoice's AccountingCost (BT-19) and note.

    Bad:

        invoicing:  # expect: IOP402
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          marking: "ID 150010, AKTIVITET: 450211"
          label: IOP Exemplet
          interval: yearly
    """
    yield from _missing(
        case,
        "marking",
        "the invoice has no marking",
        "ask the buyer once whether it wants one (Märkning), and write it as marking",
    )


@rule("IOP403", "label-missing", Severity.WARNING)
def label_missing(case: Case) -> Iterator[Finding]:
    """The text that an invoice must state (Ange) is missing.

    With the period after it, it tells which partnership an invoice is for. Where a buyer gives
    all its agreements one reference and one marking, nothing else does.

    Source: the agreement's section on invoicing.

    Bad:

        invoicing:  # expect: IOP403
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          interval: yearly

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    yield from _missing(
        case,
        "label",
        "the invoice says nothing of which agreement it is for",
        "write what the agreement wants stated (Ange) as label",
    )


@rule("IOP404", "recipient-missing", Severity.WARNING)
def recipient_missing(case: Case) -> Iterator[Finding]:
    """There is no address to send the invoice to.

    Neither the invoicing nor the buyer has one. Write the lines under the
    buyer's name, the postal code and the city.

    Source: the agreement's section on invoicing.

    Bad:

        invoicing:  # expect: IOP404
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          label: IOP Exemplet
          interval: yearly

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    for block in case.blocks:
        if not block.invoicing.recipient and not block.buyer.address:
            yield Finding(
                block.path("recipient"),
                "the invoice has no address",
                remedy="write it as recipient: {lines: [...], postal_code: ..., city: ...}",
            )


@rule("IOP405", "address-incomplete", Severity.WARNING)
def address_incomplete(case: Case) -> Iterator[Finding]:
    """The address of the invoice lacks its city or its postal code, or part of that.

    A Swedish postal code is five digits. Compare it with the agreement. The buyer's name stands
    above the lines by itself.

    Source: the agreement's section on invoicing.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], city: EXEMPEL}  # expect: IOP405
          reference: 150Z
          label: IOP Exemplet
          interval: yearly

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    for block in case.blocks:
        recipient, address = block.invoicing.recipient, block.buyer.address
        path = block.terms[-1].path("parties", block.invoicing.buyer, "address")
        if lacking := _lacking(recipient or address):
            yield Finding(
                block.path("recipient") if recipient else path,
                "the invoice's address has no {lacking}",
                remedy="compare it with the agreement",
                lacking=" and no ".join(lacking),
            )


def _lacking(address: Address | None) -> list[str]:
    if address is None:
        return []
    code = address.postal_code or ""
    is_whole = address.country != "SE" or _POSTAL_CODE.fullmatch(code)
    wanted = "postal_code of five digits" if code else "postal_code"
    return [wanted] * (not code or not is_whole) + ["city"] * (not address.city)


@rule("IOP406", "interval-not-stated", Severity.WARNING)
def interval_not_stated(case: Case) -> Iterator[Finding]:
    """Nobody has said how often to invoice.

    Once a year is assumed, and shown as assumed. Ask the parties, and write `interval`, or the
    agreement's `instalments`.

    Source: the agreement's section on invoicing.

    Bad:

        invoicing:  # expect: IOP406
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: half_yearly
    """
    for block in case.blocks:
        if not block.invoicing.interval and not block.invoicing.instalments:
            yield Finding(
                block.path("interval"),
                "how often to invoice is not stated: yearly is assumed",
                remedy="ask the parties, and write interval",
            )


RULES = (
    reference_missing,
    marking_missing,
    label_missing,
    recipient_missing,
    address_incomplete,
    interval_not_stated,
)
