"""The trail, the export and the outcome hide nothing that the figures rest on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.case.closing import Closing
from iopctl.config import Config
from iopctl.invoices.derivation import derivation
from iopctl.listings import budget, notes, outcome, trail
from iopctl.listings.export import computed
from iopctl.papers import annual
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.partnership import Partnership
from iopctl.papers.texts import none
from iopctl.tables import UNKNOWN, Amount
from tests.test_budget import case_of

if TYPE_CHECKING:
    from iopctl.tables import Cell, Table
    from tests.conftest import AgreementText

DAY = date(2026, 11, 29)
FALLING = Config.model_validate(
    {"index": {"OPI": {"unit": "percent", "values": {"2024": "-1.5", "2025": "2", "2026": "-0.5"}}}}
)


def cells(table: Table, *keys: str) -> list[list[Cell]]:
    """Return the cells under some columns, row by row."""
    places = [[column.key for column in table.columns].index(key) for key in keys]
    return [[row.cells[place] for place in places] for row in table.rows]


# ------------------------------------------------------------------ totals that are cut
CUT = """validity: {start: 2023-01-01, end: 2025-12-31}
economy:
  contributions:
    - {party: kommunen, item: Bidrag, total: 2100000}
    - {party: foreningen, item: Lokaler, total: 1, end: 2023-06-30}
log: [{date: 2024-03-01, event: termination, effective: 2024-06-30}]
"""


def test_a_total_that_a_termination_cuts_says_so(agreement_text: AgreementText) -> None:
    """In the trail, the export and under the budget; one whose days are all to be does not."""
    case = case_of(agreement_text(CUT), DAY)
    agreed, held = "2023-01-01/2025-12-31", "2023-01-01/2024-06-30"
    shown = budget.table([case], DAY)

    assert cells(trail.table([case], DAY), "rounding", "amount") == [
        [f"as written, for {agreed}; cut to {held}", Amount(Decimal(2100000))],
        ["as written", Amount(Decimal(1))],
    ]
    rows = tuple(computed.BUDGET.rows(computed.budget(case, options=False)))
    exported = computed.BUDGET.table(DAY, rows)
    assert cells(exported, "amount", "total_for", "cut_to") == [
        [Amount(Decimal(2100000)), agreed, held],
        [Amount(Decimal(1)), None, None],
    ]
    assert [each for each in notes.of_budget([case], shown, options=False) if "owed" in each] == [
        "a total stands as it was agreed, and what is owed of it is for the parties to say, where"
        f" the agreement holds but some of its days: exempel-2024 (for {agreed}, cut to {held})"
    ]


def test_a_total_of_all_its_days_is_not_cut(agreement_text: AgreementText) -> None:
    """Nor is one of an agreement that was extended after its days: these years are unknown."""
    text = agreement_text(
        CUT.replace(
            "event: termination, effective: 2024-06-30", "event: extension, until: 2026-12-31"
        )
    )
    case = case_of(text, DAY)

    assert not any(each.cut for each in case.figures)
    assert cells(trail.table([case], DAY), "rounding") == [
        ["as written"],
        ["the total is for the time to 2025-12-31: end the row there if that is all"],
        ["as written"],
    ]


# ------------------------------------------------------------------ raises that come to nothing
ROUNDED = """validity: {start: 2023-01-01, end: 2026-12-31}
economy:
  base_year: 2023
  index: {series: OPI, floor: 0, compound: rounded}
  contributions:
    - {party: kommunen, item: Bidrag, amount: 1000000}
"""


def test_a_raise_that_is_held_at_nothing_stands_in_the_trail(
    agreement_text: AgreementText,
) -> None:
    """Where each year is raised from the last as it was shown, as elsewhere."""
    case = case_of(agreement_text(ROUNDED), DAY, FALLING)

    assert cells(trail.table([case], DAY), "year", "factor", "raises", "amount") == [
        ["2023", 1, "", Amount(Decimal(1000000))],
        ["2024", 1, "2024: OPI -1.5\u00a0% (2024), at least 0\u00a0%", Amount(Decimal(1000000))],
        ["2025", Decimal("1.02"), "2025: OPI 2\u00a0% (2025)", Amount(Decimal(1020000))],
        [
            "2026",
            Decimal("1.02"),
            "2025: OPI 2\u00a0% (2025); 2026: OPI -0.5\u00a0% (2026), at least 0\u00a0%",
            Amount(Decimal(1020000)),
        ],
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-06-30", "2024: OPI -1.5\u00a0% (2024), at least 0\u00a0%"),
        (
            "2025-06-30",
            "2025: OPI 2\u00a0% (2025): 1\u00a0000\u00a0000 × 1.02 = 1\u00a0020\u00a0000",
        ),
    ],
)
def test_so_it_does_for_a_part_of_a_year(
    agreement_text: AgreementText, end: str, expected: str
) -> None:
    """A part of what was not raised has the year's steps, of what was the whole year first."""
    text = agreement_text(ROUNDED.replace("2026-12-31", end))
    rows = cells(trail.table([case_of(text, DAY, FALLING)], DAY), "raises", "months")

    assert rows[-1] == [expected, 6]


