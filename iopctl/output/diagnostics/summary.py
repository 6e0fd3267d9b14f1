"""How many findings there are, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Severity
from iopctl.language import counted, marked, marked_counted, tr

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings


MENDED: Final = "[*]"
"""The mark of a finding that `iopctl check --fix` mends."""


_FILES: Final = (marked("no files"), marked_counted("{number} file", "{number} files"))
_COUNTED: Final = {
    Severity.ERROR: (marked("no errors"), marked_counted("{number} error", "{number} errors")),
    Severity.WARNING: (
        marked("no warnings"),
        marked_counted("{number} warning", "{number} warnings"),
    ),
    Severity.NOTE: (marked("no notes"), marked_counted("{number} note", "{number} notes")),
}


def summary(found: Findings) -> str:
    """Return `8 files, no errors, 12 warnings, 1 note`."""
    counts = [_counted(found.count(each), *_COUNTED[each]) for each in Severity]
    return ", ".join((_counted(len(found.files), *_FILES), *counts))


def mended(found: Findings) -> str:
    """Return how many findings --fix mends, as the end of a line; "" where there are none."""
    count = sum(each.finding.fix is not None for each in found.diagnostics)
    return tr("; {mark} {count} can be mended with --fix", mark=MENDED, count=count) * bool(count)


def _counted(number: int, none: str, many: tuple[str, str]) -> str:
    return counted(*many, number) if number else tr(none)
