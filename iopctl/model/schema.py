"""The format as a JSON Schema: what an editor completes, explains and refuses in a file.

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

Schema: TypeAlias = dict[str, Any]

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


def schema() -> Schema:
    """Return the JSON Schema of an agreement file, with titles and descriptions in Swedish."""
    return {
        "$schema": DIALECT,
        "$id": ID,
        **_block(Agreement),
        "$defs": {each.__name__: _block(each) for each in BLOCKS if each is not Agreement},
    }


def _block(model: type[Strict]) -> Schema:
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


def _described(key: Key, form: Schema) -> Schema:
    """Add to a *form* what is said of its *key*.

    Defaults are told in words: an editor would write those of the keyword `default` into files.
    """
    told: Schema = {"title": key.title, "description": key.description}
    described = {**told, **form}
    if "anyOf" in form:  # an editor shows the text of the alternative that it finds
        described["anyOf"] = [{**told, **each} for each in form["anyOf"]]
    if key.choices:
        described["enumDescriptions"] = [key.choices[each] for each in form["enum"]]
    if key.examples:
        described["examples"] = list(key.examples)
    return described


# ------------------------------------------------------------------ from types to forms
def _form(hint: Any) -> Schema:  # noqa: ANN401 - any type expression
    """Return how a value of a field's type is written."""
    if hint in _FORMS:
        return _FORMS[hint]
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


def _reference(model: type[Strict]) -> Schema:
    return {"$ref": f"#/$defs/{model.__name__}"}


def _list(form: Schema) -> Schema:
    return {"type": "array", "items": form}


def _mapping(key: Schema, form: Schema) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"anyOf": [key, {"type": "string", "pattern": "^x-"}]},
        "patternProperties": OWN_KEYS,
        "additionalProperties": form,
    }


def _event() -> Schema:
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


# ------------------------------------------------------------------ how each value is written
def _text(pattern: str, remedy: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$", "errorMessage": remedy}


def _number(low: int, high: int, remedy: str, kind: str = "number") -> Schema:
    """Return the form of a number, which stands in quotes where it is text to YAML."""
    text = _text(r"-?[0-9]+(?:\.[0-9]+)?", remedy)
    return {**text, "type": [kind, "string"], "minimum": low, "maximum": high}


def _whole(low: int, high: int, remedy: str) -> Schema:
    return _number(low, high, remedy, "integer")


def _year_or(pattern: str, remedy: str) -> Schema:
    """Return the form of a text that may be a year alone, which is a number to YAML."""
    years = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    return {**_text(pattern, remedy), "type": ["string", "integer"], **years}


_YEAR = "(?:199[0-9]|2[01][0-9]{2})"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_DATE = f"(?:{_DAY}|{_MONTH}|{_YEAR})"
_MONTH_DAY = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_PERIOD = f"{_YEAR}-(?:H[12]|T[1-3]|Q[1-4])|{_DATE}(?:/{_DATE})?"

# Without boolean: for its sake an editor would propose true and false for every text.
_TEXT: Schema = {"type": ["string", "number"], "minLength": 1, "errorMessage": "Skriv en text."}
_SLUG: Schema = {
    **_text(
        "[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
        "Skriv små bokstäver a-z, siffror och bindestreck, med en bokstav först.",
    ),
    "maxLength": 64,
}
_SHARE = _number(0, 100, "Skriv procent, som 50 eller 33.33.")

_FORMS: Final[dict[Any, Schema]] = {
    scalars.Text: _TEXT,
    scalars.Slug: _SLUG,
    Handle: _SLUG,
    # One schema for all its shapes rather than alternatives, of which an editor shows each.
    Handles: {**_SLUG, **_list(_SLUG), "type": ["string", "array"]},
    Boards: {
        **_TEXT,
        **_list(_TEXT),
        **_mapping(_TEXT, _SHARE),
        "type": ["string", "number", "array", "object"],
        "errorMessage": "Skriv en nämnd, en lista med nämnder, eller nämnder med procent.",
    },
    Invoicings: {"anyOf": [_reference(Invoicing), _list(_reference(Invoicing))]},
    scalars.Flag: {**_text("true|false", "Skriv true eller false."), "type": ["boolean", "string"]},
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
    scalars.Day: _text(_DAY, "Skriv dagen, som 2024-01-31."),
    scalars.PartialDate: _year_or(_DATE, "Skriv 2024-01-31, 2024-01 eller 2024."),
    scalars.MonthDay: _text(_MONTH_DAY, "Skriv månad och dag, som 03-31."),
    scalars.PeriodText: _year_or(
        _PERIOD, "Skriv 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 eller 2020-01-01/2022-12-31."
    ),
    End: _year_or(f"open|{_DATE}", "Skriv 2025-12-31, eller open för tills vidare."),
    NoticeBy: _year_or(f"{_MONTH_DAY}|{_DATE}", "Skriv 2024-06-30, eller 06-30 för varje år."),
    identifiers.OrgNumber: _text(
        "[0-9]{6}-[0-9]{4}", "Skriv ett organisationsnummer, som 212000-0449."
    ),
    identifiers.Gln: {
        **_whole(0, 9_999_999_999_999, "Skriv 13 siffror, som 7332776000001."),
        "pattern": "^[0-9]{13}$",
    },
    identifiers.PeppolId: _text(
        "[0-9]{4}:[0-9A-Za-z-]{1,50}", "Skriv ett Peppol-id, som 0007:2120000449."
    ),
    identifiers.Bankgiro: _text("[0-9]{3,4}-[0-9]{4}", "Skriv ett bankgironummer, som 160-9908."),
    identifiers.Plusgiro: _text("[0-9]{1,7}-[0-9]", "Skriv ett plusgironummer, som 286543-4."),
    identifiers.Iban: _text(
        "[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", "Skriv IBAN med stora bokstäver och utan mellanslag."
    ),
    identifiers.VatNumber: _text(
        "SE[0-9]{10}01", "Skriv ett momsregistreringsnummer, som SE212000044901."
    ),
}
