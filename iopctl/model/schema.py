"""The format as a JSON Schema: what an editor completes, explains and refuses in a file.

It says which keys there are and how a value is written, not what keys mean together.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from iopctl.model.agreement import Agreement
from iopctl.model.boards import Boards
from iopctl.model.forms import FORMS
from iopctl.model.invoicing import Invoicing, Invoicings
from iopctl.model.log import KINDS, Decision, LoggedEvent
from iopctl.model.parties import Handle, Handles
from iopctl.model.scalars import AnyDate, Name, Percent
from iopctl.model.swedish import BLOCKS

if TYPE_CHECKING:
    from iopctl.model.base import Strict
    from iopctl.model.forms import Form
    from iopctl.model.swedish import Key

# Every yaml-language-server tried (1.14 of 2023 to 1.25 of 2026) reads what stands here of
# 2020-12; draft-07 would not let a key that refers to a block have a text of its own.
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# Relative, so that the schema is whatever file an agreement's first line points to.
ID: Final = "iopctl.schema.json"
OWN_KEY: Final = {
    "title": "Egen nyckel",
    "description": "Nycklar som börjar med x- är dina egna: de behålls och granskas inte.",
}
OWN_KEYS: Final = {"^x-": {"$ref": "#/$defs/OwnKey"}}


def schema() -> Form:
    """Return the JSON Schema of an agreement file, with titles and descriptions in Swedish."""
    return {
        "$schema": DIALECT,
        "$id": ID,
        **_block(Agreement),
        "$defs": {
            **{each.__name__: _block(each) for each in BLOCKS if each is not Agreement},
            "OwnKey": OWN_KEY,
        },
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
    if hint in _FORMS:
        return _FORMS[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _form(inner[0])
    if origin in {Union, UnionType}:
        forms = [_form(each) for each in inner if each is not NoneType]
        return forms[0] if len(forms) == 1 else {"anyOf": forms}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return _list(_form(inner[0]))
    if origin is dict:
        return _mapping(_form(inner[0]), _form(inner[1]))
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
    keys = BLOCKS[Decision].keys
    word = keys["event"]._replace(
        choices={each: BLOCKS[model].description for each, model in KINDS.items()}
    )
    return {
        "title": word.title,
        "description": word.description,
        "type": "object",
        "required": ["date", "event"],
        "properties": {
            "date": _described(keys["date"], FORMS[AnyDate]),
            "event": _described(word, {"enum": list(KINDS)}),
        },
        "allOf": [
            {
                "if": {"properties": {"event": {"const": each}}, "required": ["event"]},
                "then": _reference(model),
            }
            for each, model in KINDS.items()
        ],
    }


_SHARE: Final = {**FORMS[Percent], "errorMessage": "Skriv procent, som 50 eller 33.33."}
_FORMS: Final[dict[Any, Form]] = {
    **FORMS,
    # One schema for all shapes rather than alternatives, of which an editor would show each.
    Handles: {**FORMS[Handle], **_list(FORMS[Handle]), "type": ["string", "array"]},
    Boards: {
        **FORMS[Name],
        **_list(FORMS[Name]),
        **_mapping(FORMS[Name], _SHARE),
        "type": ["string", "number", "array", "object"],
        "errorMessage": "Skriv en nämnd, en lista med nämnder, eller nämnder med procent.",
    },
    Invoicings: {"anyOf": [_reference(Invoicing), _list(_reference(Invoicing))]},
    LoggedEvent: _event(),
}
