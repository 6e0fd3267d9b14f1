"""Agreements whose days nobody wrote down: unknown in every output, and never 0 kronor."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.case.figures import undated
from iopctl.config import DEFAULT
from iopctl.editor import summaries
from iopctl.editor.words import Wording
from iopctl.listings import budget as listing
from iopctl.listings import changes, notes, outcome, split
from iopctl.listings.versions import Revision
from iopctl.money import NBSP
from iopctl.papers import swedish
from iopctl.tables import UNKNOWN, Amount
from tests.test_budget import case_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import AgreementText, Run

HEAD = (
    "id: natt\ntitle: T\nparties: {kommunen: {role: public, name: Exempels kommun, board: SN},"
    " foreningen: {role: civil, name: Föreningen Exemplet}}\n"
)
ROWS = """economy:
  contributions:
    - {party: kommunen, item: Bidrag, amount: 1300000}
    - {party: foreningen, item: Härbärge}
"""
NATT = f"{HEAD}validity: {{end: 2027-05-31}}\n{ROWS}"
TODAY = date(2026, 11, 29)
AS_OF = ("--as-of", str(TODAY))
ZERO = re.compile(rf"(?<![0-9 {NBSP}])0[ {NBSP}]kr")
PAPERS = (
    ("report", "memo", "natt"),
    ("report", "annual", "natt", "--year", "2026"),
    ("report", "overview", "--year", "2026"),
    ("report", "decision", "natt", "--proposal", "end"),
    ("report", "dashboard", "-o", "-"),
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an agreement that is in force, and of which the start is unknown."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "natt.yaml").write_text(NATT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", PAPERS, ids=lambda words: words[1])
def test_no_paper_says_that_it_costs_nothing(
    run: Run, repository: Path, words: tuple[str, ...]
) -> None:
    """What is missing is said to be, and no picture has empty axes."""
    code, out, _ = run(*words, *AS_OF)

    assert (code, repository.name != "") == (0, True)
    assert "uppgift saknas" in out
    assert not ZERO.search(out)
    assert "Insatser per år och part" not in out


def test_the_state_and_a_year_of_it_are_unknown(run: Run, repository: Path) -> None:
    """At a glance no cell is left empty, which would be read as nothing."""
    (line,) = [text for text in run("list", *AS_OF).out.splitlines() if text.startswith("natt")]

    assert repository.joinpath("agreements/natt.yaml").is_file()
    assert line.split()[-5:] == ["unknown", "2027-05-31", "2026", "unknown", "unknown"]
    by_board = run("budget", "--year", "2026", "--by", "board", *AS_OF).out.splitlines()
    assert " ".join(by_board[4].split()) == "SN unknown 1 300 000"


def test_why_an_amount_is_unknown_has_no_language_where_programs_read_it(
    run: Run, tmp_path: Path
) -> None:
    """Be it reckoned before the table is made: the same in a file for a Swede."""
    text = NATT.replace("{party: kommunen, item: Bidrag, amount: 1300000}", "{party: kommunen}")
    (tmp_path / "natt.yaml").write_text(text.replace("{end:", "{start: 2026-01-01, end:"), "utf-8")
    words = ("budget", tmp_path, "--trail", *AS_OF)
    told = [run("--lang", lang, *words, "-f", "csv").out for lang in ("sv", "en")]

    assert "the row is not priced" in told[0]
    assert told[0] == told[1]
    assert "raden är inte prissatt" in run("--lang", "sv", *words).out


def test_a_change_of_an_amount_a_year_is_told_with_its_amount() -> None:
    """What all years come to is unknown before and after, and so is what they differ by."""
    before, after = (case_of(NATT.replace("1300000", each)) for each in ("1300000", "1400000"))
    summary, kronor, *_ = changes.page([Revision("natt", "changed", before, after)], "", TODAY, ())

    assert [cell.unknown for cell in summary.rows[0].cells[2:]] == [True] * 3  # type: ignore[union-attr]
    assert kronor.rows[0].cells[1:3] == ("years unknown", "public")


@pytest.mark.parametrize(
    ("validity", "year", "told", "note"),
    [
        ("{end: 2027-05-31}", 2026, "alla dagar är inte kända", True),
        ("{start: 2026-01-01, end: 2027-12-31}", 2027, "ger inget att fakturera för 2027", False),
    ],
)
def test_invoicing_that_is_written_is_not_said_to_lack(
    run: Run, repository: Path, validity: str, year: int, told: str, note: object
) -> None:
    """Where no bill can be told of an unknown time, and where a year has none."""
    invoicing = (
        "invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: Natt,"
        " interval: yearly, end: 2026-12-31}\n"
    )
    text = NATT.replace("{end: 2027-05-31}", validity) + invoicing
    repository.joinpath("agreements/natt.yaml").write_text(text, "utf-8")
    paper, ledger = (
        run("report", "annual", "natt", "--year", str(year), *AS_OF),
        run("ledger", *AS_OF),
    )

    assert (told in " ".join(paper.out.split()), "säger inget om" in paper.out) == (True, False)
    assert ("more may be owed: natt" in ledger.out) == note


def test_a_start_that_is_no_longer_known_takes_no_kronor_away() -> None:
    """Its years are unknown then, and an amount a year is no part of a total."""
    paid = NATT.replace("    - {party: foreningen, item: Härbärge}\n", "")
    dated = paid.replace("{end: 2027-05-31}", "{start: 2026-01-01, end: 2026-12-31}")
    before, after = case_of(dated), case_of(dated.replace("start: 2026-01-01, ", ""))
    _, kronor, *_ = changes.page([Revision("natt", "changed", before, after)], "", TODAY, ())
    one = Amount(Decimal(1_300_000))

    assert [row.cells[1:] for row in kronor.rows] == [
        ("2026", "public", one, UNKNOWN, UNKNOWN),
        ("years unknown", "public", None, one, one),
        ("", "", one, UNKNOWN, UNKNOWN),
    ]


def test_nothing_that_grows_by_kronor_is_unknown_in_later_years() -> None:
    """But for the days that are not the row's own: 0 + 5 000 kr a year is no 0 in 2025."""
    rows = """economy:
  contributions:
    - {party: kommunen, item: Bidrag, amount: 0, index: {kronor: 5000}}
    - {party: kommunen, item: Start, amount: 0, index: {kronor: 5000}, end: 2023-12-31}
    - {party: foreningen, item: Lokaler, amount: 0}
"""
    case = case_of(f"{HEAD}validity: {{start: 2024-01-01}}\n{rows}")

    assert [each.amount for each in case.of_year(2025)] == [None, 0, 0]


