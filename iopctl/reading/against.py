"""Differences between record and document as a table, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.language import tr
from iopctl.reading.comparing import differences
from iopctl.source import dotted
from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.reading.comparing import Contradiction
    from iopctl.reading.draft import DraftData
    from iopctl.reading.importing import ImportedDocument
    from iopctl.source import Source
    from iopctl.tables import Cell

_COLUMNS: Final = (
    Column("line", "line", Kind.NUMBER),
    Column("field", "field"),
    Column("record", "record"),
    Column("document", "document"),
    Column("place", "place"),
    Column("words", "words"),
)


def against(record: DraftData, found: ImportedDocument) -> list[Contradiction]:
    """Return how *record* differs from its document, by the draft of it that is most alike."""
    told = [differences(record, draft, found.reading) for draft in found.drafts]
    return min(told, key=len)


def table(
    name: str, document: str, source: Source, told: Sequence[Contradiction], found: ImportedDocument
) -> Table:
    """Return the differences, each with its place in the record and in the document."""
    return Table(
        name="compare",
        title=tr("{name} beside {document}", name=name, document=document),
        as_of=None,
        columns=_COLUMNS,
        rows=tuple(Row(_cells(each, source, found)) for each in told),
        notes=() if told else (tr("nothing differs in what is compared: figures, dates, numbers"),),
    )


def _cells(each: Contradiction, source: Source, found: ImportedDocument) -> tuple[Cell, ...]:
    evidence = each.evidence
    line = source.locate(each.path).line if each.ours else None
    return (
        line,
        dotted(each.path, source.data),
        each.ours or tr("not stated"),
        each.theirs or tr("only in the record"),
        found.persons.masked(evidence.place.told) if evidence else "",
        found.persons.masked(evidence.words) if evidence else "",
    )
