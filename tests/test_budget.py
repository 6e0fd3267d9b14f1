"""The budget: every reference figure to the krona, and totals that are sums of what is shown."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.closing import Closing
from iopctl.case.indexing import WhatIf
from iopctl.case.share import own_part
from iopctl.config import DEFAULT, config
from iopctl.listings import budget, notes
from iopctl.listings.budget import YearRange
from iopctl.listings.commitment import BudgetRequest, commitment
from iopctl.model import Agreement
from iopctl.money import total
from iopctl.tables import Amount, Kind, Level
from tests.test_model import read

if TYPE_CHECKING:
    from iopctl.config import Config
    from iopctl.listings.addends import BudgetRow
    from iopctl.tables import Table
    from tests.conftest import AgreementText, Run

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
IN_FORCE = date(2025, 6, 1)
"""A day on which Stadsmissionen's agreement holds, and its options may be taken."""
EVERY_WAY = pytest.mark.parametrize("by", ["agreement", "party", "board", "row"])


def case_of(
    text: str, as_of: date = TODAY, config: Config = DEFAULT, what_if: WhatIf | None = None
) -> Case:
    """Return the sheet of the agreement that a text is."""
    return Case(read(text), as_of, config, what_if=what_if)


def repository(as_of: date = TODAY) -> list[Case]:
    """Return the sheets of the repository's own agreements."""
    paths = sorted(HERE.parent.glob("agreements/*"))
    return [case_of(path.read_text("utf-8"), as_of) for path in paths]


def everything(as_of: date = TODAY) -> list[Case]:
    """Return the sheets of the repository's agreements and all fixtures."""
    fixtures = sorted(HERE.glob("fixtures/*.yaml"))
    return [*repository(as_of), *(case_of(path.read_text("utf-8"), as_of) for path in fixtures)]


def amounts(table: Table) -> dict[tuple[str, str], Decimal | None]:
    """Return each figure of a table by its row's first cell and its column; None if unknown."""
    return {
        (str(row.cells[0]), column.key): cell.known if cell.complete else None
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if isinstance(cell, Amount)
    }


def totals(table: Table) -> dict[str, Decimal | None]:
    """Return the total row's figures by column."""
    return {column: each for (row, column), each in amounts(table).items() if row == "total"}


def test_ikf_2023_costs_what_its_agreement_says() -> None:
    """450 000 + 450 000 kr, raised by 2 % in 2024."""
    table = budget.table([case_of(text("ikf-2023"))], TODAY, by="party")

    assert amounts(table) == {
        ("Linköpings kommun", "2023"): 450_000,
        ("Linköpings kommun", "2024"): 459_000,
        ("Internationella Kvinnoföreningen Linköping", "2023"): 450_000,
        ("Internationella Kvinnoföreningen Linköping", "2024"): 459_000,
        ("total", "2023"): 900_000,
        ("total", "2024"): 918_000,
    }


def test_stadsmissionen_costs_what_its_agreement_says_with_all_options() -> None:
    """2024 and 2025 are decided; the options' years stand apart, raised by 2 % a year."""
    case = case_of(text("stadsmissionen-2024"), IN_FORCE)
    found = amounts(budget.table([case], IN_FORCE, by="party", options=True))

    assert [
        found["Linköpings kommun", key]
        for key in ("2024", "2025", "option-2026", "option-2027", "option-2028", "option-2029")
    ] == [1_710_000, 1_744_200, 1_779_084, 1_814_666, 1_850_959, 1_887_978]
    assert found["Östergötlands Stadsmission", "option-2027"] == 3_298_870
    assert found["total", "option-2027"] == 5_113_536


