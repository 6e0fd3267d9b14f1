"""`iopctl export`: the portfolio's tables as a file for spreadsheets, programs and databases."""

from __future__ import annotations

import sys
from functools import partial
from operator import attrgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.choices import TABLES
from iopctl.cli.options import AsOf, Files, KeepGoing
from iopctl.errors import UserError
from iopctl.language import for_programs, marked, tr
from iopctl.listings.export import TableName
from iopctl.output import FileFormat, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from iopctl.tables import Table

STANDARD_OUTPUT = "-"


def export(
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write; FOLDER/ for a file of each table; - is standard output.",
        ),
    ],
    files: Files = None,
    form: Annotated[
        FileFormat | None,
        typer.Option("--format", "-f", help="Default: what FILE ends with.", show_default=False),
    ] = None,
    table: Annotated[
        TableName | None,
        typer.Option(
            help="Only this table. Default: all, or the budget in a file of CSV or Parquet.",
            show_default=False,
            parser=TABLES,
            autocompletion=TABLES.offered,
        ),
    ] = None,
    options: Annotated[
        bool, typer.Option("--options", help="Also the years of extensions not yet taken.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
) -> None:
    """Write all tables to a file for other programs.

    The agreements and where they stand, their parties and rows as written, the budget with a row
    for each figure, the split, the deadlines, the log, and what each column means. An Excel file
    also has the budget with its years across. CSV and Parquet have a table to a file: a FOLDER/
    gets all of them.

    An amount that is unknown is empty, and marked; it is never 0.

    Examples:
        iopctl export -o iop.xlsx
        iopctl export -o - --format csv --table budget
    """
    from iopctl.cli.reading import selection_of, tell_missing
    from iopctl.listings.export import portfolio

    chosen = form or _by_suffix(output)
    if output == STANDARD_OUTPUT and chosen.is_binary:
        raise UserError(
            tr("{chosen} is no text for standard output: name a file with -o", chosen=chosen)
        )
    whole = table is None and (not chosen.has_one_table or _is_folder(output))
    by_year = whole and chosen is FileFormat.XLSX
    asked = portfolio.ExportRequest(options, by_year, chosen.is_for_programs)
    selected = selection_of(
        partial(portfolio.extract, asked), files, as_of, keep_going=keep_going, followed=True
    )
    with for_programs(applies=chosen.is_for_programs):
        tables = portfolio.tables(selected.chosen, selected.as_of, told=selected.notes)
    tell_missing((each.id, rate) for each in selected.chosen for rate in each.lacking)
    shown = list(tables.values()) if whole else [tables[table or "budget"]]
    if by_year:
        across = portfolio.budget_by_year(
            selected.chosen.of_each(attrgetter("commitment")),
            selected.as_of,
            options=options,
            told=selected.notes,
        )
        shown.insert(0, across)
    if output == STANDARD_OUTPUT:
        terminal.write((each.decode() for each in _data(shown, chosen, selected.as_of)), "utf-8")
        return
    _leave(shown, chosen, output, selected.as_of, force=force)
    is_book = chosen is FileFormat.XLSX  # whose sheets are called as people do
    names = ", ".join(tr(each.name) if is_book else each.name for each in shown)
    terminal.say(tr("{path}: {names} written", path=output, names=names))


def _leave(
    shown: Sequence[Table], form: FileFormat, output: str, as_of: date, *, force: bool
) -> None:
    """Write the tables into one file, or into a folder's, one for each."""
    from iopctl.files import create, refuse_present, write
    from iopctl.packed import Packed

    files = {output: shown}
    if form.has_one_table and _is_folder(output):
        suffix = form.partition("-")[0]
        files = {f"{output}{each.name}.{suffix}": [each] for each in shown}
    if not force:  # before the first of them is written
        refuse_present(files)
    for path, tables in files.items():
        # Made before the file is begun: that takes long, and may be stopped.
        data = Packed(_data(tables, form, as_of))
        if not create(path, data):
            write(path, data, replace=force)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\"))  # the second one is Windows'


def _by_suffix(output: str) -> FileFormat:
    suffix = PurePath(output).suffix.removeprefix(".").lower()
    if suffix in set(FileFormat):
        return FileFormat(suffix)
    raise UserError(
        tr(
            "-o {output} does not say in which format: add --format {fileformat}",
            output=output,
            fileformat=", ".join(FileFormat),
        )
    )


def _data(shown: Sequence[Table], form: FileFormat, as_of: date) -> Iterable[bytes]:
    from iopctl.output import file
    from iopctl.output.progress import watched

    return file(shown, form, as_of, lambda tables: watched(tables, marked("writing"), sys.stderr))
