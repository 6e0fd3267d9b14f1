"""What a block of the model states, field by field, as people read it: derived, none forgotten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from iopctl.case.payers import jointly
from iopctl.dates import MONTHS_A_YEAR, Period
from iopctl.language import counted, current, marked, tr
from iopctl.localised import month_name
from iopctl.model.agreement import Agreement
from iopctl.model.base import Strict
from iopctl.model.economy import Economy
from iopctl.model.follow_up import Every
from iopctl.model.index import BaseNumberIndex, SeriesIndex, WeightedSeries
from iopctl.model.invoicing import Invoicing
from iopctl.model.parties import Handle, Party
from iopctl.model.scalars import Kronor, Percent, Rate
from iopctl.model.validity import Validity
from iopctl.money import kronor, point

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

# What English calls a field otherwise than its key does; Swedish has the schema's titles.
_ENGLISH: Final[dict[tuple[type[Strict], str], str]] = {
    (Agreement, "dnr"): "reference number",
    (Party, "org_number"): "number",
    (Party, "board"): "committee",
    (Party, "peppol_id"): "Peppol-ID",
    (Party, "gln"): "GLN",
    (Party, "iban"): "IBAN",
    (Party, "vat_number"): "VAT number",
    (Party, "f_tax"): "F-tax",
    (Validity, "notice_months"): "notice",
    (Economy, "label"): "the money is called",
    (Economy, "unspent"): "money left over",
    (Invoicing, "seller"): "from",
    (Invoicing, "buyer"): "to",
    (Invoicing, "board"): "committee",
    (Invoicing, "recipient"): "address",
    (Invoicing, "reference"): "Referenskod",
    (Invoicing, "marking"): "Märkning",
    (Invoicing, "label"): "Ange",
    (Invoicing, "payment_days"): "to be paid within",
    (Invoicing, "vat"): "VAT",
    (Invoicing, "e_invoice"): "e-invoice",
    (Invoicing, "peppol_id"): "Peppol-ID",
    (Invoicing, "gln"): "GLN",
}
_NAMES: Final = ("GLN", "IBAN", "Peppol")  # what Swedish writes with a capital, in a line as well
_PER_YEAR: Final = "procent per år"
_NOTHING: Final[tuple[object, ...]] = (None, (), {})


FieldName: TypeAlias = tuple[type[Strict], str]


class PageFact(NamedTuple):
    """What a file states under a key: the key's *name*, what people call it, and the value."""

    name: str
    label: str
    value: str


def facts(block: Strict, names: Mapping[str, str], but: Container[str] = ()) -> Iterator[PageFact]:
    """Yield what *block* states, in the order of the model; *names* are the parties' by handle.

    What is left to a default is not stated, and keys in *but* are told elsewhere.
    """
    model = type(block)
    for name, kind in _kinds(model).items():
        value = getattr(block, name)
        if name in block.model_fields_set and name not in but and value not in _NOTHING:
            yield PageFact(name, label(model, name), told(value, kind, names, (model, name)))


def fact(block: Strict, name: str) -> str:
    """Return what *block* states under one key, parties by their handles; "" where nothing."""
    model, value = type(block), getattr(block, name)
    if name not in block.model_fields_set or value in _NOTHING:
        return ""
    return told(value, _kinds(model)[name], {}, (model, name))


def label(model: type[Strict], name: str) -> str:
    """Return what a field is called: in Swedish as the schema has it."""
    if current() == "sv":
        from iopctl.model.swedish import BLOCKS

        title = BLOCKS[model].keys[name].title
        if (model, name) in _UNITS:  # the value has its unit
            title = title.removesuffix(" i dagar")
        return _in_line(title)
    return _ENGLISH.get((model, name), name.replace("_per_", " a ").replace("_", " "))


def told(value: object, kind: str, names: Mapping[str, str], field: FieldName) -> str:
    """Return a *value* of some *kind* as people read it."""
    match value:
        case Strict():
            return ", ".join(map(_stated, facts(value, names)))
        case dict():
            return _mapping(value, kind, names, field)
        case Period():
            return value.text
        case Every():
            return often(value)
        case (int() as month, int() as day):
            return day_of_year(month, day)
        case tuple() if kind == "handle":
            return jointly([names.get(each, each) for each in value])
        case tuple():
            between = "; " if any(isinstance(each, Strict) for each in value) else ", "
            return between.join(told(each, kind, names, field) for each in value)
        case _:
            return _plain(value, kind, names, field)


