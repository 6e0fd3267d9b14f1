"""What the law asks of all agreements together, and of each: the last of series 6xx.

The values of a finding name the other files that it is about as *others*.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.facts import CEILINGS
from iopctl.check.rules.rule import rule, rule_across
from iopctl.language import tr
from iopctl.money import rounded, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.check.facts import Aid, Facts
    from iopctl.check.rules.rule import Context

YEARS: Final = 3


class _Sum(NamedTuple):
    """What a party gets in three years from *first* on, in kronor."""

    first: int
    kronor: Decimal


@rule_across("IOP610", "state-aid-ceiling", Severity.WARNING)
def state_aid_ceiling(facts: Sequence[Facts], context: Context) -> Iterator[tuple[Facts, Finding]]:
    """A party gets more de minimis aid in three years than the law allows.

    The ceiling is 300 000 euros, or 750 000 for services of general economic interest, in any
    three years, from all public bodies in Sweden together: others may have given more. What
    all agreements on the same ground give the party is added, contributions in kind included,
    over three calendar years. Look for another ground, or lower the sum. Silent without
    sek_per_eur in iopctl.toml, and where the agreement does not say on which ground it stands.

    Source: regulations (EU) 2023/2831, article 3, and (EU) 2023/2832, article 3.

    Bad:

        # in iopctl.toml: sek_per_eur = 11.30
        economy:
          contributions:
            - {party: kommunen, item: Bidrag, amount: 1800000}
            - {party: foreningen, item: Lokaler, amount: 1800000}
        legal:
          procurement_assessed: 2023-10-02
          state_aid: {basis: de_minimis}  # expect: IOP610

    Good:

        # in iopctl.toml: sek_per_eur = 11.30
        economy:
          contributions:
            - {party: kommunen, item: Bidrag, amount: 1800000}
            - {party: foreningen, item: Lokaler, amount: 1800000}
        legal:
          procurement_assessed: 2023-10-02
          state_aid: {basis: sgei}
    """
    rate = context.config.sek_per_eur
    if rate is None:
        return
    given: dict[tuple[str, str], list[tuple[Facts, Aid]]] = {}
    for each in facts:
        for aid in each.aid:
            given.setdefault((aid.party, aid.basis), []).append((each, aid))
    for (_, basis), aids in given.items():
        most = _most([aid for _, aid in aids])
        euros = rounded(Fraction(most.kronor) / Fraction(rate))
        if most.kronor > CEILINGS[basis] * rate:
            years = range(most.first, most.first + YEARS)
            for each, others in _givers(aids, years):
                finding = Finding(
                    ("legal", "state_aid", "basis"),
                    "{party} gets {sum} kr in {first} to {last}, or {euros} euros, and {basis}"
                    " aid ends at {ceiling} euros",
                    remedy="look for another ground, or lower the sum",
                    party=aids[0][1].name,
                    sum=most.kronor,
                    first=years[0],
                    last=years[-1],
                    euros=euros,
                    basis=basis,
                    ceiling=CEILINGS[basis],
                    others=others,
                )
                yield each, finding


def _most(aids: Sequence[Aid]) -> _Sum:
    """Return the three years in which the most is given, the first of several such."""
    starts = sorted({aid.year for aid in aids})
    sums = [
        _Sum(first, total(aid.amount for aid in aids if 0 <= aid.year - first < YEARS))
        for first in starts
    ]
    return max(sums, key=lambda each: each.kronor)


def _givers(
    aids: Sequence[tuple[Facts, Aid]], years: range
) -> Iterator[tuple[Facts, tuple[str, ...]]]:
    """Yield each file that gives something in *years*, and the others that do."""
    givers: Mapping[str, Facts] = {each.file: each for each, aid in aids if aid.year in years}
    for name, each in givers.items():
        yield each, tuple(other for other in givers if other != name)


@rule("IOP611", "legal-assessment-missing", Severity.NOTE)
def legal_assessment_missing(case: Case) -> Iterator[Finding]:
    """An IOP does not say that procurement and state aid were assessed.

    No law exempts an IOP from procurement or from the rules on state aid, so each is assessed
    before it is agreed on. Write the day of the assessment, and the ground that was found.

    Source: lagen (2016:1145) om offentlig upphandling, 1 kap.; article 107 of the Treaty on the
    Functioning of the European Union.

    Bad:

        title: IOP Exemplet  # expect: IOP611
        legal: {initiative: civil}

    Good:

        title: IOP Exemplet
        legal:
          initiative: civil
          procurement_assessed: 2023-10-02
          state_aid: {basis: none}
    """
    legal = case.agreement.legal
    known = {
        tr("procurement"): legal and legal.procurement_assessed,
        tr("state aid"): legal and legal.state_aid,
    }
    missing = [each for each, assessed in known.items() if not assessed]
    if missing and case.agreement.kind == "iop":
        yield Finding(
            ("title",),
            "no assessment of {missing} is recorded",
            remedy="add it under legal",
            missing=tr(" and ").join(missing),
        )


@rule("IOP616", "market-on-partnership", Severity.WARNING)
def market_on_partnership(case: Case) -> Iterator[Finding]:
    """A partnership is said to be for what others would do for pay.

    An IOP is for what has no market: where there is one, the money may be the price of a service,
    which is to be procured. Have it looked at anew, or write the answer that was meant.

    Source: SKR's criteria for IOP; LOU (SFS 2016:1145) has no exception for them.

    Bad:

        legal:
          procurement_assessed: 2023-10-02
          market: yes  # expect: IOP616
          state_aid: {basis: none}

    Good:

        legal:
          procurement_assessed: 2023-10-02
          market: no
          state_aid: {basis: none}
    """
    agreement = case.agreement
    if agreement.kind == "iop" and agreement.legal and agreement.legal.market == "yes":
        yield Finding(
            ("legal", "market"),
            "there is a market for what this partnership does",
            remedy="have it looked at if it is a purchase, or write no",
        )


@rule("IOP613", "assessed-late", Severity.NOTE)
def assessed_late(case: Case) -> Iterator[Finding]:
    """Procurement was assessed when the agreement had already started.

    The assessment is to show that the agreement may be made, and so comes before it. Compare
    the day with the paper; nothing can be done about one that is right.

    Source: lagen (2016:1145) om offentlig upphandling, 1 kap.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31}
        legal:
          procurement_assessed: 2024-10-02  # expect: IOP613
          state_aid: {basis: none}

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31}
        legal:
          procurement_assessed: 2023-10-02
          state_aid: {basis: none}
    """
    legal, start = case.agreement.legal, case.reach.start
    day = legal and legal.procurement_assessed
    if day and start and day > start:
        yield Finding(
            ("legal", "procurement_assessed"),
            "procurement was assessed on {day}, and the agreement started on {start}",
            remedy="compare the day with the paper",
            day=day,
            start=start,
        )


RULES = (state_aid_ceiling, legal_assessment_missing, assessed_late, market_on_partnership)
