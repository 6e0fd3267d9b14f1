"""Who a row is from: its parties jointly, and the committees that pay it, each its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import marked, tr
from iopctl.money import HUNDRED, shared
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model.boards import BoardShares
    from iopctl.model.terms import Terms

NO_BOARD = marked("no committee named")


def jointly(names: Sequence[str]) -> str:
    """Return who a row is from; several parties in one row stand for it jointly."""
    return names[0] if len(names) == 1 else tr("{names}, jointly", names=" + ".join(names))


def boards(terms: Terms, row: int) -> BoardShares:
    """Return the committees that pay a row, with percent where a division is stated.

    The row's own, else the one that pays for the row's public party, or is its committee; of
    several, whose division is then not stated, each one's. None where neither is named.
    """
    from iopctl.model.boards import BoardShares

    contribution = terms.economy.contributions[row]
    if contribution.board is not None:
        return contribution.board
    parties = [terms.parties[each] for each in payers(terms, row)]
    names = dict.fromkeys(each.payer or each.board or NO_BOARD for each in parties)
    return BoardShares((each, HUNDRED if len(names) == 1 else None) for each in names)


def committees(shares: BoardShares) -> str:
    """Return the committees that pay a row, each with its part where that is stated."""
    called = [(tr(name) if name == NO_BOARD else name, part) for name, part in shares]
    if len(called) == 1:
        return called[0][0]
    return ", ".join(name if part is None else f"{name} {part} %" for name, part in called)


def row_called(terms: Terms, row: int) -> str:
    """Return what a row is for, told apart from others of the same party by who pays it."""
    rows = terms.economy.contributions
    described = rows[row].described
    alike = [
        number
        for number, each in enumerate(rows)
        if each.party == rows[row].party and each.described == described
    ]
    if len(alike) == 1:
        return described
    payers = [committees(boards(terms, each)) for each in alike]
    own = payers[alike.index(row)]
    by_payer = payers.count(own) == 1 and own != tr(NO_BOARD)
    return f"{described} ({own if by_payer else alike.index(row) + 1})"


def payers(terms: Terms, row: int) -> tuple[str, ...]:
    """Return the public parties of a row; all of them where none is."""
    given = terms.economy.contributions[row].party
    public = tuple(each for each in given if terms.parties[each].role == "public")
    return public or given


def board_parts(figure: Figure) -> Iterator[tuple[str, Amount]]:
    """Yield each committee's part of a figure, rounded as a row first and then divided.

    Committees whose division is not stated stand together, their parts being unknown.
    """
    shares = boards(figure.terms, figure.row)
    percents = [percent for _, percent in shares if percent is not None]
    if len(percents) < len(shares):
        names = " + ".join(tr(name) for name, _ in shares)
        yield tr("{names}, division not stated", names=names), figure.sum
    elif figure.amount is None:
        yield from ((name, UNKNOWN) for name, _ in shares)
    else:
        parts = shared(figure.amount, [int(percent * HUNDRED) for percent in percents])
        for (name, _), part in zip(shares, parts, strict=True):
            yield name, Amount(part)


def parts_by_board(figure: Figure) -> Iterator[tuple[str, Amount]]:
    """Yield each committee's part of a year's figure, unknown where it is not divided.

    So it is where others than the public side give it, too.
    """
    names = [name for name, _ in boards(figure.terms, figure.row)]
    is_divided = figure.year is not None and not figure.is_partly_public
    parts = dict(board_parts(figure)) if is_divided else {}
    yield from ((name, parts.get(name, UNKNOWN)) for name in names)


def boards_of(case: Case) -> frozenset[str]:
    """Return every committee that decides or pays: the public parties' and the rows'."""
    parties = (
        name
        for terms in case.terms
        for party in terms.parties.values()
        for name in (party.board, party.payer)
        if party.role == "public" and name
    )
    rows = (
        name
        for terms in case.terms
        for row in terms.economy.contributions
        for name, _ in row.board or ()
    )
    return frozenset((*parties, *rows))
