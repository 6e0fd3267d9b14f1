"""What git is asked, and what is made of its complaints."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.errors import UserError
from iopctl.files import history

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Run

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


# What a repository can name that git runs: a hook for every occasion, and programs of its settings.
HOOKS = (
    "applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg"
    " commit-msg post-commit pre-rebase post-checkout post-merge pre-push pre-receive update"
    " proc-receive post-receive post-update reference-transaction push-to-checkout pre-auto-gc"
    " post-rewrite sendemail-validate fsmonitor-watchman p4-changelist post-index-change"
)
PROGRAMS = (
    "core.fsmonitor core.pager core.editor core.sshCommand core.askPass core.alternateRefsCommand"
    " core.gitProxy pager.ls-files pager.ls-tree diff.external diff.armed.command"
    " diff.armed.textconv merge.armed.driver filter.armed.clean filter.armed.smudge"
    " filter.armed.process gpg.program credential.helper alias.ls-tree alias.ls-files"
    " alias.rev-parse uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.vcs"
)


def arm(repository: Path) -> Path:
    """Have everything in a repository that git may run leave a mark, and return where."""
    mark = repository.parent / f"{repository.name}.ran"
    program = repository / "armed"
    program.write_text(f"#!/bin/sh\necho $0 $* >> {mark}\ncat\n", "utf-8")
    program.chmod(0o755)
    for hook in HOOKS.split():
        shutil.copy(program, repository / ".git" / "hooks" / hook)
    (repository / "hooks").mkdir()
    shutil.copytree(repository / ".git" / "hooks", repository / "hooks", dirs_exist_ok=True)
    git("config", "core.hooksPath", str(repository / "hooks"))
    git("config", "core.untrackedCache", "true")
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.url", f"ext::{program} fetch")
    git("config", "protocol.ext.allow", "always")
    for name in PROGRAMS.split():
        git("config", name, str(program))
    (repository / ".gitattributes").write_text("* filter=armed diff=armed merge=armed\n", "utf-8")
    return mark


def bytes_of(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Return what the files of a folder hold, and when each was changed."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


@pytest.mark.parametrize("command", ["check --changed-since main", "diff main", "diff main HEAD"])
def test_nothing_that_a_repository_names_is_run(
    repository: Path, run: Run, agreement_text: AgreementText, command: str
) -> None:
    """Nor is anything written among what git keeps, even where a file was only touched."""
    (repository / "agreements").mkdir()
    kept = repository / "agreements" / "kept.yaml"
    kept.write_text(agreement_text(), "utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "Add")
    git("branch", "--force", "main")
    lost = git("rev-parse", "HEAD:changed.yaml").strip()
    mark = arm(repository)
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()  # which git would fetch
    os.utime(kept, (0, 0))
    before = bytes_of(repository / ".git")
    found = run(*command.split())

    assert found.code in {0, 1}
    assert not mark.exists()
    assert bytes_of(repository / ".git") == before


@pytest.mark.parametrize("command", ["check --changed-since main", "diff main", "diff main HEAD"])
def test_a_repository_whose_files_lie_elsewhere_is_left_alone(
    repository: Path, run: Run, agreement_text: AgreementText, command: str
) -> None:
    """As its configuration may say: what lies there is read from there alone."""
    (repository / "agreements").mkdir()
    (repository / "agreements" / "kept.yaml").write_text(agreement_text(), "utf-8")
    (repository / "below").mkdir()
    git("config", "core.worktree", str(repository / "below"))
    found = run(*command.split())

    told = "iopctl: the git repository here has its files in below: ask there\n"
    assert (found.code, found.err) == (2, told)
    assert run("-C", "below", *command.split()).code in {0, 2}  # it has none of the agreements


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_line_ends_of_windows_are_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """As git has it where it is told to convert them; what differs otherwise has changed."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main", "--object-format", kind)
    git("config", "user.name", "Test")
    git("config", "user.email", "test@example.org")
    commit("same", "changed", "linked")
    for name, content in (("same", b"changed\r\n"), ("changed", b"changed \n")):
        (tmp_path / f"{name}.yaml").write_bytes(content)
    (tmp_path / "linked.yaml").unlink()
    (tmp_path / "linked.yaml").mkdir()
    names = ["same.yaml", "changed.yaml", "linked.yaml"]

    assert history.changed(names, "main") == {"changed.yaml", "linked.yaml"}
    assert history.changed([], "main") == frozenset()
    assert history.changed(["/elsewhere.yaml"], "main") == frozenset()


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("revision", ["gone", "--output=x", "-h", "", "\n"])
def test_what_is_no_revision_is_told(revision: str) -> None:
    """And is never taken for an option."""
    with pytest.raises(UserError, match="git knows no revision"):
        history.changed(["same.yaml"], revision)
    assert not Path("x").exists()


@pytest.mark.usefixtures("repository")
def test_what_is_compared_is_named_as_in_git() -> None:
    """A branch from where the work parted from it, as `A...B`; two revisions and `A..B` directly."""
    main, work = (git("rev-parse", name).strip() for name in ("main", "work"))
    base = git("merge-base", "main", "work").strip()

    assert history.span("main") == (base, None, True)
    assert history.span(base) == (base, None, False)
    assert history.span("main", "work") == (main, work, False)
    assert history.span("main..work") == history.span("main..") == (main, work, False)
    assert history.span("main...work") == history.span("main...") == (base, work, True)
    assert history.span("...main") == (base, main, True)
    with pytest.raises(UserError, match=r"main\.\.work is two revisions already: leave HEAD out"):
        history.span("main..work", "HEAD")


def test_before_the_first_commit_there_is_nothing_to_compare_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be fetched, either."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")

    with pytest.raises(UserError, match="nothing is committed here yet: commit the files first"):
        history.span("HEAD")


def test_files_of_a_repository_inside_are_not_said_to_be_unchanged(repository: Path) -> None:
    """Git here knows nothing of them."""
    (repository / "inside/deep").mkdir(parents=True)
    (repository / "inside/.git").mkdir()

    with pytest.raises(UserError, match=r"^inside is a git repository of its own \(a submodule\)"):
        history.changed(["same.yaml", "inside/deep/a.yaml"], "main")


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

    with pytest.raises(UserError, match=r"this folder is in no git repository"):
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
