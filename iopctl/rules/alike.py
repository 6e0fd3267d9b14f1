"""What several files say differently, or too much alike, of one thing: the rest of series 6xx.

The values of a finding name the other files that it is about as *others*.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from iopctl.diagnostics import Finding, Severity
from iopctl.rules.rule import rule_across

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.facts import Billing, Facts, Numbered
    from iopctl.rules.rule import Context
    from iopctl.source import Path

Found = tuple["Facts", Finding]
MOST_NAMED = 6


# ------------------------------------------------------------------ the same in several files
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
        others = _files(each.facts for each in alike if each.value == usual)
        yield from ((each, usual or "", others) for each in alike if each.value != usual)


def _files(facts: Iterable[Facts]) -> tuple[str, ...]:
    """Return the names of the first few files."""
    return tuple(dict.fromkeys(each.file for each in facts))[:MOST_NAMED]


_PARTS = (  # a key of a party, what it is called, and what knows the party again
    ("name", "name", "org_number"),
    ("org_number", "organisation number", "name"),
    ("gln", "GLN", "org_number"),
    ("peppol_id", "Peppol-ID", "org_number"),
)


@rule_across("IOP606", "organisation-differs", Severity.WARNING)
def organisation_differs(facts: Sequence[Facts], _: Context) -> Iterator[Found]:
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
                part=called,
                whose=claim.whose,
                found=claim.value,
                usual=usual,
                others=others,
            )
            yield claim.facts, finding


@rule_across("IOP607", "reference-differs", Severity.NOTE)
def reference_differs(facts: Sequence[Facts], _: Context) -> Iterator[Found]:
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


# ------------------------------------------------------------------ what invoices say
@rule_across("IOP608", "label-not-unique", Severity.WARNING)
def label_not_unique(facts: Sequence[Facts], _: Context) -> Iterator[Found]:
    """The invoices of two agreements can't be told apart.

    They have the same buyer, reference, marking and label, and both may come on the same day.
    The label is what the agreement wants written on the invoice: let it name the partnership.
    Silent where one agreement is known to end before the other starts.

    Source: the agreements' sections on invoicing.

    Bad:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          label: IOP  # expect: IOP608

    Good:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Lokalen}
    """
    for each, bill, others in _indistinct(facts):
        finding = Finding(
            (*bill.path, "label"),
            "nothing tells the invoices from those of {others}: buyer, reference, marking and"
            " label ({label}) are the same",
            remedy="agree on a label that names the partnership",
            others=others,
            label=bill.label or "none",
        )
        yield each, finding


def _indistinct(facts: Iterable[Facts]) -> Iterator[tuple[Facts, Billing, tuple[str, ...]]]:
    """Yield what says the same as earlier files of agreements that may hold on the same day."""
    alike: dict[tuple[str | None, ...], list[Facts]] = {}
    for each in facts:
        for bill in each.billings:
            if bill.reference or bill.marking:
                earlier = alike.setdefault(bill[1:2] + bill[3:], [])
                meeting = (one for one in earlier if one is not each and _may_meet(one, each))
                if others := _files(islice(meeting, MOST_NAMED)):
                    yield each, bill, others
                earlier.append(each)


def _may_meet(one: Facts, other: Facts) -> bool:
    """Whether there may be a day on which both agreements hold, by what is known of their days."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Facts, other: Facts) -> bool:
    return bool(one.end and other.start and one.end.latest < other.start.earliest)


@rule_across("IOP609", "invoice-number-elsewhere", Severity.WARNING)
def invoice_number_elsewhere(facts: Sequence[Facts], _: Context) -> Iterator[Found]:
    """Invoices of the same seller have the same number in two agreements.

    A number stands for one invoice: a payment, or a credit note, could else be of either.
    Compare both logs with the invoices. Silent where it is not known who sent them.

    Source: mervärdesskattelagen (2023:200), 17 kap. 24 §: a number that identifies the invoice.

    Bad:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-03-01, event: invoice, number: 17, period: 2024, amount: 450000}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17  # expect: IOP609
            period: 2024
            amount: 450000

    Good:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-03-01, event: invoice, number: 17, period: 2024, amount: 450000}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-05-02, event: invoice, number: 18, period: 2024, amount: 450000}
    """
    sent = [(each, one) for each in facts for one in each.numbered if one.seller]
    first: dict[tuple[str | None, str], tuple[Facts, Numbered]] = {}
    for each, one in sorted(sent, key=lambda found: found[1].date):
        other, before = first.setdefault((one.seller, one.number), (each, one))
        if other is not each:
            finding = Finding(
                one.path,
                "the invoice number {number} is also that of {date} in {others}",
                remedy="compare both logs with the invoices",
                number=one.number,
                date=before.date,
                others=(other.file,),
            )
            yield each, finding


RULES = (organisation_differs, reference_differs, label_not_unique, invoice_number_elsewhere)
