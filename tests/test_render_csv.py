"""A spreadsheet adds up our figures, runs none of our texts, and mistakes neither for the other."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from iopctl.output.csv_ import DIALECTS, render
from iopctl.tables import UNKNOWN, Amount, Cell, Column, Kind, Row, Table


def field(cell: Cell, kind: Kind, dialect: str = "csv") -> str:
    """Return the field that *cell* becomes."""
    table = Table("list", "", date(2024, 6, 1), (Column("it", "It", kind),), (Row((cell,)),))
    text = render([table], DIALECTS[dialect])
    _, (_, result) = csv.reader(io.StringIO(text), delimiter=DIALECTS[dialect].delimiter)
    return result


@pytest.mark.parametrize(
    "text", ["=1+1", "+46", "-x", "@SUM(A1)", " =1", "\u00a0=1", "＝1", "－1", "\u3000＠x"]
)
def test_formula_is_marked_as_text(text: str) -> None:
    """What a spreadsheet would run begins with an apostrophe."""
    assert field(text, Kind.TEXT) == f"'{text}"


@pytest.mark.parametrize("text", ["A = 1", "'=1", "212000-0449", 'sade "ja"; gick', "0449"])
def test_other_text_is_as_it_was(text: str) -> None:
    """Quotation marks and delimiters are read back as they were."""
    assert field(text, Kind.TEXT) == text


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "one\n=1"])
def test_text_is_on_one_line(text: str) -> None:
    """A line end or a tab begins neither a line of the file nor a formula."""
    assert field(text, Kind.TEXT) == text.encode("unicode_escape").decode()


def test_titles_and_notes_are_text_too() -> None:
    """Parties name columns, and notes quote what stands in files."""
    table = Table("list", "", date(2024, 6, 1), (Column("it", "=A1"),), (), ("@x",))

    assert render([table], DIALECTS["csv-rfc4180"]) == '"level","\'=A1"\r\n"note","\'@x"\r\n'


@pytest.mark.parametrize(
    ("cell", "kind", "excel", "rfc4180"),
    [
        (Amount(Decimal(-1710000)), Kind.KRONOR, "-1710000", "-1710000"),
        (Amount(Decimal("0.5")), Kind.KRONOR, "0,50", "0.50"),
        (Amount(Decimal("120000.50"), complete=False), Kind.KRONOR, "≥120000,50", "≥120000.50"),
        (UNKNOWN, Kind.KRONOR, "unknown", "unknown"),
        (Decimal("58.25"), Kind.PERCENT, "58,25", "58.25"),
        (12000, Kind.NUMBER, "12000", "12000"),
        (date(2024, 1, 31), Kind.DATE, "2024-01-31", "2024-01-31"),
        (None, Kind.KRONOR, "", ""),
    ],
)
def test_figure_in_each_dialect(cell: Cell, kind: Kind, excel: str, rfc4180: str) -> None:
    """Figures are not grouped and never marked as text; an incomplete sum is no number."""
    assert (excel, rfc4180) == (field(cell, kind), field(cell, kind, "csv-rfc4180"))
