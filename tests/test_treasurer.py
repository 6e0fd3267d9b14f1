"""The treasurer's year: what `iopctl invoice`, `ledger`, `due` and `status` say as it goes on."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Golden, Result, Run

BASE = """\
id: ljuset
title: IOP Ljuset
parties:
  kommunen: {role: public, name: Storviks kommun, org_number: 219900-0122, peppol_id: 0007:2199000122}
  ljuset:
    role: civil
    name: Föreningen Ljuset
    org_number: 899900-0121
    bankgiro: 991-2346
validity: {start: 2026-01-01, end: 2028-12-31, extension: {kind: option, years: 1}}
economy:
  contributions:
    - {party: kommunen, item: Personal, amount: 450000}
    - {party: kommunen, item: Hyra, amount: 50000}
    - {party: ljuset, item: Lokaler, amount: 500000}
invoicing:
  seller: ljuset
  buyer: kommunen
  recipient: {lines: [Fakturacentralen], postal_code: 999 40, city: STORVIK}
  reference: 150Z
  marking: Ansvar 7
  label: IOP Ljuset
  interval: yearly
  timing: advance
  payment_days: 30
"""


JOINT = "\nwhole invoices, of which others pay a part: ljuset (a block with its board parts them)\n"


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


def in_two(text: str, *keys: str) -> str:
    """Return an agreement with two blocks of invoicing, which differ in these keys."""
    head, mark, block = text.partition("invoicing:\n")
    alike = ", ".join(line.strip() for line in block.splitlines() if "seller" not in line)
    return head + mark + "".join(f"  - {{{each}, {alike}}}\n" for each in keys)


def logged() -> list[str]:
    """Return the lines of the log."""
    text = Path("agreements/ljuset.yaml").read_text(encoding="utf-8")
    return text.partition("log:\n")[2].splitlines()


def sent(run: Run, number: str, day: str, *words: str, form: str = "peppol") -> Result:
    """Record an invoice or a credit note in the folder out, on its day."""
    return run(
        "invoice", "ljuset", *words, "-f", form, "--number", number, "--date", day, "-o", "out",
        "--record", "--as-of", day,
    )  # fmt: skip


# ------------------------------------------------------------------ a year
def test_a_year_in_which_things_change(run: Run, here: Path, golden: Golden) -> None:
    """Billed in advance, raised, billed more, ended, and credited: it comes to the budget."""
    told = []

    def tell(*words: str) -> None:
        found = run(*words)
        told.append(f"$ iopctl {' '.join(words)}\n{found.out}{found.err}rc={found.code}\n")

    assert sent(run, "2026-1", "2025-12-15", "--year", "2026", form="pdf,peppol").code == 0
    tell("amend", "ljuset", "--effective", "2026-07-01", "--row", "Personal=550000", "--date",
         "2026-05-20", "--as-of", "2026-05-20", "--write")  # fmt: skip
    tell("invoice", "ljuset", "--year", "2026", "--as-of", "2026-06-01")
    tell("status", "--no-timeline", "--as-of", "2026-06-01")
    assert sent(run, "2026-2", "2026-07-01", "--year", "2026").code == 0
    tell("log", "ljuset", "termination", "--date", "2026-09-01", "--effective", "2026-09-30",
         "--as-of", "2026-09-01", "--write")  # fmt: skip
    for words in (
        ["invoice", "--year", "2026"], ["invoice", "--year", "2028"], ["due"],
        ["status", "--no-timeline"], ["ledger"],
    ):  # fmt: skip
        tell(*words, "--as-of", "2026-09-01")
    tell("invoice", "ljuset", "--year", "2026", "--as-of", "2026-09-01")
    tell("report", "annual", "ljuset", "--year", "2026", "--as-of", "2026-09-01")
    assert sent(run, "2026-3", "2026-09-02", "--credit", "2026-2").code == 0
    assert sent(run, "2026-4", "2026-09-02", "--credit", "2026-1", "--amount", "100000").code == 0
    tell("ledger", "--as-of", "2026-09-03", "--format", "csv")
    golden("invoice/year.txt", "".join(told))
    assert sorted(each.name for each in (here / "out").iterdir()) == [
        "ljuset_2026-H2_2026-2.xml",
        "ljuset_2026-H2_2026-3.xml",
        "ljuset_2026-H2_2026-4.xml",
        "ljuset_2026_2026-1.pdf",
        "ljuset_2026_2026-1.xml",
    ]
    assert run("check", "--as-of", "2026-09-03", "--select", "IOP42,IOP43").out == ""


def test_a_lost_invoice_is_made_again_byte_for_byte(run: Run, here: Path) -> None:
    """From the log alone, whatever has changed since, and looked from any day."""
    assert sent(run, "2026-1", "2025-12-15", "--year", "2026").code == 0
    assert sent(run, "2026-2", "2025-12-16", "--credit", "2026-1", "--amount", "5").code == 0
    text = BASE.partition("validity")[0].partition("parties:")[2].replace("991-2346", "160-9908")
    Path("t.yaml").write_text(f"parties:{text}", encoding="utf-8")
    amended = ("--effective", "2025-12-01", "--terms", "t.yaml", "--date", "2026-02-01")
    assert run("amend", "ljuset", *amended, "--as-of", "2026-02-01", "--write").code == 0
    for day in ("2025-12-15", "2031-01-01"):
        for number in ("2026-1", "2026-2"):
            name = f"ljuset_2026_{number}"
            made = run(
                "invoice", "ljuset", "--number", number, "-f", "peppol,html,pdf", "-o", "out",
                "--force", "--as-of", day,
            )  # fmt: skip
            assert made.code == 0
            assert f"{number} is in the log: this is a copy of it" in made.err
            copy = (here / "out" / f"{name}_kopia.xml").read_bytes()
            assert copy == (here / "out" / f"{name}.xml").read_bytes()
            assert "(kopia)" in (here / "out" / f"{name}_kopia.html").read_text(encoding="utf-8")

    shown = json.loads(run("invoice", "ljuset", "--number", "2026-1", "-f", "json").out)
    assert shown["invoices"][0]["copy"] is True


def test_an_invoice_that_was_dated_ahead_is_made_again(run: Run, here: Path) -> None:
    """What was logged after it was made, and before its date, was not in it."""
    made = run(
        "invoice", "ljuset", "--year", "2027", "-f", "peppol", "--number", "1", "--date",
        "2027-01-01", "-o", "out", "--record", "--as-of", "2026-11-29",
    )  # fmt: skip
    assert made.code == 0
    ended = ("termination", "--date", "2026-12-10", "--effective", "2026-12-31")
    assert run("log", "ljuset", *ended, "--as-of", "2026-12-10", "--write").code == 0
    assert sent(run, "2", "2027-01-02", "--credit", "1").code == 0
    for number in ("1", "2"):
        assert run("invoice", "ljuset", "--number", number, "-f", "peppol", "-o", "out").code == 0
        files = [here / "out" / f"ljuset_2027_{number}{kind}.xml" for kind in ("", "_kopia")]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_an_invoice_of_old_that_nothing_came_to_is_one_line(run: Run) -> None:
    """The log has its amount, and no more."""
    write(
        BASE + "log:\n  - {date: 2026-01-02, event: invoice, number: 7, period: 2026, amount: 7}\n"
    )
    found = run("invoice", "ljuset", "--number", "7")

    assert "  IOP Ljuset: 7\u00a0kr\n" in found.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--number", "7", "--date", "2026-01-03"], "7 is logged, and dated 2026-01-02: leave out"),
        (["--number", "7", "--date", "2026-01-02", "--year", "2027"], "number 7 of Föreningen Ljuset"),
        (["--number", "8", "--date", "2027-01-02"], "of which year?"),
        (["--credit", "7", "--year", "2027"], "invoice 7 is for 2026, and not for 2027"),
        (["--credit", "7", "--amount", "500001"], "of invoice 7 500\u00a0000 kr is left, and not 500\u00a0001"),
        (["--credit", "7", "--amount", "0"], "of invoice 7 500\u00a0000 kr is left, and not 0"),
        (["--credit", "7", "--number", "8", "--date", "2026-01-01", "--record"], "give it a later --date"),
        (["--year", "2027", "--amount", "5"], "--amount is of a credit note"),
        (["--year", "2027", "--record", "--preview"], "a preview is not recorded"),
        (["--year", "2027", "-f", "pdf,word"], "--format word: write text, json, html, pdf, peppol"),
        (["--year", "2027", "-f", "html,peppol", "--number", "8", "--date", "2027-01-01"], "several formats go to no"),
        (["--year", "2027", "--number", "8", "--number", "9"], "a series has one first number"),
        (["--year", "2030"], "nothing to invoice: it ends on 2028-12-31, and that its option is taken"),
        (["--year", "2025"], "nothing to invoice: it starts on 2026-01-01"),
        (["--period", "2026-Q1"], "nothing to invoice for 2026-Q1 alone: it is billed for 2026"),
        (["--year", "2027", "--ocr", "12344"], "--ocr is of an invoice: add --number and --date"),
        (["--year", "2027", "--board", "X"], "--board X: "),
        (["--year", "2027", "--buyer", "X"], "--buyer X: there are "),
        (["--year", "2027", "--seller", "X"], "--seller X: there are Föreningen Ljuset"),
        (["--year", "2027", "--due-by", "2026-12-31"], "nothing to invoice of what was chosen"),
    ],
)  # fmt: skip
def test_what_is_not_made_is_told(run: Run, words: list[str], told: str) -> None:
    """With the reason; and nothing is written."""
    event = "{date: 2026-01-02, event: invoice, number: 7, period: 2026, amount: 500000}"
    write(f"{BASE}log:\n  - {event}\n")
    found = run("invoice", "ljuset", *words, "--as-of", "2026-11-29")

    assert (found.code > 0, found.out) == (True, "")
    assert told in found.err
    assert logged() == [f"  - {event}"]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("event: termination, effective: 2026-06-30", "it was terminated, and ended on 2026-06-30"),
        ("event: option_declined", "it ends on 2028-12-31, and no option is left"),
    ],
)
def test_why_nothing_is_to_be_invoiced_after_the_end(run: Run, log: str, told: str) -> None:
    """How it ended."""
    write(f"{BASE}log: [{{date: 2026-02-01, {log}}}]\n")

    assert f"nothing to invoice: {told}" in run("invoice", "ljuset", "--year", "2030").err


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("{start: 2026-01-01, end: 2026-12-31, notice_months: 3, extension: {kind: automatic, years: 1}}",
         "nothing to invoice yet: it is decided to 2026-12-31, and goes on unless terminated"),
        ("{start: 2026-01-01}", "nothing to invoice: its dates are unknown"),
    ],
)  # fmt: skip
def test_why_nothing_is_to_be_invoiced_yet(run: Run, validity: str, told: str) -> None:
    """What goes on by itself, and what nobody knows."""
    line = next(each for each in BASE.splitlines() if each.startswith("validity"))
    write(BASE.replace(line, f"validity: {validity}"))

    assert told in run("invoice", "ljuset", "--year", "2027", "--as-of", "2026-02-01").err


# ------------------------------------------------------------------ previews and files
def test_a_preview_is_in_nobody_s_way(run: Run, here: Path) -> None:
    """It is made again and again, needs no number, and leaves the log and the file alone."""
    words = ("invoice", "ljuset", "--year", "2026", "-f", "html", "-o", "out", "--preview")
    made = [run(*words), run(*words, "--number", "1", "--date", "2026-01-02")]
    made += [run(*words, "--number", "1", "--date", "2026-01-02")]
    real = sent(run, "1", "2026-01-02", "--year", "2026", form="html")

    assert [each.code for each in (*made, real)] == [0] * 4
    assert sorted(each.name for each in (here / "out").iterdir()) == [
        "ljuset_2026_1.html",
        "ljuset_2026_1_utkast.html",
        "ljuset_2026_utkast.html",
    ]


@pytest.mark.parametrize("which", [("ljuset",), ("--all",)])
def test_a_preview_of_every_form_needs_no_number(
    run: Run, here: Path, which: tuple[str, ...]
) -> None:
    """Nor does its PDF, which has no XML in it."""
    pytest.importorskip("typst")
    words = ("--year", "2026", "-f", "text,json,html,pdf", "-o", "out", "--preview")
    found = run("invoice", *which, *words, "--as-of", "2026-01-02")

    assert found.code == 0
    assert sorted(each.name for each in (here / "out").iterdir()) == [
        f"ljuset_2026_utkast.{each}" for each in ("html", "json", "pdf", "txt")
    ]
    assert b"faktura.xml" not in (here / "out" / "ljuset_2026_utkast.pdf").read_bytes()


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("ljuset", "--year", "2027", "-f", "peppol"), "--number and --date"),
        (("ljuset", "--year", "2027", "-f", "pdf,peppol", "--number", "2"), "--date"),
        (("--all", "--year", "2027", "-f", "peppol", "--date", "2027-01-02"), "--number"),
        (("ljuset", "--credit", "1", "-f", "peppol"), "--number and --date"),
    ],
)
def test_an_e_invoice_has_a_number_as_a_preview_too(
    run: Run, here: Path, words: tuple[str, ...], missing: str
) -> None:
    """One line says so, and nothing is written."""
    sent(run, "1", "2026-01-02", "--year", "2026", form="text")
    found = run("invoice", *words, "-o", "previews", "--preview", "--as-of", "2027-01-02")

    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert f"a file for the e-invoice needs {missing}, as a preview too" in found.err
    assert not (here / "previews").exists()


@pytest.mark.parametrize("option", ["--number", "--credit"])
def test_a_number_that_the_log_lacks_is_told(run: Run, option: str) -> None:
    """Where no year is named, it can only be meant to be there."""
    found = run("invoice", "ljuset", option, "99", "-f", "html")

    assert (found.code, found.out) == (1, "")
    assert found.err == "iopctl: ljuset: invoice 99 is not in the log\n"


def test_the_copy_of_an_e_invoice_lacks_nothing(run: Run, here: Path) -> None:
    """What a new one is refused for, one that is logged is too: an invoice, or a credit note."""
    write(BASE.replace(", peppol_id: 0007:2199000122", ""))
    words = ("--year", "2026")
    sent(run, "1", "2026-01-02", *words, form="html")
    sent(run, "2", "2026-02-02", "--credit", "1", form="html")
    made = [
        run("invoice", "ljuset", "--number", each, "-f", "html,peppol", "-o", "copies")
        for each in ("1", "2")
    ]
    shown = [run("invoice", "ljuset", "--number", each, "-f", "html") for each in ("1", "2")]

    for number, each in zip(("1", "2"), made, strict=True):
        assert (each.code, each.out) == (1, "")
        assert each.err == (
            f"iopctl: the copy of {number} as an e-invoice needs parties.kommunen.peppol_id "
            "(where the buyer gets e-invoices: ask it, do not guess)\n"
        )
    assert [each.code for each in shown] == [0, 0]
    assert not (here / "copies").exists()


def test_the_e_invoice_that_an_earlier_try_left_out_lacks_nothing(run: Run, here: Path) -> None:
    """The log has the invoice already, and its file is refused all the same."""
    write(BASE.replace(", peppol_id: 0007:2199000122", ""))
    sent(run, "1", "2026-01-02", "--year", "2026", form="html")
    again = sent(run, "1", "2026-01-02", "--year", "2026")

    assert (again.code, again.out) == (1, "")
    assert "the copy of 1 as an e-invoice needs parties.kommunen.peppol_id" in again.err
    assert [each.name for each in (here / "out").iterdir()] == ["ljuset_2026_1.html"]


def test_files_are_overwritten_with_force_alone(run: Run, here: Path) -> None:
    """Where one of several is there, none is written."""
    (here / "out").mkdir()
    (here / "out" / "ljuset_2026_1.xml").write_text("min", encoding="utf-8")
    refused = sent(run, "1", "2026-01-02", "--year", "2026", form="html,peppol")
    before = sorted(each.name for each in (here / "out").iterdir())
    forced = run(
        "invoice", "ljuset", "--year", "2026", "-f", "html,peppol", "-o", "out", "--number", "1",
        "--date", "2026-01-02", "--record", "--force",
    )  # fmt: skip

    assert (refused.code, before, logged()[:0]) == (2, ["ljuset_2026_1.xml"], [])
    assert "ljuset_2026_1.xml is there already: name another, or add --force" in refused.err
    assert forced.code == 0
    assert len(logged()) == 1


def test_what_is_recorded_is_told(run: Run) -> None:
    """The very event, with an OCR number that was given."""
    words = ("invoice", "ljuset", "--year", "2026", "--number", "1", "--date", "2026-01-02")
    made = run(*words, "--record", "--ocr", "1234566")

    event = "date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 500000"
    assert made.err == f"logged in agreements/ljuset.yaml: {event}, payment_reference: 1234566\n"
    assert "1234566" in run("invoice", "ljuset", "--number", "1", "-f", "html").out


# ------------------------------------------------------------------ numbers and days
@pytest.mark.parametrize(
    ("number", "day", "told"),
    [
        ("12", "2026-12-15", ""),
        ("A-1", "2026-12-15", ""),
        ("X", "2026-12-15", ""),
        ("13", "2026-12-15", "number 13 comes after 11: is one left out between them?"),
        ("9", "2026-12-15", "number 9 comes after 11: numbers of a series do not fall"),
        ("12", "2025-12-15", "it is dated 2025-12-15, long before 2027, which it is for"),
        ("12", "2035-12-15", "it is dated 2035-12-15, years after 2027, which it is for"),
        ("12", "2027-12-15", "it is dated 2027-12-15, long after 2026-11-29"),
    ],
)
def test_odd_numbers_and_days_are_told(run: Run, number: str, day: str, told: str) -> None:
    """As a warning: the invoice is made."""
    write(
        f"{BASE}log:\n  - {{date: 2026-01-02, event: invoice, number: 11, period: 2026, amount: 500000}}\n"
    )
    words = ("--year", "2027", "--number", number, "--date", day, "--as-of", "2026-11-29")
    found = run("invoice", "ljuset", *words)

    assert found.code == 0
    assert found.err == (f"warning: ljuset, {number}: {told}\n" if told else "")


def test_a_credit_note_that_is_dated_before_its_invoice_is_warned_of(run: Run) -> None:
    """Recorded, it would make no sense of the log."""
    write(
        f"{BASE}log:\n  - {{date: 2026-01-02, event: invoice, number: 11, period: 2026, amount: 500000}}\n"
    )
    found = run("invoice", "ljuset", "--credit", "11", "--number", "12", "--date", "2026-01-01")

    assert found.code == 0
    assert "it is dated 2026-01-01, before invoice 11 of 2026-01-02" in found.err


def test_each_seller_has_a_series_of_its_own(run: Run, here: Path) -> None:
    """Its first number is given for it; one number for all is refused."""
    other = BASE.replace("id: ljuset", "id: andra").replace("899900-0121", "899900-0071")
    write(other.replace("Föreningen Ljuset", "Andra huset"), "andra")
    words = ("invoice", "--year", "2026", "--all", "--date", "2026-01-02", "--record", "-o", "out")
    refused = run(*words, "--number", "1")
    made = run(*words, "--number", "Föreningen Ljuset=7", "--number", "Andra huset=1")

    assert refused.code == 2
    assert "these are the invoices of 2 sellers (Andra huset, Föreningen Ljuset)" in refused.err
    assert "--number 'Andra huset=1'" in refused.err
    assert made.code == 0
    assert sorted(each.name for each in (here / "out").iterdir()) == [
        "andra_2026_1.txt",
        "ljuset_2026_7.txt",
    ]


def test_what_is_due_by_a_day_is_made(run: Run, here: Path) -> None:
    """And what is due later is not (K)."""
    write(BASE.replace("yearly", "quarterly"))
    words = ("--year", "2026", "--all", "--due-by", "2026-04-30", "--number", "1")
    found = run("invoice", "ljuset", *words, "--date", "2026-04-30", "--record", "-o", "out")

    assert found.code == 0
    assert sorted(each.name for each in (here / "out").iterdir()) == [
        "ljuset_2026-Q1_1.txt",
        "ljuset_2026-Q2_2.txt",
    ]


def test_a_wrong_invoice_beside_a_total_of_the_year_is_no_double_one(run: Run) -> None:
    """It is too much for its own days; what the total was billed for is other money."""
    text = BASE.replace("interval: yearly", "interval: quarterly")
    row = "    - {party: ljuset, item: Lokaler"
    start = "    - {party: kommunen, item: Start, total: 9000, end: 2026-12-31}\n"
    write(text.replace(row, start + row))
    for number, period, amount in (("1", "2026", "9000"), ("2", "2026-Q1", "130000")):
        run("log", "ljuset", "invoice", "--number", number, "--period", period, "--amount", amount, "--date", "2026-01-02", "--write", "--as-of", "2026-01-02")  # fmt: skip
    words = ("check", "ljuset", "--select", "IOP424,IOP426", "-f", "concise", "--as-of")
    once = run(*words, "2026-01-03").out
    run("log", "ljuset", "invoice", "--number", "3", "--period", "2026-Q1", "--amount", "125000", "--date", "2026-01-02", "--write", "--as-of", "2026-01-02")  # fmt: skip

    assert len(logged()) == 2  # a third, for the very same days, is refused
    assert "5 000 kr to credit" in once.replace("\N{NO-BREAK SPACE}", " ")
    assert "IOP424" not in once


# ------------------------------------------------------------------ several payers
def committees() -> str:
    """Return the agreement with two committees of equal parts."""
    text = BASE.replace("item: Personal,", "item: Personal, board: {SN: 50, KN: 50},")
    text = text.replace("item: Hyra,", "item: Hyra, board: {SN: 50, KN: 50},")
    head, _, block = text.partition("invoicing:\n")
    lines = [f"    {each.strip()}\n" for each in block.splitlines()]
    blocks = "".join(f"  - board: {board}\n{''.join(lines)}" for board in ("SN", "KN"))
    return f"{head}invoicing:\n{blocks}"


def test_one_of_equal_bills_is_chosen_by_its_committee(run: Run) -> None:
    """The log has it, and credits and new invoices go to the same (B, J)."""
    write(committees())
    several = run(
        "invoice", "ljuset", "--year", "2026", "-f", "html", "--number", "1", "--date", "2026-01-02"
    )
    one = sent(run, "1", "2026-01-02", "--year", "2026", "--board", "KN")
    other = sent(run, "2", "2026-01-02", "--year", "2026")
    back = sent(run, "3", "2026-01-05", "--credit", "1")
    again = sent(run, "4", "2026-01-06", "--year", "2026")

    assert "2026 due 2026-01-01 for SN, 2026 due 2026-01-01 for KN): choose one" in several.err
    assert [each.code for each in (one, other, back, again)] == [0] * 4
    assert ["board: KN" in each for each in logged() if "invoice" in each] == [True, False, True]


def test_a_committee_has_what_it_pays_though_no_block_names_it(run: Run) -> None:
    """Its own rows, and its part of what others pay, too: told where a bill or line is of both."""
    text = BASE.replace("item: Hyra,", "item: Hyra, board: {SN: 50, KN: 50},")
    write(text.replace("item: Personal,", "item: Personal, board: SN,"))
    day = ("--as-of", "2026-01-02")
    alike = [run("invoice", "--year", "2026", *day, *words) for words in ((), ("--board", "kn"))]
    made = run("invoice", "ljuset", "--year", "2026", "--board", "KN", *day)
    lines = [run("ledger", *day, *words).out for words in ((), ("--board", "KN"))]
    write(in_two(text, "seller: ljuset, board: KN", "seller: ljuset"))
    own = json.loads(run("ledger", "--board", "KN", "-f", "json", *day).out)["rows"]

    assert alike[1].out.replace(JOINT, "") == alike[0].out
    assert JOINT in alike[1].out
    assert "500\u00a0000\u00a0kr för 2026" in made.out
    assert lines[1].replace(JOINT, "") == lines[0]
    assert [row["cells"]["board"] for row in own] == ["KN", "KN", "KN", ""]


def test_what_is_to_credit_is_listed_by_what_was_chosen(run: Run) -> None:
    """As bills are: of another seller, buyer, committee or day there is nothing."""
    log = (
        "log:\n  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 500000}\n"
        "  - {date: 2026-06-01, event: termination, effective: 2026-06-30}\n"
    )
    text = BASE.replace("org_number: 219900-0122,", "org_number: 219900-0122, board: SN,")
    others = "  region: {role: public, name: Region Vik}\n  ljuset:"
    text = text.replace("  ljuset:", others, 1)
    row = "    - {party: region, item: Buss, amount: 10, board: KN}\ninvoicing:"
    write(in_two(text.replace("invoicing:", row).replace("  buyer: kommunen\n", ""), "seller: ljuset, buyer: kommunen", "seller: ljuset, buyer: region") + log)  # fmt: skip
    chosen: dict[tuple[str, ...], bool] = {
        (): True,
        ("--buyer", "kommunen"): True,
        ("--buyer", "Region Vik"): False,
        ("--seller", "ljuset"): True,
        ("--board", "SN"): True,
        ("--board", "KN"): False,
        ("--due-by", "2026-05-31"): False,
        ("--due", "2026-06-01"): True,
    }
    words = ("--year", "2026", "--as-of", "2026-06-02")
    told = {each: run("invoice", *words, *each).out for each in chosen}
    alone = {each: run("invoice", "ljuset", *words, *each).err for each in chosen}

    assert {each: "to credit" in text for each, text in told.items()} == chosen
    assert {each: "to credit of 1" in text for each, text in alone.items()} == chosen


def test_what_no_invoicing_asks_for_is_told_where_one_looks_for_it(run: Run) -> None:
    """The years after dated instalments, when an option is taken, and a total that has no block."""
    dates_ = "instalments: [{date: 2026-02-01, amount: 500000, period: 2026}]"
    text = BASE.replace("interval: yearly\n  timing: advance", dates_)
    write(text.replace("end: 2028-12-31", "end: 2027-12-31"))
    day = ("--as-of", "2026-01-02")
    listed = run("invoice", "--year", "2027", *day).out
    two = run("invoice", "ljuset", "--period", "2027-01-01/2028-12-31", *day).err
    total_ = "party: kommunen, item: Hyra, total: 50000, end: 2027-12-31, board: SN}"
    write(in_two(text.replace("party: kommunen, item: Hyra, amount: 50000}", total_), "board: KN, seller: ljuset"))  # fmt: skip
    told = [run("ledger", "ljuset", *day).out.replace("\N{NO-BREAK SPACE}", " ")]

    assert "no invoicing asks for the 500 000 kr of 2027" in listed.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "no invoicing asks for the 500 000 kr of 2027–2028" in two.replace("\N{NO-BREAK SPACE}", " ")  # fmt: skip
    assert "ljuset: of all years, 50 000 kr is asked for by no invoicing, and in no line" in told[0]


def test_where_nothing_is_to_be_paid_there_is_nothing_to_invoice(run: Run) -> None:
    """Neither asked for, nor left out."""
    write(BASE.replace("amount: 450000", "amount: 0").replace("amount: 50000}", "amount: 0}"))
    told = run("invoice", "ljuset", "--year", "2026", "--as-of", "2026-01-02").err

    assert told == "iopctl: ljuset, 2026: nothing to invoice\n"


def test_a_payment_is_logged_by_the_words_that_are_told(run: Run) -> None:
    """With its payer where there are several; and an error of one calls it no invoice."""
    write(committees().replace("interval: yearly", "method: payout"))
    day = ("--as-of", "2027-01-02")
    told = run("check", "ljuset", "--select", "IOP427", "-f", "concise", *day).out
    words = told.partition("iopctl log ljuset ")[2].splitlines()[0].replace('"', "").split()
    unsaid = run("log", "ljuset", *words[:-2], "--date", "2026-01-02", "--write", *day)
    logged_ = run("log", "ljuset", *words, "--date", "2026-01-02", "--write", *day)

    assert words == ["payment", "--period", "2026", "--amount", "250000", "--board", "SN"]
    assert "payment of 2026-01-02 does not say whose it is: it may be" in unsaid.err
    assert logged_.code == 0


def test_the_report_of_a_year_says_whose_an_invoice_is(run: Run) -> None:
    """Two committees, or buyers, have a line of the same days each."""
    write(committees())
    told = run("report", "annual", "ljuset", "--year", "2026", "--as-of", "2027-01-15").out
    told = told.replace("\N{NO-BREAK SPACE}", " ")

    for board in ("SN", "KN"):
        assert f"| 2026, {board} | 250 000 kr | ingen enligt loggen |" in told


def test_whose_an_invoice_is_can_be_asked_for(run: Run) -> None:
    """Where it can't be told, nothing is offered, credited or made again (B)."""
    event = "{date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 250000}"
    write(f"{committees()}log:\n  - {event}\n")
    found = run("invoice", "ljuset", "--year", "2026")
    credit = run("invoice", "ljuset", "--credit", "1")
    copy = run("invoice", "ljuset", "--number", "1")

    assert found.err == (
        "iopctl: ljuset, 2026: not ready, for want of:\n"
        "  it may be invoiced for 2026 by 1 of 2026-01-02, which does not say whose it is: write its"
        " buyer and board\n"
    )
    assert credit.err == copy.err
    assert "whose invoice 1 is can't be told (ljuset to kommunen (SN); ljuset to" in credit.err
    assert "whose 1 is can't be told, and it is in no line" in run("ledger").out
    back = "{date: 2026-01-02, event: credit, number: 2, of: 1}"
    write(f"{committees()}log:\n  - {event}\n  - {back}\n")
    assert "can't be told" not in run("ledger").out


