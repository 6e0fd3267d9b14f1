"""What changed between two versions: which agreements, and what that means in kronor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.listings.changes import page
from iopctl.listings.versions import Revision, Version, changes
from iopctl.output import TableFormat, rendered_page
from iopctl.tables import UNKNOWN, Amount, Row
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from iopctl.tables import Table
    from tests.conftest import AgreementText, Golden

TODAY = date(2025, 6, 1)


def version(text: str, file: str = "agreements/exempel-2024.yaml") -> Version:
    """Return a file in one version."""
    read = document(Input(file, text.encode()))
    sheet = Case(read.agreement, TODAY) if read.agreement else None

    assert read.source
    return Version(file, read.source.text, read.source.data or {}, sheet)


def kinds(before: list[Version], after: list[Version]) -> dict[str, str]:
    """Return how agreements differ, by name."""
    return {each.name: each.kind for each in changes(before, after)}


def tables(before: str, after: str) -> dict[str, Table]:
    """Return the tables on what changed in one file, by name."""
    found = changes([version(before)], [version(after)])

    return {each.name: each for each in page(found, "What changed", TODAY, ())}


def cells(table: Table) -> list[tuple[object, ...]]:
    """Return the cells of a table, amounts as numbers."""
    return [
        tuple(
            int(cell.known) if isinstance(cell, Amount) and cell.complete else cell
            for cell in row.cells
        )
        for row in table.rows
    ]


# ------------------------------------------------------------------ which agreements
def test_an_agreement_is_known_by_its_id(agreement_text: AgreementText) -> None:
    """Wherever its file lies; comments and spelling make it no other."""
    text = agreement_text()
    moved = version(text, "agreements/old/b.yaml")

    assert kinds([version(text)], [version(text)]) == {}
    assert kinds([version(text)], [moved]) == {}
    assert kinds([version(text)], [version(f"# new\n{text}")]) == {"exempel-2024": "form only"}
    assert kinds([version(text)], [version(text.replace("450000", "1"))]) == {
        "exempel-2024": "changed"
    }


def test_agreements_come_and_go(agreement_text: AgreementText) -> None:
    """A new id is a new agreement."""
    before, after = version(agreement_text()), version(agreement_text("id: ny"))

    assert kinds([], [after]) == {"ny": "added"}
    assert kinds([before], [after]) == {"exempel-2024": "removed", "ny": "added"}


def test_what_cannot_be_read_is_no_removal(agreement_text: AgreementText) -> None:
    """It is known by its file; what can't be read in either version, and is the same, is no news."""
    good, bad = version(agreement_text()), version("id: [")

    assert kinds([good], [bad]) == {"exempel-2024": "can't be read"}
    assert kinds([bad], [good]) == {"exempel-2024": "can't be read"}
    assert kinds([], [bad]) == {"agreements/exempel-2024.yaml": "can't be read"}
    assert kinds([bad], [version("id: {")]) == {"agreements/exempel-2024.yaml": "can't be read"}
    assert kinds([bad], [bad]) == {}


# ------------------------------------------------------------------ what it means
def test_a_changed_amount_is_told_in_all_by_year_and_in_the_share(
    agreement_text: AgreementText,
) -> None:
    """And where it is written."""
    text = agreement_text()
    told = tables(text, text.replace("Handledning, amount: 450000", "Handledning, amount: 150000"))

    assert cells(told["changes"]) == [("exempel-2024", "changed", 1800000, 1200000, -600000)]
    assert cells(told["kronor"]) == [
        ("exempel-2024", "2024", "public", 450000, 150000, -300000),
        ("exempel-2024", "2025", "public", 450000, 150000, -300000),
        ("total", "", "", 900000, 300000, -600000),
    ]
    assert [[str(cell) for cell in row.cells] for row in told["shares"].rows] == [
        ["exempel-2024", "2024–2025", "50.0", "25.0"]
    ]
    assert cells(told["parts"]) == [
        (
            "exempel-2024",
            "economy / contributions / kommunen, Handledning / amount",
            "450000",
            "150000",
        )
    ]


