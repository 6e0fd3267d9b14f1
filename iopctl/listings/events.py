"""What the log says of an event, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.listings.facts import facts, label
from iopctl.model.log import Amendment, NewTerms, Report
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.model.log import Actual, Event


def told(event: Event, names: Mapping[str, str]) -> str:
    """Return what the log says of an event, in the model's order; *names* are the parties'."""
    return "; ".join(_parts(event, names))


def _parts(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    for each in facts(event, names, ("date", "event", "terms", "actual")):
        yield each.value if each.name == "text" else f"{each.label}: {each.value}"
    if isinstance(event, Report) and event.actual:
        yield f"{label(Report, 'actual')}: {', '.join(_came_to(e, names) for e in event.actual)}"
    if isinstance(event, Amendment):
        blocks = [label(NewTerms, name) for name in sorted(event.terms.model_fields_set)]
        yield f"{label(Amendment, 'terms')}: {', '.join(blocks)}"


def _came_to(each: Actual, names: Mapping[str, str]) -> str:
    numbers = (
        f"{kronor(each.amount)} kr" if each.amount is not None else "",
        f"{each.hours} h" if each.hours is not None else "",
    )
    party = names.get(each.party, each.party)
    return " ".join(filter(None, (party, each.item, *numbers)))
