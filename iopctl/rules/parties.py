"""What may be wrong with the parties and their identifiers: series 1xx."""

from __future__ import annotations

from iopctl.rules.rule import told

RULES = (
    told(
        "IOP101",
        "party-unknown",
        """A handle is named that no party of the agreement has.

        Rows, invoices and volumes name a party by the handle that it has under `parties`.
        Write one of those, or add the party there.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: forening, amount: 450000}  # expect: IOP101

        Good:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, amount: 450000}
        """,
    ),
    told(
        "IOP102",
        "check-digit-wrong",
        """The last digit of a number does not fit the others.

        Organisation numbers, GLN, Peppol-IDs, giro numbers, IBAN and VAT numbers end (an IBAN
        begins) with digits that are computed from the rest: one of the digits is wrong, or two
        have changed places. An invoice with it would not arrive. Compare it with the source.

        Source: the issuers' check digits: Luhn, GS1's modulus 10, ISO 13616.

        Bad:

            parties:
              kommunen:
                role: public
                name: Exempels kommun
                org_number: 212000-0494  # expect: IOP102
              foreningen: {role: civil, name: Föreningen Exemplet}

        Good:

            parties:
              kommunen:
                role: public
                name: Exempels kommun
                org_number: 212000-0449
              foreningen: {role: civil, name: Föreningen Exemplet}
        """,
    ),
    told(
        "IOP103",
        "personal-number",
        """A personal identity number stands where an organisation's belongs.

        It is personal data that an agreement has no need of, and the message does not repeat
        it. Take it out of the file and of git's history, too, which keeps what was ever there.
        A sole trader's number is the person's own: leave it out.

        Source: lag (1974:174) om identitetsbeteckning för juridiska personer, 1 §: the third
        digit of an organisation number is 2 at least.

        Bad:

            parties:
              kommunen: {role: public, name: Exempels kommun}
              foreningen:
                role: civil
                name: Föreningen Exemplet
                org_number: 550101-0018  # expect: IOP103

        Good:

            parties:
              kommunen: {role: public, name: Exempels kommun}
              foreningen:
                role: civil
                name: Föreningen Exemplet
                org_number: 822001-3331
        """,
    ),
)
