"""What each table of an agreement's page is made by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from iopctl.language import tr
from iopctl.listings.facts import facts
from iopctl.model.terms import joined
from iopctl.tables import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.model.base import Strict
    from iopctl.model.terms import BlockName as Part
    from iopctl.model.terms import Terms
    from iopctl.tables import Cell


LabelledCells: TypeAlias = "Iterator[tuple[str, Cell]]"
Tell: TypeAlias = "Callable[[Case, Terms], Table]"


def field_table(name: str, title: str, pairs: LabelledCells) -> Table:
    """Return a table of fields and their values, without those that say nothing."""
    rows = tuple(Row(each) for each in pairs if each[1] not in (None, ""))
    return Table(name, title, None, (Column("field", ""), Column("value", "")), rows)


def state_tables(
    case: Case, block: Part, title: str, table: Tell, name: str = ""
) -> Iterator[Table]:
    """Yield a *table* of each state that a block has had, with its days if there are several."""
    states = [each for each in joined(case.terms, block) if getattr(each, block)]
    for number, terms in enumerate(states, 1):
        days = span(terms.first, terms.last) if len(states) > 1 else ""
        found = table(case, terms)
        suffix = f"-{number}" if number > 1 else ""
        yield replace(
            found,
            name=f"{name or block}{suffix}",
            title=f"{title}, {days}" if days else title,
        )


def span(first: date | None, last: date | None) -> str:
    """Return from when to when something holds, as far as it has bounds."""
    if first and last:
        return tr("{first} to {last}", first=first, last=last)
    if first:
        return tr("from {first}", first=first)
    return tr("to {last}", last=last) if last else ""


def names_of(terms: Terms) -> dict[str, str]:
    """Return what the parties are called, by their handles."""
    return {handle: party.called for handle, party in terms.parties.items()}


def statements(block: Strict, terms: Terms, *but: str) -> LabelledCells:
    """Yield what a block states, but for the keys that are told otherwise."""
    yield from ((each.label, each.value) for each in facts(block, names_of(terms), but))
