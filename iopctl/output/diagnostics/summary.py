"""How many findings there are, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Severity

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings


def summary(found: Findings) -> str:
    """Return `8 files, no errors, 12 warnings, 1 note`."""
    counts = [_counted(found.count(each), each) for each in Severity]
    return ", ".join((_counted(len(found.files), "file"), *counts))


def _counted(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
