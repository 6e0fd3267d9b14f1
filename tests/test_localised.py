"""What Swedish documents say of numbers, sums, days and lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.localised import in_full, in_kronor, listed, month_name, number
from iopctl.money import NBSP


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0 kr"),
        ("1710000", "1 710 000 kr"),
        ("1" + "0" * 40, "10" + 13 * " 000" + " kr"),
        ("1710000.00", "1 710 000 kr"),
        ("662500.5", "662 500,50 kr"),
        ("9999999999999.99", "9 999 999 999 999,99 kr"),
    ],
)
def test_sums_have_groups_and_a_comma(amount: str, written: str) -> None:
    """With öre where there are any, and nothing that a line may break at."""
    assert in_kronor(Decimal(amount)) == written.replace(" ", NBSP)


@given(st.decimals(min_value=0, max_value=10**13, places=2))
def test_no_ore_is_lost(amount: Decimal) -> None:
    """What is written is the very amount."""
    digits = in_kronor(amount).removesuffix(f"{NBSP}kr").replace(NBSP, "").replace(",", ".")

    assert Decimal(digits) == amount


@pytest.mark.parametrize(
    ("value", "written"),
    [(1250, "1 250"), (Decimal("37.50"), "37,5"), (Decimal("3.5333333333"), "3,5333333333")],
)
def test_numbers_have_the_decimals_they_need(value: Decimal | int, written: str) -> None:
    """Zeros at the end say nothing."""
    assert number(value) == written.replace(" ", NBSP)


def test_days_and_months_are_in_words() -> None:
    """Without a zero before the day, and in small letters."""
    assert in_full(date(2024, 3, 1)) == "1 mars 2024"
    assert [month_name(month) for month in (1, 12)] == ["januari", "december"]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ((), ""),
        (("IKF",), "IKF"),
        (("IKF", "Bilda"), "IKF och Bilda"),
        (("a", "b", "c"), "a, b och c"),
    ],
)
def test_lists_end_with_and(words: tuple[str, ...], joined: str) -> None:
    """As a sentence has them."""
    assert listed(words) == joined
