"""The options that several commands share, each described once."""

from typing import Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.choices import COLORS, TABLE_FORMATS
from iopctl.output import TableFormat
from iopctl.output.terminal import Color

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE|FOLDER|ID]...",
        help="Files, folders or ids of agreements. Default: the folder agreements.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
OutputFormat = Annotated[
    TableFormat,
    typer.Option(
        "--format",
        "-f",
        help="How the result is written.",
        parser=TABLE_FORMATS,
        autocompletion=TABLE_FORMATS.offered,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The day to look from, as 2024-06-30. Default: today in Sweden.",
        show_default=False,
    ),
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Go on without the files that can't be read.")
]
ColorChoice = Annotated[
    Color,
    typer.Option(
        "--color",
        help="When to colour the result.",
        parser=COLORS,
        autocompletion=COLORS.offered,
    ),
]
YearOption = Annotated[
    int | None,
    typer.Option(metavar="YEAR", min=1990, max=2199, help="Only this year.", show_default=False),
]
YearOver = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=1990,
        max=2199,
        help="The year. Default: the last one that is over.",
        show_default=False,
    ),
]
One = Annotated[
    str, typer.Argument(metavar="ID|FILE", help="The agreement.", autocompletion=completion.ids)
]
