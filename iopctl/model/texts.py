"""Every text of an agreement that people write in their own words, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import PlainValidator, StringConstraints

from iopctl.model.base import Strict
from iopctl.model.boards import BoardShares
from iopctl.model.parties import Handle
from iopctl.model.scalars import slug

if TYPE_CHECKING:
    from iopctl.source import Path

PlacedTexts = Iterator[tuple["Path", str]]
Walk = Callable[[Any, "Path"], PlacedTexts]
_REFERENCE: Final = get_args(Handle)[-1]  # what a handle has that names a party, beside a word


def texts(part: Strict, path: Path = ()) -> PlacedTexts:
    """Yield the texts in a *part* of the model that stands at *path*, with their places.

    Which they are follows from the types of the fields, so that none is forgotten: free texts,
    ids, and what mappings have for keys. Numbers that others issue, dates and choices are none.
    """
    values = vars(part)
    for name, walk in _fields(type(part)):
        value = values[name]
        if value:
            yield from walk(value, (*path, name))


@cache
def _fields(model: type[Strict]) -> tuple[tuple[str, Walk], ...]:
    fields = model.model_fields.items()
    walks = ((name, _walk(each.annotation, *each.metadata)) for name, each in fields)
    return tuple((name, walk) for name, walk in walks if walk)


def _walk(kind: Any, *said: Any) -> Walk | None:  # noqa: ANN401 - whatever a type may be
    """Return what finds the texts in values of a *kind* that has *said* as annotations."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _walk(parts[0], *parts[1:], *said)
    if kind is str:
        return _itself if _is_free(said) else None
    if kind is BoardShares:
        return _committees
    if isinstance(kind, type) and issubclass(kind, Strict):
        return texts
    if origin is dict:
        return _mapping(_walk(parts[0]), _walk(parts[1]))
    if origin is tuple:
        return _list(_walk(parts[0]))
    if origin is Literal or not parts:
        return None
    kinds = [each for each in parts if each is not NoneType]
    return _walk(kinds[0]) if len(kinds) == 1 else _block


def _is_free(said: tuple[Any, ...]) -> bool:
    is_text = any(isinstance(each, StringConstraints) for each in said)
    is_id = any(isinstance(each, PlainValidator) and each.func is slug for each in said)
    return is_text or (is_id and _REFERENCE not in said)


def _block(value: object, path: Path) -> PlacedTexts:
    """Yield the texts of one of several kinds of value, where it is a block: it knows its own."""
    if isinstance(value, Strict):
        yield from texts(value, path)


def _itself(value: str, path: Path) -> PlacedTexts:
    yield path, value


def _committees(value: BoardShares, path: Path) -> PlacedTexts:
    yield from ((path, name) for name, _ in value)


def _list(walk: Walk | None) -> Walk | None:
    def each(value: tuple[Any, ...], path: Path) -> PlacedTexts:
        for number, item in enumerate(value):
            yield from walk(item, (*path, number)) if walk else ()

    return each if walk else None


def _mapping(key: Walk | None, walk: Walk | None) -> Walk | None:
    def each(value: dict[Any, Any], path: Path) -> PlacedTexts:
        for name, item in value.items():
            at = (*path, name)
            yield from key(name, at) if key else ()
            yield from walk(item, at) if walk else ()

    return each if key or walk else None
