"""What the log says of an event, in one line and the words of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.dates import Period
from iopctl.language import tr
from iopctl.money import kronor

if TYPE_CHECKING:
    from iopctl.model.log import Actual, Event


def told(event: Event) -> str:
    """Return what the log says of an event, in the file's own words and order."""
    return "; ".join(
        f"{tr(name)}: {_plainly(value)}" if name != "text" else str(value)
        for name in type(event).model_fields
        if name not in {"date", "event", "terms"}
        and (value := getattr(event, name)) not in (None, False)
    )


def _came_to(each: Actual) -> str:
    numbers = (
        f"{kronor(each.amount)} kr" if each.amount is not None else "",
        f"{each.hours} h" if each.hours is not None else "",
    )
    return " ".join(filter(None, (each.party, each.item, *numbers)))


def _plainly(value: object) -> str:
    match value:
        case Period():
            return value.text
        case dict():
            return ", ".join(f"{key} {each}" for key, each in value.items())
        case tuple():  # what reports tell of kronor and hours
            return ", ".join(map(_came_to, value))
        case _:
            return str(value)
