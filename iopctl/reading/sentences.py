"""Passages to sentences, each with the passage that it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.passages import Passage

_END: Final = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“”(§]?[A-ZÅÄÖ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:t\.?ex|bl\.?a|m\.?m|dvs|ca|kap|st|nr|dnr|tel|kl|org|resp|inkl|exkl"
    r"|o\.?dyl|f\.?d|s\.?k|etc"
    r"|t\.?o\.?m|fr\.?o\.?m|no|approx|e\.g|i\.e|pga|jan|feb|aug|sept|okt|nov|dec)|\b[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence (or a heading, an item, a row) and the passage that it stands in."""

    text: str
    passage: Passage

    @property
    def topic(self) -> str:
        """What its section is about."""
        return self.passage.topic


def sentences(passages: Sequence[Passage]) -> Iterator[Sentence]:
    """Yield the sentences of all passages in their order."""
    for passage in passages:
        for text in split(passage.text):
            yield Sentence(text, passage)


def split(text: str) -> list[str]:
    """Return the sentences of a paragraph; a point of an abbreviation ends none."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [each.strip() for each in found if each.strip()]
