"""`iopctl export`: which tables go into which file, and which files it leaves alone."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import openpyxl
import pytest
from pyarrow import parquet

from iopctl.listings.export import TableName
from iopctl.output import FileFormat

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden, Run

HERE = Path(__file__).parent
AGREEMENTS = HERE.parent / "agreements"
AS_OF = ("--as-of", "2026-11-22")
MIXED = [
    HERE / "fixtures" / f"{name}.yaml"
    for name in (
        "amendment",
        "index-compound",
        "index-unspecified",
        "invoices-logged",
        "nine-civil-parties",
        "open-ended",
        "other-funders",
        "sub-agreement",
        "terminated",
        "three-boards",
        "total-in-one-payment",
        "volumes-and-outcomes",
    )
] + [AGREEMENTS / f"{name}.yaml" for name in ("bilda-2020", "stadsmissionen-2024")]


@pytest.fixture
def file(tmp_path: Path, agreement_text: AgreementText) -> Path:
    """Return a file with an agreement."""
    made = tmp_path / "exempel-2024.yaml"
    made.write_text(agreement_text(), "utf-8")
    return made


@pytest.mark.parametrize("table", get_args(TableName))
def test_each_table(run: Run, golden: Golden, table: str) -> None:
    """Each has a row for each fact; what is unknown is empty, and says so."""
    wishes = ("--table", table, "--options", "--keep-going", "-f", "csv-rfc4180", "-o", "-")
    code, out, _ = run("export", *MIXED, *wishes, *AS_OF)

    assert code == 0
    golden(f"export/{table}.csv", out)


def test_all_tables_as_json(run: Run, golden: Golden) -> None:
    """One versioned document, in which amounts are texts."""
    code, out, err = run("export", AGREEMENTS / "ikf-2023.yaml", "-f", "json", "-o", "-", *AS_OF)

    assert (code, err) == (0, "")
    golden("export/all.json", out)


def test_option_years_are_asked_for(run: Run) -> None:
    """They are in no sum that somebody did not ask to have them in."""
    words = ("export", AGREEMENTS / "stadsmissionen-2024.yaml", "-f", "csv", "-o", "-")
    day = ("--as-of", "2025-06-01")

    assert '"option"' not in run(*words, *day).out
    assert '"option"' in run(*words, *day, "--options").out


@pytest.mark.parametrize("form", FileFormat)
def test_format_is_what_the_file_ends_with(run: Run, file: Path, form: FileFormat) -> None:
    """Else it is given, with the same result; the same day gives the same bytes."""
    suffix = "csv" if form is FileFormat.CSV_RFC4180 else form.upper()
    by_suffix, by_name = file.with_suffix(f".{suffix}"), file.with_suffix(".other")
    run("export", file, "-o", by_suffix, *AS_OF)
    code, out, err = run("export", file, "-o", by_name, "--format", form, *AS_OF)

    assert (code, out) == (0, "")
    assert err.startswith(f"{by_name}: ")
    same = by_name.read_bytes() == by_suffix.read_bytes()
    assert same is (form is not FileFormat.CSV_RFC4180)


def test_workbook_holds_all_tables(run: Run, file: Path) -> None:
    """The budget with its years across comes first, being what most people open it for."""
    made = file.with_suffix(".xlsx")
    _, _, err = run("export", file, "-o", made, *AS_OF)
    book = openpyxl.load_workbook(made, data_only=True)

    assert book.sheetnames == ["budget-by-year", *get_args(TableName)]
    assert [cell.value for cell in book["budget-by-year"][4]] == [
        "total",
        None,
        None,
        900000,
        900000,
    ]
    assert err == f"{made}: {', '.join(book.sheetnames)} written\n"


@pytest.mark.parametrize("form", ["xlsx", "json", "parquet"])
def test_one_table_can_be_asked_for(run: Run, file: Path, form: str) -> None:
    """Of any format."""
    made = file.with_suffix(f".{form}")
    run("export", file, "--table", "parties", "-o", made, *AS_OF)
    data = made.read_bytes()

    match form:
        case "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["parties"]
        case "json":
            assert list(json.loads(data)["tables"]) == ["parties"]
        case _:
            assert parquet.read_table(made)["party"].to_pylist() == ["kommunen", "foreningen"]


@pytest.mark.parametrize("form", ["csv", "csv-rfc4180", "parquet"])
def test_a_folder_gets_a_file_for_each_table(run: Run, file: Path, form: str) -> None:
    """It is made where it is not there yet, and no file in it is replaced unasked."""
    folder = file.parent / "out" / "tables"
    words = ("export", file, "-o", f"{folder}/", "-f", form, *AS_OF)
    code, out, err = run(*words)

    suffix = form.partition("-")[0]
    names = {f"{name}.{suffix}" for name in get_args(TableName)}
    assert (code, out) == (0, "")
    assert err == f"{folder}/: {', '.join(get_args(TableName))} written\n"
    assert {each.name for each in folder.iterdir()} == names
    assert run(*words).code == 2
    assert run(*words, "--force").code == 0


def test_a_folder_gets_all_of_its_files_or_none(run: Run, file: Path) -> None:
    """One that is there already stops the others, too."""
    folder = file.parent / "out"
    folder.mkdir()
    (folder / "log.csv").write_text("mine", "utf-8")
    code, _, err = run("export", file, "-o", f"{folder}/", "-f", "csv", *AS_OF)

    assert (code, err) == (
        2,
        f"iopctl: {folder}/log.csv is there already: name another, or add --force\n",
    )
    assert [each.name for each in folder.iterdir()] == ["log.csv"]


def test_many_municipalities_are_queried_at_once(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """The manual's queries read their folders as one, though the ids are the same in both."""
    duckdb = pytest.importorskip("duckdb")
    for town, amount in (("Storvik", 450000), ("Vikby", "120000.50")):
        text = agreement_text(f"""\
            parties:
              kommunen: {{role: public, name: {town}s kommun}}
              foreningen: {{role: civil, name: Föreningen Exemplet}}
            economy:
              contributions: [{{party: kommunen, amount: {amount}}}, {{party: foreningen}}]
            """)
        made = tmp_path / f"{town}.yaml"
        made.write_text(text, "utf-8")
        day = ("--as-of", "2024-06-01")
        assert run("export", made, "-o", f"{tmp_path / town}/", "-f", "parquet", *day).code == 0
    manual = (HERE.parent / "docs" / "export.md").read_text("utf-8")
    queries = re.findall(r"```sql\n(.*?)```", manual.replace("exports/", f"{tmp_path}/"), re.DOTALL)

    decided, paid = (duckdb.connect().execute(each).fetchall() for each in queries)

    last, first = date(2025, 12, 31), date(2025, 6, 30)
    assert decided == [
        (f"{town}s kommun", "exempel-2024", "active", last, first, "decision")
        for town in ("Storvik", "Vikby")
    ]
    assert paid == [
        ("Storviks kommun", 1, Decimal("450000.00"), 0),
        ("Vikbys kommun", 1, Decimal("120000.50"), 0),
    ]


