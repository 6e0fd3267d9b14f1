"""What papers are told of a partnership: its chapter, its money, and the committees that pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.papers.partnership import Partnership, Payer, held_years
from iopctl.tables import UNKNOWN, ZERO, Amount
from tests.test_budget import HERE, TODAY, case_of, text

if TYPE_CHECKING:
    from tests.conftest import AgreementText


def fixture(name: str, year: int, board: str | None = None, as_of: date = TODAY) -> Partnership:
    """Return a fixture agreement as the papers of a year see it."""
    return Partnership(
        case_of((HERE / f"fixtures/{name}.yaml").read_text("utf-8"), as_of), year, board
    )


def own(name: str, year: int, board: str | None = None) -> Partnership:
    """Return one of the repository's agreements as the papers of a year see it."""
    return Partnership(case_of(text(name)), year, board)


def kronor(amount: int) -> Amount:
    """Return a sum that is known."""
    return Amount(Decimal(amount))


# ------------------------------------------------------------------ which years
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (own("stadsmissionen-2024", 2024), {2024, 2025}),
        (own("ikf-2018", 2019), {2019}),
        (own("bilda-2020", 2020), {2020}),
        (own("ikf-2023", 2023), {2023, 2024}),
    ],
)
def test_years_are_the_decided_ones(found: Partnership, expected: set[int]) -> None:
    """Without dates, those that the agreement has figures for."""
    assert held_years(found.case) == expected


def test_a_year_that_was_reported_on_is_a_year(agreement_text: AgreementText) -> None:
    """Where no day is known, a report says that there was something."""
    changes = """
        economy: {contributions: [{party: kommunen, amount: 1}]}
        log: [{date: 2021-02, event: report, year: 2020}]
    """

    assert held_years(case_of(agreement_text(changes, without="validity"))) == {2020}


# ------------------------------------------------------------------ the chapter
@pytest.mark.parametrize(
    ("validity", "as_of", "expected"),
    [
        ("{start: 2024-01-01, end: 2025-12-31}", date(2024, 6, 1), "current"),
        ("{start: 2023-01-01, end: 2024-12-31}", date(2024, 6, 1), "current"),
        ("{start: 2023-01-01, end: 2024-12-31}", date(2025, 1, 1), "ended"),
        ("{start: 2023-01-01, end: open}", date(2025, 1, 1), "current"),
        ("{start: 2023-01-01}", date(2025, 1, 1), "unknown"),
    ],
)
def test_stage_is_told_at_the_end_of_the_year(
    agreement_text: AgreementText, validity: str, as_of: date, expected: str
) -> None:
    """What ends within the year has ended once its last day is over."""
    found = case_of(agreement_text(f"validity: {validity}"), as_of)

    assert Partnership(found, 2024).chapter == expected


def test_terms_are_those_of_the_year(agreement_text: AgreementText) -> None:
    """An amendment of a later year is not yet in force."""
    amended = """
        volume: [{unit: platser, target: 10}]
        log:
          - {date: 2024-06-01, event: amendment, effective: 2025-01-01,
             terms: {volume: [{unit: platser, target: 20}]}}
    """
    found = case_of(agreement_text(amended))

    assert [Partnership(found, each).terms.volume[0].target for each in (2024, 2025)] == [10, 20]


# ------------------------------------------------------------------ the money
def test_a_year_is_summed_by_side() -> None:
    """Others than the two sides are in the whole, and on neither of them."""
    found = fixture("other-funders", 2022)

    assert found.value == kronor(1_575_000)
    assert found.public == kronor(600_000)
    assert found.civil == kronor(500_000)
    assert found.others == kronor(475_000)


def test_a_total_that_no_year_divides_is_unknown_in_each() -> None:
    """900 000 kr for three years are no year's, and are told beside them."""
    found = fixture("total-in-one-payment", 2021)

    assert found.public == UNKNOWN
    assert found.undivided("public") == kronor(900_000)
    assert found.value == Amount(Decimal(150_000), complete=False)
    assert found.undivided("civil") == kronor(0)


def test_a_side_without_a_row_is_unknown(agreement_text: AgreementText) -> None:
    """Nobody has said that it gives nothing, and no committee is known to pay."""
    changes = "economy: {contributions: [{party: foreningen, amount: 1}]}"
    found = Partnership(case_of(agreement_text(changes)), 2024)

    assert (found.public, found.own_part, found.civil) == (UNKNOWN, UNKNOWN, kronor(1))


