"""What other programs read is what the agreements say: figures, days, and nothing that runs."""

from __future__ import annotations

import gc
import io
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as arrow

from iopctl.case.case import Case
from iopctl.check.portfolio import load
from iopctl.errors import UserError
from iopctl.input import Input
from iopctl.installation import MissingExtra
from iopctl.listings.export import TableName, fields, portfolio
from iopctl.output import json_, parquet, xlsx
from iopctl.output.formulas import is_formula
from iopctl.packed import Packed
from iopctl.tables import UNKNOWN, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.conftest import AgreementText

ROOT = Path(__file__).parents[1]
TODAY = date(2024, 6, 1)
COLUMNS = (
    Column("name", "name"),
    Column("2024", "2024", Kind.KRONOR),
    Column("option-2025", "2025", Kind.KRONOR, "option"),
    Column("share", "share", Kind.PERCENT),
    Column("day", "day", Kind.DATE),
    Column("measure", "measure", Kind.NUMBER),
    Column("count", "count", Kind.NUMBER),
)
ROWS = (
    Row(("Å", Amount(Decimal(1710000)), Amount(Decimal("0.50")), Decimal("58.222222222"),
         date(2024, 1, 31), Decimal("37.5"), 3)),
    Row(("Ö", UNKNOWN, Amount(Decimal(120000), complete=False), None, None, None, None)),
    Row(("total", Amount(Decimal(1710000), complete=False), Amount(Decimal("120000.50"), complete=False), None, None, None, 3), Level.TOTAL),
)  # fmt: skip
TABLE = Table("kinds", "All kinds", TODAY, COLUMNS, ROWS, ("a note",))


def read(text: str) -> list[Case]:
    """Return the agreement that a file has."""
    found = load([Input("exempel-2024.yaml", text.encode())])
    return [Case(each, TODAY) for each in found.readable]


def tables(
    given: Iterable[Case], *, options: bool = False, told: Sequence[str] = ()
) -> dict[TableName, Table]:
    """Return all tables of some agreements."""
    asked = portfolio.ExportRequest(options=options)
    return portfolio.tables((portfolio.extract(asked, each) for each in given), TODAY, told=told)


def across(given: Iterable[Case], told: Sequence[str] = ()) -> Table:
    """Return their budget with its years across."""
    asked = portfolio.ExportRequest(options=False, by_year=True)
    extracts = Packed(portfolio.extract(asked, each) for each in given)
    commitments = extracts.of_each(attrgetter("commitment"))
    return portfolio.budget_by_year(commitments, TODAY, options=False, told=told)


@pytest.fixture
def sheets(agreement_text: AgreementText) -> list[Case]:
    """Return an agreement that has something for every table."""
    return read(
        agreement_text("""\
        follow_up: {meetings_per_year: 2}
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-02-01, event: decision, body: Nämnden}
          - {date: 2024-05-01, event: report, year: 2024, actual: [{party: foreningen, amount: 440000}]}""")
    )


def opened(data: bytes, *, values: bool = True) -> openpyxl.Workbook:
    """Return a workbook with the values of its formulas, or with the formulas."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def cells(data: bytes, *, values: bool = True) -> list[tuple[Any, ...]]:
    """Return the cells of the first sheet, line by line."""
    book = opened(data, values=values)
    return [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]


def of_text(*texts: str) -> Table:
    """Return a table with a row for each text."""
    rows = tuple(Row((text,)) for text in texts)
    return Table("texts", "Texts", TODAY, (Column("text", "text"),), rows)


# ------------------------------------------------------------------ the tables
def test_there_is_a_table_for_each_name(sheets: list[Case]) -> None:
    """None is empty here, and each is called as it is asked for."""
    found = tables(sheets, options=True, told=["a note"])

    assert tuple(found) == get_args(TableName)
    assert [(each.name, each.notes) for each in found.values()] == [(n, ("a note",)) for n in found]
    assert all(each.rows for each in found.values())


def test_whole_numbers_are_declared(sheets: list[Case]) -> None:
    """A column of counts is one to Parquet, whatever the agreements at hand have in it."""
    found = tables(sheets, options=True).values()
    numbers = {
        (column.key, type(row.cells[place]))
        for table in found
        for row in table.rows
        for place, column in enumerate(table.columns)
        if column.kind is Kind.NUMBER
    }

    assert {key for key, kind in numbers if kind is int} <= fields.WHOLE
    assert {key for key, kind in numbers if kind is Decimal}.isdisjoint(fields.WHOLE)
    columns = {column.key for table in found for column in table.columns}
    assert columns >= fields.WHOLE


def test_budget_across_is_the_long_one_summed(sheets: list[Case]) -> None:
    """The two sheets of the workbook can't differ."""
    long = tables(sheets)["budget"]
    summed = across(sheets, told=["first"])
    keys = [column.key for column in long.columns]
    amounts = [row.cells[keys.index("amount")] for row in long.rows]

    assert summed.rows[-1].cells[3:] == (Amount(Decimal(900000)), Amount(Decimal(900000)))
    assert sum((each for each in amounts if isinstance(each, Amount)), UNKNOWN).known == 1_800_000
    assert summed.notes[0] == "first"


