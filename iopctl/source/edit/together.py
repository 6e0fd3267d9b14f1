"""Changes that have no text in common, and so are made all at once: there may be thousands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.source.edit import blocks, brackets
from iopctl.source.edit.places import children, in_brackets, span_of
from iopctl.source.spelling import flow

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from iopctl.source import Path, Source
    from iopctl.source.events import Value

_WORD: Final = re.compile(r"[-0-9A-Za-z.]+")  # which stands alike within brackets and without


class Change(NamedTuple):
    """What is to stand between two offsets, and so at *path*; None where that goes."""

    start: int
    end: int
    path: Path
    value: str | None

    def make(self, data: Any) -> None:  # noqa: ANN401 - a list or a mapping
        """Change *data* as the text is changed."""
        *parents, last = self.path
        for part in parents:
            data = data[part]
        if self.value is None:
            del data[last]
        else:
            data[last] = self.value


def changes(source: Source, wanted: Value) -> list[Change]:
    """Return changes that bring the text nearer to *wanted*, by their place.

    They are numbers, days and words that become others, and what goes from lists, and from
    mappings in which nothing is new: that is written first, so that there is a key beside which to
    write it.
    """
    found: list[Change] = []
    for each in sorted(_changes(source, (), source.data, wanted)):
        if not found or found[-1].end <= each.start:
            found.append(each)
    return found


def made(source: Source, given: Sequence[Change]) -> str:
    """Return the text with all of *given* made."""
    pieces, at = [], 0
    for each in given:
        pieces += [source.text[at : each.start], flow(each.value) if each.value else ""]
        at = each.end
    return "".join(pieces) + source.text[at:]


def _changes(source: Source, path: Path, here: Value, wanted: Value) -> Iterator[Change]:
    match here, wanted:
        case dict(), dict() if here and wanted:
            left = here.keys() & wanted.keys()
            if left == wanted.keys():
                yield from _gone(source, path, left)
            for key in left:
                yield from _changes(source, (*path, key), here[key], wanted[key])
        case list(), list() if here and wanted and len(here) >= len(wanted):
            pairs = _pairs(here, wanted)
            yield from _gone(source, path, pairs)
            for number, new in pairs.items():
                yield from _changes(source, (*path, number), here[number], wanted[new])
        case str(), str() if here != wanted and _WORD.fullmatch(here):
            if _WORD.fullmatch(wanted) and source.style(path) == "plain":
                span = span_of(source, path)
                yield Change(span.start, span.end, path, wanted)


def _pairs(here: Sequence[Value], wanted: Sequence[Value]) -> dict[int, int]:
    """Return which item of a list each wanted one is: the first that is left and the same.

    Where no more than these are left, each is the next one, and changed.
    """
    found: dict[int, int] = {}
    for number, each in enumerate(here):
        new = len(found)
        spare = len(here) - number > len(wanted) - new
        if new < len(wanted) and (each == wanted[new] or not spare):
            found[number] = new
    return found


def _gone(source: Source, path: Path, left: Container[str | int]) -> Iterator[Change]:
    """Yield what goes of the collection at *path*: all but what is *left*."""
    others = children(source, path)
    write = brackets if in_brackets(source, path) else blocks
    for index, each in enumerate(others):
        if each[-1] not in left:
            start, end = write.stretch(source, others, index)
            yield Change(start, end, each, None)
