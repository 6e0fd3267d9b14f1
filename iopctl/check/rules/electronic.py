"""What an e-invoice can't be written without, or with, beside its codes and sums: series 41x."""

from __future__ import annotations

from iopctl.case.needs import need
from iopctl.check.diagnostics import Severity
from iopctl.check.rules.rule import derived

party_unnamed = derived(
    need.UNNAMED,
    Severity.WARNING,
    "the {role} is {party}, and an invoice is from one and to one",
    "name the one that invoices, or pays, under parties",
    """A party that is to invoice, or to pay, has no name.

    Where several organisations are one party in the agreement, with a count, nobody can send an
    invoice in their name. Give the one that does a party of its own.

    Source: EN 16931, rules BR-06 and BR-07.

    Bad:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, count: 2}
        # with invoicing
          seller: foreningen  # expect: IOP414

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
        # with invoicing
    """,
)

org_number_missing = derived(
    need.NUMBER,
    Severity.NOTE,
    "{party} has no organisation number",
    "ask for it, and write org_number of the party",
    """An invoice states the seller's organisation number, and it is missing.

    An e-invoice states the buyer's as well: that is told where the agreement requires one.
    A sole trader's number is its own personal number, which does not belong in the file.

    Source: EN 16931, rule BR-CO-26; Peppol BIS Billing 3.0, BT-30 and BT-47.

    Bad:

        # with invoicing
          seller: foreningen  # expect: IOP415
          buyer: kommunen  # expect: IOP415
          e_invoice: required
          peppol_id: 0007:2120000449

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun, org_number: 212000-0449}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
        # with invoicing
          e_invoice: required
          peppol_id: 0007:2120000449
    """,
)

country_unknown = derived(
    need.COUNTRY,
    Severity.WARNING,
    "'{country}' is no country's code",
    "write {wanted}",
    """An address has a country that is none of the codes that e-invoices have.

    They are those of ISO 3166-1, two capital letters, with XI for Northern Ireland and 1A for
    Kosovo: GB and not UK, GR and not EL. Every access point refuses an e-invoice with another.

    Source: EN 16931, rule BR-CL-14.

    Bad:

        # with invoicing
          recipient: {lines: [Box 1], postal_code: N1, city: LONDON, country: UK}  # expect: IOP416

    Good:

        # with invoicing
          recipient: {lines: [Box 1], postal_code: N1, city: LONDON, country: GB}
    """,
)

seller_abroad = derived(
    need.ABROAD,
    Severity.WARNING,
    "{what} ({rule})",
    "let the seller send its e-invoices from a system of its own country",
    """The seller is abroad, and the rules of its country ask for what an agreement does not have.

    Peppol has rules for sellers in Denmark, Germany, Greece, Iceland, Italy, the Netherlands and
    Norway: a number of their own registers, a whole address, no Swedish F-skatt. The text, the
    page and the PDF can be made all the same; the e-invoice can't.

    Source: Peppol BIS Billing 3.0, national rules DK, DE, GR, IS, IT, NL and NO.

    Bad:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen:
            role: civil
            name: Foreningen Eksemplet
            address: {city: KØBENHAVN, country: DK}  # expect: IOP417
        # with invoicing

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen:
            role: civil
            name: Exempelföreningen
            address: {city: MARIEHAMN, country: AX}
        # with invoicing
    """,
)

RULES = (party_unnamed, org_number_missing, country_unknown, seller_abroad)
