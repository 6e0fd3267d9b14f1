"""What may be wrong in what an invoice says: series 40x, too."""

from __future__ import annotations

from iopctl.case.needs import need
from iopctl.check.diagnostics import Severity
from iopctl.check.rules.rule import derived

reference_off_pattern = derived(
    need.PATTERN,
    Severity.ERROR,
    "the reference {reference} is none of {buyer}'s: its have the form {pattern}",
    "ask the buyer for a reference{example}",
    """The reference is not of the form that the buyer's references have.

    An invoice with it would come back. The forms differ from buyer to buyer, and stand in
    iopctl.toml by the buyer's organisation number or name. Ask the buyer which of the two is
    wrong.

    Source: [buyers] in iopctl.toml, from what the buyer has published.

    Bad:

        # in iopctl.toml: buyers."Exempels kommun" = {reference = "[0-9]{3}Z"}
        # with invoicing
          reference: 15OZ  # expect: IOP407

    Good:

        # in iopctl.toml: buyers."Exempels kommun" = {reference = "[0-9]{3}Z"}
        # with invoicing
    """,
)

note_too_long = derived(
    need.NOTE_LENGTH,
    Severity.WARNING,
    "the invoice's note is {length} characters, more than {longest}",
    "ask the buyer for a shorter label or marking",
    """All marking of the invoice is too long for its single note.

    An e-invoice has one note, so Referenskod, Märkning, label and period are joined in it. The
    format has no limit, but systems that receive it do: what is longer than 350 characters may
    be cut, and the period stands last. Ask the buyer for a shorter marking or label.

    Source: Peppol BIS Billing 3.0, rule PEPPOL-EN16931-R002; UN/EDIFACT's free text of 5 × 70.

    Bad:

        # with invoicing
          label: >-  # expect: IOP408
            Överenskommelse om idéburet offentligt partnerskap för att stärka hälsa, egenvård och
            självtillit, som ett försteg till arbetsträning, arbete eller studier för vuxna som är
            nya i kommunen eller har stått länge utan arbete, med möjlighet att delta i café,
            restaurang, butik, lager och fastighetsskötsel, enligt parternas gemensamma plan

    Good:

        # with invoicing
    """,
)

note_character = derived(
    need.CHARACTER,
    Severity.WARNING,
    "the {field} has the character {character}, which may be lost on the way",
    "write it without",
    """A code or label has a character that does not survive the way of an invoice.

    A line break is lost where the note is shown on one line; a note that begins with # is read
    as a code for its subject; characters beyond U+FFFF, such as emoji, are dropped by older
    systems. Write the text without. Where three characters stand between the first two # of the
    note, the rules of e-invoices take them for such a code, and no e-invoice is written.

    Source: EN 16931's binding to UBL, BT-21, BT-22 and BR-CL-08.

    Bad:

        # with invoicing
          label: "IOP Exemplet 🌻"  # expect: IOP409

    Good:

        # with invoicing
    """,
)

RULES = (reference_off_pattern, note_too_long, note_character)