def test_check_writes_whose_an_invoice_is(run: Run) -> None:
    """Where it can be one payer's alone; else it is an error."""
    event = "{{date: 2026-01-02, event: invoice, number: {}, period: 2026, amount: 250000{}}}"
    first, second = event.format(1, ""), event.format(2, ", board: SN")
    write(f"{committees()}log:\n  - {first}\n  - {second}\n")
    found = run("check", "--select", "IOP43", "--format", "concise")
    fixed = run("check", "--fix", "--select", "IOP43")

    assert (
        "IOP431 payer-not-stated: note [*]: the invoice 1 does not say its board, which can be KN"
        in found.out
    )
    assert fixed.code == 0
    assert logged() == [f"  - {event.format(1, ', board: KN')}", f"  - {second}"]


# ------------------------------------------------------------------ lists
def test_a_year_is_listed_with_committee_and_what_is_open(run: Run, golden: Golden) -> None:
    """Also what is paid out, what is to be repaid, and where no invoicing is written."""
    event = "{{date: 2026-01-02, event: {}, period: 2026, amount: {}{}}}"
    events = [
        event.format("invoice", 260_000, ", number: 1, board: SN"),
        event.format("invoice", 250_000, ", number: 2, board: KN"),
    ]
    write(committees() + "log:\n" + "".join(f"  - {each}\n" for each in events))
    payout = BASE.replace("interval: yearly", "interval: half_yearly\n  method: payout")
    paid = event.format("payment", 260_000, "").replace("2026,", "2026-H1,")
    write(payout.replace("id: ljuset", "id: utbetalt") + f"log:\n  - {paid}\n", "utbetalt")
    write(BASE.partition("invoicing")[0].replace("id: ljuset", "id: utan"), "utan")
    found = run("invoice", "--year", "2026", "--as-of", "2026-03-01")
    ledger = run("ledger", "--as-of", "2026-03-01")
    paid_out = run("invoice", "utbetalt", "--period", "2026-H2")
    done = run("invoice", "utbetalt", "--period", "2026-H1")
    due = run("due", "utbetalt", "--as-of", "2026-03-01")

    assert run("invoice", "utan", "--year", "2026").err == (
        "iopctl: utan, 2026: no invoicing is written\n"
    )
    golden("invoice/payers.txt", "".join(
        each.out + each.err for each in (found, ledger, paid_out, done, due)
    ))  # fmt: skip