def text(name: str) -> str:
    """Return the text of one of the repository's agreements."""
    return (HERE.parent / "agreements" / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            "validity: {start: 2024-09-15, end: 2025-12-31}\n"
            "economy: {contributions: [{party: kommunen, amount: 120000}]}",
            {"2024": 35_333, "2025": 120_000},
        ),
        (
            "validity: {start: 2021-09-01, end: 2022-12-31}\n"
            "economy: {contributions: [{party: kommunen, total: 800000, spread: months}]}",
            {"2021": 200_000, "2022": 600_000},
        ),
        (
            "validity: {start: 2021-09, end: 2022}\n"
            "economy: {contributions: [{party: kommunen, total: 100000, spread: months}]}",
            {"2021": 25_000, "2022": 75_000},
        ),
        (
            "validity: {start: 2021-09-01, end: 2022-12-31}\n"
            "economy: {contributions: [{party: kommunen, total: 800000, spread: months},"
            " {party: foreningen, total: 160, spread: months, end: 2022-12-31}]}\n"
            "log: [{date: 2022, event: extension, until: 2023-12-31}]",
            {"2021": 200_040, "2022": 600_120, "2023": None},
        ),
        (
            "validity: {start: 2020, end: 2022}\n"
            "economy: {contributions: [{party: kommunen, total: 1500000}]}",
            {"period": 1_500_000},
        ),
        (
            "validity: {start: 2024, end: 2026}\n"
            "economy: {contributions: [{party: kommunen, by_year: {2024: 5, 2026: 7}}]}",
            {"2024": 5, "2025": None, "2026": 7},
        ),
        (
            "validity: {start: 2024, end: 2025}\neconomy: {index: {percent: 10}, contributions:"
            " [{party: kommunen, units: 12.5, unit_price: 33.33},"
            " {party: foreningen, hours_per_year: 400, unit_price: 220, indexed: false},"
            " {party: foreningen, units_by_year: {2024: 2, 2025: 3}, unit_price: 100}]}",
            {"2024": 417 + 88_000 + 200, "2025": 458 + 88_000 + 330},
        ),
        (
            "validity: {start: 2024, end: 2024}\n"
            "economy: {contributions: [{party: kommunen, amount: 1000.50}]}",
            {"2024": Decimal("1000.50")},
        ),
        (
            "validity: {start: 2024, end: 2025}\neconomy: {contributions:"
            " [{party: kommunen, amount: 1200, start: 2024-07-01, end: 2024-12-31}]}",
            {"2024": 600, "2025": 0},
        ),
        (
            "validity: {start: 2023, end: 2024}\n"
            "economy: {index: {percent: 2}, base_year: 2024, contributions:"
            " [{party: kommunen, amount: 1000}]}",
            {"2023": 1000, "2024": 1000},
        ),
        (
            "validity: {end: 2025-06-30}\n"
            "economy: {base_year: 2024, contributions: [{party: kommunen, amount: 1200}]}",
            {"2024": 1200, "2025": 600},
        ),
        (
            "validity: {start: 2024-07}\n"
            "economy: {contributions: [{party: kommunen, amount: 1200}]}",
            {"2024": 600},
        ),
        ("economy: {contributions: [{party: kommunen}]}", {"2024": None, "2025": None}),
        (
            "economy: {stated: {total: 500}, contributions:"
            " [{party: kommunen, item: Lokaler}, {party: foreningen, remainder: true}]}",
            {"2024": None, "2025": None},
        ),
        (
            "validity: {start: 2024, end: 2025}\neconomy: {index: unspecified, contributions:"
            " [{party: kommunen, amount: 1000}]}",
            {"2024": 1000, "2025": None},
        ),
        (
            "validity: {start: 2024}\neconomy: {contributions:"
            " [{party: kommunen, total: 1000, spread: months}]}",
            {"period": 1000},
        ),
    ],
)  # fmt: skip
def test_each_way_of_stating_an_amount(
    agreement_text: AgreementText, changes: str, expected: dict[str, Decimal | None]
) -> None:
    """Part years, totals, years of their own, units, own days: to the krona, and never a guess."""
    table = budget.table([case_of(agreement_text(changes))], TODAY)

    assert totals(table) == expected


