"""The writing commands as people meet them: the patch first, the file only with --write."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import files
from iopctl.check.portfolio import document
from iopctl.errors import UserError
from iopctl.files import locks
from iopctl.input import Input
from iopctl.source.reader import LARGEST

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden, Result, Run

ROOT = Path(__file__).parents[1]
STADSMISSIONEN = Path("agreements/stadsmissionen-2024.yaml")
NOTHING = "nothing is written: --write does that\n"
COMMANDS = {
    "log-meeting": ["log", "stadsmissionen-2024", "meeting", "--date", "2025-03-04", "--outcome", "deltagare=66", "--outcome", "arbete=12", "--text", "Alla: på plats"],
    "log-decision": ["log", "stadsmissionen-2024", "decision", "--body", "Arbetsmarknadsnämnden", "--dnr", "AMN 2025-41", "--conditional-on", "Budget", "--text", "Ja"],
    "log-report": ["log", "ikf-2023", "report", "--date", "2024-03-01", "--year", "2023", "--text", "Verksamheten har nått de flesta som den är till för, och fler grupper är på väg under hösten, " * 2],
    "log-invoice": ["log", "ikf-2023", "invoice", "--date", "2023-12-31", "--number", "117", "--period", "2023", "--amount", "450000"],
    "log-extension": ["log", "stadsmissionen-2024", "extension", "--date", "2025-05-01"],
    "log-option-declined": ["log", "stadsmissionen-2024", "option_declined", "--date", "2025-05-01"],
    "log-termination": ["log", "stadsmissionen-2024", "termination", "--date", "2024-09-01", "--effective", "2025-02-28", "--reason", "Enligt punkt 7"],
    "extend": ["extend", "stadsmissionen-2024", "--decision", "AMN 2025-41"],
    "extend-after-a-gap": ["extend", "stadsmissionen-2024", "--from", "2026-04-01", "--date", "2025-12-01"],
    "extend-until": ["extend", "stadsmissionen-2024", "--until", "2026-06-30", "--date", "2025-05-01"],
    "amend-raise": ["amend", "stadsmissionen-2024", "--effective", "2025-07-01", "--raise", "3", "--text", "Enligt tillägg 1"],
    "amend-row": ["amend", "ikf-2023", "--effective", "2024-01-01", "--row", "Handledning=350000", "--row", "ikf: Lokalkostnader = 80000.50", "--date", "2023-11-01"],
    "renew": ["renew", "stadsmissionen-2024", "--as", "stadsmissionen-2026"],
    "renew-years": ["renew", "ikf-2018", "--as", "ikf-2020-b", "--start", "2020-07-01", "--years", "1", "--decided"],
    "renew-end": ["renew", "ikf-2023", "--as", "ikf-2025", "--end", "2025-06-30"],
    "renew-open": ["renew", "ikf-2023", "--end", "open"],
    "new": ["new", "--title", "Mötesplats Norr", "--public", "Linköpings kommun", "--civil", "Röda korset", "--start", "2027-01-01", "--end", "2028-12-31", "--amount", "100000", "--index", "2", "--area", "Integration", "--board", "Socialnämnden"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a copy of the repository's agreements."""
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    monkeypatch.chdir(tmp_path)


def ran(run: Run, *words: str) -> Result:
    """Run a command as of a day in the agreements' time."""
    return run(*words, "--as-of", "2025-06-01")


