"""`iopctl extend`: the next option of an agreement, taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf
from iopctl.cli.writing import One, Write
from iopctl.render import terminal

if TYPE_CHECKING:
    from iopctl.repricing import Data


def extend(
    agreement: One,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="The new end. Default: the next option's.", show_default=False
        ),
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="By what decision.", show_default=False),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="When. Default: the day looked from.", show_default=False
        ),
    ] = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Take the next option of an agreement.

    The extension is logged, with the new end. Where there is none to be taken, the reason is
    told.
    """
    from iopctl import logbook
    from iopctl.cli.writing import opened, read_as, settle
    from iopctl.extending import extended_to
    from iopctl.model.scalars import Day

    given = opened(agreement, as_of)
    wanted = None if until is None else read_as(Day, until, "--until")
    last = extended_to(given.standing, wanted)
    parts: Data = {"until": last.isoformat()}
    if decision is not None:
        parts["decision"] = decision
    event = logbook.event("extension", date or given.today.isoformat(), parts)
    terminal.say(f"{given.agreement.id}: extended from {given.standing.reach.end} to {last}")
    settle(given, logbook.logged(given.source, given.agreement, event), write=write)
