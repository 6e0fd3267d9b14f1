"""What one agreement adds to a budget: so little that it can be kept of thousands of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iopctl.case.extended import rolls_on
from iopctl.case.payers import NO_BOARD, board_parts, boards, jointly, payers, row_called
from iopctl.language import marked, tr
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.case.dated import Certainty
    from iopctl.case.figure import Figure
    from iopctl.model.terms import Terms

BudgetRow = Literal["agreement", "party", "board", "area", "category", "row"]
NO_AREA = marked("no area named")
NO_CATEGORY = marked("no category named")
UNDIVIDED: Final = "period"
UNDATED: Final = "years-unknown"


class FigureColumn(NamedTuple):
    """A column of figures, decided or an option: a year, the undivided period, unknown years."""

    state: Certainty
    year: int | str


class PossibleYears(NamedTuple):
    """The years of which it is not known whether they have an amount: all but those that have."""

    first: int
    last: int
    known: frozenset[int | None]

    def has(self, year: int | str) -> bool:
        """Whether *year* is one of them."""
        return isinstance(year, int) and self.first <= year <= self.last and year not in self.known


# ------------------------------------------------------------------ who a row of the table is of
class Joint(NamedTuple):
    """The parties of a row by what agreements know them by: one file's name for them is all's."""

    identities: tuple[str, ...]


class Committee(NamedTuple):
    """A committee that pays of a row, beside *others* that do, and the row's municipalities.

    Several whose division is not stated have one *name*, which is none of theirs.
    """

    name: str
    others: frozenset[str]
    payers: Joint


SumLabel: TypeAlias = tuple[str | Joint | Committee, ...]
Summand: TypeAlias = tuple[SumLabel, FigureColumn | PossibleYears, Amount]


class Addend(NamedTuple):
    """What an agreement adds to a budget, which is the same for any number of them.

    *summands* are its amounts, row of the table by row; *columns* are those that it has figures
    under, and *possible* the years in which it may have more. *rolls_on* says whether extensions
    come by themselves; it is None where none is left. *names* are those of its parties, and
    *owners* the municipalities of its committees, where the table's rows are told by them.
    """

    summands: tuple[Summand, ...]
    columns: frozenset[FigureColumn]
    possible: frozenset[PossibleYears]
    rolls_on: bool | None
    names: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, Joint], ...] = ()


def addend(case: Case, *, by: BudgetRow, options: bool) -> Addend:
    """Return what a case adds to a budget *by* something, with *options* or without."""
    sums: dict[tuple[SumLabel, FigureColumn | PossibleYears], Amount] = {}
    same: dict[SumLabel, SumLabel] = {}  # what is equal is one, so that it takes little room
    labelled = _GROUPINGS[by]
    years = _possible_years(case)
    for place, figure in _placed(case, years, options=options):
        for label, amount in labelled(case, figure):
            key = same.setdefault(label, label), place
            sums[key] = sums[key] + amount if key in sums else amount
    found = {_column(each.state, each.year) for each in case.shown(options=options)}
    return Addend(
        summands=tuple((label, place, amount) for (label, place), amount in sums.items()),
        columns=frozenset(found.union(map(_yearless, case.yearless))),
        possible=frozenset(years.values()),
        rolls_on=rolls_on(case),
        names=tuple(_names(case)) if by in {"party", "board"} else (),
        owners=tuple(dict.fromkeys(_owners(case))) if by == "board" else (),
    )


def _placed(
    case: Case, years: Mapping[int, PossibleYears], *, options: bool
) -> Iterator[tuple[FigureColumn | PossibleYears, Figure]]:
    """Yield each figure and its column, an unknown one with all years that may have more of it."""
    yearless = {id(figure) for figure in case.yearless}
    for figure in case.told(options=options):
        if figure.within is None or figure.is_total:
            yield _column(figure.state, figure.year), figure
            continue
        if id(figure) in yearless:
            yield _yearless(figure), figure
        possible = years[id(figure)]
        yield possible, figure.of(possible.first)


@cache
def _column(state: Certainty, year: int | None) -> FigureColumn:
    return FigureColumn(state, year or UNDIVIDED)


def _yearless(figure: Figure) -> FigureColumn:
    """Return the column of what no year is known of: a year's amount, or the total of months."""
    return FigureColumn("decided", UNDIVIDED if figure.contribution.basis == "total" else UNDATED)


def _possible_years(case: Case) -> dict[int, PossibleYears]:
    """Return the years that may have more of each figure without a year, by the figure's own id."""
    known: dict[object, set[int | None]] = {}
    for figure in case.figures if case.undated else ():
        known.setdefault(figure.path, set()).add(figure.year)
    return {
        id(figure): PossibleYears(
            figure.within.first.year, figure.within.last.year, frozenset(known.get(figure.path, ()))
        )
        for figure in case.undated
        if figure.within
    }


def _names(case: Case) -> Iterator[tuple[str, str]]:
    named: dict[str, str] = {}
    for terms in case.terms:
        for party in terms.parties.values():
            named.setdefault(party.identity, party.name or party.called)
    yield from named.items()


def _owners(case: Case) -> Iterator[tuple[str, Joint]]:
    """Yield each committee of a row, and the municipality that has it, or those jointly."""
    for terms in case.segments:
        for row in range(len(terms.economy.contributions)):
            if terms.side(row) == "public" or terms.is_partly_public(row):
                owners = _joint(terms, payers(terms, row))
                yield from ((name, owners) for name, _ in boards(terms, row))


def _joint(terms: Terms, handles: Sequence[str]) -> Joint:
    return Joint(tuple(terms.parties[each].identity for each in handles))


# ------------------------------------------------------------------ the groupings
def _by_agreement(case: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    yield (case.agreement.id,), figure.sum


def _by_party(_: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    yield (_joint(figure.terms, figure.contribution.party),), figure.sum


def _by_board(_: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    if figure.side == "public":
        for name, amount in board_parts(figure):
            yield (_committee(name, figure),), amount
    elif figure.is_partly_public:
        for name, _part in boards(figure.terms, figure.row):
            yield (_committee(name, figure),), UNKNOWN


def _committee(name: str, figure: Figure) -> str | Committee:
    """Return a committee that pays some of a figure, or several jointly."""
    terms, row = figure.terms, figure.row
    if name == NO_BOARD:
        return tr(name)
    return Committee(
        name,
        frozenset(each for each, _ in boards(terms, row)),
        _joint(terms, payers(terms, row)),
    )


def _by_area(case: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    yield (case.agreement.area or tr(NO_AREA),), figure.sum


def _by_category(_: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    yield (tr(figure.contribution.category or NO_CATEGORY),), figure.sum


def _by_row(case: Case, figure: Figure) -> Iterator[tuple[SumLabel, Amount]]:
    row = figure.contribution
    who = jointly([figure.terms.parties[each].called for each in row.party])
    yield (case.agreement.id, who, row_called(figure.terms, figure.row)), figure.sum


_GROUPINGS: Final[dict[BudgetRow, Callable[[Case, Figure], Iterator[tuple[SumLabel, Amount]]]]] = {
    "agreement": _by_agreement,
    "party": _by_party,
    "board": _by_board,
    "area": _by_area,
    "category": _by_category,
    "row": _by_row,
}
