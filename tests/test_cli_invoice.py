"""`iopctl invoice`: what it tells, what it refuses, and the files that it leaves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import document
from iopctl.cli.making import InvoiceForm, InvoiceWishes
from iopctl.cli.reading import Selection
from iopctl.cli.sending import write
from iopctl.config import DEFAULT
from iopctl.errors import Refused, UserError
from iopctl.files import Repository
from iopctl.input import Input
from iopctl.invoices.invoice import Issue, invoice

if TYPE_CHECKING:
    from iopctl.cli.reading import AgreementSelection
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


@pytest.fixture
def unlabelled(tmp_path: Path) -> Path:
    """Return an agreement whose invoices do not say which agreement they are for."""
    text = (HERE / "fixtures" / "two-municipalities.yaml").read_text(encoding="utf-8")
    path = tmp_path / "read" / "two-municipalities.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("    label: Mentorer för unga\n", ""), encoding="utf-8")
    return path


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
def test_what_is_due_and_not_ready_fails(run: Run, unlabelled: Path, as_of: str, code: int) -> None:
    """From the day that it is to be sent."""
    listed = ("invoice", unlabelled, WHOLE, "--period", "2024-H1", "--as-of", as_of)

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


def test_what_a_pdf_has_no_letters_for_is_told(run: Run, here: Path) -> None:
    """The file is written, and whoever sends it knows that it has boxes."""
    text = WHOLE.read_text(encoding="utf-8").replace("label: IOP", "label: 漢字 🌻 IOP")
    (here / "a.yaml").write_text(text, encoding="utf-8")
    (here / "made").mkdir()
    found = run("invoice", "a.yaml", "--year", "2025", "-f", "pdf", *NUMBERED, "-o", "made")

    assert found == (
        0,
        "",
        "written: made/whole-year_2025_2024-17.pdf\n"
        "made/whole-year_2025_2024-17.pdf: our fonts lack some of its characters: they are boxes\n",
    )


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
def test_all_that_is_ready_is_made(run: Run, here: Path, unlabelled: Path) -> None:
    """Numbered on from the first; what is not ready is told, and fails when it is due."""
    (here / "made").mkdir()
    made = ("invoice", CASES / "taxed.yaml", unlabelled, "--year", "2024", "--all", "-f", "peppol")
    found = run(*made, "--number", "98", "--date", "2024-12-31", "-o", here / "made")

    assert found.code == 1
    assert sorted(path.name for path in (here / "made").iterdir()) == [
        "taxed_2024-Q2_98.xml",
        "taxed_2024-Q3_99.xml",
        "taxed_2024-Q4_100.xml",
    ]
    assert "two-municipalities, 2024-Q1: invoicing.2.label (Ange)" in found.err


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
        ((WHOLE, "--year", "2024", "--all"), 1, "nothing is ready to be invoiced: leave --all out to see why"),
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


def test_no_file_is_left_without_its_record(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the log can't be written, the invoice is taken away again."""
    agreement_here(here)
    monkeypatch.setattr(os, "access", lambda *_: False)  # to root, all is writable
    made = run("invoice", "taxed", "--period", "2024-Q2", "-o", here, "--record", *NUMBERED)

    assert (made.code, made.err) == (
        2,
        "iopctl: agreements/taxed.yaml is write-protected, and is left as it is\n",
    )
    assert [each.name for each in here.iterdir()] == ["agreements"]


def test_an_agreement_that_is_gone_is_not_recorded(here: Path) -> None:
    """Another may have moved the file since it was read."""
    given = InvoiceWishes(
        (InvoiceForm.TEXT,), {"": "17"}, "2024-12-02", folder=str(here), record=True
    )
    found = document(Input("gone.yaml", WHOLE.read_bytes()))
    assert found.agreement
    stands = Case(found.agreement, date(2025, 2, 1))
    sheet = stands
    made = invoice(sheet.agreement, sheet.bills[1], Issue("17", date(2024, 12, 2)))
    gone = Input("gone.yaml", WHOLE.read_bytes())
    files = {found.agreement.id: gone.name}
    selected: AgreementSelection = Selection(
        (stands,), (gone,), files, Repository("", DEFAULT, {}), stands.as_of, ()
    )

    with pytest.raises(UserError, match=r"gone\.yaml can't be opened: .*: nothing is written"):
        write([made], given, selected)
    unread = replace(selected, inputs=(Input("gone.yaml", b"id: ["),))
    with pytest.raises(Refused, match=r"gone\.yaml can't be read: correct that first"):
        write([made], given, unread)
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


