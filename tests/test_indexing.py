"""What a new calendar year makes of an amount."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from iopctl.case.indexing import Raises, raised
from iopctl.case.raises import NOT_RAISED, NoRate, RaisedKrona
from iopctl.config import Series, config
from iopctl.model.index import AnyIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

SERIES = config(
    """
    [index.AKI]
    unit = "level"
    values = {2020 = 100, 2021 = 102.5, 2022 = 106.6, 2024 = 110}
    [index.PKV]
    unit = "percent"
    values = {2020 = 2, 2021 = 9.5, 2022 = -1, 2023 = 0.5}
    """,
    "iopctl.toml",
).index


READER: TypeAdapter[AnyIndex] = TypeAdapter(AnyIndex)


def index(**stated: object) -> AnyIndex:
    """Return an index as a file states it."""
    return READER.validate_python(stated)


def rate(stated: AnyIndex, year: int) -> Fraction | NoRate:
    """Return the raise of a year."""
    found = raised(stated, year, NOT_RAISED, SERIES)
    return found if isinstance(found, NoRate) else found.steps[-1].rate


@pytest.mark.parametrize(
    ("stated", "year", "expected"),
    [
        ({"percent": "2"}, 2030, "0.02"),
        ({"percent": "-1.5"}, 2030, "-0.015"),
        ({"series": "AKI"}, 2021, "0.025"),
        ({"series": "AKI"}, 2022, "0.04"),
        ({"series": "AKI", "lag_years": "1"}, 2022, "0.025"),
        ({"series": "AKI", "pass_through": "80"}, 2022, "0.032"),
        ({"series": "PKV"}, 2021, "0.095"),
        ({"series": "PKV", "lag_years": "2"}, 2022, "0.02"),
        ({"series": "PKV", "cap": "3"}, 2021, "0.03"),
        ({"series": "PKV", "floor": "0"}, 2022, "0"),
        ({"series": "PKV", "floor": "1", "cap": "3"}, 2020, "0.02"),
        ({"series": "PKV", "pass_through": "50", "cap": "4"}, 2021, "0.04"),
    ],
)
def test_a_raise_is_lagged_passed_through_and_then_bounded(
    stated: Mapping[str, str], year: int, expected: str
) -> None:
    """Level over level or percent, of the year before by the lag; pass-through; floor and cap."""
    assert rate(index(**stated), year) == Fraction(expected)


@pytest.mark.parametrize(
    ("stated", "year", "reason"),
    [
        ({"series": "AKI"}, 2020, "index series AKI has no value for 2019"),
        ({"series": "AKI"}, 2023, "index series AKI has no value for 2023"),
        ({"series": "AKI"}, 2024, "index series AKI has no value for 2023"),
        ({"series": "AKI", "lag_years": "1"}, 2026, "index series AKI has no value for 2025"),
        ({"series": "PKV"}, 2024, "index series PKV has no value for 2024"),
        ({"series": "OPI"}, 2024, "index series OPI is not in iopctl.toml: add [index.OPI]"),
    ],
)
def test_a_missing_value_names_series_and_year(
    stated: Mapping[str, str], year: int, reason: str
) -> None:
    """A value that is not there is never taken for no raise."""
    found = rate(index(**stated), year)

    assert isinstance(found, NoRate)
    assert found.reason.startswith(reason)


def test_an_unspecified_index_has_no_rate() -> None:
    """An agreement that is indexed, but not how, can't be raised."""
    found = rate("unspecified", 2024)

    assert isinstance(found, NoRate)
    assert found.reason.startswith("the index is unspecified")


@given(st.decimals(min_value=-50, max_value=100, places=2), st.integers(1990, 2149))
def test_the_factor_of_the_base_year_is_one(percent: Decimal, base_year: int) -> None:
    """No raise before or in the base year; each later year multiplies the one before."""
    raises = Raises(index(percent=f"{percent:f}"), base_year, {})
    step = 1 + Fraction(percent) / 100
    found = raises.until(base_year + 50)

    assert raises.until(base_year - 3) == raises.until(base_year) == NOT_RAISED
    assert isinstance(found, RaisedKrona)
    assert found.factor == step**50
    assert [each.rate for each in found.steps] == [step - 1] * 50


def test_after_a_missing_value_every_factor_is_missing() -> None:
    """A later value does not help: the product needs every year."""
    raises = Raises(index(series="AKI"), 2020, SERIES)

    found = raises.until(2022)

    assert isinstance(found, RaisedKrona)
    assert ([each.rate for each in found.steps], found.factor) == (
        [Fraction("0.025"), Fraction("0.04")],
        Fraction("1.066"),
    )
    missing = NoRate("value", "AKI", "2023", ("series",))
    assert raises.until(2023) == raises.until(2024) == missing


@pytest.mark.parametrize("base_year", [None, 2020])
def test_without_index_or_base_year_nothing_is_raised(base_year: int | None) -> None:
    """The factor is 1 in every year."""
    assert Raises(None, base_year, {}).until(2070) == NOT_RAISED
    assert Raises(index(percent="2"), None, {}).until(2070) == NOT_RAISED


def test_a_series_of_levels_is_above_zero() -> None:
    """A level of 0 would divide by nothing."""
    with pytest.raises(ValueError, match="the level of 2020 is 0"):
        Series.model_validate({"unit": "level", "values": {"2020": "0"}})