def test_a_list_is_no_invoice(run: Run) -> None:
    """Whoever names a folder for it has forgotten --all."""
    found = run("invoice", "--year", "2026", "-o", "out")

    assert (found.code, found.out) == (2, "")
    assert "the list of a year is no invoice: add --all" in found.err


def test_a_ledger_has_a_line_for_totals_and_years(run: Run, golden: Golden) -> None:
    """An invoice of several years is in each of them, and a total in a line of its own."""
    rows = "    - {party: kommunen, item: Start, total: 90000}\n    - {party: ljuset"
    text = BASE.replace("    - {party: ljuset", rows).replace("reference", "x-y")
    log = dedent("""\
        log:
          - {date: 2026-01-02, event: invoice, number: 1, period: 2026-01-01/2028-12-31, amount: 90000}
          - {date: 2026-01-02, event: invoice, number: 2, period: 2026-07-01/2027-06-30, amount: 500000}
        follow_up: {settled_until: 2026-01-01}
    """)
    write(text + log)

    golden("invoice/ledger.txt", run("ledger", "--as-of", "2026-03-01").out)


def test_a_new_payer_is_logged_though_an_invoice_ahead_becomes_unclear(run: Run) -> None:
    """What has happened is never refused for the sake of invoices; what is unclear is told."""
    event = "{date: 2027-01-02, event: invoice, number: 1, period: 2027, amount: 500000}"
    write(f"{BASE}log:\n  - {event}\n")
    new = BASE.partition("validity")[0].partition("parties:\n")[2]
    rows = "    - {party: regionen, item: Bidrag, amount: 500000}\n"
    Path("t.yaml").write_text(
        f"parties:\n  regionen: {{role: public, name: Region Exempel}}\n{new}"
        f"economy:\n  contributions:\n{rows}"
        "invoicing: {seller: ljuset, buyer: regionen, reference: R7, label: IOP}\n",
        encoding="utf-8",
    )
    words = ("--effective", "2027-07-01", "--terms", "t.yaml", "--date", "2026-12-10")
    found = run("amend", "ljuset", *words, "--as-of", "2026-12-10", "--write")

    assert found.code == 0
    assert "error: log.2: the invoice 1 does not say whose it is" in found.err


