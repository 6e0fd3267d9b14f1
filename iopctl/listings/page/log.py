"""The log on an agreement's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.listings.events import told
from iopctl.listings.page.pieces import names_of
from iopctl.model.scalars import UNKNOWN_DATE
from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from iopctl.model.log import Event


def log_table(case: Case) -> Table:
    """Return what has happened, up to the day."""
    columns = (
        Column("date", "date", Kind.DATE),
        Column("event", "event"),
        Column("about", "about"),
    )
    names = {handle: name for terms in case.terms for handle, name in names_of(terms).items()}
    rows = tuple(
        Row((_date(each), tr(each.event.replace("_", " ")), told(each, names)))
        for each in case.agreement.log
        if each.date.first <= case.as_of
    )
    return Table("log", tr("Log"), None, columns, rows)


def _date(event: Event) -> str:
    return tr("unknown") if event.date == UNKNOWN_DATE else event.date.text
