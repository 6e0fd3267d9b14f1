"""Each kind of index, to the krona: what stands in the comments was worked out by hand first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from iopctl.case.case import Case
from iopctl.case.indexing import WhatIf, in_short
from iopctl.check.portfolio import document
from iopctl.check.rules.index import index_series_unknown
from iopctl.config import config
from iopctl.drafting.amending import amended
from iopctl.editor import summaries
from iopctl.editor.words import wording
from iopctl.errors import Refused, UserError
from iopctl.input import Input
from iopctl.invoices.derivation import derivation
from iopctl.listings import budget, notes, trail
from iopctl.listings.export import computed
from iopctl.model.swedish.index import in_words
from iopctl.money import NBSP
from iopctl.papers import clauses
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.drafting.repricing import Data

CONFIG = config(
    """
    [index.KPI]
    unit = "level"
    source = "fastställda tal"
    values = {2022-10 = 384.04, 2023-10 = 409.08, 2024-10 = 415.51, 2022 = 371.91, 2023 = 403.7}

    [[index.KPI.editions]]
    since = 2026-01-01
    source = "2020 = 100"
    values = {2022-10 = 114.1, 2024-10 = 123.4, 2025-10 = 124.5}

    [index.AKI]
    unit = "percent"
    values = {2022 = 2.9, 2023 = 3.8, 2024 = 3.5}

    [index.OPI]
    unit = "percent"
    values = {2017 = 2.58}

    [index.PRIS]
    unit = "percent"
    values = {2017 = 1.1, 2023-10 = 5.2, 2024-10 = 4.1}

    [index.UPPNED]
    unit = "level"
    values = {2020 = 100, 2021 = 110, 2022 = 121, 2023 = 118, 2024 = 121, 2026 = 130}
    """,
    "iopctl.toml",
)
TODAY = date(2026, 1, 1)
HEAD = """\
id: a
title: A
parties:
  kommunen: {role: public, name: Exempels kommun}
  foreningen: {role: civil, name: Föreningen Exemplet}
