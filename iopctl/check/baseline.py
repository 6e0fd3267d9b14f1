"""The findings that were there when checking began, kept in a file so that only new ones show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check.diagnostics import fingerprints
from iopctl.check.selection import ALWAYS
from iopctl.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.check.diagnostics import Diagnostic

SCHEMA: Final = "iopctl/baseline/1"


class Compared(NamedTuple):
    """What is found and not in the baseline, and how many of its entries are no longer found."""

    new: list[Diagnostic]
    gone: int


def written(diagnostics: Sequence[Diagnostic]) -> str:
    """Write the findings that a baseline can have: all but what keeps a file from being read."""
    files: dict[str, dict[str, list[str]]] = {}
    for each, mark in zip(diagnostics, fingerprints(diagnostics), strict=True):
        if each.code not in ALWAYS:
            files.setdefault(each.file, {}).setdefault(each.code, []).append(mark)
    return json.dumps({"schema": SCHEMA, "files": files}, indent=1) + "\n"


def compared(diagnostics: Sequence[Diagnostic], text: str, name: str) -> Compared:
    """Return which of *diagnostics* the baseline *text*, called *name*, does not have.

    Raises:
        UserError: the text is no baseline.
    """
    known = _known(text, name)
    marks = fingerprints(diagnostics)
    new = [
        each
        for each, mark in zip(diagnostics, marks, strict=True)
        if mark not in known or each.code in ALWAYS
    ]
    return Compared(new, len(known.difference(marks)))


def _known(text: str, name: str) -> frozenset[str]:
    try:
        data = json.loads(text)
        if data["schema"] == SCHEMA:
            codes = (code for codes in data["files"].values() for code in codes.values())
            return frozenset(mark for marks in codes for mark in marks)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise UserError(f"{name} is no baseline: write one with --write-baseline")
