"""The economy on an agreement's page: as it is written, and what it comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iopctl.case.payers import boards, committees, jointly
from iopctl.language import tr
from iopctl.listings import budget, notes
from iopctl.listings.facts import facts, label
from iopctl.listings.page.pieces import LabelledCells, field_table, names_of, statements
from iopctl.model.economy import Economy
from iopctl.tables import Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.case.case import Case
    from iopctl.model.economy import Contribution
    from iopctl.model.terms import Terms


def economy_table(_: Case, terms: Terms) -> Table:
    """Return what the economy says beside its rows."""
    economy = terms.economy

    def pairs() -> LabelledCells:
        yield label(Economy, "base_year"), terms.base_year and str(terms.base_year)
        yield from statements(economy, terms, "base_year", "contributions")

    return field_table("economy", "", pairs())


_TOLD_OF_ROWS: Final = ("party", "item", "board")


def row_table(_: Case, terms: Terms) -> Table:
    """Return the rows as they are written."""
    columns = (
        Column("row", "row", Kind.NUMBER),
        Column("party", "party"),
        Column("item", "item"),
        Column("board", "paid by"),
        Column("written", "as written"),
    )
    rows = tuple(
        Row(
            (
                number + 1,
                jointly([terms.parties[each].called for each in row.party]),
                row.item,
                _payers(terms, number),
                _written(row, names_of(terms)),
            )
        )
        for number, row in enumerate(terms.economy.contributions)
    )
    return Table("rows", "", None, columns, rows)


def _payers(terms: Terms, number: int) -> str:
    """Return the committees that pay a public row; of others, the one that the row names."""
    if terms.side(number) == "public":
        return committees(boards(terms, number))
    board = terms.economy.contributions[number].board
    return committees(board) if board else ""


def _written(row: Contribution, names: Mapping[str, str]) -> str:
    """Return the rest of a row in the file's order; that it has no amount is told, too."""
    parts = [f"{each.label} {each.value}" for each in facts(row, names, _TOLD_OF_ROWS)]
    return "; ".join(parts if row.basis != "none" else [tr("no amount"), *parts])


def budget_table(case: Case) -> Table:
    """Return what the rows come to, year by year."""
    shown = budget.table([case], case.as_of, by="row", options=True)
    return replace(
        shown,
        columns=shown.columns[1:],
        rows=tuple(map(_unnamed, shown.rows)),
        title=tr("Budget, kronor"),
        notes=notes.of_budget([case], shown, options=True),
    )


def _unnamed(row: Row) -> Row:
    """Leave out the agreement's id, which the page is about; a total keeps its name."""
    first, *rest = row.cells
    return row._replace(cells=(first, *rest[1:]) if row.level is Level.TOTAL else tuple(rest))
