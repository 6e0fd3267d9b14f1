"""Which parties, rows and blocks of a draft are those of a record, whatever each calls them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from iopctl.reading.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iopctl.reading.draft import DraftData

Key = TypeVar("Key")


class Pairs:
    """The parties, rows and blocks of a draft, by those of the record that they are."""

    def __init__(self, record: DraftData, draft: DraftData) -> None:
        self.parties = _greedy(_parties(record, draft))
        self.rows = _greedy(
            (_alike((row, record), (other, draft), self.parties), i, j)
            for i, row in enumerate(rows(record))
            for j, other in enumerate(rows(draft))
        )
        self.blocks = _greedy(
            (_of_both(block, other, self.parties), i, j)
            for i, block in enumerate(blocks(record))
            for j, other in enumerate(blocks(draft))
        )


def _greedy(scores: Iterable[tuple[float, Key, Key]]) -> dict[Key, Key]:
    """Return the record's item for each of the draft's, best first, each once."""
    found: dict[Key, Key] = {}
    for score, ours, theirs in sorted(scores, key=lambda each: -each[0]):
        if score >= 1 and theirs not in found and ours not in found.values():
            found[theirs] = ours
    return found


def _parties(record: DraftData, draft: DraftData) -> Iterator[tuple[float, str, str]]:
    for ours, party in record.get("parties", {}).items():
        for theirs, other in draft.get("parties", {}).items():
            score = 10.0 * (party.get("org_number") == other.get("org_number") is not None)
            score += 5 * shared(str(party.get("name", "")), str(other.get("name", "")))
            yield score + (party.get("role") == other.get("role")), ours, theirs


def _of_both(
    block: Mapping[str, Any], other: Mapping[str, Any], parties: Mapping[str, str]
) -> float:
    sides = ("seller", "buyer")
    return sum(parties.get(other.get(key, "")) == block.get(key) for key in sides) + 0.1


def _alike(
    ours: tuple[Mapping[str, Any], DraftData],
    theirs: tuple[Mapping[str, Any], DraftData],
    parties: Mapping[str, str],
) -> float:
    (row, record), (other, draft) = ours, theirs
    if {parties.get(each, each) for each in _handles(other)} != set(_handles(row)):
        return 0
    figures = [(yearly(row, record), yearly(other, draft)), (row.get("total"), other.get("total"))]
    score = 1.0 + 4 * any(a is not None and a == b for a, b in figures)
    score += 3 * shared(str(row.get("item", "")), str(other.get("item", "")))
    return score + (row.get("hours_per_year") == other.get("hours_per_year") is not None)


def shared(ours: str, theirs: str) -> float:
    """Return how many of the words of the shorter text the other one has."""
    a, b = (set(re.findall(r"\w{3,}", each.casefold())) for each in (ours, theirs))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _handles(row: Mapping[str, Any]) -> list[str]:
    party = row.get("party")
    return party if isinstance(party, list) else [str(party)]


# ------------------------------------------------------------------ parts of a record
def rows(data: DraftData) -> list[dict[str, Any]]:
    """Return the rows of a record's economy."""
    return list((data.get("economy") or {}).get("contributions") or [])


def blocks(data: DraftData) -> list[dict[str, Any]]:
    """Return a record's blocks on invoicing, of which one may stand without a list."""
    found = data.get("invoicing") or []
    return [found] if isinstance(found, dict) else list(found)


def yearly(row: Mapping[str, Any], data: DraftData) -> str | None:
    """Return a year's kronor of a row, however it states them."""
    if row.get("amount") is not None:
        return str(row["amount"])
    times = row.get("units") or row.get("hours_per_year")
    if row.get("unit_price") and times:
        return plain(Decimal(str(row["unit_price"])) * Decimal(str(times)))
    total = ((data.get("economy") or {}).get("stated") or {}).get("total")
    if str(row.get("remainder")) != "true" or total is None:
        return None
    others = [yearly(each, data) for each in rows(data) if each is not row]
    known = [Decimal(each) for each in others if each is not None]
    return plain(Decimal(str(total)) - sum(known)) if len(known) == len(others) else None
