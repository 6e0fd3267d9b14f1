"""How the heading, the columns and the cells of a table are spelled in every format."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import tr
from iopctl.money import NBSP, decimal, kronor
from iopctl.tables import FIGURES, Amount, Kind, Tone

if TYPE_CHECKING:
    from iopctl.tables import Cell, Level, Table

_HALF_UP: Final = Context(prec=80, rounding=ROUND_HALF_UP)


class TextRow(NamedTuple):
    """A row of a table with each cell spelled for people."""

    level: Level
    texts: list[str]
    tone: Tone = Tone.PLAIN


def heading(table: Table) -> str:
    """Return the line above *table*: its title, and the day as of which it holds if it has one."""
    if table.as_of is None:
        return table.title
    return tr("{title}, as of {day}", title=table.title, day=table.as_of)


def shown(cell: Cell, kind: Kind) -> str:
    """Spell *cell* for people: `1 710 000`, `≥ 120 000`, `unknown`, `35.5 %`, `2024-01-31`.

    Within a figure all spaces are no-break spaces.
    """
    match cell:
        case None:
            return ""
        case Amount(unknown=True):
            return tr("unknown")
        case Amount():
            known = decimal(cell.known) if kind is Kind.NUMBER else kronor(cell.known)
            return known if cell.complete else f"≥{NBSP}{known}"
        case Decimal() if kind is Kind.PERCENT:
            return f"{decimal(cell.quantize(Decimal('0.1'), context=_HALF_UP))}{NBSP}%"
        case Decimal() | int() if kind in FIGURES:
            return decimal(cell)
        case str() if kind is Kind.STATE:
            return tr(cell)
        case _:
            return str(cell)


def exact(value: Decimal, kind: Kind) -> str:
    """Spell a percentage or a measure for programs: `58.222222`, percent to six decimals."""
    if kind is Kind.PERCENT:
        value = value.quantize(Decimal("0.000001"), context=_HALF_UP).normalize(_HALF_UP)
    return f"{value:f}"
