"""What pydantic found wrong, told in the words of the file: rule, path, message and remedy."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.language import marked, tr
from iopctl.model.choices import meant
from iopctl.model.scalars import cut, described
from iopctl.model.shape import blocks_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from iopctl.source import Path


_OWN_KEY: Final = marked("take it out, or begin it with x- to keep it as your own")
_ONE_OF: Final = marked("write one of: {known}")
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
    if details["type"] == "union_tag_invalid":
        path, write = (*path, "event"), meant(_tag(context), _tags(context))
    else:
        write = meant(details.get("input"), str(context.get("expected", "")))
    remedy = tr("write {wanted}", wanted=write) if write else remedy
    return ModelProblem(rule, path, message, remedy, write)


def _written(loc: tuple[str | int, ...]) -> Path:
    """Drop what pydantic adds to a path: the tags of unions and the mark of a key."""
    return tuple(part for part in loc if not (_is_tag(part) or part == "[key]"))


# ------------------------------------------------------------------ pydantic's own words
def _missing(path: Path, _: dict[str, Any], __: object) -> tuple[str, str, str]:
    key = path[-1]
    return "key-missing", tr("{key} is missing", key=key), tr("add {key}:", key=key)


def _unknown(loc: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str, str | None]:
    """Tell of an unknown key: the one that it means in Swedish, else the one nearest to it.

    Of a block that is one of several kinds, a key of the other kinds is told as such.
    """
    from iopctl.model.swedish.words import key_meant

    key, known = cut(str(loc[-1])), keys_at(model, loc[:-1])
    *_, kind = ("", *(str(each).strip("«»") for each in loc[:-1] if _is_tag(each)))
    if kind in known and loc[-1] in keys_at(model, _written(loc[:-1])):
        others = ", ".join(each for each in known if each != kind)
        return (
            tr("the key '{key}' does not go with {kind}", key=key, kind=kind),
            tr("take it out: {keys} may stand there", keys=others),
            None,
        )
    told = tr("the key '{key}' is unknown here", key=key)
    if meant_key := key_meant(key, _places(model, loc[:-1])):
        return told, tr("write {wanted}", wanted=meant_key), meant_key
    near = get_close_matches(key.lower().replace("-", "_"), known, 1, LIKE)
    return told, tr("write {wanted}", wanted=near[0]) if near else tr(_OWN_KEY), None


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a mapping at *path* may have: of the kinds that its tags name."""
    return sorted({name for each in _places(model, path) for name in each.model_fields})


def _places(model: type[BaseModel], path: Path) -> list[type[BaseModel]]:
    """Return the blocks that a mapping at *path* may be."""
    places: list[tuple[str, type[BaseModel]]] = [("", model)]
    for part in path:
        fields = [each.model_fields[part] for _, each in places if part in each.model_fields]
        if fields:
            places = [
                inner for field in fields for inner in blocks_in(field.annotation, field.metadata)
            ]
        elif _is_tag(part):
            places = [each for each in places if each[0] == part] or places
    return [each for _, each in places]


def _is_tag(part: str | int) -> bool:
    return isinstance(part, str) and part[:1] == "«"


def _choice(_: Path, context: dict[str, Any], found: object) -> tuple[str, str, str]:
    wanted = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return "choice-unknown", tr("found {found}", found=described(found)), tr(_ONE_OF, known=wanted)


def _tag(context: dict[str, Any]) -> str:
    """Return the word that an event has for what happened."""
    return str(context["tag"]).strip("«»")


def _tags(context: dict[str, Any]) -> str:
    """Return the words that it may have, in quotes; none where it has no word."""
    return str(context.get("expected_tags", "")).translate(str.maketrans("", "", "«»"))


def _event(_: Path, context: dict[str, Any], __: object) -> tuple[str, str, str]:
    wanted = _tags(context).replace("'", "")
    if not wanted:
        return (
            "key-missing",
            tr("the event does not say what happened"),
            tr("add event:, as {date: 2024-05-14, event: meeting}"),
        )
    return (
        "choice-unknown",
        tr("the event is {event}", event=repr(_tag(context))),
        tr(_ONE_OF, known=wanted),
    )


def _shape(wanted: str) -> Callable[[Path, dict[str, Any], object], tuple[str, str, str]]:
    def tell(_: Path, __: dict[str, Any], found: object) -> tuple[str, str, str]:
        message = tr(
            "found {found} where {wanted} is wanted", found=described(found), wanted=tr(wanted)
        )
        return "wrong-shape", message, tr("write {wanted}", wanted=tr(wanted))

    return tell


def _by_key(path: Path, _: dict[str, Any], found: object) -> tuple[str, str, str]:
    """Tell what a key wants that has a value for each year, party or unit, by an example."""
    example = _EXAMPLES.get(str(path[-1]) if path else "")
    if example is None:
        return _shape("a mapping")(path, _, found)
    key, value = example
    number = str(found) if str(found).replace(".", "", 1).isdigit() else value
    return (
        "wrong-shape",
        tr("found {found}, which does not say {of}", found=described(found), of=tr(_OF[key])),
        tr("write {wanted}", wanted=f"{path[-1]}: {{{key}: {number}}}"),
    )


_OF: Final = {
    "2024": marked("of which year"),
    "kommunen": marked("of which party"),
    "deltagare": marked("of what"),
}
_EXAMPLES: Final = {
    "inhabitants": ("2024", "32150"),
    "by_year": ("2024", "500000"),
    "units_by_year": ("2024", "32150"),
    "steps": ("2024", "2.5"),
    "by_party": ("kommunen", "500000"),
    "period_by_party": ("kommunen", "500000"),
    "outcome": ("deltagare", "66"),
}


def _empty(_: Path, __: dict[str, Any], ___: object) -> tuple[str, str, str]:
    return "text-empty", tr("the text is empty"), tr("write it, or take the key out")


def _blank(_: Path, __: dict[str, Any], ___: object) -> tuple[str, str, str]:
    return "text-empty", tr("the text has nothing but blanks"), tr("write it, or take the key out")


def _other(_: Path, __: dict[str, Any], found: object) -> tuple[str, str, str]:
    remedy = tr("compare it with the format's description")
    return "wrong-shape", tr("found {found}", found=described(found)), remedy


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
    "dict_type": _by_key,
    "tuple_type": _shape("a list"),
    "list_type": _shape("a list"),
}