def test_budget_across_has_all_years(agreement_text: AgreementText) -> None:
    """A file has room for more than a screen."""
    given = read(agreement_text("validity: {start: 2005-01-01, end: 2024-12-31}"))

    assert len(across(given).columns) == 3 + 20


def test_side_is_incomplete_only_in_years_with_a_joint_row(agreement_text: AgreementText) -> None:
    """What both give together is in neither side's sum; an amendment then divides it."""
    given = read(
        agreement_text("""\
        economy:
          contributions:
            - {party: kommunen, amount: 100}
            - {party: [kommunen, foreningen], amount: 50}
        log:
          - date: 2024-05-01
            event: amendment
            effective: 2025-01-01
            terms:
              economy:
                contributions: [{party: kommunen, amount: 100}, {party: foreningen, amount: 50}]
        """)
    )
    split = tables(given)["split"]

    assert [row.cells[1:4] for row in split.rows] == [
        (2024, Amount(Decimal(100), complete=False), UNKNOWN),
        (2025, Amount(Decimal(100)), Amount(Decimal(50))),
    ]


def test_log_ends_with_the_day(agreement_text: AgreementText) -> None:
    """Later events are not known yet."""
    given = read(
        agreement_text(
            "log: [{date: 2024-06-01, event: meeting}, {date: 2024-06-02, event: meeting}]"
        )
    )
    log = tables(given)["log"]

    assert [row.cells[2] for row in log.rows] == [TODAY]


def test_every_column_is_told_of(sheets: list[Case]) -> None:
    """One table says what all of them mean, and of what type each column is."""
    found = tables(sheets)
    told = [row.cells for row in found["about"].rows]
    columns = {(name, column.key) for name, table in found.items() for column in table.columns}

    assert {cells[:2] for cells in told if cells[1]} == columns
    assert all(meaning for *_, meaning in told)
    assert [cells[0] for cells in told if not cells[1]] == ["budget-by-year", *found]


def test_an_agreement_tells_where_it_stands(agreement_text: AgreementText) -> None:
    """Its days as decided, what is late, and what comes next, as of the day."""
    given = read(
        agreement_text("""\
        validity: {start: 2023-01-01, end: 2024-12-31, notice_months: 3}
        follow_up: {meetings_per_year: 1}""")
    )
    table = tables(given)["agreements"]
    keys = [column.key for column in table.columns]
    told = dict(zip(keys, table.rows[0].cells, strict=True))

    assert (told["as_of"], told["state"], told["days_left"]) == (TODAY, "active", 213)
    assert told["decided_until"] == date(2024, 12, 31)
    assert (told["late"], told["next_deadline"]) == (1, date(2024, 9, 30))
    assert (told["next_deadline_kind"], told["next_deadline_who"]) == (
        "decision",
        "Exempels kommun",
    )
    assert str(told["next_deadline_what"]).startswith("last day of notice: ")


