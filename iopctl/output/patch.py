"""What differs between two texts, line by line, as a patch has it."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import Final

from iopctl.output.terminal import printable

CONTEXT: Final = 3
_START: Final = re.compile(r"( [-+])([0-9]+)")
_NO_BREAK: Final = "\n\\ No newline at end of file"


def patch(name: str, before: str | None, after: str, beside: str | None = None) -> str:
    """Return the lines that differ, with three around; *before* is None for a new file.

    *beside* names the file that *before* is the text of, if that is another. What a terminal
    would act on is escaped, and the line ends of Windows are shown like others.
    """
    old, new = [] if before is None else _lines(before), _lines(after)
    first, last = _outside(old, new)
    changed = unified_diff(
        old[first : len(old) - last],
        new[first : len(new) - last],
        "/dev/null" if before is None else f"a/{printable(beside or name)}",
        f"b/{printable(name)}",
        lineterm="",
    )
    return "".join(f"{_shown(_placed(line, first))}\n" for line in changed)


def _outside(old: list[str], new: list[str]) -> tuple[int, int]:
    """Return how many lines at the start and the end are the same, and too far off to be shown.

    What compares lines takes those that stand there very often for no help, and finds more
    differences than there are: between these it has little to do.
    """
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] != new[n]), most)
    last = next((n for n in range(most - first) if old[-1 - n] != new[-1 - n]), most - first)
    return max(0, first - CONTEXT), max(0, last - CONTEXT)


def _placed(line: str, first: int) -> str:
    """Return a line of a patch; one that says where lines stand counts the *first* ones, too."""
    if not line.startswith("@@"):
        return line
    return _START.sub(lambda found: f"{found[1]}{int(found[2]) + first}", line)


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, last + _NO_BREAK] if last else lines


def _shown(line: str) -> str:
    text, *note = line.split("\n")
    return "\n".join(["\t".join(map(printable, text.removesuffix("\r").split("\t"))), *note])