def bytes_in(folder: str = "agreements") -> dict[str, bytes]:
    """Return what lies in a folder, hidden or not."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_change_is_shown_as_a_patch(run: Run, golden: Golden, name: str) -> None:
    """With what a check would find besides; no file is touched."""
    before = bytes_in()
    code, out, err = ran(run, *COMMANDS[name])

    assert (code, bytes_in()) == (0, before)
    assert NOTHING in err
    golden(f"writing/{name}.diff", out)
    golden(f"writing/{name}.err", err)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_change_is_written_if_asked(run: Run, name: str) -> None:
    """As it was shown; what is written can be read, and no other file has changed."""
    before = bytes_in()
    shown = ran(run, *COMMANDS[name]).out
    code, out, err = ran(run, *COMMANDS[name], "--write")
    after = bytes_in()
    [changed] = [each for each in after if after[each] != before.get(each)]

    assert (code, out) == (0, shown)
    assert f"agreements/{changed} is written\n" in err
    assert document(Input(changed, after[changed])).diagnostics == ()
    assert before.keys() - after.keys() == set()


def test_a_patch_can_be_applied(run: Run) -> None:
    """It makes of the old file the new one."""
    patch = ran(run, *COMMANDS["extend"]).out
    subprocess.run([shutil.which("git") or "git", "apply", "-"], input=patch.encode(), check=True)
    applied = STADSMISSIONEN.read_bytes()
    shutil.copy(ROOT / STADSMISSIONEN, STADSMISSIONEN)
    ran(run, *COMMANDS["extend"], "--write")

    assert STADSMISSIONEN.read_bytes() == applied


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_line_ends_and_marks_stay(run: Run, start: bytes) -> None:
    """A file of Windows stays one, to the byte."""
    text = STADSMISSIONEN.read_bytes().replace(b"\n", b"\r\n")
    STADSMISSIONEN.write_bytes(start + text)
    code, out, _ = ran(run, "log", "stadsmissionen-2024", "meeting", "--write")

    assert (code, "\r" in out) == (0, False)
    assert STADSMISSIONEN.read_bytes() == start + text.replace(
        b"log: []\r\n", b"log:\r\n  - {date: 2025-06-01, event: meeting}\r\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["log", "ikf-2023", "meeting", "--number", "1"], 2, "--number is not for this event: meeting takes --what, --period, --outcome, --text"),
        (["log", "ikf-2023", "invoice", "--number", "1"], 2, "invoice needs --period"),
        (["log", "ikf-2023", "meeting", "--outcome", "66"], 2, "--outcome 66: write each unit once, as deltagare=66"),
        (["log", "ikf-2023", "meeting", "--outcome", "a=1", "--outcome", "a=2"], 2, "--outcome a=2: write each unit once"),
        (["log", "ikf-2023", "meeting", "--date", "i går"], 2, "--date i går: write a day as 2024-06-30"),
        (["log", "ikf-2023", "meeting", "--text", "a\u202eb"], 2, "U+202E (right-to-left override) can't be seen by a reader"),
        (["log", "ikf", "meeting"], 2, "'ikf' fits 3 agreements, ikf-2018"),
        (["log", "agreements", "meeting"], 2, "agreements are 8 agreements: name one"),
        (["log", "-", "meeting"], 2, "standard input can't be written to: name a file or an id"),
        (["extend", "ikf-2023"], 1, "ikf-2023 is not extended: it states no extension; iopctl renew makes a new agreement"),
        (["extend", "stadsmissionen-2024", "--from", "2025-12-31"], 1, "--from 2025-12-31 is not after 2025-12-31, when the agreement ends"),
        (["extend", "stadsmissionen-2024", "--until", "2027"], 2, "--until 2027: write a day as 2024-06-30"),
        (["amend", "ikf-2023", "--effective", "2024-01-01"], 2, "say what changes: by --raise, by --row, or else by --terms"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--raise", "3 %%"], 2, "--raise: found '3 %%'; write percent a year such as 2 or 2.5"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--row", "Lokaler"], 2, "--row Lokaler: write what is paid, as Lokaler=200000"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--row", "Handledning=1.000"], 2, "--row Handledning: found '1.000', which is no amount; write kronor as"),
        (["log", "ikf-2023", "invoice", "--number", "1", "--period", "Q2", "--amount", "många"], 2, "--period: found 'Q2', which is no period; write 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 or 2020-01-01/2022-12-31\n--amount: found 'många', which is no amount; write kronor as 1710000, or"),
        (["log", "ikf-2023", "meeting", "--outcome", "deltagare=många"], 2, "--outcome: found 'många'; write a number such as 400 or 37.5"),
        (["log", "ikf-2023", "extension", "--until", "2027"], 2, "--until 2027: write a day as 2024-06-30"),
        (["log", "ikf-2023", "amendment", "--effective", "2024-01-01", "--terms", "terms.yaml"], 2, "--terms economy.contributions.1.amount: found 'många', which is no amount"),
        (["new", "x", "--title", "X", "--public", "K", "--civil", "F", "--start", "2027-13-01"], 2, "--start: found '2027-13-01', which is no day from 1990 to 2199; write"),
        (["new", "x", "--title", "X", "--public", "K", "--civil", "F", "--end", "2027"], 2, "--end: 2027 is no day: write the last one, as 2027-12-31"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--row", "Handledning=1", "--row", "Handledning=2"], 2, "--row Handledning=2: Handledning is given twice: write each row once"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--row", "Handledning=1", "--row", "linkoping: Handledning=2"], 2, "--row linkoping: Handledning: that is the row of --row Handledning: name it once"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--raise", "3", "--terms", "x"], 2, "say what changes"),
        (["amend", "ikf-2023", "--effective", "2024-01-01", "--terms", "x"], 2, "--terms x: can't be opened"),
        (["renew", "ikf-2023", "--as", "../x"], 2, "--as: found '../x'; write lower-case letters"),
        (["renew", "ikf-2023", "--as", "ikf-2020"], 1, "agreements/ikf-2020.yaml is there already, and is left as it is: choose another id"),
        (["renew", "ikf-2023", "--as", "x", "--years", "2", "--end", "open"], 2, "--end and --years both say how long it holds"),
        (["new", "--title", "X"], 2, "--public, --civil is missing: tell it, or run this on a terminal to be asked"),
        (["new", "ikf-2020", "--title", "X", "--public", "K", "--civil", "F"], 1, "agreements/ikf-2020.yaml is there already"),
        (["new", "--title", "X", "--public", "K", "--civil", "F", "--amount", "1", "--amount", "2", "--amount", "3"], 2, "--amount 3: there are more amounts than parties"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(run: Run, words: list[str], code: int, message: str) -> None:
    """In a line, and nothing is written."""
    row = "{party: linkoping, amount: många}"
    Path("terms.yaml").write_text(
        f"economy: {{base_year: 2024, contributions: [{row}]}}\n", "utf-8"
    )
    before = bytes_in()
    found = ran(run, *words, "--write")

    assert (found.code, found.out) == (code, "")
    assert found.err.startswith(f"iopctl: {message}")
    assert bytes_in() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["log", "ikf-2023", "credit", "--number", "2", "--of", "1"], "error: --of: "),
        (["log", "ikf-2023", "invoice", "--number", "1", "--period", "2023", "--amount", "1", "--seller", "x"], "error: --seller: "),
        (["set", "ikf-2023", "economy.base_year", "x"], "error: economy.base_year: found 'x'"),
    ],
)  # fmt: skip
def test_what_would_be_an_error_is_refused(run: Run, words: list[str], told: str) -> None:
    """It is told by the option that gave it, or by its place in the agreement, as a check would."""
    before = bytes_in()
    code, out, err = ran(run, *words, "--write")

    assert (code, out) == (1, "")
    assert told in err.replace("\u00a0", " ")
    assert "iopctl: nothing is written: agreements/" in err.splitlines()[-1]
    assert bytes_in() == before


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["log", "ikf-2023", "invoice", "--number", "1", "--period", "2023", "--amount", "450 000,50 kr", "--date", "31/12 2023"], ["{date: 2023-12-31, event: invoice, number: 1, period: 2023, amount: 450000.50}"]),
        (["log", "ikf-2023", "report", "--year", "2023", "--outcome", "timmar=37,5", "--actual", "ikf=1 250,50"], ["timmar: 37.5", "amount: 1250.50"]),
        (["amend", "ikf-2023", "--effective", "1 juli 2024", "--raise", "2,5 %"], ["effective: 2024-07-01", "base_year: 2024"]),
        (["renew", "ikf-2023", "--start", "1/1 2025", "--end", "tills vidare"], ["start: 2025-01-01", "end: open"]),
        (["new", "x", "--title", "X", "--public", "K", "--civil", "F", "--start", "1/1 2027", "--end", "31.12.2028", "--amount", "450 000 kr", "--amount", "1 250,50", "--index", "2,5"], ["start: 2027-01-01", "end: 2028-12-31", "base_year: 2027", "amount: 450000}", "amount: 1250.50}", "{percent: 2.5}"]),
    ],
)  # fmt: skip
def test_options_are_spelled_as_people_do(run: Run, words: list[str], written: list[str]) -> None:
    """As answers are; the file has them in its own spelling."""
    code, out, _ = ran(run, *words)

    assert code == 0
    assert [each for each in written if each not in out] == []


def test_a_second_invoice_for_a_period_is_refused(run: Run) -> None:
    """And so is a number used before; a credit opens the period again."""
    ran(run, *COMMANDS["log-invoice"], "--write")
    again = ["log", "ikf-2023", "invoice", "--period", "2023", "--amount", "450000", "--number"]

    assert "the period 2023 is also invoiced by" in ran(run, *again, "118").err
    assert "the number 117 is that of the invoice of 2023-12-31" in ran(run, *again, "117").err
    ran(run, "log", "ikf-2023", "credit", "--number", "118", "--of", "117", "--write")
    assert ran(run, *again, "119").code == 0


def test_an_error_that_was_there_before_stops_nothing(
    run: Run, agreement_text: AgreementText
) -> None:
    """What a change has nothing to do with is not told, either."""
    bad = agreement_text("log: [{date: 2024-05-01, event: credit, number: 1, of: 2}]")
    Path("agreements/exempel-2024.yaml").write_text(bad, "utf-8")
    code, _, err = ran(run, "log", "exempel-2024", "meeting")

    assert (code, err) == (0, NOTHING)


def test_what_a_renewal_leaves_open_is_told(run: Run, agreement_text: AgreementText) -> None:
    """Amounts that the old agreement states year by year."""
    rows = "economy: {contributions: [{party: kommunen, by_year: {2024: 1, 2025: 2}}]}"
    Path("agreements/exempel-2024.yaml").write_text(agreement_text(rows), "utf-8")
    code, _, err = ran(run, "renew", "exempel-2024", "--as", "exempel-2026")

    assert code == 0
    assert err.splitlines()[-2] == (
        "to be agreed on: Exempels kommun: whole contribution: what it is in the years to come is"
        " not stated"
    )


def test_a_file_that_cannot_be_read_is_not_changed(run: Run) -> None:
    """What is wrong with it is told first."""
    Path("agreements/bad.yaml").write_text("id: bad\ntitle: [\n", "utf-8")
    code, out, err = ran(run, "log", "bad", "meeting", "--write")

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "agreements/bad.yaml:2:8: IOP004 yaml-syntax: the bracket '[' is never closed; close it",
        "iopctl: agreements/bad.yaml can't be read: correct that first",
    ]


# ------------------------------------------------------------------ terms from a file
TERMS = "validity: {start: 2024-01-01, end: 2026-12-31}\nvolume: [{unit: platser, target: 90}]\n"


@pytest.mark.parametrize("words", [["amend", "ikf-2023"], ["log", "ikf-2023", "amendment"]])
def test_terms_may_come_from_a_file(run: Run, golden: Golden, words: list[str]) -> None:
    """Whole blocks, as in an agreement; both commands write the same."""
    Path("terms.yaml").write_text(TERMS, "utf-8")
    options = ("--effective", "2025-01-01", "--terms", "terms.yaml", "--text", "Tillägg")

    golden("writing/terms.diff", ran(run, *words, *options).out)


def test_terms_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Under the name `-`."""
    Path("terms.yaml").write_text(TERMS, "utf-8")
    with Path("terms.yaml").open() as terms:
        monkeypatch.setattr(sys, "stdin", terms)
        found = ran(run, "amend", "ikf-2023", "--effective", "2025-01-01", "--terms", "-")

    assert "+      volume:" in found.out


