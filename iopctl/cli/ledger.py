"""`iopctl ledger`: what each payer owes, year by year, and what the log has of it."""

from __future__ import annotations

from dataclasses import replace

from iopctl.cli.cuts import Area, Board, Cut, InStage, Sort, in_order, known_board
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat
from iopctl.language import for_programs
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color


def ledger(
    files: Files = None,
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what each payer owes and has been asked for.

    For each payer and year: the budget, what was invoiced, credited and paid out by the log, what
    was settled outside it, and what is open: to be invoiced, or below zero to be credited. Every
    event of the log counts, of whatever date. With --board, the lines that this committee pays.

    Examples:
        iopctl ledger --sort -open
        iopctl ledger --board Arbetsmarknadsnämnden
        iopctl ledger ikf-2023 --format csv
    """
    from iopctl.cli.reading import selection
    from iopctl.listings import ledger
    from iopctl.output import show

    selected = selection(files, as_of, keep_going=keep_going)
    given = Cut(board, area, state).of(selected.reckoned())
    with for_programs(applies=output.is_for_programs):
        table = ledger.table(given, selected.as_of, known_board(board, given))
        table = in_order(replace(table, notes=(*table.notes, *selected.notes)), sort)
        show(table, output, terminal.screen(color))
