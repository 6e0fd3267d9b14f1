"""All tables of the portfolio that are exported, a fact a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from iopctl.language import marked, tr
from iopctl.listings import budget, due, notes
from iopctl.listings.budget import Years
from iopctl.listings.export import computed, written
from iopctl.listings.export.agreements import AGREEMENTS, agreements
from iopctl.listings.export.computed import BUDGET, DEADLINES, LEDGER, OUTCOME, SPLIT
from iopctl.listings.export.fields import Exported, Field
from iopctl.listings.export.written import LOG, PARTIES, ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.config import Config
    from iopctl.listings.export import TableName
    from iopctl.tables import Table


BY_YEAR: Final = marked("budget-by-year")
ABOUT: Final[Exported[tuple[str, str, str, str]]] = Exported(
    "about",
    "What the tables and their columns mean",
    (
        Field("table", "the table", lambda each: each[0]),
        Field("column", "the column, by its name in CSV, JSON and Parquet; empty for the table",
              lambda each: each[1]),
        Field("type", "its type in Parquet; DECIMAL(18,2) is kronor, DECIMAL(9,6) percent",
              lambda each: each[2]),
        Field("meaning", "what stands in it", lambda each: each[3]),
    ),
)  # fmt: skip
EXPORTED: Final[tuple[Exported[Any], ...]] = (
    ABOUT, AGREEMENTS, PARTIES, ROWS, BUDGET, SPLIT, OUTCOME, DEADLINES, LEDGER, LOG,
)  # fmt: skip


def tables(
    given: Sequence[Case], config: Config, as_of: date, *, options: bool, told: Sequence[str] = ()
) -> dict[TableName, Table]:
    """Return all tables by name, each with the notes *told*.

    They name agreements by `agreement`, so that they can be joined. The budget has a row for
    every figure; those of extensions not yet taken only where *options* asks for them.
    """
    agenda = due.agenda(given, as_of)
    found: dict[TableName, Table] = {
        "about": about(as_of),
        "agreements": agreements(given, agenda, config, as_of),
        "parties": written.parties(given, as_of),
        "rows": written.rows(given, as_of),
        "budget": computed.budget(given, as_of, options=options),
        "split": computed.split(given, as_of, config.benchmark),
        "outcome": computed.outcome(given, as_of),
        "deadlines": computed.deadlines(agenda, as_of),
        "ledger": computed.ledger(given, as_of),
        "log": written.log(given, as_of),
    }
    return {name: replace(each, notes=(*each.notes, *told)) for name, each in found.items()}


def about(as_of: date) -> Table:
    """Return a row for each table and each of its columns: what they are."""
    across = tr(
        "The budget with its years across, as people read it, as of {day}; XLSX alone", day=as_of
    )
    lines = [(tr(BY_YEAR), "", "", across)]
    for each in EXPORTED:
        lines += [
            (tr(each.name), "", "", tr("{title}, as of {day}", title=tr(each.title), day=as_of)),
            *each.described(),
        ]
    return ABOUT.table(as_of, lines)


def budget_by_year(
    given: Sequence[Case], as_of: date, *, options: bool, told: Sequence[str] = ()
) -> Table:
    """Return the budget as people read it, with all its years across and their totals."""
    table = budget.table(given, as_of, by="row", years=Years(), options=options)
    own = notes.of_budget(given, table, options=options)
    return replace(table, name=BY_YEAR, notes=(*told, *own))
