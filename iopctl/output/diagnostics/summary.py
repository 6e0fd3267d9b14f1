"""How many findings there are, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Severity

if TYPE_CHECKING:
    from iopctl.output.diagnostics import Findings


MENDED: Final = "[*]"
"""The mark of a finding that `iopctl check --fix` mends."""


def summary(found: Findings) -> str:
    """Return `8 files, no errors, 12 warnings, 1 note`, and how many of them --fix mends."""
    counts = [_counted(found.count(each), each) for each in Severity]
    fixable = sum(each.finding.fix is not None for each in found.diagnostics)
    mended = f"; {MENDED} {fixable} can be mended with --fix" if fixable else ""
    return ", ".join((_counted(len(found.files), "file"), *counts)) + mended


def _counted(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