def test_terms_that_cannot_be_read_are_told(run: Run) -> None:
    """With the line in which they can't."""
    Path("terms.yaml").write_text("\nvalidity: [\n", "utf-8")
    found = ran(run, "amend", "ikf-2023", "--effective", "2025-01-01", "--terms", "terms.yaml")

    assert found.err == (
        "iopctl: --terms terms.yaml, line 2: the bracket '[' is never closed; close it\n"
    )


# ------------------------------------------------------------------ several at once
def test_a_file_changed_meanwhile_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the command again sees what is new."""
    write = files.write

    def late(path: str, data: bytes, **options: bytes) -> None:
        with STADSMISSIONEN.open("a", encoding="utf-8") as file:
            file.write("# theirs\n")
        write(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "write", late)
    code, _, err = ran(run, *COMMANDS["extend"], "--write")

    assert (code, err.splitlines()[-1]) == (
        1,
        "iopctl: agreements/stadsmissionen-2024.yaml has changed since it was read: nothing is"
        " written, run the command again",
    )
    assert STADSMISSIONEN.read_text("utf-8").endswith("log: []\n# theirs\n")


def test_an_event_is_logged_beside_what_came_meanwhile(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no less true for what another has logged."""
    write, late = files.write, iter(["# one\n", "# two\n"])

    def slow(path: str, data: bytes, **options: bytes) -> None:
        with STADSMISSIONEN.open("a", encoding="utf-8") as file:
            file.write(next(late, ""))
        write(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "write", slow)
    code, out, err = ran(run, *COMMANDS["log-meeting"], "--write")

    assert (code, "is written" in err) == (0, True)
    assert out.count("+++ ") == 1
    assert "2025-03-04" in STADSMISSIONEN.read_text("utf-8")
    assert STADSMISSIONEN.read_text("utf-8").endswith("# one\n# two\n")


