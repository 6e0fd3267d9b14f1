"""One agreement on a page: all that its file states is on it, in every format."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from iopctl import language
from iopctl.language import spoken
from iopctl.listings import facts
from iopctl.listings.page import page
from iopctl.model.base import Strict
from iopctl.model.follow_up import Every, Undertaking
from iopctl.model.swedish import BLOCKS
from iopctl.output import TableFormat, rendered_page
from iopctl.output.terminal import PIPE
from iopctl.source import read
from tests.test_budget import case_of
from tests.test_format_docs import EXAMPLES, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.events import Value
    from iopctl.tables import Table
    from tests.conftest import AgreementText

TESTS: Final = Path(__file__).parent
FILES: Final = sorted(
    [*(TESTS / "fixtures").glob("*.yaml"), *(TESTS.parent / "agreements").glob("*.yaml")]
)
LATER: Final = date(2199, 12, 31)
WORDS: Final = {
    "true": "yes",
    "false": "no",
    "option_declined": "option declined",
    "places": "at a time",
    "per_year": "a year",
    "half_year": "every half-year",
}
UNSAID: Final = {("coordinator", "false"), ("before_renewal", "false"), ("kind", "none")}


def pages(text: str) -> tuple[Table, ...]:
    """Return the page of an agreement when all of its log has happened."""
    return page(case_of(text, LATER), ())


def stated(value: Value, parties: dict[str, str], key: str = "") -> Iterator[tuple[str, ...]]:
    """Yield every scalar of a file, in the ways in which the page may have it."""
    match value:
        case dict():
            for name, each in value.items():
                if name[:1].isupper() or name.isdecimal():  # a committee, or a year
                    yield (name,)
                if not name.startswith("x-"):
                    yield from stated(each, parties, name)
        case list():
            for each in value:
                yield from stated(each, parties, key)
        case str() if key in {"party", "receiver", "seller", "buyer", "by"}:
            yield (parties[value],)
        case str() if key in {"years", "months", "review_every_years"} and value.isdecimal():
            yield (
                f"{int(value) // 12} year",
                f"{value} year",
                f"{value} month",
                f"{value} years",
                "every year",
                f"months {value}",
            )
        case str() if (key, value) not in UNSAID:
            yield value, WORDS.get(value, value), key.replace("_", " ") * (value == "true")


HEAD_OF_SWEDISH: Final = """\
id: huset
title: Huset
parties:
  kommunen: {role: public, name: Exempels kommun}
  foreningen: {role: civil, name: Huset}
"""


def squeezed(text: str) -> str:
    """Return *text* without what formats add: blanks, marks of markup, and the sign of at least."""
    return re.sub(r"[\s\u00a0\\≥*]|(?<=\d)\.00", "", text)


def called(text: str) -> dict[str, str]:
    """Return what each party of a file is called, those of amendments too."""
    terms = case_of(text, LATER).terms
    return {handle: each.called for term in terms for handle, each in term.parties.items()}


def missing(text: str, written: str) -> list[tuple[str, ...]]:
    """Return what a file states and its page, as it is written, lacks."""
    data = read(text.encode()).data or {}
    shown = squeezed(written)
    return [
        ways
        for ways in stated(data, called(text))
        if not any(squeezed(each) in shown for each in ways if each)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", [TableFormat.TEXT, TableFormat.JSON, TableFormat.MARKDOWN])
def test_all_that_a_file_states_is_on_its_page(path: Path, form: TableFormat) -> None:
    """Every value of the file stands in it, in each format."""
    text = path.read_text("utf-8")
    written = rendered_page("show", pages(text), form, PIPE)

    assert missing(text, written.replace('\\"', '"')) == []


RARE: Final = """\
id: sallan-2024
title: Sällan skrivet
parties:
  kommunen: {role: public, name: Ekeby kommun, board: KS, start: 2024, end: 2026-06-30}
  foreningen:
    role: civil
    name: Föreningen Ekan
    iban: SE4550000000058398257466
    address: {lines: [Box 7], postal_code: 100 00, city: EKEBY, country: SE}
