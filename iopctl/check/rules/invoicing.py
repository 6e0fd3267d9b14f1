"""What may be missing in what an invoice is to say: series 40x."""

from __future__ import annotations

from iopctl.case.needs import need
from iopctl.check.diagnostics import Severity
from iopctl.check.rules.rule import derived

reference_missing = derived(
    need.REFERENCE,
    Severity.WARNING,
    "the invoice has no reference for the buyer",
    "ask the buyer for its Referenskod and write it as reference",
    """The buyer's reference (Referenskod) for the invoice is missing.

    The buyer routes invoices by it: one without comes back or waits. Peppol requires it, or an
    order number. Ask the buyer, and write it as `reference`, or as `order_reference`.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R003.

    Bad:

        # with invoicing without reference  # expect: IOP401

    Good:

        # with invoicing
    """,
)

marking_missing = derived(
    need.MARKING,
    Severity.NOTE,
    "the invoice has no marking",
    "ask the buyer once whether it wants one (Märkning), and write it as marking",
    """The agreement asks for no marking (Märkning) of the invoice.

    Many buyers book by it: account, activity, project. Where the agreement
    has none, nothing is wrong; ask the buyer once whether it wants one.

    Source: practice; the marking goes to the invoice's AccountingCost (BT-19) and note.

    Bad:

        # with invoicing  # expect: IOP402

    Good:

        # with invoicing
          marking: "ID 150010, AKTIVITET: 450211"
    """,
)

label_missing = derived(
    need.LABEL,
    Severity.WARNING,
    "the invoice says nothing of which agreement it is for",
    "write what the agreement wants stated (Ange) as label",
    """The text that an invoice must state (Ange) is missing.

    With the period after it, it tells which partnership an invoice is for. Where a buyer gives
    all its agreements one reference and one marking, nothing else does.

    Source: the agreement's section on invoicing.

    Bad:

        # with invoicing without label  # expect: IOP403

    Good:

        # with invoicing
    """,
)

recipient_missing = derived(
    need.RECIPIENT,
    Severity.WARNING,
    "the invoice has no address",
    "write it as recipient: {{lines: [...], postal_code: ..., city: ...}}",
    """There is no address to send the invoice to.

    Neither the invoicing nor the buyer has one. Write the lines under the
    buyer's name, the postal code and the city.

    Source: the agreement's section on invoicing.

    Bad:

        # with invoicing without recipient  # expect: IOP404

    Good:

        # with invoicing
    """,
)

address_incomplete = derived(
    need.ADDRESS,
    Severity.WARNING,
    "the invoice's address has no {lacking}",
    "compare it with the agreement",
    """The address of the invoice lacks its city or its postal code, or part of that.

    A Swedish postal code is five digits. Compare it with the agreement. The buyer's name stands
    above the lines by itself.

    Source: the agreement's section on invoicing.

    Bad:

        # with invoicing
          recipient: {lines: [Skanningcentralen], city: EXEMPEL}  # expect: IOP405

    Good:

        # with invoicing
    """,
)

interval_not_stated = derived(
    need.INTERVAL,
    Severity.WARNING,
    "how often to invoice is not stated: {assumed}",
    "ask the parties, and write {key}",
    """Nobody has said how often to invoice.

    Once a year is assumed, and shown as assumed; for a total that no year divides, once for the
    whole time. Ask the parties, and write `interval`, or the agreement's `instalments`.

    Source: the agreement's section on invoicing.

    Bad:

        # with invoicing without interval  # expect: IOP406

    Good:

        # with invoicing
          interval: half_yearly
    """,
)

RULES = (
    reference_missing,
    marking_missing,
    label_missing,
    recipient_missing,
    address_incomplete,
    interval_not_stated,
)
