"""What keeps a YAML file from being an agreement: the rest of series 0xx, told by its reading."""

from iopctl.check.rules.rule import told

RULES = (
    told(
        "IOP010",
        "key-unknown",
        """A key is none of the format's.

        A misspelt key would be passed over in silence, and what stands under it with it. The
        message names the key that is meant, where one is near. Keys that begin with `x-` are
        your own: they are kept and not judged.

        Source: the format of agreement files.

        Bad:

            titel: IOP Exemplet  # expect: IOP010
            ärende: KS 2024-17  # expect: IOP010

        Good:

            title: IOP Exemplet
            x-ärende: KS 2024-17
        """,
    ),
    told(
        "IOP011",
        "key-missing",
        """A key that belongs there is missing.

        Every agreement has an id, a title, parties and an economy; a row of the economy has a
        party, an event of the log a date. All else may be left out, and is then unknown.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {item: Lokaler, amount: 450000}  # expect: IOP011

        Good:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, item: Lokaler, amount: 450000}
        """,
    ),
    told(
        "IOP012",
        "wrong-shape",
        """A list, a mapping or a text stands where another of them is wanted.

        A list begins its lines with `- ` or stands in brackets, a mapping has keys. Where only
        one value is possible there is no list.

        Source: the format of agreement files.

        Bad:

            tags: Arbetsmarknad  # expect: IOP012

        Good:

            tags: [Arbetsmarknad]
        """,
    ),
    told(
        "IOP013",
        "choice-unknown",
        """A word is none of those that the key may have.

        What is computed depends on these words, so no other is taken for one of them. The
        message lists them.

        Source: the format of agreement files.

        Bad:

            kind: partnerskap  # expect: IOP013

        Good:

            kind: iop
        """,
    ),
    told(
        "IOP014",
        "text-empty",
        """A text is empty.

        It says neither that there is nothing nor that something is unknown. Write the text, or
        take the key out.

        Source: the format of agreement files.

        Bad:

            area: ""  # expect: IOP014

        Good:

            area: Arbetsmarknad
        """,
    ),
    told(
        "IOP015",
        "amount-spelling",
        """An amount is not written as `1710000` or `1710000.50`.

        `1.710` can be one krona and 71 öre, or seventeen hundred and ten kronor. So amounts
        have one spelling: digits, and two more after a point where there are öre. The message
        shows it where the meaning is clear, and `iopctl check --fix` writes it.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450 000 kr}  # expect: IOP015
                - {party: foreningen, amount: 450000}

        Good:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, amount: 450000}
        """,
    ),
    told(
        "IOP016",
        "number-spelling",
        """A number is not written as its key wants it, or lies outside its bounds.

        Percent stand without their sign and with a decimal point; numbers of meetings or years
        are whole.

        Source: the format of agreement files.

        Bad:

            economy:
              index: {percent: "2,5 %"}  # expect: IOP016
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, amount: 450000}

        Good:

            economy:
              index: {percent: 2.5}
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, amount: 450000}
        """,
    ),
    told(
        "IOP017",
        "date-spelling",
        """A date or period is not written as its key wants it, or does not exist.

        `3/4/2024` is a day in March or in April. Dates are written `2024-04-03`, and `2024-04`
        or `2024` where no more is known; periods `2024`, `2024-H1`, `2024-T1`, `2024-Q1`,
        `2024-04` or `2020-01-01/2022-12-31`.

        Source: ISO 8601, of whose forms agreements have these.

        Bad:

            validity: {start: 2024-01-01, end: 2025-02-29}  # expect: IOP017

        Good:

            validity: {start: 2024-01-01, end: 2025-02-28}
        """,
    ),
    told(
        "IOP018",
        "id-spelling",
        """An id is not lower-case words of a to z and digits, joined by hyphens.

        An id is the name of a file, too, and has to be the same on all systems: no å, ä, ö,
        blanks or capitals, at most 64 characters.

        Source: the format of agreement files.

        Bad:

            id: Språkvänner 2024  # expect: IOP018

        Good:

            id: sprakvanner-2024
        """,
    ),
    told(
        "IOP019",
        "identifier-spelling",
        """An identifier does not have the form that its issuer gives it.

        Organisation numbers, GLN, Peppol-IDs, giro numbers, IBAN and VAT numbers each have one
        form, so that the same organisation is found in two files. The message shows it.

        Source: the issuers' forms, as the message shows them.

        Bad:

            parties:
              kommunen:
                role: public
                name: Exempels kommun
                org_number: 2120000449  # expect: IOP019
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
        "IOP020",
        "stated-twice",
        """One thing is stated in two ways.

        When they differ, nobody knows which holds; when they agree, one is enough. Keep the way
        that the agreement has it.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450000, total: 900000}  # expect: IOP020
                - {party: foreningen, amount: 450000}

        Good:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, amount: 450000}
        """,
    ),
    told(
        "IOP021",
        "half-stated",
        """Something is stated that says nothing without another key.

        A remainder needs the total that it is left of, an index its percent or series, an
        automatic extension its length. The message says what to add; where the agreement does
        not say, there is often a word for that, as `index: unspecified`.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, remainder: true}  # expect: IOP021

        Good:

            economy:
              stated: {total: 900000}
              contributions:
                - {party: kommunen, amount: 450000}
                - {party: foreningen, remainder: true}
        """,
    ),
    told(
        "IOP022",
        "contradiction",
        """Two things that the file states can't both hold.

        Nothing can be computed from both, and iopctl does not choose. Compare them with the
        agreement. What the agreement itself has wrong but can be computed is only a warning
        under a rule of its own, as IOP201.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, amount: 450000, board: {KS: 50, AN: 40}}  # expect: IOP022
                - {party: foreningen, amount: 450000}

        Good:

            economy:
              contributions:
                - {party: kommunen, amount: 450000, board: {KS: 50, AN: 50}}
                - {party: foreningen, amount: 450000}
        """,
    ),
    told(
        "IOP301",
        "validity-reversed",
        """A period ends before it starts.

        A day, a month and a year may stand for each other here: `end: 2024-06` is the last of
        June. Two dates have changed places, or a year is wrong: compare them with the agreement.

        Source: the format of agreement files.

        Bad:

            validity: {start: 2024-01-01, end: 2023-12-31}  # expect: IOP301

        Good:

            validity: {start: 2024-01-01, end: 2024-12-31}
        """,
    ),
)
