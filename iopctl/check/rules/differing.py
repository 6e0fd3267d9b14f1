"""What several files say differently of one organisation, or of one unit of a buyer: series 6xx.

The values of a finding name the other files that it is about as *others*.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import FileFinding, first_files, rule_across
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.check.facts import Facts
    from iopctl.check.rules.rule import Context
    from iopctl.source import Path


class _Claim(NamedTuple):
    """What one file says of somebody or something that others speak of, too."""

    facts: Facts
    path: Path
    whose: str | None
    value: str | None


def _unusual(claims: Iterable[_Claim]) -> Iterator[tuple[_Claim, str, tuple[str, ...]]]:
    """Yield the claims that differ from what most say, or else the first, and who says that."""
    by_whose: dict[str, list[_Claim]] = {}
    for claim in claims:
        if claim.whose and claim.value:
            by_whose.setdefault(claim.whose, []).append(claim)
    for alike in by_whose.values():
        usual, _ = Counter(each.value for each in alike).most_common(1)[0]
        others = first_files(each.facts for each in alike if each.value == usual)
        for each in alike:
            if each.value != usual and others != (each.facts.file,):
                yield each, usual or "", others


_PARTS = (  # a key of a party, what it is called, and what knows the party again
    ("name", marked("name"), "org_number"),
    ("org_number", marked("organisation number"), "name"),
    ("gln", "GLN", "org_number"),
    ("peppol_id", "Peppol-ID", "org_number"),
)


@rule_across("IOP606", "organisation-differs", Severity.WARNING)
def organisation_differs(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """An organisation has another name, number, GLN or Peppol-ID than in other files.

    Organisations are known again by their number: one with two names stands under one of them
    in the tables, and one with two numbers is taken for two. A wrong GLN or Peppol-ID sends an
    invoice astray. What most files say is taken for right, or else what the first one says.
    Correct one of them, or say under exceptions why both are right, as after a change of name.

    Source: practice.

    Bad:

        # in exempel-2024.yaml:
        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
        # in exempel-2026.yaml:
        id: exempel-2026
        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen:
            role: civil
            name: Exempelföreningen  # expect: IOP606
            org_number: 822001-3331

    Good:

        # in exempel-2024.yaml:
        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
        # in exempel-2026.yaml:
        id: exempel-2026
        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet, org_number: 822001-3331}
    """
    parties = [(each, party) for each in facts for party in each.organisations]
    for key, called, known_by in _PARTS:
        claims = (
            _Claim(each, (*party.path, key), getattr(party, known_by), getattr(party, key))
            for each, party in parties
        )
        for claim, usual, others in _unusual(claims):
            finding = Finding(
                claim.path,
                "the {part} of {whose} is {found} here, and {usual} in {others}",
                remedy="correct one of them, or say under exceptions why both are right",
                part=tr(called),
                whose=claim.whose,
                found=claim.value,
                usual=usual,
                others=others,
            )
            yield claim.facts, finding


@rule_across("IOP607", "reference-differs", Severity.NOTE)
def reference_differs(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """Two agreements with the same unit of a buyer give different references.

    The reference leads an invoice to the unit that approves it, and a wrong one stops it. A
    unit may have several; then there is nothing to do. A unit is the buyer's department, else
    its committee.

    Source: practice.

    Bad:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        # in exempel-2026.yaml:
        id: exempel-2026
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 105Z  # expect: IOP607
          label: IOP Exemplet igen

    Good:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        # in exempel-2026.yaml:
        id: exempel-2026
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet igen}
    """
    claims = (
        _Claim(each, (*bill.path, "reference"), f"{bill.buyer}, {bill.unit}", bill.reference)
        for each in facts
        for bill in each.billings
    )
    for claim, usual, others in _unusual(claims):
        finding = Finding(
            claim.path,
            "the reference is {found} here, and {usual} for the same unit in {others}",
            remedy="ask the buyer which is right, if not both",
            found=claim.value,
            usual=usual,
            others=others,
        )
        yield claim.facts, finding


RULES = (organisation_differs, reference_differs)
