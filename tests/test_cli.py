"""The command line as people meet it: exit codes, streams, help, and whole outputs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import __version__, cli
from iopctl.cli import app
from iopctl.installation import MissingExtra
from iopctl.output import TableFormat

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden, Run

ROOT = Path(__file__).parents[1]
AS_OF = ("--as-of", "2026-11-22")
IN_FORCE = ("--as-of", "2025-06-01")
COMMANDS = [str(command.name) for command in app.registered_commands]
FORMATS = pytest.mark.parametrize("form", [*TableFormat])


@pytest.fixture(autouse=True)
def _at_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def folder(tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of agreements of a made-up repository, which is the folder of work."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "agreements"
    made.mkdir()
    (made / "exempel-2024.yaml").write_text(agreement_text(), "utf-8")
    return made


@FORMATS
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("budget", ["budget"]),
        ("budget-party", ["budget", "--by", "party", "stadsmissionen-2024", "--options", *IN_FORCE]),
        ("budget-board", ["budget", "--by", "board", "--year", "2020"]),
        ("budget-row", ["budget", "--by", "row", "stadsmissionen-2024", "--options", "--what-if-index", "3.5", "--from-year", "2027", *IN_FORCE]),
        ("budget-trail", ["budget", "--trail", "--options", "stadsmissionen-2024", "--from", "2025", "--to", "2027", *IN_FORCE]),
        ("split", ["split"]),
        ("split-2020", ["split", "--year", "2020", "--board", "Arbetsmarknadsnämnden"]),
        ("list", ["list"]),
        ("show", ["show", "stadsmissionen-2024", *IN_FORCE]),
        ("show-sprakvanner", ["show", "sprakvanner-2020"]),
    ],
)  # fmt: skip
def test_output(run: Run, golden: Golden, name: str, words: list[str], form: str) -> None:
    """Each table is whole in each format, with its totals and its notes."""
    code, out, err = run(words[0], *AS_OF, *words[1:], "--format", form)

    assert (code, err) == (0, "")
    golden(f"cli/{name}.{form}", out)


@pytest.mark.parametrize("name", sorted(path.stem for path in ROOT.glob("tests/fixtures/*.yaml")))
def test_every_reading_command_bears_every_agreement(run: Run, name: str) -> None:
    """What can be read, every command can show, with all its formats."""
    path = ROOT / "tests" / "fixtures" / f"{name}.yaml"
    for words in (
        ["budget", "--by", "row", "--options"],
        ["budget", "--trail"],
        ["split"],
        ["list"],
    ):
        for form in ("text", "json"):
            assert run(*words, path, "--keep-going", "--format", form, *AS_OF).code == 0
    assert run("show", path, *AS_OF).code == 0


@pytest.mark.parametrize("words", [["show"], ["report", "memo"], ["report", "overview"]])
def test_a_flag_is_advised_only_where_there_is_one(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    """These go on without no file."""
    broken = tmp_path / "trasig.yaml"
    broken.write_text("id: [", "utf-8")
    code, out, err = run(*words, broken)

    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == "iopctl: a file can't be read: correct that first"


def test_the_version_is_told(run: Run) -> None:
    """Alone, and before anything heavy is loaded."""
    assert run("--version") == (0, f"iopctl {__version__}\n", "")


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_lists_every_command(run: Run, words: list[str]) -> None:
    """Each with a summary that fits beside its name."""
    code, out, err = run(*words)

    assert (code, err) == (0, "")
    assert [name for name in COMMANDS if f"  {name} " not in out] == []
    assert [line for line in out.splitlines() if line.endswith("...")] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(run: Run, command: str) -> None:
    """No option stands in the help without a word about it."""
    code, out, _ = run(command, "--help")

    assert code == 0
    assert (
        re.findall(r"^  +--?\S+(?: <\S+>)?(?: [A-Z|\[\].]+)?$\n(?!^ {10})", out, re.MULTILINE) == []
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["budgt"], "iopctl: there is no command budgt: did you mean budget?; see iopctl --help"),
        (["budget", "--frm", "3"], "iopctl: there is no option --frm: did you mean --format, --from"),
        (["budget", "-f", "xml"], "iopctl: --format xml: write one of text, json"),
        (["budget", "nothing"], "iopctl: no file, folder or agreement is called 'nothing'"),
        (["budget", "--year", "2020", "--from", "2019"], "iopctl: --year is one year"),
        (["budget", "--from", "2020", "--to", "2019"], "iopctl: --to 2019 is before --from 2020"),
        (["budget", "--from-year", "2027"], "iopctl: --from-year is the first year of --what-if-index: give both"),
        (["budget", "--what-if-index", "3", "--from-year", "2025"], "iopctl: --from-year 2025: that year is over, and what it cost stands: give 2026 or later"),
        (["budget", "--what-if-index", "tre"], "iopctl: --what-if-index: found 'tre'; write percent a year such as 2 or 2.5"),
        (["budget", "--as-of", "2024"], "iopctl: --as-of 2024: write a day as 2024-06-30"),
        (["budget", "--as-of", "i dag"], "iopctl: --as-of i dag: write a day as 2024-06-30"),
        (["show", "agreements"], "iopctl: agreements are 8 agreements, and a page shows one"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_a_line(run: Run, words: list[str], message: str) -> None:
    """Exit code 2, nothing on standard output, and what to do on standard error."""
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_a_bad_file_stops_what_sums_money(run: Run, folder: Path) -> None:
    """The others are read, all that is wrong is told, and no sum is shown without the file."""
    (folder / "bad.yaml").write_text("id: bad\ntitle: [\n", "utf-8")
    (folder / "worse.yaml").write_text("id: worse\neconomy: 5\n", "utf-8")
    code, out, err = run("budget", *AS_OF)

    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "agreements/bad.yaml:2:8: IOP004 yaml-syntax: the bracket '[' is never closed; close it",
        "agreements/worse.yaml:1:1: IOP011 key-missing: title is missing; add title:",
        "agreements/worse.yaml:1:1: IOP011 key-missing: parties is missing; add parties:",
        "agreements/worse.yaml:2:10: IOP012 wrong-shape: found '5' where a mapping is wanted;"
        " write a mapping",
        "iopctl: 2 files can't be read: correct that, or leave it out of the figures with"
        " --keep-going",
    ]


@FORMATS
def test_what_is_left_out_is_said_in_the_output(run: Run, folder: Path, form: str) -> None:
    """With --keep-going the sums are shown, and say in every format what they lack."""
    (folder / "bad.yaml").write_text("id: bad\n", "utf-8")
    code, out, err = run("budget", "--keep-going", "-f", form, *AS_OF)

    assert code == 0
    assert "INCOMPLETE: agreements/bad.yaml could not be read and is in no figure" in out
    assert err.startswith("agreements/bad.yaml:1:1: IOP011")


def test_two_files_with_one_id_are_refused(run: Run, folder: Path) -> None:
    """Either of them would be counted twice, or never."""
    (folder / "again.yaml").write_text((folder / "exempel-2024.yaml").read_text("utf-8"), "utf-8")
    code, _, err = run("list", *AS_OF)

    assert code == 1
    assert (
        "agreements/exempel-2024.yaml:1:5: IOP601 id-twice: the id 'exempel-2024' is also that of agreements/again.yaml"
        in err
    )


def test_findings_are_bounded(run: Run, folder: Path) -> None:
    """Twenty for a file and two hundred in all; how many more there are is said."""
    for number in range(15):
        lines = "".join(f"k{line}: 1\n" for line in range(25))
        (folder / f"bad-{number}.yaml").write_text(lines, "utf-8")
    _, _, err = run("budget", *AS_OF)

    assert len(err.splitlines()) == 202
    assert err.splitlines()[-2] == f"and {15 * 29 - 200} more findings"


def test_drafts_count_only_when_they_are_named(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """A draft is no promise yet."""
    draft = agreement_text("id: utkast\nstatus: draft")
    (folder / "utkast.yaml").write_text(draft, "utf-8")

    assert "drafts are not counted: utkast" in run("budget", *AS_OF).out
    assert "\nutkast " in run("budget", "utkast", *AS_OF).out


def test_a_missing_index_value_makes_one_agreement_unknown(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """It is named with series and year, and the others are summed."""
    indexed = "economy: {index: {series: AKI}, contributions: [{party: kommunen, amount: 100}]}"
    (folder / "exempel-2024.yaml").write_text(agreement_text(indexed), "utf-8")
    values = '[index.AKI]\nunit = "percent"\nvalues = {2023 = 5}\n'
    (folder.parent / "iopctl.toml").write_text(values, "utf-8")
    code, out, err = run("budget", *AS_OF)

    assert (code, "unknown" in out) == (0, True)
    assert err == (
        "index series AKI has no value for 2025: add it under [index.AKI] in iopctl.toml: until"
        " then figures are unknown of exempel-2024\n"
    )
    assert run("check", *AS_OF).code == 1


def test_an_index_value_that_can_not_be_known_yet_stops_nothing(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """Next year's value makes next year unknown, and is named under the table."""
    indexed = "economy: {index: {series: AKI}, contributions: [{party: kommunen, amount: 100}]}"
    (folder / "exempel-2024.yaml").write_text(agreement_text(indexed), "utf-8")
    (folder.parent / "iopctl.toml").write_text(
        '[index.AKI]\nunit = "percent"\nvalues = {2023 = 5}\n', "utf-8"
    )
    code, out, _ = run("budget", "--as-of", "2024-05-01")

    assert code == 0
    assert "index series AKI has no value for 2025" in out


