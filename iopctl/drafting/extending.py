"""The end that the next extension of an agreement leads to, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.model.log import Extended

if TYPE_CHECKING:
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.reach import Reach


def extended_to(case: Case, until: date | None = None, start: date | None = None) -> date:
    """Return the end that the next extension leads to: *until*, or that of the next option.

    One that begins on a later *start* has its length from there.

    Raises:
        Refused: there is none to be taken, or it can't lead to *until*.
    """
    reach = case.reach
    why = _closed(case) or (_unclear(case) if until is None else "")
    if why:
        raise Refused(tr("{id} is not extended: {why}", id=case.agreement.id, why=why))
    if start is not None and reach.end is not None and start <= reach.end:
        raise Refused(
            tr(
                "--from {start} is not after {end}, when the agreement ends",
                start=start,
                end=reach.end,
            )
        )
    if until is None:
        steps = reach.ladder.resumed(start, reach.end, reach.options_taken)
        return steps.rung(reach.options_taken + 1) or reach.options[0].last
    refuse_beyond(reach, until)
    return until


def refuse_again(case: Case, day: str) -> None:
    """Refuse a second option on the *day* of another: one whose run ended untold is run again.

    Raises:
        Refused: an extension of that day is logged.
    """
    for each in case.agreement.log:
        if isinstance(each, Extended) and each.date.text == day:
            raise Refused(
                tr(
                    "{id}: an extension of {day} is logged already, and it ends on {end}: to take"
                    " one more option, name its end with --until",
                    id=case.agreement.id,
                    day=day,
                    end=case.reach.end,
                )
            )


def refuse_beyond(reach: Reach, until: date) -> None:
    """Refuse an *until* to which no extension of what has that *reach* can lead.

    Raises:
        Refused: it is not after the end, or after where the options end.
    """
    if reach.end is not None and until <= reach.end:
        raise Refused(
            tr(
                "--until {until} is not after {end}, when the agreement ends",
                until=until,
                end=reach.end,
            )
        )
    if reach.latest_end is not None and until > reach.latest_end:
        raise Refused(
            tr(
                "--until {until} is after {latest_end}, where its options end",
                until=until,
                latest_end=reach.latest_end,
            )
        )


def _closed(case: Case) -> str:
    """Return why the agreement can't be extended; "" where it can."""
    reach, validity = case.reach, case.terms[-1].validity
    extension = None if validity is None else validity.extension
    if reach.is_open:
        return tr("it holds until further notice")
    if reach.terminated:
        return tr("it is terminated, and ends on {day}", day=reach.end)
    if reach.declined:
        return tr("its option was declined, and it ends on {day}", day=reach.end)
    if extension is None:
        return tr("it states no extension; iopctl renew makes a new agreement")
    if extension.kind == "none":
        return tr("it has no extension; iopctl renew makes a new agreement")
    if reach.options_left == 0:
        return tr("no option is left, and it ends on {day}", day=reach.end)
    return ""


def _unclear(case: Case) -> str:
    """Return why it can't be told to what day the next option leads; "" where it can."""
    reach = case.reach
    if reach.rolls_on:
        return tr(
            "it goes on to {day} by itself, unless it is terminated", day=reach.options[0].last
        )
    if not reach.options:
        return tr("to what day is not stated; give it with --until")
    return ""
