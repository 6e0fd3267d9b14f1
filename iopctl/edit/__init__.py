"""The smallest change to a text that changes its data so, and not otherwise: text in, text out.

Comments, order, quotes, indentation and line ends stay as they are. What comes out is read again
and compared with what was meant, as Black does with code.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from iopctl.edit import blocks, brackets
from iopctl.edit.places import at, in_brackets, span_of
from iopctl.errors import Refused
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iopctl.source import Path, Source
    from iopctl.source.events import Value

__all__ = ["insert", "remove", "replace"]


def replace(source: Source, path: Path, value: Value) -> str:
    """Return the text with *value* in place of what stands at *path*; quotes stay quotes.

    Raises:
        Refused: it can't be written without changing more.
        UserError: *value* holds a character that agreement files may not.
    """
    span_of(source, path)
    write = brackets if not path or in_brackets(source, path[:-1]) else blocks
    text = write.replaced(source, path, value)

    def change(here: Any, last: str | int) -> None:  # noqa: ANN401 - a list or mapping
        here[last] = value

    return _proved(source, text, path, change)


def insert(source: Source, path: Path, value: Value, order: Sequence[str] = ()) -> str:
    """Return the text with *value* at *path*, where there is none yet.

    An item goes before the one that has its number. A key goes after the last of those that
    precede it in *order*; one that *order* does not have goes to the end.

    Raises:
        Refused: it can't be written without changing more.
        UserError: *value* holds a character that agreement files may not.
    """
    parent, last = path[:-1], path[-1]
    here = at(source, parent)
    if not here:
        return replace(source, parent, [value] if isinstance(last, int) else {last: value})
    index = last if isinstance(last, int) else _place(list(here), last, order)
    write = brackets if in_brackets(source, parent) else blocks
    text = write.inserted(source, parent, index, last, value)

    def change(here: Any, last: str | int) -> None:  # noqa: ANN401 - a list or mapping
        if isinstance(last, int):
            here.insert(last, value)
        else:
            here[last] = value

    return _proved(source, text, path, change)


def remove(source: Source, path: Path) -> str:
    """Return the text without what stands at *path*, its key, and the comments beside it.

    Raises:
        Refused: it can't be taken out without changing more.
    """
    parent, last = path[:-1], path[-1]
    span_of(source, path)
    here = at(source, parent)
    if len(here) == 1:
        return replace(source, parent, [] if isinstance(last, int) else {})
    write = brackets if in_brackets(source, parent) else blocks
    index = last if isinstance(last, int) else list(here).index(last)
    text = write.removed(source, parent, index)

    def change(here: Any, last: str | int) -> None:  # noqa: ANN401 - a list or mapping
        del here[last]

    return _proved(source, text, path, change)


def _place(keys: list[str], key: str, order: Sequence[str]) -> int:
    """Return the place of a new *key* among *keys*."""
    if key not in order:
        return len(keys)
    earlier = order[: order.index(key)]
    return max((number for number, each in enumerate(keys, 1) if each in earlier), default=0)


def _proved(source: Source, text: str, path: Path, change: Callable[[Any, str | int], None]) -> str:
    """Return *text* if it is the source's with nothing but the change in its data."""
    wanted = {"": deepcopy(source.data)}
    here: Any = wanted
    *parents, last = ("", *path)
    for part in parents:
        here = here[part]
    change(here, last)
    found = read(text.encode())
    if found.data != wanted[""] or _faults(found) != _faults(source):
        where = ".".join(map(str, path)) or "the file"
        raise Refused(f"{where} can't be written here without changing more: edit it by hand")
    return text


def _faults(source: Source) -> Counter[str]:
    return Counter(each.name for each in source.problems)
