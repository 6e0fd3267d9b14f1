"""A program cannot take what is unknown for a number, nor one figure for another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from iopctl.output.json_ import render
from iopctl.tables import UNKNOWN, ZERO, Amount, Cell, Column, Kind, Row, Table


def table(cell: Cell, kind: Kind = Kind.TEXT) -> Table:
    """Return a table of one *cell*."""
    return Table("list", "", date(2024, 6, 1), (Column("it", "It", kind),), (Row((cell,)),))


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (Amount(Decimal("1710000.00")), Kind.KRONOR, "1710000"),
        (Amount(Decimal("1710000.5")), Kind.KRONOR, "1710000.50"),
        (ZERO, Kind.KRONOR, "0"),
        (Amount(Decimal(120000), complete=False), Kind.KRONOR, {"at_least": "120000"}),
        (UNKNOWN, Kind.KRONOR, {"at_least": None}),
        (Decimal("58.25"), Kind.PERCENT, "58.25"),
        (70, Kind.NUMBER, 70),
        (date(2024, 1, 31), Kind.DATE, "2024-01-31"),
        ("Bilda", Kind.TEXT, "Bilda"),
        (None, Kind.KRONOR, None),
    ],
)
def test_value_of_a_cell(cell: Cell, kind: Kind, expected: object) -> None:
    """Sums are strings, incomplete ones objects, and an empty cell is null."""
    assert expected == json.loads(render(table(cell, kind)))["rows"][0]["cells"]["it"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("\u202e", r"\u202e"), ("\U000e0041", r"\udb40\udc41"), ("\x9b", r"\u009b")],
)
def test_what_a_terminal_acts_on_is_escaped(text: str, escaped: str) -> None:
    """JSON's own escapes keep the terminal safe, and the text is still the same to a program."""
    written = render(table(text))

    assert f'"it": "{escaped}"' in written
    assert json.loads(written)["rows"][0]["cells"]["it"] == text


def test_letters_are_readable() -> None:
    """What is no danger is not escaped: a person may search for it."""
    assert '"Östergötland – 5\u00a0%"' in render(table("Östergötland – 5\u00a0%"))


def test_part_of_a_page_has_no_day_of_its_own() -> None:
    """What has no date says so rather than leave the key out."""
    assert json.loads(render(replace(table(None), as_of=None)))["as_of"] is None
