"""What each party puts in: rows of tables and of prose, beside the sums that are stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.reading.economy import prose, stated, tables, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading, Doubt, Fact


def facts(reading: DocumentReading) -> Iterator[Fact | Doubt]:
    """Yield the rows, the stated sums, and what they say of each other."""
    listed = tables.listed(reading)
    spoken = prose.spoken(reading)
    sums = stated.stated(reading, listed)
    rows = whole.joined(reading, listed.rows, spoken, sums)
    yield from whole.facts(reading, rows, sums)
