"""A plan of dated part payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl import money
from iopctl.reading.amounts import amounts
from iopctl.reading.days import days
from iopctl.reading.facts import Evidence, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.passages import Passage
    from iopctl.source.events import Value


def instalments(passage: Passage) -> dict[str, Value] | None:
    """Return a dated part payment that a line of a plan states; None if it states none."""
    text = passage.text
    found = list(amounts(text))
    told = list(days(text))
    if len(found) != 1 or not told or len(text) > 100 or len(told[0].text) < len("2024-01-01"):
        return None
    if len(told) not in {1, 3}:
        return None
    part: dict[str, Value] = {"date": told[0].text, "amount": money.plain(found[0].kronor)}
    if len(told) > 1:
        part["period"] = f"{told[1].text}/{told[2].text}"
    return part


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield the part payments of an invoice, if a plan states each with its period."""
    parts = [
        (part, passage)
        for passage in reading.passages
        if passage.topic in {"invoicing", "economy"} and (part := instalments(passage))
    ]
    if len(parts) > 1:
        whole = [part for part, _ in parts if "period" in part]
        here = Evidence(parts[0][1].place, parts[0][1].text)
        if len(whole) == len(parts):
            yield Fact(("instalments",), [*whole], here)


def is_plan(passage: Passage) -> bool:
    """Whether a line is one of a plan of part payments, and so no row of the economy."""
    return passage.topic in {"invoicing", "economy"} and instalments(passage) is not None
