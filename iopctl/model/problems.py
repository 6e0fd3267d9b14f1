"""What pydantic found wrong, told in the words of the file: rule, path, message and remedy."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, get_args, get_origin

from iopctl.language import tr
from iopctl.model.choices import meant
from iopctl.model.scalars import cut, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from iopctl.source import Path


LIKE: Final = 0.7
"""How like a key must be to one that is unknown, from 0 to 1, to be what was meant."""


class ModelProblem(NamedTuple):
    """One thing that the model refuses; *write* is the accepted spelling, where it is clear."""

    rule: str
    path: Path
    message: str
    remedy: str
    write: str | None = None


def problems(error: ValidationError, model: type[BaseModel]) -> list[ModelProblem]:
    """Return each problem of *error* about a *model*, in the order of its fields."""
    return [_problem(details, model) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails, model: type[BaseModel]) -> ModelProblem:
    path = _written(details["loc"])
    context = details.get("ctx", {})
    if details["type"] == "reading":
        return ModelProblem(
            context["rule"],
            path + tuple(context.get("at", ())),
            context["message"],
            context["remedy"],
            context.get("write"),
        )
    if details["type"] == "extra_forbidden":
        return ModelProblem("key-unknown", path, *_unknown(details["loc"], model))
    tell = _TOLD.get(details["type"], _other)
    rule, message, remedy = tell(path, context, details.get("input"))
    write = meant(details.get("input"), str(context.get("expected", "")))
    return ModelProblem(rule, path, message, f"write {write}" if write else remedy, write)


def _written(loc: tuple[str | int, ...]) -> Path:
    """Drop what pydantic adds to a path: the tags of unions and the mark of a key."""
    return tuple(part for part in loc if not (_is_tag(part) or part == "[key]"))


# ------------------------------------------------------------------ pydantic's own words
def _missing(path: Path, _: dict[str, Any], __: object) -> tuple[str, str, str]:
    return "key-missing", f"{path[-1]} is missing", f"add {path[-1]}:"


def _unknown(loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str]:
    """Tell of an unknown key, with the known one nearest to it where there is one near.

    Of a block that is one of several kinds, a key of the other kinds is told as such.
    """
    key, known = cut(str(loc[-1])), keys_at(model, loc[:-1])
    *_, kind = ("", *(str(each).strip("«»") for each in loc[:-1] if _is_tag(each)))
    if kind in known and loc[-1] in keys_at(model, _written(loc[:-1])):
        others = ", ".join(each for each in known if each != kind)
        return (
            tr("the key '{key}' does not go with {kind}", key=key, kind=kind),
            tr("take it out: {keys} may stand there", keys=others),
        )
    near = get_close_matches(key.lower().replace("-", "_"), known, 1, LIKE)
    remedy = (
        f"write {near[0]}" if near else "take it out, or begin it with x- to keep it as your own"
    )
    return f"the key '{key}' is unknown here", remedy


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a mapping at *path* may have: of the kinds that its tags name."""
    places: list[tuple[str, type[BaseModel]]] = [("", model)]
    for part in path:
        fields = [each.model_fields[part] for _, each in places if part in each.model_fields]
        if fields:
            places = [
                inner for field in fields for inner in _models_in(field.annotation, field.metadata)
            ]
        elif _is_tag(part):
            places = [each for each in places if each[0] == part] or places
    return sorted({name for _, each in places for name in each.model_fields})


def _is_tag(part: str | int) -> bool:
    return isinstance(part, str) and part[:1] == "«"


def _models_in(
    annotation: object, said: Sequence[object] = ()
) -> list[tuple[str, type[BaseModel]]]:
    """Return the models that a field may have, each with the tag that tells it from others."""
    from pydantic import BaseModel, Tag

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        tag = next((each.tag for each in said if isinstance(each, Tag)), "")
        return [(tag, annotation)]
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        return _models_in(inner, said)
    return [model for inner in get_args(annotation) for model in _models_in(inner)]


def _choice(_: Path, context: dict[str, Any], found: object) -> tuple[str, str, str]:
    wanted = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return "choice-unknown", f"found {_found(found)}", f"write one of: {wanted}"


def _event(_: Path, context: dict[str, Any], __: object) -> tuple[str, str, str]:
    wanted = str(context.get("expected_tags", "")).translate(str.maketrans("", "", "'«»"))
    if not wanted:
        return (
            "key-missing",
            "the event does not say what happened",
            "add event:, as {date: 2024-05-14, event: meeting}",
        )
    return (
        "choice-unknown",
        f"the event is {str(context['tag']).strip('«»')!r}",
        f"write one of: {wanted}",
    )


def _shape(wanted: str) -> Callable[[Path, dict[str, Any], object], tuple[str, str, str]]:
    def tell(_: Path, __: dict[str, Any], found: object) -> tuple[str, str, str]:
        return "wrong-shape", f"found {_found(found)} where {wanted} is wanted", f"write {wanted}"

    return tell


def _empty(_: Path, __: dict[str, Any], ___: object) -> tuple[str, str, str]:
    return "text-empty", "the text is empty", "write it, or take the key out"


def _blank(_: Path, __: dict[str, Any], ___: object) -> tuple[str, str, str]:
    return "text-empty", "the text has nothing but blanks", "write it, or take the key out"


def _other(_: Path, __: dict[str, Any], found: object) -> tuple[str, str, str]:
    return "wrong-shape", f"found {_found(found)}", "compare it with the format's description"


_TOLD: dict[str, Callable[[Path, dict[str, Any], object], tuple[str, str, str]]] = {
    "missing": _missing,
    "literal_error": _choice,
    "union_tag_invalid": _event,
    "union_tag_not_found": _event,
    "string_type": _shape("text"),
    "string_too_short": _empty,
    "string_pattern_mismatch": _blank,
    "model_type": _shape("a mapping"),
    "model_attributes_type": _shape("a mapping"),
    "dict_type": _shape("a mapping"),
    "tuple_type": _shape("a list"),
    "list_type": _shape("a list"),
}


def _found(value: object) -> str:
    match value:
        case str():
            return shown(value)
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "nothing"