validity: {start: 2024-01-01, months: 18, extension: {kind: mutual, months: 6}}
economy:
  index: {percent: 2.5, raise_on: 03-01, compound: rounded}
  contributions:
    - {party: kommunen, amount: 400000}
    - {party: foreningen, item: Lokal}
    - {party: foreningen, item: Lokal två, index: {steps: {2025: 2}, raise_on: 04-01, compound: rounded}}
    - {party: foreningen, item: Lokal tre, index: {kronor: 5432, raise_on: 05-01}}
    - party: foreningen
      item: Lokal fyra
      index:
        {series: PKV, lag_years: 2, month: 11, pass_through: 60, cap: 7, floor: 1, raise_on: 06-01, compound: rounded}
    - party: foreningen
      item: Lokal fem
      index:
        series: KPI
        base: {period: 2022-10, value: 384.04}
        lag_years: 1
        pass_through: 90
        cap: 8
        floor: 3
        base_is_floor: true
        raise_on: 07-01
    - party: foreningen
      item: Lokal sex
      index:
        composite: [{series: AKI, weight: 100, lag_years: 1, month: 9}]
        pass_through: 70
        cap: 6
        floor: 4
        raise_on: 08-01
        compound: rounded
invoicing:
  seller: foreningen
  buyer: kommunen
  board: KS
  method: payout
  vat: E
  vat_reason: Ideell förening
  gln: 7332776000001
  peppol_id: 0007:2199000007
  payment_reference: "12344"
follow_up: {settled: {invoices: 2024-06-30, meetings: 2024-07-31, reports: 2024-08-31}}
log:
  - {date: 2024-02-01, event: meeting, period: 2024-Q1}
  - {date: 2024-02-02, event: evaluation, what: Halvtid, text: Gick väl}
  - {date: 2024-02-03, event: review, what: Genomgång, text: Fortsätter}
  - {date: 2024-02-04, event: audit, what: Räkenskaper, text: Utan anmärkning}
  - {date: 2024-02-05, event: done, what: Introduktion, text: Hela personalen}
  - {date: 2024-03-01, event: invoice, number: F1, period: 2024-Q1, amount: 100000,
     seller: foreningen, buyer: kommunen, board: KS, payment_reference: "67",
     made: 2024-02-20}
  - {date: 2024-03-02, event: credit, number: K1, of: F1, amount: 4000, period: 2024-01,
     seller: foreningen, made: 2024-02-21}
  - {date: 2024-03-03, event: payment, period: 2024-02, amount: 33000, receiver: foreningen,
     buyer: kommunen, board: KS, repaid: true}
  - date: 2024-05-01
    event: amendment
    effective: 2025-01-01
    text: Nytt för andra året
    terms:
      parties: {kommunen: {role: public, name: Ekeby stad}, foreningen: {role: civil, count: 3}}
      validity: {start: 2024-01-01, end: 2026-12-31}
      invoicing: {seller: foreningen, buyer: kommunen, label: Ekan}
      follow_up: {meetings_per_year: 4}
      volume: [{unit: platser, target: 15}]
"""


INDEXED: Final = """\
id: raknat-2024
title: Räknat
parties:
  kommunen: {role: public, name: Ekeby kommun}
  foreningen: {role: civil, name: Föreningen Ekan}
validity: {start: 2024-01-01, end: 2025-12-31}
economy:
  contributions:
    - {party: kommunen, item: A, amount: 1, index: {percent: 2, raise_on: 05-01, compound: rounded}}
    - {party: kommunen, item: E, amount: 5, index: {kronor: 7, raise_on: 09-01}}
    - party: kommunen
      item: B
      amount: 2
      index: {steps: {2025: 3}, raise_on: 06-01, compound: exact}
    - party: kommunen
      item: C
      amount: 3
      index: {series: KPI, base: {period: 2023}, cap: 9, floor: 1, raise_on: 07-01, base_is_floor: true}
    - party: foreningen
      item: D
      amount: 4
      index:
        composite: [{series: OPI, weight: 90}, {series: KPI, weight: 10}]
        pass_through: 80
        cap: 8
        floor: 0
        raise_on: 08-01
        compound: rounded
