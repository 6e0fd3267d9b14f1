"""The head of an agreement's page, and its parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.language import tr
from iopctl.listings.facts import facts, label, told
from iopctl.listings.page.pieces import LabelledCells, names_of, span, statements
from iopctl.model.agreement import Agreement
from iopctl.model.terms import joined
from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.model.follow_up import Volume
    from iopctl.model.parties import Party
    from iopctl.model.terms import Terms


_LAST: Final = ("succeeds", "part_of", "source", "notes")
_BLOCKS: Final = (
    *("title", "kind", "parties", "validity", "economy", "invoicing", "follow_up", "volume"),
    *("legal", "exceptions", "log"),
)


def about(case: Case, parts: Sequence[str]) -> LabelledCells:
    """Yield what the file says of the agreement as a whole; *parts* are the ids of its parts."""
    agreement, terms = case.agreement, case.terms[-1]
    yield "id", agreement.id
    yield label(Agreement, "kind"), told(agreement.kind, "choice", {}, (Agreement, "kind"))
    yield from statements(agreement, terms, "id", *_LAST, *_BLOCKS)
    volumes = [each for each in joined(case.terms, "volume") if each.volume]
    for state in volumes:
        days = f", {span(state.first, state.last)}" if len(volumes) > 1 else ""
        for each in state.volume:
            yield label(Agreement, "volume"), f"{_volume(each, state)}{days}"
    others = tuple(name for name in Agreement.model_fields if name not in _LAST)
    yield from statements(agreement, terms, *others)
    yield tr("succeeded by"), case.successor
    for part in parts:
        yield tr("part"), part


def party_table(_: Case, terms: Terms) -> Table:
    """Return who the parties are."""
    columns = (
        Column("party", "party"),
        Column("side", "side", Kind.STATE),
        Column("org_number", "number", Kind.DATE),
        Column("board", "committee"),
    )
    rows = tuple(
        Row((_name(each), each.role, each.org_number, each.board))
        for each in terms.parties.values()
    )
    return Table("parties", "", None, columns, rows)


def _volume(each: Volume, terms: Terms) -> str:
    target = "" if each.target is None else f"{each.target} "
    measure = {"places": tr(" at a time"), "per_year": tr(" a year"), None: ""}[each.measure]
    party = f", {terms.parties[each.party].called}" if each.party else ""
    return f"{target}{each.unit}{measure}{party}"


_TOLD_OF_PARTIES: Final = (
    *("role", "name", "short_name", "count", "org_number", "board", "coordinator"),
)


def party_facts(_: Case, terms: Terms) -> Table:
    """Return all else that is written of the parties."""
    columns = (
        Column("party", "party"),
        Column("field", "what"),
        Column("value", "as written"),
    )
    rows = tuple(
        Row((party.called, each.label, each.value))
        for party in terms.parties.values()
        for each in facts(party, names_of(terms), _TOLD_OF_PARTIES)
    )
    return Table("party_facts", "", None, columns, rows)


def _name(party: Party) -> str:
    short = f" ({party.short_name})" if party.name and party.short_name else ""
    return f"{party.name or party.called}{short}{tr(', coordinator') if party.coordinator else ''}"
