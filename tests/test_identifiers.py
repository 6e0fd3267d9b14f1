"""Check digits: our own sums say of every number what a library of them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from stdnum import ean, luhn

from iopctl.model.identifiers import bankgiro, gln, org_number

if TYPE_CHECKING:
    from collections.abc import Callable


def digits(*, least: int, most: int) -> st.SearchStrategy[str]:
    """Return a strategy for so many digits."""
    return st.text("0123456789", min_size=least, max_size=most)


def is_accepted(read: Callable[[str], str], text: str) -> bool:
    """Tell whether *read* takes *text* as it stands."""
    try:
        return read(text) == text
    except PydanticCustomError:
        return False


@given(digits(least=9, most=9))
def test_one_check_digit_of_ten_fits_an_organisation(first: str) -> None:
    """It is the one that Luhn's sum gives."""
    number = f"{first[:2]}2{first[3:]}"
    fitting = [
        each for each in "0123456789" if is_accepted(org_number, f"{number[:6]}-{number[6:]}{each}")
    ]

    assert fitting == [luhn.calc_check_digit(number)]


@given(digits(least=7, most=8))
def test_a_bankgiro_fits_where_luhn_says_so(number: str) -> None:
    """Of seven or eight digits."""
    assert is_accepted(bankgiro, f"{number[:-4]}-{number[-4:]}") == luhn.is_valid(number)


@given(digits(least=12, most=12))
def test_one_check_digit_of_ten_fits_a_place(first: str) -> None:
    """It is the one that GS1's sum gives."""
    fitting = [each for each in "0123456789" if is_accepted(gln, f"{first}{each}")]

    assert fitting == [ean.calc_check_digit(first)]