def test_an_event_that_always_comes_too_late_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many tries."""

    def never(*_: object, **__: object) -> None:
        raise files.ChangedFile("it has changed")

    monkeypatch.setattr(files, "write", never)

    assert ran(run, *COMMANDS["log-meeting"], "--write").err.endswith("iopctl: it has changed\n")


def test_what_cannot_be_written_is_shown_all_the_same(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be kept."""

    def full(*_: object, **__: object) -> None:
        raise UserError("the disk is full")

    monkeypatch.setattr(files, "write", full)
    code, out, err = ran(run, *COMMANDS["log-meeting"], "--write")

    assert (code, err.splitlines()[-1]) == (2, "iopctl: the disk is full")
    assert "+++ " in out


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such locks")
def test_runs_at_the_same_time_lose_nothing() -> None:
    """Every event that was said to be written is in the log, in the order of the days."""
    # A run waits some seconds for the others' locks; on a busy machine that may be too short.
    code = (
        "import sys; from iopctl import cli; from iopctl.files import locks;"
        " locks._TRIES = 100_000; cli.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "log", "stadsmissionen-2024", "meeting", "--write"]
    runs = [
        subprocess.Popen([*command, "--date", f"2025-0{number}-01"], stdout=subprocess.DEVNULL)
        for number in (3, 1, 4, 2)
    ]

    assert [each.wait(600) for each in runs] == [0] * 4
    assert [
        line[11:21] for line in STADSMISSIONEN.read_text("utf-8").splitlines() if "meeting}" in line
    ] == ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"]


# ------------------------------------------------------------------ questions
class Terminal(io.StringIO):
    """Standard input as a person at a terminal types it."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def answered(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Have a person type these lines."""
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))


