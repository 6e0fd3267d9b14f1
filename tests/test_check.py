"""`iopctl check` as people and CI meet it: what it tells of a small bad repository, and how."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import files
from iopctl.cli import check
from iopctl.cli.check import Presentation, watch_for_changes
from iopctl.cli.findings import Wishes
from iopctl.output.diagnostics import FindingFormat
from iopctl.source import read
from iopctl.source.edit import replaced
from iopctl.source.places import Edit

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden, Run

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git") or "git"
AS_OF = ("--as-of", "2024-06-01")
# Other rules than these may come and go without a change in what is shown here.
CONFIGURATION = 'select = ["0xx", "IOP201", "IOP210", "IOP601", "IOP602", "9xx"]\n'
DEVIATING = """\
economy:
  base_year: 2024
  stated: {total: 910000}  # åtminstone så står det
  contributions:
    - {party: kommunen, item: Handledning, amount: 300000}
    - {party: foreningen, item: Lokaler, amount: 600000}
exceptions:
  - {rule: share-off-benchmark, reason: Föreningen äger lokalerna.}
"""
MISSPELT = """\
id: fel-2024
area: Arbetsmarknad
tiitle: IOP Felstavat
economy:
  contributions:
    - {party: kommunen, item: Handledning, amount: "450 000 kr"}
    - {party: foreningen, item: Lokaler, amount: 450 000}
"""


@pytest.fixture
def folder(tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of work: agreements that are well, deviate, are misspelt, and are none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iopctl.toml").write_text(CONFIGURATION, "utf-8")
    made = tmp_path / "agreements"
    made.mkdir()
    for name, text in {
        "brygga-2024": agreement_text("id: brygga-2024"),
        "exempel-2024": agreement_text(DEVIATING),
        "fel-2024": agreement_text(MISSPELT),
        "kopia": agreement_text(),
        "tom": "",
    }.items():
        (made / f"{name}.yaml").write_text(text, "utf-8", newline="")
    return tmp_path


# ------------------------------------------------------------------ what is told
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", FindingFormat)
def test_whole_output(run: Run, golden: Golden, form: FindingFormat) -> None:
    """Each format tells of every finding, with its place, and errors fail."""
    code, out, err = run("check", "--format", form, *AS_OF)

    summary = "5 files, 5 errors, 2 warnings, 1 note; [*] 2 can be mended with --fix\n"
    assert (code, err) == (1, summary if form is FindingFormat.TEXT else "")
    golden(f"check/{form}.txt", out)


@pytest.mark.usefixtures("folder")
def test_a_good_file_is_told_of_in_a_line(run: Run) -> None:
    """Silence is success, but for the number of files on standard error."""
    result = run("check", "brygga-2024", *AS_OF)

    assert result == (0, "", "1 file, no errors, no warnings, no notes\n")


@pytest.mark.parametrize(
    "day", ["2019-01-01", "2023-06-01", "2025-03-01", "2026-11-22", "2199-12-31"]
)
def test_the_repository_is_without_errors_on_any_day(
    run: Run, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    """What depends on the day, or is the agreements' own fault, is no error."""
    monkeypatch.chdir(ROOT)

    assert run("check", "--format", "concise", "--as-of", day).code == 0


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--strict"], 1)])
def test_warnings_fail_only_where_that_is_asked_for(
    run: Run, folder: Path, words: list[str], code: int
) -> None:
    """A warning is told in either case."""
    (folder / "agreements" / "kopia.yaml").unlink()
    result = run("check", "exempel-2024", *AS_OF, *words)

    assert (result.code, "warning IOP201" in result.out) == (code, True)


@pytest.mark.usefixtures("folder")
def test_a_file_is_compared_with_those_beside_it(run: Run) -> None:
    """What is found of one file does not depend on how many others are named."""
    alone = run("check", "kopia", "-f", "concise", *AS_OF).out
    among_all = run("check", "-f", "concise", *AS_OF).out.splitlines(keepends=True)

    assert alone == "".join(line for line in among_all if "kopia" in line)
    assert "IOP601" in alone


@pytest.mark.usefixtures("folder")
def test_a_finding_elsewhere_about_a_named_file_is_told(run: Run) -> None:
    """Of two files with the same id, the finding stands in the later one."""
    result = run("check", "exempel-2024", "-f", "concise", *AS_OF)

    assert "agreements/kopia.yaml:1:5: IOP601 id-twice" in result.out


