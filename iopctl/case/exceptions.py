"""Which places of an agreement an exception speaks of, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from iopctl.case.case import Case
    from iopctl.source import Path


def excepted(case: Case, rule: Collection[str], path: Path) -> bool:
    """Whether the parties stand by what *rule*, a code and a name, tells of *path*."""
    return case.exception(rule, path) is not None


def covers(place: str, path: Path) -> bool:
    """Whether *path* lies in *place*, where an exception stands; everything does in "".

    A path may be written with the numbers of list items, or without them. What an amendment
    changed may also be named as if it stood at the top.
    """
    wanted = tuple(place.split(".")) if place else ()
    return any(parts[: len(wanted)] == wanted for parts in spellings(path))


def spellings(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write *path*; everything lies in what each begins with."""
    amended = path[:1] == ("log",) and path[2:3] == ("terms",)
    for parts in (path, path[3:]) if amended else (path,):
        yield tuple(map(str, parts))
        yield tuple(part for part in parts if isinstance(part, str))
