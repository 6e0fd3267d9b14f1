"""The budget as a table: figures by agreement, party, committee or row, with a column a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl.case.extended import When, when_extended
from iopctl.case.figures import STATES
from iopctl.case.payers import NO_BOARD, board_parts, boards, jointly, payers, row_called
from iopctl.language import marked, tr
from iopctl.money import total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case, State
    from iopctl.case.figures import Figure
    from iopctl.model.terms import Terms

By = Literal["agreement", "party", "board", "area", "category", "row"]
NO_AREA = marked("no area named")
NO_CATEGORY = marked("no category named")
_TITLES: dict[By, str] = {
    "agreement": marked("Budget by agreement, kronor"),
    "party": marked("Budget by party, kronor"),
    "board": marked("Budget by board, kronor"),
    "area": marked("Budget by area, kronor"),
    "category": marked("Budget by category, kronor"),
    "row": marked("Budget by row, kronor"),
}
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Years:
    """The years asked for, both included; None is as far as there are any."""

    first: int | None = None
    last: int | None = None

    def has(self, year: int) -> bool:
        """Whether *year* is asked for."""
        return (self.first or year) <= year <= (self.last or year)

    @property
    def few(self) -> range:
        """The years, where they are no more than fit into a table, whatever there is of them."""
        if self.first is None or self.last is None or self.last - self.first >= MOST_YEARS:
            return range(0)
        return range(self.first, self.last + 1)


UNDIVIDED: Final = "period"
UNDATED: Final = "years-unknown"
_HEADS: Final = {UNDIVIDED: marked("not by year"), UNDATED: marked("years unknown")}

_GROUPS: Final[Mapping[When, str]] = {
    "taken": marked("if options are taken"),
    "by_itself": marked("unless notice is given"),
    "either": marked("if extended"),
}


class FigureColumn(NamedTuple):
    """A column of figures, decided or an option: a year, the undivided period, unknown years."""

    state: State
    year: int | str

    def column(self, when: When) -> Column:
        """Return the column of the table; *when* is how extensions come."""
        key = str(self.year)
        title = _HEADS.get(key, key)
        if self.state == "option":
            return Column(f"option-{key}", title, Kind.KRONOR, tr(_GROUPS[when]))
        return Column(key, title, Kind.KRONOR)


def table(
    given: Sequence[Case],
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
    where there are more. A year of which it is not known whether an agreement holds is unknown
    for its rows; what no year is known of has a column of its own, as it is written.
    """
    places = _places(given, as_of, years, options=options)
    columns, entries = _GROUPINGS[by]
    names = DisplayNames(given)
    sums: dict[tuple[str, ...], dict[FigureColumn, Amount]] = {}
    wanted, when = frozenset(places), when_extended(given)
    for case in given:
        for place, figure in _placed(case, places, options=options):
            if place in wanted:
                for labels, amount in entries(case, figure, names):
                    row = sums.setdefault(labels, {})
                    row[place] = row.get(place, ZERO) + amount
    return Table(
        name="budget",
        title=tr(_TITLES[by]),
        as_of=as_of,
        columns=(*columns, *(place.column(when) for place in places)),
        rows=(*_rows(sums, places), *_total(sums, places, len(columns))),
        notes=tuple(notes),
    )


def _placed(
    case: Case, places: Sequence[FigureColumn], *, options: bool
) -> Iterator[tuple[FigureColumn, Figure]]:
    """Yield each figure and its column, an unknown one for each year that may have more of it."""
    years = {place.year: place for place in places if place.state == "decided"}
    yearless = {id(figure) for figure in case.yearless}
    for figure in case.told(options=options):
        if figure.within is None or figure.is_total:
            yield FigureColumn(figure.state, figure.year or UNDIVIDED), figure
            continue
        if id(figure) in yearless:
            yield _yearless(figure), figure
        for year, place in years.items():
            if isinstance(year, int) and case.is_unknown(figure, year):
                yield place, figure.of(year)


def _yearless(figure: Figure) -> FigureColumn:
    """Return the column of what no year is known of: a year's amount, or the total of months."""
    return FigureColumn("decided", UNDIVIDED if figure.contribution.basis == "total" else UNDATED)


def with_differences(table: Table, as_agreed: Table) -> Table:
    """Return a budget with what its years come to more than *as_agreed*, of the same agreements.

    Decided years and options have a column each. Where either is unknown, so is the difference.
    """
    groups: dict[str, set[str]] = {}
    for column in table.columns:
        if column.kind is Kind.KRONOR and column.title.isdigit():
            groups.setdefault(column.group, set()).add(column.key)
    columns = [
        Column(f"{'option-' if group else ''}difference", "difference", Kind.KRONOR, group)
        for group in groups
    ]
    pairs = zip(table.rows, as_agreed.rows, strict=True)
    rows = tuple(
        row._replace(
            cells=(
                *row.cells,
                *(
                    _difference(_sum(table, row, keys), _sum(as_agreed, agreed, keys))
                    for keys in groups.values()
                ),
            )
        )
        for row, agreed in pairs
    )
    return replace(table, columns=(*table.columns, *columns), rows=rows)


def _sum(table: Table, row: Row, keys: set[str]) -> Amount:
    """Return the sum of a row's amounts under the columns of *keys*."""
    cells = zip(table.columns, row.cells, strict=True)
    amounts = (cell for column, cell in cells if column.key in keys and isinstance(cell, Amount))
    return sum(amounts, ZERO)


def _difference(one: Amount, other: Amount) -> Amount:
    if not (one.complete and other.complete):
        return UNKNOWN
    return Amount(total((one.known, other.known.copy_negate())))


