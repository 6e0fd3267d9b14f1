"""What may be wrong with the parties: series 1xx but for their identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model import Party, Terms
    from iopctl.source import Path

party_unknown = told(
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
)


def written_parties(case: Case) -> Iterator[tuple[Terms, str, Party]]:
    """Yield each party that is written, with its handle and the terms that have it first."""
    at: set[Path] = set()
    for terms in case.terms:
        if terms.path("parties") not in at:
            at.add(terms.path("parties"))
            for handle, party in terms.parties.items():
                yield terms, handle, party


@rule("IOP105", "party-twice", Severity.WARNING)
def party_twice(case: Case) -> Iterator[Finding]:
    """Two handles stand for the same organisation.

    They have the same organisation number, or the same name. Sums by party would show it as
    one, while rows and invoices tell the two apart. Keep one handle, or correct the number.

    Source: the format of agreement files.

    Bad:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
          huset:
            role: civil
            name: Exemplets hus
            org_number: 822001-3331  # expect: IOP105

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
          huset:
            role: civil
            name: Exemplets hus
            org_number: 822001-0022
    """
    first: dict[tuple[Path, str], str] = {}
    for terms, handle, party in written_parties(case):
        for key in ("org_number", "name"):
            if (text := getattr(party, key)) is None:
                continue
            other = first.setdefault((terms.path("parties"), text), handle)
            if other != handle:
                yield Finding(
                    terms.path("parties", handle, key),
                    "{text} is also what {other} has",
                    remedy="keep one of the two handles, or correct what is wrong",
                    related=(Related(terms.path("parties", other), "the other one"),),
                    text=text,
                    other=other,
                )


@rule("IOP106", "side-missing", Severity.WARNING)
def side_missing(case: Case) -> Iterator[Finding]:
    """An IOP has no public party, or no civil one.

    It is a partnership between the two. A party that is missing can't contribute, be invoiced
    or have a share; if the agreement is of another kind, say so with `kind`.

    Source: the criteria for IOP of SKR and of the municipalities' guidelines.

    Bad:

        parties:  # expect: IOP106
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: funder, name: Föreningen Exemplet}

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
    """
    if case.agreement.kind != "iop":
        return
    terms = case.terms[-1]
    roles = {party.role for party in terms.parties.values()}
    for side in ("public", "civil"):
        if side not in roles:
            yield Finding(
                terms.path("parties"),
                "no party has the role {side}",
                remedy="add the party, or say with kind what the agreement is",
                side=side,
            )


RULES = (party_unknown, party_twice, side_missing)
