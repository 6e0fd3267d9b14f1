"""What may be wrong with the sums that an agreement states: series 2xx, from 201."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from iopctl.case.worth import Derivation, yearly
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule
from iopctl.money import rounded, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.figures import Figure
    from iopctl.source import Path

ASK = "ask the parties which is right, or say why under exceptions"


def _differs(
    template: str, path: Path, stated: Decimal | None, computed: Decimal | None
) -> Iterator[Finding]:
    if stated is not None and computed not in (None, stated):
        yield Finding(path, template, remedy=ASK, stated=stated, computed=computed)


@rule("IOP201", "stated-total-differs", Severity.WARNING)
def stated_total_differs(case: Case) -> Iterator[Finding]:
    """The total that the agreement states is not what its rows add up to.

    One of them is wrong, and the budget follows the rows. Ask the parties, or say why in an
    exception. Rows with a total for the whole period stand beside a year's sum. Silent while a
    row's amount is unknown.

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
                "the stated total {stated} kr differs from the rows' {computed} kr",
                terms.path("economy", "stated", "total"),
                stated.total,
                yearly(terms.economy, terms.economy.contributions),
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
            computed = yearly(terms.economy, rows)
            if computed not in (None, amount) and all(len(row.party) == 1 for row in rows):
                yield Finding(
                    terms.path("economy", "stated", "by_party", handle),
                    "the sum stated for {party}, {stated} kr, differs from its rows' {computed} kr",
                    remedy=ASK,
                    party=terms.parties[handle].called,
                    stated=amount,
                    computed=computed,
                )


@rule("IOP203", "stated-cash-differs", Severity.WARNING)
def stated_cash_differs(case: Case) -> Iterator[Finding]:
    """The money that the public side pays in a year is not what its cash rows add up to.

    That money is what is invoiced. What the public side gives in kind, as premises, has
    `form: in_kind` and is no part of it; nor are rows with a total for the whole period. Silent
    while a row's amount is unknown.

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
                "the stated public cash {stated} kr differs from the cash rows' {computed} kr",
                terms.path("economy", "stated", "public_cash"),
                stated.public_cash,
                yearly(terms.economy, rows),
            )


@rule("IOP204", "stated-period-differs", Severity.WARNING)
def stated_period_differs(case: Case) -> Iterator[Finding]:
    """The total for the whole period is not what the rows of its years add up to.

    The rows are counted with their raises and, if that does not fit either, without. Ask the
    parties which is right. Silent while the dates or a year's amount are unknown, and once the
    agreement has been amended, extended or terminated: it is then another period.

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
    terms, reach = case.terms[0], case.reach
    stated = terms.economy.stated.period_total if terms.economy.stated else None
    changed = len(case.terms) > 1 or reach.options_taken or reach.terminated
    if stated is None or changed or not reach.start or not reach.end:
        return
    amounts = [each.amount for each in case.figures if each.amount is not None]
    computed = total(amounts)
    not_raised = total(each for each in map(_not_raised, case.figures) if each is not None)
    if len(amounts) == len(case.figures) and stated not in (computed, not_raised):
        yield from _differs(
            "the total stated for the period, {stated} kr, differs from the rows' {computed} kr",
            terms.path("economy", "stated", "period_total"),
            stated,
            computed,
        )


def _not_raised(figure: Figure) -> Decimal | None:
    """Return what a figure would be without an index."""
    how, rounding = figure.worth.derivation, figure.terms.economy.rounding
    if not isinstance(how, Derivation):
        return figure.amount
    if how.part == 1 and figure.contribution.basis != "units":
        return how.stated
    return rounded(how.stated, *rounding.how, factor=how.part)


@rule("IOP205", "instalments-differ", Severity.WARNING)
def instalments_differ(case: Case) -> Iterator[Finding]:
    """The instalments of a year, or of several together, are not what the rows give for them.

    What is billed is the instalment, so that one of the parties gets too much or too little.
    Often the later years lack the raise that the index gives them. Silent while a row's amount
    is unknown.

    Source: the agreement's section on payment, against that on economy.

    Bad:

        economy:
          index: {percent: 2}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          label: IOP Exemplet
          instalments:
            - {date: 2024-02-01, period: 2024, amount: 450000}
            - {date: 2025-02-01, period: 2025, amount: 450000}  # expect: IOP205

    Good:

        economy:
          index: {percent: 2}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          label: IOP Exemplet
          instalments:
            - {date: 2024-02-01, period: 2024, amount: 450000}
            - {date: 2025-02-01, period: 2025, amount: 459000}
    """
    if not any(each.instalments for terms in case.terms for each in terms.invoicing):
        return
    stated = [each for each in case.asked if each.ask.stated is not None]
    for _block_and_year, group in groupby(sorted(stated, key=_year), key=_year):
        yield from _instalments_of_year(list(group))


def _year(bill: Bill) -> tuple[Path, int]:
    return bill.path, bill.period.first.year


def _instalments_of_year(year: list[Bill]) -> Iterator[Finding]:
    asked = [each.amount for each in year if each.amount is not None]
    budget = [each.budget for each in year if each.budget is not None]
    if len(budget) == len(year) and total(asked) != total(budget):
        paths = [_instalment(each) for each in year]
        yield Finding(
            paths[0],
            "the instalments for {period} are {asked} kr, and the rows give {budget} kr",
            remedy=ASK,
            related=tuple(Related(path, "another instalment of the year") for path in paths[1:]),
            period=year[0].period.text if len(year) == 1 else year[0].period.first.year,
            asked=total(asked),
            budget=total(budget),
        )


def _instalment(bill: Bill) -> Path:
    return (*bill.path, "instalments", bill.ask.number, "amount")


RULES = (
    stated_total_differs,
    stated_part_differs,
    stated_cash_differs,
    stated_period_differs,
    instalments_differ,
)