def test_a_row_without_amount_is_unknown() -> None:
    """It is no zero."""
    found = fixture("not-priced", 2023)

    assert not found.value.complete


def test_what_the_agreement_states_is_compared_with_its_rows() -> None:
    """IKF's 910 000 against 900 000; nothing is told where they agree or can't be compared."""
    assert own("ikf-2023", 2023).stated == (Decimal(910_000), Decimal(900_000))
    assert own("stadsmissionen-2024", 2024).stated is None
    assert own("bilda-2020", 2020).stated is None
    assert fixture("total-in-one-payment", 2021).stated is None


# ------------------------------------------------------------------ the committees
def test_another_committee_pays_half() -> None:
    """Bilda: 590 000 kr, of which each committee pays half."""
    found = own("bilda-2020", 2020, "Arbetsmarknadsnämnden")

    assert found.payers == (
        Payer("Arbetsmarknadsnämnden", Decimal(50), kronor(295_000)),
        Payer("BIN", Decimal(50), kronor(295_000)),
    )
    assert found.own_boards == {"Arbetsmarknadsnämnden"}
    assert found.own_part == kronor(295_000)
    assert own("bilda-2020", 2020, "BIN").own_part == kronor(295_000)


def test_without_a_committee_the_parties_own_is_meant() -> None:
    """The paper is then for the committee that decides."""
    found = own("bilda-2020", 2020)

    assert found.own_boards == {"Arbetsmarknadsnämnden"}
    assert fixture("two-municipalities", 2024).own_boards == {
        "Socialnämnden",
        "Arbetsmarknadsnämnden",
    }


def test_rows_divided_in_different_ways_have_kronor_and_no_percent() -> None:
    """Percent are told only where they are those of the whole."""
    found = fixture("boards-in-percent", 2020)

    assert [(each.board, each.percent) for each in found.payers] == [
        ("Barnnämnden", None),
        ("Socialnämnden", None),
        ("Kulturnämnden", None),
    ]
    assert sum((each.part for each in found.payers), ZERO) == found.public


def test_a_division_that_is_not_stated_is_unknown() -> None:
    """The first year each committee has its sum, the second one none."""
    first, second = fixture("three-boards", 2016), fixture("three-boards", 2017)

    assert [each.part for each in first.payers] == [
        kronor(600_000),
        kronor(600_000),
        kronor(200_000),
    ]
    assert [each.part.complete for each in second.payers] == [False, False, False]
    assert second.own_part == UNKNOWN


def test_a_total_that_no_year_divides_has_no_parts() -> None:
    """Whose it is is known, how much in the year is not."""
    assert fixture("total-in-one-payment", 2021).payers == (
        Payer("Kommunstyrelsen", Decimal(100), UNKNOWN),
    )


# ------------------------------------------------------------------ what the file tells
def test_reports_are_those_on_the_year() -> None:
    """Two half-years' reports on 2022, none on 2023."""
    assert [
        each.period.text for each in fixture("volumes-and-outcomes", 2022).reports if each.period
    ] == ["2022-H1", "2022-H2"]
    assert fixture("volumes-and-outcomes", 2023).reports == ()


def test_exceptions_lapse(agreement_text: AgreementText) -> None:
    """A deviation is told as long as the parties stand by it."""
    changes = """
        exceptions:
          - {rule: IOP210, reason: Alltid}
          - {rule: IOP201, reason: Inte längre, until: 2024-05-31}
          - {rule: IOP203, reason: Idag, until: 2024-06-01}
    """
    found = Partnership(case_of(agreement_text(changes), date(2024, 6, 1)), 2024)

    assert [each.reason for each in found.exceptions] == ["Alltid", "Idag"]


@pytest.mark.parametrize(("who", "complete"), [("foreningen", True), ("fonden", False)])
def test_what_both_sides_give_jointly_is_no_funders(
    agreement_text: AgreementText, who: str, *, complete: bool
) -> None:
    """Only with a funder in it may a joint row be others' money."""
    written = agreement_text(
        "parties: {kommunen: {role: public, name: K}, foreningen: {role: civil, name: F},"
        " fonden: {role: funder, name: Fond}}\n"
        f"economy: {{contributions: [{{party: [kommunen, {who}], amount: 1000}},"
        " {party: fonden, amount: 7}]}"
    )
    found = Partnership(case_of(written, date(2024, 6, 1)), 2024).others

    assert found == Amount(Decimal(7), complete=complete)