def test_what_is_not_told_is_asked(
    run: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Again, where an answer can't be; at last, whether to write it."""
    answered(monkeypatch, "", "Mötesplats Norr", "", "IKF", "<", "Röda korset", "i vår",
             "1 jan 2027", "2027", "31/12 2026", "tills vidare", "6", "mycket", "100 000 kr", "",
             "", "", "2 %", "899900-0005", "8999000006", "50501055", "5050-1055",
             "ibland", "kvartal", "30", "y")  # fmt: skip
    code, out, err = ran(run, "new")

    assert code == 0
    golden("writing/asked.err", err)
    written = Path("agreements/motesplats-norr-2027.yaml").read_text("utf-8")
    assert out.splitlines()[3:] == [f"+{line}" for line in written.splitlines()]
    assert "start: 2027-01-01\n  end: open\n" in written
    assert "{party: linkopings-kommun, amount: 100000}" in written
    assert "org_number: 899900-0006\n    bankgiro: 5050-1055\n" in written
    assert "  interval: quarterly\n  # timing" in written


def test_what_options_tell_is_not_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amounts among it; an answer may be no more than nothing."""
    address = ("Fakturor", "Fakturor, Box 1, 123 45 ORTEN")
    answered(monkeypatch, "F", "1/1 2027", "31 dec 2028", *[""] * 6, "28 65 43-4", *address,
             "150Z", "", "", "n")  # fmt: skip
    given = ("--title", "X", "--public", "K", "--amount", "1", "--amount", "2")
    code, out, err = ran(run, "new", *given)

    assert code == 0
    assert "kronor?" not in err
    assert "+  end: 2028-12-31" in out
    assert "+    plusgiro: 286543-4" in out
    assert "+  recipient: {lines: [Fakturor, Box 1], postal_code: 123 45, city: ORTEN}" in out
    assert "+  reference: 150Z\n" in out


def test_what_is_known_of_a_party_is_not_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its account among it."""
    assert run("set", "ikf-2023", "parties.ikf.bankgiro", "5050-1055", "--write").code == 0
    answered(monkeypatch, "", "Bryggan", "ikf", *[""] * 10, "n")
    code, out, err = ran(run, "new", "--public", "Linköpings kommun")

    assert code == 0
    assert "number" not in err
    assert "IBAN" not in err
    assert "+    bankgiro: 5050-1055" in out


def test_the_schema_is_named_from_where_the_file_is(run: Run) -> None:
    """Wherever in the repository its agreements lie."""
    Path("iopctl.toml").write_text('folder = "register/avtal"\n', "utf-8")

    code, _, _ = run("new", "--title", "X", "--public", "K", "--civil", "F", "--write")
    (made,) = Path("register/avtal").iterdir()

    assert code == 0
    assert made.read_text("utf-8").splitlines()[0].endswith("$schema=../../iopctl.schema.json")


def test_a_folder_is_made_for_what_is_written(run: Run) -> None:
    """Not for what is only shown."""
    words = ("new", "--title", "X", "--public", "K", "--civil", "F", "--folder", "ny/mapp")
    assert ran(run, *words)[0] == 0
    assert not Path("ny").exists()
    assert ran(run, *words, "--write")[0] == 0

    assert Path("ny/mapp/x.yaml").is_file()


@pytest.mark.parametrize("last", ["n", ""])
def test_a_person_may_decide_otherwise(
    run: Run, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    """Then nothing is written."""
    answered(monkeypatch, "<", "F", *[""] * 15, "perhaps", last)
    code, _, err = ran(run, "new", "--title", "X", "--public", "K")

    assert (code, err.endswith(NOTHING)) == (0, True)
    assert not Path("agreements/x.yaml").exists()


def test_who_leaves_the_questions_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is told so."""
    answered(monkeypatch, "X")
    code, out, err = ran(run, "new")

    assert (code, out) == (1, "")
    assert err.endswith("iopctl: stopped, nothing was written\n")


def test_what_new_can_not_read_is_told(run: Run, agreement_text: AgreementText) -> None:
    """It may have said more of a party."""
    Path("agreements", "broken.yaml").write_text("id: [", "utf-8")
    words = ("new", "b", "--title", "B", "--public", "Linköpings kommun", "--civil", "F")
    code, _, err = run(*words)

    assert code == 0
    assert (
        "agreements/broken.yaml can't be read: what it says of parties is not taken over\n" in err
    )
    assert agreement_text()


def test_who_writes_keeps_others_from_writing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the reading on; who only looks waits for nobody."""
    import fcntl

    monkeypatch.setattr(locks, "_TRIES", 1)
    folder = os.open("agreements", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    words = ("log", "stadsmissionen-2024", "meeting", "--date", "2025-03-01")
    try:
        assert run(*words).code == 0
        code, out, err = run(*words, "--write")
    finally:
        os.close(folder)

    assert (code, out) == (2, "")
    assert "agreements is being written to by another program: try again" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["extend", "stadsmissionen-2024"],
            "stadsmissionen-2024: an extension of 2025-06-01 is logged already, and it ends on 2027-12-31: to take one more option, name its end with --until",
        ),
        (
            ["amend", "stadsmissionen-2024", "--effective", "2025-07-01", "--raise", "3"],
            "stadsmissionen-2024: an amendment of 2025-06-01 has other amounts from 2025-07-01 on already, and these would be raised again: if that is meant, give it another --date",
        ),
    ],
    ids=["extend", "amend"],
)  # fmt: skip
def test_what_was_just_done_is_not_done_again(run: Run, words: list[str], told: str) -> None:
    """Whoever runs it again, since the first run ended before it could say that it wrote."""
    assert ran(run, *words, "--write").code == 0
    written = bytes_in()

    assert ran(run, *words, "--write") == (1, "", f"iopctl: {told}\n")
    assert bytes_in() == written
    assert ran(run, *words, "--date", "2025-05-30").code == 0


