"""An editor that reads the schema explains every key, and does not mind what iopctl takes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.model import identifiers, scalars
from iopctl.model.agreement import Agreement
from iopctl.model.base import Strict
from iopctl.model.forms import FORMS
from iopctl.model.schema import schema
from iopctl.model.swedish import BLOCKS
from iopctl.model.validity import End, NoticeBy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import AgreementText, Golden, Run

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("agreements/*.yaml"), *ROOT.glob("tests/fixtures/*.yaml")])
SCHEMA = schema()

# What an editor takes a scalar without quotes for: the core schema of YAML 1.2.
CORE = (
    (r"|~|null|Null|NULL", lambda _: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", lambda text: float(text.replace(".", ""))),
)

every_block = pytest.mark.parametrize("model", BLOCKS, ids=lambda model: model.__name__)


def plain(text: str) -> Any:  # noqa: ANN401 - any scalar
    """Return what an editor takes *text* without quotes for."""
    made = (make(text) for pattern, make in CORE if re.fullmatch(pattern, text))
    return next(made, text)


def in_editor(text: str) -> Any:  # noqa: ANN401 - any data
    """Return the data of a YAML text as an editor sees it; keys are text, as JSON has them."""
    return _data(yaml.compose(text, Loader=yaml.BaseLoader))


def _data(node: yaml.Node | None) -> Any:  # noqa: ANN401 - any data
    match node:
        case yaml.MappingNode():
            return {key.value: _data(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_data(each) for each in node.value]
        case yaml.ScalarNode():
            return node.value if node.style else plain(node.value)
        case _:
            return None


def refused(form: dict[str, Any], data: object) -> set[str]:
    """Return the paths, dots between their parts, at which a form refuses *data*."""
    found = Draft202012Validator({**form, "$defs": SCHEMA["$defs"]}).iter_errors(data)
    return {".".join(map(str, error.absolute_path)) for error in found}


def properties(model: type[Strict]) -> dict[str, dict[str, Any]]:
    """Return the forms of a block's keys."""
    block = SCHEMA if model is Agreement else SCHEMA["$defs"][model.__name__]
    found: dict[str, dict[str, Any]] = block["properties"]
    return found


def models_in(hint: object) -> Iterator[type[Strict]]:
    """Yield the models that a type is made of, and those that these are made of."""
    if isinstance(hint, type) and issubclass(hint, Strict):
        yield hint
        for field in hint.model_fields.values():
            yield from models_in(field.annotation)
    for inner in get_args(hint):
        yield from models_in(inner)


