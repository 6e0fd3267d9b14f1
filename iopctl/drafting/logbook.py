"""Events to be logged: what each kind takes, and where in the log it stands."""

from __future__ import annotations

from copy import deepcopy
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from iopctl.errors import Refused, UserError
from iopctl.language import tr
from iopctl.model import Agreement
from iopctl.model.log import KINDS, Credit, InvoiceSent
from iopctl.model.problems import problems
from iopctl.model.scalars import AnyDate
from iopctl.source import dotted, edit
from iopctl.source.spelling import flow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.model.problems import ModelProblem
    from iopctl.source import Path, Source
    from iopctl.source.events import Value

ALWAYS = ("date", "event")
DAYS = ("date", "start", "until", "effective")


def event(kind: str, day: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return an event as data, its parts in the order that the model has them.

    Raises:
        UserError: a part of *given* is not for this kind, or one is missing.
    """
    fields = KINDS[kind].model_fields
    own = [name for name in fields if name not in ALWAYS]
    for name in given:
        if name not in own:
            takes = ", ".join(map(option, own))
            raise UserError(
                tr(
                    "{option} is not for this event: {kind} takes {takes}",
                    option=option(name),
                    kind=spoken(kind),
                    takes=takes,
                )
            )
    for name in own:
        if fields[name].is_required() and name not in given:
            raise UserError(tr("{kind} needs {option}", kind=spoken(kind), option=option(name)))
    parts = {name: given[name] for name in own if name in given}
    return {"date": day, "event": kind, **parts}


def typed(kind: str, day: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return an event as data, out of what a person typed: spelled as files have it.

    Raises:
        UserError: likewise, or something is not understood; its option is named.
    """
    return _spelled(event(kind, day, given))


def _spelled(new: dict[str, Value]) -> dict[str, Value]:
    """Return an event in the spelling that files have, where it is certain what it says."""
    model = KINDS[str(new["event"])]
    try:
        model.model_validate(new)
    except ValidationError as error:
        found = problems(error, model)
    else:
        return new
    unclear = [each for each in found if each.write is None or each.rule == "key-unknown"]
    if unclear:
        raise UserError("\n".join(_told(each, new) for each in unclear))
    spelled: Any = deepcopy(new)
    for each in found:
        *inner, last = each.path
        reduce(getitem, inner, spelled)[last] = each.write
    return _spelled(spelled)


def _told(problem: ModelProblem, new: Mapping[str, Value]) -> str:
    """Return what is wrong with an option; of new terms, where in their file."""
    name = str(problem.path[0])
    if name in DAYS:
        called = option(name)
        return tr("{option} {text}: write a day as 2024-06-30", option=called, text=new[name])
    return f"{of_option(problem.path)}: {problem.message}; {problem.remedy}"


def of_option(path: Path) -> str:
    """Return the option that a value of an event is of; of new terms, also where they have it."""
    called, inner = option(str(path[0])), dotted(path[1:])
    return f"{called} {inner}" if inner and path[0] == "terms" else called


def spoken(kind: str) -> str:
    """Return what a kind of event is called, in the language that is used."""
    return tr(kind.replace("_", " "))


def option(name: str) -> str:
    """Return what a part of an event is called on the command line."""
    return f"--{name.replace('_', '-')}"


def logged(source: Source, agreement: Agreement, new: dict[str, Value]) -> str:
    """Return the text with the event *new* in the log, after those of its day and before.

    Raises:
        Refused: its number is taken, or it can't be written without changing more, or makes the
            file larger than one may be.
        UserError: a text has characters that files may not have.
    """
    _refuse_taken(agreement, new)
    try:
        if not agreement.log and "log" not in (source.data or {}):
            return edit.insert(source, ("log",), [new], tuple(Agreement.model_fields))
        return edit.insert(source, ("log", place(agreement, new)), new)
    except edit.NoRoomError as error:
        if new["event"] != "amendment":
            raise
        size = len(flow(new["terms"]).encode())
        raise Refused(
            tr(
                "{why}; an amendment has the whole of each block that it changes: {size} bytes"
                " here, beside the {before} of the file",
                why=error,
                size=size,
                before=len(source.text.encode()),
            )
        ) from None


def place(agreement: Agreement, new: Mapping[str, Value]) -> int:
    """Return where in the log an event stands, counted from 0."""
    day = TypeAdapter(AnyDate).validate_python(new["date"]).first
    return max(
        (at for at, each in enumerate(agreement.log, 1) if each.date.first <= day), default=0
    )


def _refuse_taken(agreement: Agreement, new: dict[str, Value]) -> None:
    """Refuse the number of an invoice or credit note that the same seller has used."""
    for each in agreement.log:
        if isinstance(each, InvoiceSent | Credit) and each.number == new.get("number"):
            sellers = {getattr(each, "seller", None), new.get("seller")}
            if len(sellers - {None}) <= 1:  # two sellers count for themselves
                raise Refused(
                    tr(
                        "the number {number} is that of the {event} of {date}: nothing is written",
                        number=each.number,
                        event=spoken(each.event),
                        date=each.date.text,
                    )
                )
