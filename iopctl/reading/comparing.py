"""A record held against its document: what differs, and what only one of them states.

Compared is what costs money when it is wrong: figures, dates, numbers, intervals, who and how
often. What people word freely is not. A value of the record counts as stated when the document
has it in any spelling, even if it could not be told what it means there.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.dates import day_month_or_year
from iopctl.reading.amounts import amounts
from iopctl.reading.days import days, days_of_year
from iopctl.reading.leaves import LeafNames, leaves
from iopctl.reading.numbers import GROUPED, WORDS, in_words, number
from iopctl.reading.pairing import Pairs, blocks, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.reading.draft import Draft, DraftData
    from iopctl.reading.facts import DocumentReading, Evidence, Fact
    from iopctl.reading.leaves import Leaf, LeafKey
    from iopctl.source import Path


_NAMES: Final = ("label", "marking")


class Contradiction(NamedTuple):
    """What record and document say otherwise: "" where one of them says nothing."""

    path: Path
    ours: str
    theirs: str
    evidence: Evidence | None

    @property
    def is_only_ours(self) -> bool:
        """Whether the document says nothing of it: no error of the record."""
        return not self.theirs


def differences(record: DraftData, draft: Draft, reading: DocumentReading) -> list[Contradiction]:
    """Return where *record* and the *draft* of its document say different things."""
    pairs = Pairs(record, draft.data)
    own = LeafNames(
        {handle: handle for handle in record.get("parties", {})},
        {place: place for place in range(len(rows(record)))},
        {place: place for place in range(len(blocks(record)))},
    )
    ours = leaves(record, own, draft.data)
    theirs = leaves(draft.data, LeafNames(pairs.parties, pairs.rows, pairs.blocks), record)
    words = _Words(reading)
    found = [
        Contradiction(leaf.path, leaf.value, "", None)
        for key, leaf in ours.items()
        if key not in theirs
        and not words.has(key[-1], leaf.value)
        and not _elsewhere(key, leaf.value, theirs)
    ]
    found += [
        Contradiction(leaf.path, leaf.value, other.value, _evidence(draft.facts, other.path))
        for key, leaf in ours.items()
        if (other := theirs.get(key)) and not _same(leaf.value, other.value)
        if not (_doubtful(draft.facts, other.path) and words.has(key[-1], leaf.value))
    ]
    found += [
        Contradiction(leaf.path, "", leaf.value, _evidence(draft.facts, leaf.path))
        for key, leaf in theirs.items()
        if key not in ours
        and not _doubtful(draft.facts, leaf.path)
        and not _elsewhere(key, leaf.value, ours)
    ]
    return [each for each in found if not _follows(each, found)]


def _follows(each: Contradiction, found: Sequence[Contradiction]) -> bool:
    """Whether a difference only follows from another one: a product, or what is left of a total."""
    if each.path[:2] != ("economy", "contributions") or each.path[-1] != "party":
        return False
    others = [other for other in found if other is not each and other.path[0] == "economy"]
    return any(
        other.path[:3] == each.path[:3] or other.path[-1] in {"amount", "total"} for other in others
    )


def _elsewhere(key: LeafKey, value: str, other: Mapping[LeafKey, Leaf]) -> bool:
    """Whether the other side says it in another way: a label as a marking, a price as an amount."""
    block = key[:-1]
    if key[-1] in {"unit_price", "units"}:
        return (*block, "amount") in other
    if key[-1] in _NAMES:
        told = [other[*block, each].value for each in _NAMES if (*block, each) in other]
        return any(_same(value, each) for each in told)
    if key[0] in {"economy", "validity"}:
        return False
    return any(there[-1] == key[-1] and _same(value, leaf.value) for there, leaf in other.items())


# ------------------------------------------------------------------ values
def _same(ours: str, theirs: str) -> bool:
    a, b = _decimal(ours), _decimal(theirs)
    if a is not None and b is not None:
        return a == b
    first, second = day_month_or_year(ours), day_month_or_year(theirs)
    if first and second and len(ours) != len(theirs):  # one is known to the month alone
        return first.first <= second.last and second.first <= first.last
    return _bare(ours) == _bare(theirs)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


# ------------------------------------------------------------------ what the document has
class _Words:
    """The figures, dates and words of a document, in whatever spelling."""

    def __init__(self, reading: DocumentReading) -> None:
        text = " \n ".join(passage.text for passage in reading.passages)
        self._bare = _bare(text)
        self._dates = {each.text for each in (*days(text), *days_of_year(text))}
        digits = [number(found[0]) for found in re.finditer(GROUPED, text)]
        words: list[int | None] = [
            in_words(found[0]) for found in re.finditer(WORDS, text, re.IGNORECASE)
        ]
        known = {Decimal(each) for each in (*digits, *words) if each is not None}
        self._figures = known | {each.kronor for each in amounts(text)}

    def has(self, key: str, value: str) -> bool:
        """Whether the document has a *value*; words of the format it has in its own way."""
        figure = _decimal(value)
        if figure is not None and key not in {"reference", "gln"}:
            return figure in self._figures or figure <= 1
        if day_month_or_year(value) or re.fullmatch(r"\d\d-\d\d", value):
            return any(each.startswith(value) or value.startswith(each) for each in self._dates)
        if re.search(r"\d", value) or key in {"reference", "label", "marking", "series"}:
            return _bare(value) in self._bare
        return True


def _evidence(facts: Mapping[Path, Fact], path: Path) -> Evidence | None:
    fact = _fact(facts, path)
    return fact.evidence if fact else None


def _doubtful(facts: Mapping[Path, Fact], path: Path) -> bool:
    """Whether the document does not say a value plainly: it was inferred, or is in doubt."""
    fact = _fact(facts, path)
    return fact is None or not fact.evidence or bool(fact.doubt and "skiljer sig" not in fact.doubt)


def _fact(facts: Mapping[Path, Fact], path: Path) -> Fact | None:
    """Return the fact of a value, or of what it is a part of."""
    above = (facts[path[:end]] for end in range(len(path), 0, -1) if path[:end] in facts)
    return next(above, None)
