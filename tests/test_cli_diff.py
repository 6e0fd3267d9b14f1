"""`iopctl diff`: what a change in git means, fit to be posted where it is reviewed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

ROOT = Path(__file__).parents[1]
AS_OF = ("--as-of", "2026-11-22")


def git(*words: str) -> None:
    """Run git in the folder of work."""
    subprocess.run([shutil.which("git") or "git", *words], check=True, capture_output=True)


def save() -> None:
    """Commit everything as it is."""
    git("add", "--all", ".")
    git("commit", "--quiet", "--message", "Change")


def change(name: str, old: str, new: str) -> None:
    """Put *new* in place of *old* in an agreement's file."""
    path = Path(f"agreements/{name}.yaml")
    text = path.read_text("utf-8")

    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a git repository with this one's agreements."""
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    git("config", "user.name", "Test")
    git("config", "user.email", "test@example.org")
    save()


@pytest.mark.parametrize("form", ["text", "md", "json", "csv"])
def test_a_branch_is_told_in_the_terms_of_the_business(run: Run, golden: Golden, form: str) -> None:
    """An extension, other amounts, a new marking, an agreement gone and one that is new."""
    change("stadsmissionen-2024", "log: []", "log:\n  - {date: 2025-05-01, event: extension}")
    change("ikf-2023", "percent: 2", "percent: 3")
    change("ikf-2023", "ID 150010", "ID 150011")
    change("bilda-2020", "id: bilda-2020", "# new\nid: bilda-2020")
    Path("agreements/ikf-2018.yaml").rename("agreements/ikf-2019.yaml")
    change("ikf-2019", "id: ikf-2018", "id: ikf-2019")
    code, out, err = run("diff", "--format", form, *AS_OF)

    assert (code, err) == (0, "")
    golden(f"diff/branch.{form}", out)


def test_nothing_new_is_told(run: Run) -> None:
    """By default from the last commit to the files as they are."""
    code, out, _ = run("diff", *AS_OF)

    assert code == 0
    assert out.startswith("What changed from HEAD to the files as they are, as of 2026-11-22\n")
    assert out.endswith("\nevery agreement says the same\n")


def test_a_branch_is_not_blamed_for_what_others_did(run: Run) -> None:
    """What main has got since the branch parted is none of its changes, in whatever words."""
    git("checkout", "--quiet", "-b", "work")
    change("ikf-2020", "230000", "240000")
    save()
    git("checkout", "--quiet", "main")
    change("ikf-2018", "amount: 230000", "amount: 130000")
    save()
    git("checkout", "--quiet", "work")
    told = run("diff", "main", *AS_OF).out

    assert told.startswith(
        "What changed from where main was parted from to the files as they are, as of"
    )
    for out in (told, run("diff", "main...work", *AS_OF).out, run("diff", "main...", *AS_OF).out):
        assert "ikf-2020" in out
        assert "ikf-2018" not in out
    for words in (["main", "work"], ["main..work"], ["main.."]):
        out = run("diff", *words, *AS_OF).out
        assert "ikf-2018" in out
        assert out.splitlines()[0].startswith(
            f"What changed from main to {'work' if 'work' in words[-1] else 'HEAD'}, as of"
        )


def test_agreements_in_a_submodule_are_asked_for_there(run: Run) -> None:
    """They would all be said to be new."""
    git("rm", "--quiet", "-r", "--cached", "agreements")
    git("init", "--quiet", "agreements")

    assert "agreements is a git repository of its own" in run("diff", *AS_OF).err
    told = run("check", "--changed-since", "HEAD").err
    assert "agreements is a git repository of its own" in told


