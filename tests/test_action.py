"""What the action for GitHub runs: the check with its options, and what has changed, in kronor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git") or "git"
BASH = shutil.which("bash") or "bash"
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a place with a repository whose agreements lie in a folder, and a runner's own."""
    (tmp_path / "runner/iopctl/bin").mkdir(parents=True)
    program(
        tmp_path / "runner/iopctl/bin/iopctl",
        f'PYTHONPATH={ROOT} IOPCTL_LANG=en exec "{sys.executable}" -m iopctl "$@"',
    )
    program(tmp_path / "bin/gh", f'printf "%s\\n" "$*" >> {tmp_path}/gh.log; echo $KNOWN')
    shutil.copytree(ROOT / "agreements", tmp_path / "repo/iop avtal/agreements")
    for words in (["init", "-q"], ["add", "."], [*IDENTITY, "commit", "-qm", "First"]):
        subprocess.run([GIT, *words], cwd=tmp_path / "repo", check=True, capture_output=True)
    changed = tmp_path / "repo/iop avtal/agreements/ikf-2020.yaml"
    changed.write_text(changed.read_text("utf-8").replace("230000", "240000"), "utf-8")
    return tmp_path


def program(path: Path, text: str) -> None:
    """Write a program of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def act(here: Path, **words: str) -> tuple[int, str, str]:
    """Run the action, and return its exit code, what it writes, and the summary."""
    inputs = dict.fromkeys(["FILES", "SINCE", "BASELINE", "DIFF", "NUMBER", "KNOWN"], "")
    own = inputs | {"STRICT": "false", "COMMENT": "false", "FOLDER": "iop avtal"} | words
    runner = {
        "RUNNER_TEMP": str(here / "runner"),
        "GITHUB_STEP_SUMMARY": str(here / "summary"),
        "GITHUB_OUTPUT": str(here / "output"),
        "GITHUB_REPOSITORY": "o/r",
        "PATH": f"{here}/bin:{os.environ['PATH']}",
    }
    ran = subprocess.run(
        [BASH, str(ROOT / ".ci/action")],
        cwd=here / "repo",
        env=os.environ | runner | own,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr, (here / "summary").read_text("utf-8")


def test_only_what_a_branch_changes_is_told_with_its_kronor(here: Path) -> None:
    """Its names are those from the top of the repository; the comment is posted."""
    code, out, summary = act(here, SINCE="HEAD", DIFF="HEAD", COMMENT="true", NUMBER="7")

    assert code == 0
    assert "file=iop avtal/agreements/ikf-2020.yaml," in out
    assert "ikf-2018" not in out
    assert "What changed from HEAD" in summary
    report = here / "runner/iopctl-diff.md"
    assert report.read_text("utf-8").startswith("<!-- iopctl diff -->\n")
    assert (here / "output").read_text("utf-8") == f"diff={report}\n"
    assert f"--method POST repos/o/r/issues/7/comments --field body=@{report}" in (
        here / "gh.log"
    ).read_text("utf-8")


def test_the_comment_that_is_there_is_written_anew(here: Path) -> None:
    """A pull request has one, however often it is pushed to."""
    act(here, DIFF="HEAD", COMMENT="true", NUMBER="7", KNOWN="123")

    assert "--method PATCH repos/o/r/issues/comments/123 " in (here / "gh.log").read_text("utf-8")


def test_words_are_neither_options_nor_code(here: Path) -> None:
    """Several files, a baseline that is not there, a revision that is none."""
    several = act(here, FILES="ikf-2020 ikf-2018")
    strange = act(here, FILES="$(touch${IFS}x) --fix")
    gone = act(here, BASELINE="known.json", STRICT="true")
    no_revision = act(here, DIFF="--output=x")

    assert several[0] == 0
    assert strange[0] == 2
    assert "is called '$(touch${IFS}x)'" in strange[1]
    assert (gone[0], "known.json is not there" in gone[1]) == (2, True)
    assert "::warning::iopctl diff: not all could be compared" in no_revision[1]
    assert not list(here.rglob("x"))
    assert not (here / "gh.log").exists()
