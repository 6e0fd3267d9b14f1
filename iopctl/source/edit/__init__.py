"""The smallest change to a text that changes its data so, and not otherwise: text in, text out.

Comments, order, quotes, indentation and line ends stay as they are. What comes out is read again
and compared with what was meant, as Black does with code.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.source import dotted, read
from iopctl.source.edit import blocks, brackets, together
from iopctl.source.edit.places import Written, at, in_brackets, span_of, start_of
from iopctl.source.faults import TOO_LARGE
from iopctl.source.size import excess
from iopctl.source.spelling import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.source import Path, Source
    from iopctl.source.edit.together import Change
    from iopctl.source.events import Value
    from iopctl.source.places import Edit

__all__ = ["NoRoomError", "become", "insert", "remove", "replace", "replaced"]


class NoRoomError(Refused):
    """The text with the change in it would be larger than a file, or a part of one, may be."""


def replace(source: Source, path: Path, value: Value) -> str:
    """Return the text with *value* in place of what stands at *path*; quotes stay quotes.

    Raises:
        Refused: it can't be written without changing more.
        UserError: *value* holds a character that agreement files may not.
    """
    return _with_replaced(source, path, value).text


def _with_replaced(source: Source, path: Path, value: Value) -> Source:
    if not path:
        raise Refused(tr("the whole of a file is not written anew: edit it by hand"))
    write = brackets if in_brackets(source, path[:-1]) else blocks
    written = write.replaced(source, path, value)
    meant = _Meant(source)
    meant.within(path[:-1])[path[-1]] = value
    return meant.proved(written, path)


def replaced(source: Source, edits: Iterable[Edit]) -> str:
    """Return the text with all of *edits* made, each in the place of a scalar, or as a new key.

    Raises:
        Refused: they can't be written without changing more.
        UserError: a text holds a character that agreement files may not.
    """
    text, meant = source.text, _Meant(source)
    path: Path = ()
    given = list(edits)
    there = [each for each in given if _is_written(source, each.path)]
    for each in sorted(there, key=lambda each: -_start_of(source, each)):
        path = each.path
        if each.of_key:
            text = _with_key(source, each, text)
        else:
            text = brackets.put(source, path, each.text, text)
            meant.within(path[:-1])[path[-1]] = each.text
    for each in sorted(there, key=lambda each: -len(each.path)):  # what is below is found first
        if each.of_key:
            meant.take_key(each)
    made = meant.proved(Written(text), path)
    for each in given:
        if each not in there:
            made = _with_inserted(made, each.path, each.text)
    return made.text


def _start_of(source: Source, edit: Edit) -> int:
    return start_of(source, edit.path) if edit.of_key else span_of(source, edit.path).start


def _with_key(source: Source, edit: Edit, text: str) -> str:
    """Return *text*, which is the source's as far as the key of *edit*, with it written anew."""
    span = source.key(edit.path) or span_of(source, edit.path)
    return text[: span.start] + scalar(edit.text) + text[span.end :]


def _is_written(source: Source, path: Path) -> bool:
    parent = at(source, path[:-1])
    return not isinstance(parent, dict) or path[-1] in parent


def insert(source: Source, path: Path, value: Value, order: Sequence[str] = ()) -> str:
    """Return the text with *value* at *path*, where there is none yet.

    An item goes before the one that has its number. A key goes after the last of those that
    precede it in *order*; one that *order* does not have goes to the end.

    Raises:
        Refused: it can't be written without changing more.
        UserError: *value* holds a character that agreement files may not.
    """
    return _with_inserted(source, path, value, order).text


def _with_inserted(source: Source, path: Path, value: Value, order: Sequence[str] = ()) -> Source:
    parent, last = path[:-1], path[-1]
    here, meant = at(source, parent), _Meant(source)
    if not here:
        return _with_replaced(source, parent, [value] if isinstance(last, int) else {last: value})
    index = last if isinstance(last, int) else _place(list(here), last, order)
    write = brackets if in_brackets(source, parent) else blocks
    written = write.inserted(source, parent, index, last, value)
    if isinstance(last, int):
        meant.within(parent).insert(last, value)
    else:
        meant.within(parent)[last] = value
    return meant.proved(written, path)


def remove(source: Source, path: Path) -> str:
    """Return the text without what stands at *path*, its key, and the comments beside it.

    Raises:
        Refused: it can't be taken out without changing more.
    """
    return _without(source, path).text


