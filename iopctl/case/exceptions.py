"""Which places of a file an exception speaks of, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source import Path


def covers(place: str, path: Path) -> bool:
    """Whether *path* is the place that an exception names, or lies below it; "" is everywhere."""
    parts = tuple(place.split(".")) if place else ()
    return any(spelled[: len(parts)] == parts for spelled in _spellings(path))


def _spellings(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write *path*: with the numbers of list items, or without them.

    What an amendment changed may also be named as if it stood at the top.
    """
    amended = path[:1] == ("log",) and path[2:3] == ("terms",)
    for parts in (path, path[3:]) if amended else (path,):
        yield tuple(map(str, parts))
        yield tuple(part for part in parts if isinstance(part, str))
