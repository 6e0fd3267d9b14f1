"""A document's lines to drafts: the steps in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.reading import economy, several
from iopctl.reading.clauses import CLAUSES
from iopctl.reading.draft import Draft, draft
from iopctl.reading.facts import DocumentReading
from iopctl.reading.known import Register, taken_over
from iopctl.reading.parties import parties
from iopctl.reading.passages import passages
from iopctl.reading.persons import Persons, persons
from iopctl.reading.recognition import not_an_agreement
from iopctl.reading.writing import Writer
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.facts import Evidence
    from iopctl.reading.lines import DocumentLine


class ImportedDocument(NamedTuple):
    """The drafts of one document, and what they were read from."""

    drafts: tuple[Draft, ...]
    reading: DocumentReading

    @property
    def persons(self) -> Persons:
        """The persons that no output may name."""
        return self.reading.persons

    def texts(self, schema: str) -> list[str]:
        """Return each draft as the text of a file; *schema* is where the format's schema lies."""
        return [Writer(each, self.persons).text(schema) for each in self.drafts]

    def as_data(self) -> Iterator[dict[str, Any]]:
        """Yield each draft as data: the record, its facts with evidence and places, the doubts."""
        for each in self.drafts:
            yield {
                "id": each.id,
                "source": each.data["source"],
                "record": each.data,
                "facts": [
                    {
                        "path": dotted(path),
                        "value": fact.value,
                        **self._told(fact.evidence),
                        "doubt": self.persons.masked(fact.doubt),
                    }
                    for path, fact in each.facts.items()
                ],
                "doubts": [
                    {
                        "path": dotted(doubt.path),
                        "doubt": self.persons.masked(doubt.told),
                        **self._told(doubt.evidence),
                    }
                    for doubt in each.doubts
                ],
            }

    def _told(self, evidence: Evidence | None) -> dict[str, Any]:
        if evidence is None:
            return {"page": None, "line": None, "heading": None, "words": None}
        place = evidence.place
        heading, words = self.persons.masked(place.heading), self.persons.masked(evidence.words)
        return {"page": place.page, "line": place.line, "heading": heading, "words": words}


def reading_of(lines: Sequence[DocumentLine]) -> DocumentReading:
    """Return a document as its clauses are read."""
    found = passages(lines)
    who = parties(found)
    return DocumentReading(found, who, persons(found, who))


def imported(
    lines: Sequence[DocumentLine], source: str, known: Register | None = None
) -> ImportedDocument:
    """Return a draft for each agreement of a document called *source*, parties as *known*.

    Raises:
        Refused: it is no agreement; the message says what it seems to be.
    """
    reading = reading_of(lines)
    known = known or Register()
    listed, year = several.entries(reading)
    if listed and reading.parties.of_role("public"):
        found = [several.facts(reading, each, year) for each in listed]
        made = [draft(taken_over(each, known), source, reading.persons) for each in found]
        return ImportedDocument(tuple(made), reading)
    facts = [fact for clause in (*CLAUSES, economy.facts) for fact in clause(reading)]
    other = not_an_agreement(reading, facts)
    if other:
        raise Refused(
            tr(
                "{source}: it is no agreement: {other}; nothing is drafted",
                source=source,
                other=other,
            )
        )
    return ImportedDocument((draft(taken_over(facts, known), source, reading.persons),), reading)
