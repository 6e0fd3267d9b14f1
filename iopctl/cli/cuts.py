"""The part of the portfolio that a table is asked for, and the order of its rows."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Annotated, NamedTuple, Protocol, TypeVar

import typer

from iopctl.cli import completion
from iopctl.errors import UserError
from iopctl.language import for_person, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.case.case import Case
    from iopctl.listings.traits import Traits
    from iopctl.packed import Packed
    from iopctl.tables import Cell, Table

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
InStage = Annotated[
    str | None,
    typer.Option(
        metavar="STATE",
        help="Only agreements in this state: draft, upcoming, active, expiring, expired,"
        " terminated or unknown.",
        show_default=False,
        autocompletion=completion.states,
    ),
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


class _Traited(Protocol):
    """What was made of a case, and tells whether it is asked for."""

    @property
    def traits(self) -> Traits: ...


Chosen = TypeVar("Chosen", bound=_Traited)


class Cut(NamedTuple):
    """What a table is narrowed to; None is all."""

    board: str | None = None
    area: str | None = None
    state: str | None = None

    def of(self, cases: Sequence[Case]) -> tuple[Case, ...]:
        """Return those of *cases* that are asked for.

        Raises:
            UserError: see `chosen`.
        """
        return tuple(compress(cases, self.chosen(list(map(self.traits, cases)))))

    def among(self, given: Packed[Chosen]) -> Packed[Chosen]:
        """Return those that are asked for of what was made of many cases.

        Raises:
            UserError: see `chosen`.
        """
        from iopctl.packed import Packed

        if self == Cut():
            return given
        return Packed(compress(given, self.chosen([each.traits for each in given])))

    def traits(self, case: Case) -> Traits:
        """Return what tells whether a case is asked for."""
        from iopctl.listings.traits import traits

        return traits(case, staged=self.state is not None)

    def chosen(self, given: Sequence[Traits]) -> list[bool]:
        """Return for each agreement whether it is asked for, however names are capitalised.

        Raises:
            UserError: none of them has such a committee or field of work, or there is no such
                state.
        """
        board = _spelled("--board", self.board, (name for each in given for name in each.boards))
        area = _spelled("--area", self.area, (each.area for each in given if each.area))
        stage = None if self.state is None else _stage(self.state)
        return [
            (board is None or board in each.boards)
            and (area is None or each.area == area)
            and (stage is None or each.stage == stage)
            for each in given
        ]


def _stage(word: str) -> str:
    """Return the state that a word means, in the language that is used or in the format's."""
    from iopctl.case.stage import STAGES

    named = {name.casefold(): each for each in STAGES for name in (each, tr(each))}
    if word.casefold() not in named:
        words = ", ".join(map(tr, STAGES))
        raise UserError(tr("--state {word}: write one of {words}", word=word, words=words))
    return named[word.casefold()]


def spelled_board(board: str | None, cases: Iterable[Case]) -> str | None:
    """Return a committee as the agreements spell it; one that none of them names as it is."""
    from iopctl.case.payers import boards_of

    names = {name.casefold(): name for each in cases for name in sorted(boards_of(each))}
    return board and names.get(board.casefold(), board)


def known_board(board: str | None, cases: Iterable[Case]) -> str | None:
    """Return a committee as the agreements spell it.

    Raises:
        UserError: none of them has it; it says which there are.
    """
    from iopctl.case.payers import boards_of

    return _spelled("--board", board, [name for case in cases for name in boards_of(case)])


def _spelled(option: str, asked: str | None, known: Iterable[str]) -> str | None:
    if asked is None:
        return None
    by_letters = {each.casefold(): each for each in sorted(set(known))}
    if asked.casefold() in by_letters:
        return by_letters[asked.casefold()]
    raise stranger(option, asked, list(by_letters.values()))


def stranger(option: str, asked: str, known: Sequence[str]) -> UserError:
    """Return the error that something is called so by no agreement, and what there is."""
    there = (
        tr("there are {names}", names=", ".join(known)) if known else tr("no agreement names any")
    )
    return UserError(tr("{option} {asked}: {there}", option=option, asked=asked, there=there))


def in_order(table: Table, sort: str | None) -> Table:
    """Return *table* with its rows in the order of a column: what is not known comes last.

    Its totals stand below them as before; a part's sums are left out, for its rows are apart.
    A column goes by its key, or by its title as a person reads it.

    Raises:
        UserError: there is no such column.
    """
    if sort is None:
        return table
    from dataclasses import replace

    from iopctl.tables import Level

    key = sort.removeprefix("-")
    with for_person():
        place = _place(table, key)
    rows = [row for row in table.rows if row.level is Level.ROW]
    rows.sort(key=lambda row: _rank(row.cells[place]), reverse=sort != key)
    known = [row for row in rows if _is_known(row.cells[place])]
    unknown = [row for row in rows if not _is_known(row.cells[place])]
    totals = [row for row in table.rows if row.level is Level.TOTAL]
    return replace(table, rows=(*known, *unknown, *totals))


def _place(table: Table, key: str) -> int:
    """Return where the column is that is called *key*."""
    keys = [each.key for each in table.columns]
    if key in keys:
        return keys.index(key)
    titles = [each.spoken.title.casefold() for each in table.columns]
    if key.casefold() not in titles:
        words = ", ".join(dict.fromkeys(filter(None, titles)))
        raise UserError(tr("--sort {key}: write one of {keys}", key=key, keys=words))
    return titles.index(key.casefold())


def _is_known(cell: Cell) -> bool:
    from iopctl.tables import Amount

    return cell is not None and not (isinstance(cell, Amount) and cell.unknown)


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