def test_a_bug_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70; the trace is for those who ask for it."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oj")

    monkeypatch.setattr(cli, "_run", broken)

    assert run("budget").code == 70
    with pytest.raises(ZeroDivisionError):
        cli.main(["budget", "--debug"])


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "there is too little memory: name fewer files at once"),
        (SystemError("no error"), "there is too little memory: name fewer files at once"),
        (OSError(24, "Too many open files"), "the system refuses: too many open files"),
        (OSError("Odd"), "the system refuses: odd"),
        (ImportError("x.so: no room"), "a library can't be loaded: x.so: no room"),
    ],
)
def test_want_of_memory_or_files_is_no_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    """It lies in the surroundings."""

    def wanting(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_run", wanting)

    assert run("budget") == (2, "", f"iopctl: {told}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["init", ""], "[FOLDER]: the name is empty"),
        (["check", "a", ""], "[FILE|FOLDER|ID]...: the name is empty"),
        (["invoice", "a", "-o", ""], "--output: the name is empty"),
        (["new", "--folder", ""], "--folder: the name is empty"),
        (["report", "memo", "a", "--templates", ""], "--templates: the name is empty"),
        (["renew", "a", "--as", "\udcff"], "--as \\udcff: write it in UTF-8"),
        (["new", "--title", "å\udcff"], "--title å\\udcff: write it in UTF-8"),
        (["new", "--civil", "a", "--civil", "\udcff"], "--civil \\udcff: write it in UTF-8"),
        (["check", "\udcff"], "no file, folder or agreement is called '\\udcff'"),
    ],
)
def test_words_that_can_not_be_meant_are_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    """An empty name is that of a variable of the shell that is not set; no text is half a byte."""
    monkeypatch.chdir(tmp_path)
    refused = run(*words)

    assert refused.err.startswith(f"iopctl: {told}")
    assert (refused.code, refused.out, [*tmp_path.iterdir()]) == (2, "", [])


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such device")
@pytest.mark.parametrize("words", [["--help"], ["budget", "-h"], ["report", "memo", "--help"]])
def test_help_that_can_not_be_written_is_told(words: list[str]) -> None:
    """As any other output: on a full disk, and where there is none."""
    for to in (">/dev/full", ">&-"):
        ran = subprocess.run(
            ["/bin/sh", "-c", f'"$0" -m iopctl "$@" {to}', sys.executable, *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.startswith("iopctl: cannot write the result: ")
        assert ran.stderr.count("\n") == 1


def test_a_question_without_an_answer_stops(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was decided, so nothing is done."""
    import typer

    def stopped(*_: object, **__: object) -> None:
        raise typer.Abort

    monkeypatch.setattr(cli, "_run", stopped)

    assert run("new") == (1, "", "iopctl: stopped, nothing was written\n")


def test_a_missing_library_is_told_with_the_command_that_installs_it() -> None:
    """One line, to be pasted."""
    message = str(MissingExtra("calendar", "a calendar"))

    assert message == "a calendar needs more: install it with: pip install 'iopctl[calendar]'"


def python(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m iopctl` as a shell does."""
    return subprocess.run(
        [sys.executable, "-m", "iopctl", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )


def test_the_module_runs_as_the_command_does() -> None:
    """Without --as-of, today is asked of the clock, in Swedish time."""
    ran = python("budget", "ikf-2023")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "918 000" in ran.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lack", "told"),
    [
        ("sys.modules['iopctl.cli'] = None", "import of iopctl.cli halted"),
        ("__main__._memory = lambda: 1", "ulimit -v"),
        ("sys.modules['resource'] = None", ""),
        ("from iopctl import cli; cli.main = lambda: bytes(2**62)", "there is too little memory"),
    ],
)
def test_what_can_not_begin_says_so_in_a_line(lack: str, told: str) -> None:
    """A broken installation, or one that may take next to no memory; Windows has no such bound."""
    code = (
        f"import sys; from iopctl import __main__; {lack}; sys.argv = ['iopctl', '--version'];"
        "__main__.main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    lines = ran.stderr.splitlines()

    assert (ran.returncode, len(lines)) == ((2, 1) if told else (0, 0))
    assert told in ran.stderr


def test_nothing_is_looked_through_when_a_run_ends() -> None:
    """Python would follow all that was made once more before it lets it go: a sixth of a run."""
    code = (
        "import atexit, gc, sys; from iopctl import __main__; sys.argv = ['iopctl', 'nix'];"
        "atexit.register(lambda: print(len(gc.get_objects()) < gc.get_freeze_count()));"
        "__main__.main()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert (ran.returncode, ran.stdout.split()) == (2, [b"True"])


@pytest.mark.parametrize("mebibytes", [24, 36, 40, 44, 48, 56])
def test_want_of_memory_is_told_in_a_line(mebibytes: int) -> None:
    """Wherever the libraries meet it: `ulimit -v`."""
    resource = pytest.importorskip("resource")
    most = mebibytes << 20
    code = f"import resource, os, sys; resource.setrlimit(resource.RLIMIT_AS, ({most}, {most}));"
    code += "os.execv(sys.executable, [sys.executable, '-m', 'iopctl', 'budget', 'ikf-2023'])"
    plain = {key: value for key, value in os.environ.items() if "COV" not in key}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=plain,
    )

    assert resource
    if ran.returncode and "iopctl" in ran.stderr:  # else Python ended before any of it was read
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran.stderr
        assert "memory" in ran.stderr or "can't be loaded" in ran.stderr
