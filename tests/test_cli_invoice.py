"""`iopctl invoice`: what it tells, what it refuses, and the files that it leaves."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.cli.making import Form, Given
from iopctl.cli.reading import Selection
from iopctl.cli.sending import write
from iopctl.config import DEFAULT
from iopctl.errors import Refused
from iopctl.invoices.invoice import Issue, invoice
from iopctl.source.input import Input

if TYPE_CHECKING:
    from tests.conftest import Golden, Result, Run

HERE = Path(__file__).parent
CASES = HERE / "invoices"
WHOLE = CASES / "whole-year.yaml"
AGREEMENTS = HERE.parent / "agreements"
NUMBERED = ("--number", "2024-17", "--date", "2024-12-02")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, where no agreement is found unless it is named."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ------------------------------------------------------------------ the listing
def test_a_year_is_listed(run: Run, golden: Golden) -> None:
    """Every agreement has its line: ready, invoiced, or nothing to invoice; with what is missing."""
    found = run("invoice", AGREEMENTS, "--year", "2024", "--as-of", "2025-03-01")

    assert (found.code, found.err) == (0, "")
    golden("invoice/2024.txt", found.out)


def test_a_year_is_listed_for_programs(run: Run, golden: Golden) -> None:
    """The same as JSON."""
    listed = ("invoice", CASES, "--year", "2024", "--format", "json", "--as-of", "2024-12-02")
    found = run(*listed)

    assert found.code == 0
    golden("invoice/2024.json", found.out)


@pytest.mark.parametrize(("as_of", "code"), [("2024-06-29", 0), ("2024-06-30", 1)])
def test_what_is_due_and_not_ready_fails(run: Run, as_of: str, code: int) -> None:
    """From the day that it is to be sent."""
    fixture = HERE / "fixtures" / "two-municipalities.yaml"
    listed = ("invoice", fixture, WHOLE, "--period", "2024-H1", "--as-of", as_of)

    assert run(*listed).code == code


# ------------------------------------------------------------------ one invoice
def test_the_marking_text_is_told(run: Run) -> None:
    """As the agreement has it, with the amount and how it came about."""
    found = run("invoice", AGREEMENTS / "stadsmissionen-2024.yaml", "--year", "2025")

    assert found.code == 0
    assert "Ange:         IOP Östergötlands Stadsmission, helår 2025\n" in found.out
    assert "Belopp:       1\u00a0744\u00a0200\u00a0kr\n" in found.out


@pytest.mark.parametrize("form", ["html", "peppol", "json"])
def test_an_invoice_goes_to_standard_output(run: Run, here: Path, form: str) -> None:
    """Where no folder is named, nothing is written."""
    found = run("invoice", WHOLE, "--year", "2025", "--format", form, *NUMBERED)

    assert (found.code, found.err) == (0, "")
    assert "2024-17" in found.out
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("text", "whole-year_2025_2024-17.txt"),
        ("json", "whole-year_2025_2024-17.json"),
        ("html", "whole-year_2025_2024-17.html"),
        ("peppol", "whole-year_2025_2024-17.xml"),
        ("pdf", "whole-year_2025_2024-17.pdf"),
    ],
)
def test_an_invoice_is_written_once(run: Run, here: Path, form: str, name: str) -> None:
    """Under a name that is known beforehand, and never over another file."""
    if form == "pdf":
        pytest.importorskip("typst")
    made = ("invoice", WHOLE, "--year", "2025", "-f", form, *NUMBERED, "--output", here)

    assert run(*made).code == 0
    before = (here / name).read_bytes()
    again = run(*made)

    assert (again.code, again.out) == (2, "")
    assert f"{name} is there already" in again.err
    assert (here / name).read_bytes() == before


def test_sending_is_said_to_be_left(run: Run, here: Path) -> None:
    """An XML file is not yet with the buyer."""
    found = run("invoice", WHOLE, "--year", "2025", "-f", "peppol", *NUMBERED, "-o", here)

    assert "not sent: that takes an access point to Peppol, or the buyer's portal" in found.err


def test_a_pdf_without_all_that_peppol_asks_has_no_xml(run: Run, here: Path) -> None:
    """It is an invoice all the same."""
    pytest.importorskip("typst")
    text = WHOLE.read_text(encoding="utf-8").replace("    peppol_id: 0007:2120000449\n", "")
    (here / "a.yaml").write_text(text, encoding="utf-8")
    found = run("invoice", "a.yaml", "--year", "2025", "-f", "pdf", *NUMBERED, "-o", here)

    assert found.code == 0
    assert b"faktura.xml" not in (here / "whole-year_2025_2024-17.pdf").read_bytes()


def test_a_credit_note_is_made_of_a_logged_invoice(run: Run) -> None:
    """It names the invoice that it takes back."""
    found = run("invoice", WHOLE, "--credit", "2025-3", "-f", "peppol", *NUMBERED)

    assert found.code == 0
    assert "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>" in found.out
    assert "<cbc:ID>2025-3</cbc:ID>" in found.out


def test_templates_of_the_repository_and_of_the_run_go_first(run: Run, here: Path) -> None:
    """The folder that is named before the repository's own."""
    for folder in ("templates", "own"):
        (here / folder).mkdir()
        (here / folder / "invoice.txt").write_text(folder, encoding="utf-8")

    assert run("invoice", WHOLE, "--year", "2025").out == "templates"
    assert run("invoice", WHOLE, "--year", "2025", "--templates", "own").out == "own"


