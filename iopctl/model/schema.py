"""The format as a JSON Form: what an editor completes, explains and refuses in a file.

It says how each value may be written, not what keys mean together: that is for the model.
Where the model reads text, a YAML parser may see a number: then both are allowed.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from iopctl.dates import FIRST_YEAR, LAST_YEAR
from iopctl.model import identifiers, scalars
from iopctl.model.agreement import Agreement
from iopctl.model.economy import Boards
from iopctl.model.invoicing import Invoicing, Invoicings
from iopctl.model.log import LoggedEvent
from iopctl.model.parties import Handle, Handles
from iopctl.model.swedish import BLOCKS
from iopctl.model.validity import End, NoticeBy

if TYPE_CHECKING:
    from iopctl.model.base import Strict
    from iopctl.model.swedish import Key

# Every yaml-language-server tried (1.14 of 2023 to 1.25 of 2026) reads what stands here of
# 2020-12; draft-07 would not let a key that refers to a block have a text of its own.
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# Relative, so that the schema is whatever file an agreement's first line points to.
ID: Final = "iopctl.schema.json"
OWN_KEYS: Final = {
    "^x-": {
        "title": "Egen nyckel",
        "description": "Nycklar som börjar med x- är dina egna: de behålls och granskas inte.",
    }
}


def schema() -> Form:
    """Return the JSON Form of an agreement file, with titles and descriptions in Swedish."""
    return {
        "$schema": DIALECT,
        "$id": ID,
        **_block(Agreement),
        "$defs": {each.__name__: _block(each) for each in BLOCKS if each is not Agreement},
    }


def _block(model: type[Strict]) -> Form:
    block = BLOCKS[model]
    hints = get_type_hints(model, include_extras=True)
    return {
        "title": block.title,
        "description": block.description,
        "type": "object",
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "properties": {
            name: _described(block.keys[name], _form(hints[name])) for name in model.model_fields
        },
        "patternProperties": OWN_KEYS,
        "additionalProperties": False,
    }


def _described(key: Key, form: Form) -> Form:
    """Add to a *form* what is said of its *key*.

    Defaults are told in words: an editor would write those of the keyword `default` into files.
    """
    told: Form = {"title": key.title, "description": key.description}
    described = {**told, **form}
    if "anyOf" in form:  # an editor shows the text of the alternative that it finds
        described["anyOf"] = [{**told, **each} for each in form["anyOf"]]
    if key.choices:
        described["enumDescriptions"] = [key.choices[each] for each in form["enum"]]
    if key.examples:
        described["examples"] = list(key.examples)
    return described


# ------------------------------------------------------------------ from types to forms
def _form(hint: Any) -> Form:  # noqa: ANN401 - any type expression
    """Return how a value of a field's type is written."""
    if hint in FORMS:
        return FORMS[hint]
    if hint == LoggedEvent:
        return _event()
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            return _form(inner[0])
        case origin if origin in {Union, UnionType}:
            forms = [_form(each) for each in inner if each is not NoneType]
            return forms[0] if len(forms) == 1 else {"anyOf": forms}
        case origin if origin is Literal:
            return {"enum": list(inner)}
        case origin if origin is tuple:
            return _list(_form(inner[0]))
        case origin if origin is dict:
            return _mapping(_form(inner[0]), _form(inner[1]))
        case _:
            return _reference(hint)


def _reference(model: type[Strict]) -> Form:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _list(form: Form) -> Form:
    return {"type": "array", "items": form}


def _mapping(key: Form, form: Form) -> Form:
    return {
        "type": "object",
        "propertyNames": {"anyOf": [key, {"type": "string", "pattern": "^x-"}]},
        "patternProperties": OWN_KEYS,
        "additionalProperties": form,
    }


def _event() -> Form:
    """Return the form of an event of the log: its word says which block it is."""
    models = [get_args(each)[0] for each in get_args(get_args(LoggedEvent)[0])]
    words = {get_args(each.model_fields["event"].annotation)[0]: each for each in models}
    keys = BLOCKS[models[0]].keys
    word = keys["event"]._replace(
        choices={each: BLOCKS[model].description for each, model in words.items()}
    )
    return {
        "title": word.title,
        "description": word.description,
        "type": "object",
        "required": ["date", "event"],
        "properties": {
            "date": _described(keys["date"], _form(scalars.PartialDate)),
            "event": _described(word, {"enum": list(words)}),
        },
        "allOf": [
            {
                "if": {"properties": {"event": {"const": each}}, "required": ["event"]},
                "then": _reference(model),
            }
            for each, model in words.items()
        ],
    }


_COMPOSED: Final[dict[Any, Form]] = {
    # One schema for all its shapes rather than alternatives, of which an editor shows each.
    Handles: {**SLUG, **_list(SLUG), "type": ["string", "array"]},
    Boards: {
        **TEXT,
        **_list(TEXT),
        **_mapping(TEXT, SHARE),
        "type": ["string", "number", "array", "object"],
        "errorMessage": "Skriv en nämnd, en lista med nämnder, eller nämnder med procent.",
    },
    Invoicings: {"anyOf": [_reference(Invoicing), _list(_reference(Invoicing))]},
}