"""


@pytest.mark.parametrize("text", [RARE, INDEXED, *map(whole, EXAMPLES)])
def test_what_is_seldom_written_is_on_the_page_too(text: str) -> None:
    """With the files above, the examples of the docs have every field of the model."""
    tables = pages(text)
    written = [str(cell) for table in tables for row in table.rows for cell in row.cells]
    written.append(tables[0].title)

    assert missing(text, " ".join(written)) == []


def test_the_files_together_state_every_field_of_the_model() -> None:
    """So that none can be left off the page unseen: a new field goes into one of them."""
    fields: dict[type[Strict], set[str]] = {}
    for text in (
        RARE,
        INDEXED,
        *map(whole, EXAMPLES),
        *(path.read_text("utf-8") for path in FILES),
    ):
        note(case_of(text).agreement, fields)

    assert {each: set(each.model_fields) - fields.get(each, set()) for each in BLOCKS} == {
        each: set() for each in BLOCKS
    }


def note(value: object, fields: dict[type[Strict], set[str]]) -> None:
    """Note the *fields* that are stated in a part of an agreement."""
    match value:
        case Strict():
            fields.setdefault(type(value), set()).update(value.model_fields_set)
            for name in value.model_fields_set:
                note(getattr(value, name), fields)
        case dict():
            for each in value.values():
                note(each, fields)
        case tuple():
            for each in value:
                note(each, fields)
        case _:
            pass


def titles(text: str, as_of: date = LATER) -> list[str]:
    """Return what the tables of a page are called."""
    return [each.title for each in page(case_of(text, as_of), ())]


def cells(text: str, name: str) -> list[tuple[str, ...]]:
    """Return the rows of a table of a page."""
    (found,) = (each for each in pages(text) if each.name == name)
    return [tuple(map(str, row.cells)) for row in found.rows]


AMENDED: Final = """
    follow_up: {meetings_per_year: 2, settled: {meetings: 2024-06-30}}
    volume: [{unit: platser, target: 5, measure: places, party: foreningen}]
    invoicing:
      - {seller: foreningen, buyer: kommunen, end: 2024-12-31, recipient: {country: FI}}
      - {seller: foreningen, buyer: kommunen, start: 2025-01-01, interval: yearly,
         instalments: [{date: 2025-02-01, amount: 5000, period: 2025}]}
    log:
      - date: 2024-02-01
        event: amendment
        effective: 2025-01-01
        terms:
          validity: {start: 2024-01-01, end: 2026-12-31}
          volume: [{unit: platser, target: 6}]
          economy: {contributions: [{party: kommunen, board: KS}, {party: foreningen, board: KS}]}
