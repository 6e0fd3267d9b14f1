"""What a year has come to beside what was agreed, as a table: by agreement, row or volume."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from iopctl.case.closing import Closing, Post
from iopctl.case.fulfilment import reported
from iopctl.case.inhabitants import per_inhabitant
from iopctl.case.payers import jointly
from iopctl.language import marked, tr
from iopctl.listings.notes import named
from iopctl.model.log import Report
from iopctl.money import kronor, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.tables import Cell

OutcomeRow: TypeAlias = Literal["agreement", "row", "volume"]
REST: Final = {
    "repay": marked("repay"),
    "carry_over": marked("carry over"),
    "keep": marked("keep"),
    None: marked("not agreed"),
}


def table(
    given: Sequence[Case],
    as_of: date,
    year: int,
    by: OutcomeRow = "agreement",
    told: Sequence[str] = (),
) -> Table:
    """Return the outcome of *year* for the agreements that have days or reports in it."""
    closings = [each for case in given if (each := Closing(case, year)).figures or each.told]
    columns, rows = _TABLES[by](closings)
    notes = (*_notes(closings), *told)
    return Table("outcome", tr("Outcome of {year}", year=year), as_of, columns, rows, notes)


# ------------------------------------------------------------------ by agreement
def _by_agreement(closings: Sequence[Closing]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = (
        Column("agreement", "agreement"),
        Column("agreed", "agreed", Kind.KRONOR, tr("public money")),
        Column("invoiced", "invoiced", Kind.KRONOR, tr("public money")),
        *([_PAID_OUT] if _pays_out(closings) else []),
        Column("spent", "spent", Kind.KRONOR, tr("public money")),
        Column("left", "left", Kind.KRONOR, tr("public money")),
        Column("rest", "the rest", Kind.STATE),
        *([_PER_INHABITANT] if _counted(closings) else []),
        Column("hours_agreed", "hours agreed", Kind.NUMBER),
        Column("hours", "hours", Kind.NUMBER),
    )
    shown = {"counted": _counted(closings), "pays_out": _pays_out(closings)}
    rows = tuple(Row(_line(each, **shown)) for each in closings)
    return columns, (*rows, *_sum(closings, len(columns), pays_out=shown["pays_out"]))


_PER_INHABITANT: Final = Column("per_inhabitant", "kr an inhabitant", Kind.KRONOR)


_PAID_OUT: Final = Column("paid_out", "paid out", Kind.KRONOR, "public money")


def _pays_out(closings: Sequence[Closing]) -> bool:
    """Whether money is paid out without an invoice by some agreement."""
    return any(each.paid_out not in (None, ZERO) for each in closings)


def _counted(closings: Sequence[Closing]) -> bool:
    """Whether the inhabitants of some agreement are known."""
    return any(per_inhabitant(each.case, each.year) is not None for each in closings)


def _line(each: Closing, *, counted: bool, pays_out: bool) -> tuple[Cell, ...]:
    left, part = each.left, per_inhabitant(each.case, each.year)
    return (
        each.case.agreement.id,
        each.agreed,
        each.invoiced,
        *([each.paid_out] if pays_out else []),
        each.spent or UNKNOWN,
        UNKNOWN if left is None else Amount(left),
        tr(REST[each.unspent]) if left else None,
        *([None if part is None else Amount(part)] if counted else []),
        _added([post.agreed_hours for post in each.posts]),
        _added([post.hours for post in each.posts]),
    )


def _added(numbers: Sequence[Amount | None]) -> Cell:
    known = [each for each in numbers if each is not None]
    return _number(sum(known, ZERO)) if known else None


def _number(amount: Amount | None) -> Cell:
    """Return hours as a number, or as a least where not all of them are known."""
    return amount.known if amount and amount.complete else amount


def _sum(closings: Sequence[Closing], width: int, *, pays_out: bool) -> Iterator[Row]:
    """Yield the sums of all; of what was spent and is left, as far as reports tell."""
    if len(closings) > 1:
        spent = [each.spent or Amount(Decimal(0), complete=False) for each in closings]
        left = [each.left for each in closings]
        known = [each for each in left if each is not None]
        sums: list[Cell] = [
            tr("total"),
            sum((each.agreed for each in closings), ZERO),
            _known_of(each.invoiced for each in closings),
            *([_known_of(each.paid_out for each in closings)] if pays_out else []),
            sum(spent, ZERO),
            Amount(total(known), complete=len(known) == len(left)),
        ]
        yield Row((*sums, *[None] * (width - len(sums))), Level.TOTAL)


def _known_of(amounts: Iterable[Amount | None]) -> Amount | None:
    """Return the sum of the amounts that there are; None where there is none."""
    found = [each for each in amounts if each is not None]
    return sum(found, ZERO) if found else None


# ------------------------------------------------------------------ by row and by volume
def _by_row(closings: Sequence[Closing]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = (
        Column("agreement", "agreement"),
        Column("party", "party"),
        Column("item", "item"),
        Column("agreed", "agreed", Kind.KRONOR),
        Column("actual", "actual", Kind.KRONOR),
        Column("left", "left", Kind.KRONOR),
        Column("hours_agreed", "hours agreed", Kind.NUMBER),
        Column("hours", "hours", Kind.NUMBER),
    )
    rows = tuple(
        Row(
            (
                each.case.agreement.id,
                _called(each.case, post.party),
                post.item or tr("all"),
                post.agreed,
                *_came_to(each, post),
            )
        )
        for each in closings
        for post in each.posts
    )
    return columns, rows


def _came_to(each: Closing, post: Post) -> tuple[Cell, ...]:
    """Return actual, left, hours agreed and hours; a note names the agreements no report is on."""
    hours = _number(post.agreed_hours)
    if not each.told:
        return None, None, hours, None
    left = None if post.agreed is None else UNKNOWN  # nothing is left of what no row is of
    known = left if post.left is None else Amount(post.left)
    return post.actual or UNKNOWN, known, hours, _number(post.hours)


def _called(case: Case, party: str) -> str:
    """Return what the party of a post is called, or the parties that give it jointly."""
    return jointly([case.party(each).called for each in party.split(", ")])


def _by_volume(closings: Sequence[Closing]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    columns = (
        Column("agreement", "agreement"),
        Column("unit", "unit"),
        Column("period", "period"),
        Column("target", "target", Kind.NUMBER),
        Column("measure", "measure", Kind.STATE),
        Column("outcome", "outcome", Kind.NUMBER),
    )
    return columns, tuple(Row(cells) for each in closings for cells in _volumes(each))


def _volumes(closing: Closing) -> Iterator[tuple[Cell, ...]]:
    """Yield each target beside every number that reports on the year tell in its unit."""
    case, year = closing.case, closing.year
    numbers = [
        (unit, event.period.text if event.period else str(year), number)
        for _, event in case.happened(Report)
        if year in reported(event, case)
        for unit, number in (event.outcome or {}).items()
    ]
    name = case.agreement.id
    targets = case.terms[-1].volume if closing.figures else ()
    for volume in targets:
        own = [each for each in numbers if each[0].casefold() == volume.unit.casefold()]
        for _, period, number in own:
            yield name, volume.unit, period, volume.target, volume.measure, number
        if not own:
            yield name, volume.unit, None, volume.target, volume.measure, UNKNOWN
    units = {each.unit.casefold() for each in targets}
    for unit, period, number in numbers:
        if unit.casefold() not in units:
            yield name, unit, period, None, None, number


_TABLES: Final = {"agreement": _by_agreement, "row": _by_row, "volume": _by_volume}


# ------------------------------------------------------------------ notes
def _notes(closings: Sequence[Closing]) -> Iterator[str]:
    for each in closings:
        if rest := rest_in_words(each):
            yield f"{each.case.agreement.id}: {rest}"
    silent = [each.case.agreement.id for each in closings if not each.told]
    if silent:
        yield tr("no report tells what it came to: {agreements}", agreements=named(silent))
    partly = [
        each.case.agreement.id for each in closings if any(not told.whole for told in each.told)
    ]
    if partly:
        yield tr("parts of the year are yet to be reported: {agreements}", agreements=named(partly))


def rest_in_words(each: Closing) -> str:
    """Return what is to become of the money that is left, by the agreement; "" where none is."""
    left = each.left
    if not left:
        return ""
    amount = kronor(abs(left))
    if left < 0:
        return tr("{amount} kr more than agreed was spent", amount=amount)
    match each.unspent:
        case "repay" if each.to_repay:
            return tr("{amount} kr to repay", amount=kronor(each.to_repay))
        case "repay" if each.to_repay is None:
            return tr("{amount} kr left, to repay as far as it was paid", amount=amount)
        case "repay":
            return tr("{amount} kr left, and nothing of it was invoiced", amount=amount)
        case "carry_over":
            return tr("{amount} kr to carry over to {year}", amount=amount, year=each.year + 1)
        case "keep":
            return tr("{amount} kr left, which the receiver keeps", amount=amount)
        case _:
            return tr(
                "{amount} kr left, and the agreement does not say whose it is (economy.unspent)",
                amount=amount,
            )
