"""What may be wrong with the numbers that others issue: series 1xx, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.parties import written_parties
from iopctl.check.rules.rule import rule, told
from iopctl.language import marked, tr
from iopctl.model.schemes import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.source import Path

_NAMES: Final = {"org_number": marked("organisation number"), "gln": "GLN"}

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
def identifiers_differ(case: Case) -> Iterator[Finding]:
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
    for terms, handle, party in written_parties(case):
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
                    field=tr(_NAMES[field]),
                    other=getattr(party, field),
                )


@rule("IOP108", "peppol-scheme-unknown", Severity.WARNING)
def peppol_scheme_unknown(case: Case) -> Iterator[Finding]:
    """A Peppol-ID begins with a scheme that Peppol does not have.

    The four digits before the colon say whose number follows: 0007 is the Swedish organisation
    number, 0088 the GLN. No e-invoice is written from or to another than the listed schemes. Ask
    the buyer for its Peppol-ID, or look it up in Peppol's directory.

    Source: Peppol BIS Billing 3.0.21 (May 2026), rule PEPPOL-EN16931-CL008.

    Bad:

        parties:
          kommunen:
            role: public
            name: Exempels kommun
            peppol_id: 7000:2120000449  # expect: IOP108
          foreningen: {role: civil, name: Föreningen Exemplet}

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun, peppol_id: 0007:2120000449}
          foreningen: {role: civil, name: Föreningen Exemplet}
    """
    for path, peppol_id in _peppol_ids(case):
        scheme, _colon, _number = peppol_id.partition(":")
        if scheme not in SCHEMES:
            yield Finding(
                path,
                "the Peppol-ID {peppol_id} is of the scheme {scheme}, which Peppol does not have",
                remedy="ask for it anew: 0007 stands before an organisation number",
                peppol_id=peppol_id,
                scheme=scheme,
            )


def _peppol_ids(case: Case) -> Iterator[tuple[Path, str]]:
    for terms, handle, party in written_parties(case):
        if party.peppol_id:
            yield terms.path("parties", handle, "peppol_id"), party.peppol_id
    for block in case.blocks:
        if block.invoicing.peppol_id:
            yield block.path("peppol_id"), block.invoicing.peppol_id


RULES = (check_digit_wrong, personal_number, identifiers_differ, peppol_scheme_unknown)
