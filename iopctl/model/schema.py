"""The format as a JSON Schema: what an editor completes, explains and refuses in a file.

It says how each value may be written, not what keys mean together: that is for the model.
Where the model reads text, a YAML parser may give a number: then both are allowed.
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

from iopctl.model import identifiers, scalars
from iopctl.model.agreement import Agreement
from iopctl.model.economy import Boards
from iopctl.model.invoicing import Invoicing, Invoicings
from iopctl.model.parties import Handle, Handles
from iopctl.model.swedish import BLOCKS
from iopctl.model.validity import End, NoticeBy

if TYPE_CHECKING:
    from iopctl.model.base import Strict
    from iopctl.model.swedish import Key

Schema = dict[str, Any]

FILE: Final = "iopctl.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OWN_KEYS: Final = {
    "^x-": {
        "title": "Egen nyckel",
        "description": "Nycklar som börjar med x- är dina egna: de behålls och granskas inte.",
    }
}


def schema() -> Schema:
    """Return the JSON Schema of an agreement file, its texts in Swedish."""
    return {
        "$schema": DIALECT,
        "$id": FILE,
        **_block(Agreement),
        "$defs": {each.__name__: _block(each) for each in BLOCKS if each is not Agreement},
    }


def _block(model: type[Strict]) -> Schema:
    told = BLOCKS[model]
    hints = get_type_hints(model, include_extras=True)
    return {
        "title": told.title,
        "description": told.description,
        "type": "object",
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "properties": {
            name: _described(_form(hints[name]), told.keys[name]) for name in model.model_fields
        },
        "patternProperties": OWN_KEYS,
        "additionalProperties": False,
    }


def _described(form: Schema, key: Key) -> Schema:
    """Tell of *key* beside its *form*; defaults are told in words, lest an editor write them."""
    described = {"title": key.title, "description": key.description, **form}
    if key.choices:
        described["enumDescriptions"] = [key.choices[each] for each in form["enum"]]
    if key.examples:
        described["examples"] = list(key.examples)
    return described


def _form(hint: Any) -> Schema:  # noqa: ANN401 - any type expression
    """Return how a value of a field's type is written."""
    if hint in _FORMS:
        return _FORMS[hint]
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
            return {"$ref": f"#/$defs/{hint.__name__}"}


def _list(form: Schema) -> Schema:
    return {"type": "array", "items": form}


def _one_or_list(form: Schema) -> Schema:
    return {"anyOf": [form, _list(form)]}


def _mapping(key: Schema, form: Schema) -> Schema:
    names = {"anyOf": [{"pattern": "^x-"}, key]}
    return {
        "type": "object",
        "propertyNames": names,
        "patternProperties": OWN_KEYS,
        "additionalProperties": form,
    }


# ------------------------------------------------------------------ how each value is written
def _written(pattern: str, message: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$", "errorMessage": message}


def _number(low: float, high: float, message: str) -> Schema:
    digits = _written(r"-?[0-9]+(?:\.[0-9]+)?", message)
    return {**digits, "type": ["number", "string"], "minimum": low, "maximum": high}


def _whole(low: int, high: int, message: str) -> Schema:
    return {**_number(low, high, message), "type": ["integer", "string"]}


_YEAR = "(?:199[0-9]|2[01][0-9]{2})"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_ANY_DATE = f"(?:{_DAY}|{_MONTH}|{_YEAR})"
_MONTH_DAY = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_PERIOD = f"{_YEAR}-(?:H[12]|T[1-3]|Q[1-4])|{_ANY_DATE}(?:/{_ANY_DATE})?"

_SLUG = {
    **_written(
        "[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
        "Skriv små bokstäver a-z, siffror och bindestreck, med en bokstav först.",
    ),
    "maxLength": 64,
}
_TEXT = {"type": ["string", "number", "boolean"], "minLength": 1}
_SHARE = _number(0, 100, "Skriv procent, som 50 eller 33.33.")


def _year_or(pattern: str, message: str) -> Schema:
    """Return the form of what may be a year alone, which YAML takes for a number."""
    years = {"minimum": 1990, "maximum": 2199}
    return {**_written(pattern, message), "type": ["string", "integer"], **years}


_FORMS: Final[dict[Any, Schema]] = {
    scalars.Text: _TEXT,
    scalars.Slug: _SLUG,
    Handle: _SLUG,
    Handles: _one_or_list(_SLUG),
    Boards: {"anyOf": [_TEXT, _list(_TEXT), _mapping({}, _SHARE)]},
    scalars.Flag: {
        "type": ["boolean", "string"],
        "pattern": "^(?:true|false)$",
        "errorMessage": "Skriv true eller false.",
    },
    scalars.Kronor: _number(
        0, 9_999_999_999_999, "Skriv kronor utan mellanslag, som 1710000 eller 1710000.50."
    ),
    scalars.Percent: _number(0, 100, "Skriv procent, som 80 eller 2.5."),
    scalars.Rate: _number(-50, 100, "Skriv procent per år, som 2 eller 2.5."),
    scalars.Quantity: _number(0, 999_999_999, "Skriv ett tal, som 400 eller 37.5."),
    scalars.Count: _whole(0, 1_000_000, "Skriv ett heltal."),
    scalars.Length: _whole(1, 600, "Skriv ett antal hela månader."),
    scalars.Years: _whole(1, 50, "Skriv ett antal hela år."),
    scalars.Lag: _whole(0, 10, "Skriv ett antal hela år."),
    scalars.Year: _year_or(_YEAR, "Skriv ett år, som 2024."),
    scalars.Day: _written(_DAY, "Skriv dagen, som 2024-01-31."),
    scalars.PartialDate: _year_or(_ANY_DATE, "Skriv 2024-01-31, 2024-01 eller 2024."),
    scalars.MonthDay: _written(_MONTH_DAY, "Skriv månad och dag, som 03-31."),
    scalars.PeriodText: _year_or(
        _PERIOD, "Skriv 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 eller 2020-01-01/2022-12-31."
    ),
    End: _year_or(f"open|{_ANY_DATE}", "Skriv 2025-12-31, eller open för tills vidare."),
    NoticeBy: _year_or(f"{_MONTH_DAY}|{_ANY_DATE}", "Skriv 2024-06-30, eller 06-30 varje år."),
    identifiers.OrgNumber: _written(
        "[0-9]{6}-[0-9]{4}", "Skriv ett organisationsnummer, som 212000-0449."
    ),
    identifiers.PeppolId: _written(
        "[0-9]{4}:[0-9A-Za-z-]{1,50}", "Skriv ett Peppol-id, som 0007:2120000449."
    ),
    identifiers.Gln: {
        **_written("[0-9]{13}", "Skriv 13 siffror, som 7332776000001."),
        "type": ["integer", "string"],
        "maximum": 9_999_999_999_999,
    },
    identifiers.Bankgiro: _written(
        "[0-9]{3,4}-[0-9]{4}", "Skriv ett bankgironummer, som 160-9908."
    ),
    identifiers.Plusgiro: _written("[0-9]{1,7}-[0-9]", "Skriv ett plusgironummer, som 286543-4."),
    identifiers.Iban: _written(
        "[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", "Skriv IBAN med stora bokstäver och utan mellanslag."
    ),
    identifiers.VatNumber: _written(
        "SE[0-9]{10}01", "Skriv ett momsregistreringsnummer, som SE212000044901."
    ),
}
