"""The findings that were there when checking began, kept in a file so that only new ones show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check.diagnostics import fingerprints
from iopctl.check.selection import ALWAYS
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.check.diagnostics import Diagnostic

SCHEMA: Final = "iopctl/baseline/1"


class BaselineComparison(NamedTuple):
    """What is found and not in the baseline, and how many of its entries are no longer found.

    Those of a file that can't be read are not looked for.
    """

    new: list[Diagnostic]
    gone: int


def written(diagnostics: Sequence[Diagnostic], before: str | None, name: str) -> str:
    """Write the findings that a baseline can have: all but what keeps a file from being read.

    Of a file that can't be read now, what *before* has stays: the text of the baseline called
    *name* that is to be replaced, if there is one.

    Raises:
        UserError: *before* is no baseline, or there are more findings than one can have.
    """
    files: dict[str, dict[str, list[str]]] = {}
    for each, mark in zip(diagnostics, fingerprints(diagnostics), strict=True):
        if each.code not in ALWAYS:
            files.setdefault(each.file, {}).setdefault(each.code, []).append(mark)
    if before is not None:
        known = _files(before)
        if known is None:
            raise UserError(
                tr("{name} is no baseline, and is left as it is: name another file", name=name)
            )
        unread = {each.file for each in diagnostics if each.code in ALWAYS}
        files |= {file: known[file] for file in sorted(unread & known.keys())}
    return json.dumps({"schema": SCHEMA, "files": files}, indent=1) + "\n"


def compared(diagnostics: Sequence[Diagnostic], text: str, name: str) -> BaselineComparison:
    """Return which of *diagnostics* the baseline *text*, called *name*, does not have.

    Raises:
        UserError: the text is no baseline.
    """
    files = _files(text)
    if files is None:
        raise UserError(tr("{name} is no baseline: write one with --write-baseline", name=name))
    marks = fingerprints(diagnostics)
    known = _marks(files)
    unread = {each.file for each in diagnostics if each.code in ALWAYS}
    looked_for = _marks({file: each for file, each in files.items() if file not in unread})
    new = [
        each
        for each, mark in zip(diagnostics, marks, strict=True)
        if mark not in known or each.code in ALWAYS
    ]
    return BaselineComparison(new, len(looked_for.difference(marks)))


def _marks(files: Mapping[str, Mapping[str, Sequence[str]]]) -> frozenset[str]:
    return frozenset(mark for codes in files.values() for marks in codes.values() for mark in marks)


def _files(text: str) -> dict[str, dict[str, list[str]]] | None:
    """Return what a baseline has of each file, by code; None where the text is none."""
    try:
        data = json.loads(text)
        if data["schema"] == SCHEMA:
            return {
                file: {code: [_text(mark) for mark in marks] for code, marks in codes.items()}
                for file, codes in data["files"].items()
            }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def _text(mark: object) -> str:
    if not isinstance(mark, str):
        raise TypeError(type(mark))
    return mark
