"""The log on an agreement's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.listings.facts import facts, label
from iopctl.listings.page.pieces import names_of
from iopctl.model.log import Amendment, NewTerms, Report
from iopctl.model.scalars import UNKNOWN_DATE
from iopctl.money import kronor
from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.case.case import Case
    from iopctl.model.log import Actual, Event


def log_table(case: Case) -> Table:
    """Return what has happened, up to the day."""
    columns = (
        Column("date", "date", Kind.DATE),
        Column("event", "event"),
        Column("about", "about"),
    )
    names = {handle: name for terms in case.terms for handle, name in names_of(terms).items()}
    rows = tuple(
        Row((_date(each), tr(each.event.replace("_", " ")), "; ".join(_of_event(each, names))))
        for each in case.agreement.log
        if each.date.first <= case.as_of
    )
    return Table("log", tr("Log"), None, columns, rows)


def _date(event: Event) -> str:
    return tr("unknown") if event.date == UNKNOWN_DATE else event.date.text


def _of_event(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what the log says of an event, in the file's own words and order."""
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
    return " ".join(filter(None, (names[each.party], each.item, *numbers)))
