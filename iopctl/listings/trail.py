"""How each figure came about: base, factor, part of the year and rounding, a line a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.payers import jointly
from iopctl.language import tr
from iopctl.listings.notes import MODES
from iopctl.money import kronor
from iopctl.tables import Amount, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from iopctl.case.case import Case
    from iopctl.case.figures import Figure
    from iopctl.listings.budget import Years
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
    Column("amount", "amount", Kind.KRONOR),
)


def table(
    given: Sequence[Case],
    as_of: date,
    *,
    years: Years | None = None,
    options: bool = False,
    notes: Sequence[str] = (),
) -> Table:
    """Return a row for each figure: amount = base × factor × months ÷ 12, then rounded.

    The base is a year's in the base year's prices; where each year is raised from the one
    before, that year's amount. The factor is shown to ten decimals; the amount is reckoned from
    the exact one.
    """
    rows = [
        Row(_cells(case, figure))
        for case in given
        for figure in case.shown(options=options)
        if years is None or figure.year is None or years.has(figure.year)
    ]
    return Table(
        "trail", tr("How each figure came about"), as_of, _COLUMNS, tuple(rows), tuple(notes)
    )


def _cells(case: Case, figure: Figure) -> tuple[Cell, ...]:
    row, how = figure.contribution, figure.worth.derivation
    parties = [figure.terms.parties[each].called for each in row.party]
    return (
        case.agreement.id,
        jointly(parties),
        row.described,
        tr("not by year") if figure.year is None else str(figure.year),
        figure.state,
        how and Amount(how.base),
        how and _decimals(how.factor),
        how and _decimals(how.part * 12),
        tr(figure.worth.reason) or _rounding(figure),
        figure.sum,
    )


def _rounding(figure: Figure) -> str:
    """Return how a figure was rounded, if it was."""
    how, rounding = figure.worth.derivation, figure.terms.economy.rounding
    told = tr(MODES[rounding.mode], unit=kronor(rounding.unit))
    if figure.year is None or (how and how.rounding is None):
        told = tr("as written")
    return tr("{told}, and divided", told=told) if how and how.divided else told


def _decimals(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return round(exact, _DECIMALS).normalize() + 0
