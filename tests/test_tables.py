"""Amounts keep what is unknown apart from zero, and a table loses no cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Row, Table

kronor = st.decimals(min_value=0, max_value=10**13, places=2)
amounts = st.builds(Amount, kronor, st.booleans())


def table(columns: tuple[Column, ...], *rows: Row) -> Table:
    """Return a table in which nothing but *columns* and *rows* matters."""
    return Table("budget", "Budget", date(2024, 6, 1), columns, rows)


def test_sum_with_an_unknown_part_keeps_what_is_known() -> None:
    """An unknown part makes a sum incomplete and takes nothing from it."""
    result = sum([Amount(Decimal(120000)), UNKNOWN], ZERO)

    assert Amount(Decimal(120000), complete=False) == result
    assert not result.unknown


def test_only_an_incomplete_sum_of_nothing_is_unknown() -> None:
    """A complete zero is a real zero, however many zeros make it."""
    assert UNKNOWN.unknown
    assert (ZERO + UNKNOWN).unknown
    assert not (ZERO + ZERO).unknown


@given(st.lists(amounts))
def test_sum_is_complete_when_its_parts_are(parts: list[Amount]) -> None:
    """A sum is complete exactly when every part is, in whatever order they come."""
    result = sum(parts, ZERO)

    assert all(part.complete for part in parts) == result.complete
    assert sum(reversed(parts), ZERO) == result


def test_sum_of_large_amounts_is_exact() -> None:
    """More digits than decimal's default context keeps are all kept."""
    large, small = Amount(Decimal("9" * 40)), Amount(Decimal("0.50"))

    assert Amount(Decimal("9" * 40 + ".50")) == large + small


def test_table_refuses_columns_of_one_key() -> None:
    """Two columns of one key would be one in JSON."""
    with pytest.raises(ValueError, match="columns of the table budget share a key"):
        table((Column("2024", "2024"), Column("2024", "2024", group="option")))


@pytest.mark.parametrize("cells", [(), ("one", "two")])
def test_table_refuses_a_row_of_another_width(cells: tuple[str, ...]) -> None:
    """A row has a cell for each column and no more."""
    with pytest.raises(ValueError, match="not every row of the table budget has 1 cells"):
        table((Column("agreement", "Agreement"),), Row(("fits",)), Row(cells))


def test_label_tells_the_group() -> None:
    """Where no group stands above a column its title alone could be that of another."""
    assert Column("option_2027", "2027", Kind.KRONOR, "option").label == "2027 (option)"
    assert Column("2027", "2027", Kind.KRONOR).label == "2027"
