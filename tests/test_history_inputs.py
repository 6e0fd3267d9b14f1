"""Which agreements a revision of git holds: as `files.present` tells of now."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from iopctl import files
from iopctl.errors import UserError
from iopctl.files import history
from iopctl.input import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

GIT = shutil.which("git") or "git"


def git(*words: str, given: str | None = None) -> str:
    """Run git, and return what it writes."""
    ran = subprocess.run([GIT, *words], check=True, capture_output=True, text=True, input=given)
    return ran.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository, the folder of work, with two agreements committed."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    git("config", "user.name", "Test")
    git("config", "user.email", "test@example.org")
    for name in ("agreements/å.yaml", "agreements/old/b.YML", "agreements/notes.md",
                 "agreements/.c.yaml", "agreements/.d/e.yaml", "elsewhere/f.yaml"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"id: {name}\r\n", "utf-8", newline="")
    save()
    return tmp_path


def save() -> None:
    """Commit everything as it is."""
    git("add", "--all", ".")
    git("-c", "core.autocrlf=false", "commit", "--quiet", "--message", "Change")


@pytest.mark.parametrize("folder", ["agreements", "agreements/old", ".", "missing"])
def test_a_revision_is_read_as_the_files_are(repository: Path, folder: str) -> None:
    """The same names and bytes; hidden files and what is no YAML are passed over."""
    now = files.present(folder) if (repository / folder).exists() else []

    assert sorted(history.inputs("HEAD", folder)) == sorted(now)


def test_the_past_stays_as_it_was(repository: Path) -> None:
    """Whatever has become of the files since."""
    before = files.present("agreements")
    (repository / "agreements" / "å.yaml").write_text("id: [", "utf-8")
    (repository / "agreements" / "old" / "b.YML").unlink()
    save()

    assert sorted(history.inputs("HEAD~1", "agreements")) == sorted(before)
    assert [each.content for each in history.inputs("main", "agreements")] == [b"id: ["]


def test_names_are_those_from_the_folder_of_work(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from below the top of the repository."""
    monkeypatch.chdir(repository / "elsewhere")

    assert [each.name for each in history.inputs("HEAD", "../agreements")] == [
        "../agreements/old/b.YML",
        "../agreements/å.yaml",
    ]


def test_what_git_holds_and_nobody_reads_is_told(repository: Path) -> None:
    """Links, files beyond all bounds, and what a clone was made without."""
    (repository / "agreements" / "link.yaml").symlink_to("å.yaml")
    (repository / "agreements" / "large.yaml").write_bytes(b"#" * (files.MOST_BYTES + 1))
    save()
    lost = git("hash-object", "-w", "--stdin", given="id: lost")
    git("update-index", "--add", "--cacheinfo", f"100644,{lost},agreements/lost.yaml")
    git("commit", "--quiet", "--message", "Lose")
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    found = {each.name: each.content for each in history.inputs("HEAD", "agreements")}

    told = {
        name.rpartition("/")[2]: content.message
        for name, content in found.items()
        if isinstance(content, Unreadable)
    }
    assert told == {
        "link.yaml": "is a link, and links are not followed",
        "large.yaml": f"is larger than {files.MOST_BYTES} bytes",
        "lost.yaml": "is not in this clone",
    }
    assert len(found) == 5


def test_a_repository_in_the_repository_is_refused(repository: Path) -> None:
    """Its files are its own; to tell of the others alone would hide theirs."""
    commit = git("rev-parse", "HEAD")
    git("update-index", "--add", "--cacheinfo", f"160000,{commit},agreements/sub.yaml")
    git("commit", "--quiet", "--message", "Nest")

    with pytest.raises(UserError, match=r"agreements/sub\.yaml is a git repository of its own"):
        history.inputs("HEAD", "agreements")
    (repository / "agreements/.git").mkdir()
    with pytest.raises(UserError, match=r"^agreements is a git repository of its own"):
        history.inputs("HEAD", "agreements")


@pytest.mark.usefixtures("repository")
def test_a_folder_elsewhere_is_no_part_of_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Git could tell nothing of it."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    with pytest.raises(UserError, match="lies outside the git repository"):
        history.inputs("HEAD", str(elsewhere))


def test_what_a_hook_tells_git_leads_nowhere_else(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run in a hook looks at the repository that it stands in."""
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / "nothing"))

    assert len(history.inputs("HEAD", "agreements")) == 2
