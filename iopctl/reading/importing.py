"""A document's lines to drafts: the steps in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.errors import Refused
from iopctl.reading import economy, several
from iopctl.reading.clauses import CLAUSES
from iopctl.reading.draft import Draft, draft
from iopctl.reading.facts import Reading
from iopctl.reading.parties import parties
from iopctl.reading.passages import passages
from iopctl.reading.persons import Persons, persons
from iopctl.reading.recognition import not_an_agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.reading.lines import Line


class Imported(NamedTuple):
    """The drafts of one document, and the persons that no output may name."""

    drafts: tuple[Draft, ...]
    persons: Persons


def reading_of(lines: Sequence[Line]) -> Reading:
    """Return a document as its clauses are read."""
    found = passages(lines)
    who = parties(found)
    return Reading(found, who, persons(found, who))


def imported(lines: Sequence[Line], source: str) -> Imported:
    """Return a draft for each agreement of a document called *source*.

    Raises:
        Refused: it is no agreement; the message says what it seems to be.
    """
    reading = reading_of(lines)
    listed, year = several.entries(reading)
    if listed and reading.parties.of_role("public"):
        made = [draft(several.facts(reading, each, year), source, reading.persons) for each in listed]
        return Imported(tuple(made), reading.persons)
    facts = [fact for clause in (*CLAUSES, economy.facts) for fact in clause(reading)]
    other = not_an_agreement(reading, facts)
    if other:
        raise Refused(f"{source}: it is no agreement: {other}; nothing is drafted")
    return Imported((draft(facts, source, reading.persons),), reading.persons)
