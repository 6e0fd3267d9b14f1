"""How each figure came about: base, factor, part of the year and rounding, a line a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.payers import jointly
from iopctl.case.wording import notation
from iopctl.case.worth import Derivation, Spread
from iopctl.dates import MONTHS_A_YEAR
from iopctl.language import tr
from iopctl.listings.notes import MODES
from iopctl.money import decimal, kronor
from iopctl.tables import Amount, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.listings.budget import YearRange
    from iopctl.tables import Cell

_DECIMALS = 10
_COLUMNS = (
    Column("agreement", "agreement"),
    Column("party", "party"),
    Column("item", "item"),
    Column("year", "year"),
    Column("state", "state", Kind.STATE),
    Column("base", "base", Kind.KRONOR),
    Column("factor", "factor", Kind.NUMBER),
    Column("months", "months", Kind.NUMBER),
    Column("rounding", "rounding"),
    Column("raises", "raises"),
    Column("amount", "amount", Kind.KRONOR),
)


def table(
    given: Sequence[Case],
    as_of: date,
    *,
    years: YearRange | None = None,
    options: bool = False,
    notes: Sequence[str] = (),
) -> Table:
    """Return the steps of all cases that are at hand."""
    rows = [each for case in given for each in steps(case, years=years, options=options)]
    return table_of(rows, as_of, notes)


def table_of(rows: Iterable[Row], as_of: date, notes: Sequence[str] = ()) -> Table:
    """Return the table of the *rows* that `steps` gives of each agreement."""
    return Table(
        "trail", tr("How each figure came about"), as_of, _COLUMNS, tuple(rows), tuple(notes)
    )


def steps(case: Case, *, years: YearRange | None, options: bool) -> Iterator[Row]:
    """Yield a row for each figure: amount = base × factor × months ÷ 12, then rounded.

    An amount for this very year is for all of its months that are held, which then stand for 12.
    The base is a year's in the base year's prices; where each year is raised from the one
    before, that year's amount; of a total that is spread, all of it, and in years that are unknown
    as it is written. The factor is shown to ten decimals; the amount is reckoned from the exact
    one. The raises behind it stand year by year, kronor that are added likewise.
    """
    for figure in case.told(options=options):
        if years is None or figure.year is None or years.has(figure.year):
            yield Row(_cells(case, figure))


def _cells(case: Case, figure: Figure) -> tuple[Cell, ...]:
    row = figure.contribution
    parties = [figure.terms.parties[each].called for each in row.party]
    return (
        case.agreement.id,
        jointly(parties),
        row.described,
        _year(figure),
        figure.state,
        *_steps(figure),
        figure.in_year if figure.is_undated else figure.sum,
    )


def _year(figure: Figure) -> str:
    if figure.year is not None:
        return str(figure.year)
    return tr("others") if figure.is_undated else tr("not by year")


def _steps(figure: Figure) -> tuple[Cell, ...]:
    """Return base, factor, months, how it was rounded, and the raises behind the factor."""
    reason = figure.worth.reason
    match figure.worth.derivation:
        case None:
            written = figure.amount if figure.is_undated else None
            base = None if written is None else Amount(written)
            return base, None, None, tr(reason) or _as_written(figure), ""
        case Spread() as how:
            return Amount(how.total), None, _decimals(how.months), _shares(how), ""
        case Derivation() as how:
            return (
                Amount(how.base),
                _decimals(how.factor),
                _decimals(how.months),
                _rounding(how),
                notation().raises(how),
            )


def _as_written(figure: Figure) -> str:
    """Return that an amount is as written; of a total that was cut, for which days and to when."""
    if figure.cut is None:
        return tr("as written")
    agreed, held = figure.cut
    return tr("as written, for {agreed}; cut to {held}", agreed=agreed.text, held=held)


def _shares(how: Spread) -> str:
    """Return how many months a total is over; kronor go to months by the largest remainder."""
    return tr(
        "{part} of {whole} months, by largest remainder",
        part=decimal(_decimals(how.months)),
        whole=decimal(_decimals(how.over)),
    )


def _rounding(how: Derivation) -> str:
    """Return how a figure was rounded, if it was, and of how many months it is a part but of 12."""
    told = tr("as written")
    if how.rounding is not None:
        told = tr(MODES[how.rounding.mode], unit=kronor(how.rounding.unit))
    if how.part != 1 and how.over != MONTHS_A_YEAR:
        told = tr(
            "{part} of {whole} months, {told}",
            part=decimal(_decimals(how.months)),
            whole=decimal(_decimals(how.over)),
            told=told,
        )
    return tr("{told}, and divided", told=told) if how.divided else told


def _decimals(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return round(exact, _DECIMALS).normalize() + 0