@pytest.mark.parametrize(
    ("text", "lens"),
    [
        (NATT, f"years unknown: at least 1{NBSP}300{NBSP}000{NBSP}kr"),
        (f"{HEAD}economy: {{contributions: [{{party: kommunen, total: 5}}]}}\n", f"not divided by year: 5{NBSP}kr"),
        (f"{HEAD}economy: {{contributions: []}}\n", "unknown"),
    ],
)  # fmt: skip
def test_the_editor_tells_what_is_stated(text: str, lens: str) -> None:
    """A year's amount, a total, or nothing."""
    case = case_of(text)
    path = ("economy", "contributions", 0)

    assert summaries.economy(case, Wording("en")) == lens
    assert ("years unknown" in str(summaries.row(case, path, Wording("en")))) == (text == NATT)


def test_terms_that_rule_no_day_that_may_be_are_in_no_figure() -> None:
    """First terms that an amendment replaced before the start, though the end is unknown."""
    old = "[{party: kommunen, total: 7}, {party: foreningen, item: Lokal, amount: 5}]"
    text = (
        f"{HEAD}validity: {{start: 2024-01-01}}\neconomy: {{contributions: {old}}}\nlog:\n"
        "  - {date: 2023-06-01, event: amendment, effective: 2023-07-01, terms: {economy:"
        " {contributions: [{party: kommunen, item: Ny, amount: 9}]}}}\n"
    )
    case = case_of(text, date(2024, 2, 1))
    table = listing.table([case], TODAY, by="row")

    assert [str(row.cells[2]) for row in table.rows[:-1]] == ["Ny"]
    assert any("hold on no day" in each for each in notes.of_budget([case], table, options=False))


