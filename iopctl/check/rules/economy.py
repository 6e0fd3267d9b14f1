"""What may be wrong with the sums that an agreement states: series 2xx, from 201."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl.case.worth import Derivation, yearly
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.language import marked
from iopctl.money import NOTHING, rounded, total
from iopctl.tables import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model.economy import Contribution
    from iopctl.source import Path

ASK: Final = marked("ask the parties which is right, or say why under exceptions")


def _differs(
    template: str,
    path: Path,
    stated: Decimal | None,
    found: Amount,
    party: str = "",
    beside: Decimal = NOTHING,
) -> Iterator[Finding]:
    """Yield a finding where rows add up to another sum, or those that are known to more.

    Of what is *beside* them, as much or as little may be in the sum that is stated.
    """
    if stated is None:
        return
    most = total((found.known, beside))
    if found.complete and not found.known <= stated <= most:
        computed = found.known if stated < found.known else most
        finding = Finding(path, template, remedy=ASK, stated=stated, computed=computed)
        finding.values = {**({"party": party} if party else {}), **finding.values}
        yield finding
    if not found.complete and found.known > stated:
        yield Finding(
            path,
            "the rows whose amounts are known come to {computed} kr, more than the {stated} kr"
            " that are stated",
            remedy=ASK,
            stated=stated,
            computed=found.known,
        )


def _totals(rows: Iterable[Contribution]) -> Decimal:
    """Return what rows give for a whole period: at most that is a part of a year's sum."""
    return total(row.total for row in rows if row.total is not None)


@rule("IOP201", "stated-total-differs", Severity.WARNING)
def stated_total_differs(case: Case) -> Iterator[Finding]:
    """The total that the agreement states is not what its rows add up to.

    One of them is wrong, and the budget follows the rows. Ask the parties, or say why in an
    exception. Of rows with a total for the whole period, it is not known how much is a year's:
    the stated sum may be with them or without. Silent while a row's amount is unknown, unless the
    others come to more already.

    Source: the agreement's section on economy.

    Bad:

        economy:
          stated: {total: 910000}  # expect: IOP201
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          stated: {total: 900000}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in case.economies:
        if stated := terms.economy.stated:
            yield from _differs(
                marked("the stated total {stated} kr differs from the rows' {computed} kr"),
                terms.path("economy", "stated", "total"),
                stated.total,
                yearly(terms.economy, terms.economy.contributions),
                beside=_totals(terms.economy.contributions),
            )


@rule("IOP202", "stated-part-differs", Severity.WARNING)
def stated_part_differs(case: Case) -> Iterator[Finding]:
    """A party's sum that the agreement states is not what its rows add up to.

    One of them is wrong, and the budget follows the rows. Ask the parties, or say why in an
    exception. Silent for a party whose amounts are unknown, or that stands for a row jointly
    with another.

    Source: the agreement's section on economy.

    Bad:

        economy:
          stated:
            by_party: {kommunen: 540000, foreningen: 450000}  # expect: IOP202
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          stated:
            by_party: {kommunen: 450000, foreningen: 450000}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in case.economies:
        stated = terms.economy.stated and terms.economy.stated.by_party
        for handle, amount in (stated or {}).items():
            rows = [row for row in terms.economy.contributions if handle in row.party]
            if all(len(row.party) == 1 for row in rows):
                yield from _differs(
                    marked(
                        "the sum stated for {party}, {stated} kr,"
                        " differs from its rows' {computed} kr"
                    ),
                    terms.path("economy", "stated", "by_party", handle),
                    amount,
                    yearly(terms.economy, rows),
                    party=terms.parties[handle].called,
                    beside=_totals(rows),
                )


@rule("IOP203", "stated-cash-differs", Severity.WARNING)
def stated_cash_differs(case: Case) -> Iterator[Finding]:
    """The money that the public side pays in a year is not what its cash rows add up to.

    That money is what is invoiced. What the public side gives in kind, as premises, has
    `form: in_kind` and is no part of it. The stated sum may be with rows that have a total for the
    whole period, or without. Silent while a row's amount is unknown.

    Source: the agreement's section on economy.

    Bad:

        economy:
          stated: {public_cash: 400000}  # expect: IOP203
          contributions:
            - {party: kommunen, item: Handledning, amount: 350000}
            - {party: kommunen, item: Lokaler, form: in_kind, amount: 100000}
            - {party: foreningen, item: Ledare, amount: 450000}

    Good:

        economy:
          stated: {public_cash: 350000}
          contributions:
            - {party: kommunen, item: Handledning, amount: 350000}
            - {party: kommunen, item: Lokaler, form: in_kind, amount: 100000}
            - {party: foreningen, item: Ledare, amount: 450000}
    """
    for terms in case.economies:
        if stated := terms.economy.stated:
            rows = [
                row
                for number, row in enumerate(terms.economy.contributions)
                if terms.side(number) == "public" and terms.form(number) == "cash"
            ]
            yield from _differs(
                marked(
                    "the stated public cash {stated} kr differs from the cash rows' {computed} kr"
                ),
                terms.path("economy", "stated", "public_cash"),
                stated.public_cash,
                yearly(terms.economy, rows),
                beside=_totals(rows),
            )


