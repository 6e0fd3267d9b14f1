"""The formats that tables can be written in; each is a module, imported when it is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.output.terminal import Screen
    from iopctl.tables import Table


class Format(StrEnum):
    """A format for tables: for the screen, for programs, for a spreadsheet, or for a text."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    CSV_RFC4180 = "csv-rfc4180"
    MARKDOWN = "markdown"


def rendered(table: Table, form: Format, screen: Screen = terminal.PIPE) -> str:
    """Return *table* in the format *form*; only text looks to what the *screen* can show."""
    match form:
        case Format.TEXT:
            from iopctl.output import text

            return text.render(table, screen)
        case Format.JSON:
            from iopctl.output import json_

            return json_.render(table)
        case Format.CSV | Format.CSV_RFC4180:
            from iopctl.output import csv_

            return csv_.render([table], csv_.DIALECTS[form])
        case _:
            from iopctl.output import markdown

            return markdown.render(table)


def rendered_page(
    name: str, tables: Sequence[Table], form: Format, screen: Screen = terminal.PIPE
) -> str:
    """Return *tables* as one document of the first one's day; programs know it by *name*."""
    match form:
        case Format.JSON:
            from iopctl.output import json_

            return json_.render_page(name, tables)
        case Format.CSV | Format.CSV_RFC4180:
            from iopctl.output import csv_

            return csv_.render(tables, csv_.DIALECTS[form])
        case _:
            return "\n".join(rendered(table, form, screen) for table in tables)


def show(table: Table, form: Format, screen: Screen) -> None:
    """Write *table* to standard output: text as the screen has it, all else in UTF-8."""
    _write(rendered(table, form, screen), form, screen)


def show_page(name: str, tables: Sequence[Table], form: Format, screen: Screen) -> None:
    """Write *tables* to standard output as one document called *name*, encoded as by `show`."""
    _write(rendered_page(name, tables, form, screen), form, screen)


def _write(text: str, form: Format, screen: Screen) -> None:
    terminal.write(text, screen.encoding if form is Format.TEXT else "utf-8")
