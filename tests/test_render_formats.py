"""Every format has every figure, sum and note of a table, whatever its texts and the screen are."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from iopctl.output import TableFormat, rendered, rendered_page, show, show_page
from iopctl.output.figures import shown
from iopctl.output.measure import narrowest, width
from iopctl.output.terminal import PIPE, PLAIN, Screen
from iopctl.tables import UNKNOWN, ZERO, Amount, Cell, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from tests.conftest import Golden


def kronor(figure: str) -> Amount:
    """Return the sum that *figure* is in files."""
    return Amount(Decimal(figure))


BUDGET = Table(
    name="budget",
    title="Budget 2024–2026",
    as_of=date(2024, 6, 1),
    columns=(
        Column("agreement", "Agreement"),
        Column("share", "Public share", Kind.PERCENT),
        Column("2024", "2024", Kind.KRONOR, "decided"),
        Column("2025", "2025", Kind.KRONOR, "decided"),
        Column("2026", "2026", Kind.KRONOR, "option"),
        Column("end", "Latest end", Kind.DATE),
        Column("places", "Places", Kind.NUMBER),
    ),
    rows=(
        Row(
            (
                "Internationella kvinnoföreningen",
                Decimal("49.95"),
                kronor("459000"),
                kronor("468180"),
                kronor("477544"),
                date(2029, 12, 31),
                1070,
            )
        ),
        Row(
            (
                "Bilda – folkbildning | kultur",
                None,
                kronor("295000.50"),
                UNKNOWN,
                None,
                date(2025, 8, 31),
                None,
            )
        ),
        Row(
            ("of this, grants", None, kronor("295000.50"), UNKNOWN, None, None, None),
            Level.SUBTOTAL,
        ),
        Row(
            (
                "Total",
                None,
                kronor("754000.50"),
                kronor("468180") + UNKNOWN,
                kronor("477544"),
                None,
                1070,
            ),
            Level.TOTAL,
        ),
    ),
    notes=(
        "Each row is rounded half up to whole kronor; totals are sums of rounded rows.",
        "The amount of Bilda in 2025 is not known.",
    ),
)
PARTIES = Table(
    name="parties",
    title="Parties",
    as_of=date(2024, 6, 1),
    columns=(Column("field", ""), Column("value", "")),
    rows=(
        Row(("public", "Linköpings kommun")),
        Row(("civil", "Studieförbundet Bilda")),
    ),
)


# --- whole outputs


@pytest.mark.parametrize("cells", [20, 40, 60, 80, 100, 120, 200, PIPE.width])
def test_text_at_each_width(cells: int, golden: Golden) -> None:
    """Columns narrow, words wrap, cards take over; on a pipe nothing is done to a line."""
    name = "pipe" if cells == PIPE.width else cells
    golden(f"render/text-{name}.txt", rendered(BUDGET, TableFormat.TEXT, Screen(cells)))


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_text_in_each_narrow_encoding(encoding: str, golden: Golden) -> None:
    """Columns stay aligned where signs are replaced by longer ones."""
    text = rendered(BUDGET, TableFormat.TEXT, Screen(100, encoding=encoding))
    golden(f"render/text-{encoding}.txt", text.encode(encoding, PLAIN).decode(encoding))


def test_text_in_color(golden: Golden) -> None:
    """Colour adds weight to titles and sums, and nothing that is not there without it."""
    golden("render/text-color.txt", rendered(BUDGET, TableFormat.TEXT, Screen(100, color=True)))


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (TableFormat.JSON, "table.json"),
        (TableFormat.CSV, "table.csv"),
        (TableFormat.CSV_RFC4180, "table-rfc4180.csv"),
        (TableFormat.MARKDOWN, "table.md"),
    ],
)
def test_other_formats(form: TableFormat, name: str, golden: Golden) -> None:
    """What programs, spreadsheets and texts get."""
    golden(f"render/{name}", rendered(BUDGET, form))


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (TableFormat.TEXT, "page.txt"),
        (TableFormat.JSON, "page.json"),
        (TableFormat.CSV, "page.csv"),
        (TableFormat.CSV_RFC4180, "page-rfc4180.csv"),
        (TableFormat.MARKDOWN, "page.md"),
    ],
)
def test_several_tables_on_a_page(form: TableFormat, name: str, golden: Golden) -> None:
    """Tables that belong together are one document, whose day the first of them tells."""
    tables = [PARTIES, replace(BUDGET, as_of=None)]
    golden(f"render/{name}", rendered_page("show", tables, form))


def test_common_table_needs_no_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that takes long to load is there for characters of uncommon width alone."""
    monkeypatch.setitem(sys.modules, "rich.cells", None)  # importing it fails

    assert "≥" in rendered(BUDGET, TableFormat.TEXT)


