"""The table of commands: what it says of each is so, and only the one asked for is loaded."""

from __future__ import annotations

import subprocess
import sys
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest

from iopctl.cli.commands import COMMANDS, loaded

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
TABLE = ["iopctl.cli.commands"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_summary_is_the_command_s_own(name: str) -> None:
    """`iopctl --help` says of it what its own --help begins with."""
    own = cleandoc(loaded(name).help or "").split("\n\n")[0]

    assert " ".join(own.split()) == COMMANDS[name].summary


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
