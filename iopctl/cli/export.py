"""`iopctl export`: the portfolio's tables as a file for spreadsheets, programs and databases."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf, Files, KeepGoing
from iopctl.errors import UserError
from iopctl.exchange import TableName
from iopctl.render import Format as TableFormat
from iopctl.render import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.tables import Table

STANDARD_OUTPUT = "-"


class Format(StrEnum):
    """A format for files: some hold all tables, the others one."""

    XLSX = "xlsx"
    CSV = "csv"
    CSV_RFC4180 = "csv-rfc4180"
    JSON = "json"
    PARQUET = "parquet"


BINARY = (Format.XLSX, Format.PARQUET)
OF_ONE_TABLE = (Format.CSV, Format.CSV_RFC4180, Format.PARQUET)


def export(
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write; - is standard output."
        ),
    ],
    files: Files = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Default: what FILE ends with.", show_default=False),
    ] = None,
    table: Annotated[
        TableName | None,
        typer.Option(
            help="Only this table. Default: all, or the budget in CSV and Parquet.",
            show_default=False,
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

    The agreements, their parties and rows as written, the budget with a row for each figure, the
    split, the deadlines and the log. An Excel file also has the budget with its years across.

    An amount that is unknown is empty, and marked; it is never 0.
    """
    from iopctl.cli.reading import refuse_missing, selection
    from iopctl.economy import budget, notes
    from iopctl.economy.figures import Rates
    from iopctl.exchange import portfolio
    from iopctl.files import write

    chosen = form or _by_suffix(output)
    if output == STANDARD_OUTPUT and chosen in BINARY:
        raise UserError(f"{chosen} is no text for standard output: name a file with -o")
    selected = selection(files, as_of, keep_going=keep_going)
    given = budget.sheets(selected.standings, Rates(selected.config.index))
    refuse_missing(notes.missing_rates(given, selected.as_of), keep_going=keep_going)
    tables = portfolio.tables(
        given, selected.config, selected.as_of, options=options, told=selected.notes
    )
    shown = [tables[table or "budget"]]
    if table is None and chosen not in OF_ONE_TABLE:
        shown = list(tables.values())
    if table is None and chosen is Format.XLSX:
        across = portfolio.budget_by_year(
            given, selected.as_of, options=options, told=selected.notes
        )
        shown.insert(0, across)
    if output == STANDARD_OUTPUT:
        terminal.write(_text(shown, chosen), "utf-8")
        return
    write(output, _data(shown, chosen, selected.as_of), replace=force)
    terminal.say(f"{output}: {', '.join(each.name for each in shown)} written")


def _by_suffix(output: str) -> Format:
    suffix = PurePath(output).suffix.removeprefix(".").lower()
    if suffix in set(Format):
        return Format(suffix)
    raise UserError(f"-o {output} does not say in which format: add --format {', '.join(Format)}")


def _data(shown: Sequence[Table], form: Format, as_of: date) -> bytes:
    match form:
        case Format.XLSX:
            from iopctl.exchange import xlsx
            from iopctl.render.progress import watched

            return xlsx.workbook(watched(shown, "writing", sys.stderr), as_of)
        case Format.PARQUET:
            from iopctl.exchange import parquet

            return parquet.file(shown[0])
        case _:
            return _text(shown, form).encode()


def _text(shown: Sequence[Table], form: Format) -> str:
    from iopctl.render import rendered, rendered_page

    if form is Format.JSON:
        return rendered_page("export", shown, TableFormat.JSON)
    return rendered(shown[0], TableFormat(form))
