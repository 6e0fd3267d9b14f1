"""What may be wrong with the numbers that others issue, and people's: series 1xx, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.diagnostics import Finding, Related, Severity
from iopctl.rules.parties import written_parties
from iopctl.rules.rule import rule, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.economy.budget import Sheet
    from iopctl.rules.rule import Context
    from iopctl.source import Path

# A pattern that begins with a digit is looked for five times faster than one that looks behind.
_NUMBER: Final = re.compile(r"[0-9](?<![0-9]{2})[0-9]{5,7}[-+]?[0-9]{4}(?![0-9])")
_PERSON: Final = re.compile(r"(?:(?:19|20)[0-9]{6}[-+]?|[0-9]{6}[-+])[0-9]{4}")
MONTHS: Final = 12
DAYS: Final = 31
MORE_DAYS: Final = 60  # are in the day of a samordningsnummer
_NAMES: Final = {"org_number": "organisation number", "gln": "GLN"}

check_digit_wrong = told(
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
)

personal_number = told(
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
)


@rule("IOP104", "identifiers-differ", Severity.WARNING)
def identifiers_differ(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """A Peppol-ID or VAT number is not made of the organisation number beside it.

    A Peppol-ID that begins with 0007 goes on with the organisation number, one that begins with
    0088 with the GLN; a VAT number is SE, the organisation number and 01. An invoice with
    another number goes to someone else. Where a shared office receives the invoices, write its
    address under `invoicing`, and leave the party its own.

    Source: Peppol's participant identifier schemes; Skatteverket's form of VAT numbers.

    Bad:

        parties:
          kommunen:
            role: public
            name: Exempels kommun
            org_number: 212000-0449
            peppol_id: 0007:2220000448  # expect: IOP104
          foreningen: {role: civil, name: Föreningen Exemplet}

    Good:

        parties:
          kommunen:
            role: public
            name: Exempels kommun
            org_number: 212000-0449
            peppol_id: 0007:2120000449
          foreningen: {role: civil, name: Föreningen Exemplet}
    """
    for terms, handle, party in written_parties(sheet):
        scheme, _colon, number = (party.peppol_id or "").partition(":")
        digits = party.org_number and party.org_number.replace("-", "")
        vat = party.vat_number and party.vat_number[2:12]
        for key, own, field, other in (
            ("peppol_id", scheme == "0007" and number, "org_number", digits),
            ("peppol_id", scheme == "0088" and number, "gln", party.gln),
            ("vat_number", vat, "org_number", digits),
        ):
            if own and other and own != other:
                yield Finding(
                    terms.path("parties", handle, key),
                    "{found} does not go with {party}'s {field} {other}",
                    remedy="compare both with the source",
                    related=(Related(terms.path("parties", handle, field), "the number"),),
                    found=getattr(party, key),
                    party=party.called,
                    field=_NAMES[field],
                    other=getattr(party, field),
                )


@rule("IOP107", "personal-number-in-text", Severity.WARNING)
def personal_number_in_text(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """A text holds what has the form and the check digit of a personal identity number.

    Agreements name roles, not people. The message does not repeat the number. Take it out of
    the file and of git's history, too, which keeps what was ever there.

    Source: EU 2016/679 (GDPR), article 5.1 c; lag (2018:218), 3 kap. 10 §.

    Bad:

        notes: Kontakt är 121212-1212.  # expect: IOP107

    Good:

        notes: Kontakt är föreningens ordförande.
    """
    for path, text in _texts(sheet):
        if any(map(_is_personal, _NUMBER.findall(text))):
            yield Finding(
                path,
                "the text holds what looks like a personal identity number",
                remedy="take it out of the file and of git's history",
            )


def _is_personal(number: str) -> bool:
    from stdnum import luhn

    digits = re.sub(r"\D", "", number)[-10:]
    month, day = int(digits[2:4]), int(digits[4:6]) % MORE_DAYS
    is_birthday = 1 <= month <= MONTHS and 1 <= day <= DAYS
    return is_birthday and bool(_PERSON.fullmatch(number)) and luhn.is_valid(digits)


def _texts(sheet: Sheet) -> Iterator[tuple[Path, str]]:
    """Yield what people write in their own words, and where."""
    agreement = sheet.agreement
    for key in ("title", "dnr", "source", "notes", "purpose", "target_group", "referral"):
        yield (key,), getattr(agreement, key) or ""
    for number, activity in enumerate(agreement.activities):
        yield ("activities", number), activity
    for terms, handle, party in written_parties(sheet):
        yield terms.path("parties", handle, "name"), party.name or ""
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            for key in ("item", "quantity", "source", "note"):
                yield terms.path("economy", "contributions", number, key), getattr(row, key) or ""
    for number, event in enumerate(agreement.log):
        for key in ("text", "reason", "decision", "conditional_on"):
            if key in event.model_fields_set:
                yield ("log", number, key), getattr(event, key) or ""


RULES = (check_digit_wrong, personal_number, identifiers_differ, personal_number_in_text)
