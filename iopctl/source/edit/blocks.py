"""Changes in what stands in blocks: a line or more for each key of a mapping and item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.source.edit.brackets import in_quotes
from iopctl.source.edit.places import (
    BLOCK_TEXT,
    Written,
    after,
    children,
    colon,
    last_leaf,
    line_end,
    line_start,
    manner,
    span_of,
    start_of,
)
from iopctl.source.spelling import below, lines, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.source import Path, Source
    from iopctl.source.events import Value


def replaced(source: Source, path: Path, value: Value) -> Written:
    """Return the text with the value at *path* written anew; a comment beside its key stays."""
    text, span = source.text, span_of(source, path)
    if quoted := in_quotes(source, path, value):
        return Written(text[: span.start] + quoted + text[span.end :])
    head, indent = _head(path[-1]), _indent(source, path[:-1])
    first, *rest = lines(head, value, indent, manner(source))
    first = first[indent + len(head) :]
    begin, stop = _end_of_head(source, path), line_end(text, span.end)
    if source.style(path) == "block":
        stop = after(source, path)
        beside = text[begin : line_end(text, begin)] if _own_line(source, path) else ""
    elif rest:
        beside = text[begin : span.start].rstrip() + text[span.end : stop]
    else:
        return Written(text[: span.start] + first[span.start > begin :] + text[span.end :])
    written = [text[:begin] + first + beside.rstrip("\r\n"), *rest]
    ends = source.newline if text[:stop].endswith("\n") else ""
    return Written(source.newline.join(written) + ends, text[stop:], indent)


def inserted(source: Source, parent: Path, index: int, name: str | int, value: Value) -> Written:
    """Return the text with a value among those of *parent*, before the one numbered *index*."""
    others = children(source, parent)
    indent, near = _indent(source, parent), others[max(index - 1, 0)]
    head, how = _head(name), manner(source)
    if head == "-" and isinstance(value, dict) and value and source.style(near) == "block":
        new = below(head, value, indent, how)
    else:
        new = lines(head, value, indent, how)
    if index:
        where = after(source, others[index - 1])
        apart = source.style(near) == "block" and source.text.startswith(source.newline, where)
        gap = [""] * (apart and head != "-")
        return Written(*_with_lines(source, where, [*gap, *new]), indent)
    if parent and _own_line(source, parent):
        where = line_end(source.text, _end_of_head(source, parent))
        return Written(*_with_lines(source, where, new), indent)
    start = span_of(source, parent).start
    together = source.newline.join([*new, " " * indent])[indent:]
    return Written(source.text[:start] + together + source.text[start:])


def _with_lines(source: Source, where: int, new: Iterable[str]) -> tuple[str, str]:
    text, newline = source.text, source.newline
    if where and not text[:where].endswith("\n"):
        return _without_last_break(source) + "".join(newline + line for line in new), ""
    return text[:where] + "".join(line + newline for line in new), text[where:]


def _without_last_break(source: Source) -> str:
    """Return a text that ends amid a line, ready for more: a block of text must not get a break."""
    path, _ = last_leaf(source)
    start, text = span_of(source, path).start, source.text
    if source.style(path) in BLOCK_TEXT and text[start + 1] != "-":
        return f"{text[: start + 1]}-{text[start + 1 :]}"
    return text


def removed(source: Source, parent: Path, index: int) -> Written:
    """Return the text without what is numbered *index* in *parent*."""
    start, stop = stretch(source, children(source, parent), index)
    return Written(source.text[:start], source.text[stop:], _indent(source, parent))


def stretch(source: Source, others: Sequence[Path], index: int) -> tuple[int, int]:
    """Return the text that goes with what is numbered *index* among *others* of one block.

    With an item of a list go the comments above it.
    """
    text, path = source.text, others[index]
    begin, stop = _begin(source, path), after(source, path)
    start = line_start(text, begin)
    if text[start:begin].strip():  # it stands beside the dash of an outer list
        return begin, _begin(source, others[index + 1])
    if isinstance(path[-1], int) and index:
        start = after(source, others[index - 1])
    return start, stop


# ------------------------------------------------------------------ heads: keys and dashes
def _head(name: str | int) -> str:
    return "-" if isinstance(name, int) else f"{scalar(name)}:"


def _indent(source: Source, parent: Path) -> int:
    return span_of(source, parent).column - 1


def _begin(source: Source, path: Path) -> int:
    """Return where the key at *path* begins, or the dash of an item."""
    start, text = start_of(source, path), source.text
    if not isinstance(path[-1], int):
        return start
    column = _indent(source, path[:-1])
    dash = line_start(text, start) + column
    while text[dash : dash + 1] != "-":
        dash = line_start(text, line_start(text, dash) - 1) + column
    return dash


def _end_of_head(source: Source, path: Path) -> int:
    """Return where the dash of an item ends, or the colon of a key."""
    if isinstance(path[-1], int):
        return _begin(source, path) + 1
    found = colon(source, path)
    if found is None:
        raise Refused(tr("'{path}' has no colon: write one", path=path[-1]))
    return found


def _own_line(source: Source, path: Path) -> bool:
    """Tell whether a block begins on another line than its key or dash."""
    return line_end(source.text, _end_of_head(source, path)) <= span_of(source, path).start
