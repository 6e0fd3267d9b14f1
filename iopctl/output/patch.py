"""What differs between two texts, line by line, as a patch has it."""

from __future__ import annotations

from difflib import unified_diff

from iopctl.output.terminal import printable

_NO_BREAK = "\n\\ No newline at end of file"


def patch(name: str, before: str | None, after: str, beside: str | None = None) -> str:
    """Return the lines that differ, with three around; *before* is None for a new file.

    *beside* names the file that *before* is the text of, if that is another. What a terminal
    would act on is escaped, and the line ends of Windows are shown like others.
    """
    changed = unified_diff(
        [] if before is None else _lines(before),
        _lines(after),
        "/dev/null" if before is None else f"a/{beside or name}",
        f"b/{name}",
        lineterm="",
    )
    return "".join(f"{_shown(line)}\n" for line in changed)


def _lines(text: str) -> list[str]:
    *lines, last = text.split("\n")
    return [*lines, last + _NO_BREAK] if last else lines


def _shown(line: str) -> str:
    text, *note = line.split("\n")
    return "\n".join(["\t".join(map(printable, text.removesuffix("\r").split("\t"))), *note])
