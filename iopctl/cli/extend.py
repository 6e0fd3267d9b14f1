"""`iopctl extend`: the next option of an agreement, taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from iopctl.cli.options import AsOf, One
from iopctl.cli.spellings import day_of
from iopctl.cli.writing import EventDay, Write, in_turn, option
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.drafting.repricing import Data


@in_turn
def extend(
    agreement: One,
    until: Annotated[str | None, option("DATE", "The new end. Default: the next option's.")] = None,
    start: Annotated[
        str | None,
        option("DATE", "Its first day, after a time without an agreement.", "--from"),
    ] = None,
    decision: Annotated[str | None, option("TEXT", "By what decision.")] = None,
    date: EventDay = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Take the next option of an agreement.

    The extension is logged, with the new end. Where there is none to be taken, the reason is
    told.

    Examples:
        iopctl extend stadsmissionen-2024
        iopctl extend stadsmissionen-2024 --decision "AMN 2025-09-17" --write
    """
    from iopctl.cli.writing import opened, settle_event, when
    from iopctl.drafting import logbook
    from iopctl.drafting.extending import extended_to, refuse_again

    given = opened(agreement, as_of)
    day = when(date, given)
    wanted = None if until is None else day_of(until, "--until")
    if wanted is None:
        refuse_again(given.case, day)
    first = None if start is None else day_of(start, "--from")
    last = extended_to(given.case, wanted, first)
    parts: Data = {} if first is None else {"start": first.isoformat()}
    parts["until"] = last.isoformat()
    if decision is not None:
        parts["decision"] = decision
    event = logbook.typed("extension", day, parts)
    terminal.say(
        tr(
            "{name}: extended from {end} to {last}",
            name=given.agreement.id,
            end=given.case.reach.end,
            last=last,
        )
    )
    settle_event(given, event, write=write)