def test_what_is_shown_of_an_agreement_has_how_it_is_paid(run: Run) -> None:
    """Without an invoice, by which committee, and what was settled apart."""
    text = BASE.replace("interval: yearly", "method: payout\n  board: SN")
    event = "{date: 2026-01-02, event: payment, period: 2026, amount: 5}"
    write(f"{text}log: [{event}]\nfollow_up: {{settled: {{invoices: 2026-06-30}}}}\n")
    shown = run("show", "ljuset", "--as-of", "2026-07-01").out

    for line in ("method", "committee", "invoices settled until", "amount: 5"):
        assert line in shown
    assert "repaid" not in shown


def test_a_ledger_has_what_is_left_of_an_instalment(run: Run) -> None:
    """Whose days were cut off after it was paid."""
    plan = "instalments: [{date: 2026-02-01, amount: 500000, period: 2026}]"
    log = (
        "log:\n  - {date: 2026-02-01, event: invoice, number: 1, period: 2026, amount: 500000}\n"
        "  - {date: 2026-03-01, event: termination, effective: 2026-06-30}\n"
    )
    write(BASE.replace("interval: yearly", plan) + log)
    rows = json.loads(run("ledger", "--format", "json", "--as-of", "2026-03-02").out)["rows"]

    amounts = ("budget", "invoiced", "open")
    assert [rows[0]["cells"][each] for each in amounts] == ["250000", "500000", "-250000"]


