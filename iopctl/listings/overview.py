"""The portfolio at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.stage import stage
from iopctl.language import counted, for_programs, tr
from iopctl.listings.notes import due_rates
from iopctl.listings.status import first_told, last_told, tone
from iopctl.listings.traits import Traits, traits
from iopctl.tables import Cell, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.raises import NoRate


class Glance(NamedTuple):
    """An agreement by its *id*: what it is chosen by, its line, and what series lack for it."""

    id: str
    traits: Traits
    line: Row
    lacking: tuple[NoRate, ...]


def glance(case: Case, *, staged: bool = False, programs: bool = False) -> Glance:
    """Return what the listing has of a case, for people or *programs*; *staged* as for traits."""
    with for_programs(applies=programs):
        return Glance(
            case.agreement.id,
            traits(case, staged=staged),
            Row(_line(case), tone=tone(stage(case))),
            tuple(due_rates(case)),
        )


def listing(given: Sequence[Glance], as_of: date, told: Sequence[str]) -> Table:
    """Return a line an agreement: what it is, with whom, how long, and a year's worth of it.

    The year is the current one, else the nearest decided, as for the split.
    """
    rows = tuple(each.line for each in given)
    columns = (
        Column("agreement", "agreement"),
        Column("title", "title", spare=3),
        Column("civil", "with"),
        Column("state", "state", Kind.STATE),
        Column("start", "start", Kind.DATE, spare=1),
        Column("end", "end", Kind.DATE),
        Column("year", "year", spare=2),
        Column("public", "public", Kind.KRONOR),
        Column("whole", "in all", Kind.KRONOR),
    )
    count = counted("{number} agreement", "{number} agreements", len(given))
    return Table("list", tr("Agreements"), as_of, columns, rows, (count, *told))


def _line(case: Case) -> tuple[Cell, ...]:
    reach = case.reach
    share = case.share()
    civil = [each.called for each in case.terms[-1].parties.values() if each.role == "civil"]
    return (
        case.agreement.id,
        case.agreement.title,
        ", ".join(civil),
        stage(case),
        first_told(reach),
        last_told(reach),
        str(share.year or ""),
        share.public,
        share.in_all,
    )
