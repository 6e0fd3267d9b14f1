"""How each kind of value is written, as JSON Schema: its types, bounds, pattern and remedy.

Where the model reads text, a YAML parser may see a number: then both are allowed.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from iopctl.dates import FIRST_YEAR, LAST_YEAR
from iopctl.model import identifiers, scalars
from iopctl.model.follow_up import AnyEvery, Dues
from iopctl.model.parties import Handle
from iopctl.model.validity import End, NoticeBy

Form: TypeAlias = dict[str, Any]


def _text(pattern: str, remedy: str) -> Form:
    return {"type": "string", "pattern": f"^(?:{pattern})$", "errorMessage": remedy}


def _number(low: int, high: int, remedy: str) -> Form:
    """Return the form of a number, which may stand in quotes and so be text to YAML."""
    text = _text(r"-?[0-9]+(?:\.[0-9]+)?", remedy)
    return {**text, "type": ["number", "string"], "minimum": low, "maximum": high}


def _whole(low: int, high: int, remedy: str) -> Form:
    return {**_number(low, high, remedy), "type": ["integer", "string"]}


def _year_or(pattern: str, remedy: str) -> Form:
    """Return the form of a text that may be a year alone, which is a number to YAML."""
    years = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    return {**_text(pattern, remedy), "type": ["string", "integer"], **years}


_YEAR = "(?:199[0-9]|2[01][0-9]{2})"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_DAY = f"{_MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
_DATE = f"(?:{_DAY}|{_MONTH}|{_YEAR})"
_MONTH_DAY = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DUE = f"{_MONTH_DAY}|{_DATE}"
_DUE_REMEDY = "Skriv 2024-06-30, 06-30 för varje år, eller flera sådana i en lista."
_PERIOD = f"{_YEAR}-(?:H[12]|T[1-3]|Q[1-4])|{_DATE}(?:/{_DATE})?"

_SLUG = {
    **_text(
        "[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
        "Skriv små bokstäver a-z, siffror och bindestreck, med en bokstav först.",
    ),
    "maxLength": 64,
}

_SHORT: Final[Form] = {
    "type": ["string", "number"],
    "minLength": 1,
    "maxLength": scalars.LONGEST_NAME,
    "pattern": r"\S",
    "errorMessage": "Skriv en text av högst 1 000 tecken.",
}

FORMS: Final[dict[Any, Form]] = {
    # Without boolean: for its sake an editor would propose true and false for every text.
    scalars.Text: {
        "type": ["string", "number"],
        "minLength": 1,
        "pattern": r"\S",
        "errorMessage": "Skriv en text.",
    },
    scalars.Name: _SHORT,
    scalars.Title: _SHORT,
    scalars.Words: {
        "type": "string",
        "minLength": 1,
        "pattern": r"\S",
        "errorMessage": "Skriv det med ord.",
    },
    scalars.Slug: _SLUG,
    Handle: _SLUG,
    scalars.Flag: {**_text("true|false", "Skriv true eller false."), "type": ["boolean", "string"]},
    scalars.Kronor: _number(
        0, int(scalars.MOST_KRONOR), "Skriv kronor utan mellanslag, som 1710000 eller 1710000.50."
    ),
    scalars.Percent: _number(0, 100, "Skriv procent, som 80 eller 2.5."),
    scalars.Rate: _number(-50, 100, "Skriv procent per år, som 2 eller 2.5."),
    scalars.IndexLevel: _number(-1_000_000, 9_999_999, "Skriv ett tal, som 101.2."),
    scalars.Quantity: _number(0, 999_999_999, "Skriv ett tal, som 400 eller 37.5."),
    scalars.Count: _whole(0, 1_000_000, "Skriv ett heltal."),
    scalars.PaymentDays: _whole(0, 365, "Skriv ett antal dagar, högst ett år."),
    scalars.Inhabitants: _whole(1, 20_000_000, "Skriv ett heltal."),
    scalars.Members: _whole(1, 1_000_000, "Skriv ett heltal."),
    scalars.Length: _whole(1, 600, "Skriv ett antal hela månader."),
    scalars.Years: _whole(1, 50, "Skriv ett antal hela år."),
    scalars.Lag: _whole(0, 10, "Skriv ett antal hela år."),
    scalars.Month: _whole(1, 12, "Skriv månadens nummer, 1 till 12."),
    scalars.IndexPeriod: _year_or(
        f"{_MONTH}|{_YEAR}", "Skriv ett år som 2024, eller en månad som 2024-10."
    ),
    scalars.Year: _year_or(_YEAR, "Skriv ett år, som 2024."),
    scalars.Day: _text(_DAY, "Skriv dagen, som 2024-01-31."),
    scalars.PartialDate: _year_or(_DATE, "Skriv 2024-01-31, 2024-01 eller 2024."),
    scalars.AnyDate: _year_or(
        f"unknown|{_DATE}", "Skriv 2024-01-31, 2024-01, 2024, eller unknown när det inte är känt."
    ),
    scalars.MonthDay: _text(_MONTH_DAY, "Skriv månad och dag, som 03-31."),
    scalars.PeriodText: _year_or(
        _PERIOD, "Skriv 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 eller 2020-01-01/2022-12-31."
    ),
    End: _year_or(f"open|{_DATE}", "Skriv 2025-12-31, eller open för tills vidare."),
    AnyEvery: _text(
        "month|quarter|tertial|half_year|year|(?:[1-9]|[1-4][0-9]|50) years",
        "Skriv month, quarter, tertial, half_year, year eller ett antal år, som 3 years.",
    ),
    # One schema for a day and a list of days, as for parties.
    Dues: {
        **_year_or(_DUE, _DUE_REMEDY),
        "type": ["string", "integer", "array"],
        "items": _year_or(_DUE, _DUE_REMEDY),
    },
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