def test_an_invoice_is_not_made_again_for_whom_it_may_be(run: Run) -> None:
    """Of as many invoices alike as there are payers nobody knows which was whose (B)."""
    log = """
log:
  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 250000}
  - {date: 2026-01-02, event: invoice, number: 2, period: 2026, amount: 250000}
"""
    row = "{party: kommunen, item: Personal, amount: 450000}"
    text = BASE.replace(row, row.replace("}", ", board: {Barn: 50, Social: 50}}"))
    text = text.replace("item: Hyra, amount: 50000", "item: Hyra, amount: 50000, board: {Barn: 50, Social: 50}")  # fmt: skip
    write(in_two(text, "board: Barn, seller: ljuset", "board: Social, seller: ljuset") + log)
    copy = run("invoice", "ljuset", "--number", "1", "--as-of", "2026-03-01")
    note = run("invoice", "ljuset", "--credit", "1", "--as-of", "2026-03-01")
    told = run(
        "check", "ljuset", "--select", "IOP43", "--format", "concise", "--as-of", "2026-03-01"
    )
    listed = run("invoice", "--year", "2026", "--as-of", "2026-03-01")

    assert copy.code == note.code == 1
    assert "whose invoice 1 is can't be told (ljuset to kommunen (Barn); ljuset to" in copy.err
    assert "whose invoice 1 is can't be told" in note.err
    assert told.out.count("does not say whose of several alike it is") == 2
    assert listed.out.count("invoiced") == 2


