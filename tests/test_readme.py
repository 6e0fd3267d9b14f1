"""The README, in both languages, has all that iopctl does; what it shows is tried in test_docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from iopctl.cli.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.en.md")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_has_its_place_in_the_readme(name: str) -> None:
    """Of each a newcomer has read; `expiring` is a part of `due`, and `schema` is the editor's."""
    text = (ROOT / name).read_text("utf-8")
    named = {each for each in COMMANDS if f"`{each}`" in text or f"iopctl {each}" in text}

    assert COMMANDS.keys() - named == {"expiring", "schema"}


@pytest.mark.parametrize("name", PAGES)
def test_the_two_commands_of_a_newcomer_come_first(name: str) -> None:
    """One shows what it does, the other that it works; make knows both."""
    text = (ROOT / name).read_text("utf-8")
    _, block, _ = text.split("```", 2)
    targets = [line.split()[1] for line in block.splitlines() if line.startswith("make ")]

    assert targets == ["demo", "test"]
    assert all(f"\n{each}: " in (ROOT / "Makefile").read_text("utf-8") for each in targets)