# ------------------------------------------------------------------ XLSX
def test_workbook_reads_back_as_the_table() -> None:
    """Figures are figures, days are days, what is unknown is told in words."""
    header, *rows = cells(xlsx.workbook([TABLE], TODAY))

    assert header == ("name", "2024", "2025 (option)", "share", "day", "measure", "count")
    assert rows == [
        ("Å", 1710000, 0.5, 0.58222222222, datetime(2024, 1, 31), 37.5, 3),  # noqa: DTZ001 - a day has no zone
        ("Ö", "unknown", 120000, None, None, None, None),
        ("total", 1710000, 120000.5, None, None, None, 3),
        (None,) * 7,
        ("a note", *(None,) * 6),
    ]


def test_total_is_a_formula() -> None:
    """It adds up the rows above it that a filter shows; a sum of nothing known is in words."""
    nothing = replace(TABLE, rows=(Row(("total", UNKNOWN, *(None,) * 5), Level.TOTAL),))

    assert cells(xlsx.workbook([TABLE], TODAY), values=False)[3][:3] == (
        "total",
        "=SUBTOTAL(9,B2:B3)",
        "=SUBTOTAL(9,C2:C3)",
    )
    assert cells(xlsx.workbook([nothing], TODAY))[1][:2] == ("total", "unknown")


def test_what_is_known_of_a_sum_is_in_its_total() -> None:
    """A workbook that reckons again comes to what the table says; another total is a number."""
    columns = (Column("name", "name"), Column("a", "a", Kind.KRONOR), Column("b", "b", Kind.KRONOR))
    rows = (
        Row(("one", Amount(Decimal(5)), Amount(Decimal(5)))),
        Row(("two", Amount(Decimal(7), complete=False), UNKNOWN)),
        Row(("some", Amount(Decimal(12), complete=False), Amount(Decimal(6))), Level.TOTAL),
    )
    table = Table("t", "T", TODAY, columns, rows)

    assert cells(xlsx.workbook([table], TODAY), values=False)[1:] == [
        ("one", 5, 5),
        ("two", 7, "unknown"),
        ("some", "=SUBTOTAL(9,B2:B3)", 6),
    ]


def test_figures_look_swedish() -> None:
    """Groups, öre where there are any, a mark at what is incomplete, and days in ISO's order."""
    sheet = opened(xlsx.workbook([TABLE], TODAY)).worksheets[0]
    found = [[cell.number_format for cell in row[1:5]] for row in (sheet[2], sheet[4])]

    assert found == [
        ["[$-41D]#,##0", "[$-41D]#,##0.00", "[$-41D]0.0 %", "yyyy-mm-dd"],
        ['[$-41D]"≥ "#,##0', '[$-41D]"≥ "#,##0.00', "General", "General"],
    ]