@pytest.mark.parametrize("name", ["iopctl.toml", "pyproject.toml"])
def test_each_revision_has_its_own_configuration(run: Run, name: str) -> None:
    """A value of an index changes amounts, be the agreements' text the same."""
    before, after = Path(name), 'index.AKI = {unit = "percent", values = {2024 = 30}}'
    table = "[tool.iopctl]\n" if name == "pyproject.toml" else ""
    change("ikf-2023", "{percent: 2}", "{series: AKI}")
    before.write_text(table + after.replace("30", "2"), "utf-8")
    save()
    before.write_text(table + after, "utf-8")
    found = json.loads(run("diff", "--format", "json", *AS_OF).out)["tables"]
    checked = run("check", "--changed-since", "HEAD", *AS_OF).err

    assert [row["cells"] for row in found["changes"]["rows"]] == [
        {
            "agreement": "ikf-2023",
            "change": "by configuration",
            "before": "1818000",
            "after": "2070000",
            "difference": "252000",
        }
    ]
    assert found["parts"]["rows"][0]["cells"] == {
        "agreement": "configuration",
        "what": "index / AKI / values / 2024",
        "before": "2",
        "after": "30",
    }
    assert checked.splitlines()[-1].startswith("8 files, ")


def test_a_configuration_that_changes_no_figure_changes_no_agreement(run: Run) -> None:
    """It is told by itself."""
    Path("iopctl.toml").write_text('index.AKI = {unit = "percent", values = {2024 = 30}}', "utf-8")
    out = run("diff", *AS_OF).out

    assert "every agreement says the same" in out
    assert "configuration  index" in out


def test_a_configuration_that_is_a_link_was_never_read(run: Run) -> None:
    """It is said to be one."""
    Path("iopctl.toml").symlink_to("elsewhere.toml")
    save()
    Path("iopctl.toml").unlink()
    code, _, err = run("diff", *AS_OF)

    assert (code, err.startswith("iopctl: iopctl.toml is a link")) == (2, True)


def test_two_revisions_are_compared_whatever_the_files_are(run: Run) -> None:
    """In either order."""
    change("ikf-2020", "230000", "240000")
    save()
    change("ikf-2020", "id:", "id")
    there = run("diff", "HEAD~1", "HEAD", *AS_OF).out
    back = run("diff", "HEAD", "HEAD~1", *AS_OF).out

    assert "ikf-2020 / " not in there
    assert "230000  240000" in there
    assert "240000  230000" in back


def test_all_agreements_may_be_new(run: Run, tmp_path: Path) -> None:
    """In a repository that had none, and so no folder."""
    shutil.rmtree(".git")
    shutil.move("agreements", tmp_path / "later")
    git("init", "--quiet")
    Path("README").write_text("", "utf-8")
    git("config", "user.name", "Test")
    git("config", "user.email", "test@example.org")
    save()
    shutil.move(tmp_path / "later", "agreements")
    found = json.loads(run("diff", "--format", "json", *AS_OF).out)

    assert found["schema"] == "iopctl/diff/1"
    assert [row["cells"]["change"] for row in found["tables"]["changes"]["rows"]][:-1] == [
        "added"
    ] * 8


def test_what_cannot_be_read_is_said(run: Run) -> None:
    """The rest is told all the same; the exit code tells of the files as they are."""
    change("ikf-2020", "id:", "id")
    save()
    now = run("diff", "HEAD~1", *AS_OF)
    change("ikf-2020", "id ikf", "id: ikf")
    mended = run("diff", *AS_OF)

    assert (now.code, mended.code) == (1, 0)
    assert (
        "INCOMPLETE: agreements/ikf-2020.yaml can't be read in the files as they are: " in now.out
    )
    assert "INCOMPLETE: agreements/ikf-2020.yaml can't be read in HEAD: " in mended.out


def test_a_link_is_said_to_be_one(run: Run) -> None:
    """It was never read."""
    Path("agreements/link.yaml").symlink_to("ikf-2020.yaml")
    save()

    assert "agreements/link.yaml can't be read in HEAD: is a link" in run("diff", *AS_OF).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "iopctl: git knows no revision 'nope' here"),
        (["--format", "xml"], "iopctl: --format xml: write one of text, json"),
    ],
)
def test_wrong_use_is_told(run: Run, words: list[str], message: str) -> None:
    """In a line."""
    code, out, err = run("diff", *words, *AS_OF)

    assert (code, out) == (2, "")
    assert err.startswith(message)