def test_sellers_may_have_sent_the_same_number(run: Run) -> None:
    """Then --seller says whose is credited or made again, and the log has it."""
    log = """
log:
  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 450000, seller: ljuset}
  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 50000, seller: huset}
"""
    text = BASE.replace("  ljuset:\n", "  huset: {role: civil, name: Huset, org_number: 899900-0071, bankgiro: 991-2346}\n  ljuset:\n")  # fmt: skip
    text = text.replace("amount: 450000}", "amount: 450000, receiver: ljuset}")
    text = text.replace("item: Hyra, amount: 50000}", "item: Hyra, amount: 50000, receiver: huset}")
    write(in_two(text, "seller: ljuset", "seller: huset") + log)
    words = ("invoice", "ljuset", "--as-of", "2026-03-01")
    refused = [run(*words, "--number", "1"), run(*words, "--credit", "1")]
    copy = run(*words, "--number", "1", "--seller", "Huset")
    again = ("--number", "2", "--date", "2026-02-01", "--record")
    made = run(*words, "--credit", "1", "--seller", "huset", *again)
    noted = run(*words, "--number", "2", "--seller", "huset")
    other = run(*words, "--number", "2", "--seller", "ljuset")

    assert {each.code for each in refused} == {1}
    assert "1 is the number of invoices of Föreningen Ljuset, Huset: choose" in refused[0].err
    assert "50\u00a0000\u00a0kr" in copy.out
    assert made.code == 0
    assert "event: credit, number: 2, of: 1, seller: huset" in made.err + made.out
    assert "Kreditfaktura (kopia)" in noted.out
    assert other.code == 2 or "kopia" not in other.out


