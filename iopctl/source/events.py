"""The data of a YAML text, out of a parser's events and without the traps of a YAML loader.

Every scalar stays text, and what YAML has and agreements do without is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from iopctl.characters import forbidden, named, quoted, without
from iopctl.money import spelled
from iopctl.source import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.events import CollectionStartEvent

    from iopctl.source.places import Problems

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

DEEPEST: Final = 20  # libyaml takes minutes for 200 kB of "["
MOST_VALUES: Final = 100_000
LONGEST_TEXT: Final = 100_000
LONGEST_KEY: Final = 100

_NULLS: Final = frozenset(("", "~", "null"))
_NO_KEYS: Final = frozenset(("", "<<"))
_KEY: Final = re.compile(r"[a-z_]*")
_DECIMAL_COMMA: Final = re.compile(r"-?[0-9]{1,3},[0-9]{1,4}")

# Where libyaml is missing, the pure parser gives the same events eight times slower.
_Parser: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class UnreadableError(Exception):
    """Reading can't go on; the reason is among the problems."""


def events(text: str) -> Callable[[], Event]:
    """Return what gives the next event of *text* at each call, and raises where it is no YAML."""
    following: Callable[[], Event] = _Parser(text).get_event
    return following


def began(event: Event) -> int:
    """Return the offset at which *event* begins."""
    return event.start_mark.index  # type: ignore[union-attr] # a parser's events have marks


def ended(event: Event) -> int:
    """Return the offset at which *event* ends."""
    return event.end_mark.index  # type: ignore[union-attr] # likewise


class CutOff:
    """What a comma within brackets cut off a value: `1,3 mnkr` is 1, and a key without a value."""

    def __init__(self, text: str, problems: Problems) -> None:
        self._text = text
        self._problems = problems
        self._value: tuple[int, int] | None = None
        self._end = 0

    def takes(self, key: ScalarEvent, value: Event) -> bool:
        """Tell whether *key* is no key but the rest of the value before it."""
        before = self._value
        if before and self._is_nothing(key, value) and self._is_rest(key):
            self._end = ended(key)
            return True
        self.tell()
        plain = type(value) is ScalarEvent and not value.style and began(value) < ended(value)
        self._value = (began(value), ended(value)) if plain else None
        return False

    def _is_nothing(self, key: ScalarEvent, value: Event) -> bool:
        """Tell whether a plain key has neither value nor colon, as in brackets only."""
        empty = type(value) is ScalarEvent and not value.value and not value.style
        return empty and not key.style and ":" not in self._text[ended(key) : began(value)]

    def _is_rest(self, key: ScalarEvent) -> bool:
        return not key.value.startswith("x-") and not _KEY.fullmatch(key.value)

    def tell(self) -> None:
        """Note what was cut off the last value, if anything was."""
        if self._value and self._end > self._value[1]:
            start, end = self._value
            written, read = self._text[start : self._end], self._text[start:end]
            meant = _number(written)
            self._problems.add(
                faults.COMMA_IN_NUMBER if meant else faults.COMMA_IN_TEXT,
                start,
                self._end,
                written=quoted(written),
                read=quoted(read),
                meant=meant,
            )
        self._value = None


def _number(written: str) -> str | None:
    """Return a number with a decimal comma, or an amount, as the format spells it."""
    if _DECIMAL_COMMA.fullmatch(written):
        return written.replace(",", ".")
    return spelled(written)


