"""What differs between two texts, line by line, as a patch has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.output.alike import Likeness
from iopctl.output.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTEXT: Final = 3
_NO_BREAK: Final = "\n\\ No newline at end of file"


def patch(name: str, before: str | None, after: str, beside: str | None = None) -> str:
    """Return the lines that differ, with three around; *before* is None for a new file.

    *beside* names the file that *before* is the text of, if that is another. What a terminal
    would act on is escaped, and the line ends of Windows are shown like others.
    """
    old, new = [] if before is None else _lines(before), _lines(after)
    names = (
        "--- /dev/null" if before is None else f"--- a/{printable(beside or name)}",
        f"+++ b/{printable(name)}",
    )
    changed = [_shown(line) for line in _hunks(old, new)]
    return "".join(f"{line}\n" for line in (*names, *changed)) if changed else ""


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    first, last = _outside(old, new)
    here, there = old[first : len(old) - last], new[first : len(new) - last]
    for group in Likeness(here, there).get_grouped_opcodes(CONTEXT):
        _, begin, _, start, _ = group[0]
        _, _, end, _, stop = group[-1]
        before, after = (first + begin, end - begin), (first + start, stop - start)
        yield f"@@ -{_places(*before)} +{_places(*after)} @@"
        for what, one, two, three, four in group:
            if what == "equal":
                yield from (f" {line}" for line in here[one:two])
            else:
                yield from (f"-{line}" for line in here[one:two])
                yield from (f"+{line}" for line in there[three:four])


def _places(start: int, length: int) -> str:
    """Return which lines are meant: where there are none, the one before."""
    if length == 1:
        return f"{start + 1}"
    return f"{start + bool(length)},{length}"


def _outside(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines at the start and the end are the same, and too far off to be shown.

    What compares lines takes those that stand there very often for no help, and finds more
    differences than there are: between these it has little to do.
    """
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    last = next((n for n in range(most - first) if old[-1 - n] != new[-1 - n]), most - first)
    return max(0, first - CONTEXT), max(0, last - CONTEXT)


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, last + _NO_BREAK] if last else lines


def _shown(line: str) -> str:
    text, *note = line.split("\n")
    return "\n".join(["\t".join(map(printable, text.removesuffix("\r").split("\t"))), *note])