"""


def case_of(
    index: str,
    *rows: str,
    years: tuple[int, int],
    more: str = "",
    what_if: WhatIf | None = None,
    invoicing: str = "",
) -> Case:
    """Return an agreement over whole *years* whose *rows* are raised by *index*."""
    listed = "".join(f"    - {{party: kommunen, {row}}}\n" for row in rows)
    text = (
        f"{HEAD}validity: {{start: {years[0]}-01-01, end: {years[1]}-12-31}}\n"
        f"economy:\n{f'  index: {index}' if index else ''}\n{more}  contributions:\n{listed}"
        f"{invoicing}"
    )
    found = document(Input("a.yaml", text.encode()))
    assert found.agreement, [each.line for each in found.diagnostics]
    return Case(found.agreement, date(2026, 1, 1), CONFIG, what_if=what_if)


def sums(case: Case) -> dict[int, Decimal | None]:
    """Return what each decided year comes to; None where some of it is unknown."""
    found: dict[int, Decimal | None] = {}
    for each in case.figures:
        year = each.year or 0
        before = found.get(year, Decimal(0))
        known = before is not None and each.amount is not None
        found[year] = before + each.amount if known else None  # type: ignore[operator] # both are known
    return found


@pytest.mark.parametrize(
    ("index", "amount", "expected"),
    [
        # A rent, 90/10 on KPI of October since 384.04:
        # 2024: 25.04 / 384.04 = 0.06520154; × 0.9 = 0.05868139; 1 000 000 more by 58 681.39
        # 2025: 31.47 / 384.04 = 0.08194459; × 0.9 = 0.07375013; by 73 750.13
        # 2026 follows the edition of that year, 114.1 to 124.5: 0.09114812; × 0.9; by 82 033.30
        (
            "{series: KPI, base: {period: 2022-10, value: 384.04}, lag_years: 1, pass_through: 90}",
            "1000000",
            {2023: "1000000", 2024: "1058681", 2025: "1073750", 2026: "1082033"},
        ),
        # AKI, a year late: 500 000 × 1.038 = 519 000; × 1.035 = 537 165; 2025's is not there
        (
            "{series: AKI, lag_years: 1}",
            "500000",
            {2023: "500000", 2024: "519000", 2025: "537165", 2026: None},
        ),
        # A series of October, percent: 300 000 × 1.052 = 315 600; × 1.041 = 328 539.60
        (
            "{series: PRIS, month: 10, lag_years: 1}",
            "300000",
            {2023: "300000", 2024: "315600", 2025: "328540", 2026: None},
        ),
        # Composite 70/30 of AKI and of KPI, October: 0.7 × 3.8 + 0.3 × 100 × 25.04 / 384.04
        # = 2.66 + 1.95604624 = 4.61604624 %: 600 000 more by 27 696.28
        # 2025: 0.7 × 3.5 + 0.3 × 100 × 6.43 / 409.08 = 2.45 + 0.47154591 = 2.92154591 %:
        # of 627 696.28 that is 18 338.44: 646 034.72
        (
            "{composite: [{series: AKI, weight: 70, lag_years: 1},"
            " {series: KPI, weight: 30, lag_years: 1, month: 10}]}",
            "600000",
            {2023: "600000", 2024: "627696", 2025: "646035", 2026: None},
        ),
        # The same with a cap of 3 %: 600 000 × 1.03 = 618 000; × 1.0292154591 = 636 055.15
        (
            "{composite: [{series: AKI, weight: 70, lag_years: 1},"
            " {series: KPI, weight: 30, lag_years: 1, month: 10}], cap: 3}",
            "600000",
            {2023: "600000", 2024: "618000", 2025: "636055", 2026: None},
        ),
        # Steps: 400 000 × 1.02 = 408 000; × 1.035 = 422 280; there is none for 2026
        (
            "{steps: {2024: 2, 2025: 3.5}}",
            "400000",
            {2023: "400000", 2024: "408000", 2025: "422280", 2026: None},
        ),
        # Steps on the rounded sum: 401 × 1.02 = 409.02, 409; × 1.035 = 423.315, 423
        # (exactly it is 401 × 1.0557 = 423.34)
        (
            "{steps: {2024: 2, 2025: 3.5, 2026: 0}, compound: rounded}",
            "401",
            {2023: "401", 2024: "409", 2025: "423", 2026: "423"},
        ),
        # 5 000 kr more a year
        ("{kronor: 5000}", "250000", {2023: "250000", 2024: "255000", 2025: "260000", 2026: "265000"}),
    ],
)  # fmt: skip
def test_each_kind_comes_out_to_the_krona(
    index: str, amount: str, expected: Mapping[int, str | None]
) -> None:
    """As a clause of an agreement says it, and as a pocket calculator has it."""
    case = case_of(index, f"amount: {amount}", years=(2023, 2026))

    assert sums(case) == {
        y: None if each is None else Decimal(each) for y, each in expected.items()
    }


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        # Three quarters, from year to year: × 1.075, × 1.075, × (1 - 0.75 × 3/121)
        ("{series: UPPNED, pass_through: 75}", [1_000_000, 1_075_000, 1_155_625, 1_134_136, 1_155_762]),
        # against the base number: 1 + 0.75 × 0.10, 0.21, 0.18, 0.21
        ("{series: UPPNED, base: {period: 2020}, pass_through: 75}", [1_000_000, 1_075_000, 1_157_500, 1_135_000, 1_157_500]),
        # never below what is paid: it ratchets from year to year, and does not by the base number
        ("{series: UPPNED, floor: 0}", [1_000_000, 1_100_000, 1_210_000, 1_210_000, 1_240_763]),
        ("{series: UPPNED, base: {period: 2020}, floor: 0}", [1_000_000, 1_100_000, 1_210_000, 1_210_000, 1_210_000]),
        # never below the base year's: 100, 110, 121 and 118 are none above 121
        ("{series: UPPNED, base: {period: 2022}, lag_years: 1, base_is_floor: true}", [1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000]),
        # at most 6 % above the year before: 1.06, 1.1236, then 1.18 is within 6 % of it, 1.191016 caps 1.21
        ("{series: UPPNED, base: {period: 2020}, cap: 6}", [1_000_000, 1_060_000, 1_123_600, 1_180_000, 1_210_000]),
    ],
)  # fmt: skip
def test_a_fall_and_a_rise_against_a_base_number(index: str, expected: list[int]) -> None:
    """100, 110, 121, 118, 121: by the year before, by the base number, and within bounds."""
    case = case_of(index, "amount: 1000000", years=(2020, 2024))

    assert list(sums(case).values()) == expected


def test_a_year_is_known_by_a_base_number_though_the_one_before_is_not() -> None:
    """Only bounds need the year before."""
    base = "{{series: UPPNED, base: {{period: 2020}}{more}}}"
    free = case_of(
        base.format(more=""), "amount: 1000", years=(2024, 2026), more="  base_year: 2020\n"
    )
    held = case_of(
        base.format(more=", floor: 0"),
        "amount: 1000",
        years=(2024, 2026),
        more="  base_year: 2020\n",
    )

    assert list(sums(free).values()) == [1210, None, 1300]
    assert list(sums(held).values()) == [1210, None, None]


def test_a_raise_within_a_year_divides_it() -> None:
    """From 1 May: four months of last year's, eight of this year's, to the invoice of each month.

    100 000 a month, 3 %: 4 × 100 000 + 8 × 103 000 = 1 224 000 in 2025; 4 × 103 000 and
    8 × 106 090 = 848 720 in 2026.
    """
    case = case_of(
        "{percent: 3, raise_on: 05-01}",
        "amount: 1200000",
        years=(2024, 2026),
        invoicing="invoicing: {seller: foreningen, buyer: kommunen, interval: monthly}\n",
    )
    monthly = [bill.amount for bill in case.bills]

    assert sums(case) == {2024: 1_200_000, 2025: 1_224_000, 2026: 1_260_720}
    assert monthly[:16] == [100_000] * 16
    assert monthly[16:28] == [103_000] * 12
    assert monthly[28:] == [106_090] * 8


def test_a_composite_raise_from_may() -> None:
    """90 percent of 2.58 % and 10 percent of 1.1 % are 2.432 %, from 1 May 2018.

    1 000 000 × 4 ÷ 12 = 333 333; 1 024 320 × 8 ÷ 12 = 682 880. In April 83 333, in May 85 360.
    """
    case = case_of(
        "{composite: [{series: OPI, weight: 90, lag_years: 1}, {series: PRIS, weight: 10, lag_years: 1}],"
        " raise_on: 05-01}",
        "amount: 1000000",
        years=(2017, 2018),
        invoicing="invoicing: {seller: foreningen, buyer: kommunen, interval: monthly}\n",
    )

    assert [each.amount for each in case.figures] == [1_000_000, 333_333, 682_880]
    assert [bill.amount for bill in case.bills][15:17] == [83_333, 85_360]


def test_a_rounded_sum_that_is_raised_within_a_year() -> None:
    """401 × 1.02 = 409.02, 409; from July it is the half of that: 204.5, 205; half of 401 is 201."""
    case = case_of(
        "{percent: 2, raise_on: 07-01, compound: rounded}", "amount: 401", years=(2024, 2025)
    )

    assert [each.amount for each in case.figures] == [401, 201, 205]


def test_a_row_follows_its_own_index() -> None:
    """Beside the economy's 2 %: 10 000 kr a year, AKI of the year before, and nothing.

    2024: 102 000 + 110 000 + 103 800 + 100 000; 2025: 104 040 + 120 000 + 107 433 + 100 000.
    """
    case = case_of(
        "{percent: 2}",
        "item: A, amount: 100000",
        "item: B, amount: 100000, index: {kronor: 10000}",
        "item: C, amount: 100000, index: {series: AKI, lag_years: 1}",
        "item: D, amount: 100000, indexed: false",
        years=(2023, 2025),
    )

    assert sums(case) == {2023: 400_000, 2024: 415_800, 2025: 431_473}


def test_kronor_are_added_for_the_months() -> None:
    """Nine months of 120 000 + 2 × 6 000 are 99 000."""
    case = case_of("", "amount: 120000, end: 2026-09-30, index: {kronor: 6000}", years=(2024, 2026))

    assert sums(case) == {2024: 120_000, 2025: 126_000, 2026: 99_000}


# ------------------------------------------------------------------ step by step
def steps(case: Case) -> list[tuple[str, ...]]:
    """Return what a trail tells of each figure: base, factor, months, rounding and raises."""
    table = trail.table([case], case.as_of)
    rows = (row.cells[5:10] for row in table.rows)
    return [
        tuple(str(getattr(cell, "known", cell)).replace("\u00a0", " ") for cell in cells)
        for cells in rows
    ]


def test_a_trail_has_each_step() -> None:
    """Base × factor × months ÷ 12 is the amount, and the raises are the factor."""
    rent = case_of(
        "{series: KPI, base: {period: 2022-10, value: 384.04}, lag_years: 1, pass_through: 90, floor: 0}",
        "amount: 1000000",
        "total: 800000, spread: months, start: 2023-09-01, end: 2024-12-31",
        years=(2023, 2024),
    )
    both = case_of(
        "{composite: [{series: AKI, weight: 70, lag_years: 1}, {series: KPI, weight: 30, lag_years: 1, month: 10}],"
        " pass_through: 50, cap: 1}",
        "amount: 1000",
        "amount: 1000, index: {kronor: 10}",
        years=(2023, 2024),
    )
    paid = case_of(
        "{series: AKI, lag_years: 1, compound: rounded}",
        "amount: 1003",
        "amount: 1003, end: 2025-06-30",
        years=(2023, 2025),
    )

    assert steps(rent) == [
        ("1000000", "1", "12", "as written", ""),
        (
            "1000000",
            "1.0586813874",
            "12",
            "half up to 1 kr",
            "2024: KPI 6.5202 % (2023-10/2022-10: 409.08/384.04) × 90 % = 5.8681 %",
        ),
        ("800000", "None", "4", "4 of 16 months, by largest remainder", ""),
        ("800000", "None", "12", "12 of 16 months, by largest remainder", ""),
    ]
    assert steps(both)[1::2] == [
        (
            "1000",
            "1.01",
            "12",
            "half up to 1 kr",
            "2024: (AKI 3.8 % (2023) × 70 % + KPI 6.5202 % (2023-10/2022-10: 409.08/384.04) × 30 %)"
            " × 50 % = 2.308 %, at most 1 %",
        ),
        ("1000", "1", "12", "half up to 1 kr", "2024: + 10 kr"),
    ]
    assert steps(paid)[2] == ("1041", "1.035", "12", "half up to 1 kr", "2025: AKI 3.5 % (2024)")
    assert steps(paid)[5] == (
        "1077",
        "1",
        "6",
        "half up to 1 kr",
        "2025: AKI 3.5 % (2024): 1 041 × 1.035 = 1 077",
    )


def test_an_invoice_can_be_followed() -> None:
    """Its line has the numbers that its amount is reckoned from, in Swedish."""
    invoicing = "invoicing: {seller: foreningen, buyer: kommunen}\n"
    rent = case_of(
        "{series: KPI, base: {period: 2022-10, value: 384.04}, lag_years: 1, pass_through: 90}",
        "amount: 1000000",
        years=(2023, 2024),
        invoicing=invoicing,
    )
    more = case_of(
        "{kronor: 5000}", "amount: 250000, end: 2025-06-30", years=(2024, 2025), invoicing=invoicing
    )
    paid = case_of(
        "{series: AKI, lag_years: 1, compound: rounded}",
        "amount: 1003, end: 2025-06-30",
        years=(2023, 2025),
        invoicing=invoicing,
    )
    stepped = case_of(
        "{steps: {2024: 2, 2025: 3}}", "amount: 100000", years=(2023, 2025), invoicing=invoicing
    )
    spread = case_of(
        "",
        "total: 800000, spread: months, start: 2023-09-01",
        years=(2023, 2024),
        invoicing=invoicing,
    )
    told = [
        [derivation(bill).replace("\u00a0", " ") for bill in case.bills][-1]
        for case in (rent, more, stepped, paid, spread)
    ]

    assert told == [
        "1 000 000 kr i 2023 års priser × 1,0586813874 (90 % av index KPI från bastalet för oktober"
        " 2022; 2024: KPI 6,5202 % (2023-10/2022-10: 409,08/384,04) × 90 % = 5,8681 %) = 1 058 681 kr"
        " för 2024",
        "(250 000 kr i 2024 års priser + 5 000 kr) × 6 av 12 månader = 127 500 kr för januari–juni 2025",
        "100 000 kr i 2023 års priser × 1,0506 (2 % 2024 och 3 % 2025) = 105 060 kr för 2025",
        "1 041 kr året före × 1,035 (index AKI, avrundat varje år; 2025: AKI 3,5 % (2024)) = 1 077 kr,"
        " × 6 av 12 månader = 539 kr för januari–juni 2025",
        "800 000 kr × 12 av 16 månader = 600 000 kr för 2024",
    ]


def test_the_text_of_the_agreement_says_how_amounts_are_raised() -> None:
    """When, by what, and within which bounds: of all rows, and of those with an index of their own."""
    series = case_of(
        "{series: KPI, month: 10, lag_years: 1, pass_through: 90, cap: 5, floor: 0, raise_on: 05-01}",
        "item: A, amount: 1",
        "item: B, amount: 1, index: {kronor: 5000}",
        "item: C, amount: 1, index: {steps: {2024: 2, 2025: 3.5}}",
        "item: D, amount: 1, index: unspecified",
        "item: E, amount: 1, index: {series: KPI, base: {period: 2022-10}, lag_years: 1}",
        "item: F, amount: 1, index: {composite: [{series: AKI, weight: 70}, {series: KPI, weight: 30}], compound: rounded}",
        "item: G, amount: 1, index: {series: KPI, base: {period: 2022}, base_is_floor: true}",
        years=(2023, 2025),
    )

    assert clauses.money(series.terms[0])["raised"].replace("\u00a0", " ") == (
        "Beloppen räknas upp den 1 maj varje år med 90 % av förändringen i index KPI (värdet för"
        " oktober året före), högst 5 % per år, lägst 0 % per år."
        " Beloppet för B räknas upp vid varje årsskifte med 5 000 kr per år."
        " Beloppet för C räknas upp vid varje årsskifte med 2 % för 2024 och 3,5 % för 2025."
        " Beloppet för D räknas upp. Hur det görs bestäms av parterna."
        " Beloppet för E räknas upp vid varje årsskifte med förändringen i index KPI sedan bastalet"
        " för oktober 2022 (värdet för oktober året före)."
        " Beloppet för F räknas upp vid varje årsskifte med den sammanvägda förändringen i index:"
        " 70 % av AKI och 30 % av KPI, räknat på föregående års avrundade belopp."
        " Beloppet för G räknas upp vid varje årsskifte med förändringen i index KPI sedan bastalet"
        " för 2022, aldrig under basårets belopp."
    )


# ------------------------------------------------------------------ what if
def test_what_if_leaves_years_that_are_over_or_invoiced() -> None:
    """From the year that is asked for, on what the year before comes to by the agreement's own.

    2025: 102 000; 2026: × 1.035 = 105 570; with 2026 invoiced, 104 040 stands, and × 1.035 is
    107 681.40 in 2027.
    """
    log = "log: [{date: 2026-01-01, event: invoice, number: 1, period: 2026, amount: 104040}]\n"
    assumed = WhatIf(Decimal("3.5"), 2026)
    open_ = case_of("{percent: 2}", "amount: 100000", years=(2024, 2027), what_if=assumed)
    billed = case_of(
        "{percent: 2}", "amount: 100000", years=(2024, 2027), what_if=assumed, invoicing=log
    )

    assert list(sums(open_).values()) == [100_000, 102_000, 105_570, 109_265]
    assert list(sums(billed).values()) == [100_000, 102_000, 104_040, 107_681]


def test_an_edition_holds_from_its_day() -> None:
    """A chained raise takes both numbers from one edition; what that lacks is told with its day.

    KPI of October: 2025 is 415.51 ÷ 409.08, 2026 124.5 ÷ 123.4, though 124.5 ÷ 415.51 is there.
    """
    case = case_of("{series: KPI, month: 10, lag_years: 1}", "amount: 1000000", years=(2024, 2027))

    # 1 000 000 × 6.43 / 409.08 = 15 718.20; × 1.1 / 123.4 = 9 054.12
    assert list(sums(case).values()) == [1_000_000, 1_015_718, 1_024_772, None]
    assert case.figures[-1].worth.reason == (
        "index series KPI has no value for 2026-10: add it under [[index.KPI.editions]] since"
        " 2026-01-01 in iopctl.toml"
    )


# ------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("economy", "told"),
    [
        ("index: {steps: {2025: 2}, cap: 3}", "the key 'cap' does not go with steps; take it out: compound, raise_on may stand there"),
        ("index: {percent: 2, cap_: 3}", "the key 'cap_' is unknown here; take it out, or begin it with x-"),
        ("index: {series: AKI, lag_year: 3}", "the key 'lag_year' is unknown here; write lag_years"),
        ("index: {series: KPI, base: {period: 2022-10, valeu: 3}}", "the key 'valeu' is unknown here; write value"),
        ("index: {series: KPI, base: {period: 2022-10}, compound: rounded}", "the key 'compound' does not go with base"),
        ("index: {series: KPI, base: {period: 2022-10-01}, lag_years: 1}", "found '2022-10-01', which is neither a year nor a month; write 2024, or 2024-10 for a month"),
        ("index: {series: KPI, base: {period: 2022-10, value: 0}, lag_years: 1}", "the base number is 0; a base number is above 0"),
        ("index: {series: KPI, base: {period: 2022-10}}", "month 10 is not over when the amounts are raised on 01-01 of the same year; add lag_years: 1"),
        ("index: {series: KPI, month: 5, raise_on: 05-01}", "month 5 is not over when the amounts are raised on 05-01"),
        ("index: {series: KPI, month: 13}", "found '13'; write a month between 1 and 12"),
        ("index: {composite: [{series: A, weight: 70}, {series: B, weight: 20}]}", "the weights make 90 percent; make them 100 in all"),
        ("index: {composite: [{series: A, weight: 70}, {series: B, weight: 30}], cap: 1, floor: 2}", "the cap 1 is below the floor 2"),
        ("index: {kronor: 5, percent: 2}", "an index is of one kind, and percent, kronor are given"),
        ("index: {kronor: 5}", "2 rows would each be raised by 5 kr; write the index in the row that it is for"),
        ("index: [2]", "found a list where a mapping is wanted"),
    ],
)  # fmt: skip
def test_what_a_kind_does_not_have_is_refused(economy: str, told: str) -> None:
    """With the values in hand, and what to write."""
    text = f"{HEAD}economy:\n  {economy}\n  contributions: [{{party: kommunen, amount: 1}}, {{party: foreningen, amount: 1}}]\n"

    assert [line for line in refusals(text) if told in line]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("amount: 1, indexed: false, index: {percent: 2}", "the row has an index of its own, and indexed: false is never raised"),
        ("by_year: {2024: 1}, index: {percent: 2}", "and by_year is never raised; take one of them out"),
        ("unit_price: 5, units: 2, index: {kronor: 5}", "a raise in kronor is of an amount a year, and the row states units"),
    ],
)  # fmt: skip
def test_an_index_of_a_row_that_it_can_not_raise_is_refused(row: str, told: str) -> None:
    """What would be read and have no effect is no agreement's meaning."""
    text = f"{HEAD}economy: {{contributions: [{{party: kommunen, {row}}}]}}\n"

    assert [line for line in refusals(text) if told in line]


