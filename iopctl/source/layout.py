"""Where each key, value and comment of a text stands, and how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from yaml.events import (
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from iopctl.source.events import began, ended, events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.places import Path

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded", "block", "flow"]
Stretch: TypeAlias = tuple[int, int]  # two offsets into the text, the second exclusive

_STYLES: Final[dict[str | None, Style]] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_COMMENT: Final = re.compile(r"#[^\r\n]*")


class Place(NamedTuple):
    """Where a value stands, with its key if it has one (an item of a list has none)."""

    key: Stretch | None
    value: Stretch
    style: Style


class Layout:
    """The places of all that stands in a text which can be read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = events(text)
        self._scalars: list[Stretch] = []
        self.places: dict[Path, Place] = {}
        self._next()  # the stream begins
        self._next()  # the document begins
        self._note(self._next(), ())

    def comments(self) -> Iterator[Stretch]:
        """Yield where the comments stand: a "#" between two scalars begins one."""
        at = 0
        for start, end in (*self._scalars, (len(self._text), 0)):
            for comment in _COMMENT.finditer(self._text, at, start):
                yield comment.span()
            at = end

    def _note(self, event: Event, path: Path, key: Stretch | None = None) -> int:
        """Note where the value that *event* begins stands, and all in it; return its end."""
        style: Style = "plain"
        if isinstance(event, CollectionStartEvent):
            style = "flow" if event.flow_style else "block"
            stretch = began(event), self._end_of_collection(event, path)
        else:
            stretch = self._stretch(event, key)
        ...
