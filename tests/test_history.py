"""What git is asked, and what is made of its complaints."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from iopctl.errors import UserError
from iopctl.files import history

GIT = shutil.which("git") or "git"
HANGS = "sleep 5"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository whose branch `work` has parted from `main`, with changes of its own."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    git("config", "user.name", "Test")
    git("config", "user.email", "test@example.org")
    (tmp_path / ".gitignore").write_text("ignored.yaml\n", "utf-8")
    commit("same", "changed", "elsewhere", "gone")
    git("branch", "work")
    commit("elsewhere")
    git("checkout", "--quiet", "work")
    commit("changed")
    (tmp_path / "gone.yaml").unlink()
    for name in ("new å.yaml", "ignored.yaml"):
        (tmp_path / name).write_text("", "utf-8")
    return tmp_path


def git(*words: str) -> str:
    """Run git, and return what it writes."""
    ran = subprocess.run([GIT, *words], check=True, capture_output=True, text=True)
    return ran.stdout


def commit(*names: str) -> None:
    """Change files, and commit that."""
    for name in names:
        with Path(f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write("changed\n")
    git("add", ".")
    git("commit", "--quiet", "--message", "Change")


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("revision", "expected"),
    [("main", {"changed.yaml", "new å.yaml"}), ("HEAD", {"new å.yaml"})],
)
def test_changes_are_counted_from_where_the_work_parted(revision: str, expected: set[str]) -> None:
    """What others did there since is none of this work; new files are."""
    names = [path.name for path in Path().glob("*.yaml")]

    assert history.changed(names, revision) == expected


def test_names_are_those_of_the_folder_of_work(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder below, and through a link to the repository."""
    (repository / "below").mkdir()
    monkeypatch.chdir(repository / "below")

    assert history.changed(["../changed.yaml", "../same.yaml"], "main") == {"../changed.yaml"}
    (repository / "below" / "link").symlink_to(repository)
    assert history.changed(["link/changed.yaml"], "main") == {"link/changed.yaml"}


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("revision", ["gone", "--output=x", "-h", "", "main..work", "\n"])
def test_what_is_no_revision_is_told(revision: str) -> None:
    """And is never taken for an option."""
    with pytest.raises(UserError, match="git knows no revision"):
        history.changed(["same.yaml"], revision)
    assert not Path("x").exists()


@pytest.mark.usefixtures("repository")
def test_histories_without_a_common_commit_are_told() -> None:
    """As in a shallow clone."""
    git("checkout", "--quiet", "--orphan", "other")
    commit("same")

    with pytest.raises(UserError, match="git finds no common history: fetch the whole of it"):
        history.changed(["same.yaml"], "main")


def test_a_folder_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In git's words."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(UserError, match=r"git: not a git repository"):
        history.changed([], "main")


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("echo 'fatal: detected dubious ownership in repository at x' >&2; exit 128", "safe.direc"),
        (HANGS, "git gave no answer within 0.2 seconds"),
        (None, "git is not installed, and this needs it"),
    ],
)
def test_git_in_trouble_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, told: str
) -> None:
    """A repository of somebody else's, a git that hangs, and none at all."""
    if program:
        (tmp_path / "git").write_text(f"#!/bin/sh\n{program}\n", "utf-8")
        (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if program else str(tmp_path))
    if program == HANGS:
        monkeypatch.setattr(history, "SECONDS", 0.2)

    with pytest.raises(UserError, match=told):
        history.commit("main")