def test_json_and_workbook_agree(run: Run, tmp_path: Path) -> None:
    """Two writers, one set of figures."""
    made = tmp_path / "all.xlsx"
    run("export", AGREEMENTS, "-o", made, *AS_OF)
    out = run("export", AGREEMENTS, "-f", "json", "-o", "-", *AS_OF).out
    rows = [each["cells"] for each in json.loads(out)["tables"]["budget"]["rows"]]
    sheet = openpyxl.load_workbook(made)["budget"]
    header, *lines = sheet.iter_rows(max_row=len(rows) + 1, values_only=True)
    place = header.index("amount")

    assert [line[place] for line in lines] == [
        None if row["amount"] is None else int(row["amount"]) for row in rows
    ]


# ------------------------------------------------------------------ what it refuses
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "-"], "iopctl: -o - does not say in which format: add --format xlsx, csv,"),
        (["-o", "a.ods"], "iopctl: -o a.ods does not say in which format: add --format xlsx, csv,"),
        (["-o", "-", "-f", "xlsx"], "iopctl: xlsx is no text for standard output: name a file with -o"),
        (["-o", "-", "-f", "parquet"], "iopctl: parquet is no text for standard output: name a"),
        ([], "iopctl: --output is missing (the file to write"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_a_line(run: Run, file: Path, words: list[str], message: str) -> None:
    """Exit code 2, and nothing on standard output."""
    code, out, err = run("export", file, *words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(message)


def test_no_file_is_replaced_unasked(run: Run, file: Path) -> None:
    """Least of all the agreement itself."""
    before = file.read_bytes()
    code, _, err = run("export", file, "-o", file, "-f", "csv", *AS_OF)

    assert (code, file.read_bytes()) == (2, before)
    assert err == f"iopctl: {file} is there already: name another, or add --force\n"
    made = file.with_suffix(".csv")
    made.write_text("old", "utf-8")
    assert run("export", file, "-o", made, "--force", *AS_OF).code == 0
    assert made.read_bytes().startswith(b'\xef\xbb\xbf"level"')


def test_missing_index_value_is_unknown_in_the_export(run: Run, tmp_path: Path) -> None:
    """What needs it is unknown, with the reason, and the command warns of it."""
    made = tmp_path / "budget.csv"
    words = ("export", HERE / "fixtures" / "index-series.yaml", "-o", made, *AS_OF)
    code, _, err = run(*words)

    assert code == 0
    assert "index series PKV is not in iopctl.toml" in err
    assert '"1";"index series PKV is not in iopctl.toml' in made.read_text("utf-8")


def test_what_was_left_out_is_in_the_file(run: Run, file: Path) -> None:
    """Whoever opens it later can't see the terminal."""
    file.with_name("broken.yaml").write_text("id: [", "utf-8")
    made = file.with_suffix(".xlsx")
    code, _, _ = run("export", file.parent, "-o", made, "--keep-going", *AS_OF)
    notes = [
        [cell.value for cell in sheet["A"] if str(cell.value).startswith("INCOMPLETE: ")]
        for sheet in openpyxl.load_workbook(made)
    ]

    assert (code, [len(each) for each in notes]) == (0, [1] * 11)


def test_a_column_of_the_format_has_its_swedish_title(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a workbook, which is for people: as the schema has it, and no catalogue besides."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    made = file.with_suffix(".xlsx")
    run("export", file, "--table", "parties", "-o", made, *AS_OF)
    heads = [str(cell.value) for row in openpyxl.load_workbook(made).active for cell in row]

    assert "momsregistreringsnummer" in heads
