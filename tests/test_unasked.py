"""Days that were invoiced and that no block of invoicing has: what was sent for them stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.listings import ledger
from tests.test_coverage import case_of, log, sent

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from tests.conftest import AgreementText

JULY = date(2024, 7, 1)
PARTIES = """
parties:
  kommunen: {role: public, name: Exempels kommun}
  regionen: {role: public, name: Region Exempel}
  foreningen: {role: civil, name: Föreningen}
"""
YEAR = "\nvalidity: {start: 2024-01-01, end: 2024-12-31}"
ROWS = """
economy:
  contributions:
    - {party: kommunen, item: Stöd, amount: 120000, board: {SN: 50, KN: 50}}
    - {party: foreningen, item: Lokaler, amount: 120000}
"""
ASKS = "{seller: foreningen, buyer: %s, timing: advance%s}"


def amended(effective: str, terms: str) -> str:
    """Return the event of new terms from a day on."""
    return f"2024-05-20, event: amendment, effective: {effective}, terms: {{{terms}}}"


def told(case: Case) -> list[tuple[str, int]]:
    """Return the differences: for which days, and how much."""
    return [(each.period.text, int(each.amount)) for each in case.differences]


def lines(case: Case) -> list[list[int]]:
    """Return the lines of the ledger: budget, invoiced, credited, paid out, settled, open."""
    return [[int(amount.known) for amount in each.sums] for each in ledger.lines([case])]


def test_what_was_sent_before_the_first_block_stands(agreement_text: AgreementText) -> None:
    """An old log has invoices from before the block that is written: nothing is to be credited."""
    block = f"\ninvoicing: {ASKS % ('kommunen', ', start: 2024-07-01')}"
    case = case_of(agreement_text(f"{YEAR}{ROWS}{block}{log(sent('1', '2024-H1', 60_000))}"), JULY)

    assert told(case) == []
    assert [(each.period.text, int(each.amount or 0)) for each in case.bills if each.is_open] == [
        ("2024-H2", 60_000)
    ]
    assert lines(case) == [[120_000, 60_000, 0, 0, 0, 60_000]]


def test_a_slip_in_new_invoicing_is_no_credit(agreement_text: AgreementText) -> None:
    """The year was invoiced; the new block begins two months late: what was sent for them stands."""
    block = f"\ninvoicing: {ASKS % ('kommunen', '')}"
    new = ASKS % ("kommunen", ", reference: 7Z, start: 2024-09-01")
    events = log(sent("1", "2024", 120_000), amended("2024-07-01", f"invoicing: [{new}]"))
    case = case_of(agreement_text(f"{YEAR}{ROWS}{block}{events}"), JULY)

    assert told(case) == []
    assert lines(case) == [[120_000, 120_000, 0, 0, 0, 0]]


def test_what_another_is_to_pay_is_credited_in_a_gap_too(agreement_text: AgreementText) -> None:
    """The region pays from July, and its block begins in August: the municipality gets all back."""
    block = f"\ninvoicing: {ASKS % ('kommunen', '')}"
    economy = "economy: {contributions: [{party: regionen, item: Stöd, amount: 120000}]}"
    new = ASKS % ("regionen", ", start: 2024-08-01")
    events = log(
        sent("1", "2024", 120_000), amended("2024-07-01", f"{economy}, invoicing: [{new}]")
    )
    case = case_of(agreement_text(f"{PARTIES}{YEAR}{ROWS}{block}{events}"), JULY)

    assert told(case) == [("2024-H2", -60_000)]
    assert lines(case) == [[60_000, 120_000, 0, 0, 0, -60_000], [50_000, 0, 0, 0, 0, 50_000]]


def test_another_committee_does_not_ask_for_it(agreement_text: AgreementText) -> None:
    """One committee's block lapses, the other's goes on: what the first was sent stands."""
    blocks = "\ninvoicing: [" + ", ".join(ASKS % ("kommunen", f", board: {each}") for each in ("SN", "KN")) + "]"  # fmt: skip
    events = log(
        sent("1", "2024", 60_000, more=", board: SN"),
        sent("2", "2024", 60_000, more=", board: KN"),
        amended("2024-07-01", f"invoicing: [{ASKS % ('kommunen', ', board: KN')}]"),
    )
    case = case_of(agreement_text(f"{YEAR}{ROWS}{blocks}{events}"), JULY)

    assert told(case) == []
    assert lines(case) == [[60_000, 60_000, 0, 0, 0, 0]] * 2


def test_who_asks_for_all_committees_asks_for_it(agreement_text: AgreementText) -> None:
    """A block for all committees takes over: the one gets back what all are billed for."""
    block = f"\ninvoicing: [{ASKS % ('kommunen', ', board: SN')}]"
    events = log(
        sent("1", "2024", 60_000, more=", board: SN"),
        amended("2024-07-01", f"invoicing: [{ASKS % ('kommunen', '')}]"),
    )
    case = case_of(agreement_text(f"{YEAR}{ROWS}{block}{events}"), JULY)

    assert told(case) == [("2024-H2", -30_000)]


def test_days_of_a_gap_are_nobodys(agreement_text: AgreementText) -> None:
    """Invoiced days on which the agreement does not hold are to be credited, block or no block."""
    validity = "validity: {start: 2024-01-01, end: 2024-04-30}"
    block = f"\ninvoicing: {ASKS % ('kommunen', ', start: 2024-07-01')}"
    events = log(
        sent("1", "2024-01-01/2024-06-30", 60_000),
        "2024-04-02, event: extension, start: 2024-07-01, until: 2024-12-31",
    )
    case = case_of(agreement_text(f"{validity}{ROWS}{block}{events}"), JULY)

    assert [amount for _, amount in told(case)] == [-20_000]


@pytest.mark.parametrize(
    ("first_half", "more", "difference", "open_"),
    [
        (84_000, [], [("2024-H1", 12_000)], 12_000),
        (84_000, [sent("2", "2024-H1", 12_000)], [], 0),
        (60_000, [], [("2024-H1", -12_000)], -12_000),
        (60_000, ["2024-06-02, event: credit, number: 2, of: 1, amount: 12000"], [], 0),
    ],
    ids=["raised", "added to", "lowered", "credited"],
)
def test_beside_days_that_nobody_asks_for_the_rest_comes_out_even(
    agreement_text: AgreementText,
    first_half: int,
    more: list[str],
    difference: list[tuple[str, int]],
    open_: int,
) -> None:
    """What is asked for has another amount: that alone is invoiced more, or credited, and once."""
    block = f"\ninvoicing: {ASKS % ('kommunen', ', end: 2024-06-30')}"
    rows = ROWS.replace("amount: 120000, board", f"amount: {2 * first_half}, board")
    events = log(sent("1", "2024", 144_000), *more)
    case = case_of(agreement_text(f"{YEAR}{rows}{block}{events}"), JULY)
    (line,) = lines(case)

    assert [amount for _, amount in told(case)] == [amount for _, amount in difference]
    assert line[-1] == open_
    assert line[0] == line[1] - line[2] + line[-1]
