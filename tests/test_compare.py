"""A record held against its document: typing errors are found, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iopctl.reading.against import against
from iopctl.reading.importing import ImportedDocument, imported
from iopctl.source import read
from tests.document_files import document, drafted, lines

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

SCHEMA = "../iopctl.schema.json"
TEXTS = ("kompassen", "hamnen", "granslos", "grannar", "skolgarden", "nattjouren", "ikf", "forslag")
_FORM = {"kompassen": "txt", "hamnen": "docx", "granslos": "odt"}


def found(name: str) -> ImportedDocument:
    """Return the drafts of a document."""
    return imported(lines(name, _FORM.get(name, "txt")), name)


def differing(record: str, made: ImportedDocument) -> list[str]:
    """Return where a record's text differs from its document: `line: ours | theirs`."""
    source = read(record.encode())
    told = against(source.data or {}, made)
    return [
        f"{source.locate(each.path).line if each.ours else '-'}: {each.ours} | {each.theirs}"
        for each in told
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_a_draft_does_not_differ_from_its_document(name: str) -> None:
    """What was read from it is what it says."""
    made = found(name)

    assert differing(made.texts(SCHEMA)[0], made) == []


ERRORS = {
    "start: 2024-07-01": "start: 2024-01-07",
    "years: 3": "years: 5",
    "notice_months: 9": "notice_months: 6",
    "cap: 3": "cap: 4",
    "unit: 100": "unit: 10",
    "unit_price: 37500": "unit_price: 35700",
    "amount: 180000": "amount: 108000",
    "hours_per_year: 2400": "hours_per_year: 2040",
    "amount: 75000": "amount: 57000",
    "reference: 33012": "reference: 33021",
    "interval: monthly": "interval: quarterly",
    "payment_days: 30": "payment_days: 20",
    "meetings_per_year: 4": "meetings_per_year: 2",
    "report_due: 03-31": "report_due: 03-13",
    "target: 70": "target: 7",
    "procurement_assessed: 2024-05-14": "procurement_assessed: 2024-04-15",
    "postal_code: 871 80": "postal_code: 871 08",
    "signed: 2024-06-03": "signed: 2024-03-06",
    "plusgiro: 9164420-3": "plusgiro: 9164402-3",
    "basis: de_minimis": "basis: sgei",
}


@settings(max_examples=12, suppress_health_check=[HealthCheck.differing_executors])
@given(st.sets(st.sampled_from(sorted(ERRORS)), min_size=3, max_size=3))
def test_three_typing_errors_are_found_and_nothing_else(errors: set[str]) -> None:
    """Each with its place and what the document has."""
    made = found("kompassen")
    text = made.texts(SCHEMA)[0]
    changed = text
    for right in errors:
        assert right in text
        changed = changed.replace(right, ERRORS[right], 1)
    places = [
        f"{number}: "
        for number, (ours, theirs) in enumerate(
            zip(changed.splitlines(), text.splitlines(), strict=True), 1
        )
        if ours != theirs
    ]
    told = differing(changed, made)

    assert len(told) == 3
    assert sorted({f"{each.partition(':')[0]}: " for each in told}) == sorted(places)


BASE = """
Överenskommelse om IOP Bryggan

mellan Ekeby kommun, org.nr 212000-7048, och Föreningen Bryggan, org.nr 802471-3060.

Ekonomi
Kommunen betalar 300 000 kronor per år. Föreningen bidrar med lokal till ett värde av
120 000 kronor per år. Det sammanlagda värdet är 420 000 kronor per år.

Fakturering
Föreningen fakturerar kommunen en gång per år. Referens: EB1234. Märkning: P 55.

Giltighet
Överenskommelsen gäller från och med 2024-01-01 till och med 2025-12-31.
"""
RECORD = """
id: bryggan-2024
title: Bryggan
parties:
  kommunen: {role: public, name: Ekeby kommun, org_number: 212000-7048}
  foreningen: {role: civil, name: Bryggan, org_number: 802471-3060}
validity: {start: 2024-01-01, end: 2025-12-31}
economy:
  base_year: 2024
  stated: {total: 420000}
  contributions:
    - {party: kommunen, amount: 300000}
    - {party: foreningen, item: Lokal, amount: 120000}
invoicing: {seller: foreningen, buyer: kommunen, reference: EB1234, label: P 55, interval: yearly}
"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"amount: 120000": "remainder: true"}, []),
        ({"end: 2025-12-31": "years: 2"}, []),
        ({"end: 2025-12-31": "end: 2025-12"}, []),
        ({"amount: 120000": "hours_per_year: 600, unit_price: 200"}, ["13: 600 | "]),
        ({"end: 2025-12-31": "months: 36"}, ["7: 2026-12-31 | 2025-12-31"]),
        (
            {"start: 2024-01-01": "start: 2024-02-01", "end: 2025-12-31": "years: 2"},
            ["7: 2024-02-01 | 2024-01-01"],
        ),
        ({", end: 2025-12-31": ""}, ["-:  | 2025-12-31"]),
        ({"end: 2025-12-31": "end: open"}, ["7: open | 2025-12-31"]),
        ({"label: P 55": "marking: P 56"}, ["14: P 56 | P 55"]),
        ({"label: P 55": "label: P 56"}, ["14: P 56 | ", "-:  | P 55"]),
        ({", reference: EB1234": ""}, ["-:  | EB1234"]),
        ({"EB1234": "EB1243"}, ["14: EB1243 | EB1234"]),
        ({"    - {party: kommunen, amount: 300000}\n": ""}, ["-:  | 300000"]),
        (
            {"amount: 300000": "amount: 330000", "amount: 120000": "remainder: true"},
            ["12: 330000 | 300000"],
        ),
        ({"base_year: 2024": "base_year: 2024\n  index: unspecified"}, ["10: unspecified | "]),
        ({"base_year: 2024": "base_year: 2024\n  index: {percent: 2}"}, []),
        ({"base_year: 2024": "base_year: 2024\n  index: {percent: 7}"}, ["10: 7 | "]),
        (
            {"amount: 300000": "by_year: {2024: 300000, 2025: 310000}"},
            ["12: 310000 | ", "-:  | 300000"],
        ),
        (
            {
                "label: P 55": "label: P 55, instalments: [{date: 2024-03-01, amount: 300000, period: 2024}]"
            },
            ["14: 2024-03-01 | "],
        ),
        ({"invoicing: ": "volume: [{unit: platser, target: 44}]\ninvoicing: "}, ["14: 44 | "]),
        ({"name: Bryggan, org": "name: Bryggan, bankgiro: 640-9189, org"}, ["6: 640-9189 | "]),
        ({"interval: yearly": "interval: yearly, timing: advance"}, []),
        ({"invoicing: ": "x-invoicing: "}, ["-:  | EB1234", "-:  | P 55", "-:  | yearly"]),
        (
            {"name: Ekeby kommun, org": "name: Ekeby kommun, gln: 7332776000001, org"},
            ["5: 7332776000001 | "],
        ),
    ],
)
def test_what_is_another_way_to_say_it_does_not_differ(
    changes: dict[str, str], expected: list[str]
) -> None:
    """A length and its end, a rest and its amount; all else is told."""
    record = RECORD
    for old, new in changes.items():
        assert old in record
        record = record.replace(old, new)

    assert differing(record, drafted(BASE)) == expected


RAISED = (
    "Överenskommelse om IOP Bryggan\n\nmellan Ekeby kommun, org.nr 212000-7048, och Föreningen"
    " Bryggan, org.nr 802471-3060.\n\nEkonomi\nKommunen betalar 300 000 kronor per år."
    "\n\nIndexering\nBidraget räknas upp "
)


@pytest.mark.parametrize(
    ("words", "old", "new", "expected"),
    [
        ("med 10 000 kronor per år.", "kronor: 10000", "kronor: 1000", "1000 | 10000"),
        ("med 2 % 2025 och 3 % 2026.", "2026: 3", "2026: 2.5", "2.5 | 3"),
        ("med 90 % av KPI.", "pass_through: 90", "pass_through: 80", "80 | 90"),
        (
            "med KPI för oktober föregående år. Basmånad är oktober 2023.",
            "period: 2023-10",
            "period: 2022-10",
            "2022-10 | 2023-10",
        ),
        ("med 90 % av OPI och 10 % av KPI.", "weight: 10", "weight: 15", "15 | 10"),
    ],
)
def test_each_kind_of_index_is_compared(words: str, old: str, new: str, expected: str) -> None:
    """A draft is what its document says, and a typing error in its index is found."""
    made = drafted(RAISED + words)
    [text] = made.texts(SCHEMA)

    assert old in text
    assert differing(text, made) == []
    assert [each.partition(": ")[2] for each in differing(text.replace(old, new), made)] == [
        expected
    ]


# ------------------------------------------------------------------ the commands
@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a repository with one agreement, its document, and one without."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    Path("avtal.txt").write_text(BASE, "utf-8")
    text = RECORD.replace("300000", "330000").replace("title", "source: avtal.txt\ntitle")
    Path("agreements/bryggan-2024.yaml").write_text(text, "utf-8")
    other = RECORD.replace("bryggan-2024", "utan-2024")
    Path("agreements/utan-2024.yaml").write_text(other, "utf-8")


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_differences_are_shown(run: Run, golden: Golden, form: str) -> None:
    """In all formats, with the places on both sides."""
    code, out, err = run("compare", "bryggan-2024", "--format", form)

    assert (code, err) == (1, "")
    golden(f"compare.{form}", out)


def test_nothing_differs(run: Run) -> None:
    """That is said, too."""
    code, out, _ = run("compare", "utan-2024", "avtal.txt")

    assert code == 0
    assert "nothing differs in what is compared" in out


def test_a_record_without_a_source(run: Run) -> None:
    """The way to name its document is told."""
    assert run("compare", "utan-2024") == (
        1,
        "",
        "iopctl: agreements/utan-2024.yaml names no source: name its document, as compare ID FILE\n",
    )


def test_sources_are_checked(run: Run) -> None:
    """As findings, in all formats of a check; documents that are not there are told of."""
    other = Path("agreements/saknas-2024.yaml")
    other.write_text(
        RECORD.replace("bryggan", "saknas").replace("title", "source: a.pdf\ntitle"), "utf-8"
    )
    Path("agreements/trasig.yaml").write_text("id: [", "utf-8")
    told = run("check", "--sources", "--format", "json")
    plain = run("check", "--format", "json")
    codes = [each["code"] for each in json.loads(told.out)["findings"]]

    assert "IOP620" in codes
    assert "IOP620" not in plain.out
    assert "agreements/saknas-2024.yaml is not compared: a.pdf can't be opened" in told.err


def test_what_a_document_says_nothing_of_is_no_error(run: Run) -> None:
    """It is listed, and a note of a check: an import takes numbers from other agreements."""
    text = RECORD.replace("title", "source: avtal.txt\ntitle")
    known = text.replace("name: Bryggan, org", "name: Bryggan, bankgiro: 640-9189, org")
    Path("agreements/bryggan-2024.yaml").write_text(known, "utf-8")
    code, out, _ = run("compare", "bryggan-2024", "--format", "csv")
    checked = run("check", "--sources", "--select", "IOP620", "agreements/bryggan-2024.yaml")

    assert code == 1
    assert '"parties.foreningen.bankgiro";"640-9189";"only in the record"' in out
    assert checked.code == 0
    assert ": note IOP620 document-differs\n  the record has 640-9189, and its doc" in checked.out


def test_rows_are_counted_from_one(run: Run) -> None:
    """As `set` counts them."""
    out = run("compare", "bryggan-2024").out

    assert "economy.contributions.1.amount  330000  300000" in out


def test_a_memo_of_several_is_compared_with_the_one_that_is_meant(run: Run) -> None:
    """By what differs least."""
    Path("memo.txt").write_bytes(document("fem-partnerskap", "txt"))
    text = imported(lines("fem-partnerskap", "txt"), "memo.txt").texts(SCHEMA)[3]
    Path("agreements/inkludering-pa-lika-villkor.yaml").write_text(
        re.sub("amount: 230000", "amount: 320000", text), "utf-8"
    )
    code, out, _ = run("compare", "inkludering-pa-lika-villkor", "--format", "csv")

    assert code == 1
    assert "320000" in out
    assert "230000" in out
