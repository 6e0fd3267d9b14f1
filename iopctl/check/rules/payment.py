"""What may be missing for an invoice to be paid, or to be sent as an e-invoice: series 41x."""

from __future__ import annotations

from iopctl.case.needs import need
from iopctl.check.diagnostics import Severity
from iopctl.check.rules.rule import derived

account_missing = derived(
    need.ACCOUNT,
    Severity.NOTE,
    "{seller} has no account to be paid to",
    "ask for it, and write bankgiro, plusgiro or iban of the party",
    """The seller has no account to be paid to.

    Agreements seldom state it, and an e-invoice can't do without: ask the seller for its
    bankgiro, plusgiro or IBAN.

    Source: Peppol BIS Billing 3.0, PaymentMeans (BG-16).

    Bad:

        # with invoicing
          seller: foreningen  # expect: IOP410

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, bankgiro: 991-2346}
        # with invoicing
    """,
)

peppol_id_missing = derived(
    need.PEPPOL_ID,
    Severity.WARNING,
    "an e-invoice is required, and {buyer} has {found}",
    "ask the buyer for it, and write peppol_id of the party",
    """An e-invoice is required, and the buyer has no Peppol-ID to send it to.

    It is often 0007 and the organisation number, but not always: do not guess. Ask the buyer,
    or look for it in Peppol's directory.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R010.

    Bad:

        # with invoicing  # expect: IOP411
          e_invoice: required

    Good:

        # with invoicing
          e_invoice: required
          peppol_id: 0007:2120000449
    """,
)

payment_days_missing = derived(
    need.PAYMENT_DAYS,
    Severity.NOTE,
    "when an invoice is to be paid is not stated",
    "write payment_days, usually 30",
    """Nobody has said when an invoice is to be paid.

    An e-invoice states its due date. Thirty days is usual, and the law's term where nothing is
    agreed; write what the parties agree on as `payment_days`.

    Source: räntelagen (1975:635), 4 §; Peppol BIS Billing 3.0, DueDate (BT-9).

    Bad:

        # with invoicing  # expect: IOP412

    Good:

        # with invoicing
          payment_days: 30
    """,
)

vat_incomplete = derived(
    need.VAT,
    Severity.WARNING,
    "the VAT category {category} needs {lacking}",
    "add it, or ask the parties which category holds",
    """The VAT category lacks what an invoice of that category must state.

    S needs the percent, the seller's VAT number and address, and has no reason for no VAT; E the
    reason and the VAT number, or F-tax. O, the default, is for money outside VAT and has no
    percent. Which one it is, is a question for the parties and Skatteverket, not for this tool.

    Source: mervärdesskattelagen (2023:200), 17 kap. 24 §; EN 16931, rules BR-S-02, BR-S-10,
    BR-E-02, BR-E-10 and BR-O-05.

    Bad:

        # with invoicing
          vat: S  # expect: IOP413

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen:
            role: civil
            name: Föreningen Exemplet
            vat_number: SE899900012101
            address: {lines: [Storgatan 1], postal_code: 581 81, city: EXEMPEL}
        # with invoicing
          vat: S
          vat_percent: 25
    """,
)

vat_reason_unused = derived(
    need.VAT_REASON,
    Severity.WARNING,
    "the invoice does not say '{reason}': what is outside VAT says '{said}'",
    "take vat_reason out, or write vat: E if it is exempt for that reason",
    """A reason for no VAT is given, and what is outside VAT does not state it.

    Without `vat`, or with O, the money is outside VAT, and the invoice says so in fixed words.
    A reason such as social care belongs to E, exempt. Ask the parties which of the two holds.

    Source: EN 16931, BT-120 and rule BR-O-10.

    Bad:

        # with invoicing
          vat_reason: Social omsorg  # expect: IOP418

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, f_tax: true}
        # with invoicing
          vat: E
          vat_reason: Social omsorg
    """,
)

RULES = (
    account_missing,
    peppol_id_missing,
    payment_days_missing,
    vat_incomplete,
    vat_reason_unused,
)
