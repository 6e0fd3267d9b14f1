"""What is billed ahead, of what is due, and once: the year's turn as a treasurer sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

BASE = """\
id: ljuset
title: IOP Ljuset
parties:
  kommunen: {role: public, name: Storviks kommun, org_number: 219900-0122}
  ljuset: {role: civil, name: Föreningen Ljuset, org_number: 899900-0121, bankgiro: 991-2346}
validity: {start: 2025-01-01, end: open}
economy:
  contributions:
    - {party: kommunen, item: Personal, amount: 400000}
    - {party: ljuset, item: Lokaler, amount: 500000}
invoicing:
  seller: ljuset
  buyer: kommunen
  recipient: {lines: [Fakturacentralen], postal_code: 999 40, city: STORVIK}
  reference: 150Z
  marking: Ansvar 7
  label: IOP Ljuset
  interval: quarterly
  timing: advance
  payment_days: 30
follow_up: {settled: {invoices: 2026-12-31}}
"""
AUTOMATIC = "end: 2026-12-31, notice_months: 3, extension: {kind: automatic, years: 1}"
DECEMBER = ("--year", "2027", "--as-of", "2026-12-10")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the agreement of the base."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    write(BASE)
    return tmp_path


def write(text: str, name: str = "ljuset") -> None:
    """Write an agreement."""
    Path("agreements", f"{name}.yaml").write_text(text, encoding="utf-8")


# ------------------------------------------------------------------ the next period
def test_the_next_period_is_offered_before_the_year_turns(run: Run) -> None:
    """January's bill of an agreement until further notice is made in December, and once."""
    listed = run("invoice", *DECEMBER)
    words = ("invoice", "ljuset", *DECEMBER, "--date", "2027-01-02", "--record")
    made = run(*words, "--number", "1")
    again = run(*words, "--number", "2")
    later = run("invoice", "--year", "2027", "--as-of", "2027-01-10")

    checked = run(
        "check", "ljuset", "--select", "IOP42,IOP43", "--format", "concise", *DECEMBER[2:]
    )
    sums = run("ledger", "ljuset", *DECEMBER[2:]).out.splitlines()
    copy = run("invoice", "ljuset", "--number", "1", "--as-of", "2027-05-01")

    assert checked.out + checked.err == ""
    (coming,) = (line.split()[-9:] for line in sums if " 2027 " in line)
    assert coming == ["100", "000", "100", "000", "0", "0", "0", "0", "1"]
    assert copy.out.replace(" (kopia)", "") == made.out
    assert "2027-Q1" in listed.out
    assert "2027-Q2" not in listed.out
    assert made.code == 0
    assert "period: 2027-Q1, amount: 100000, seller: ljuset, buyer: kommunen" in made.err
    assert "2027-Q1 is invoiced already, by 1 of 2027-01-02" in again.err
    assert [line.split()[-1] for line in later.out.splitlines() if "2027-Q1 " in line] == ["1"]
    assert "2027-Q4" in later.out


def test_the_next_period_is_by_what_has_been_agreed_on(run: Run) -> None:
    """A change that is dated later has not happened, though the period is ahead of it."""
    rise = (
        "log:\n  - date: 2026-12-20\n    event: amendment\n    effective: 2027-01-01\n"
        "    terms: {economy: {contributions: [{party: kommunen, item: Personal, amount: 800000}]}}\n"
    )
    write(BASE + rise)
    before = run("invoice", *DECEMBER).out
    after = run("invoice", "--year", "2027", "--as-of", "2026-12-20").out

    assert before.split("2027-01-01")[1].split("ready")[0].split() == ["100", "000", "100", "000"]
    assert after.split("2027-01-01")[1].split("ready")[0].split() == ["200", "000", "200", "000"]