# ------------------------------------------------------------------ which rules
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--select", "IOP210"], {"IOP210"}),
        (["--select", "2xx,file-name-differs"], {"IOP201", "IOP210", "IOP602"}),
        (["--ignore", "2xx"], {"IOP602"}),
        (["--ignore", "IOP2", "--ignore", "IOP602"], set()),
        (["--select", "2xx", "--ignore", "IOP201"], {"IOP210"}),
    ],
)
def test_rules_are_chosen(run: Run, words: list[str], codes: set[str]) -> None:
    """By code, name or series; what keeps files from being read is told whatever is chosen."""
    result = run("check", "-f", "jsonl", *AS_OF, *words)
    told = {json.loads(line)["code"] for line in result.out.splitlines()}

    assert told - {"IOP008", "IOP010", "IOP015", "IOP601"} == codes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["--select", "IOP999"],
            "iopctl: 'IOP999' is no rule and no series such as 2xx: iopctl rule --all",
        ),
        (["--ignore", "share-of-benchmark"], "write share-off-benchmark"),
        (["--ignore", "IOP015"], "IOP015 can't be ignored or weighed otherwise: it keeps files"),
        (["--write-baseline"], "--write-baseline needs --baseline FILE"),
        (["--baseline", "gone.json"], "gone.json is not there: write it with --write-baseline"),
        (["--statistics", "-f", "sarif"], "--statistics has the formats text, json, markdown"),
        (["-", "--fix"], "- is no file to be fixed, watched or known to git"),
        (["-", "agreements"], "- is standard input: give it alone, or else files"),
        (["--as-of", "never"], "--as-of never: write a day as 2024-06-30"),
        (["nowhere.yaml"], "no file, folder or agreement is called 'nowhere.yaml'"),
        (["--changed-since", "main"], "this folder is in no git repository"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_nonsense_is_refused(run: Run, words: list[str], told: str) -> None:
    """A wrong option is told on standard error, with what to do."""
    code, out, err = run("check", *words)

    assert (code, out) == (2, "")
    assert told in err


# ------------------------------------------------------------------ where it is told
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("variable", "form"), [("GITHUB_ACTIONS", "github"), ("GITLAB_CI", "gitlab")]
)
def test_ci_service_gets_its_format(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, form: str
) -> None:
    """And another one if that is asked for."""
    asked_for = run("check", "-f", form, *AS_OF).out
    monkeypatch.setenv(variable, "true")

    assert run("check", *AS_OF).out == asked_for
    assert run("check", "-f", "concise", *AS_OF).out.startswith("agreements/exempel-2024.yaml:")


def test_result_is_written_to_a_file(run: Run, folder: Path) -> None:
    """An existing one is written anew, and the counts are told on standard error."""
    (folder / "out.json").write_text("old", "utf-8")
    code, out, err = run("check", "-f", "json", "-o", "out.json", *AS_OF)

    assert (code, out, err) == (
        1,
        "",
        "5 files, 5 errors, 2 warnings, 1 note; [*] 2 can be mended with --fix\n",
    )
    assert json.loads((folder / "out.json").read_text("utf-8"))["counts"]["errors"] == 5


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_statistics(run: Run, golden: Golden, form: str) -> None:
    """The findings of each rule are counted, the most frequent first."""
    golden(f"check/statistics.{form}.txt", run("check", "--statistics", "-f", form, *AS_OF).out)


@pytest.mark.usefixtures("folder")
def test_colour_is_for_the_severities(run: Run) -> None:
    """Without it, the text is the same."""
    plain = run("check", "kopia", *AS_OF).out
    colored = run("check", "kopia", "--color", "always", *AS_OF).out

    assert "\x1b[31merror\x1b[0m IOP601" in colored
    assert colored != plain
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == plain