@rule("IOP204", "stated-period-differs", Severity.WARNING)
def stated_period_differs(case: Case) -> Iterator[Finding]:
    """The total for the whole period is not what the rows of its years add up to.

    The rows are counted with their raises and, if that does not fit either, without. Ask the
    parties which is right. While a year's amount is unknown, this is told only where the others
    already come to more. Silent while the dates are unknown, and once the agreement has been
    amended, extended or terminated: it is then another period.

    Source: the agreement's section on economy.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          stated: {period_total: 1900000}  # expect: IOP204
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          stated: {period_total: 1800000}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    terms = case.terms[0]
    stated = terms.economy.stated.period_total if terms.economy.stated else None
    if stated is not None and _is_as_agreed(case):
        yield from _over_the_period(
            marked(
                "the total stated for the period, {stated} kr, differs from the rows' {computed} kr"
            ),
            terms.path("economy", "stated", "period_total"),
            stated,
            case.figures,
        )


@rule("IOP206", "stated-period-part-differs", Severity.WARNING)
def stated_period_part_differs(case: Case) -> Iterator[Finding]:
    """A party's total for the whole period is not what its rows of the years add up to.

    They are counted as for the total of all parties, and silent where that is. A row that
    several parties stand for jointly is no one's alone: then nothing is told of them.

    Source: the agreement's section on economy.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          stated: {period_by_party: {kommunen: 950000}}  # expect: IOP206
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          stated: {period_by_party: {kommunen: 900000}}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    terms = case.terms[0]
    stated = terms.economy.stated and terms.economy.stated.period_by_party
    for handle, amount in (stated or {}).items() if _is_as_agreed(case) else ():
        own = [each for each in case.figures if handle in each.contribution.party]
        if all(len(each.contribution.party) == 1 for each in own):
            yield from _over_the_period(
                marked(
                    "the total stated for {party}, {stated} kr,"
                    " differs from its rows' {computed} kr"
                ),
                terms.path("economy", "stated", "period_by_party", handle),
                amount,
                own,
                party=terms.parties[handle].called,
            )


@rule("IOP207", "stated-share-differs", Severity.WARNING)
def stated_share_differs(case: Case) -> Iterator[Finding]:
    """The public side's share that the agreement states is not that of its rows.

    Where the rows are known, the share is theirs, and the stated one is of no use; where they
    are not, it is the share that is shown. Both are compared with the decimals that are stated.

    Source: the agreement's section on economy.

    Bad:

        economy:
          stated: {public_share: 40}  # expect: IOP207
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          stated: {public_share: 40}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler}
    """
    share = case.share()
    if share.stated is None or share.reckoned is None or share.year is None:
        return
    exponent = share.stated.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    computed = rounded(share.reckoned, unit)
    if computed != share.stated:
        yield Finding(
            case.in_force(date(share.year, 12, 31)).path("economy", "stated", "public_share"),
            "the stated share {stated} % differs from the rows' {computed} % in {year}",
            remedy=ASK,
            stated=share.stated,
            computed=computed,
            year=share.year,
        )


def _is_as_agreed(case: Case) -> bool:
    """Whether the period is that which was first agreed on, and known."""
    reach = case.reach
    changed = len(case.terms) > 1 or reach.options_taken or reach.terminated
    return not changed and bool(reach.start and reach.end)


def _over_the_period(
    template: str, path: Path, stated: Decimal, figures: Sequence[Figure], party: str = ""
) -> Iterator[Finding]:
    """Compare a total with figures, with their raises and, if that does not fit, without."""
    amounts = [each.amount for each in figures if each.amount is not None]
    not_raised = total(each for each in map(_not_raised, figures) if each is not None)
    found = Amount(total(amounts), complete=len(amounts) == len(figures))
    if stated != not_raised or not found.complete:
        least = found if found.complete else replace(found, known=min(found.known, not_raised))
        yield from _differs(template, path, stated, least, party)


def _not_raised(figure: Figure) -> Decimal | None:
    """Return what a figure would be without an index."""
    how, rounding = figure.worth.derivation, figure.terms.economy.rounding
    if not isinstance(how, Derivation):
        return figure.amount
    if how.part == 1 and figure.contribution.basis != "units":
        return how.stated
    return rounded(how.stated, *rounding.how, factor=how.part)


RULES = (
    stated_total_differs,
    stated_part_differs,
    stated_cash_differs,
    stated_period_differs,
    stated_period_part_differs,
    stated_share_differs,
)