def test_gavles_clause_raises_the_sum_that_is_paid() -> None:
    """80 % of the series, down to 100 kr, each year from last year's rounded amount."""
    series = config(
        '[index.AKI]\nunit = "percent"\nvalues = {2009 = 3.4, 2010 = 2.1, 2011 = 2.6}',
        "iopctl.toml",
    )
    agreement = (HERE / "fixtures" / "index-compound.yaml").read_text("utf-8")
    found = case_of(agreement, config=series).all_figures

    base = found[0].contribution.amount or Decimal(0)
    paid = [Fraction(base)]
    for percent in ("3.4", "2.1", "2.6"):
        raised = paid[-1] * (1 + Fraction(percent) * Fraction(80, 100) / 100)
        paid.append(Fraction(raised // 100 * 100))
    assert [Fraction(each.amount or 0) for each in found[: len(paid)]] == paid


def test_fifty_years_are_right_to_the_krona(agreement_text: AgreementText) -> None:
    """The exact factor is used, whatever it takes: 1.02 to the power of 50."""
    changes = (
        "validity: {start: 2024, end: 2074}\n"
        "economy: {index: {percent: 2}, contributions: [{party: kommunen, amount: 1710000}]}"
    )
    table = budget.table([case_of(agreement_text(changes))], TODAY, years=YearRange(2074, 2074))
    exact = 1710000 * Fraction(102, 100) ** 50

    assert totals(table) == {"2074": int(exact + Fraction(1, 2))}


def test_an_amendment_changes_the_budget_from_its_day_only(agreement_text: AgreementText) -> None:
    """Half a year of the old amount and half of the new; years before stay as they were."""
    changes = """
        validity: {start: 2023, end: 2025}
        economy: {contributions: [{party: kommunen, amount: 1200}]}
        log:
          - {date: 2024-03-01, event: amendment, effective: 2024-07-01,
             terms: {economy: {contributions: [{party: kommunen, amount: 2400}]}}}
    """
    table = budget.table([case_of(agreement_text(changes))], TODAY)

    assert totals(table) == {"2023": 1200, "2024": 600 + 1200, "2025": 2400}


@EVERY_WAY
@pytest.mark.parametrize("options", [False, True])
def test_totals_are_the_sums_of_what_is_shown(by: BudgetRow, options: bool) -> None:  # noqa: FBT001 - a case
    """In every column, to the öre; a sum with an unknown part says so."""
    table = budget.table(
        everything(IN_FORCE), IN_FORCE, by=by, options=options, years=YearRange(2000, 2100)
    )
    *rows, last = table.rows

    assert last.level is Level.TOTAL
    for place, column in enumerate(table.columns):
        if column.kind is Kind.KRONOR:
            cells = [row.cells[place] for row in rows]
            shown = [each for each in cells if isinstance(each, Amount)]
            expected = Amount(
                total(each.known for each in shown), all(each.complete for each in shown)
            )
            assert last.cells[place] == (expected if shown else None)


def test_rows_parties_and_agreements_have_one_total() -> None:
    """However the figures are grouped, the same sums stand in the last row."""
    ways = [
        totals(budget.table(everything(), TODAY, by=by, years=YearRange(2000, 2100)))
        for by in ("agreement", "party", "row")
    ]

    assert ways[0] == ways[1] == ways[2]


@given(
    st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=6),
    st.decimals(min_value=-5, max_value=12, places=2),
    st.integers(min_value=1, max_value=40),
)
def test_every_table_adds_up_in_every_year(
    given_amounts: list[Decimal], percent: Decimal, length: int
) -> None:
    """Whatever the amounts and the index: rows, rounded once, make the total; base year exact."""
    data = {
        "id": "x",
        "title": "x",
        "parties": {"a": {"role": "public", "name": "A"}},
        "validity": {"start": "2024-01-01", "end": f"{2023 + length}-12-31"},
        "economy": {
            "index": {"percent": f"{percent:f}"},
            "contributions": [{"party": "a", "amount": f"{each:.2f}"} for each in given_amounts],
        },
    }
    one = Case(Agreement.model_validate(data), TODAY)
    found = totals(budget.table([one], TODAY, years=YearRange()))

    assert found["2024"] == total(given_amounts)
    for year in range(2025, 2024 + length):
        factor = (1 + Fraction(percent) / 100) ** (year - 2024)
        exact = sum(map(Fraction, given_amounts), Fraction(0)) * factor
        assert abs(Fraction(found[str(year)] or 0) - exact) <= Fraction(len(given_amounts), 2)


def test_options_never_leak_into_decided_sums() -> None:
    """Asking for options adds columns, and changes none of the others."""
    given, years = everything(IN_FORCE), YearRange(2000, 2100)
    without = totals(budget.table(given, IN_FORCE, years=years))
    with_them = totals(budget.table(given, IN_FORCE, years=years, options=True))

    decided = {key: each for key, each in with_them.items() if not key.startswith("option")}
    assert decided == {key: each for key, each in without.items() if key in decided}
    assert {key for key in with_them if key.startswith("option")}


def test_another_agreement_changes_no_other_ones_figures() -> None:
    """A portfolio is the sum of its agreements, in any order."""
    together = everything()
    backwards = list(reversed(together))
    table = budget.table(together, TODAY, years=YearRange(2000, 2100))

    assert amounts(table) == amounts(budget.table(backwards, TODAY, years=YearRange(2000, 2100)))
    for each in together:
        alone = amounts(budget.table([each], TODAY, years=YearRange(2000, 2100)))
        own = {key: value for key, value in alone.items() if key[0] == each.agreement.id}
        assert own.items() <= amounts(table).items()


def test_a_board_without_stated_division_stands_with_the_others(
    agreement_text: AgreementText,
) -> None:
    """Two committees that pay together; and of what is unknown, each has its unknown part."""
    changes = """
        economy:
          contributions:
            - {party: kommunen, amount: 100, board: [Socialnämnden, Skolnämnden]}
            - {party: kommunen, amount: 51, board: {Socialnämnden: 50, Skolnämnden: 50}}
            - {party: kommunen, item: Bad, board: {Socialnämnden: 50, Skolnämnden: 50}}
            - {party: kommunen, amount: 7}
            - {party: foreningen, amount: 9}
    """
    table = budget.table(
        [case_of(agreement_text(changes))], TODAY, by="board", years=YearRange(2024, 2024)
    )

    assert amounts(table) == {
        ("Socialnämnden + Skolnämnden, division not stated", "2024"): 100,
        ("Socialnämnden", "2024"): None,
        ("Skolnämnden", "2024"): None,
        ("no committee named", "2024"): 7,
        ("total", "2024"): None,
    }


def test_what_both_sides_give_jointly_is_unknown_of_each_committee(
    agreement_text: AgreementText,
) -> None:
    """In the budget, in the outcome, and in the committee's own part; and a note says why."""
    changes = """
        economy:
          contributions:
            - {party: [kommunen, foreningen], amount: 1000, board: Socialnämnden}
            - {party: kommunen, amount: 500, board: {Socialnämnden: 50, Skolnämnden: 50}}
    """
    case = case_of(agreement_text(changes))
    table = budget.table([case], TODAY, by="board", years=YearRange(2024, 2024))
    by_party = budget.table([case], TODAY, by="party", years=YearRange(2024, 2024))

    assert [row.cells[1] for row in table.rows] == [
        Amount(Decimal(250), complete=False),
        Amount(Decimal(250)),
        Amount(Decimal(500), complete=False),
    ]
    assert any("both sides give" in each for each in notes.of_budget([case], table, options=False))
    assert not any(
        "both sides" in each for each in notes.of_budget([case], by_party, options=False)
    )
    assert Closing(case, 2024).agreed == Amount(Decimal(500), complete=False)
    assert own_part(case.share(2024), {"Socialnämnden"}) == Amount(Decimal(250), complete=False)


def test_a_party_is_one_in_all_agreements(agreement_text: AgreementText) -> None:
    """The same organisation number is one row, under the name that comes first."""
    parties = "parties: {k: {role: public, name: %s, org_number: 212000-0449}}"
    economy = "economy: {base_year: 2024, contributions: [{party: k, amount: 5}]}"
    given = [
        case_of(agreement_text(parties % name + f"\n{economy}\nid: {name.lower()}"))
        for name in ("Ekeby", "Kommunen")
    ]
    table = budget.table(given, TODAY, by="party", years=YearRange(2024, 2024))

    assert amounts(table) == {("Ekeby", "2024"): 10, ("total", "2024"): 10}


def test_what_if_raises_what_is_indexed(agreement_text: AgreementText) -> None:
    """An agreement without an index is not raised by another one, either."""
    assumed = WhatIf(Decimal("3.5"), 2025)
    plain = case_of(agreement_text(), what_if=assumed)
    indexed = "economy: {base_year: 2024, index: unspecified, contributions: [{party: kommunen, amount: 1000}]}"

    assert totals(budget.table([plain], TODAY)) == {"2024": 900_000, "2025": 900_000}
    assert totals(budget.table([case_of(agreement_text(indexed), what_if=assumed)], TODAY)) == {
        "2024": 1000,
        "2025": 1035,
    }


def test_the_ten_years_nearest_today_are_shown(agreement_text: AgreementText) -> None:
    """More of them make no table; others are asked for."""
    changes = "validity: {start: 2000, end: 2040}"
    table = budget.table([case_of(agreement_text(changes))], date(2026, 1, 1))

    assert [column.key for column in table.columns[1:]] == [str(y) for y in range(2021, 2031)]
    assert (
        len(budget.table([case_of(agreement_text(changes))], TODAY, years=YearRange()).columns)
        == 42
    )


def test_nothing_to_show_is_an_empty_table() -> None:
    """No agreements, no rows, and no total of nothing."""
    assert budget.table([], TODAY).rows == ()


def test_a_committee_that_pays_all_alone_has_no_note(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """Only where others pay a part, too, is a reader told."""
    for id_, payer in (("ensam-2024", ""), ("exempel-2024", ", payer: Andra")):
        text = agreement_text(
            f"""\
            id: {id_}
            parties:
              kommunen: {{role: public, name: Kommunen, board: Ena{payer}}}
              foreningen: {{role: civil, name: Föreningen}}"""
        )
        (tmp_path / f"{id_}.yaml").write_text(text, encoding="utf-8")

    notes = run("budget", "--board", "Ena", "--format", "json", tmp_path).out

    assert "of which others pay a part: exempel-2024 (--by" in notes


def test_a_budget_keeps_little_of_each_agreement(agreement_text: AgreementText) -> None:
    """Less than a kilobyte, names of classes included, where the case takes three, its file apart."""
    asked = BudgetRequest("row", None, options=True)

    assert len(pickle.dumps(commitment(asked, case_of(agreement_text())))) < 1000
