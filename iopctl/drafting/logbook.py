"""Events to be logged: what each kind takes, and where in the log it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from iopctl.dates import day_month_or_year
from iopctl.errors import Refused, UserError
from iopctl.language import tr
from iopctl.model import Agreement
from iopctl.model.log import Credit, InvoiceSent, LoggedEvent
from iopctl.source import edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.model.log import Event
    from iopctl.source import Source
    from iopctl.source.events import Value

ALWAYS = ("date", "event")


def kinds() -> dict[str, type[Event]]:
    """Return the kinds of event by the word that an agreement has for them."""
    models = [get_args(each)[0] for each in get_args(get_args(LoggedEvent)[0])]
    return {get_args(each.model_fields["event"].annotation)[0]: each for each in models}


def event(kind: str, day: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return an event as data, its parts in the order that the model has them.

    Raises:
        UserError: a part of *given* is not for this kind, or one is missing.
    """
    fields = kinds()[kind].model_fields
    own = [name for name in fields if name not in ALWAYS]
    for name in given:
        if name not in own:
            takes = ", ".join(map(option, own))
            raise UserError(
                tr(
                    "{option} is not for this event: {kind} takes {takes}",
                    option=option(name),
                    kind=kind,
                    takes=takes,
                )
            )
    for name in own:
        if fields[name].is_required() and name not in given:
            raise UserError(tr("{kind} needs {option}", kind=kind, option=option(name)))
    parts = {name: given[name] for name in own if name in given}
    return {"date": day, "event": kind, **parts}


def option(name: str) -> str:
    """Return what a part of an event is called on the command line."""
    return f"--{name.replace('_', '-')}"


def logged(source: Source, agreement: Agreement, new: dict[str, Value]) -> str:
    """Return the text with the event *new* in the log, after those of its day and before.

    Raises:
        Refused: its number is taken, or it can't be written without changing more.
        UserError: its date is none.
    """
    day = day_month_or_year(str(new["date"]))
    if day is None:
        raise UserError(tr("--date {new}: write a day as 2024-06-30", new=new["date"]))
    _refuse_taken(agreement, new)
    if not agreement.log and "log" not in (source.data or {}):
        return edit.insert(source, ("log",), [new], tuple(Agreement.model_fields))
    earlier = [at for at, each in enumerate(agreement.log, 1) if each.date.first <= day.first]
    return edit.insert(source, ("log", max(earlier, default=0)), new)


def _refuse_taken(agreement: Agreement, new: dict[str, Value]) -> None:
    """Refuse the number of an invoice or credit note that the same seller has used."""
    for each in agreement.log:
        if isinstance(each, InvoiceSent | Credit) and each.number == new.get("number"):
            sellers = {getattr(each, "seller", None), new.get("seller")}
            if len(sellers - {None}) < 2:  # noqa: PLR2004 - two sellers count for themselves
                raise Refused(
                    tr(
                        "the number {number} is that of the {event} of {date}: nothing is written",
                        number=each.number,
                        event=each.event,
                        date=each.date.text,
                    )
                )