# ------------------------------------------------------------------ all of them
def test_all_that_is_ready_is_made(run: Run, here: Path) -> None:
    """Numbered on from the first; what is not ready is told, and fails when it is due."""
    fixture = HERE / "fixtures" / "two-municipalities.yaml"
    made = ("invoice", CASES / "taxed.yaml", fixture, "--year", "2024", "--all", "-f", "peppol")
    found = run(*made, "--number", "98", "--date", "2024-12-31", "-o", here)

    assert found.code == 1
    assert sorted(path.name for path in here.iterdir()) == [
        "taxed_2024-Q2_98.xml",
        "taxed_2024-Q3_99.xml",
        "taxed_2024-Q4_100.xml",
    ]
    assert "two-municipalities, 2024-Q1: invoicing.1.marking" in found.err


def test_all_texts_are_told_one_after_the_other(run: Run) -> None:
    """A text needs no number."""
    found = run("invoice", CASES / "taxed.yaml", "--year", "2024", "--all")

    assert (found.code, found.err) == (0, "")
    assert found.out.count("Faktura: ") == 3


# ------------------------------------------------------------------ what is refused
ONE = (WHOLE, "--year", "2025")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((WHOLE,), 2, "of which year? name it with --year"),
        ((WHOLE, "--period", "i år"), 2, "--period i år: write 2024"),
        ((WHOLE, "--year", "2030"), 1, "whole-year, 2030: nothing to invoice"),
        ((WHOLE, "--year", "2024"), 1, "2024 is invoiced already, by 2025-3 of 2025-01-10"),
        ((*ONE, "-f", "peppol"), 1, "not ready, for want of:\n  --number\n  --date\n"),
        ((*ONE, "--number", "1"), 2, "--number and --date belong together"),
        ((*ONE, "--number", " ", "--date", "2025-01-02"), 2, "write 1 to 40 characters"),
        ((*ONE, "--number", "1" * 41, "--date", "2025-01-02"), 2, "write 1 to 40 characters"),
        ((*ONE, "--number", "1\x07", "--date", "2025-01-02"), 2, "write 1 to 40 characters"),
        ((*ONE, "--number", "1", "--date", "2025-02"), 2, "--date 2025-02: write a day"),
        ((*ONE, "--due", "2025-02"), 2, "--due 2025-02: write a day"),
        ((*ONE, *NUMBERED, "--ocr", "1234567"), 2, "--ocr 1234567: the check digit"),
        ((*ONE, *NUMBERED, "--ocr", "x"), 2, "--ocr x: the check digit"),
        ((*ONE, "--number", "2025-3", "--date", "2025-01-02"), 1, "is used already, in whole-year"),
        ((*ONE, "-f", "pdf", *NUMBERED), 2, "a PDF is no text for the screen"),
        ((WHOLE, "--credit", "9"), 1, "whole-year: invoice 9 is not in the log"),
        ((WHOLE, "--credit", "2025-3", "-f", "html"), 1, "2025-3 needs --number; --date"),
        ((CASES, "--credit", "2025-3"), 2, "--credit is of one agreement"),
        ((CASES, "--all", "-f", "html"), 2, "of which year?"),
        ((CASES, "--year", "2024", "--all", "-f", "html"), 2, "invoices have numbers: add --number and --date"),
        ((WHOLE, "--year", "2024", "--all"), 1, "nothing is ready to be invoiced"),
    ],
)  # fmt: skip
def test_what_can_not_be_made_is_told(
    run: Run, here: Path, words: tuple[str | Path, ...], code: int, told: str
) -> None:
    """With what to do about it; and nothing is written."""
    found = run("invoice", *words, "--as-of", "2025-12-31")

    assert (found.code, found.out) == (code, "")
    assert told in found.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--year", "2024", "-f", "html", *NUMBERED),
            "these are 3 invoices (2024-Q2 due 2024-06-30",
        ),
        (
            ("--year", "2024", "--all", "-f", "html", *NUMBERED),
            "3 invoices are no text for the screen",
        ),
        (("--year", "2024", "--all", *NUMBERED, "--ocr", "1234566"), "--ocr is of one invoice"),
    ],
)
def test_several_invoices_are_not_mixed(run: Run, words: tuple[str, ...], told: str) -> None:
    """One of them is to be chosen, or a folder for all."""
    found = run("invoice", CASES / "taxed.yaml", *words)

    assert (found.code, found.out) == (2, "")
    assert told in found.err


