"""`iopctl split`: how much of each partnership the public side carries."""

from __future__ import annotations

from dataclasses import replace

from iopctl.cli.cuts import Area, Board, Cut, Drafts, InStage, Sort, in_order, spelled_board
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat, YearOption
from iopctl.language import for_programs
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color


def split(
    files: Files = None,
    year: YearOption = None,
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
    """Show how much of each partnership the public side carries.

    Each agreement's share stands against the benchmark, and so does the portfolio's.

    The share is the public side's part of what the public and the civil side put in, in a year:
    the one asked for, else the current one, else the decided one that is nearest. It is unknown
    while a row of either side has no amount.

    Examples:
        iopctl split --year 2020
        iopctl split --board Arbetsmarknadsnämnden --year 2020  # what this committee pays of it
        iopctl split --state active --sort -share
    """
    from iopctl.case import payers
    from iopctl.cli.reading import selection
    from iopctl.listings import split
    from iopctl.output import bars, show

    selected = selection(files, as_of, keep_going=keep_going, drafts=drafts)
    cases = Cut(None, area, state).of(selected.reckoned())
    board = spelled_board(board, cases)
    asked = [each for each in cases if board is None or board in payers.boards_of(each)]
    shares = [each.share(year) for each in asked if each.agreement.kind == "iop"]
    others = [each.agreement.id for each in asked if files and each.agreement.kind != "iop"]
    with for_programs(applies=output.is_for_programs):
        table = split.table(shares, selected.as_of, selected.config.benchmark, board=board)
        notes = (*table.notes, *split.not_compared(others), *selected.notes)
        table = in_order(replace(table, notes=notes), sort)
        screen = terminal.screen(color)
        show(table, output, screen)
        if output is TableFormat.TEXT:
            terminal.write(bars.of_split(table, selected.config.benchmark, screen), screen.encoding)