def test_what_is_unknown_on_both_sides_makes_no_difference(agreement_text: AgreementText) -> None:
    """What is unknown on one of them does."""
    text = agreement_text(
        "economy: {contributions: [{party: kommunen, amount: 100}, {party: foreningen}]}"
    )
    told = tables(text, text.replace("100", "150"))
    priced = tables(text, text.replace("foreningen}", "foreningen, amount: 7}"))
    renamed = tables(text, text.replace("foreningen}", "foreningen, item: Annat}"))

    assert told["changes"].rows == (
        Row(
            (
                "exempel-2024",
                "changed",
                Amount(known(200), complete=False),
                Amount(known(300), complete=False),
                Amount(known(100)),
            )
        ),
    )
    assert "shares" not in told
    assert priced["changes"].rows[0].cells[-1] == UNKNOWN
    assert cells(priced["shares"])[0][2] == "unknown"
    assert renamed["changes"].rows[0].cells[-1] == UNKNOWN


def test_years_that_are_unknown_before_and_after_are_one_line(
    agreement_text: AgreementText,
) -> None:
    """Of each side, as far as they follow each other; the day that became known is told."""
    text = agreement_text(
        "validity: {end: 2027-12-31}\n"
        "economy: {index: unspecified, contributions: [{party: kommunen, amount: 100},"
        " {party: foreningen}]}\n"
    )
    told = tables(text, text.replace("{end:", "{start: 2023-01-01, end:"))

    assert [row.cells[1:] for row in told["kronor"].rows[:2]] == [
        ("2023", "public", UNKNOWN, Amount(known(100)), UNKNOWN),
        ("2023–2027", "civil", UNKNOWN, UNKNOWN, UNKNOWN),
    ]
    assert ("2024–2027", "public") in [row.cells[1:3] for row in told["kronor"].rows]
    assert ("exempel-2024", "start", "unknown", "2023-01-01") in cells(told["parts"])


def test_what_is_raised_nobody_knows_how_is_no_difference_to_the_krona(
    agreement_text: AgreementText,
) -> None:
    """The first year's is known; what it was raised from is another amount in the others."""
    text = agreement_text(
        "economy: {index: unspecified, contributions: [{party: kommunen, amount: 100}]}"
    )
    told = tables(text, text.replace("100", "200"))

    assert [row.cells[1:] for row in told["kronor"].rows[:2]] == [
        ("2024", "public", Amount(known(100)), Amount(known(200)), Amount(known(100))),
        ("2025", "public", UNKNOWN, UNKNOWN, UNKNOWN),
    ]
    assert told["changes"].rows[0].cells[-1] == UNKNOWN


def test_a_remainder_is_unknown_by_what_is_beside_it(agreement_text: AgreementText) -> None:
    """The stated total is another, so the same row is another sum."""
    text = agreement_text("""
        economy:
          stated: {total: 100}
          contributions: [{party: kommunen, remainder: true}, {party: foreningen}]
    """)
    told = tables(text, text.replace("100", "200"))

    assert told["changes"].rows[0].cells[-1] == UNKNOWN


def test_drafts_are_not_counted(agreement_text: AgreementText) -> None:
    """A draft promises nothing; once it is none, all of it is new."""
    text = agreement_text("status: draft")
    told = tables(text, text.replace("amount: 450000", "amount: 500000"))
    agreed = tables(text, text.replace("status: draft\n", ""))

    assert cells(told["changes"]) == [("exempel-2024", "changed", None, None, None)]
    assert told["changes"].notes[-1] == "drafts are not counted: exempel-2024"
    assert told.keys() == {"changes", "parts"}
    assert cells(agreed["changes"]) == [("exempel-2024", "changed", None, 1_800_000, 1_800_000)]


def test_committees_are_named_as_people_do(agreement_text: AgreementText) -> None:
    """Rows are known by the committees, whatever their shares."""
    text = agreement_text(
        "economy: {contributions: [{party: kommunen, board: {A: 50, B: 50}, amount: 100}]}"
    )
    told = tables(text, text.replace("100", "200"))

    assert "economy / contributions / kommunen, A+B / amount" in [
        row.cells[1] for row in told["parts"].rows
    ]