@pytest.mark.parametrize("words", [("--period", "2027"), ("--credit", "1")])
def test_a_copy_of_what_is_dated_ahead_knows_no_later_change(
    run: Run, words: tuple[str, ...]
) -> None:
    """Made in December and dated in January: a new reference in between is not on its copy."""
    sent(run, "1", "2026-01-02", "--year", "2026")
    ahead = ("-f", "peppol", "--number", "2", "--date", "2027-01-04", "-o", "out")
    run("invoice", "ljuset", *words, *ahead, "--record", "--as-of", "2026-12-10")
    block = BASE[BASE.index("invoicing:") :]
    Path("t.yaml").write_text(block.replace("150Z", "777Z"), encoding="utf-8")
    new = ("--terms", "t.yaml", "--date", "2026-12-20", "--as-of", "2026-12-20", "--write")
    run("amend", "ljuset", "--effective", "2027-01-01", *new)
    run("invoice", "ljuset", "--number", "2", "-f", "peppol", "-o", "out", "--as-of", "2027-02-01")
    (copy,) = Path("out").glob("*_2_kopia.xml")

    assert "made: 2026-12-10" in "".join(logged())
    assert copy.read_bytes() == Path(str(copy).replace("_kopia", "")).read_bytes()
    assert b"<cbc:BuyerReference>150Z<" in copy.read_bytes()


def test_a_party_goes_by_a_part_of_its_name_that_is_no_others(run: Run) -> None:
    """As the seller of a number does; where two are meant, both are named."""
    region = "  regionen: {role: public, name: Region Storvik, org_number: 232100-0016}\n"
    rent = "party: regionen, item: Hyra"
    text = BASE.replace("  ljuset:\n", f"{region}  ljuset:\n").replace("  buyer: kommunen\n", "")
    text = text.replace("party: kommunen, item: Hyra", rent)
    write(in_two(text, "seller: ljuset, buyer: kommunen", "seller: ljuset, buyer: regionen"))
    words = ("invoice", "ljuset", "--year", "2026", "--as-of", "2026-01-02")

    assert "Till:         Storviks kommun" in run(*words, "--buyer", "kommun").out
    assert "Till:         Storviks kommun" in run(*words, "--buyer", "kommunen").out
    told = run(*words, "--buyer", "storvik").err
    assert "--buyer storvik: several are called so: Storviks kommun, Region Storvik" in told
    write(BASE[: BASE.index("invoicing:")])
    assert "--seller x: no agreement names any" in run(*words, "--seller", "x").err


def test_no_invoice_is_made_that_the_log_can_not_have(run: Run) -> None:
    """Two rows at the limit: together more than a file can state; neither made nor ready."""
    write(BASE.replace("450000", "9000000000000").replace("50000}", "1000000000000}", 1))
    made = sent(run, "1", "2026-01-02", "--year", "2026", form="text")
    listed = run("invoice", "--year", "2026", "--as-of", "2026-01-02")

    assert (made.code, logged()) == (1, [])
    assert "is more than the log can have: invoice it in parts" in made.err
    assert listed.out.count("is more than the log can have") == 1


def test_an_e_invoice_lacks_what_it_needs_beside_the_rest(run: Run) -> None:
    """What a text lacks as well is told once."""
    write(BASE.replace("  label: IOP Ljuset\n", "").replace(", peppol_id: 0007:2199000122", ""))
    told = run("invoice", "--year", "2026", "--as-of", "2026-01-02").out

    assert told.count("invoicing.label (Ange)") == 1
    assert "for an e-invoice (2026): parties.kommunen.peppol_id" in told


def test_what_a_committee_pays_of_a_row_is_said_to_be_its(run: Run) -> None:
    """Not that the part is the year's, which is all committees'."""
    board = "amount: 450000, board: {BUN: 60, SN: 40}}"
    text = BASE.replace("amount: 450000}", board)
    write(in_two(text, "seller: ljuset, board: BUN", "seller: ljuset, board: SN"))
    words = ("invoice", "ljuset", "--board", "SN", "--as-of", "2026-01-02")
    yearly = run(*words, "--year", "2026").out
    text = text.replace("interval: yearly", "interval: quarterly")
    write(in_two(text, "seller: ljuset, board: BUN", "seller: ljuset, board: SN"))
    quarter = run(*words, "--period", "2026-Q1").out

    assert "varav 180\u00a0000\u00a0kr för SN\n" in yearly
    assert "varav 45\u00a0000\u00a0kr för SN, kvartal 1 2026\n" in quarter


# ------------------------------------------------------------------ what is said of days and money
def test_what_is_left_of_a_year_is_called_by_its_days(run: Run) -> None:
    """Four months of a yearly bill are no tertial, which those are who are billed by tertials."""
    write(BASE.replace("start: 2026-01-01", "start: 2025-09-01"))
    yearly = run("invoice", "ljuset", "--year", "2025").out
    write(BASE.replace("yearly", "tertial"))
    tertial = run("invoice", "ljuset", "--period", "2026-T3").out

    assert "Ange:         IOP Ljuset, september–december 2025\n" in yearly
    assert "Ange:         IOP Ljuset, tertial 3 2026\n" in tertial
    assert "varav 166 666 kr för tertial 3 2026" in tertial.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("terms", "days", "amount"),
    [
        ("invoicing: {seller: ljuset, buyer: kommunen, reference: NY}", "2026-Q4", "125 000"),
        (
            "economy: {contributions: [{party: kommunen, item: Personal, amount: 400000},"
            " {party: ljuset, item: Lokaler, amount: 400000}]}",
            "2026-H2",
            "150 000",
        ),
    ],
)
def test_a_credit_is_for_the_days_that_give_less(
    run: Run, terms: str, days: str, amount: str
) -> None:
    """A new reference from July gives as much as before; lower terms from then give less."""
    write(
        BASE + "log:\n"
        "  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 500000}\n"
        f"  - {{date: 2026-06-01, event: amendment, effective: 2026-07-01, terms: {{{terms}}}}}\n"
        "  - {date: 2026-08-01, event: termination, effective: 2026-09-30}\n"
    )
    found = run("due", "ljuset", "--as-of", "2026-08-02").out

    assert f"credit {amount} kr of 1 for {days}" in found.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_not_ready_says_how_much_it_is(run: Run) -> None:
    """In all, and each of several; not of what may be invoiced already."""
    write(BASE.replace("  reference: 150Z\n", ""))
    one = run("invoice", "ljuset", "--year", "2026")
    write(BASE.replace("  reference: 150Z\n", "").replace("yearly", "half_yearly"))
    two = run("invoice", "ljuset", "--year", "2026")
    unpriced = BASE.replace("  reference: 150Z\n", "").replace(", amount: 450000", "")
    write(unpriced)
    unknown = run("invoice", "ljuset", "--year", "2026")

    told = [
        each.err.replace("\N{NO-BREAK SPACE}", " ").splitlines() for each in (one, two, unknown)
    ]
    assert [each[0] for each in told] == [
        "iopctl: ljuset, 2026: 500 000 kr to invoice, not ready, for want of:",
        "iopctl: ljuset, 2026: 500 000 kr (2026-H1: 250 000 kr, 2026-H2: 250 000 kr) to invoice,"
        " not ready, for want of:",
        "iopctl: ljuset, 2026: amount unknown to invoice, not ready, for want of:",
    ]
    assert told[0][1:] == ["  invoicing.reference (Referenskod)"]
    assert one.code == two.code == unknown.code == 1


