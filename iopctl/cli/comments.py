"""The comments in files that `iopctl init` lays out, in the language that is used."""

from __future__ import annotations

import re
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH: Final = 96
_PROSE: Final = re.compile(r"# (?!\[|[\w.\"-]+ = )(?P<words>.+)")  # and no setting that is off
_BESIDE: Final = re.compile(r"(?P<before>.*\S {2,}# )(?P<words>.+)")


def words(text: str) -> Iterator[str]:
    """Yield what the comments of a file say, each paragraph and each remark beside a value."""
    for paragraph, lines in _parts(text):
        if paragraph:
            yield paragraph
        else:
            yield from (found["words"] for line in lines if (found := _BESIDE.fullmatch(line)))


def translated(text: str) -> str:
    """Return a file with its comments in the language that is used; all else as it is."""
    found: list[str] = []
    for paragraph, lines in _parts(text):
        told = tr(paragraph)
        if not paragraph:
            found += [_beside(line) for line in lines]
        elif told == paragraph:
            found += lines
        else:
            found += [f"# {line}" for line in wrap(told, WIDTH - 2, break_on_hyphens=False)]
    return "".join(f"{line}\n" for line in found)


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of a file: those of a paragraph with what it says, others with ""."""
    for is_prose, group in groupby(text.splitlines(), lambda line: bool(_PROSE.fullmatch(line))):
        lines = list(group)
        said = " ".join(line.removeprefix("# ") for line in lines)
        yield said if is_prose else "", lines


def _beside(line: str) -> str:
    found = _BESIDE.fullmatch(line)
    return f"{found['before']}{tr(found['words'])}" if found else line
