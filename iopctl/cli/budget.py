"""`iopctl budget`: what every agreement costs, year by year."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from iopctl.cli.choices import BUDGET_ROWS
from iopctl.cli.cuts import Area, Board, Cut, Drafts, InStage, Sort, in_order
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat, YearOption
from iopctl.cli.spellings import read_as
from iopctl.errors import UserError
from iopctl.language import for_programs, marked, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from iopctl.case.indexing import WhatIf
    from iopctl.listings.budget import YearRange
    from iopctl.listings.commitment import Commitment

RowChoice = Literal["agreement", "party", "board", "area", "category", "row"]


def budget(
    files: Files = None,
    by: Annotated[
        RowChoice,
        typer.Option(
            help="What a row of the table is.",
            parser=BUDGET_ROWS,
            autocompletion=BUDGET_ROWS.offered,
        ),
    ] = "agreement",
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    drafts: Drafts = False,
    year: YearOption = None,
    from_: Annotated[
        int | None,
        typer.Option("--from", metavar="YEAR", help="The first year.", show_default=False),
    ] = None,
    to: Annotated[
        int | None, typer.Option(metavar="YEAR", help="The last year.", show_default=False)
    ] = None,
    options: Annotated[
        bool, typer.Option("--options", help="Also the years of extensions not yet taken.")
    ] = False,
    trail: Annotated[
        bool, typer.Option("--trail", help="Show how each figure came about.")
    ] = False,
    what_if_index: Annotated[
        str | None,
        typer.Option(
            metavar="PERCENT",
            help="Raise by this percent a year instead, from next year on.",
            show_default=False,
        ),
    ] = None,
    from_year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            help="The first year that --what-if-index is for.",
            show_default=False,
        ),
    ] = None,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what is promised each year, in kronor.

    Amounts are indexed, and summed by agreement, party, committee, field of work, category or
    row.

    Option years stand apart and are never added to decided ones. Totals are the sums of what
    is shown. An amount that is unknown is never counted as 0.

    Examples:
        iopctl budget --options  # also what extensions not yet taken would add
        iopctl budget --by party --year 2025
        iopctl budget --board Arbetsmarknadsnämnden --by category
        iopctl budget ikf-2023 --trail  # how each figure came about
        iopctl budget --what-if-index 3.5 --to 2030  # with the difference that it makes
    """
    from iopctl.cli.reading import day, selection_of, tell_missing
    from iopctl.listings import commitment
    from iopctl.listings.budget import with_differences
    from iopctl.output import bars, show
    from iopctl.output.progress import during

    years, percent = _years(year, from_, to), _percent(what_if_index, from_year)
    today = day(as_of)
    asked = commitment.BudgetRequest(
        by,
        years,
        options,
        trail,
        what_if=_assumed(percent, from_year, today),
        staged=state is not None,
        for_programs=output.is_for_programs,
    )
    selected = selection_of(
        partial(commitment.commitment, asked),
        files,
        today.isoformat(),
        keep_going=keep_going,
        drafts=drafts,
        followed=options,
    )
    tell_missing((each.id, rate) for each in selected.chosen for rate in each.reckoning.lacking)
    given = Cut(board, area, state).among(selected.chosen)
    with for_programs(applies=output.is_for_programs):
        told = (*selected.notes, *_told(given, board, asked.what_if))
        with during(marked("adding up"), sys.stderr):
            table = commitment.table(given, asked, today, told)
        screen = terminal.screen(color)
        shown = table
        if asked.differs:
            tell_missing(
                (each.id, rate) for each in selected.chosen for rate in each.agreed.lacking
            )
            shown = with_differences(table, commitment.as_agreed(given, asked, today))
        show(in_order(shown, sort), output, screen)
        if output is TableFormat.TEXT and not trail:
            terminal.write(bars.of_budget(table, screen), screen.encoding)


def _told(given: Iterable[Commitment], board: str | None, assumed: WhatIf | None) -> Iterator[str]:
    """Yield what is told of these agreements as a whole."""
    from iopctl.listings import notes

    if board is not None:
        yield from notes.also_paid([each.id for each in given if len(each.traits.boards) > 1])
    if assumed is not None:
        yield from notes.what_if([each.later for each in given if each.later], assumed)


def _years(year: int | None, first: int | None, last: int | None) -> YearRange | None:
    from iopctl.listings.budget import YearRange

    if year is not None and (first is not None or last is not None):
        raise UserError(
            tr("--year is one year, --from and --to are several: give one or the others")
        )
    if first is not None and last is not None and last < first:
        raise UserError(tr("--to {last} is before --from {first}", last=last, first=first))
    if year is None and first is None and last is None:
        return None
    return YearRange(year or first, year or last)


def _assumed(percent: Decimal | None, year: int | None, as_of: date) -> WhatIf | None:
    """Return what takes the place of every index: from next year on, unless told otherwise."""
    from iopctl.case.indexing import WhatIf

    if percent is None:
        return None
    if year is not None and year < as_of.year:
        raise UserError(
            tr(
                "--from-year {year}: that year is over, and what it cost stands: give {now} or"
                " later",
                year=year,
                now=as_of.year,
            )
        )
    return WhatIf(percent, as_of.year + 1 if year is None else year)


def _percent(text: str | None, from_year: int | None) -> Decimal | None:
    from iopctl.model.scalars import Rate

    if text is None:
        if from_year is not None:
            raise UserError(tr("--from-year is the first year of --what-if-index: give both"))
        return None
    percent: Decimal = read_as(Rate, text, "--what-if-index")
    return percent
