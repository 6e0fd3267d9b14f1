"""A figure is spelled for people without a break, and for programs without a loss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from iopctl.output.figures import exact, shown
from iopctl.tables import UNKNOWN, ZERO, Amount, Cell, Kind


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (Amount(Decimal(1710000)), Kind.KRONOR, "1\u00a0710\u00a0000"),
        (Amount(Decimal("120000.5"), complete=False), Kind.KRONOR, "≥\u00a0120\u00a0000.50"),
        (UNKNOWN, Kind.KRONOR, "unknown"),
        (ZERO, Kind.KRONOR, "0"),
        (Decimal("35.45"), Kind.PERCENT, "35.5\u00a0%"),
        (Decimal("58.2449"), Kind.PERCENT, "58.2\u00a0%"),
        (Decimal(100), Kind.PERCENT, "100.0\u00a0%"),
        (Decimal("1.0404"), Kind.NUMBER, "1.0404"),
        (12000, Kind.NUMBER, "12\u00a0000"),
        (2024, Kind.TEXT, "2024"),
        (date(2024, 1, 31), Kind.DATE, "2024-01-31"),
        ("open", Kind.DATE, "open"),
        (None, Kind.KRONOR, ""),
    ],
)
def test_cell_for_people(cell: Cell, kind: Kind, expected: str) -> None:
    """Figures are grouped and rounded half up, and what is unknown never looks like zero."""
    assert expected == shown(cell, kind)


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("58.22222222", Kind.PERCENT, "58.222222"),
        ("50.0000005", Kind.PERCENT, "50.000001"),
        ("100.0", Kind.PERCENT, "100"),
        ("1.082432160000", Kind.NUMBER, "1.082432160000"),
    ],
)
def test_measure_for_programs(value: str, kind: Kind, expected: str) -> None:
    """A percentage keeps six decimals and no idle zeros; other measures keep all they have."""
    assert expected == exact(Decimal(value), kind)
