"""The budget as a table: figures by agreement, party, committee or row, with a column a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from iopctl.economy.figures import STATES, figures
from iopctl.money import shared
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from iopctl.economy.figures import Figure, Rates
    from iopctl.model import Agreement
    from iopctl.model.boards import BoardShares
    from iopctl.model.terms import Terms
    from iopctl.validity.standing import Standing, State

By = Literal["agreement", "party", "board", "row"]
MOST_YEARS = 10
HUNDRED = Decimal(100)
NO_BOARD = "no committee named"


class Years(NamedTuple):
    """The years asked for, both included; None is as far as there are any."""

    first: int | None = None
    last: int | None = None

    def has(self, year: int) -> bool:
        """Whether *year* is asked for."""
        return (self.first or year) <= year <= (self.last or year)


class Place(NamedTuple):
    """A column of figures: a year, decided or an option; None is the undivided period."""

    state: State
    year: int | None

    @property
    def column(self) -> Column:
        """The column of the table."""
        if self.year is None:
            return Column("period", "not by year", Kind.KRONOR)
        if self.state == "option":
            return Column(
                f"option-{self.year}", str(self.year), Kind.KRONOR, "if options are taken"
            )
        return Column(str(self.year), str(self.year), Kind.KRONOR)


class Sheet:
    """One agreement and its figures, which are worked out when they are first asked for."""

    def __init__(self, standing: Standing, rates: Rates) -> None:
        self.standing = standing
        self._rates = rates

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.standing.agreement

    @cached_property
    def decided(self) -> tuple[Figure, ...]:
        """The figure of every row for every decided year, and for totals that no year divides."""
        return figures(self.standing, self._rates, "decided")

    @cached_property
    def options(self) -> tuple[Figure, ...]:
        """The figure of every row for every year that options not yet taken would add."""
        return figures(self.standing, self._rates, "option")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        both = (*self.decided, *self.options)
        return tuple(sorted(both, key=lambda each: (each.terms.first or date.min, each.row)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that have decided figures."""
        return frozenset(each.year for each in self.decided if each.year)

    def shown(self, *, options: bool) -> tuple[Figure, ...]:
        """The decided figures, or with *options* all."""
        return self.figures if options else self.decided


def sheets(standings: Iterable[Standing], rates: Rates) -> tuple[Sheet, ...]:
    """Return a sheet for each agreement."""
    return tuple(Sheet(each, rates) for each in standings)


def table(
    given: Sequence[Sheet],
    as_of: date,
    *,
    by: By = "agreement",
    years: Years | None = None,
    options: bool = False,
    notes: Sequence[str] = (),
) -> Table:
    """Return the budget in kronor, each total the sum of the rows that are shown.

    Option years have columns of their own, and only where *options* asks for them. Without
    *years*, those from the first to the last decided one are shown, the ten nearest to *as_of*
    where there are more.
    """
    places = _places(given, as_of, years, options=options)
    columns, entries = _GROUPINGS[by]
    names = _names(given)
    sums: dict[tuple[str, ...], dict[Place, Amount]] = {}
    wanted = frozenset(places)
    for sheet in given:
        for figure in sheet.shown(options=options):
            place = Place(figure.state, figure.year)
            if place in wanted:
                for labels, amount in entries(sheet, figure, names):
                    row = sums.setdefault(labels, {})
                    row[place] = row.get(place, ZERO) + amount
    return Table(
        name="budget",
        title=f"Budget by {by}, kronor",
        as_of=as_of,
        columns=(*columns, *(place.column for place in places)),
        rows=(*_rows(sums, places), *_total(sums, places, len(columns))),
        notes=tuple(notes),
    )


def _rows(
    sums: dict[tuple[str, ...], dict[Place, Amount]], places: Sequence[Place]
) -> Iterator[Row]:
    for labels, amounts in sums.items():
        yield Row((*labels, *(amounts.get(place) for place in places)))


def _total(
    sums: dict[tuple[str, ...], dict[Place, Amount]], places: Sequence[Place], labels: int
) -> Iterator[Row]:
    if not sums:
        return
    cells = []
    for place in places:
        amounts = [row[place] for row in sums.values() if place in row]
        cells.append(sum(amounts, ZERO) if amounts else None)
    yield Row(("total", *[""] * (labels - 1), *cells), Level.TOTAL)


# ------------------------------------------------------------------ the columns
def _places(
    given: Sequence[Sheet], as_of: date, years: Years | None, *, options: bool
) -> tuple[Place, ...]:
    figures = (each for sheet in given for each in sheet.shown(options=options))
    found = {Place(each.state, each.year) for each in figures}
    undivided = [place for place in found if place.year is None]
    return (
        *(place for state in STATES for place in _of_state(found, state, as_of, years)),
        *undivided,
    )


