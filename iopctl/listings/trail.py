"""How each figure came about: base, factor, part of the year and rounding, a line a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.payers import jointly
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

    The factor is shown to ten decimals; the amount is reckoned from the exact one.
    """
    rows = [
        Row(_cells(case, figure))
        for case in given
        for figure in case.shown(options=options)
        if years is None or figure.year is None or years.has(figure.year)
    ]
    return Table("trail", "How each figure came about", as_of, _COLUMNS, tuple(rows), tuple(notes))


def _cells(case: Case, figure: Figure) -> tuple[Cell, ...]:
    row, found = figure.contribution, figure.worth
    parties = [figure.terms.parties[each].called for each in row.party]
    base = found.derivation and found.derivation.base
    rounding = figure.terms.economy.rounding
    how = f"{MODES[rounding.mode]} to {kronor(rounding.unit)} kr"
    return (
        case.agreement.id,
        jointly(parties),
        row.described,
        "not by year" if figure.year is None else str(figure.year),
        figure.state,
        None if base is None else Amount(base),
        found.derivation and _decimals(found.derivation.factor),
        found.derivation and _decimals(found.derivation.part * 12),
        found.reason or (how if found.amount != base else "as written"),
        figure.sum,
    )


def _decimals(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return round(exact, _DECIMALS).normalize() + 0