def test_a_successor_is_what_a_memo_says_of_the_time_after() -> None:
    """The option that is left is then no way to go on."""
    text = f"{HEAD}validity: {{start: 2024-01-01, end: 2027-05-31, extension: {{kind: mutual, years: 1}}}}\n{ROWS}"
    case = replace(case_of(text, TODAY), successor="natt-2027")

    assert swedish.extension(case, is_neuter=False) == "Överenskommelsen följs av en ny."
    assert (case.reach.options, case.reach.latest_end) == ((), date(2027, 5, 31))
    assert not case.undecided


def test_a_share_without_rows_of_the_year_says_so() -> None:
    """Dates do not tell why."""
    case = case_of(f"{HEAD}validity: {{start: 2024-01-01, end: 2025-12-31}}\neconomy: {{contributions: []}}\n")  # fmt: skip
    table = split.table([case.share(2024)], TODAY, DEFAULT.benchmark)

    assert "has no row with days in 2024: natt" in table.notes


def test_a_total_of_nothing_is_nothing_in_years_that_are_unknown() -> None:
    """However many months it is divided over: a zero that is stated is no lack."""
    text = NATT.replace("amount: 1300000", "total: 0, spread: months")

    (free, unpriced) = undated(case_of(text))

    assert (free.amount, free.in_year) == (Decimal(0), Amount(Decimal(0)))
    assert unpriced.amount is None


def test_a_case_tells_what_of_its_days_is_missing() -> None:
    """The start, the end, or both."""
    validities = ("{end: 2027-05-31}", "{end: open}", "{start: 2024-01-01}", "{notice_months: 3}")
    told = [case_of(f"{HEAD}validity: {each}\n{ROWS}").why_undated for each in validities]

    assert [each.split()[3] for each in told] == ["starts", "starts", "ends", "holds"]
    assert isinstance(case_of(NATT), Case)


def test_the_outcome_of_a_year_is_unknown_where_the_agreement_may_not_hold() -> None:
    """A sum beside a total that is known is a least, and no row or agreement is left out."""
    rows = (
        "economy: {contributions: [{party: kommunen, item: A, amount: 120000}, {party: kommunen,"
        " item: T, total: 50000, start: 2024-01-01, end: 2024-12-31}]}\n"
    )
    day = date(2024, 6, 1)
    ends = case_of(f"{HEAD}validity: {{end: 2025-08-31}}\n{rows}", day)
    whenever = case_of(f"{HEAD}{ROWS}", day)
    agreed, by_row = (outcome.table([ends, whenever], day, 2024, by) for by in ("agreement", "row"))

    least = Amount(Decimal(50_000), complete=False)
    assert [row.cells[1] for row in agreed.rows] == [least, UNKNOWN, least]
    assert [row.cells[2:4] for row in by_row.rows] == [
        ("A", UNKNOWN),
        ("T", Amount(Decimal(50_000))),
        ("Bidrag", UNKNOWN),
        ("Härbärge", UNKNOWN),
    ]
    assert not outcome.table([ends], day, 2026, "row").rows


def test_a_row_that_is_over_before_the_first_day_gives_nothing(
    agreement_text: AgreementText,
) -> None:
    """Neither in a known year, nor a year in those that are unknown."""
    row = "{party: kommunen, item: Stöd, amount: 450000, end: 2022-12-31}"
    case = case_of(
        agreement_text(f"validity: {{start: 2024-01-01}}\neconomy: {{contributions: [{row}]}}"),
        date(2026, 1, 1),
    )

    assert [each.as_written for each in undated(case)] == [Amount(Decimal(0))]
