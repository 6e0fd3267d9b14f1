"""The formats that tables can be written in; each is a module, imported when it is asked for.

A new format is such a module, and its member and case here: mypy names the cases that lack it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from iopctl.output.terminal import Screen
    from iopctl.tables import Table


class TableFormat(StrEnum):
    """A format for tables: for the screen, for programs, for a spreadsheet, or for a text."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    CSV_RFC4180 = "csv-rfc4180"
    MARKDOWN = "markdown"

    @property
    def is_for_programs(self) -> bool:
        """Whether programs read it, who know no language."""
        match self:
            case TableFormat.TEXT | TableFormat.MARKDOWN:
                return False
            case TableFormat.JSON | TableFormat.CSV | TableFormat.CSV_RFC4180:
                return True


Watched: TypeAlias = "Callable[[list[Any]], Iterable[Any]]"


class FileFormat(StrEnum):
    """A format for files: some hold all tables, the others one."""

    XLSX = "xlsx"
    CSV = "csv"
    CSV_RFC4180 = "csv-rfc4180"
    JSON = "json"
    PARQUET = "parquet"

    @property
    def is_binary(self) -> bool:
        """Whether it is no text, which a terminal would show."""
        return self in {FileFormat.XLSX, FileFormat.PARQUET}

    @property
    def is_for_programs(self) -> bool:
        """Whether programs read it, who know no language; a workbook is for people."""
        return self is not FileFormat.XLSX

    @property
    def has_one_table(self) -> bool:
        """Whether a file of it holds one table."""
        return self not in {FileFormat.XLSX, FileFormat.JSON}


def rendered(table: Table, form: TableFormat, screen: Screen = terminal.PIPE) -> str:
    """Return *table* in the format *form*; only text looks to what the *screen* can show."""
    match form:
        case TableFormat.TEXT:
            from iopctl.output import text

            return text.render(table, screen)
        case TableFormat.JSON:
            from iopctl.output import json_

            return json_.render(table)
        case TableFormat.CSV | TableFormat.CSV_RFC4180:
            from iopctl.output import csv_

            return csv_.render([table], csv_.DIALECTS[form])
        case TableFormat.MARKDOWN:
            from iopctl.output import markdown

            return markdown.render(table)


def rendered_page(
    name: str, tables: Sequence[Table], form: TableFormat, screen: Screen = terminal.PIPE
) -> str:
    """Return *tables* as one document of the first one's day; programs know it by *name*."""
    match form:
        case TableFormat.JSON:
            from iopctl.output import json_

            return json_.render_page(name, tables)
        case TableFormat.CSV | TableFormat.CSV_RFC4180:
            from iopctl.output import csv_

            return csv_.render(tables, csv_.DIALECTS[form])
        case TableFormat.TEXT | TableFormat.MARKDOWN:
            return "\n".join(rendered(table, form, screen) for table in tables)


def file(
    tables: Sequence[Table],
    form: FileFormat,
    as_of: date,
    watched: Watched = iter,
) -> Iterable[bytes]:
    """Return *tables* as a file of the format *form*, in parts; some formats hold the first alone.

    *watched* gives the steps of a long work one after the other, and so can tell how far it is.
    """
    match form:
        case FileFormat.XLSX:
            from iopctl.output import xlsx

            return [xlsx.workbook(tables, as_of, watched)]
        case FileFormat.PARQUET:
            from iopctl.output import parquet

            return [parquet.file(tables[0])]
        case FileFormat.JSON:
            from iopctl.output import json_

            return json_.parts("export", tables)
        case FileFormat.CSV | FileFormat.CSV_RFC4180:
            return [rendered(tables[0], TableFormat(form)).encode()]


def show(table: Table, form: TableFormat, screen: Screen) -> None:
    """Write *table* to standard output: text as the screen has it, all else in UTF-8."""
    _write(rendered(table, form, screen), form, screen)


def show_page(name: str, tables: Sequence[Table], form: TableFormat, screen: Screen) -> None:
    """Write *tables* to standard output as one document called *name*, encoded as by `show`."""
    _write(rendered_page(name, tables, form, screen), form, screen)


def _write(text: str, form: TableFormat, screen: Screen) -> None:
    terminal.write(text, screen.encoding if form is TableFormat.TEXT else "utf-8")
