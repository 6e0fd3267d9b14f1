"""The shape of a text: its symbols, what folds, what a selection grows to, and where links lead."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from lsprotocol.types import (
    DocumentLink,
    DocumentSymbol,
    FoldingRange,
    FoldingRangeKind,
    Position,
    SelectionRange,
    SymbolKind,
)

from iopctl import files
from iopctl.check.selection import rule_called
from iopctl.editor import grammar
from iopctl.editor.diagnostics import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iopctl.editor.manuscript import LastAgreement, TextReading
    from iopctl.source import Path, Span

DEEPEST: Final = 3
NAMES: Final = ("item", "unit", "event", "rule", "seller", "name", "title")
_KINDS: Final = {
    "parties": SymbolKind.Namespace,
    "economy": SymbolKind.Number,
    "contributions": SymbolKind.Array,
    "invoicing": SymbolKind.Event,
    "validity": SymbolKind.Event,
    "log": SymbolKind.Array,
}


# ------------------------------------------------------------------ symbols
def symbols(known: LastAgreement) -> list[DocumentSymbol]:
    """Return the blocks of the agreement, the rows and parties in them, and the events."""
    return _symbols(known, (), known.reading.source.data)


def _symbols(known: LastAgreement, path: Path, value: object) -> list[DocumentSymbol]:
    if len(path) >= DEEPEST:
        return []
    parts: Sequence[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        parts = [*value.items()]
    elif isinstance(value, list):
        parts = [*enumerate(value)]
    found = []
    for part, inner in parts:
        here = (*path, part)
        source = known.reading.source
        key, whole = source.key(here), source.value(here)
        if key and whole and (not path or isinstance(inner, dict | list)):
            found.append(
                DocumentSymbol(
                    name=_name(part, inner, known, here),
                    detail=_detail(inner),
                    kind=_KINDS.get(str(part), SymbolKind.Field),
                    range=known.place(_joined(key, whole)),
                    selection_range=known.place(key if isinstance(part, str) else _start(whole)),
                    children=_symbols(known, here, inner),
                )
            )
    return found


def _name(part: str | int, value: object, known: LastAgreement, path: Path) -> str:
    if isinstance(part, str):
        found = grammar.slot(path, known.reading.word)
        return f"{part} ({found.title})" if found else part
    own = value if isinstance(value, dict) else {}
    return next((str(own[key]) for key in NAMES if own.get(key)), str(part + 1))


def _detail(value: object) -> str:
    match value:
        case str():
            return value.partition("\n")[0]
        case {"date": str() as day}:
            return day
        case {"name": str() as name}:
            return name
        case {"amount": str() as amount}:
            return amount
        case _:
            return ""


def _joined(key: Span, whole: Span) -> Span:
    end = max(key, whole, key=lambda each: each.end)
    return key._replace(end_line=end.end_line, end_column=end.end_column, end=end.end)


def _start(span: Span) -> Span:
    return span._replace(end_line=span.line, end_column=span.column, end=span.start)


# ------------------------------------------------------------------ folding and selection
def folds(known: LastAgreement) -> list[FoldingRange]:
    """Return what can be folded: every key and item of several lines, and blocks of comments."""
    found = {}
    for _, (key, value, _) in known.reading.source.places():
        start = known.ruler.position(known.moved(key[0] if key else value[0])).line
        end = known.ruler.position(known.moved(value[1])).line
        if end > start:
            found[start] = FoldingRange(start, end, kind=FoldingRangeKind.Region)
    found |= {each.start_line: each for each in _comments(known)}
    found.pop(-1, None)
    return [found[line] for line in sorted(found)]


def _comments(known: LastAgreement) -> Iterator[FoldingRange]:
    first = last = -2
    spans = [each.span for each in known.reading.source.comments if each.own_line]
    for line in (*(known.place(each).start.line for each in spans), -2):
        if line == last + 1:
            last = line
            continue
        if last > first >= 0:
            yield FoldingRange(first, last, kind=FoldingRangeKind.Comment)
        first = last = line


def selections(reading: TextReading, positions: Sequence[Position]) -> list[SelectionRange]:
    """Return for each position what a selection there grows to, step by step."""
    return [_selection(reading, each) for each in positions]


def _selection(reading: TextReading, position: Position) -> SelectionRange:
    offset = reading.ruler.offset(position)
    path = reading.path_at(offset)
    stretches = {(0, len(reading.source.text))}
    for depth in range(len(path) + 1):
        key, value = reading.source.key(path[:depth]), reading.source.value(path[:depth])
        if key and value:
            stretches |= {(key.start, max(key.end, value.end)), (value.start, value.end)}
            stretches |= {(key.start, key.end)}
    around = sorted((end - start, start, end) for start, end in stretches if start <= offset <= end)
    _, start, end = around.pop()
    found = SelectionRange(reading.ruler.range(start, end))
    for _, start, end in reversed(around):
        found = SelectionRange(reading.ruler.range(start, end), found)
    return found


# ------------------------------------------------------------------ links
def links(
    known: LastAgreement, folders: Sequence[PurePath], ids: Mapping[str, str]
) -> list[DocumentLink]:
    """Return where the text leads: to its document, to other agreements, to rules' pages.

    *ids* are the addresses of agreements by their ids; a document is looked for in *folders*.
    """
    return [
        DocumentLink(known.place(span), target)
        for path, target in _targets(known, folders, ids)
        if target and (span := known.reading.source.value(path))
    ]


def _targets(
    known: LastAgreement, folders: Sequence[PurePath], ids: Mapping[str, str]
) -> Iterator[tuple[Path, str | None]]:
    agreement = known.agreement
    if agreement.source:
        paths = (str(folder / agreement.source) for folder in folders)
        found = files.existing(paths)
        yield ("source",), found and PurePath(found).as_uri()
    yield ("succeeds",), ids.get(agreement.succeeds or "")
    yield ("part_of",), ids.get(agreement.part_of or "")
    for number, each in enumerate(agreement.exceptions):
        rule = rule_called(each.rule)
        yield ("exceptions", number, "rule"), page(rule.code) if rule else None
