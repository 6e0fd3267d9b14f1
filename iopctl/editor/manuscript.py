"""The text of an agreement as an editor has it: its versions, and what was last known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from iopctl.check import portfolio
from iopctl.editor.ruler import MARK, Ruler
from iopctl.input import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from lsprotocol.types import Range, TextDocumentContentChangeEvent

    from iopctl.case.case import Case
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.portfolio import Document
    from iopctl.check.rules import Context
    from iopctl.model import Agreement
    from iopctl.source import Path, Source, Span

LONG: Final = 100_000
"""Characters from which on a text is long: an agreement has about 3 000."""
# What a file is known by that lies in no folder of agreements.
_LIKE_ONE: Final = re.compile(r"^(?:parties|economy):|iopctl\.schema\.json", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class TextReading:
    """A text as it was read, and what the agreement in it comes to; None where it is none."""

    ruler: Ruler
    document: Document
    case: Case | None
    context: Context

    @property
    def source(self) -> Source:
        """The text, and where everything stands in it."""
        return self.document.source or portfolio.NOTHING

    def place(self, span: Span) -> Range:
        """Return a stretch of the text as the editor counts."""
        return self.ruler.range(span.start, span.end)

    def at(self, path: Path) -> Any:  # noqa: ANN401 - a scalar, a list, a mapping, or nothing
        """Return what is written at *path*; None where nothing is."""
        here: Any = self.source.data
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def word(self, path: Path) -> str | None:
        """Return the word that says which event stands at *path* of the log."""
        found = self.at((*path, "event"))
        return found if isinstance(found, str) else None

    def path_at(self, offset: int) -> Path:
        """Return the path of the smallest thing that stands at *offset*, its key included."""
        best: Path = ()
        for path, (key, value, _) in self.source.places():
            start = key[0] if key else value[0]
            if start <= offset <= max(value[1], key[1] if key else 0) and len(path) >= len(best):
                best = path
        return best


@dataclass(frozen=True)
class LastAgreement:
    """The last reading that was an agreement, and where its offsets are in the text of now."""

    reading: TextReading
    case: Case
    moved: Callable[[int], int]
    ruler: Ruler

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.case.agreement

    def place(self, span: Span) -> Range:
        """Return where a stretch of the reading stands now, as the editor counts."""
        return self.ruler.range(self.moved(span.start), self.moved(span.end))


@dataclass(eq=False)
class Manuscript:
    """An open text, called *name* by messages; *path* is None where it lies in no file."""

    uri: str
    text: str
    version: int | None = None
    path: PurePath | None = None
    name: str = ""
    encoding: str = "utf-16"
    is_agreement: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    _ruler: Ruler | None = None
    _reading: TextReading | None = None
    _known: tuple[str, TextReading, Case] | None = None

    def change(
        self, changes: Sequence[TextDocumentContentChangeEvent], version: int | None
    ) -> None:
        """Take over changes in their order; one without a range is the whole text."""
        for each in changes:
            place = getattr(each, "range", None)
            self.text = each.text if place is None else self.ruler.changed(place, each.text)
        self.version = version

    @property
    def ruler(self) -> Ruler:
        """Where the lines of the text begin."""
        if self._ruler is None or self._ruler.text is not self.text:
            self._ruler = Ruler(self.text, self.encoding)
        return self._ruler

    @property
    def is_long(self) -> bool:
        """Whether it takes so long to look at that a part of the answer is better than none yet."""
        return len(self.text) >= LONG

    @property
    def content(self) -> bytes:
        """The text as a file has it."""
        return self.text.encode("utf-8", "surrogatepass")

    @property
    def looks_like_one(self) -> bool:
        """Whether the text itself says that it is an agreement."""
        return bool(_LIKE_ONE.search(self.text))

    def read(self, context: Context) -> TextReading:
        """Return what the text says now; the same text is read once."""
        found = self._reading
        if found is None or found.ruler.text != self.text or found.context != context:
            document = portfolio.document(Input(self.name, self.content))
            agreement = document.agreement
            case = context.case(agreement) if agreement else None
            found = self._reading = TextReading(self.ruler, document, case, context)
            if case:
                self._known = (self.text, found, case)
        return found

    def known(self) -> LastAgreement | None:
        """Return what was known when the text could last be read; None where it never could."""
        if self._known is None:
            return None
        text, reading, case = self._known
        moved = _drift(text.removeprefix(MARK), self.text.removeprefix(MARK))
        return LastAgreement(reading, case, moved, self.ruler)


def _drift(before: str, after: str) -> Callable[[int], int]:
    """Return where offsets of *before* are in *after*, which differs from it in one stretch."""
    if before == after:
        return lambda offset: offset
    head, tail = stretch(before, after)
    return lambda offset: (
        offset + len(after) - len(before)
        if offset >= len(before) - tail
        else min(offset, max(head, len(after) - tail))
    )


def stretch(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts have in common at their start, and at their end."""
    most = min(len(before), len(after))
    head = _common(lambda many: before[:many] == after[:many], most)
    tail = _common(
        lambda many: before[len(before) - many :] == after[len(after) - many :], most - head
    )
    return head, tail


def _common(alike: Callable[[int], bool], most: int) -> int:
    """Return the greatest number up to *most* for which they are *alike*."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if alike(middle) else (low, middle - 1)
    return low
