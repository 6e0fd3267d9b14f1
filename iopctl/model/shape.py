"""Which blocks a value of some type may be, and the order that the model has for their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence


def blocks_in(annotation: object, said: Sequence[object] = ()) -> list[tuple[str, type[BaseModel]]]:
    """Return the blocks that a value may be, each with the tag that tells it from others."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        tag = next((each.tag for each in said if isinstance(each, Tag)), "")
        return [(tag, annotation)]
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        return blocks_in(inner, said)
    return [block for inner in get_args(annotation) for block in blocks_in(inner)]


def in_order(data: Any, annotation: object) -> Any:  # noqa: ANN401 - data of any shape
    """Return *data* with the keys of each block in it as the model has them, others last."""
    if isinstance(data, list):
        return [in_order(each, annotation) for each in data]
    blocks = [block for _, block in blocks_in(annotation)]
    if not isinstance(data, dict) or not blocks:
        return data
    if (named := _mapping(annotation)) is not None:
        return {key: in_order(each, named) for key, each in data.items()}
    most = max(blocks, key=lambda block: len(data.keys() & block.model_fields.keys()))
    fields = most.model_fields
    known = {
        name: in_order(data[name], field.annotation)
        for name, field in fields.items()
        if name in data
    }
    return known | {name: value for name, value in data.items() if name not in known}


def _mapping(annotation: object) -> object | None:
    """Return what a mapping by names has, None where a value is no such mapping."""
    parts: tuple[object, ...] = get_args(annotation)
    if get_origin(annotation) is dict:
        return parts[1]
    return next((found for each in parts if (found := _mapping(each)) is not None), None)