# ------------------------------------------------------------------ standard input
@pytest.mark.parametrize(
    ("words", "places"),
    [
        ([], ["<stdin>:1:5: IOP601 id-twice"]),
        (
            ["--stdin-filename", "agreements/kopia.yaml"],
            ["agreements/kopia.yaml:1:5: IOP601", "agreements/kopia.yaml:1:5: IOP602"],
        ),
    ],
)
def test_standard_input_is_checked_under_a_name(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], places: list[str]
) -> None:
    """Under the name of a file it stands in its place beside the others, else alone."""
    text = folder / "text"
    text.write_bytes((folder / "agreements" / "kopia.yaml").read_bytes())
    with text.open() as opened:
        monkeypatch.setattr(sys, "stdin", opened)
        lines = run("check", "-", "-f", "concise", *AS_OF, *words).out.splitlines()

    expected = places if words else []
    assert [line.startswith(place) for line, place in zip(lines, expected, strict=True)] == [
        True for _ in expected
    ]


@pytest.mark.usefixtures("folder")
def test_closed_standard_input_is_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Like a file that can't be opened."""
    monkeypatch.setattr(sys, "stdin", None)
    result = run("check", "-", "-f", "concise")

    assert (result.code, result.out[:51]) == (
        1,
        "<stdin>:1:1: IOP001 not-readable: error: can't be r",
    )


# ------------------------------------------------------------------ corrections
def test_difference_is_shown_and_nothing_written(run: Run, folder: Path) -> None:
    """What --fix would rewrite is a patch; there is something to do, so it fails."""
    path = folder / "agreements" / "fel-2024.yaml"
    before = path.read_bytes()
    code, out, err = run("check", "--diff")

    assert (code, err) == (1, "would rewrite 2 values in 1 file\n")
    assert "--- a/agreements/fel-2024.yaml\n+++ b/agreements/fel-2024.yaml\n" in out
    assert "+    - {party: foreningen, item: Lokaler, amount: 450000}\n" in out
    assert before == path.read_bytes()


def test_what_cannot_be_read_is_left_as_it_is(run: Run, folder: Path) -> None:
    """The others are corrected."""
    (folder / "agreements" / "lank-2024.yaml").symlink_to("fel-2024.yaml")

    assert run("check", "--fix", "-f", "concise", *AS_OF).err == "rewrote 2 values in 1 file\n"


def test_difference_acts_on_no_terminal(run: Run, folder: Path) -> None:
    """A file may have anything beside what can be rewritten; tabs stay."""
    path = folder / "agreements" / "fel-2024.yaml"
    text = path.read_text("utf-8").replace("area: ", "area: |\n  ::error::\t\x1b[31m")
    path.write_text(text, "utf-8")

    assert "\n   \\x3a:error::\t\\x1b[31mArbetsmarknad\n" in run("check", "--diff").out


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_misspelt_amounts_are_rewritten(run: Run, folder: Path, newline: str) -> None:
    """Only the spelling changes; what remains is told, and a second run has nothing to do."""
    path = folder / "agreements" / "fel-2024.yaml"
    before = path.read_text("utf-8").replace("\n", newline)
    path.write_bytes(b"\xef\xbb\xbf" + before.encode())
    code, out, err = run("check", "--fix", "fel-2024", "-f", "concise", *AS_OF)

    assert (code, err) == (1, "rewrote 2 values in 1 file\n")
    assert "IOP015" not in out
    assert "IOP010 key-unknown: error: the key 'tiitle' is unknown here" in out
    after = before.replace('"450 000 kr"', '"450000"').replace("450 000", "450000")
    assert path.read_bytes() == b"\xef\xbb\xbf" + after.encode()
    assert run("check", "--diff").err == "nothing to rewrite\n"


