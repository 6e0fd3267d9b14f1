"""The README shows what the commands print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parents[1]
BLOCKS = (ROOT / "README.md").read_text("utf-8").split("```")[1::2]
FIVE = sorted(ROOT.glob("agreements/*-2020.yaml"))


@pytest.mark.parametrize(
    ("words", "first"),
    [(["budget"], "Budget by agreement"), (["split", *FIVE], "agreement                year")],
)
def test_output_in_the_readme_is_real(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], first: str
) -> None:
    """Figure by figure, as of the day that the README names."""
    monkeypatch.chdir(ROOT)
    (shown,) = (block.strip("\n") for block in BLOCKS if block.strip("\n").startswith(first))

    assert shown in run(*words, "--as-of", "2026-11-22").out.replace("\u00a0", " ")


def test_every_command_has_its_place_in_the_readme(run: Run) -> None:
    """What the help lists, a newcomer has read of; `expiring` is a part of `due`."""
    listed = run("--help").out.partition("Commands:")[2].split("\n")
    commands = {line.split()[0] for line in listed if line.startswith("  ") and line.strip()}
    text = (ROOT / "README.md").read_text("utf-8")

    assert {
        each for each in commands if f"`{each}" not in text and f"iopctl {each}" not in text
    } <= {
        "expiring",
        "schema",
    }
