"""The public side's share against the benchmark."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.case.share import own_part, share_of
from iopctl.config import DEFAULT, Benchmark
from iopctl.listings import split
from iopctl.model import Agreement
from iopctl.tables import Amount, Level
from tests.test_budget import TODAY, case_of, repository, text

if TYPE_CHECKING:
    from iopctl.tables import Table
    from tests.conftest import AgreementText


def shown(table: Table) -> dict[str, tuple[str, str]]:
    """Return each row's share with one decimal, and its verdict."""
    keys = [column.key for column in table.columns]
    share, verdict = keys.index("share"), keys.index("verdict")
    return {
        str(row.cells[0]): (
            f"{row.cells[share]:.1f}" if isinstance(row.cells[share], Decimal) else "unknown",
            str(row.cells[verdict]),
        )
        for row in table.rows
    }


def test_the_memo_of_2021_is_reproduced() -> None:
    """52.9, 65.7, 64.2, 50.7 and 55.7 %, together 58.2 %: 3 670 000 of 6 300 926 kr."""
    shares = [share_of(each, 2020) for each in repository()]
    table = split.table(shares, TODAY, DEFAULT.benchmark)

    assert shown(table) == {
        "bilda-2020": ("65.7", "above"),
        "erikshjalpen-bilda-2020": ("64.2", "above"),
        "hoppfull-framtid-2020": ("52.9", "within"),
        "ikf-2018": ("unknown", "unknown"),
        "ikf-2020": ("50.7", "within"),
        "sprakvanner-2020": ("55.7", "within"),
        "5 of 6 agreements": ("58.2", "within"),
    }
    assert "starts after 2020: ikf-2023, stadsmissionen-2024" in table.notes
    public, civil = table.rows[-1].cells[2:4]
    assert (public, civil) == (Amount(Decimal(3_670_000)), Amount(Decimal(6_300_926 - 3_670_000)))


def test_stadsmissionen_is_far_from_half() -> None:
    """1 710 000 of 4 818 600 kr in 2024; 2019's memo on IKF comes to 53.5 %."""
    percents = {
        each.agreement.id: share_of(each).rounded_percent
        for each in (case_of(text("stadsmissionen-2024")), case_of(text("ikf-2018")))
    }

    assert {key: f"{each:.1f}" for key, each in percents.items()} == {
        "stadsmissionen-2024": "35.5",
        "ikf-2018": "53.5",
    }


def test_a_committees_own_part_stands_beside_the_whole() -> None:
    """Of Bilda's 590 000 kr, half is the committee's own; the share uses the whole."""
    shares = [share_of(case_of(text("bilda-2020")), 2020)] * 2
    table = split.table(shares, TODAY, DEFAULT.benchmark, board="Arbetsmarknadsnämnden")

    assert [cell.known for cell in table.rows[0].cells if isinstance(cell, Amount)] == [
        590_000,
        295_000,
        307_626,
    ]
    assert table.rows[-1].cells[3] == Amount(Decimal(590_000))
    assert shown(table)["bilda-2020"] == ("65.7", "above")


def test_a_part_that_nothing_states_is_unknown(agreement_text: AgreementText) -> None:
    """Two committees that have not said how they divide a row pay neither nothing nor all of it."""
    text = agreement_text("""
        economy:
          contributions:
            - {party: kommunen, amount: 450000, board: [AN, BIN]}
            - {party: kommunen, amount: 50000, board: AN}
            - {party: foreningen, amount: 450000}
        """)
    share = share_of(case_of(text), 2024)

    assert own_part(share, {"BIN"}) == Amount(Decimal(0), complete=False)
    assert own_part(share, {"AN"}) == Amount(Decimal(50000), complete=False)
    assert own_part(share, {"SN"}) == Amount(Decimal(0))


def test_shares_of_different_years_are_not_summed() -> None:
    """Without a year each agreement has its own, and the portfolio none."""
    shares = [share_of(each) for each in repository()]
    table = split.table(shares, TODAY, DEFAULT.benchmark)

    assert [row.level for row in table.rows] == [Level.ROW] * 8
    assert any("different years" in note for note in table.notes)


@pytest.mark.parametrize(
    ("as_of", "year"),
    [(date(2024, 6, 1), 2024), (date(2025, 6, 1), 2025), (date(2030, 1, 1), 2025), (date(2020, 1, 1), 2024)],
)  # fmt: skip
def test_the_year_is_the_current_one_else_the_nearest_decided(
    agreement_text: AgreementText, as_of: date, year: int
) -> None:
    """So that one which has ended still has a share, and a coming one that of its first year."""
    assert share_of(case_of(agreement_text(), as_of)).year == year


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (
            "[{party: kommunen, amount: 5}, {party: foreningen, item: Lokaler}]",
            ["Föreningen Exemplet: Lokaler"],
        ),
        ("[{party: kommunen, amount: 5}]", ["no row of the civil side"]),
        ("[{party: foreningen, amount: 5}]", ["no row of the public side"]),
        (
            "[{party: [kommunen, foreningen], amount: 5}]",
            ["Exempels kommun + Föreningen Exemplet, jointly: whole contribution"],
        ),
        (
            "[{party: kommunen, total: 5, category: staff}, {party: foreningen, amount: 5}]",
            ["Exempels kommun: staff"],
        ),
    ],
)
def test_an_unknown_share_names_what_is_missing(
    agreement_text: AgreementText, rows: str, missing: list[str]
) -> None:
    """A side without rows, or a row without an amount, is never counted as 0."""
    one = case_of(agreement_text(f"economy: {{base_year: 2024, contributions: {rows}}}"))
    found = share_of(one, 2024)

    assert (found.percent, list(found.missing)) == (None, missing)
    assert found.verdict == "unknown"


