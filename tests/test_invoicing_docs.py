"""The recipes of docs/invoicing.md, tried: each command prints what the page has of it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Golden, Run

PAGE = Path(__file__).parents[1] / "docs" / "invoicing.md"
BLOCK = re.compile(r"(?ms)^```(yaml|console)\n(.*?)^```\n")
RECIPES = "## When things change: recipes\n"


def written(run: Run, page: str) -> str:
    """Return the page with what the commands of its recipes print, each recipe in its own file."""
    head, mark, recipes = page.partition(RECIPES)
    base = ""

    def tried(block: re.Match[str]) -> str:
        nonlocal base
        kind, text = block.groups()
        if kind == "yaml":
            base = base or text
            agreement(base, "" if text == base else text)
            return block[0]
        commands = [line for line in text.splitlines() if line.startswith("$ iopctl ")]
        return f"```console\n{''.join(map(printed, commands))}```\n"

    def printed(line: str) -> str:
        found = run(*shlex.split(line.removeprefix("$ iopctl ")))
        shown = found.out + found.err
        return re.sub(r"(?m) +$", "", f"{line}\n{shown}".rstrip("\n")).replace("\u00a0", " ") + "\n"

    return head + mark + BLOCK.sub(tried, recipes)


def agreement(base: str, changes: str) -> None:
    """Write the agreement of the page, the blocks in *changes* put in place of its own."""
    blocks = re.split(r"(?m)^(?=[a-z])", base + changes)
    latest = {block.partition(":")[0]: block for block in blocks if block}
    Path("agreements").mkdir(exist_ok=True)
    Path("agreements/ljuset.yaml").write_text("".join(latest.values()), encoding="utf-8")


def test_recipes_print_what_the_page_says(
    run: Run, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the letter, but for the blanks that keep figures together."""
    page = PAGE.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    golden(PAGE, written(run, page))
