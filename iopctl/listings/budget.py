"""The budget as a table: figures by agreement, party, committee or row, with a column a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from iopctl.case.extended import ExtensionWay, when_any
from iopctl.case.figures import CERTAINTIES
from iopctl.case.payers import jointly
from iopctl.language import marked, tr
from iopctl.listings.addends import (
    UNDATED,
    UNDIVIDED,
    Addend,
    BudgetRow,
    Committee,
    FigureColumn,
    Joint,
    PossibleYears,
    addend,
)
from iopctl.money import total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.dated import Certainty
    from iopctl.listings.addends import SumLabel

_TITLES: dict[BudgetRow, str] = {
    "agreement": marked("Budget by agreement, kronor"),
    "party": marked("Budget by party, kronor"),
    "board": marked("Budget by board, kronor"),
    "area": marked("Budget by area, kronor"),
    "category": marked("Budget by category, kronor"),
    "row": marked("Budget by row, kronor"),
}
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class YearRange:
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


_HEADS: Final = {UNDIVIDED: marked("not by year"), UNDATED: marked("years unknown")}

_GROUPS: Final[Mapping[ExtensionWay, str]] = {
    "taken": marked("if options are taken"),
    "by_itself": marked("unless notice is given"),
    "either": marked("if extended"),
}


def _column(place: FigureColumn, when: ExtensionWay) -> Column:
    """Return the column of the table; *when* is how extensions come."""
    key = str(place.year)
    title = _HEADS.get(key, key)
    if place.state == "option":
        return Column(f"option-{key}", title, Kind.KRONOR, tr(_GROUPS[when]))
    return Column(key, title, Kind.KRONOR)


def table(
    given: Iterable[Case],
    as_of: date,
    *,
    by: BudgetRow = "agreement",
    years: YearRange | None = None,
    options: bool = False,
    notes: Sequence[str] = (),
) -> Table:
    """Return the budget of cases that are at hand: see `table_of`."""
    addends = [addend(case, by=by, options=options) for case in given]
    return table_of(addends, as_of, by=by, years=years, notes=notes)


def table_of(
    addends: Iterable[Addend],
    as_of: date,
    *,
    by: BudgetRow = "agreement",
    years: YearRange | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """Return the budget in kronor, each total the sum of the rows that are shown.

    It is made of what each agreement adds, *by* the same: twice they are gone through. Option
    years have columns of their own, where these have them. Without *years*, those from the first
    to the last decided one are shown, the ten nearest to *as_of* where there are more. A year of
    which it is not known whether an agreement holds is unknown for its rows; what no year is known
    of has a column of its own, as it is written.
    """
    frame = _Frame(addends)
    places = frame.places(as_of, years)
    wanted = dict.fromkeys(places)
    decided = [each for each in places if each.state == "decided"]
    sums: dict[tuple[str, ...], dict[FigureColumn, Amount]] = {}
    for each in addends:
        for label, at, amount in each.summands:
            for place in frame.under(at, decided):
                if place in wanted:
                    row = sums.setdefault(frame.called(label), {})
                    row[place] = row.get(place, ZERO) + amount
    columns, when = _LABELS[by], when_any(frame.rolls_on)
    return Table(
        name="budget",
        title=tr(_TITLES[by]),
        as_of=as_of,
        columns=(*columns, *(_column(place, when) for place in places)),
        rows=(*_rows(sums, places), *_total(sums, places, len(columns))),
        notes=tuple(notes),
    )


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


# ------------------------------------------------------------------ what all of them decide
class _Frame:
    """What is known of a budget's rows and columns when all addends have been seen.

    A party is called as the first file has it. A committee's name that several municipalities
    have is told with theirs: each is a committee of its own.
    """

    def __init__(self, addends: Iterable[Addend]) -> None:
        self.columns: set[FigureColumn] = set()
        self.possible: set[PossibleYears] = set()
        self.rolls_on: set[bool | None] = set()
        self._names: dict[str, str] = {}
        self._owners: dict[str, set[str]] = {}
        self._jointly: dict[frozenset[str], str] = {}
        for each in addends:
            self.columns |= each.columns
            self.possible |= each.possible
            self.rolls_on.add(each.rolls_on)
            for identity, name in each.names:
                self._names.setdefault(identity, name)
            for board, owners in each.owners:
                self._owners.setdefault(board, set()).add(self._joint(owners))

    def under(
        self, at: FigureColumn | PossibleYears, decided: Sequence[FigureColumn]
    ) -> Sequence[FigureColumn]:
        """Return the columns of an amount; one of several years is in each of those *decided*."""
        if isinstance(at, FigureColumn):
            return (at,)
        return [place for place in decided if at.has(place.year)]

    def called(self, label: SumLabel) -> tuple[str, ...]:
        """Return what a row of the table is called, the same in all agreements."""
        return tuple(map(self._called, label))

    def _called(self, part: str | Joint | Committee) -> str:
        match part:
            case Joint():
                return self._joint(part)
            case Committee():
                return self._committee(part)
            case str():
                return part

    def _joint(self, parties: Joint) -> str:
        return jointly([self._names[each] for each in parties.identities])

    def _committee(self, board: Committee) -> str:
        if board.name not in board.others:  # several undivided, in whichever order
            return self._jointly.setdefault(board.others, board.name)
        if len(self._owners.get(board.name, ())) <= 1:
            return board.name
        return f"{board.name}, {self._joint(board.payers)}"

    def places(self, as_of: date, years: YearRange | None) -> tuple[FigureColumn, ...]:
        """Return the columns of figures, in their order."""
        found = set(self.columns)
        for year in years.few if years else ():
            if any(each.has(year) for each in self.possible):
                found.add(FigureColumn("decided", year))
        rest = (FigureColumn(state, name) for name in (UNDIVIDED, UNDATED) for state in CERTAINTIES)
        return (
            *(place for state in CERTAINTIES for place in _of_state(found, state, as_of, years)),
            *(place for place in rest if place in found),
        )


def _of_state(
    found: set[FigureColumn], state: Certainty, as_of: date, years: YearRange | None
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


_LABELS: Final[dict[BudgetRow, tuple[Column, ...]]] = {
    "agreement": (Column("agreement", "agreement"),),
    "party": (Column("party", "party"),),
    "board": (Column("board", "committee"),),
    "area": (Column("area", "area"),),
    "category": (Column("category", "category"),),
    "row": (Column("agreement", "agreement"), Column("party", "party"), Column("item", "item")),
}