def test_two_sides_of_nothing_have_no_share(agreement_text: AgreementText) -> None:
    """0 of 0 kr is no percentage."""
    rows = "[{party: kommunen, amount: 0}, {party: foreningen, amount: 0}]"
    one = case_of(agreement_text(f"economy: {{base_year: 2024, contributions: {rows}}}"))

    assert share_of(one, 2024).percent is None


def test_a_year_with_nothing_decided_is_blank(agreement_text: AgreementText) -> None:
    """Neither 0 kr nor an unknown amount: there is nothing."""
    table = split.table(
        [share_of(case_of(agreement_text()), 2030)], TODAY, DEFAULT.benchmark, board="x"
    )

    assert table.rows[0].cells == ("exempel-2024", "2030", None, None, None, "unknown", "unknown")


def test_funders_count_on_neither_side(agreement_text: AgreementText) -> None:
    """Money from outside the partnership does not move the share."""
    changes = """
        parties:
          kommunen: {role: public, name: Ekeby kommun}
          foreningen: {role: civil, name: Föreningen}
          fonden: {role: funder, name: Fonden}
        economy:
          contributions:
            - {party: kommunen, amount: 300}
            - {party: foreningen, amount: 100}
            - {party: fonden, amount: 900}
            - {party: fonden, item: okänt}
    """
    assert share_of(case_of(agreement_text(changes)), 2024).percent == 75


@pytest.mark.parametrize(
    ("public", "verdict"),
    [("400", "within"), ("600", "within"), ("399.99", "below"), ("600.01", "above")],
)
def test_the_bounds_are_within_the_benchmark(
    agreement_text: AgreementText, public: str, verdict: str
) -> None:
    """Exactly 40 or 60 % is within; an öre beside is not, although it is shown as 40.0 %."""
    civil = Decimal(1000) - Decimal(public)
    rows = f"[{{party: kommunen, amount: {public}}}, {{party: foreningen, amount: {civil}}}]"
    one = case_of(agreement_text(f"economy: {{base_year: 2024, contributions: {rows}}}"))

    assert share_of(one, 2024).verdict == verdict


@pytest.mark.parametrize(
    ("until", "verdict"), [("", "above, explained"), (", until: 2026-11-21", "above")]
)
def test_a_stated_reason_explains_a_deviation_until_it_lapses(
    agreement_text: AgreementText, until: str, verdict: str
) -> None:
    """The reason is shown under the table."""
    changes = f"""
        economy: {{base_year: 2024, contributions: [{{party: kommunen, amount: 900}},
          {{party: foreningen, amount: 100}}]}}
        exceptions:
          - {{rule: other, reason: Nej}}
          - {{rule: IOP210, reason: Kommunen äger lokalerna{until}}}
    """
    table = split.table(
        [share_of(case_of(agreement_text(changes)), 2024)], TODAY, DEFAULT.benchmark
    )

    assert shown(table)["exempel-2024"][1] == verdict
    assert ("exempel-2024: Kommunen äger lokalerna" in table.notes) == (not until)


@given(
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=0, max_value=50),
)
def test_the_share_is_exact_and_the_verdict_follows_it(
    public: int, civil: int, tolerance: int
) -> None:
    """Public over public and civil, whatever the amounts and the tolerance."""
    data = {
        "id": "x",
        "title": "x",
        "parties": {"a": {"role": "public", "name": "A"}, "b": {"role": "civil", "name": "B"}},
        "economy": {
            "base_year": "2024",
            "contributions": [
                {"party": "a", "amount": str(public)},
                {"party": "b", "amount": str(civil)},
            ],
        },
    }
    benchmark = Benchmark.model_construct(share=Decimal(50), tolerance=Decimal(tolerance))
    config = DEFAULT.model_copy(update={"benchmark": benchmark})
    found = share_of(Case(Agreement.model_validate(data), TODAY, config), 2024)

    assert found.percent == Fraction(100 * public, public + civil)
    assert (found.verdict == "within") == (abs(found.percent - 50) <= tolerance)


def test_a_stated_share_stands_where_none_can_be_reckoned(agreement_text: AgreementText) -> None:
    """It is told as stated, compared with the benchmark, and in no sum."""
    rows = "{party: kommunen, item: Bidrag, amount: 5}, {party: foreningen, item: Tid%s}"
    text = "economy: {base_year: 2024, stated: {public_share: 70}, contributions: [%s]}"
    open_, known = (
        share_of(case_of(agreement_text(text % (rows % amount))), 2024)
        for amount in ("", ", amount: 5")
    )
    table = split.table([open_, known], TODAY, DEFAULT.benchmark)

    assert [(each.percent, each.is_stated, each.verdict) for each in (open_, known)] == [
        (Fraction(70), True, "above"),
        (Fraction(50), False, "within"),
    ]
    assert len(table.rows) == 2
    assert table.notes[1] == (
        "exempel-2024: as the agreement states it, for want of Föreningen Exemplet: Tid"
    )