def test_a_number_is_looked_for_in_all_agreements(run: Run, here: Path) -> None:
    """Also in those that are not asked about, where the seller is the same."""
    (here / "agreements").mkdir()
    shutil.copy(WHOLE, here / "agreements" / "whole-year.yaml")
    text = WHOLE.read_text(encoding="utf-8").partition("log:")[0].replace("id: whole-year", "id: b")
    (here / "agreements" / "b.yaml").write_text(text, encoding="utf-8")

    def used(number: str) -> Result:
        return run("invoice", "b", "--year", "2024", "--number", number, "--date", "2025-01-20")

    assert "is used already, in whole-year" in used("2025-3").err
    assert used("2025-4").code == 0


# ------------------------------------------------------------------ --record
def agreement_here(here: Path, name: str = "taxed") -> Path:
    """Return a copy of a case among the agreements of the folder of work."""
    (here / "agreements").mkdir(exist_ok=True)
    return Path(shutil.copy(CASES / f"{name}.yaml", here / "agreements" / f"{name}.yaml"))


def test_an_invoice_is_recorded_with_its_file(run: Run, here: Path) -> None:
    """The log gets one line, and the period is not offered again."""
    path = agreement_here(here)
    before = path.read_text(encoding="utf-8")
    words = ("invoice", "taxed", "--period", "2024-Q2", "-f", "peppol", "-o", here, "--record")
    made = run(*words, *NUMBERED)
    event = (
        "  - {date: 2024-12-02, event: invoice, number: 2024-17, period: 2024-Q2, amount: 100000}\n"
    )

    assert made.code == 0
    assert path.read_text(encoding="utf-8") == before + event
    assert (here / "taxed_2024-Q2_2024-17.xml").is_file()
    assert "2024-Q2 is invoiced already" in run(*words, "--number", "9", "--date", "2025-01-02").err


def test_a_credit_note_is_recorded_and_reopens_its_period(run: Run, here: Path) -> None:
    """The period can be invoiced once more."""
    path = agreement_here(here)
    credit = ("invoice", "taxed", "--credit", "11", "--record", *NUMBERED)
    made = run(*credit)

    assert made.code == 0
    assert "event: credit, number: 2024-17, of: 11}\n" in path.read_text(encoding="utf-8")
    assert "kvartal 1 2024" in run("invoice", "taxed", "--period", "2024-Q1").out


def test_all_invoices_are_recorded(run: Run, here: Path) -> None:
    """Several of one agreement, each with its seller where there are two."""
    path = agreement_here(here)
    made = run(
        "invoice", "--year", "2024", "--all", "--record", "-o", here, "--number", "98",
        "--date", "2024-12-31",
    )  # fmt: skip
    log = path.read_text(encoding="utf-8").partition("log:")[2]

    assert made.code == 0
    assert [f"number: {each}," in log for each in (11, 98, 99, 100)] == [True] * 4


def test_nothing_is_recorded_without_its_file(run: Run, here: Path) -> None:
    """A file that is there already stays, and so does the log."""
    path = agreement_here(here)
    before = path.read_bytes()
    there = here / "taxed_2024-Q2_2024-17.txt"
    there.write_text("min", encoding="utf-8")
    made = run("invoice", "taxed", "--period", "2024-Q2", "-o", here, "--record", *NUMBERED)

    assert (made.code, path.read_bytes(), there.read_text(encoding="utf-8")) == (2, before, "min")


def test_no_file_is_left_without_its_record(run: Run, here: Path) -> None:
    """Where the log can't be written, the invoice is taken away again."""
    path = agreement_here(here)
    linked = here / "linked"
    linked.symlink_to(path.parent, target_is_directory=True)
    made = run(
        "invoice", "linked/taxed.yaml", "--period", "2024-Q2", "-o", here, "--record", *NUMBERED
    )

    assert made.code == 2
    assert "linked is a link" in made.err
    assert not (here / "taxed_2024-Q2_2024-17.txt").exists()


def test_an_agreement_that_is_gone_is_not_recorded(here: Path) -> None:
    """Another may have moved the file since it was read."""
    given = Given((Form.TEXT,), {"": "17"}, "2024-12-02", record=True)
    found = document(Input("gone.yaml", WHOLE.read_bytes()))
    assert found.agreement
    stands = Case(found.agreement, date(2025, 2, 1))
    sheet = stands
    made = invoice(sheet.agreement, sheet.bills[1], Issue("17", date(2024, 12, 2)))
    gone = Input("gone.yaml", WHOLE.read_bytes())
    files = {found.agreement.id: gone.name}
    selected = Selection((stands,), (gone,), files, DEFAULT, stands.as_of, ())

    with pytest.raises(Refused, match=r"gone\.yaml has changed since it was read"):
        write([made], given, selected)
    assert list(here.iterdir()) == []


def test_a_record_needs_number_and_date(run: Run, here: Path) -> None:
    """What is logged has them."""
    agreement_here(here)
    made = run("invoice", "taxed", "--period", "2024-Q2", "--record")

    assert made.code == 1
    assert "--number\n  --date\n" in made.err


def test_a_byte_order_mark_stays(run: Run, here: Path) -> None:
    """The file keeps what editors of Windows put at its start."""
    path = agreement_here(here)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    made = run("invoice", "taxed", "--period", "2024-Q2", "--record", *NUMBERED)

    assert made.code == 0
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1