def _without(source: Source, path: Path) -> Source:
    parent, last = path[:-1], path[-1]
    here, meant = at(source, parent), _Meant(source)
    if parent and len(here) == 1:
        return _with_replaced(source, parent, [] if isinstance(last, int) else {})
    write = brackets if in_brackets(source, parent) else blocks
    index = last if isinstance(last, int) else list(here).index(last)
    written = write.removed(source, parent, index)
    del meant.within(parent)[last]
    return meant.proved(written, path)


def become(source: Source, data: dict[str, Value]) -> str:
    """Return the text with its data made *data*, part by part where only parts differ.

    Raises:
        Refused: it can't be written without changing more.
        UserError: a text holds a character that agreement files may not.
    """
    nearer: Source | None = source
    while nearer := _together(source, together.changes(source, data)):
        source = nearer
    while nearer := _nearer(source, (), source.data, data):  # the rest one by one
        source = nearer
    return source.text


def _together(source: Source, changes: Sequence[Change]) -> Source | None:
    """Return the text with *changes* made, or with the first of them; None where none can be."""
    if not changes:
        return None
    meant = _Meant(source)
    for each in reversed(changes):
        each.make(meant.within(()))
    with suppress(Refused):
        return meant.proved(Written(together.made(source, changes)), changes[0].path)
    return _together(source, changes[: len(changes) // 2])


def _nearer(source: Source, path: Path, here: Value, wanted: Value) -> Source | None:
    """Return the text with *here*, at *path*, one change nearer to *wanted*; None if it is that."""
    if here == wanted:
        return None
    parts: list[tuple[str | int, Value, Value]]
    match here, wanted:
        case dict(), dict() if here and wanted:
            gone = [key for key in here if key not in wanted]
            new = [key for key in wanted if key not in here]
            if new:  # first, so that there is always a key beside which to write
                return _with_inserted(source, (*path, new[0]), wanted[new[0]], list(wanted))
            if gone:
                return _without(source, (*path, gone[0]))
            parts = [(key, here[key], wanted[key]) for key in here]
        case list(), list() if here and wanted and len(here) >= len(wanted):
            if len(here) > len(wanted):
                same = (n for n, each in enumerate(wanted) if each != here[n])
                return _without(source, (*path, next(same, len(wanted))))
            parts = [(number, here[number], each) for number, each in enumerate(wanted)]
        case _:
            return _with_replaced(source, path, wanted)
    found = (_nearer(source, (*path, part), old, new) for part, old, new in parts)
    return next((each for each in found if each), None)


def _place(keys: list[str], key: str, order: Sequence[str]) -> int:
    """Return the place of a new *key* among *keys*."""
    if key not in order:
        return len(keys)
    earlier = order[: order.index(key)]
    return max((number for number, each in enumerate(keys, 1) if each in earlier), default=0)


class _Meant:
    """The data that a text is meant to have, to be changed as the text is."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._data: Any = deepcopy(source.data)

    def within(self, path: Path) -> Any:  # noqa: ANN401 - a list or a mapping
        """Return the list or mapping at *path*."""
        here = self._data
        for part in path:
            here = here[part]
        return here

    def take_key(self, edit: Edit) -> None:
        """Give a key another name, and its old place among the others."""
        here = self.within(edit.path[:-1])
        entries = [(edit.text if key == edit.path[-1] else key, here[key]) for key in here]
        here.clear()
        here.update(entries)

    def proved(self, written: Written, path: Path) -> Source:
        """Return what is *written* in the first way that reads as meant, and no worse than before.

        Raises:
            NoRoomError: the file would be larger than one may be.
            Refused: none does.
        """
        for text in written.texts(self._source.newline):
            found = read(text.encode())
            if found.data == self._data and _faults(found) == _faults(self._source):
                return found
            if why := excess(text, self._data) or _too_large(found, self._source):
                raise NoRoomError(why)
        where = dotted(path)
        raise Refused(
            tr("{where} can't be written here without changing more: edit it by hand", where=where)
        )


def _too_large(found: Source, before: Source) -> str:
    """Return what a text has that is larger than it may be, and what to do; "" where it has none.

    What it had *before* is not told.
    """
    known = {each.message for each in before.problems}
    new = (each for each in found.problems if each.name == TOO_LARGE and each.message not in known)
    return next((f"{each.message}; {each.remedy}" for each in new), "")


def _faults(source: Source) -> Counter[str]:
    return Counter(each.name for each in source.problems)