def recording(*words: str) -> tuple[str, ...]:
    """Return the words that record the invoice of 2024-Q2, here as text in the folder out."""
    given = words or ("--period", "2024-Q2")
    return ("invoice", "taxed", "-o", "out", "--record", "--as-of", "2025-03-01", *given)


@pytest.fixture
def recorded(here: Path) -> Path:
    """Return an agreement among those of the folder of work, beside an empty folder."""
    (here / "out").mkdir()
    return agreement_here(here)


def test_a_period_is_recorded_once_by_all_who_do_it_at_once(here: Path, recorded: Path) -> None:
    """Under whatever numbers; the others are told who was faster."""
    command = [sys.executable, "-m", "iopctl", *recording(), "--date", "2024-12-02", "--number"]
    runs = [
        subprocess.Popen([*command, f"N{number}"], stderr=subprocess.PIPE, text=True)
        for number in range(5)
    ]
    told = sorted(run.communicate(timeout=120)[1] for run in runs)
    numbers = re.findall("number: (N[0-9]), period: 2024-Q2", recorded.read_text("utf-8"))

    assert sorted(run.returncode for run in runs) == [0, 1, 1, 1, 1]
    assert len(numbers) == 1
    assert [each.name for each in (here / "out").iterdir()] == [f"taxed_2024-Q2_{numbers[0]}.txt"]
    assert {each.partition(", by")[0] for each in told[:4]} == {
        "iopctl: taxed, 2024-Q2: 2024-Q2 is invoiced already"
    }


def test_what_was_stopped_is_finished_by_the_same_words(
    run: Run, here: Path, recorded: Path
) -> None:
    """The log has the invoice, and no file has its name; more than that is not done again."""
    path = here / "out" / "taxed_2024-Q2_2024-17.txt"
    assert run(*recording(), *NUMBERED).code == 0
    whole, log = path.read_bytes(), recorded.read_bytes()
    path.unlink()
    for words in (
        ("--number", "9", "--date", "2024-12-02"),
        ("--number", "2024-17", "--date", "2024-12-03"),
    ):
        assert run(*recording(), *words).code == 1
    finished = run(*recording(), *NUMBERED)

    assert (finished.code, path.read_bytes()) == (0, whole)
    assert finished.err == f"written: out/{path.name}, which the log had already\n"
    assert (run(*recording(), *NUMBERED).code, recorded.read_bytes()) == (1, log)


def test_a_series_that_was_stopped_goes_on_where_it_was(
    run: Run, here: Path, recorded: Path
) -> None:
    """Its numbers are not used twice, and what is there is not written again."""
    words = recording("--year", "2024", "--all", "--number", "98", "--date", "2024-12-31")
    assert run(*words).code == 0
    whole = {each.name: each.read_bytes() for each in (here / "out").iterdir()}
    lines = recorded.read_text("utf-8").splitlines(keepends=True)
    recorded.write_text("".join(each for each in lines if "number: 100" not in each), "utf-8")
    for number in (99, 100):
        (here / "out" / next(each for each in whole if each.endswith(f"_{number}.txt"))).unlink()
    again = run(*words)

    assert again.code == 0
    assert [line.partition(":")[0] for line in again.err.splitlines()] == [
        *["written"] * 2,
        "logged in agreements/taxed.yaml",
    ]
    assert {each.name: each.read_bytes() for each in (here / "out").iterdir()} == whole
    assert recorded.read_text("utf-8").splitlines(keepends=True) == lines
    assert (run(*words).code, run(*words).err) == (
        1,
        "iopctl: nothing is ready to be invoiced: leave --all out to see why\n",
    )


