"""`iopctl due`: every deadline, and `iopctl expiring`: those of validity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.cuts import Area, Board, Cut, Drafts, InStage, Sort, in_order
from iopctl.cli.endings import refuse_other
from iopctl.cli.options import AsOf, ColorChoice, Files, KeepGoing, OutputFormat
from iopctl.errors import UserError
from iopctl.language import for_programs, marked, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from iopctl.case.duties import Duty
    from iopctl.cli.reading import Selection
    from iopctl.listings.due import Agenda
    from iopctl.packed import Packed

FAILED = 1

Within = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Only what is late or due within a time, as 90d, 12w or 6m.",
        show_default=False,
    ),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is late.")]
FailOverdue = Annotated[
    bool, typer.Option("--fail-overdue", help="Exit with 1 where something is late.")
]
Ics = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Write a calendar for subscription instead; - is standard output.",
        show_default=False,
    ),
]
ReplaceCalendar = Annotated[
    bool, typer.Option("--force", help="Replace a file that is no such calendar.")
]


def due(
    files: Files = None,
    within: Within = None,
    overdue: Overdue = False,
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    drafts: Drafts = False,
    fail_overdue: FailOverdue = False,
    ics: Ics = None,
    force: ReplaceCalendar = False,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show every deadline, late ones first.

    Decisions, options and ends, invoices, meetings, reports and evaluations.

    The log of an agreement, and settled_until under its follow_up, say what is done. What an
    agreement leaves open is assumed, and marked so. What was due in one that ended long ago is
    one line.

    Examples:
        iopctl due --within 6m
        iopctl due --overdue --board Arbetsmarknadsnämnden
        iopctl due --ics -  # for a calendar to subscribe to
    """
    if ics is not None:
        refuse_other(ics, (".ics",), "--ics")
    selected, given, found = _found(
        files,
        as_of,
        within,
        overdue=overdue,
        keep_going=keep_going,
        cut=Cut(board, area, state),
        drafts=drafts,
        for_people=ics is not None or not output.is_for_programs,
    )
    if ics is None:
        _show(selected, given, found, output, color, sort)
    else:
        _write_calendar(ics, given, found, selected.as_of, force=force)
    _leave(found, selected.as_of, fail_overdue=fail_overdue)


def expiring(
    files: Files = None,
    within: Within = None,
    overdue: Overdue = False,
    board: Board = None,
    area: Area = None,
    state: InStage = None,
    sort: Sort = None,
    drafts: Drafts = False,
    fail_overdue: FailOverdue = False,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show when agreements end, and decide by when.

    The deadlines of `iopctl due` that concern validity: last days of notice, options and ends.

    Examples:
        iopctl expiring --within 12m
        iopctl expiring stadsmissionen-2024
    """
    selected, given, found = _found(
        files,
        as_of,
        within,
        overdue=overdue,
        keep_going=keep_going,
        validity=True,
        cut=Cut(board, area, state),
        drafts=drafts,
        for_people=not output.is_for_programs,
    )
    _show(selected, given, found, output, color, sort, title=marked("Expiring"))
    _leave(found, selected.as_of, fail_overdue=fail_overdue)


def _found(
    files: Sequence[str] | None,
    as_of: str | None,
    within: str | None,
    *,
    overdue: bool,
    keep_going: bool,
    validity: bool = False,
    cut: Cut,
    drafts: bool,
    for_people: bool,
) -> tuple[Selection[Packed[Agenda]], Packed[Agenda], tuple[Duty, ...]]:
    from iopctl.cli.reading import day, selection_of, tell_missing
    from iopctl.listings.due import DeadlineFilter, agenda_of, by_day

    today = day(as_of)
    until = None if within is None else _until(within, today)
    asked = DeadlineFilter(validity, until, overdue)
    made = partial(agenda_of, asked, staged=cut.state is not None, programs=not for_people)
    selected = selection_of(
        made, files, today.isoformat(), keep_going=keep_going, drafts=drafts, followed=True
    )
    tell_missing((each.id, rate) for each in selected.chosen for rate in each.lacking)
    given = cut.among(selected.chosen)
    found = sorted((duty for each in given for duty in each.duties), key=by_day)
    return selected, given, tuple(found)


def _until(within: str, as_of: date) -> date:
    """Return the last day that is *within* a time from a day.

    Raises:
        UserError: *within* is no time.
    """
    from iopctl.dates import add_months

    found = re.fullmatch(r"([0-9]{1,4})([dwvm])", within)
    if found is None:
        raise UserError(tr("--within {within}: write a time as 90d, 12w or 6m", within=within))
    number = int(found[1])
    match found[2]:
        case "d":
            return as_of + timedelta(days=number)
        case "w" | "v":  # veckor
            return as_of + timedelta(weeks=number)
        case _:
            return add_months(as_of, number)


def _show(
    selected: Selection[Packed[Agenda]],
    given: Packed[Agenda],
    found: Sequence[Duty],
    output: TableFormat,
    color: Color,
    sort: str | None = None,
    title: str | None = None,
) -> None:
    from iopctl.listings.due import table
    from iopctl.output import show

    with for_programs(applies=output.is_for_programs):
        lead = selected.config.lead.expiry_months
        dateless = [each.id for each in given if not each.is_dated]
        shown = table(found, dateless, selected.as_of, lead, selected.notes)
        shown = replace(shown, title=tr(title) if title else shown.title)
        show(in_order(shown, sort), output, terminal.screen(color))


def _write_calendar(
    path: str, given: Packed[Agenda], found: Sequence[Duty], as_of: date, *, force: bool
) -> None:
    from iopctl.files import content, write
    from iopctl.output.calendar import calendar, harmless, is_ours

    titles = {each.id: each.title for each in given}
    data = calendar(found, titles, as_of)
    if path == "-":
        terminal.write(harmless(data.decode()), "utf-8")
        return
    write(path, data, replace=force or is_ours(content(path)))
    terminal.say(tr("{path}: {number} deadlines written", path=path, number=len(found)))


def _leave(found: Sequence[Duty], as_of: date, *, fail_overdue: bool) -> None:
    if fail_overdue and any(each.day < as_of for each in found):
        raise typer.Exit(FAILED)
