"""Rounding, division and the writing of kronor."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.money import KRONA, NBSP, ORE, decimal, kronor, plain, rounded, shared, spelled, total

if TYPE_CHECKING:
    from iopctl.money import RoundingMode

amounts = st.decimals(min_value=0, max_value=10**13, places=2)
whole_amounts = st.integers(min_value=0, max_value=10**13).map(Decimal)
weights = st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=12).filter(sum)


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        ("2.5", "half_up", 3),
        ("2.5", "half_even", 2),
        ("2.5", "up", 3),
        ("2.5", "down", 2),
        ("2.49", "half_up", 2),
        ("2.51", "half_even", 3),
        ("2.01", "up", 3),
        ("2.99", "down", 2),
        ("2", "up", 2),
    ],
)
def test_rounding_goes_the_way_that_is_asked_for(value: str, mode: str, expected: int) -> None:
    """Each mode decides ties and the rest by its own rule."""
    assert rounded(Fraction(value), mode=mode) == expected  # type: ignore[arg-type]  # a literal


@pytest.mark.parametrize(
    ("unit", "mode", "expected"),
    [(Decimal(100), "down", 61900), (ORE, "half_up", Decimal("61925.01")), (KRONA, "up", 61926)],
)
def test_rounding_is_to_a_multiple_of_the_unit(unit: Decimal, mode: str, expected: Decimal) -> None:
    """Gävle's clause rounds down to 100 kr; others to a krona or an öre."""
    assert rounded(Fraction("61925.005"), unit, mode) == expected  # type: ignore[arg-type]  # a literal


@given(st.fractions(min_value=0, max_value=10**12))
def test_a_rounded_value_is_at_most_half_a_krona_away(value: Fraction) -> None:
    """Half up never moves a value by more than half a unit, and never loses a whole one."""
    result = Fraction(rounded(value))

    assert abs(result - value) <= Fraction(1, 2)
    assert result.denominator == 1


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=3)
    | st.integers(-2000, 2000).map(lambda halves: Decimal(halves) / 2),
    st.sampled_from(
        [
            ("half_up", ROUND_HALF_UP),
            ("half_even", ROUND_HALF_EVEN),
            ("up", ROUND_CEILING),
            ("down", ROUND_FLOOR),
        ]
    ),
)
def test_every_mode_is_that_of_decimal(value: Decimal, mode: tuple[RoundingMode, str]) -> None:
    """Also in the middle, and below zero."""
    ours, theirs = mode

    assert rounded(value, mode=ours) == value.quantize(KRONA, theirs)


@given(amounts, weights)
def test_sharing_loses_no_ore(amount: Decimal, parts: list[int]) -> None:
    """The parts add up to the amount, each less than a unit from its exact share."""
    result = shared(amount, parts, ORE)

    assert total(result) == amount
    for part, weight in zip(result, parts, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * weight / sum(parts)) < Fraction(ORE)


@given(whole_amounts, weights)
def test_whole_kronor_are_shared_in_whole_kronor(amount: Decimal, parts: list[int]) -> None:
    """An amount without öre has parts without öre, and a weight of 0 has no part."""
    result = shared(amount, parts)

    assert total(result) == amount
    assert all(part == part.to_integral_value() for part in result)
    assert all(not part for part, weight in zip(result, parts, strict=True) if not weight)


def test_the_first_of_equal_remainders_gets_the_krona_that_is_left() -> None:
    """590 000 at 2 % for three years, by halves: 313 057 + 313 056."""
    assert list(map(int, shared(Decimal(626113), [50, 50]))) == [313057, 313056]


def test_an_amount_with_ore_is_shared_in_ore() -> None:
    """A part of an öre amount may have öre, too."""
    assert shared(Decimal("100.01"), [1, 1]) == (Decimal("50.01"), Decimal("50.00"))


def test_an_amount_that_is_no_multiple_of_the_unit_is_refused() -> None:
    """Sharing 100.50 in whole kronor would lose 50 öre."""
    with pytest.raises(ValueError, match=r"100\.50 is no multiple of 1"):
        shared(Decimal("100.50"), [1, 1], KRONA)


@given(st.lists(amounts))
def test_a_total_is_exact(parts: list[Decimal]) -> None:
    """No sum of amounts is rounded, however many there are."""
    assert Fraction(total(parts)) == sum(map(Fraction, parts))


@pytest.mark.parametrize(
    ("amount", "written", "grouped"),
    [
        ("0", "0", "0"),
        ("450000", "450000", "450 000"),
        ("1710000.50", "1710000.50", "1 710 000.50"),
        ("1710000.00", "1710000", "1 710 000"),
        ("999", "999", "999"),
        ("-0.50", "-0.50", "-0.50"),
        ("-0.00", "0", "0"),
        ("-1250.50", "-1250.50", "-1 250.50"),
    ],
)
def test_amounts_are_written_with_ore_only_where_there_are_any(
    amount: str, written: str, grouped: str
) -> None:
    """Files and JSON have no groups; people get them with no-break spaces."""
    assert plain(Decimal(amount)) == written
    assert kronor(Decimal(amount)) == grouped.replace(" ", NBSP)


@pytest.mark.usefixtures("swedish")
def test_in_swedish_a_comma_is_the_decimal_sign() -> None:
    """Of kronor, and of other numbers, which keep their decimals; a zero has no sign."""
    assert kronor(Decimal("-1250.50")) == f"-1{NBSP}250,50"
    assert decimal(Decimal("-1250.500")) == f"-1{NBSP}250,500"
    assert decimal(Decimal("-0")) == "0"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,3 mnkr", "1300000"),
        ("1,3 Mkr", "1300000"),
        ("3,5 miljoner kronor", "3500000"),
        ("1 miljon kronor", "1000000"),
        ("650 tkr", "650000"),
        ("1 300 tusen kronor", "1300000"),
        ("2.797.000 kronor", "2797000"),
        ("1300000,50", "1300000.50"),
        ("1 710 000,00 kr", "1710000.00"),
        ("1.300 tkr", None),  # 1 300 or 1 300 000 kr
        ("1,250 mnkr", None),
        ("99999999 mnkr", None),
        ("mnkr", None),
        ("9" * 41, None),
    ],
)
def test_what_people_write_is_spelled_where_it_is_clear(text: str, amount: str | None) -> None:
    """Kronor in thousands and millions are amounts, too, where no sign can mean two things."""
    assert spelled(text) == amount
