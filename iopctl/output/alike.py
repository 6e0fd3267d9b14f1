"""Which lines two texts have in common, in time that grows as they do."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair = tuple[int, int]
    """The numbers of two lines that are the same."""


class Likeness(SequenceMatcher[str]):
    """What difflib finds, looked for between the lines that both texts have once.

    That is Bram Cohen's patience diff. difflib alone compares each line with all that are like
    it, which takes minutes for a list of thousands of rows.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self.a, self.b = old, new  # and no index of all lines, as `set_seqs` makes it

    def get_matching_blocks(self) -> list[Match]:
        """Return where runs of lines stand in both; the last is empty, at their ends."""
        blocks = [Match(0, 0, 0)]
        for old, new, size in (*self._alike(), Match(len(self.a), len(self.b), 0)):
            last = blocks[-1]
            if (last.a + last.size, last.b + last.size) == (old, new) and size:
                blocks[-1] = last._replace(size=last.size + size)
            else:
                blocks.append(Match(old, new, size))
        return blocks if blocks[0].size else blocks[1:]

    def _alike(self) -> Iterator[Match]:
        """Yield them in pieces: what stands once in both, and what is alike between."""
        old, new = 0, 0
        for pair in (*_ascending(_once_in_both(self.a, self.b)), (len(self.a), len(self.b))):
            between = SequenceMatcher(None, self.a[old : pair[0]], self.b[new : pair[1]])
            for first, second, size in between.get_matching_blocks():
                if size:
                    yield Match(old + first, new + second, size)
            if pair[0] < len(self.a):
                yield Match(*pair, 1)
            old, new = pair[0] + 1, pair[1] + 1


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    there = Counter(new)
    where = {line: number for number, line in enumerate(new) if there[line] == 1}
    here = Counter(old)
    return [(n, where[line]) for n, line in enumerate(old) if here[line] == 1 and line in where]


def _ascending(pairs: Sequence[Pair]) -> list[Pair]:
    """Return most of *pairs*, in order of both numbers: the longest such row of them."""
    ends: list[int] = []  # the least number that a row of each length may end with
    lasts: list[int] = []
    before: list[int | None] = []
    for place, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        ends[length : length + 1], lasts[length : length + 1] = [number], [place]
        before.append(lasts[length - 1] if length else None)
    found = []
    at = lasts[-1] if lasts else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
