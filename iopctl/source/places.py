"""Places in a text, and the problems that are found there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.faults import Fault

Path: TypeAlias = tuple[str | int, ...]

MOST: Final = 20  # problems of a kind that are told one by one


def dotted(path: Path, data: object = None) -> str:
    """Return *path* as people write it, rows counted from 1: `economy.contributions.1.amount`.

    Where *data* has one thing in place of a list, as the only block of invoicing, it has no number.
    """
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in _in(path, data))


def _in(path: Path, here: Any) -> Iterator[str | int]:  # noqa: ANN401 - data of a file
    """Yield the parts of *path* that the data has, and all of those that it has not."""
    for part in path:
        if isinstance(part, int) and here is not None and not isinstance(here, list):
            continue
        yield part
        if isinstance(here, list):
            here = here[part] if isinstance(part, int) and part < len(here) else None
        else:
            here = here.get(part) if isinstance(here, dict) else None


class Edit(NamedTuple):
    """The scalar at *path*, written anew as *text*, or as a new key where there is none.

    Where it is *of_key*, the key alone is written anew, and what stands under it stays.
    """

    path: Path
    text: str
    of_key: bool = False


class Span(NamedTuple):
    """A stretch of a text, its end exclusive.

    A line ends with a line feed. Lines and columns (code points) count from 1, offsets from 0.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Problem(NamedTuple):
    """What is wrong with a text at a place of it, and what to do."""

    name: str
    span: Span
    message: str
    remedy: str


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two offsets."""
        return Span(*self._place(start), *self._place(end), start, end)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Problems:
    """What is found wrong with a text; of each kind the first are told and the others counted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: list[Problem] = []
        self._count: Counter[str] = Counter()

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    def line(self, offset: int) -> int:
        """Return the number of the line on which *offset* lies."""
        return self._lines.span(offset, offset).line

    def add(self, fault: Fault, start: int, end: int, **values: object) -> None:
        """Note a fault between two offsets; *values* go into its message."""
        self._count[fault.name] += 1
        if self._count[fault.name] <= MOST:
            message = tr(fault.message, **values)
            span = self._lines.span(start, end)
            remedy = tr(fault.remedy, **values)
            self._told.append(Problem(fault.name, span, message, remedy))

    def in_order(self) -> tuple[Problem, ...]:
        """Return what was noted as it stands in the text, and how many more of a kind there are.

        A character that can't be seen is the cause of what the parser found odd on its line.
        """
        unseen = {each.span.line for each in self._told if each.name == "forbidden-character"}
        told = [
            each
            for each in self._told
            if each.name != "yaml-syntax" or each.span.line not in unseen
        ]
        last = {each.name: each for each in self._told}
        more = [
            last[name]._replace(
                message=tr("{number} more of this kind follow", number=count - MOST)
            )
            for name, count in self._count.items()
            if count > MOST
        ]
        return tuple(sorted(told + more, key=lambda each: each.span.start))
