"""`iopctl list`: the portfolio at a glance."""

from __future__ import annotations

from functools import partial

from iopctl.cli.cuts import Area, Board, Cut, Drafts, InStage, Sort, in_order
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat
from iopctl.language import for_programs
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color


def list_(
    files: Files = None,
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    drafts: Drafts = False,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show all agreements, a line each.

    With whom, from when to when, and what a year of it is worth.

    Examples:
        iopctl list --state active --sort end
        iopctl list agreements/ikf-2023.yaml --format json
    """
    from iopctl.cli.reading import selection_of, tell_missing
    from iopctl.listings import overview
    from iopctl.output import show

    made = partial(overview.glance, staged=state is not None, programs=output.is_for_programs)
    selected = selection_of(made, files, as_of, keep_going=keep_going, drafts=drafts)
    tell_missing((each.id, rate) for each in selected.chosen for rate in each.lacking)
    given = Cut(board, area, state).among(selected.chosen)
    with for_programs(applies=output.is_for_programs):
        table = overview.listing(given, selected.as_of, selected.notes)
        show(in_order(table, sort), output, terminal.screen(color))