def known(kronor: int) -> Decimal:
    """Return an amount as tables have it."""
    return Decimal(kronor)


def test_a_total_beside_the_years_is_told(agreement_text: AgreementText) -> None:
    """It is of no year."""
    text = agreement_text("economy: {contributions: [{party: kommunen, total: 100}]}")
    told = tables(text, text.replace("100", "150"))

    assert cells(told["kronor"]) == [("exempel-2024", "not by year", "public", 100, 150, 50)]


def test_an_extension_is_told_by_what_follows_from_it(agreement_text: AgreementText) -> None:
    """The end, the options left, and the years that are decided now."""
    text = agreement_text(
        "kind: samverkansavtal\nvalidity: {start: 2024-01-01, end: 2025-12-31, notice_months: 3, extension: {kind: mutual, times: 1, years: 1}}"
    )
    told = tables(text, f"{text}log: [{{date: 2025-05-01, event: extension}}]\n")

    assert [row[1:] for row in cells(told["parts"])] == [
        ("end", "2025-12-31", "2026-12-31"),
        ("options left", "1", "0"),
        ("last day of notice", "2025-09-30", "2026-09-30"),
        ("log / 2025-05-01, extension", "", "date: 2025-05-01, event: extension"),
    ]
    assert cells(told["kronor"])[-1] == ("total", "", "", 0, 900000, 900000)
    assert "shares" not in told


def test_what_is_written_and_what_follows_is_told_once(agreement_text: AgreementText) -> None:
    """If it is the same."""
    text = agreement_text()
    told = tables(text, text.replace("end: 2025-12-31", "end: open"))

    assert [row[1:] for row in cells(told["parts"])] == [
        ("validity / end", "2025-12-31", "open"),
    ]


def test_nothing_new_is_said() -> None:
    """An empty table alone would leave a reader in doubt."""
    [table] = page((), "What changed", TODAY, ["INCOMPLETE"])

    assert table.rows == ()
    assert table.notes == ("every agreement says the same", "INCOMPLETE")


@pytest.mark.parametrize("form", [TableFormat.TEXT, TableFormat.MARKDOWN, TableFormat.JSON])
def test_a_page_of_changes(
    golden: Golden, agreement_text: AgreementText, form: TableFormat
) -> None:
    """Added, removed, changed and unreadable agreements, in each format."""
    text = agreement_text()
    before = [
        version(text),
        version(agreement_text("id: bort"), "b.yaml"),
        version(agreement_text("id: fel"), "c.yaml"),
        version(agreement_text("id: form"), "d.yaml"),
    ]
    after = [
        version(text.replace("450000", "500000").replace("Lokaler", "Lokal | *")),
        version("id: [", "c.yaml"),
        version(agreement_text("id: form") + "# new\n", "d.yaml"),
        version(agreement_text("id: ny\nindex: {percent: 2}", without="index"), "e.yaml"),
    ]
    shown = page(changes(before, after), "What changed", TODAY, ["INCOMPLETE: c.yaml"])

    golden(f"changes/page.{form}", rendered_page("diff", shown, form))


@given(st.lists(st.sampled_from(["amount: 1", "amount: 2.50", "total: 5", "item: x", "total: 7, spread: months"]), max_size=3), st.lists(st.sampled_from(["amount: 1", "item: x"]), max_size=3))  # fmt: skip
def test_differences_add_up(before: list[str], after: list[str]) -> None:
    """What is told by year and side is what is told in all, where all is known."""
    start = f"{AGREEMENT}\n".partition("economy")[0]
    texts = [
        f"{start}economy: {{contributions: [{', '.join(f'{{party: kommunen, {row}}}' for row in rows)}]}}\n"
        for rows in (before, after)
    ]
    found = changes([version(texts[0])], [version(texts[1])])
    summary, *others = page(found, "", TODAY, ())
    differences = [row.cells[-1] for row in summary.rows]
    by_year = [row.cells[-1] for each in others if each.name == "kronor" for row in each.rows]

    if by_year and all(
        isinstance(each, Amount) and each.complete for each in (*differences, *by_year)
    ):
        assert differences[-1] == by_year[-1]
    assert all(isinstance(each, Revision) for each in found)