def filled(agreement: str, line: str, room: int) -> None:
    """Fill an agreement's file with lines until it has *room* for so many bytes more."""
    path = Path("agreements", f"{agreement}.yaml")
    content = path.read_bytes()
    if line.startswith("  -"):
        content = content.replace(b"log: []", b"log:")
    left = LARGEST - room - len(content)
    content += line.encode() * (left // len(line) - 1)
    path.write_bytes(content + b"#" * (LARGEST - room - len(content) - 1) + b"\n")


@pytest.mark.parametrize(
    "words",
    [
        ["log", "stadsmissionen-2024", "meeting", "--date", "2025-03-04"],
        ["set", "stadsmissionen-2024", "follow_up.settled_until", "2024-12-31"],
        ["extend", "stadsmissionen-2024"],
        ["amend", "stadsmissionen-2024", "--effective", "2025-07-01", "--raise", "3"],
        ["renew", "stadsmissionen-2024", "--decided"],
        [
            "invoice",
            "stadsmissionen-2024",
            "--year",
            "2024",
            *["--number", "7", "--date", "2025-05-31", "--record"],
        ],
    ],
    ids=lambda words: words[0],
)
def test_a_full_file_is_told_with_what_it_would_have(run: Run, words: list[str]) -> None:
    """And not that the change can't be made by a program; the file stays as it is."""
    filled("stadsmissionen-2024", f"# {'x' * 997}\n", 2)
    before = bytes_in()
    write = [] if words[0] == "invoice" else ["--write"]
    code, _, err = ran(run, *words, *write)

    told = re.search(r"the file would have (\d+) bytes, more than 1048576; put rows of", err)
    assert (code, bytes_in()) == (1, before)
    assert told is not None, err
    assert LARGEST < int(told[1]) < LARGEST + 2000
    assert (" an amendment has the whole of each block" in err) == (words[0] == "amend")


def test_a_file_full_of_its_log_can_be_renewed(run: Run) -> None:
    """Its log stays behind, and what is new of the other finds room."""
    line = f"  - {{date: 2025-05-31, event: meeting, text: {'ord ' * 250}}}\n"
    filled("stadsmissionen-2024", line, 2)
    code, _, err = ran(run, "renew", "stadsmissionen-2024", "--write")

    assert (code, Path("agreements/stadsmissionen-2026.yaml").is_file()) == (0, True), err


def test_a_new_file_is_no_larger_than_one_may_be(run: Run) -> None:
    """That is told before the file is written, with its size."""
    parties = [f"--civil={number} {'ord ' * 240}" for number in range(1100)]
    code, out, err = run("new", "x", "--title", "X", "--public", "K", *parties, "--write")

    assert (code, out) == (1, "")
    assert err.startswith("iopctl: nothing is written: the file would have 1")
    assert " bytes, more than 1048576; " in err
    assert not Path("agreements/x.yaml").exists()