def forms_in(form: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping within a form."""
    if isinstance(form, dict):
        yield form
    parts = form.values() if isinstance(form, dict) else form if isinstance(form, list) else ()
    for part in parts:
        yield from forms_in(part)


# ------------------------------------------------------------------ what is said
def test_every_block_is_described() -> None:
    """What the model is made of has a text, and nothing else has."""
    assert set(models_in(Agreement)) == set(BLOCKS)


@every_block
def test_every_key_is_described_in_the_order_of_the_model(model: type[Strict]) -> None:
    """No key lacks a text, and no text is about a key that is gone."""
    shown = [(key, form["title"], form["description"]) for key, form in properties(model).items()]

    assert shown == [(key, *text[:2]) for key, text in BLOCKS[model].keys.items()]
    assert list(BLOCKS[model].keys) == list(model.model_fields)


@every_block
def test_texts_are_swedish_sentences(model: type[Strict]) -> None:
    """A title is no copy of the key, and a description is whole sentences in Swedish."""
    block = BLOCKS[model]
    titles = {model.__name__: block.title, **{key: each.title for key, each in block.keys.items()}}
    descriptions = [block.description, *(each.description for each in block.keys.values())]
    english = re.compile(r"\b(and|are|from|is|it|of|that|the|to|with)\b", re.IGNORECASE)

    assert [key for key, title in titles.items() if title.casefold() == key.casefold()] == []
    assert [title for title in titles.values() if not re.match("[A-ZÅÄÖ]", title)] == []
    assert [text for text in descriptions if not re.fullmatch(r"[A-ZÅÄÖ0-9].*\.", text)] == []
    assert [text for text in descriptions if english.search(text)] == []


@every_block
def test_every_choice_is_explained(model: type[Strict]) -> None:
    """Each word that a key may have has its own line in the editor's list."""
    chosen = {key: form for key, form in properties(model).items() if "enum" in form}
    shown = {
        key: dict(zip(form["enum"], form["enumDescriptions"], strict=True))
        for key, form in chosen.items()
    }

    assert shown == {key: text.choices for key, text in BLOCKS[model].keys.items() if text.choices}


@every_block
def test_examples_may_be_written(model: type[Strict]) -> None:
    """What an editor proposes is taken by the schema and by the model."""
    for key, text in BLOCKS[model].keys.items():
        field = TypeAdapter(model.model_fields[key].rebuild_annotation())
        for example in text.examples:
            assert refused(properties(model)[key], example) == set(), key
            field.validate_python(example if isinstance(example, list) else str(example))


# ------------------------------------------------------------------ the schema and its file
def test_schema_is_one() -> None:
    """It keeps to its dialect, and each reference leads to a block that is there."""
    references = {form["$ref"] for form in forms_in(SCHEMA) if isinstance(form.get("$ref"), str)}

    Draft202012Validator.check_schema(SCHEMA)
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_file_at_the_root_is_fresh(run: Run, golden: Golden) -> None:
    """What the agreements point to is what the command prints."""
    code, out, err = run("schema")

    assert (code, err) == (0, "")
    golden(ROOT / "iopctl.schema.json", out)


# ------------------------------------------------------------------ what is taken
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_agreements_are_taken(path: Path) -> None:
    """An editor marks nothing in the repository's agreements and in the tests' own."""
    assert refused(SCHEMA, in_editor(path.read_text(encoding="utf-8"))) == set()


TAKEN = [
    "title: 2024",
    "dnr: 17",
    "area: no",
    "x-eget: {vad: [som, helst, 1, true, null]}",
    "validity: {start: 2024, end: 2025}",
    "validity: {signed: 2018-06, start: 2018-09-01, end: open, notice_by: 06-30}",
    "validity: {start: '2024-01-01', years: '2'}",
    "legal: {market: no, state_aid: {basis: none}}",
    "volume: [{unit: platser, target: 37.5}]",
    "log: [{date: 2024, event: report, year: 2023, outcome: {deltagare: 66, x-eget: många}}]",
    "log: [{date: 2024-02-01, event: invoice, number: 1001, period: 2024, amount: 1710000.50}]",
    "invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, gln: 7332776000001}",
    "invoicing: [{seller: foreningen, buyer: kommunen, reference: 150, payment_days: '30'}]",
    "economy: {index: unspecified, contributions: []}",
    "economy: {contributions: [{party: kommunen, amount: '450000', indexed: 'false'}]}",
    "economy: {contributions: [{party: [kommunen, foreningen], board: 3}]}",
    "economy: {contributions: [{party: kommunen, board: {A: 33.33, B: 66.67}}]}",
    "economy: {contributions: [{party: kommunen, by_year: {2024: 1, x-2025: inget}}]}",
]


@pytest.mark.parametrize("block", TAKEN)
def test_what_iopctl_takes_the_schema_takes(block: str, agreement_text: AgreementText) -> None:
    """A number where iopctl reads text, or quotes around a number, disturb no editor."""
    text = agreement_text(block)

    assert document(Input("exempel-2024.yaml", text.encode())).diagnostics == ()
    assert refused(SCHEMA, in_editor(text)) == set()


# ------------------------------------------------------------------ what is refused
REFUSED = {
    "id: Språkvänner 2024": "id",
    "id: 2024": "id",
    "titel: IOP Exemplet": "",
    "title: ''": "title",
    "kind: IOP": "kind",
    "status: active": "status",
    "tags: Arbetsmarknad": "tags",
    "parties: {kommunen: {role: offentlig, name: Exempels kommun}}": "parties.kommunen.role",
    "parties: {kommunen: {name: Exempels kommun}}": "parties.kommunen",
    "parties: {Kommunen: {role: public, name: Exempels kommun}}": "parties",
    "parties: {k: {role: public, name: K, org_number: 2120000449}}": "parties.k.org_number",
    "parties: {k: {role: public, name: K, gln: 73327760000010}}": "parties.k.gln",
    "parties: {k: {role: public, name: K, peppol_id: SE2120000449}}": "parties.k.peppol_id",
    "parties: {k: {role: public, name: K, bankgiro: 1609908}}": "parties.k.bankgiro",
    "parties: {k: {role: public, name: K, f_tax: ja}}": "parties.k.f_tax",
    "validity: {start: 20240101}": "validity.start",
    "validity: {start: 2024-13-01}": "validity.start",
    "validity: {end: tills vidare}": "validity.end",
    "validity: {years: 51}": "validity.years",
    "validity: {months: 6 månader}": "validity.months",
    "validity: {extension: {years: 2}}": "validity.extension",
    "validity: {notice_by: 30/6}": "validity.notice_by",
    "economy: {}": "economy",
    "economy: {index: {percent: 2 %}, contributions: []}": "economy.index",
    "economy: {index: kpi, contributions: []}": "economy.index",
    "economy: {base_year: 24, contributions: []}": "economy.base_year",
    "economy: {contributions: {party: kommunen}}": "economy.contributions",
    "economy: {contributions: [{amount: 450000}]}": "economy.contributions.0",
    "economy: {contributions: [{party: kommunen, amont: 1}]}": "economy.contributions.0",
    "economy: {contributions: [{party: kommunen, amount: 450 000}]}": (
        "economy.contributions.0.amount"
    ),
    "economy: {contributions: [{party: kommunen, amount: -1}]}": "economy.contributions.0.amount",
    "economy: {contributions: [{party: kommunen, by_year: {24: 1}}]}": (
        "economy.contributions.0.by_year"
    ),
    "economy: {contributions: [{party: kommunen, board: {A: hälften}}]}": (
        "economy.contributions.0.board.A"
    ),
    "invoicing: {seller: foreningen}": "invoicing",
    "invoicing: {seller: foreningen, buyer: kommunen, interval: årligen}": "invoicing",
    "follow_up: {report_due: 31 mars}": "follow_up.report_due",
    "follow_up: {settled_until: 2023}": "follow_up.settled_until",
    "log: {}": "log",
    "log: [{date: 2024-05-14}]": "log.0",
    "log: [{event: meeting}]": "log.0",
    "log: [{date: 2024-05-14, event: möte}]": "log.0.event",
    "log: [{date: 2024-05-14, event: meeting, number: 1}]": "log.0",
    "log: [{date: 2024-05-14, event: report, period: våren}]": "log.0.period",
}


@pytest.mark.parametrize("block", REFUSED)
def test_what_the_schema_refuses_iopctl_refuses(block: str, agreement_text: AgreementText) -> None:
    """What can be seen to be wrong in one place is marked there, and iopctl agrees."""
    text = agreement_text(block)

    assert REFUSED[block] in refused(SCHEMA, in_editor(text))
    assert document(Input("exempel-2024.yaml", text.encode())).agreement is None


# ------------------------------------------------------------------ scalars, one by one
BOUNDS: dict[str, tuple[Any, str, str, str, str]] = {
    "Kronor": (scalars.Kronor, "0", "9999999999999", "-1", "10000000000000"),
    "Percent": (scalars.Percent, "0", "100", "-1", "101"),
    "Rate": (scalars.Rate, "-50", "100", "-51", "101"),
    "Quantity": (scalars.Quantity, "0", "999999999", "-1", "1000000000"),
    "Count": (scalars.Count, "0", "1000000", "-1", "1000001"),
    "PaymentDays": (scalars.PaymentDays, "0", "365", "-1", "366"),
    "Length": (scalars.Length, "1", "600", "0", "601"),
    "Years": (scalars.Years, "1", "50", "0", "51"),
    "Lag": (scalars.Lag, "0", "10", "-1", "11"),
    "Year": (scalars.Year, "1990", "2199", "1989", "2200"),
    "PartialDate": (scalars.PartialDate, "1990", "2199-12-31", "1989-12-31", "2200-01-01"),
    "PeriodText": (scalars.PeriodText, "1990-Q1", "2199-T3", "2024-T4", "2024-H3"),
    "End": (End, "1990", "2199", "1989", "2200"),
    "Gln": (identifiers.Gln, "0000000000000", "7332776000001", "-1", "73327760000010"),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_bounds_are_those_of_the_model(name: str) -> None:
    """The least and the greatest value are taken by both, those beyond by neither."""
    kind, low, high, below, above = BOUNDS[name]
    read = TypeAdapter(kind).validate_python

    for text in (low, high):
        read(text)
        assert refused(FORMS[kind], plain(text)) == set()
    for text in (below, above):
        with pytest.raises(ValidationError):
            read(text)
        assert refused(FORMS[kind], plain(text)) == {""}


DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31)).map(str)
DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from((4, 7, 10)))
PARTS = st.from_regex(r"20[0-9]{2}-(H[12]|T[1-3]|Q[1-4])", fullmatch=True)
SEEN = st.characters(categories=["L", "N", "P", "Zs"])
READ: dict[str, tuple[Any, st.SearchStrategy[str]]] = {
    "Kronor": (scalars.Kronor, st.from_regex(r"(0|[1-9][0-9]{0,12})(\.[0-9]{2})?", fullmatch=True)),
    "Percent": (scalars.Percent, st.from_regex(r"[1-9]?[0-9](\.[0-9]{1,4})?", fullmatch=True)),
    "Rate": (scalars.Rate, st.from_regex(r"-?[1-4]?[0-9](\.[0-9]{1,4})?", fullmatch=True)),
    "Quantity": (
        scalars.Quantity,
        st.from_regex(r"[1-9][0-9]{0,7}(\.[0-9]{1,4})?", fullmatch=True),
    ),
    "Slug": (scalars.Slug, st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)),
    "Flag": (scalars.Flag, st.sampled_from(("true", "false"))),
    "Text": (scalars.Text, st.text(SEEN, min_size=1)),
    "Day": (scalars.Day, DAYS),
    "PartialDate": (scalars.PartialDate, DATES),
    "PeriodText": (scalars.PeriodText, DATES | PARTS | DATES.map(lambda first: f"{first}/2199")),
    "MonthDay": (
        scalars.MonthDay,
        DAYS.map(lambda day: day[5:]).filter(lambda day: day != "02-29"),
    ),
    "End": (End, DATES | st.just("open")),
    "NoticeBy": (NoticeBy, DATES),
}


@pytest.mark.parametrize("name", READ)
@given(data=st.data())
def test_what_the_model_reads_its_form_takes(name: str, data: st.DataObject) -> None:
    """With quotes or without, what the model reads is taken; words such as true need quotes."""
    kind, texts = READ[name]
    text = data.draw(texts)
    assume(name == "Flag" or not isinstance(plain(text), bool | None))

    TypeAdapter(kind).validate_python(text)
    assert refused(FORMS[kind], text) == refused(FORMS[kind], plain(text)) == set()