def test_swedish_words_are_rewritten_where_their_meaning_is_certain(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """They are marked, and counted; a word that may mean several things is left."""
    path = folder / "agreements" / "exempel-2024.yaml"
    block = "invoicing: {seller: foreningen, buyer: kommunen, interval: X, timing: Y}"
    words = {"X": "Kvartalsvis", "Y": "ibland"}
    path.write_text(
        agreement_text(block.replace("X", words["X"]).replace("Y", words["Y"])), "utf-8"
    )
    told = run("check", "exempel-2024", *AS_OF)

    assert "error IOP013 [*] choice-unknown\n  found 'Kvartalsvis'" in told.out
    assert "  = write quarterly" in told.out
    assert "; [*] 1 can be mended with --fix\n" in told.err
    assert (
        "error [*]: found 'Kvartalsvis'; write quarterly\n"
        in run("check", "exempel-2024", "-f", "concise", *AS_OF).out
    )
    run("check", "exempel-2024", "--fix", *AS_OF)
    assert "interval: quarterly, timing: ibland" in path.read_text("utf-8")


def test_swedish_keys_are_rewritten_and_what_stands_under_them_stays(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """Key, value and comment keep their places; a key that is there already is no name for one."""
    path = folder / "agreements" / "exempel-2024.yaml"
    block = "invoicing:\n  seller: foreningen  # hon\n  köpare: kommunen\n  label: a\n  ange: b\n"
    text = agreement_text(block).replace("start:", "gäller från:").replace("validity", "giltighet")
    path.write_text(text, "utf-8")
    found = json.loads(run("check", "exempel-2024", "-f", "json", *AS_OF).out)["findings"]

    assert [each["fix"] for each in found if each["name"] == "key-unknown"] == [
        {"path": ["giltighet"], "text": "validity", "of_key": True},
        {"path": ["invoicing", "köpare"], "text": "buyer", "of_key": True},
        None,  # ange
    ]
    run("check", "exempel-2024", "--fix", *AS_OF)
    run(
        "check", "exempel-2024", "--fix", *AS_OF
    )  # what stands under a key is read once it is known
    expected = text.replace("giltighet", "validity").replace("gäller från:", "start:")
    assert path.read_text("utf-8") == expected.replace("köpare", "buyer")


def test_keys_within_each_other_are_rewritten_at_once() -> None:
    """A key and what is below it keep the names that each gets."""
    source = read(b"a: {b: 1, c: [{d: 2}]}\n")
    edits = [Edit(("a",), "x", of_key=True), Edit(("a", "c", 0, "d"), "y", of_key=True)]

    assert replaced(source, [*edits, Edit(("a", "b"), "3")]) == "x: {b: 3, c: [{y: 2}]}\n"


def test_what_says_the_same_in_many_files_is_told_once(
    run: Run, folder: Path, agreement_text: AgreementText
) -> None:
    """With the other places; two are told each by itself."""
    for name in "abc":
        (folder / f"agreements/{name}-2024.yaml").write_text(
            agreement_text().replace("exempel-2024", f"{name}-2024"), "utf-8"
        )
    (folder / "iopctl.toml").write_text("", "utf-8")
    files = [f"agreements/{name}-2024.yaml" for name in "abc"]
    three, two = (run("check", *files[:number], *AS_OF).out for number in (3, 2))

    assert (three.count("IOP611"), two.count("IOP611")) == (1, 2)
    assert "  also at agreements/b-2024.yaml:2, agreements/c-2024.yaml:2\n" in three


def test_what_can_not_safely_be_rewritten_is_left(run: Run, folder: Path) -> None:
    """With a word about it; the other files are rewritten all the same."""
    path = folder / "agreements" / "exempel-2024.yaml"
    text = path.read_text("utf-8").replace("amount: 300000", "amount: !!str 300 000")
    path.write_text(text, "utf-8")
    result = run("check", "--fix", *AS_OF)

    assert text == path.read_text("utf-8")
    assert result.err.startswith(
        "agreements/exempel-2024.yaml: economy.contributions.1.amount can't be written here"
    )
    assert "\nrewrote 2 values in 1 file\n" in result.err


@pytest.mark.usefixtures("folder")
def test_nothing_to_rewrite_is_nothing_to_tell(run: Run) -> None:
    """A run with --fix is then like one without."""
    assert run("check", "kopia", "--fix", *AS_OF) == run("check", "kopia", *AS_OF)


# ------------------------------------------------------------------ only what is new
def test_baseline_leaves_out_what_was_there(run: Run, folder: Path) -> None:
    """But for what keeps files from being read; lines that move do not matter."""
    baseline = ("--baseline", "baseline.json")
    written = run("check", *baseline, "--write-baseline", *AS_OF)
    path = folder / "agreements" / "exempel-2024.yaml"
    path.write_text(f"# En rad till.\n\n{path.read_text('utf-8')}", "utf-8")
    later = run("check", *baseline, *AS_OF)

    summary = "5 files, 5 errors, no warnings, no notes; 3 in the baseline"
    summary += "; [*] 2 can be mended with --fix\n"
    assert (written.code, written.err) == (later.code, later.err) == (1, summary)


@pytest.mark.usefixtures("folder")
def test_a_baseline_may_be_large(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written can be read, and what could not be read is not written."""
    words = ("check", "--baseline", "baseline.json", *AS_OF)
    run(*words, "--write-baseline")
    path = Path("baseline.json")
    path.write_text(path.read_text("utf-8") + " " * 2 * files.MOST_BYTES, "utf-8")

    assert "3 in the baseline" in run(*words).err
    monkeypatch.setattr(files, "MOST_BASELINE", 100)
    path.unlink()
    refused = run(*words, "--write-baseline")
    assert (refused.code, path.exists()) == (2, False)
    assert re.search("iopctl: [0-9]+ findings are more than a baseline can have", refused.err)


def test_baseline_says_what_is_no_longer_found(run: Run, folder: Path) -> None:
    """So that it is written anew before it hides something else."""
    run("check", "--baseline", "baseline.json", "--write-baseline", *AS_OF)
    (folder / "agreements" / "kopia.yaml").unlink()
    later = run("check", "--baseline", "baseline.json", *AS_OF)

    assert later.err.endswith(
        "; 2 in the baseline, 1 of its entries no longer found; [*] 2 can be mended with --fix\n"
    )


@pytest.fixture
def git(folder: Path) -> None:
    """Put the folder of work under git, with all that is in it."""
    for words in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["config", "user.name", "Test"],
        ["config", "user.email", "test@example.org"],
        ["add", "."],
        ["commit", "--quiet", "--message", "Begin"],
    ):
        subprocess.run([GIT, *words], cwd=folder, check=True)


@pytest.mark.usefixtures("git")
def test_only_files_that_changed_are_told_of(run: Run, folder: Path) -> None:
    """A new file has changed, too; all are still compared with the others."""
    (folder / "agreements" / "ny.yaml").write_bytes(
        (folder / "agreements" / "brygga-2024.yaml").read_bytes()
    )
    result = run("check", "--changed-since", "main", "-f", "concise", *AS_OF)

    assert [line.split(":")[0] for line in result.out.splitlines()] == ["agreements/ny.yaml"] * 2


@pytest.mark.usefixtures("git")
def test_nothing_changed_is_well(run: Run) -> None:
    """There are agreements, but none to tell of."""
    result = run("check", "--changed-since", "HEAD", *AS_OF)

    assert result == (0, "", "no files, no errors, no warnings, no notes\n")


# ------------------------------------------------------------------ again and again
class Stopped(BaseException):
    """The watching has ended, as by ^C."""


def test_watching_checks_again_after_a_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong configuration is told once, and the watching goes on."""
    changes = iter(["unchanged", "[", "unchanged", 'select = ["nothing"]', CONFIGURATION])

    def wait() -> None:
        change = next(changes, None)
        if change is None:
            raise Stopped
        if change != "unchanged":
            (folder / "iopctl.toml").write_text(change, "utf-8")

    wishes = Wishes(files=("brygga-2024",), as_of="2024-06-01")
    with pytest.raises(Stopped):
        watch_for_changes(wishes, Presentation(), wait)

    well = "1 file, no errors, no warnings, no notes"
    first, unreadable, wrong, last = capsys.readouterr().err.splitlines()
    assert (first, last) == (well, well)
    assert unreadable.startswith("iopctl: iopctl.toml: ")
    assert wrong.startswith("iopctl: 'nothing' is no rule")


@pytest.mark.usefixtures("folder")
def test_watching_goes_on_until_it_is_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each look at the files it sleeps."""

    def stop(_: float) -> None:
        raise Stopped

    monkeypatch.setattr(check, "sleep", stop)
    with pytest.raises(Stopped):
        run("check", "brygga-2024", "--watch")


def test_what_a_corrected_key_shows_is_corrected_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText
) -> None:
    """In one run: nobody has to ask again for what stands under a key that was unknown."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    file = tmp_path / "agreements/exempel-2024.yaml"
    right = agreement_text(
        "invoicing: {seller: foreningen, buyer: kommunen, interval: quarterly}\n"
    )
    wrong = right.replace("invoicing: {seller", "fakturering: {säljare").replace(
        "quarterly", "kvartal"
    )
    file.write_text(wrong, "utf-8")
    ran = run("check", "--fix", *AS_OF)

    assert file.read_text("utf-8") == right
    assert "rewrote 3 values in 1 file" in ran.err