def test_sheet_can_be_worked_with() -> None:
    """Header and names stay, and the filter leaves the total; columns fit what is in them."""
    sheet = opened(xlsx.workbook([TABLE], TODAY)).worksheets[0]
    widths = [round(sheet.column_dimensions[each].width) for each in "ABD"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:G3")
    assert widths == [10, 14, 11]  # "≥ 1 710 000" and room to breathe


def test_sheet_can_be_printed() -> None:
    """Its header, names, title and day are on every page; a wide one is not shrunk to nothing."""
    wide = of_text("x" * 60)
    wide = replace(
        wide,
        columns=tuple(Column(str(number), "text") for number in range(8)),
        rows=(Row(wide.rows[0].cells * 8),),
    )
    narrow, wider = (opened(xlsx.workbook([each], TODAY)).worksheets[0] for each in (TABLE, wide))

    assert (narrow.print_title_rows, narrow.print_title_cols) == ("$1:$1", "$A:$A")
    assert narrow.page_setup.orientation == "landscape"
    assert (narrow.oddHeader.left.text, narrow.oddHeader.right.text) == ("All kinds", "2024-06-01")
    assert (narrow.page_setup.fitToWidth, wider.page_setup.fitToWidth) == (None, 3)


def test_long_texts_stand_in_lines() -> None:
    """Their rows are as high as the lines need; what is next to them does not cut them."""
    texts = of_text("ett ord " * 20, "x", "ord " * 5000)
    sheet = opened(xlsx.workbook([texts], TODAY)).worksheets[0]
    heights = [sheet.row_dimensions[line].height for line in (2, 3, 4)]

    assert heights == [45, None, 408.75]  # Excel has no higher ones
    assert sheet["A2"].alignment.wrap_text


@pytest.mark.parametrize(
    "text",
    ["\t=1", "\n@x", "=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", " =1", "＝1", "http://x.se", "file:///x", "0123", "_x0041_", "<b>&"],
)  # fmt: skip
def test_text_is_neither_formula_nor_link(text: str) -> None:
    """Whatever an agreement says stays a text, also once its cell is edited."""
    sheet = opened(xlsx.workbook([of_text(text)], TODAY), values=False).worksheets[0]

    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A2"].hyperlink is None
    assert bool(sheet["A2"].quotePrefix) == is_formula(text) == (text.strip()[0] in "=+-@＝")


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co"]), min_size=1))
def test_every_text_reads_back(text: str) -> None:
    """Whatever the reader of agreements lets through comes out as it went in."""
    assert cells(xlsx.workbook([of_text(text)], TODAY))[1] == (text,)


def test_what_excel_cannot_hold_is_kept_as_text() -> None:
    """A figure of more than 15 digits stays exact; a text of more than 32 767 shows it was cut."""
    wide = Amount(Decimal("1234567890123.45"))
    huge = Amount(Decimal("12345678901234.56"))
    columns = (Column("2024", "2024", Kind.KRONOR), Column("base", "base", Kind.NUMBER))
    rows = (
        Row((wide, 10)),
        Row((huge, Decimal("12345678901234.5678"))),
        Row((huge, None), Level.TOTAL),
    )
    _, first, second, total = cells(xlsx.workbook([Table("a", "A", TODAY, columns, rows)], TODAY))
    (cut,) = cells(xlsx.workbook([of_text("å" * 40_000)], TODAY))[1]

    assert first == (1234567890123.45, 10)
    assert second == ("12\u00a0345\u00a0678\u00a0901\u00a0234.56", "12345678901234.5678")
    assert total == ("12\u00a0345\u00a0678\u00a0901\u00a0234.56", None)
    assert (len(cut), cut[-2:]) == (32_767, "å…")


def test_workbook_has_a_sheet_for_each_table(sheets: list[Case]) -> None:
    """Also where a table has no rows."""
    found = tables(sheets)
    found["log"] = replace(found["log"], rows=())

    book = opened(xlsx.workbook([*found.values()], TODAY))

    assert book.sheetnames == list(found)
    assert book["log"].max_row == 1


def test_same_tables_same_bytes() -> None:
    """No clock has left its time in the file or in what it is packed of."""
    data = xlsx.workbook([TABLE], TODAY)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        times = {part.date_time for part in parts.infolist()}

    assert opened(data).properties.created == datetime(2024, 6, 1)  # noqa: DTZ001 - openpyxl reads no zone
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert data == xlsx.workbook([TABLE], TODAY)


# ------------------------------------------------------------------ Parquet
def test_parquet_reads_back_as_the_rows() -> None:
    """Exact figures and days; null where nothing or not all is known; no total to add twice."""
    found = arrow.read_table(io.BytesIO(parquet.file(TABLE))).to_pylist()

    assert found == [
        {
            "name": "Å",
            "2024": Decimal(1710000),
            "option-2025": Decimal("0.50"),
            "share": Decimal("58.222222"),
            "day": date(2024, 1, 31),
            "measure": Decimal("37.5"),
            "count": 3,
        },
        dict.fromkeys([column.key for column in COLUMNS]) | {"name": "Ö"},
    ]


def test_parquet_types_do_not_depend_on_the_rows() -> None:
    """So that the files of many municipalities can be read as one."""
    empty = arrow.read_schema(io.BytesIO(parquet.file(replace(TABLE, rows=()))))
    full = arrow.read_schema(io.BytesIO(parquet.file(TABLE)))

    assert empty.equals(full, check_metadata=True)
    assert [str(each) for each in full.types] == [
        "string",
        "decimal128(18, 2)",
        "decimal128(18, 2)",
        "decimal128(9, 6)",
        "date32[day]",
        "decimal128(38, 10)",
        "int64",
    ]
    assert full.metadata == {
        b"schema": b"iopctl/export/kinds/1",
        b"title": b"All kinds",
        b"as_of": b"2024-06-01",
        b"notes": b"a note",
    }


def test_parquet_holds_any_amount() -> None:
    """A column with one of 10 000 000 000 000 000 kronor has room for it, and others as before."""
    most = Decimal("9999999999999999999999999999.99")
    columns = (Column("amount", "amount", Kind.KRONOR), Column("left", "left", Kind.KRONOR))
    rows = (Row((Amount(most), Amount(Decimal(1)))), Row((UNKNOWN, None)))

    read = arrow.read_table(io.BytesIO(parquet.file(Table("a", "A", TODAY, columns, rows))))

    assert read.column("amount").to_pylist() == [most, None]
    assert [str(each) for each in read.schema.types] == ["decimal128(38, 2)", "decimal128(18, 2)"]


def test_parquet_refuses_what_it_cannot_hold() -> None:
    """A figure is never cut: the file is not written."""
    row = Row((Amount(Decimal(10) ** 36),))
    table = Table("budget", "Budget", TODAY, (Column("amount", "amount", Kind.KRONOR),), (row,))

    with pytest.raises(UserError, match="budget: a figure under 'amount' is too large for Parquet"):
        parquet.file(table)


def test_parquet_is_queried_by_duckdb(sheets: list[Case], tmp_path: Path) -> None:
    """Sums are exact, and same tables give same bytes."""
    duckdb = pytest.importorskip("duckdb")
    table = tables(sheets)["budget"]
    file = tmp_path / "budget.parquet"
    file.write_bytes(parquet.file(table))
    query = f"select year, sum(amount) from '{file}' group by year order by year"  # noqa: S608 - its own file
    found = duckdb.connect().execute(query).fetchall()

    assert found == [(2024, Decimal("900000.00")), (2025, Decimal("900000.00"))]
    assert file.read_bytes() == parquet.file(table)


def test_parquet_has_the_types_that_are_told(sheets: list[Case], tmp_path: Path) -> None:
    """What the table of columns calls a type is what a database makes of it."""
    duckdb = pytest.importorskip("duckdb")
    exported = tables(sheets)
    found = set()
    for name, table in exported.items():
        file = tmp_path / f"{name}.parquet"
        file.write_bytes(parquet.file(table))
        described = duckdb.connect().execute(f"describe select * from '{file}'").fetchall()  # noqa: S608 - its own file
        found |= {(name, key, kind) for key, kind, *_ in described}

    assert found == {row.cells[:3] for row in exported["about"].rows if row.cells[1]}


# ------------------------------------------------------------------ what is not installed
@pytest.mark.parametrize(
    ("library", "written", "told"),
    [
        ("xlsxwriter", lambda: xlsx.workbook([TABLE], TODAY), r"an XLSX file .*'iopctl\[export\]'"),
        ("pyarrow", lambda: parquet.file(TABLE), r"a Parquet file .*'iopctl\[parquet\]'"),
    ],
)
def test_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, written: Callable[[], bytes], told: str
) -> None:
    """The extra that brings it is told in a line."""
    monkeypatch.setitem(sys.modules, library, None)  # importing it fails

    with pytest.raises(MissingExtra, match=told):
        written()


def test_many_agreements_take_little_room(sheets: list[Case], tmp_path: Path) -> None:
    """Each is let go when its rows are made, and each row is made when it is written."""

    def peak(number: int) -> int:
        gc.collect()
        tracemalloc.start()
        given = (replace(sheets[0], as_of=TODAY + timedelta(each)) for each in range(number))
        found = tables(given, options=True)
        with (tmp_path / "out.json").open("wb") as file:
            file.writelines(json_.parts("export", [*found.values()]))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few, many = peak(10), peak(60)

    assert many - few < 50 * 12 * 1024  # as text it is 25 kB each