def test_bills_of_several_buyers_say_to_whom_they_are(run: Run) -> None:
    """In what is due, and where one is to be chosen; equal parts are told apart."""
    text = BASE.replace("  ljuset:", "  region: {role: public, name: Region Vik}\n  ljuset:", 1)
    row = "    - {party: kommunen, item: Personal, amount: 400000}\n"
    head, _, block = text.replace(row, row + row.replace("kommunen", "region")).partition("invoicing:\n")  # fmt: skip
    keys = ", ".join(each.strip() for each in block.splitlines()[:-1] if "buyer" not in each)
    blocks = "".join(f"  - {{buyer: {each}, {keys}}}\n" for each in ("kommunen", "region"))
    write(f"{head}invoicing:\n{blocks}")
    due = run("due", *DECEMBER[2:]).out.replace("\N{NO-BREAK SPACE}", " ")
    chosen = run(
        "invoice", "ljuset", *DECEMBER, "-f", "html", "--number", "1", "--date", "2027-01-02"
    )

    for name in ("Storviks kommun", "Region Vik"):
        assert f"invoice 2027-Q1 to {name}, 100 000 kr" in due
        assert f"2027-Q1 due 2027-01-01 to {name}" in chosen.err


@pytest.mark.parametrize(
    ("validity", "log", "day", "is_offered"),
    [
        (AUTOMATIC, "", "2026-12-10", True),
        (AUTOMATIC, "", "2026-09-30", False),  # notice may still be given, and 1 January is far
        (AUTOMATIC.replace("months: 3", "months: 1"), "", "2026-11-30", False),
        (AUTOMATIC.replace("notice_months: 3, ", ""), "", "2026-12-10", True),
        (AUTOMATIC.replace("automatic", "mutual"), "", "2026-12-10", False),
        ("end: open", "", "2026-09-30", False),
        ("end: open", "", "2026-10-01", True),
        (
            "end: open",
            "log: [{date: 2026-06-01, event: termination, effective: 2026-12-31}]",
            "2026-12-10",
            False,
        ),
    ],
)
def test_what_goes_on_by_itself_is_billed_three_months_ahead(
    run: Run, validity: str, log: str, day: str, *, is_offered: bool
) -> None:
    """And what may still be stopped in time is not."""
    write(BASE.replace("end: open", validity) + log)
    listed = run("invoice", "--year", "2027", "--as-of", day).out
    due = run("due", "--as-of", day).out

    assert ("2027-Q1" in listed) == is_offered
    assert ("invoice 2027-Q1" in due) == is_offered


def test_why_the_next_period_is_not_offered_yet(run: Run) -> None:
    """What is paid in arrears is due at its end."""
    write(BASE.replace("advance", "arrears"))
    found = run("invoice", "ljuset", *DECEMBER)

    assert found.code == 1
    assert "it goes on until further notice, and is billed at most 3 months ahead" in found.err


# ------------------------------------------------------------------ all that is due
def test_all_makes_what_is_due(run: Run, here: Path) -> None:
    """What is due after the invoices' date is left out, and that is told."""
    words = ("invoice", "--year", "2027", "--all", "--number", "1", "-o", "out", "--record")
    made = run(*words, "--date", "2027-04-01", "--as-of", "2027-03-20")
    names = sorted(each.name for each in (here / "out").iterdir())
    none = run(*words, "--number", "3", "--date", "2027-04-02", "--as-of", "2027-03-20")
    asked = run(
        "invoice", "--year", "2027", "--all", "--number", "3", "--date", "2027-04-02",
        "--due-by", "2027-12-31", "-o", "out", "--as-of", "2027-03-20",
    )  # fmt: skip

    assert made.code == 0
    assert names == ["ljuset_2027-Q1_1.txt", "ljuset_2027-Q2_2.txt"]
    assert "2 invoices are due after 2027-04-01, and left out: add --due-by 2027-10-01" in made.err
    assert none.code == 2
    assert asked.code == 0
    assert (here / "out" / "ljuset_2027-Q4_4.txt").exists()


