"""What may be missing or wrong in what an invoice is to say: series 40x."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.diagnostics import Finding, Severity
from iopctl.invoicing.claims import blocks
from iopctl.invoicing.marking import note
from iopctl.invoicing.readiness import references
from iopctl.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.economy.budget import Sheet
    from iopctl.rules.rule import Context

# UN/EDIFACT's free text (FTX) is five lines of seventy: systems older than Peppol keep that much.
LONGEST_NOTE: Final = 350
_ODD: Final = re.compile(r"[\n\r\t]|^#|[^\u0000-\uffff]")


def _missing(sheet: Sheet, field: str, message: str, remedy: str) -> Iterator[Finding]:
    """Yield a finding for each block that lacks *field*."""
    for block in blocks(sheet.standing):
        if not getattr(block.invoicing, field):
            yield Finding(block.path(field), message, remedy=remedy)


@rule("IOP401", "reference-missing", Severity.WARNING)
def reference_missing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for block in blocks(sheet.standing):
        if not block.invoicing.reference and not block.invoicing.order_reference:
            yield Finding(
                block.path("reference"),
                "the invoice has no reference for the buyer",
                remedy="ask the buyer for its Referenskod and write it as reference",
            )


@rule("IOP402", "marking-missing", Severity.NOTE)
def marking_missing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
        sheet,
        "marking",
        "the invoice has no marking",
        "ask the buyer once whether it wants one (Märkning), and write it as marking",
    )


@rule("IOP403", "label-missing", Severity.WARNING)
def label_missing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
        sheet,
        "label",
        "the invoice says nothing of which agreement it is for",
        "write what the agreement wants stated (Ange) as label",
    )


@rule("IOP404", "recipient-missing", Severity.WARNING)
def recipient_missing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for block in blocks(sheet.standing):
        if not block.invoicing.recipient and not block.buyer.address:
            yield Finding(
                block.path("recipient"),
                "the invoice has no address",
                remedy="write it as recipient: {lines: [...], postal_code: ..., city: ...}",
            )


@rule("IOP405", "address-incomplete", Severity.WARNING)
def address_incomplete(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """The address of the invoice lacks its postal code or its city.

    Compare it with the agreement. The buyer's name stands above the lines by itself.

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
    for block in blocks(sheet.standing):
        address = block.invoicing.recipient
        lacking = [
            each for each in ("postal_code", "city") if address and not getattr(address, each)
        ]
        if lacking:
            yield Finding(
                block.path("recipient"),
                "the invoice's address has no {lacking}",
                remedy="compare it with the agreement",
                lacking=" and no ".join(lacking),
            )


@rule("IOP406", "interval-not-stated", Severity.WARNING)
def interval_not_stated(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for block in blocks(sheet.standing):
        if not block.invoicing.interval and not block.invoicing.instalments:
            yield Finding(
                block.path("interval"),
                "how often to invoice is not stated: yearly is assumed",
                remedy="ask the parties, and write interval",
            )


@rule("IOP407", "reference-off-pattern", Severity.ERROR)
def reference_off_pattern(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """The reference is not of the form that the buyer's references have.

    An invoice with it would come back. The forms differ from buyer to buyer, and stand in
    iopctl.toml by the buyer's organisation number or name. Ask the buyer which of the two is
    wrong.

    Source: [buyers] in iopctl.toml, from what the buyer has published.

    Bad:

        # in iopctl.toml: buyers."Exempels kommun" = {reference = "[0-9]{3}Z"}
        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 15OZ  # expect: IOP407
          label: IOP Exemplet
          interval: yearly

    Good:

        # in iopctl.toml: buyers."Exempels kommun" = {reference = "[0-9]{3}Z"}
        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: IOP Exemplet
          interval: yearly
    """
    for block in blocks(sheet.standing):
        buyer = block.buyer
        asked = references(buyer, context.config)
        reference = block.invoicing.reference
        if asked and reference and not asked.reference.fullmatch(reference):
            example = f" such as {asked.example}" if asked.example else ""
            yield Finding(
                block.path("reference"),
                "the reference {reference} is none of {buyer}'s: its have the form {pattern}",
                remedy=f"ask the buyer for a reference{example}",
                reference=reference,
                buyer=buyer.called,
                pattern=asked.reference.pattern,
            )


@rule("IOP408", "note-too-long", Severity.WARNING)
def note_too_long(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """All marking of the invoice is too long for its single note.

    An e-invoice has one note, so Referenskod, Märkning, label and period are joined in it. The
    format has no limit, but systems that receive it do: what is longer than 350 characters may
    be cut, and the period stands last. Ask the buyer for a shorter marking or label.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R002; UN/EDIFACT's free text of 5 × 70.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: >-  # expect: IOP408
            Överenskommelse om idéburet offentligt partnerskap för att stärka hälsa, egenvård och
            självtillit, som ett försteg till arbetsträning, arbete eller studier för vuxna som är
            nya i kommunen eller har stått länge utan arbete, med möjlighet att delta i café,
            restaurang, butik, lager och fastighetsskötsel, enligt parternas gemensamma plan
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
    for block in blocks(sheet.standing):
        if block.decided is None:
            continue
        joined = note(block.invoicing, block.decided)
        if len(joined) > LONGEST_NOTE:
            yield Finding(
                block.path("label"),
                "the invoice's note is {length} characters, more than {longest}",
                remedy="ask the buyer for a shorter label or marking",
                length=len(joined),
                longest=LONGEST_NOTE,
            )


@rule("IOP409", "note-character", Severity.WARNING)
def note_character(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """A code or label has a character that does not survive the way of an invoice.

    A line break is lost where the note is shown on one line; a note that begins with # is read
    as a code for its subject; characters beyond U+FFFF, such as emoji, are dropped by older
    systems. Write the text without.

    Source: EN 16931's binding to UBL, BT-21 and BT-22.

    Bad:

        invoicing:
          seller: foreningen
          buyer: kommunen
          recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
          reference: 150Z
          label: "IOP Exemplet 🌻"  # expect: IOP409
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
    for block in blocks(sheet.standing):
        for field in ("reference", "marking", "label"):
            if odd := _ODD.search(getattr(block.invoicing, field) or ""):
                yield Finding(
                    block.path(field),
                    "the {field} has the character {character}, which may be lost on the way",
                    remedy="write it without",
                    field=field,
                    character=f"U+{ord(odd[0]):04X}",
                )


RULES = (
    reference_missing,
    marking_missing,
    label_missing,
    recipient_missing,
    address_incomplete,
    interval_not_stated,
    reference_off_pattern,
    note_too_long,
    note_character,
)
