"""The table of commands: what it says of each is so, and only the one asked for is loaded."""

from __future__ import annotations

import io
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.cli.commands import COMMANDS, loaded
from iopctl.cli.manual import manual
from iopctl.language import spoken, tr

if TYPE_CHECKING:
    from tests.conftest import Run

LOADED = """
import sys
from iopctl import cli
try:
    cli.main(sys.argv[1:])
finally:
    print("loaded:", *(name for name in sys.modules if name.startswith("iopctl.cli.")))
"""
GIT = shutil.which("git") or "git"
ROOT = Path(__file__).parents[1]
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
TABLE = [
    f"iopctl.cli.{name}"
    for name in ("choices", "misuse", "manual", "topics", "commands", "surroundings")
]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_summary_is_the_command_s_own(name: str) -> None:
    """`iopctl --help` says of it what its own --help begins with."""
    own = manual(loaded(name).help or "").paragraphs[0]

    assert own == COMMANDS[name].summary


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["--debug"], []])
def test_no_command_is_loaded_for_help(words: list[str]) -> None:
    """To load them all takes longer than all else."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines()[-1].split()[1:] == TABLE


@pytest.mark.parametrize(
    ("line", "proposed"),
    [
        ("iopctl budg", "budget"),
        ("iopctl budget --trai", "--trail"),
        ("iopctl check --format sar", "sarif"),
        ("iopctl nothing --trai", ""),
    ],
)
def test_a_shell_can_complete_a_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str, proposed: str
) -> None:
    """Commands by the table, options and their values by the command itself."""
    monkeypatch.setenv("_IOPCTL_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))

    assert run().out.strip() == proposed


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this repository's agreements, papers' texts and templates, under git."""
    place = tmp_path_factory.mktemp("repository")
    for folder in ("agreements", "texts", "templates"):
        shutil.copytree(ROOT / folder, place / folder)
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Agreements"]):
        subprocess.run([GIT, *IDENTITY, *words], cwd=place, check=True)
    return place


def examples() -> list[tuple[str, str]]:
    """Return the lines that help proposes, of all commands, each with the language that it is in.

    Those in Swedish alone that have words of it.
    """
    commands = [loaded(name) for name in COMMANDS]
    commands += [each for group in commands for each in getattr(group, "commands", {}).values()]
    english = [each.line for one in commands for each in manual(one.help or "").examples]
    with spoken("sv"):
        swedish = [line for each in english if (line := tr(each)) != each]
    return [*(("en", line) for line in english), *(("sv", line) for line in swedish)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples(name: str) -> None:
    """Two or three: what is most often wanted."""
    command = loaded(name)
    told = getattr(command, "commands", {name: command}).values()

    assert [each.name for each in told if not manual(each.help or "").examples] == []


@pytest.mark.parametrize(("language", "line"), examples())
def test_examples_work(
    run: Run,
    language: str,
    line: str,
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the folder of this repository's agreements, as it is there."""
    monkeypatch.setenv("IOPCTL_LANG", language)
    monkeypatch.chdir(shutil.copytree(repository, tmp_path / "avtal"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))  # nobody types anything
    words = shlex.split(line)
    ran = run(*words[1:])

    assert words[0] == "iopctl"
    assert ran.code in {0, 1}, ran.err