def test_only_text_is_in_the_encoding_of_the_screen(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """A file of one format is the same on every console."""
    console = Screen(100, encoding="cp1252")
    show(BUDGET, TableFormat.TEXT, console)
    text = capfdbinary.readouterr().out
    show_page("show", [BUDGET], TableFormat.CSV, console)
    file = capfdbinary.readouterr().out

    assert "kvinnoföreningen".encode("cp1252") in text
    assert "kvinnoföreningen".encode() in file


# --- properties of any table

texts = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["a|b", "=1+1", "`x`", "[a](b)", "<b>", "::error::", "# x", "12. x", "tre ord till", "\\", "**"]
)
amounts = st.builds(
    Amount, st.decimals(min_value=-(10**13), max_value=10**13, places=2), st.booleans()
)
CELLS: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: texts,
    Kind.KRONOR: amounts,
    Kind.PERCENT: st.decimals(min_value=0, max_value=100, allow_nan=False),
    Kind.DATE: st.dates(date(1990, 1, 1), date(2199, 12, 31)),
    Kind.NUMBER: st.integers(0, 10**7),
    Kind.STATE: st.sampled_from(["decided", "not reported"]),
}
columns = st.builds(
    Column,
    key=st.text("abc", min_size=1, max_size=3),
    title=texts,
    kind=st.sampled_from(Kind),
    group=st.sampled_from(["", "decided", "option not yet taken"]),
    spare=st.just(0),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table of any columns, cells and notes."""
    chosen = draw(st.lists(columns, min_size=1, max_size=5, unique_by=lambda column: column.key))
    cells = st.tuples(*(CELLS[column.kind] | st.none() for column in chosen))
    rows = draw(st.lists(st.builds(Row, cells, st.sampled_from(Level)), max_size=4))
    notes = draw(st.lists(texts, max_size=2))
    return Table("budget", draw(texts), date(2024, 6, 1), tuple(chosen), tuple(rows), tuple(notes))


def figures(table: Table) -> list[tuple[Cell, Kind]]:
    """Return all that a table holds but texts and states."""
    return [
        (cell, column.kind)
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
        if not isinstance(cell, str | None)
    ]


@given(tables(), st.integers(20, 200))
def test_every_figure_stands_whole_on_a_line_at_any_width(table: Table, cells: int) -> None:
    """No figure and no date is cut, wrapped or left out."""
    lines = rendered(table, TableFormat.TEXT, Screen(cells)).splitlines()

    for cell, kind in figures(table):
        assert any(shown(cell, kind) in line for line in lines)


@given(tables(), st.integers(1, 200))
def test_no_line_is_wider_than_the_screen_unless_a_word_is(table: Table, cells: int) -> None:
    """A line that is too wide cannot be broken anywhere."""
    for line in rendered(table, TableFormat.TEXT, Screen(cells)).splitlines():
        assert width(line) <= cells or width(line.strip(" ")) == narrowest(line.strip(" "))


@given(tables(), st.sampled_from(TableFormat), st.integers(20, 200))
def test_no_format_lets_a_text_act_on_a_terminal(
    table: Table, form: TableFormat, cells: int
) -> None:
    """Line ends and spaces are all that can't be seen, and no line begins with a CI's command."""
    text = rendered(table, form, Screen(cells)).removeprefix("\ufeff").replace("\r\n", "\n")

    assert all(each in " \n" or each.isprintable() or category(each) == "Zs" for each in text)
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))


@given(
    tables(), st.sampled_from([(TableFormat.CSV, ";", ","), (TableFormat.CSV_RFC4180, ",", ".")])
)
def test_csv_reads_back_equal(table: Table, dialect: tuple[TableFormat, str, str]) -> None:
    """Each line has a field for the level and for each column, and each figure its value."""
    form, delimiter, point = dialect
    text = rendered(table, form).removeprefix("\ufeff")
    _, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    assert {1 + len(table.columns)} >= {len(row) for row in rows}
    assert [row[0] for row in rows] == [
        *(row.level for row in table.rows),
        *("note" for _ in table.notes),
    ]
    for row, read in zip(table.rows, rows, strict=False):
        for cell, field in zip(row.cells, read[1:], strict=True):
            if isinstance(cell, Amount) and cell.complete:
                assert Decimal(field.replace(point, ".")) == cell.known


@given(tables())
def test_markdown_has_the_same_columns_on_each_row(table: Table) -> None:
    """Whatever a text holds, it is text: one cell, one note, and no markup."""
    tokens = MarkdownIt("commonmark").enable("table").parse(rendered(table, TableFormat.MARKDOWN))
    kinds = [token.type for token in tokens]
    inline = {child.type for token in tokens for child in token.children or ()}

    assert kinds.count("td_open") == len(table.columns) * len(table.rows)
    assert kinds.count("th_open") == len(table.columns)
    assert kinds.count("list_item_open") == len(table.notes)
    assert inline <= {"text", "text_special", "strong_open", "strong_close"}


@given(st.lists(amounts, min_size=1, max_size=5))
def test_sums_in_json_are_what_they_were(parts: list[Amount]) -> None:
    """The rows add up to the total, and only a sum without unknown parts is a number."""
    rows = *(Row((part,)) for part in parts), Row((sum(parts, ZERO),), Level.TOTAL)
    table = Table("budget", "Budget", date(2024, 6, 1), (Column("sum", "Sum", Kind.KRONOR),), rows)
    *read, total = (
        row["cells"]["sum"] for row in json.loads(rendered(table, TableFormat.JSON))["rows"]
    )

    if all(part.complete for part in parts):
        assert Decimal(total) == sum(map(Decimal, read))
    else:
        assert list(total) == ["at_least"]


@given(st.text(), st.text())
def test_texts_in_json_are_what_they_were(text: str, note: str) -> None:
    """What is escaped for the terminal's sake is read as it was."""
    columns = (Column("agreement", text),)
    table = Table("list", "", date(2024, 6, 1), columns, (Row((text,)),), (note,))
    data = json.loads(rendered(table, TableFormat.JSON))

    assert text == data["columns"][0]["title"] == data["rows"][0]["cells"]["agreement"]
    assert [note] == data["notes"]
