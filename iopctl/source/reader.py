"""Reading: from a file's bytes to its data, and from a path in the data to its place."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.characters import forbidden, named, other_encoding, windows_letter, without
from iopctl.language import tr
from iopctl.source import faults
from iopctl.source.events import Builder, UnreadableError
from iopctl.source.layout import layout_of
from iopctl.source.places import Problems, Span
from iopctl.source.syntax import ERRORS, explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.source.events import Value
    from iopctl.source.faults import Fault
    from iopctl.source.layout import Layout, Place, Style
    from iopctl.source.places import Path, Problem

LARGEST: Final = 1 << 20  # bytes

_START: Final = Span(1, 1, 1, 1, 0, 0)
_BARE_RETURN: Final = re.compile(r"\r(?!\n)")


class Comment(NamedTuple):
    """A comment: its place with the "#", its words without, and whether it has its line alone."""

    span: Span
    text: str
    own_line: bool


class Source(NamedTuple):
    """A text, its data, and where in the text each part of the data stands.

    *text* is without the byte order mark; *newline* is the first of its line ends. *data* is None
    where the text can't be read as one mapping; beside problems it serves only to find more.
    """

    text: str
    newline: str
    data: dict[str, Value] | None
    problems: tuple[Problem, ...]

    def key(self, path: Path) -> Span | None:
        """Return where the key at *path* is written, or the whole item of a list."""
        layout = self._layout
        place = layout.places.get(path)
        return place and layout.span(place.key or place.value)

    def value(self, path: Path) -> Span | None:
        """Return where the value at *path* is written.

        A block ends with its last child, a text after `|` or `>` before its last line breaks.
        """
        layout = self._layout
        place = layout.places.get(path)
        return place and layout.span(place.value)

    def locate(self, path: Path) -> Span:
        """Return the place to name when speaking of *path*: a scalar's value, else the key.

        Parts of *path* that are not written are skipped; where none is, it is the text's start.
        """
        layout = self._layout
        written: Path = path if path in layout.places else ()
        for part in () if written else path:
            if (*written, part) in layout.places:
                written = (*written, part)
        if not written:
            return _START
        key, value, style = layout.places[written]
        visible = style not in {"block", "flow"} and value[0] < value[1]
        return layout.span(value if visible else key or value)

    def places(self) -> Iterable[tuple[Path, Place]]:
        """Return all that is written with its places, each thing after what is in it."""
        return self._layout.places.items()

    def style(self, path: Path) -> Style | None:
        """Return how the value at *path* is written."""
        place = self._layout.places.get(path)
        return place and place.style

    def flow(self, path: Path) -> bool:
        """Tell whether the list or mapping at *path* is written in brackets."""
        return self.style(path) == "flow"

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments as they stand; none of a text that can't be read."""
        layout = self._layout
        return tuple(self._comment(layout.span(stretch)) for stretch in layout.comments())

    def _comment(self, span: Span) -> Comment:
        before = self.text[span.start - span.column + 1 : span.start]
        words = self.text[span.start + 1 : span.end].strip()
        return Comment(span, words, own_line=not before.strip())

    @property
    def _layout(self) -> Layout:
        # The text is parsed again, but only where there is something to tell of it or to change.
        return layout_of(self.text, readable=self.data is not None)


def read(raw: bytes) -> Source:
    """Read a file's bytes; whatever is wrong with them is among the problems, never raised."""
    raw = raw.removeprefix(BOM_UTF8)
    encoding = other_encoding(raw)
    if len(raw) > LARGEST:
        return _refused("", faults.FILE_TOO_LARGE, limit=LARGEST)
    if encoding:
        return _refused("", faults.OTHER_ENCODING, encoding=encoding)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _undecodable(raw, error.start)
    problems = Problems(text)
    data = _data(text, problems)
    return Source(text, _newline(text), data, problems.in_order())


def reread(raw: bytes) -> Source:
    """Return the text of a file in which *read* found no problem, without its data."""
    text = raw.removeprefix(BOM_UTF8).decode()
    return Source(text, _newline(text), {}, ())


def _data(text: str, problems: Problems) -> dict[str, Value] | None:
    if bare := _BARE_RETURN.search(text):
        problems.add(faults.BARE_RETURN, *bare.span())
    unseen = forbidden(text)
    for offset in unseen:
        problems.add(faults.UNSEEN, offset, offset + 1, character=named(text[offset]))
    conflict = f"\n{text}".find("\n<<<<<<< ")
    if conflict >= 0:
        problems.add(faults.CONFLICT, conflict, conflict + len("<<<<<<<"))
        return None
    readable = without(text, unseen)
    try:
        return Builder(readable, problems).document()
    except UnreadableError:
        return None
    except ERRORS as error:
        explain(error, readable, problems)
        return None


def _undecodable(raw: bytes, start: int) -> Source:
    text = raw.decode(errors="replace")
    letter = windows_letter(raw, start)
    looks = tr(": the file looks like Windows-1252, where it is '{letter}'", letter=letter)
    offset = len(raw[:start].decode())
    return _refused(
        text, faults.UNDECODABLE, offset, byte=raw[start], guess=looks if letter else ""
    )


def _refused(text: str, fault: Fault, offset: int = 0, **values: object) -> Source:
    problems = Problems(text)
    problems.add(fault, offset, offset, **values)
    return Source(text, _newline(text), None, problems.in_order())


def _newline(text: str) -> str:
    line, newline, _ = text.partition("\n")
    return "\r\n" if newline and line.endswith("\r") else "\n"