"""


def test_each_state_of_a_block_has_its_days(agreement_text: AgreementText) -> None:
    """What an amendment has put in place of others stands beside them; so do blocks of invoicing."""
    text = agreement_text(AMENDED)

    assert [each for each in titles(text) if ", " in each or "amended" in each] == [
        "Validity until it was amended from 2025-01-01",
        "Economy, to 2024-12-31",
        "Economy, from 2025-01-01",
        "Contributions as written, to 2024-12-31",
        "Contributions as written, from 2025-01-01",
        "Budget, kronor",
        "Invoicing, to 2024-12-31",
        "Invoicing, from 2025-01-01",
    ]
    assert cells(text, "rows-2") == [
        ("1", "Exempels kommun", "None", "KS", "no amount"),
        ("2", "Föreningen Exemplet", "None", "KS", "no amount"),
    ]
    assert ("volume", "5 platser at a time, Föreningen Exemplet, to 2024-12-31") in cells(
        text, "agreement"
    )
    assert ("address", "FI") in cells(text, "invoicing-1")
    assert ("interval", "yearly") in cells(text, "invoicing-2")
    assert cells(text, "log") == [
        ("2024-02-01", "amendment", "effective: 2025-01-01; terms: economy, validity, volume")
    ]


def test_a_block_between_two_amendments_has_both_its_days(agreement_text: AgreementText) -> None:
    """From the first day to the last."""
    log = "{date: %s, event: amendment, effective: %s, terms: {economy: {contributions: []}}}"
    events = ", ".join(log % (day, day) for day in ("2024-03-01", "2025-03-01"))

    assert "Economy, 2024-03-01 to 2025-02-28" in titles(agreement_text(f"log: [{events}]"))


def test_rows_of_one_name_are_told_apart(agreement_text: AgreementText) -> None:
    """By who pays them, where that differs; else by their order."""
    text = agreement_text("""
        economy:
          base_year: 2024
          contributions:
            - {party: kommunen, item: Stöd, amount: 5, board: KS}
            - {party: kommunen, item: Stöd, amount: 6, board: {KS: 50, BUN: 50}}
            - {party: foreningen, item: Lokal, amount: 7}
            - {party: foreningen, item: Lokal, amount: 8}
    """)

    assert [row[1] for row in cells(text, "budget")][:-1] == [
        *("Stöd (KS)", "Stöd (KS 50 %, BUN 50 %)"),
        *("Lokal (1)", "Lokal (2)"),
    ]


def test_the_parts_of_a_framework_are_on_its_page(agreement_text: AgreementText) -> None:
    """By their ids."""
    tables = page(case_of(agreement_text()), (), ("del-1", "del-2"))

    assert [row.cells[1] for row in tables[0].rows if row.cells[0] == "part"] == ["del-1", "del-2"]


def test_in_swedish_keys_and_choices_are_the_schemas(agreement_text: AgreementText) -> None:
    """So that the page, the editor and the format have the same words."""
    text = agreement_text("""
        legal: {initiative: civil}
        economy:
          unspent: repay
          base_year: 2024
          contributions: [{party: kommunen, amount: 5, category: administration}]
        parties:
          kommunen: {role: public, name: K, gln: 7332776000001}
          foreningen: {role: civil, name: F}
    """)
    language.use("sv")
    try:
        assert cells(text, "rows")[0][-1] == (
            "kostnadsslag administration och samordning; belopp per år 5 kr"
        )
        told = [*cells(text, "economy"), *cells(text, "legal"), *cells(text, "party_facts")]
        assert told == [
            ("basår", "2024"),
            ("ej förbrukade medel", "betalas tillbaka"),
            ("initiativ", "idéburen"),
            ("K", "GLN-kod", "7332776000001"),
        ]
        assert cells(text, "rows")[0][3] == "ingen nämnd angiven"
    finally:
        language.use("en")


def test_a_swedish_page_has_its_own_days_numbers_and_lengths() -> None:
    """No word or sign of the format is left where Swedish has another."""
    text = f"""{HEAD_OF_SWEDISH}
validity:
  start: 2022-05-01
  end: 2026-12-31
  notice_months: 6
  extension: {{kind: option, options: [{{years: 3}}, {{months: 18}}]}}
economy:
  contributions:
    - party: kommunen
      item: Hyra
      amount: 1000000
      index: {{series: KPI, base: {{period: 2021-10, value: 350.5}}, lag_years: 1, raise_on: 05-01}}
    - {{party: foreningen, item: Tid, hours_per_year: 37.5, index: {{steps: {{2023: 3.5}}}}}}
invoicing: {{seller: foreningen, buyer: kommunen, payment_days: 30}}
follow_up:
  duties:
    - {{kind: report, every: half_year, months_after_end: 1}}
    - {{kind: meeting, every: month, due: 2022-05-31}}
    - {{kind: review, every: 2 years}}
    - {{kind: audit, due: 06-30}}
    - {{kind: report, what: Slutrapport, months_after_end: 2}}
log:
  - {{date: unknown, event: decision, body: Socialnämnden}}
"""
    with spoken("sv"):
        rows = [" ".join(map(str, row.cells)) for table in pages(text) for row in table.rows]
    told = "\n".join(rows)

    for expected in (
        "uppsägningstid 6 månader",
        "den offentliga parten bestämmer ensam, 3 år, 18 månader",
        "tal 350,5, eftersläpning 1 år, räknas upp den 1 maj",
        "timmar per år 37,5; egen uppräkning procent år för år 2023: 3,5 %",
        "betalningsvillkor 30 dagar",
        "varje halvår, 1 månad efter slutet",
        "senast 2022-05-31, varje månad",
        "översyn med 2 års mellanrum",
        "senast 30 juni",
        "Slutrapport, 2 månader efter slutet",
        "okänt beslut",
    ):
        assert expected in told


def test_how_often_is_told_in_words() -> None:
    """Of whatever block it stands in."""
    every = Every(36, calendar=False, text="3 years")

    assert facts.told(every, "", {}, (Undertaking, "every")) == "every 3 years"
