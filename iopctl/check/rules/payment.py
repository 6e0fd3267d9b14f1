"""What may be missing for an invoice to be paid, or to be sent as an e-invoice: series 41x."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.case import vat
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case

_NO_ADDRESS: Final = {True: "a GLN and no Peppol-ID", False: "neither Peppol-ID nor GLN"}


@rule("IOP410", "account-missing", Severity.NOTE)
def account_missing(case: Case) -> Iterator[Finding]:
    """The seller has no account to be paid to.

    Agreements seldom state it, and an e-invoice can't do without: ask the seller for its
    bankgiro, plusgiro or IBAN.

    Source: Peppol BIS Billing 3.0, PaymentMeans (BG-16).

    Bad:

        invoicing:
          seller: foreningen  # expect: IOP410
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, bankgiro: 991-2346}
        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    for block in case.blocks:
        seller = block.seller
        if not (seller.bankgiro or seller.plusgiro or seller.iban):
            yield Finding(
                block.path("seller"),
                "{seller} has no account to be paid to",
                remedy="ask for it, and write bankgiro, plusgiro or iban of the party",
                seller=seller.called,
            )


@rule("IOP411", "peppol-id-missing", Severity.WARNING)
def peppol_id_missing(case: Case) -> Iterator[Finding]:
    """An e-invoice is required, and the buyer has no Peppol-ID to send it to.

    It is often 0007 and the organisation number, but not always: do not guess. Ask the buyer,
    or look for it in Peppol's directory.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R010.

    Bad:

        invoicing:  # expect: IOP411
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
          e_invoice: required

    Good:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
          e_invoice: required
          peppol_id: 0007:2120000449
    """
    for block in case.blocks:
        required = block.invoicing.e_invoice == "required"
        if required and not (block.invoicing.peppol_id or block.buyer.peppol_id):
            gln = block.invoicing.gln or block.buyer.gln
            yield Finding(
                block.path("peppol_id"),
                "an e-invoice is required, and {buyer} has " + _NO_ADDRESS[bool(gln)],
                remedy="ask the buyer for it, and write peppol_id of the party",
                buyer=block.buyer.called,
            )


@rule("IOP412", "payment-days-missing", Severity.NOTE)
def payment_days_missing(case: Case) -> Iterator[Finding]:
    """Nobody has said when an invoice is to be paid.

    An e-invoice states its due date. Thirty days is usual, and the law's term where nothing is
    agreed; write what the parties agree on as `payment_days`.

    Source: räntelagen (1975:635), 4 §; Peppol BIS Billing 3.0, DueDate (BT-9).

    Bad:

        invoicing:  # expect: IOP412
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
          label: IOP Exemplet
          interval: yearly
          payment_days: 30
    """
    for block in case.blocks:
        if block.invoicing.payment_days is None:
            yield Finding(
                block.path("payment_days"),
                "when an invoice is to be paid is not stated",
                remedy="write payment_days, usually 30",
            )


@rule("IOP413", "vat-incomplete", Severity.WARNING)
def vat_incomplete(case: Case) -> Iterator[Finding]:
    """The VAT category lacks what an invoice of that category must state.

    S needs the percent and the seller's VAT number; E the reason and the VAT number, or F-tax.
    O, the default, is for money outside VAT and has no percent. Which one it is, is a question
    for the parties and Skatteverket, not for this tool.

    Source: EN 16931, rules BR-S-02, BR-E-02, BR-E-10 and BR-O-05.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
          vat: S  # expect: IOP413

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, vat_number: SE899900012101}
        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
          vat: S
          vat_percent: 25
    """
    for block in case.blocks:
        seller = block.seller
        if lacking := list(vat.lacking(block.invoicing, seller)):
            yield Finding(
                block.path("vat"),
                "the VAT category {category} needs {lacking}",
                remedy="add it, or ask the parties which category holds",
                category=vat.category(block.invoicing),
                lacking=" and ".join(lacking),
            )


RULES = (
    account_missing,
    peppol_id_missing,
    payment_days_missing,
    vat_incomplete,
)
