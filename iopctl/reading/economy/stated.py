"""The sums that a document states: for all, for a party, for the whole period."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl.reading.amounts import amounts
from iopctl.reading.economy.phrases import NOT_AGREED, SUMMED, WHOLE
from iopctl.reading.facts import Evidence, evidence

if TYPE_CHECKING:
    from iopctl.reading.economy.rows import DocumentRow
    from iopctl.reading.economy.tables import LineSum, Listing
    from iopctl.reading.facts import DocumentReading

ELSEWHERE: Final = frozenset(
    ["legal", "termination", "target", "edge", "signature", "proposal", "purpose"]
)


@dataclass
class DocumentSums:
    """What the document says the rows come to, each sum with its evidence."""

    total: tuple[Decimal, Evidence] | None = None
    period_total: tuple[Decimal, Evidence] | None = None
    by_party: dict[tuple[str, ...], tuple[Decimal, Evidence]] = field(default_factory=dict)


def stated(reading: DocumentReading, listed: Listing) -> DocumentSums:
    """Return the sums of prose, and of tables, each as what label and arithmetic say it is."""
    found = DocumentSums()
    _spoken(reading, found)
    for number, each in enumerate(listed.sums):
        _one(listed, number, each, found)
    return found


def _one(listed: Listing, number: int, each: LineSum, found: DocumentSums) -> None:
    told = (each.kronor, each.evidence)
    before = listed.rows[: each.rows_before]
    if each.handles:
        found.by_party.setdefault(each.handles, told)
        return
    whole = _sum(before)
    own = _sum([row for row in before if row.handles == each.current])
    several = len({row.handles for row in before}) > 1
    later = len(listed.rows) > each.rows_before or number + 1 < len(listed.sums)
    is_own = each.current and each.kronor == own and (not several or each.kronor != whole)
    is_part = re.match(r"del|sub", each.label, re.IGNORECASE) or (
        each.current and later and each.kronor != whole
    )
    if (is_own and (several or later)) or is_part:
        found.by_party.setdefault(each.current, told)
    elif found.total is None:
        found.total = told


def _sum(rows: list[DocumentRow]) -> Decimal:
    return sum((row.yearly for row in rows if row.yearly is not None), Decimal(0))


def _spoken(reading: DocumentReading, found: DocumentSums) -> None:
    for sentence in reading.sentences:
        if sentence.topic in ELSEWHERE or sentence.passage.style in {"row", "heading"}:
            continue
        total = SUMMED.search(sentence.text)
        if not total or NOT_AGREED.search(sentence.text):
            continue
        for amount in amounts(sentence.text):
            if amount.start > total.start():
                told = (amount.kronor, evidence(sentence, total.start(), amount.end))
                if amount.per == "whole" or (amount.per == "" and WHOLE.search(sentence.text)):
                    found.period_total = found.period_total or told
                else:
                    found.total = found.total or told
                break