def _rows(
    sums: dict[tuple[str, ...], dict[FigureColumn, Amount]], places: Sequence[FigureColumn]
) -> Iterator[Row]:
    for labels, amounts in sums.items():
        yield Row((*labels, *(amounts.get(place) for place in places)))


def _total(
    sums: dict[tuple[str, ...], dict[FigureColumn, Amount]],
    places: Sequence[FigureColumn],
    labels: int,
) -> Iterator[Row]:
    if not sums:
        return
    cells = []
    for place in places:
        amounts = [row[place] for row in sums.values() if place in row]
        cells.append(sum(amounts, ZERO) if amounts else None)
    yield Row((tr("total"), *[""] * (labels - 1), *cells), Level.TOTAL)


# ------------------------------------------------------------------ the columns
def _places(
    given: Sequence[Case], as_of: date, years: Years | None, *, options: bool
) -> tuple[FigureColumn, ...]:
    figures = (each for case in given for each in case.shown(options=options))
    found = {FigureColumn(each.state, each.year or UNDIVIDED) for each in figures}
    found |= {_yearless(each) for case in given for each in case.yearless}
    for year in years.few if years else ():
        if any(case.unknown_of(year) for case in given):
            found.add(FigureColumn("decided", year))
    rest = (FigureColumn(state, name) for name in (UNDIVIDED, UNDATED) for state in STATES)
    return (
        *(place for state in STATES for place in _of_state(found, state, as_of, years)),
        *(place for place in rest if place in found),
    )


def _of_state(
    found: set[FigureColumn], state: State, as_of: date, years: Years | None
) -> Iterator[FigureColumn]:
    there = [each.year for each in found if each.state == state and isinstance(each.year, int)]
    if years is not None:
        there = [year for year in there if years.has(year)]
    if not there:
        return
    whole = range(min(there), max(there) + 1)
    nearest = sorted(whole, key=lambda year: (abs(year - as_of.year), year))[:MOST_YEARS]
    for year in sorted(nearest) if years is None else whole:
        yield FigureColumn(state, year)


# ------------------------------------------------------------------ the rows


Labelled = tuple[tuple[str, ...], Amount]


class DisplayNames:
    """What parties and committees are called, the same in all agreements.

    A party is called as the first file has it. A committee's name that several municipalities
    have is told with theirs: each is a committee of its own.
    """

    def __init__(self, given: Sequence[Case]) -> None:
        self._given = given
        self._jointly: dict[frozenset[str], str] = {}

    @cached_property
    def _parties(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for terms in chain.from_iterable(case.terms for case in self._given):
            for party in terms.parties.values():
                names.setdefault(party.identity, party.name or party.called)
        return names

    @cached_property
    def _owners(self) -> dict[str, set[str]]:
        """The municipalities that have a committee of a name, each or jointly."""
        owners: dict[str, set[str]] = {}
        for terms in chain.from_iterable(case.segments for case in self._given):
            for row in range(len(terms.economy.contributions)):
                is_public = terms.side(row) == "public" or terms.is_partly_public(row)
                for name, _ in boards(terms, row) if is_public else ():
                    owners.setdefault(name, set()).add(self.parties(terms, payers(terms, row)))
        return owners

    def parties(self, terms: Terms, handles: Sequence[str]) -> str:
        """Return what the parties of a row are called jointly."""
        return jointly([self._parties[terms.parties[each].identity] for each in handles])

    def board(self, name: str, figure: Figure) -> str:
        """Return what a committee that pays some of a figure, or several jointly, are called."""
        names = frozenset(each for each, _ in boards(figure.terms, figure.row))
        if name == NO_BOARD:
            return tr(name)
        if name not in names:  # several whose division is not stated, in whichever order
            return self._jointly.setdefault(names, name)
        if len(self._owners.get(name, ())) <= 1:
            return name
        return f"{name}, {self.parties(figure.terms, payers(figure.terms, figure.row))}"


def _by_agreement(case: Case, figure: Figure, _: DisplayNames) -> Iterator[Labelled]:
    yield (case.agreement.id,), figure.sum


def _by_party(_: Case, figure: Figure, names: DisplayNames) -> Iterator[Labelled]:
    yield (names.parties(figure.terms, figure.contribution.party),), figure.sum


def _by_board(_: Case, figure: Figure, names: DisplayNames) -> Iterator[Labelled]:
    if figure.side == "public":
        for name, amount in board_parts(figure):
            yield (names.board(name, figure),), amount
    elif figure.is_partly_public:
        for name, _part in boards(figure.terms, figure.row):
            yield (names.board(name, figure),), UNKNOWN


def _by_area(case: Case, figure: Figure, _: DisplayNames) -> Iterator[Labelled]:
    yield (case.agreement.area or tr(NO_AREA),), figure.sum


def _by_category(_: Case, figure: Figure, __: DisplayNames) -> Iterator[Labelled]:
    yield (tr(figure.contribution.category or NO_CATEGORY),), figure.sum


def _by_row(case: Case, figure: Figure, _: DisplayNames) -> Iterator[Labelled]:
    row = figure.contribution
    who = jointly([figure.terms.parties[each].called for each in row.party])
    yield (case.agreement.id, who, row_called(figure.terms, figure.row)), figure.sum


_GROUPINGS: dict[
    By, tuple[tuple[Column, ...], Callable[[Case, Figure, DisplayNames], Iterator[Labelled]]]
] = {
    "agreement": ((Column("agreement", "agreement"),), _by_agreement),
    "party": ((Column("party", "party"),), _by_party),
    "board": ((Column("board", "committee"),), _by_board),
    "area": ((Column("area", "area"),), _by_area),
    "category": ((Column("category", "category"),), _by_category),
    "row": (
        (Column("agreement", "agreement"), Column("party", "party"), Column("item", "item")),
        _by_row,
    ),
}
