"""Where each key, value and comment of a text stands, and how it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from yaml.events import (
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from iopctl.characters import forbidden, without
from iopctl.source.events import began, ended, events
from iopctl.source.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.places import Path, Span

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded", "block", "flow"]
Stretch: TypeAlias = tuple[int, int]  # two offsets, the second exclusive

_STYLES: Final[dict[str | bool | None, Style]] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
    False: "block",
    True: "flow",
}
_COMMENT: Final = re.compile(r"#[^\r\n]*")
LONG: Final = 100_000
"""Characters from which on a text's layout takes so much memory that one is enough."""


class Place(NamedTuple):
    """Where a value stands, with its key if it has one: an item of a list has none."""

    key: Stretch | None
    value: Stretch
    style: Style


class Layout:
    """The places of all that stands in a text; none where it can't be read as one mapping."""

    def __init__(self, text: str, *, readable: bool) -> None:
        self.places: dict[Path, Place] = {}
        self._text = text
        self._lines = Lines(text)
        self._next = events(text)
        self._scalars: list[Stretch] = []
        if readable:
            self._next()  # the stream begins
            self._next()  # the document begins
            self._note(self._next(), ())

    def span(self, stretch: Stretch) -> Span:
        """Return a stretch with its lines and columns."""
        return self._lines.span(*stretch)

    def comments(self) -> Iterator[Stretch]:
        """Yield where the comments stand: between two scalars, "#" begins one."""
        at = 0
        for start, end in (*self._scalars, (len(self._text), 0)) if self.places else ():
            for comment in _COMMENT.finditer(self._text, at, start):
                yield comment.span()
            at = end

    def _note(self, event: Event, path: Path, key: Stretch | None = None) -> int:
        """Note the value that begins with *event*, and all in it; return where it ends."""
        if isinstance(event, CollectionStartEvent):
            within = self._mapping if isinstance(event, MappingStartEvent) else self._list
            value, style = (began(event), within(path)), _STYLES[event.flow_style]
        else:
            value, style = self._scalar(event, key), _STYLES[getattr(event, "style", None)]
        self.places.setdefault(path, Place(key, value, style))
        return value[1]

    def _mapping(self, path: Path) -> int:
        end = 0
        while isinstance(event := self._next(), ScalarEvent):
            key = self._scalar(event)
            end = self._note(self._next(), (*path, event.value), key)
        return _end(event, end)

    def _list(self, path: Path) -> int:
        end, index = 0, count()
        while not isinstance(event := self._next(), SequenceEndEvent):
            end = self._note(event, (*path, next(index)))
        return _end(event, end)

    def _scalar(self, event: Event, key: Stretch | None = None) -> Stretch:
        """Return where a scalar stands; a block of text ends before its last line breaks."""
        start, end = began(event), ended(event)
        head = start  # after it, "#" begins no comment
        if self._text.startswith(("|", ">"), start):
            end = start + len(self._text[start:end].rstrip("\r\n"))
            head = start + len(self._text[start:end].partition("\n")[0])
        elif key and ":" not in self._text[key[1] : start]:
            start = end = key[1]  # the nothing after "? key" and "{key}" is put at the next token
        self._scalars.append((head, end))
        return start, end


def layout_of(text: str, *, readable: bool) -> Layout:
    """Return the layout of *text*; those asked for last are kept, not one for every file."""
    for asked, was_readable, layout in _LATEST:
        # The very text: one that is only equal is compared with it letter by letter, each time.
        if asked is text and was_readable == readable:
            return layout
    found = (layout_of_long if len(text) > LONG else layout_of_short)(text, readable)
    _LATEST[:] = [(text, readable, found)]
    return found


def _layout(text: str, readable: bool) -> Layout:  # noqa: FBT001 - as a cache passes it on
    return Layout(without(text, forbidden(text)), readable=readable)


_LATEST: Final[list[tuple[str, bool, Layout]]] = []
layout_of_short: Final = lru_cache(maxsize=3)(_layout)
layout_of_long: Final = lru_cache(maxsize=1)(_layout)


def _end(closing: Event, last: int) -> int:
    """Return the end of a collection: its bracket's, or in a block that of its last child.

    A parser lets a block run on to the next token.
    """
    return ended(closing) if ended(closing) > began(closing) else last
