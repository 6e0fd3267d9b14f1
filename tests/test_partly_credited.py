"""Days of an invoice that were credited are no longer its days; what is unknown stays so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import BY_NAME
from iopctl.listings.ledger import lines
from iopctl.tables import UNKNOWN, ZERO, Amount
from tests.test_budget import case_of

if TYPE_CHECKING:
    from tests.conftest import AgreementText

DAY = date(2024, 6, 1)


def credited(days: str) -> str:
    """Return an agreement billed for 2024, credited for some *days*, and dearer from April."""
    return f"""
        validity: {{start: 2024-01-01, end: 2024-12-31}}
        economy:
          contributions:
            - {{party: kommunen, item: Bidrag, amount: 400000}}
        invoicing: {{seller: foreningen, buyer: kommunen, interval: yearly, timing: advance}}
        log:
          - {{date: 2024-01-02, event: invoice, number: 24-1, period: 2024, amount: 400000}}
          - {{date: 2024-02-02, event: credit, number: 24-2, of: 24-1, period: {days}}}
          - date: 2024-03-15
            event: amendment
            effective: 2024-04-01
            terms: {{economy: {{contributions: [{{party: kommunen, item: Bidrag, amount: 480000}}]}}}}
    """


@pytest.mark.parametrize(
    ("days", "budget", "period"),
    [
        ("2024-H2", "2024-H1 220\u00a0000 kr: 20\u00a0000 kr", "2024-Q2"),
        ("2024-Q2", "2024-Q1, 2024-H2 340\u00a0000 kr: 40\u00a0000 kr", "2024-H2"),
    ],
)
def test_a_difference_is_told_of_the_days_that_are_left(
    agreement_text: AgreementText, days: str, budget: str, period: str
) -> None:
    """Of the invoice of a year of which a part was credited, not of the year."""
    check = BY_NAME["invoiced-amount-differs"].check
    assert check
    case = case_of(agreement_text(credited(days)), DAY)
    [found] = check(case)

    assert f"the budget for {budget} to invoice more" in found.message
    assert f"iopctl invoice exempel-2024 --period {period}," in found.remedy
    assert [each.period.text for each in case.differences] == [period]


JOINT = """
    parties:
      kommunen: {role: public, name: Exempels kommun}
      regionen: {role: public, name: Region Exempel}
      foreningen: {role: civil, name: Föreningen Exemplet}
    validity: {start: 2024-01-01, end: 2024-12-31}
    economy:
      contributions:
        - {party: kommunen, item: Bidrag, amount: 400000}
        - {party: [kommunen, regionen], item: Gemensamt, amount: 100000}
    invoicing: {seller: foreningen, buyer: kommunen, interval: yearly, timing: advance}
"""


@pytest.mark.parametrize(
    ("log", "invoiced", "left"),
    [
        ("", ZERO, Amount(Decimal(400000), complete=False)),
        (
            "log: [{date: 2024-01-02, event: invoice, number: 1, period: 2024, amount: 450000}]",
            Amount(Decimal(450000)),
            UNKNOWN,
        ),
    ],
)
def test_a_row_that_nobody_has_divided_leaves_the_ledger_open(
    agreement_text: AgreementText, log: str, invoiced: Amount, left: Amount
) -> None:
    """What is known of the budget is a least, and what is left of it is not nothing."""
    text = agreement_text(f"{JOINT}    {log}\n")
    [line] = lines([case_of(text, DAY)])

    assert line.budget == Amount(Decimal(400000), complete=False)
    assert (line.invoiced, line.open) == (invoiced, left)
