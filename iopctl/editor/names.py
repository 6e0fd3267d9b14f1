"""Names that lead from one place to another: parties' handles in a file, ids between files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic_core import PydanticCustomError

from iopctl.model import scalars
from iopctl.source.spelling import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iopctl.source import Path, Source, Span
    from iopctl.source.events import Value

HANDLES: Final = frozenset({"party", "receiver", "seller", "buyer"})
LINKS: Final = frozenset({"succeeds", "part_of"})
_QUOTED: Final = re.compile(r"""["'].*["']\Z""", re.DOTALL)


class NameMention(NamedTuple):
    """A place where a name is written; *is_own* where it is the name of what stands there."""

    name: str
    span: Span
    is_own: bool = False


# ------------------------------------------------------------------ parties
def mentions(source: Source) -> list[NameMention]:
    """Return where the parties of a file are named: under `parties`, and by all that name them."""
    return list(_mentions(source, (), source.data))


def _mentions(source: Source, path: Path, value: Value) -> Iterator[NameMention]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key.startswith("x-"):
                continue
            here = (*path, key)
            if key == "parties" and isinstance(each, dict):
                yield from _keys(source, here, each, is_own=True)
            elif key == "by_party" and isinstance(each, dict):
                yield from _keys(source, here, each, is_own=False)
            elif key in HANDLES:
                yield from _scalars(source, here, each)
                continue
            yield from _mentions(source, here, each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _mentions(source, (*path, number), each)


def _keys(
    source: Source, path: Path, keys: Iterable[str], *, is_own: bool
) -> Iterator[NameMention]:
    for key in keys:
        span = source.key((*path, key))
        if span and not key.startswith("x-"):
            yield NameMention(key, inner(source, span), is_own)


def _scalars(source: Source, path: Path, value: Value) -> Iterator[NameMention]:
    many = isinstance(value, list)
    for number, each in enumerate(value if isinstance(value, list) else [value]):
        span = source.value((*path, number) if many else path)
        if isinstance(each, str) and span:
            yield NameMention(each, inner(source, span))


# ------------------------------------------------------------------ ids
def id_mentions(source: Source) -> Iterator[NameMention]:
    """Yield where a file names agreements: its own id, and those that it has to do with."""
    for key in ("id", *sorted(LINKS)):
        value, span = (source.data or {}).get(key), source.value((key,))
        if isinstance(value, str) and span:
            yield NameMention(value, inner(source, span), is_own=key == "id")


# ------------------------------------------------------------------ both
def inner(source: Source, span: Span) -> Span:
    """Return a scalar's stretch without its quotes."""
    if _QUOTED.match(source.text[span.start : span.end]):
        return span._replace(
            column=span.column + 1,
            end_column=span.end_column - 1,
            start=span.start + 1,
            end=span.end - 1,
        )
    return span


def is_name(text: str) -> bool:
    """Whether *text* may be an id or a handle, and reads as itself without quotes."""
    try:
        scalars.slug(text)
    except PydanticCustomError:
        return False
    return not text.startswith("x-") and scalar(text) == text
