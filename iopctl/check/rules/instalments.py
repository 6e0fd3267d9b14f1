"""What may be wrong between the instalments of an invoicing and its rows: of series 2xx."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.economy import ASK
from iopctl.check.rules.rule import rule
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.source import Path


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


RULES = (instalments_differ,)
