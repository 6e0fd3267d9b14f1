"""The smallest change to a file's text: every letter, comment and line beside it stays as it is."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from iopctl.diagnostics import Edit
from iopctl.errors import Refused
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.source import Path, Source

# What needs no quotes, in brackets neither: no ": ", no " #", no comma or bracket.
_PLAIN: Final = re.compile(r"[^\W_](?:[^,:#\[\]{}\s]|[ ](?=[^\s#])|:(?=[^,\[\]{}\s])|(?<=\S)#)*")
_NULL: Final = "null"
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def replace(source: Source, path: Path, text: str) -> str:
    """Return the text of *source* with *text* as the value at *path*, in quotes if it needs them.

    Raises:
        Refused: nothing is written at *path*, or the result would not say what is meant.
    """
    return replaced(source, [Edit(path, text)])


def replaced(source: Source, edits: Sequence[Edit]) -> str:
    """Return the text of *source* with all of *edits* made: none of them lies within another.

    Raises:
        Refused: as for `replace`.
    """
    text, intended = source.text, deepcopy(source.data)
    for path, value in sorted(edits, key=lambda each: source.locate(each.path), reverse=True):
        span = source.value(path)
        if span is None:
            raise Refused(f"{_dotted(path)} is not written in the file, and can't be changed")
        text = text[: span.start] + scalar(value) + text[span.end :]
        _put(intended, path, value)
    if read(text.encode()).data != intended:
        paths = ", ".join(_dotted(each.path) for each in edits)
        raise Refused(f"{paths} can't be rewritten without changing more: edit the file by hand")
    return text


def scalar(text: str) -> str:
    """Write *text* as a value of YAML: plain where that reads the same, else in quotes."""
    if _PLAIN.fullmatch(text) and text != _NULL:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(each, each) for each in text) + '"'


def _put(data: Any, path: Path, value: str) -> None:  # noqa: ANN401 - a tree of lists and mappings
    *above, last = path
    for part in above:
        data = data[part]
    data[last] = value


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