def day_of_year(month: int, day: int) -> str:
    """Return a day of every year: as the file has it, in Swedish as `1 maj`."""
    if current() == "sv":
        return f"{day} {month_name(month)}"
    return f"{month:02}-{day:02}"


def often(every: Every) -> str:
    """Return how often something comes back."""
    if every.text in _OFTEN:
        return tr(_OFTEN[every.text])
    return counted("every year", "every {number} years", every.months // MONTHS_A_YEAR)


_OFTEN: Final = {
    "month": marked("every month"),
    "quarter": marked("every quarter"),
    "tertial": marked("every tertial"),
    "half_year": marked("every half-year"),
    "year": marked("every year"),
}


def length(number: int) -> str:
    """Return a number of months, in years where they are whole."""
    if number % MONTHS_A_YEAR:
        return counted("{number} month", "{number} months", number)
    return counted("{number} year", "{number} years", number // MONTHS_A_YEAR)


def _stated(fact: PageFact) -> str:
    """Return a field and its value; in Swedish a percentage says itself that it is one."""
    if fact.label == _PER_YEAR:
        return f"{fact.value} {fact.label.removeprefix('procent ')}"
    return f"{fact.label} {fact.value}"


def _word(value: str, kind: str, names: Mapping[str, str], field: FieldName) -> str:
    if kind == "choice":
        return _choice(value, field)
    return names.get(value, value) if kind == "handle" else value


def _plain(value: object, kind: str, names: Mapping[str, str], field: FieldName) -> str:
    """Return a word, a flag, a number or a day."""
    if isinstance(value, str):
        return _word(value, kind, names, field)
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Decimal):
        return _number(value, kind)
    if isinstance(value, int) and field in _UNITS:
        return _UNITS[field](value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _mapping(
    value: Mapping[Any, object], kind: str, names: Mapping[str, str], field: FieldName
) -> str:
    pairs = ((names.get(key, key), told(each, kind, names, field)) for key, each in value.items())
    return ", ".join(f"{key}: {each}" for key, each in pairs)


def _number(value: Decimal, kind: str) -> str:
    if kind == "kronor":
        return f"{kronor(value)} kr"
    told = str(value).replace(".", point())
    return f"{told} %" if kind == "percent" else told


def _days(number: int) -> str:
    return counted("{number} day", "{number} days", number)


def _years(number: int) -> str:
    return counted("{number} year", "{number} years", number)


_UNITS: Final[Mapping[FieldName, Callable[[int], str]]] = {
    (Validity, "notice_months"): length,
    (Invoicing, "payment_days"): _days,
    (SeriesIndex, "lag_years"): _years,
    (BaseNumberIndex, "lag_years"): _years,
    (WeightedSeries, "lag_years"): _years,
}


def _choice(word: str, field: FieldName) -> str:
    """Return a word of the format; in Swedish the one for it, else what it means."""
    if current() == "sv" and tr(word) == word:
        from iopctl.model.swedish import BLOCKS

        model, name = field
        meanings = BLOCKS[model].keys[name].choices or {}
        return _in_line(meanings.get(word, word).removesuffix("."))
    return tr(word)


def _in_line(title: str) -> str:
    """Return a Swedish *title* as it stands within a line."""
    return title if title.startswith(_NAMES) else title[0].lower() + title[1:]


# ------------------------------------------------------------------ the kinds of fields
@cache
def _kinds(model: type[Strict]) -> dict[str, str]:
    """Return what the values of each field are: kronor, percent, handles, choices, or others."""
    hints = get_type_hints(model, include_extras=True)
    return {name: _kind(hints[name]) for name in model.model_fields}


_OF_TYPES: Final = {Kronor: "kronor", Percent: "percent", Rate: "percent", Handle: "handle"}


def _kind(hint: Any) -> str:  # noqa: ANN401 - any type expression
    """Return the first kind that is found in a type."""
    if hint in _OF_TYPES:
        return _OF_TYPES[hint]
    if get_origin(hint) is Literal:
        return "choice"
    if get_origin(hint) is dict:  # its keys are told as they are
        return _kind(get_args(hint)[1])
    return next((kind for each in get_args(hint) if (kind := _kind(each))), "")
