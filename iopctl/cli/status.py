"""`iopctl status`: how each agreement stands, and the portfolio over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.cuts import Area, Board, Cut, Drafts, InStage, Sort, in_order
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat
from iopctl.language import for_programs, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.cli.reading import AgreementSelection

Timeline = Annotated[
    bool, typer.Option("--timeline/--no-timeline", help="Draw the years under the table.")
]


def status(
    files: Files = None,
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    drafts: Drafts = False,
    timeline: Timeline = True,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show how each agreement stands, a line each.

    Its state and ends, the options left, what is due next, and what a check finds worst.

    Examples:
        iopctl status --board Arbetsmarknadsnämnden --sort days_left
        iopctl status --no-timeline --format csv
    """
    from dataclasses import replace

    from iopctl.cli.reading import selection
    from iopctl.listings import due
    from iopctl.listings import status as portfolio_status
    from iopctl.output import show
    from iopctl.output import timeline as picture

    selected = selection(files, as_of, keep_going=keep_going, drafts=drafts, followed=True)
    cases = selected.reckoned()
    given = Cut(board, area, state).of(cases)
    with for_programs(applies=output.is_for_programs):
        table = portfolio_status.table(
            given,
            selected.as_of,
            due.agenda(cases, selected.as_of),
            _worst(selected),
        )
        screen = terminal.screen(color)
        table = replace(table, notes=(*table.notes, *selected.notes))
        show(in_order(table, sort), output, screen)
        drawn = picture.timeline(given, selected.as_of, screen)
        if timeline and output is TableFormat.TEXT and drawn:
            terminal.write(f"\n{drawn}", screen.encoding)


def _worst(selected: AgreementSelection) -> dict[str, str]:
    """Return the gravest finding of each agreement, by its id: of several, the first."""
    from iopctl.check.diagnostics import Severity
    from iopctl.cli import findings

    order = list(Severity)
    worst: dict[str, Diagnostic] = {}
    for each in sorted(findings.of(selected), key=lambda each: order.index(each.severity)):
        worst.setdefault(each.file, each)
    return {
        id_: f"{tr(worst[file].severity)} {worst[file].code}"
        for id_, file in selected.files.items()
        if file in worst
    }