def test_a_series_of_which_files_alone_were_missing_is_done(
    run: Run, here: Path, recorded: Path
) -> None:
    """There is nothing left to be recorded."""
    words = recording("--year", "2024", "--all", "--number", "98", "--date", "2024-12-31")
    assert run(*words).code == 0
    log = recorded.read_bytes()
    for path in (here / "out").iterdir():
        path.unlink()

    assert run(*words).code == 0
    assert len([*(here / "out").iterdir()]) == 3
    assert recorded.read_bytes() == log


def test_a_number_without_a_next_one_can_be_finished(run: Run, here: Path, recorded: Path) -> None:
    """There is no other to look for."""
    words = (*recording(), "--number", "A", "--date", "2024-12-02")
    assert run(*words).code == 0
    (here / "out" / "taxed_2024-Q2_A.txt").unlink()

    assert run(*words).code == 0
    assert (here / "out" / "taxed_2024-Q2_A.txt").exists()
    assert "number: A," in recorded.read_text("utf-8")


def test_what_is_logged_ahead_of_the_day_is_not_logged_twice(
    run: Run, here: Path, recorded: Path
) -> None:
    """It has been sent, or will be."""
    ahead = ("--date", "2024-12-02", "--as-of", "2024-08-01")
    made = [run(*recording(), *ahead, "--number", number) for number in ("1", "2")]
    credit = recording("--credit", "11")
    credits_ = [run(*credit, *ahead, "--number", number) for number in ("3", "4")]

    assert [each.code for each in made] == [0, 1]
    assert (
        made[1].err == "iopctl: taxed, 2024-Q2: 2024-Q2 is invoiced already, by 1 of 2024-12-02\n"
    )
    assert [each.code for each in credits_] == [0, 1]
    assert credits_[1].err == "iopctl: taxed: invoice 11 is credited already\n"
    assert len([*(here / "out").iterdir()]) == 2
    assert recorded.read_text("utf-8").count("date: 2024-12-02") == 2


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such device")
def test_nothing_is_recorded_that_nobody_could_read(here: Path, recorded: Path) -> None:
    """What goes to standard output is written there first."""
    before = recorded.read_bytes()
    words = ["invoice", "taxed", "--period", "2024-Q2", "--record", *NUMBERED]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "iopctl", *words],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (ran.returncode, recorded.read_bytes()) == (2, before)
    assert ran.stderr == "iopctl: cannot write the result: No space left on device\n"
    assert here.exists()


# ------------------------------------------------------------------ what is printed
def test_a_template_says_nothing_to_a_ci_service(run: Run, here: Path) -> None:
    """It may have come with the repository, as the names of its files."""
    (here / "templates").mkdir()
    for form in ("txt", "html"):
        (here / "templates" / f"invoice.{form}").write_text(
            "::error::x\n##vso[task]\tå\n<script>\n::stop::x</script>", encoding="utf-8"
        )

    assert run("invoice", WHOLE, "--year", "2025").out == (
        "\\x3a:error::x\n\\x23#vso[task]\tå\n<script>\n\\x3a:stop::x</script>"
    )
    assert run("invoice", WHOLE, "--year", "2025", "-f", "html", *NUMBERED).out == (
        "&#58;:error::x\n&#35;#vso[task]\tå\n<script>\n::stop::x</script>"
    )


def test_a_repository_s_templates_are_not_trusted_in_ci(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless that is said; where it has none of its own, ours serve."""
    monkeypatch.setenv("CI", "true")
    assert run("invoice", WHOLE, "--year", "2025").code == 0
    for folder in ("templates", "own"):
        (here / folder).mkdir()
        (here / folder / "invoice.txt").write_text(folder, encoding="utf-8")
    refused = run("invoice", WHOLE, "--year", "2025")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "iopctl: ./templates/invoice.txt is the repository's own, and in CI it may be a stranger's:"
        " add --own-templates if who can change it is trusted\n"
    )
    assert run("invoice", WHOLE, "--year", "2025", "--own-templates").out == "templates"
    assert run("invoice", WHOLE, "--year", "2025", "--templates", "own").out == "own"
    monkeypatch.setenv("CI", "false")
    assert run("invoice", WHOLE, "--year", "2025").out == "templates"
