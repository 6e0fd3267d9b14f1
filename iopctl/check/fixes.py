"""The corrections that findings bring with them: of form alone, never of what is meant."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from iopctl.source import read
from iopctl.source.edit import replaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.source import Path
    from iopctl.source.places import Edit


def fixes(diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Return the corrections of one file's findings, one for each place."""
    by_path: dict[Path, Edit] = {}
    for each in diagnostics:
        if fix := each.finding.fix:
            by_path.setdefault(fix.path, fix)
    return list(by_path.values())


def fixed(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file's bytes with *edits* made, and all else as it was.

    Raises:
        Refused: the result would say something else than what is meant.
    """
    start = raw[: len(BOM_UTF8)] if raw.startswith(BOM_UTF8) else b""
    return start + replaced(read(raw), edits).encode()