class Builder:
    """Builds the data of one text, and notes what is wrong with it."""

    def __init__(self, text: str, problems: Problems) -> None:
        self._next = events(text)
        self._whole = text
        self._problems = problems
        self._values = 0

    def document(self) -> dict[str, Value]:
        """Return the one mapping that the text is; raise UnreadableError where it is none."""
        stream, start = self._next(), self._next()
        if type(start) is not DocumentStartEvent:
            self._stop(faults.EMPTY, stream)
        if start.version or start.tags:
            self._add(faults.DIRECTIVE, start)
        data = self._root(self._next())
        self._next()  # the document ends
        after = self._next()
        if type(after) is not StreamEndEvent:
            self._stop(faults.SECOND_DOCUMENT, after)
        return data

    def _root(self, event: Event) -> dict[str, Value]:
        if type(event) is ScalarEvent and not event.value:
            self._stop(faults.EMPTY, event)
        if type(event) is not MappingStartEvent:
            self._stop(faults.NO_MAPPING, event)
        return self._mapping(event, 1)

    def _mapping(self, start: MappingStartEvent, depth: int) -> dict[str, Value]:
        self._enter(start, depth)
        data: dict[str, Value] = {}
        written: dict[str, ScalarEvent] = {}
        cut = CutOff(self._whole, self._problems)
        while type(event := self._next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._stop(faults.KEY_NOT_TEXT, event)
            value = self._next()
            if cut.takes(event, value):
                continue
            key = self._text(event)
            if key in written or key in _NO_KEYS or len(key) > LONGEST_KEY:
                self._refuse_key(key, event, written.get(key))
                self._value(value, depth)
            else:
                written[key] = event
                data[key] = self._value(value, depth)
        cut.tell()
        self._count(data, start)
        return data

    def _list(self, start: SequenceStartEvent, depth: int) -> list[Value]:
        self._enter(start, depth)
        data: list[Value] = []
        while type(event := self._next()) is not SequenceEndEvent:
            data.append(self._value(event, depth))
        self._count(data, start)
        return data

    def _value(self, event: Event, depth: int) -> Value:
        if type(event) is ScalarEvent:
            text = self._text(event)
            if len(text) > LONGEST_TEXT:
                self._add(faults.LONG_TEXT, event, length=len(text), limit=LONGEST_TEXT)
            return None if text in _NULLS and not event.style else text
        if type(event) is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if type(event) is SequenceStartEvent:
            return self._list(event, depth + 1)
        self._add(faults.ALIAS, event)
        return None

    def _enter(self, start: CollectionStartEvent, depth: int) -> None:
        if depth > DEEPEST:
            self._stop(faults.TOO_DEEP, start, limit=DEEPEST)
        if start.anchor or start.tag:
            self._refuse_properties(start)

    def _text(self, event: ScalarEvent) -> str:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        return self._unescaped(event) if event.style == '"' else event.value

    def _unescaped(self, event: ScalarEvent) -> str:
        unseen = forbidden(event.value.replace("\r", "\0"))  # in a value it is no line end
        if unseen:
            self._add(faults.UNSEEN_ESCAPE, event, character=named(event.value[unseen[0]]))
        return without(event.value, unseen)

    def _count(self, data: list[Value] | dict[str, Value], start: Event) -> None:
        self._values += len(data)
        if self._values > MOST_VALUES:
            self._stop(faults.TOO_MANY, start, limit=MOST_VALUES)

    def _refuse_properties(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor:
            self._add(faults.ANCHOR, event, anchor=quoted(f"&{event.anchor}"))
        if event.tag:
            self._add(faults.TAG, event, tag=quoted(event.tag.replace("tag:yaml.org,2002:", "!!")))

    def _refuse_key(self, key: str, event: Event, first: Event | None) -> None:
        if first is not None:
            line = self._problems.line(began(first))
            self._add(faults.DUPLICATE, event, key=quoted(key), line=line)
        elif key in _NO_KEYS:
            self._add(faults.MERGE_KEY if key else faults.NO_KEY, event)
        else:
            self._add(faults.LONG_KEY, event, key=quoted(key), length=len(key), limit=LONGEST_KEY)

    def _add(self, fault: faults.Fault, event: Event, **values: object) -> None:
        self._problems.add(fault, began(event), ended(event), **values)

    def _stop(self, fault: faults.Fault, event: Event, **values: object) -> NoReturn:
        self._add(fault, event, **values)
        raise UnreadableError