def test_a_taxed_invoice_is_ready_for_nothing_while_the_law_wants_more(run: Run) -> None:
    """The list, the text, the page and check say the same: the seller's address."""
    taxed = "  vat: S\n  vat_percent: 25\n"
    write(BASE.replace("899900-0121\n", "899900-0121\n    vat_number: SE899900012101\n") + taxed)
    listed = run("invoice", "--year", "2026").out
    number = ("--number", "1", "--date", "2026-01-02")
    made = [
        run("invoice", "ljuset", "--year", "2026", *words).err
        for words in ((), ("-f", "html", *number), ("-f", "peppol", *number))
    ]

    lacking = "parties.ljuset.address (S needs the seller's address, with postal_code and city"
    assert "not ready" in listed
    assert " ready " not in listed.replace("not ready", "")
    assert lacking in listed
    assert all(lacking in each for each in made)
    assert "IOP413" in run("check", "ljuset", "--format", "concise").out


def test_a_page_says_of_a_payout_who_pays_it_to_whom(run: Run) -> None:
    """It is no invoice from the one who gets the money; how often it is paid is told, too."""
    block = "invoicing: {seller: ljuset, buyer: kommunen, method: payout}\n"
    write(BASE[: BASE.index("invoicing:")] + block)
    page = run("show", "ljuset").out

    assert page.partition("\nPayout\n")[2].strip().split("\n") == [
        "to         Föreningen Ljuset",
        "from       Storviks kommun",
        "method     payout",
        "how often  not stated (yearly is assumed)",
    ]


def test_an_end_that_was_moved_leaves_what_was_billed_after_it_to_credit(run: Run) -> None:
    """Though an option may bring these days back; what was billed for an option is let be."""
    one = BASE.replace("2028-12-31", "2026-12-31") + (
        "log:\n  - {date: 2026-01-02, event: invoice, number: 1, period: 2026, amount: 500000}\n"
    )
    write(
        f"{one}  - {{date: 2026-05-02, event: amendment, effective: 2026-06-01, terms: {{validity:"
        " {end: 2026-06-30, extension: {kind: option, years: 1}}}}\n"
    )
    moved = run("due", "ljuset", "--as-of", "2026-06-01").out
    write(
        f"{one}  - {{date: 2026-12-20, event: invoice, number: 2, period: 2027, amount: 500000}}\n"
    )
    ahead = run("due", "ljuset", "--as-of", "2026-12-21").out
    moving = (
        "  - {date: 2026-05-02, event: amendment, effective: 2026-06-01, terms: {validity:"
        " {end: 2026-06-30, extension: {kind: option, years: 1}}}}\n"
    )
    write(one.replace("log:\n", f"log:\n{moving}").replace("2026-01-02", "2026-05-20"))
    dated_ahead = run("due", "ljuset", "--as-of", "2026-06-01").out

    assert "credit 250 000 kr of 1 for 2026" in dated_ahead.replace("\N{NO-BREAK SPACE}", " ")
    assert "credit 250 000 kr of 1 for 2026-H2" in moved.replace("\N{NO-BREAK SPACE}", " ")
    assert "credit" not in ahead


def test_a_total_that_was_billed_too_high_comes_out_even(run: Run) -> None:
    """What is to be credited stands in the line of the total, whatever has been amended since."""
    total = "validity: {start: 2026-01-01, end: 2027-12-31}\n"
    text = BASE.replace(BASE[BASE.index("validity:") : BASE.index("economy:")], total)
    text = text.replace("amount: 450000", "total: 1000").replace(
        "    - {party: kommunen, item: Hyra, amount: 50000}\n", ""
    )
    block = "{seller: ljuset, buyer: kommunen, reference: NY, timing: advance}"
    write(
        f"{text}log:\n"
        "  - {date: 2026-01-02, event: invoice, number: 1, period: 2026-01-01/2027-12-31, amount: 1001}\n"
        f"  - {{date: 2026-02-01, event: amendment, effective: 2027-07-01, terms: {{invoicing: {block}}}}}\n"
        f"  - {{date: 2026-02-01, event: amendment, effective: 2027-10-01, terms: {{invoicing: {block}}}}}\n"
    )
    (row,) = json.loads(run("ledger", "ljuset", "--format", "json").out)["rows"]

    amounts = ("budget", "invoiced", "open")
    assert [row["cells"][each] for each in amounts] == ["1000", "1001", "-1"]


def test_an_extension_changes_nothing_of_the_days_before_it(run: Run) -> None:
    """What was billed too high is to be credited for all of its days, as before."""
    write(
        f"{BASE}log:\n"
        "  - {date: 2028-01-02, event: invoice, number: 1, period: 2028, amount: 510000}\n"
        "  - {date: 2028-05-02, event: extension}\n"
    )
    found = run("due", "ljuset", "--as-of", "2028-06-01").out

    assert "credit 10 000 kr of 1 for 2028 " in found.replace("\N{NO-BREAK SPACE}", " ")


def test_an_invoice_of_days_that_no_block_has_may_be_anybodys(run: Run) -> None:
    """Of several payers it is not known whose it is, though none was to pay for its days."""
    event = "{date: 2026-01-02, event: invoice, number: 1, period: 2025, amount: 250000}"
    since = "interval: yearly\n    start: 2026-01-01"
    write(f"{committees().replace('interval: yearly', since)}log:\n  - {event}\n")

    assert "IOP430" in run("check", "ljuset", "--format", "concise").out


def test_parties_are_named_in_any_case(run: Run) -> None:
    """As committees are."""
    write(BASE)
    asked = ("invoice", "ljuset", "--year", "2026", "--as-of", "2026-11-29")

    assert run(*asked, "--seller", "FÖRENINGEN ljuset").out == run(*asked).out != ""


def test_a_text_has_its_number_and_days(run: Run) -> None:
    """A copy that is to be looked at says which it is, and when it is paid."""
    write(
        BASE
        + "log:\n  - {date: 2026-01-02, event: invoice, number: 7, period: 2026, amount: 500000}\n"
    )
    found = run("invoice", "ljuset", "--number", "7", "--as-of", "2026-11-29")

    assert "Fakturanr:    7\nFakturadatum: 2026-01-02\n" in found.out