# ------------------------------------------------------------------ whose series
def test_a_series_goes_by_the_handle_or_a_part_of_the_name(run: Run) -> None:
    """As long as it is no other's; a number may have the sign itself."""
    other = BASE.replace("id: ljuset", "id: andra").replace("899900-0121", "899900-0071")
    write(other.replace("  ljuset:", "  huset:").replace("seller: ljuset", "seller: huset").replace("party: ljuset", "party: huset").replace("Föreningen Ljuset", "Föreningen Andra huset"), "andra")  # fmt: skip
    words = ("invoice", "--period", "2027-Q1", "--all", "--date", "2027-01-02", "-f", "json")
    day = ("--as-of", "2027-01-02")
    made = run(*words, *day, "--number", "ljuset=7", "--number", "ANDRA=1")
    unclear = run(*words, *day, "--number", "Föreningen=7")
    literal = run("invoice", "ljuset", "--period", "2027-Q1", "--date", "2027-01-02", "--number", "A=7", *day)  # fmt: skip

    assert made.code == 0
    assert '"number": "7"' in made.out
    assert '"number": "1"' in made.out
    assert unclear.code == 2
    assert "several sellers are called so: Föreningen Andra huset, Föreningen Ljuset" in unclear.err
    assert literal.code == 0


# ------------------------------------------------------------------ once
def test_an_instalment_for_several_years_is_listed_when_it_is_due(run: Run) -> None:
    """It is one bill, and would else be one of each year."""
    text = BASE.replace("end: open", "end: 2027-12-31").replace("amount: 400000", "total: 420000")
    plan = "instalments: [{date: 2026-02-01, amount: 420000, period: 2025-01-01/2027-12-31}]"
    write(text.replace("interval: quarterly", plan).replace("  timing: advance\n", ""))
    listed = {
        year: "420\u00a0000" in run("invoice", "--year", year).out
        for year in ("2025", "2026", "2027")
    }
    why = run("invoice", "ljuset", "--year", "2025")

    assert listed == {"2025": False, "2026": True, "2027": False}
    assert "2025-01-01/2027-12-31 is billed on 2026-02-01" in why.err


def test_what_is_not_invoiced_is_asked_for_in_the_year_that_lists_it(run: Run) -> None:
    """IOP427 names a command that makes the invoice: of several years that of the due day."""
    text = BASE.replace("end: open", "end: 2027-12-31").replace("amount: 400000", "total: 420000")
    once = text.replace("  interval: quarterly\n  timing: advance\n", "")
    write(once[: once.index("follow_up")])
    day = ("--as-of", "2028-01-15")
    told = run("check", "--select", "IOP427", "--format", "concise", *day).out
    words = told[told.index("iopctl invoice") :].split()[1:]

    assert words == ["invoice", "ljuset", "--year", "2027"]
    assert "420\u00a0000" in run(*words, *day).out


def test_a_total_is_assumed_to_be_asked_for_once(run: Run) -> None:
    """Not once a year (IOP406)."""
    text = BASE.replace("end: open", "end: 2027-12-31").replace("amount: 400000", "total: 420000")
    write(text.replace("  interval: quarterly\n", ""))
    words = ("check", "ljuset", "--select", "IOP406", "--format", "concise")
    once = run(*words).out
    write(BASE.replace("  interval: quarterly\n", ""))
    yearly = run(*words).out

    assert "how often to invoice is not stated: once is assumed" in once
    assert "how often to invoice is not stated: yearly is assumed" in yearly


def test_days_to_pay_are_at_most_a_year(run: Run) -> None:
    """What is more is mistyped: a due date in another century is nobody's."""
    write(BASE.replace("payment_days: 30", "payment_days: 1000000"))
    found = run("check", "ljuset", "--format", "concise")

    assert found.code == 1
    assert "a whole number of days" in found.out
    assert "365" in found.out