def _of_state(found: set[Place], state: State, as_of: date, years: Years | None) -> Iterator[Place]:
    there = [place.year for place in found if place.state == state and place.year is not None]
    if years is not None:
        there = [year for year in there if years.has(year)]
    if not there:
        return
    whole = range(min(there), max(there) + 1)
    nearest = sorted(whole, key=lambda year: (abs(year - as_of.year), year))[:MOST_YEARS]
    for year in sorted(nearest) if years is None else whole:
        yield Place(state, year)


# ------------------------------------------------------------------ the rows


Labelled = tuple[tuple[str, ...], Amount]
Names = dict[str, str]


def _amount(figure: Figure) -> Amount:
    return UNKNOWN if figure.amount is None else Amount(figure.amount)


def _by_agreement(sheet: Sheet, figure: Figure, _: Names) -> Iterator[Labelled]:
    yield (sheet.agreement.id,), _amount(figure)


def _by_party(_: Sheet, figure: Figure, names: Names) -> Iterator[Labelled]:
    parties = [figure.terms.parties[each] for each in figure.contribution.party]
    yield (jointly([names[each.identity] for each in parties]),), _amount(figure)


def _by_board(_: Sheet, figure: Figure, __: Names) -> Iterator[Labelled]:
    if figure.side == "public":
        for name, amount in board_parts(figure):
            yield (name,), amount


def _by_row(sheet: Sheet, figure: Figure, _: Names) -> Iterator[Labelled]:
    row = figure.contribution
    who = jointly([figure.terms.parties[each].called for each in row.party])
    yield (sheet.agreement.id, who, row.described), _amount(figure)


_GROUPINGS: dict[
    By, tuple[tuple[Column, ...], Callable[[Sheet, Figure, Names], Iterator[Labelled]]]
] = {
    "agreement": ((Column("agreement", "agreement"),), _by_agreement),
    "party": ((Column("party", "party"),), _by_party),
    "board": ((Column("board", "committee"),), _by_board),
    "row": (
        (Column("agreement", "agreement"), Column("party", "party"), Column("item", "item")),
        _by_row,
    ),
}


def _names(given: Sequence[Sheet]) -> Names:
    """Return what to call each party, the same in all agreements: as the first file has it."""
    names: dict[str, str] = {}
    for sheet in given:
        for terms in sheet.standing.terms:
            for party in terms.parties.values():
                names.setdefault(party.identity, party.name or party.called)
    return names


def jointly(names: Sequence[str]) -> str:
    """Return who a row is from; several parties in one row stand for it jointly."""
    return names[0] if len(names) == 1 else f"{' + '.join(names)}, jointly"


def boards(terms: Terms, row: int) -> BoardShares:
    """Return the committees that pay a row, with percent where a division is stated.

    The row's own, else the committee of the row's party; none where neither is named.
    """
    from iopctl.model.boards import BoardShares

    contribution = terms.economy.contributions[row]
    if contribution.board is not None:
        return contribution.board
    own = terms.parties[contribution.party[0]].board
    return BoardShares([(own or NO_BOARD, HUNDRED)])


def board_parts(figure: Figure) -> Iterator[tuple[str, Amount]]:
    """Yield each committee's part of a figure, rounded as a row first and then divided.

    Committees whose division is not stated stand together, their parts being unknown.
    """
    shares = boards(figure.terms, figure.row)
    percents = [percent for _, percent in shares if percent is not None]
    if figure.amount is None or len(percents) < len(shares):
        names = " + ".join(name for name, _ in shares)
        yield (names if len(shares) == 1 else f"{names}, division not stated"), _amount(figure)
        return
    parts = shared(figure.amount, [int(percent * HUNDRED) for percent in percents])
    for (name, _), part in zip(shares, parts, strict=True):
        yield name, Amount(part)


def parts_by_board(figure: Figure) -> Iterator[tuple[str, Amount]]:
    """Yield each committee's part of a year's figure, unknown where it is not divided."""
    names = [name for name, _ in boards(figure.terms, figure.row)]
    parts = dict(board_parts(figure)) if figure.year is not None else {}
    yield from ((name, parts.get(name, UNKNOWN)) for name in names)


def boards_of(standing: Standing) -> frozenset[str]:
    """Return every committee that decides or pays: the public parties' and the rows'."""
    parties = (
        party.board
        for terms in standing.terms
        for party in terms.parties.values()
        if party.role == "public" and party.board
    )
    rows = (
        name
        for terms in standing.terms
        for row in terms.economy.contributions
        for name, _ in row.board or ()
    )
    return frozenset((*parties, *rows))