def test_an_invoice_names_the_year_whose_amount_is_raised(agreement_text: AgreementText) -> None:
    """Of 2025 the year before; of 2026, which itself raised nothing, that is 2024's."""
    values = {"2024": "3", "2025": "2", "2026": "-0.5"}
    config = Config.model_validate({"index": {"OPI": {"unit": "percent", "values": values}}})
    block = "invoicing: {seller: foreningen, buyer: kommunen, interval: yearly}\n"
    case = case_of(agreement_text(ROUNDED + block), DAY, config)
    told = {each.period.text: derivation(each).replace("\u00a0", " ") for each in case.bills}

    assert told["2024"].startswith("1 000 000 kr i 2023 års priser × 1,03 (index OPI")
    assert told["2025"].startswith("1 030 000 kr året före × 1,02 (index OPI")
    assert told["2026"].startswith("1 030 000 kr för 2024 × 1,02 (index OPI")
    assert told["2026"].endswith(
        "2025: OPI 2 % (2025); 2026: OPI -0,5 % (2026), lägst 0 %) = 1 050 600 kr för 2026"
    )


# ------------------------------------------------------------------ hours
def reported(*rows: str, actual: str, period: str = "year: 2024") -> str:
    """Return an agreement of rows of the non-profit, and what was reported of 2024."""
    listed = "".join(f"    - {{party: foreningen, {each}}}\n" for each in rows)
    return (
        "validity: {start: 2024-01-01, end: 2025-12-31}\n"
        f"economy:\n  contributions:\n    - {{party: kommunen, amount: 5}}\n{listed}"
        f"log: [{{date: 2025-02-01, event: report, {period}, actual: [{actual}]}}]"
    )


TID = "item: Tid, hours_per_year: 1200, unit_price: 220"
ANNAT = "item: Annat, hours_per_year: 800, unit_price: 220"


@pytest.mark.parametrize(
    ("text", "agreed", "hours"),
    [
        (reported(TID, actual="{party: foreningen, item: Tid, hours: 1150}"), "1200", "1150"),
        (
            reported(TID, ANNAT, actual="{party: foreningen, item: Tid, hours: 1150}"),
            "2000",
            "≥ 1150",
        ),
        (
            reported(
                TID,
                actual="{party: foreningen, item: Tid, hours: 500}",
                period="period: 2024-H1",
            ),
            "1200",
            "≥ 500",
        ),
        (
            reported(TID, "item: Annat, hours_per_week: 4", actual="{party: foreningen, hours: 9}"),
            "≥ 1200",
            "9",
        ),
        (reported(TID, actual="{party: foreningen, item: Tid, amount: 5}"), "1200", "unknown"),
        (reported("item: Annat, amount: 5", actual="{party: kommunen, amount: 5}"), "", ""),
    ],
)
def test_hours_are_a_least_where_not_all_are_known(
    agreement_text: AgreementText, text: str, agreed: str, hours: str
) -> None:
    """Neither what is agreed nor what was reported is made to look whole."""
    case = case_of(agreement_text(text), DAY)

    assert [
        as_text(each)
        for each in cells(outcome.table([case], DAY, 2024), "hours_agreed", "hours")[0]
    ] == [
        agreed,
        hours,
    ]


def as_text(cell: Cell) -> str:
    """Write hours shortly."""
    if isinstance(cell, Amount):
        return "unknown" if cell.unknown else f"≥ {cell.known}"
    return "" if cell is None else str(cell)


def test_hours_of_years_that_are_unknown_are_unknown(agreement_text: AgreementText) -> None:
    """Where it is not known whether the agreement holds in the year."""
    text = agreement_text(
        f"validity: {{end: 2027-05-31}}\neconomy: {{contributions: [{{party: foreningen, {TID}}}]}}"
    )

    assert [each.agreed_hours for each in Closing(case_of(text, DAY), 2024).posts] == [UNKNOWN]


def test_the_annual_report_tells_hours_in_part_as_a_least(agreement_text: AgreementText) -> None:
    """Of half the year: at least 500 of 1 200."""
    text = reported(
        TID, actual="{party: foreningen, item: Tid, hours: 500}", period="period: 2024-H1"
    )
    found = of_annual(Partnership(case_of(agreement_text(text), DAY), 2024))

    assert "| minst 500 av 1\u00a0200 timmar |" in annual.markdown(found, none("t.md"))
