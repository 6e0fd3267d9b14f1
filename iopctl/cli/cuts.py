"""The part of the portfolio that a table is asked for, and the order of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.case.case import Case
    from iopctl.tables import Table

Stage = Literal["draft", "upcoming", "active", "expiring", "expired", "terminated", "unknown"]
Board = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Only what this committee decides or pays.",
        show_default=False,
        autocompletion=completion.boards,
    ),
]
Area = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help="Only this field of work.",
        show_default=False,
        autocompletion=completion.areas,
    ),
]
State = Annotated[
    Stage | None, typer.Option(help="Only agreements in this state.", show_default=False)
]
Sort = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Order the rows by a column; -COLUMN is the other way round.",
        show_default=False,
    ),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Drafts, too.")]


class Cut(NamedTuple):
    """What a table is narrowed to; None is all."""

    board: str | None = None
    area: str | None = None
    state: Stage | None = None

    def of(self, cases: Sequence[Case]) -> tuple[Case, ...]:
        """Return those of *cases* that are asked for, however names are capitalised.

        Raises:
            UserError: none of *cases* has such a committee or field of work.
        """
        from iopctl.case.payers import boards_of

        names = (name for each in cases for name in boards_of(each))
        board = _spelled("--board", self.board, names)
        areas = (each.agreement.area for each in cases if each.agreement.area)
        area = _spelled("--area", self.area, areas)
        return tuple(
            each
            for each in cases
            if (board is None or board in boards_of(each))
            and (area is None or each.agreement.area == area)
            and self._in_state(each)
        )

    def _in_state(self, case: Case) -> bool:
        if self.state is None:
            return True
        from iopctl.listings.status import stage  # which loads much that a budget needs not

        return stage(case) == self.state


def spelled_board(board: str | None, cases: Iterable[Case]) -> str | None:
    """Return a committee as the agreements spell it; one that none of them names as it is."""
    from iopctl.case.payers import boards_of

    names = {name.casefold(): name for each in cases for name in sorted(boards_of(each))}
    return board and names.get(board.casefold(), board)


def _spelled(option: str, asked: str | None, known: Iterable[str]) -> str | None:
    if asked is None:
        return None
    by_letters = {each.casefold(): each for each in sorted(set(known))}
    if asked.casefold() in by_letters:
        return by_letters[asked.casefold()]
    there = (
        tr("there are {names}", names=", ".join(by_letters.values()))
        if by_letters
        else tr("no agreement names any")
    )
    raise UserError(tr("{option} {asked}: {there}", option=option, asked=asked, there=there))


def in_order(table: Table, sort: str | None) -> Table:
    """Return *table* with its rows in the order of a column: what is not known comes last.

    Raises:
        UserError: there is no such column.
    """
    if sort is None:
        return table
    from dataclasses import replace

    keys = [each.key for each in table.columns]
    key = sort.removeprefix("-")
    if key not in keys:
        raise UserError(tr("--sort {key}: write one of {keys}", key=key, keys=", ".join(keys)))
    place = keys.index(key)
    rows = sorted(table.rows, key=lambda row: _rank(row.cells[place]), reverse=sort != key)
    known = [row for row in rows if row.cells[place] is not None]
    return replace(table, rows=(*known, *(row for row in rows if row.cells[place] is None)))


def _rank(cell: object) -> tuple[int, object]:
    """Return what a cell is ordered by: figures, dates, then words."""
    from datetime import date
    from decimal import Decimal

    from iopctl.tables import Amount

    match cell:
        case Amount():
            return (0, cell.known)
        case int() | Decimal():
            return (0, cell)
        case date():
            return (1, cell.toordinal())
        case _:
            return (2, str(cell or "").casefold())
