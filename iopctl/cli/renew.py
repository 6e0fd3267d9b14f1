"""`iopctl renew`: the agreement that follows another one, as a file of its own."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import spellings
from iopctl.cli.options import AsOf, One
from iopctl.cli.spellings import day_of, read_as
from iopctl.cli.writing import Write, in_turn, option
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.cli.writing import OpenedAgreement
    from iopctl.drafting.renewal import RenewedDays


@in_turn
def renew(
    agreement: One,
    name: Annotated[
        str | None,
        option("ID", "What it is called. Default: the old id, with the year it begins.", "--as"),
    ] = None,
    start: Annotated[
        str | None, option("DATE", "Its first day. Default: after the old end.")
    ] = None,
    end: Annotated[str | None, option("DATE|open", "Its last day.")] = None,
    years: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=1,
            max=50,
            help="How long it holds. Default: as long as the old one did at first.",
            show_default=False,
        ),
    ] = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="It is agreed on; else it is marked as a draft.")
    ] = False,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Make the agreement that follows another one.

    It has the same parties, the terms in force last, the amounts raised by the index to the year
    in which it begins, and an empty log; what it leaves open is told. The old file stays as it is.

    Examples:
        iopctl renew ikf-2023
        iopctl renew ikf-2023 --as ikf-2025 --years 3 --decided --write
    """
    from iopctl.cli.writing import found, opened
    from iopctl.drafting.renewal import questions, renewed, successor
    from iopctl.model.scalars import Slug

    given = opened(agreement, as_of)
    days = _days(given, start, end, years)
    id_ = successor(given.agreement.id, days) if name is None else read_as(Slug, name, "--as")
    file = PurePosixPath(given.name).with_name(f"{id_}.yaml")
    text = renewed(given.source, given.case, id_, days, draft=not decided)
    found(given.run, str(file), text, write=write, like=given)
    for each in questions(given.case):
        terminal.say(tr("to be agreed on: {what}", what=each))
    terminal.say(
        tr(
            "its comments are those of {name}: look whether they still hold",
            name=given.agreement.id,
        )
    )


def _days(
    given: OpenedAgreement, start: str | None, end: str | None, years: int | None
) -> RenewedDays:
    from iopctl.drafting.renewal import following

    if end and years:
        raise UserError(tr("--end and --years both say how long it holds: give one of them"))
    first = None if start is None else day_of(start, "--start")
    is_open = end is not None and spellings.day(end) == "open"
    last = None if end is None or is_open else day_of(end, "--end")
    return following(given.case, first, last, years, is_open=is_open)
