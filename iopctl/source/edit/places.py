"""Where in a text something may be put or taken away."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.source.places import dotted
from iopctl.source.spelling import Indentation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source import Path, Source, Span
    from iopctl.source.events import Value

_BLANKS: Final = re.compile(r"\A(?:[ \r]*\n)+")
_BLANKS_AND_COMMENTS: Final = re.compile(r"(?:[ \r]*\n| *#[^\n]*(?:\n|\Z))*")
_BEFORE_A_COMMENT: Final = re.compile(r"^ +(?=#)", re.MULTILINE)
_COMMENT_LINE: Final = re.compile(r"( *)#[^\n]*(?:\n|\Z)")
_LOOKED_AT: Final = 100
BLOCK_TEXT: Final = frozenset({"literal", "folded"})


class Written(NamedTuple):
    """A text with a change in it: as far as the change goes, and the lines that follow it.

    *indent* tells how far the lines are indented that stand beside what was changed.
    """

    done: str
    rest: str = ""
    indent: int = 0

    def texts(self, newline: str) -> Iterator[str]:
        """Yield the text in the ways in which it may read as meant, the most faithful one first.

        A block of text at the end of a file may need its break. One in front of comments takes
        those in that are indented as it is, and one that keeps its breaks takes in all.
        """
        yield self.done + self.rest
        yield self.done + self.rest + newline
        run = _BLANKS_AND_COMMENTS.match(self.rest)
        length = run.end() if run else 0
        apart = _BEFORE_A_COMMENT.sub(lambda pad: pad[0][: self.indent], self.rest[:length])
        for between in (apart, _BLANKS.sub("", apart)):
            yield self.done + between + self.rest[length:]


def at(source: Source, path: Path) -> Any:  # noqa: ANN401 - a scalar, a list or a mapping
    """Return the value at *path*.

    Raises:
        Refused: there is none.
    """
    span_of(source, path)
    here: Any = source.data
    for part in path:
        here = here[part]
    return here


def span_of(source: Source, path: Path) -> Span:
    """Return where the value at *path* stands.

    Raises:
        Refused: there is none.
    """
    span = source.value(path)
    if span is None:
        raise Refused(tr("there is no {path} to change", path=dotted(path) or "data"))
    return span


def children(source: Source, path: Path) -> list[Path]:
    """Return the paths of what stands in the list or mapping at *path*."""
    here = at(source, path)
    return [(*path, part) for part in (range(len(here)) if isinstance(here, list) else here)]


def start_of(source: Source, path: Path) -> int:
    """Return where the key at *path* begins, or the item of a list."""
    span = source.key(path) or span_of(source, path)
    return span.start


def in_brackets(source: Source, path: Path) -> bool:
    """Tell whether what stands in the collection at *path* stands in brackets."""
    return any(source.flow(path[:depth]) for depth in range(len(path) + 1))


def colon(source: Source, path: Path) -> int | None:
    """Return where the ":" of the key at *path* ends; None where it has none."""
    key, value = source.key(path), span_of(source, path)
    found = source.text.find(":", key.end, value.start) if key else -1
    return found + 1 if found >= 0 else None


def line_start(text: str, offset: int) -> int:
    """Return where the line of *offset* begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Return where the line after that of *offset* begins, or the end of the text."""
    return text.find("\n", offset) + 1 or len(text)


def after(source: Source, path: Path) -> int:
    """Return where the line begins that follows what stands at *path* in a block.

    The lines of comment that go on below it, indented deeper than its block, are its own.
    """
    text, column = source.text, span_of(source, path[:-1]).column
    where = line_end(text, span_of(source, path).end)
    leaf, value = last_leaf(source, path)
    if source.style(leaf) in BLOCK_TEXT and value:
        for _ in range(len(value) - len(value.rstrip("\n")) - 1):
            where = line_end(text, where)  # its last line breaks are a part of it
    while (found := _COMMENT_LINE.match(text, where)) and len(found[1]) >= column:
        where = found.end()
    return where


def last_leaf(source: Source, path: Path = ()) -> tuple[Path, str | None]:
    """Return the path of the last scalar within *path*, and the scalar; an empty [] is none."""
    value = at(source, path)
    while value and not isinstance(value, str):
        last = len(value) - 1 if isinstance(value, list) else list(value)[-1]
        path, value = (*path, last), value[last]
    return path, value or None


def manner(source: Source) -> Indentation:
    """Return how the text indents what stands under a key, by the first of each kind."""
    found: dict[type, int] = {}
    for path, value in islice(_blocks(source, ()), _LOOKED_AT):
        step = span_of(source, path).column - span_of(source, path[:-1]).column
        found.setdefault(type(value), step)
    mapping = found.get(dict) or found.get(list) or Indentation().mapping
    return Indentation(mapping, found.get(list, mapping))


def _blocks(source: Source, path: Path) -> Iterator[tuple[Path, Value]]:
    """Yield the lists and mappings that stand in a block under a key."""
    here = at(source, path)
    for key in here if isinstance(here, dict) else ():
        if source.style((*path, key)) == "block":
            yield (*path, key), here[key]
            yield from _blocks(source, (*path, key))
