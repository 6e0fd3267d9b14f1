"""`iopctl outcome`: what a year came to beside what was agreed."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from iopctl.cli.choices import OUTCOME_ROWS
from iopctl.cli.cuts import Area, Cut, InStage, Sort, in_order
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat, YearOver
from iopctl.language import for_programs
from iopctl.output import TableFormat
from iopctl.output.terminal import Color

Grouping = Annotated[
    Literal["agreement", "row", "volume"],
    typer.Option(
        "--by",
        help="A line for each of these.",
        parser=OUTCOME_ROWS,
        autocompletion=OUTCOME_ROWS.offered,
    ),
]


def outcome(
    files: Files = None,
    year: YearOver = None,
    by: Grouping = "agreement",
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what a year came to beside what was agreed.

    The public side's money as agreed, invoiced and spent, what is left of it and what the
    agreement says of that; hours and numbers beside their targets.

    What was spent, and how many hours it became, is told by `actual` in the reports of the log.

    Examples:
        iopctl outcome --year 2024
        iopctl outcome stadsmissionen-2024 --by row
    """
    from iopctl.cli.reading import selection
    from iopctl.listings.outcome import table
    from iopctl.output import show, terminal

    selected = selection(files, as_of, keep_going=keep_going)
    year = year or selected.as_of.year - 1
    given = Cut(None, area, state).of(selected.reckoned())
    with for_programs(applies=output.is_for_programs):
        found = table(given, selected.as_of, year, by, selected.notes)
        show(in_order(found, sort), output, terminal.screen(color))