def refusals(text: str) -> list[str]:
    """Return what is told of a file that is not read."""
    found = document(Input("a.yaml", text.encode()))
    return [each.line for each in found.diagnostics]


# ------------------------------------------------------------------ what lacks
@pytest.mark.parametrize(
    ("index", "reason"),
    [
        ("{series: OPA, base: {period: 2020}}", "index series OPA is not in iopctl.toml: add [index.OPA]"),
        ("{series: AKI, base: {period: 2020}}", "index series AKI has percent, and a base number needs its levels"),
        ("{series: UPPNED, base: {period: 2019}}", "index series UPPNED has no value for 2019: add it under [index.UPPNED]"),
        ("{series: UPPNED, base: {period: 2020}, lag_years: 9}", "index series UPPNED has no value for 2012"),
        ("{composite: [{series: AKI, weight: 50}, {series: KPI, weight: 50}]}", "index series AKI has no value for 2021"),
        ("{steps: {2020: 2}}", "the index has no step for 2021: add it to steps"),
        ("unspecified", "the index is unspecified: write percent or series under economy.index"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_place(index: str, reason: str) -> None:
    """The series, the period, and where to write it."""
    case = case_of(index, "amount: 1", years=(2020, 2021))

    assert case.figures[-1].amount is None
    assert case.figures[-1].worth.reason.startswith(reason)


@pytest.mark.parametrize(
    ("series", "told"),
    [
        ("unit = 'level'\nvalues = {2024 = 400, 2025 = 121}", "the level is 400 in 2024 and 121 in 2025: compare both; levels of a new base year"),
        ("unit = 'level'\nvalues = {2024-10 = 0}", "index.A.values.2024-10: the level of 2024-10 is 0"),
        ("unit = 'level'\nvalues = {'2024-Q4' = 1}", "found '2024-Q4', which is neither a year nor a month"),
        ("unit = 'percent'\nvalues = {2024 = 123.4}", 'the change in 2024 is 123.4 percent: write percent between -50 and 100, or unit = "level"'),
        ("unit = 'percent'\nvalues = {}\neditions = [{since = 2026-01-01, values = {2024 = 200}}]", "index.A.editions.1.values.2024"),
        ("unit = 'percent'\nvalues = {}\neditions = [{since = 2026-01-01, values = {}}, {since = 2025-01-01, values = {}}]", "the edition of 2025-01-01 stands below that of 2026-01-01"),
    ],
)  # fmt: skip
def test_silly_values_of_a_series_are_refused(series: str, told: str) -> None:
    """A value that can't be is a misprint."""
    with pytest.raises(UserError) as refused:
        config(f"[index.A]\n{series}", "iopctl.toml")

    assert told in str(refused.value)


# ------------------------------------------------------------------ new prices
def repriced(case: Case, day: str, **more: Any) -> Data:  # noqa: ANN401 - as amended has it
    """Return the economy of an amendment from *day*, of a file that says the same as *case*."""
    rows = [
        {"party": "kommunen", "amount": str(row.amount), **({"item": row.item} if row.item else {})}
        for row in case.terms[0].economy.contributions
    ]
    economy = {"base_year": "2023", "index": {}, "contributions": rows}
    return amended(case, {"economy": economy}, date.fromisoformat(day), **more)


@pytest.mark.parametrize(
    ("index", "rows", "day", "base_year", "amounts"),
    [
        # against a base number, the base year's amounts follow it as before
        ("{series: UPPNED, base: {period: 2020}}", ["amount: 1000"], "2024-01-01", "2020", ["1000"]),
        # before 1 May, last year's amount holds and is raised on that day
        ("{percent: 10, raise_on: 05-01}", ["amount: 1000"], "2022-01-01", "2021", ["1100"]),
        ("{percent: 10, raise_on: 05-01}", ["amount: 1000"], "2022-05-01", "2022", ["1210"]),
        ("{kronor: 100}", ["amount: 1000"], "2022-01-01", "2022", ["1200"]),
        # raised on different days: no year's prices are those of both
        ("{percent: 10}", ["amount: 1000", "amount: 2000, index: {percent: 5, raise_on: 05-01}"], "2022-01-01", "2020", ["1000", "2000"]),
        ("{percent: 10}", ["amount: 1000", "amount: 2000, index: {percent: 5}"], "2021-01-01", "2021", ["1100", "2100"]),
    ],
)  # fmt: skip
def test_new_terms_are_in_prices_that_go_on(
    index: str, rows: list[str], day: str, base_year: str, amounts: list[str]
) -> None:
    """The amounts after are those that the old terms would have given."""
    economy = repriced(case_of(index, *rows, years=(2020, 2024)), day)

    assert economy["base_year"] == base_year
    assert [row["amount"] for row in economy["contributions"]] == amounts


def test_an_amount_of_a_day_has_no_place_among_base_prices() -> None:
    """What a row is to give from a day on is not in the prices of the base year."""
    case = case_of(
        "{series: UPPNED, base: {period: 2020}}", "item: A, amount: 1000", years=(2020, 2024)
    )

    with pytest.raises(Refused, match="a: its index counts on from the prices of 2020"):
        repriced(case, "2023-01-01", rows={"A": Decimal(5)})


# ------------------------------------------------------------------ in listings
def test_a_budget_tells_what_an_assumption_makes() -> None:
    """Where either is unknown, so is the difference; invoiced years are named."""
    assumed = WhatIf(Decimal("3.5"), 2025)
    log = "log: [{date: 2025-01-01, event: invoice, number: 1, period: 2025, amount: 5}]\n"
    more = {"years": (2024, 2026), "what_if": assumed}
    cases = [
        case_of("{percent: 2}", "amount: 100000", **more, invoicing=log),  # type: ignore[arg-type] # as case_of has them
        case_of("{series: AKI}", "amount: 100000", **more),  # type: ignore[arg-type] # likewise
    ]
    own = [replace(each, what_if=None) for each in cases]
    tables = [
        budget.with_differences(budget.table([a], TODAY), budget.table([b], TODAY))
        for a, b in zip(cases, own, strict=True)
    ]

    assert [table.rows[0].cells[-1] for table in tables] == [Amount(Decimal(1530)), UNKNOWN]
    later = [word for each in cases if (word := notes.invoiced_later(each))]
    assert list(notes.what_if(later, assumed))[1:] == [
        "invoiced already, so that it is from a later year: a (2026)"
    ]


def test_an_export_tells_the_months_of_a_total() -> None:
    """The amount is total × months ÷ of_months."""
    case = case_of("", "total: 2400, spread: months, start: 2023-09-01", years=(2023, 2024))
    row, _ = computed.BUDGET.rows(computed.budget(case, options=False))
    keys = [field.key for field in computed.BUDGET.fields]
    cells = dict(zip(keys, row.cells, strict=True))

    assert [cells[key] for key in ("total", "months", "of_months")] == [2400, 4, 16]


@pytest.mark.parametrize(
    ("index", "short"),
    [
        ("{percent: 2}", "2 %"),
        ("{steps: {2025: 2}}", "steps"),
        ("{kronor: 5000}", "5000 kr"),
        ("{series: KPI}", "KPI"),
        ("{series: KPI, base: {period: 2022}}", "KPI since 2022"),
        ("{composite: [{series: AKI, weight: 70}, {series: KPI, weight: 30}]}", "70 % AKI + 30 % KPI"),
        ("unspecified", "unspecified"),
    ],
)  # fmt: skip
def test_an_export_tells_indexes_apart(index: str, short: str) -> None:
    """In a word or two that programs may tell them by."""
    raised = case_of(index, "amount: 1", years=(2024, 2024)).terms[0].economy.index

    assert raised is not None
    assert in_short(raised) == short


def test_a_series_that_is_nowhere_is_told_at_its_place() -> None:
    """Of an economy's index, of a row's own, and of each part of a composite one."""
    case = case_of(
        "{series: OPA}",
        "amount: 1",
        "amount: 1, index: {composite: [{series: AKI, weight: 70}, {series: OPB, weight: 30}]}",
        "amount: 1, index: {percent: 2}",
        years=(2024, 2024),
    )

    check = index_series_unknown.check

    assert check
    assert [(each.path, each.values["series"]) for each in check(case)] == [
        (("economy", "index", "series"), "OPA"),
        (("economy", "contributions", 1, "index", "composite", 1, "series"), "OPB"),
    ]


def test_hovers_show_each_step() -> None:
    """Of the economy's index, of a row's own, and of a row that is spread or gets kronor more."""
    case = case_of(
        "{series: KPI, month: 10, lag_years: 1}",
        "amount: 1000",
        "amount: 1200, end: 2024-06-30, index: {kronor: 60}",
        "total: 2400, spread: months",
        years=(2023, 2025),
    )
    terms, say = case.terms[0], wording("sv")
    index = terms.economy.index
    row = [(*case.all_figures[0].path[:-1], number) for number in (1, 2)]

    assert summaries.index(case, terms, index, say)[2].replace("\u00a0", " ") == (
        "| 2024 | KPI 6,5202 % (2023-10/2022-10: 409,08/384,04) | 1,0652015415 |"
    )
    assert summaries.row(case, row[0], say)[3].replace("\u00a0", " ") == (
        "| 2024 | 630 kr | (1 200 kr + 60 kr) × 6 av 12 månader, avrundat | beslutat |"
    )
    assert summaries.row(case, row[1], say)[2].replace("\u00a0", " ") == (
        "| 2023 | 804 kr | 2 400 kr × 12 av 36 månader | beslutat |"
    )


def test_a_hover_ends_with_the_first_year_that_has_no_raise() -> None:
    """What comes after it is unknown, too."""
    case = case_of("{steps: {2024: 2, 2026: 3}}", "amount: 1000", years=(2023, 2026))
    terms, say = case.terms[0], wording("en")
    rows = summaries.index(case, terms, terms.economy.index, say)[2:]

    assert [row.split(" | ")[:2] for row in rows] == [
        ["| 2024", f"2{NBSP}%"],
        ["| 2025", "unknown"],
    ]


@pytest.mark.parametrize(
    ("index", "told"),
    [
        ("{percent: 2}", "index 2 % per år"),
        ("{percent: 2.5, compound: rounded}", "index 2,5 % per år, avrundat varje år"),
        ("{steps: {2025: 2, 2026: 3}}", "2 % 2025 och 3 % 2026"),
        ("{kronor: 5000}", "5 000 kr per år"),
        ("{series: AKI, pass_through: 80}", "80 % av index AKI"),
        ("{series: KPI, month: 10, lag_years: 1}", "index KPI för oktober"),
        (
            "{series: KPI, lag_years: 1, base: {period: 2022-10}}",
            "index KPI från bastalet för oktober 2022",
        ),
        (
            "{composite: [{series: AKI, weight: 70}, {series: KPI, weight: 30, month: 10, lag_years: 1}]}",
            "index av 70 % AKI och 30 % KPI för oktober",
        ),
        ("unspecified", "index"),
    ],
)
def test_an_index_has_a_name_in_documents(index: str, told: str) -> None:
    """Whoever reads the invoice learns what it is, also where the agreement does not say how."""
    found = case_of("", f"item: A, amount: 100, index: {index}", years=(2024, 2026))
    given = found.agreement.economy.contributions[0].index

    assert given is not None
    assert in_words(given).replace(NBSP, " ") == told


def test_a_value_that_is_missing_is_told_at_the_index_of_its_row() -> None:
    """Another index may be that of the economy."""
    case = case_of(
        "{series: AKI}", "item: Hyra, amount: 1000, index: {series: OPI}", years=(2024, 2025)
    )

    assert [each.index_path for each in case.figures if each.year == 2025][:1] == [
        ("economy", "contributions", 0, "index")
    ]
