"""Changes in what stands in brackets, on one line or on several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.source.edit.places import (
    Written,
    children,
    colon,
    line_end,
    line_start,
    span_of,
    start_of,
)
from iopctl.source.spelling import flow, quoted, scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.source import Path, Source
    from iopctl.source.events import Value

_TO_COMMA: Final = re.compile(r"(?:[^#,]|#[^\n]*)*,")


def replaced(source: Source, path: Path, value: Value) -> Written:
    """Return the text with the value at *path* written anew on one line; quotes stay quotes."""
    return Written(put(source, path, value, source.text))


def put(source: Source, path: Path, value: Value, text: str) -> str:
    """Return *text*, which is the source's as far as *path*, with the value there written anew."""
    span = span_of(source, path)
    piece = in_quotes(source, path, value) or flow(value)
    if span.start == span.end:  # nothing stood there
        colonless = source.key(path) != span and colon(source, path) is None
        apart = "" if text[: span.start].endswith(" ") else " "
        piece = f"{':' * colonless}{apart}{piece}"
    return text[: span.start] + piece + text[span.end :]


def in_quotes(source: Source, path: Path, value: Value) -> str:
    """Return a text in the quotes that stand at *path*; "" where none do, or *value* is no text."""
    if not isinstance(value, str):
        return ""
    scalar(value)  # raises where it can't be written
    match source.style(path):
        case "single":
            return quoted(value, "'")
        case "double":
            return quoted(value, '"')
        case _:
            return ""


def inserted(source: Source, parent: Path, index: int, name: str | int, value: Value) -> Written:
    """Return the text with a value among those of *parent*, before the one numbered *index*."""
    text = source.text
    piece = flow(value) if isinstance(name, int) else flow({name: value})[1:-1]
    others = children(source, parent)
    if index == len(others):
        return Written(_appended(source, parent, others[-1], piece))
    start = start_of(source, others[index])
    return Written(text[:start] + piece + "," + _gap(source, start) + text[start:])


def _appended(source: Source, parent: Path, last: Path, piece: str) -> str:
    """Put a piece after the last one: on a line of its own where that has one, too."""
    text = source.text
    end, closing = span_of(source, last).end, span_of(source, parent).end - 1
    comma = _TO_COMMA.match(text, end, closing)
    gap = _gap(source, start_of(source, last))
    line = line_start(text, closing)
    if gap != " " and end < line and not text[line:closing].strip():
        begin = gap.removeprefix(source.newline)
        between = text[end:line] if comma else f",{text[end:line]}"
        own = f"{begin}{piece}{',' * bool(comma)}{source.newline}"
        return text[:end] + between + own + text[line:]
    where = comma.end() if comma else end
    return text[:where] + ("" if comma else ",") + f" {piece}" + text[where:]


def _gap(source: Source, start: int) -> str:
    """Return what stands before what begins at *start*: a line break if it begins its line."""
    before = source.text[line_start(source.text, start) : start]
    return " " if before.strip() or start == len(before) else source.newline + before


def removed(source: Source, parent: Path, index: int) -> Written:
    """Return the text without what is numbered *index* in *parent*."""
    start, stop = stretch(source, children(source, parent), index)
    return Written(source.text[:start] + source.text[stop:])


def stretch(source: Source, others: Sequence[Path], index: int) -> tuple[int, int]:
    """Return the text that goes with what is numbered *index* among *others* in brackets.

    It is its lines, or its words.
    """
    text, path = source.text, others[index]
    start, end = start_of(source, path), span_of(source, path).end
    begin, stop = line_start(text, start), line_end(text, end)
    if index + 1 < len(others):
        following = start_of(source, others[index + 1])
    else:
        following = span_of(source, path[:-1]).end - 1
    if _gap(source, start) != " " and stop <= following:
        return begin, stop
    if index + 1 < len(others):
        return start, following
    return span_of(source, others[index - 1]).end, end
