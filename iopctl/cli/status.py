"""`iopctl status`: how each agreement stands, and the portfolio over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat
from iopctl.render import Format, terminal
from iopctl.render.terminal import Color

if TYPE_CHECKING:
    from iopctl.diagnostics import Diagnostic
    from iopctl.portfolio import Input
    from iopctl.rules import Context

Timeline = Annotated[
    bool, typer.Option("--timeline/--no-timeline", help="Draw the years under the table.")
]


def status(
    files: Files = None,
    timeline: Timeline = True,
    output: OutputFormat = Format.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show how each agreement stands, a line each.

    Its state and ends, the options left, what is due next, and what a check finds worst.
    """
    from dataclasses import replace

    from iopctl import status as portfolio_status
    from iopctl.cli.reading import selection
    from iopctl.deadlines import due
    from iopctl.economy import budget
    from iopctl.economy.figures import Rates
    from iopctl.render import show
    from iopctl.render import timeline as picture
    from iopctl.rules import Context

    selected = selection(files, as_of, keep_going=keep_going)
    given = budget.sheets(selected.standings, Rates(selected.config.index))
    table = portfolio_status.table(
        selected.standings,
        selected.as_of,
        selected.config.lead.expiry_months,
        due.agenda(given, selected.config, selected.as_of),
        _worst(selected.inputs, Context(selected.config, selected.as_of)),
    )
    screen = terminal.screen(color)
    show(replace(table, notes=(*table.notes, *selected.notes)), output, screen)
    drawn = picture.timeline(selected.standings, selected.as_of, screen)
    if timeline and output is Format.TEXT and drawn:
        terminal.write(f"\n{drawn}", screen.encoding)


def _worst(inputs: Sequence[Input], context: Context) -> dict[str, str]:
    """Return the gravest finding of each agreement, by its id: of several, the first."""
    from iopctl.checking import checked, findings
    from iopctl.checking.selection import selection
    from iopctl.diagnostics import Severity
    from iopctl.source import read

    order = list(Severity)
    raw = {name: content for name, content in inputs if isinstance(content, bytes)}
    results = [checked(each, context) for each in inputs]
    found = findings(results, context, lambda name: read(raw[name]))
    worst: dict[str, Diagnostic] = {}
    shown = selection(context.config).shown(found)
    for each in sorted(shown, key=lambda each: order.index(each.severity)):
        worst.setdefault(each.file, each)
    return {
        result.facts.id: f"{worst[result.file].severity} {worst[result.file].code}"
        for result in results
        if result.facts and result.file in worst
    }
