"""All tables of the portfolio that are exported, a fact a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iopctl.economy import budget, notes
from iopctl.economy.budget import Years
from iopctl.exchange import computed, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.config import Config
    from iopctl.economy.budget import Sheet
    from iopctl.exchange import TableName
    from iopctl.tables import Table


def tables(
    given: Sequence[Sheet], config: Config, as_of: date, *, options: bool, told: Sequence[str] = ()
) -> dict[TableName, Table]:
    """Return all tables by name, each with the notes *told*.

    They name agreements by `agreement`, so that they can be joined. The budget has a row for
    every figure; those of extensions not yet taken only where *options* asks for them.
    """
    found: dict[TableName, Table] = {
        "agreements": written.agreements(given, as_of, config.lead.expiry_months),
        "parties": written.parties(given, as_of),
        "rows": written.rows(given, as_of),
        "budget": computed.budget(given, as_of, options=options),
        "split": computed.split(given, as_of, config.benchmark),
        "deadlines": computed.deadlines(given, as_of, config),
        "log": written.log(given, as_of),
    }
    return {name: replace(each, notes=(*each.notes, *told)) for name, each in found.items()}


def budget_by_year(
    given: Sequence[Sheet], as_of: date, *, options: bool, told: Sequence[str] = ()
) -> Table:
    """Return the budget as people read it, with all its years across and their totals."""
    table = budget.table(given, as_of, by="row", years=Years(), options=options)
    own = notes.of_budget(given, table, options=options)
    return replace(table, name="budget-by-year", notes=(*told, *own))
