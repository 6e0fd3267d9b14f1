"""A page of the docs, played as its reader would: its files written, its commands run.

A page says in a comment as of which day, and where it is played:

    <!-- as of 2026-11-22, in this repository -->
    <!-- as of 2026-11-22, in an empty folder -->

A block with `title="NAME"` is a file of that name; one without an `id` has blocks that take the
place of those of the first such file. A `console` block has commands after `$ `, and what they
print; git, rm and cd print nothing. A command that looks at a day looks at that of the page, unless
it names one. Under the comment `<!-- the first 9 lines -->` there are so many lines of it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from glob import glob
from pathlib import Path
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Final

from iopctl.cli.commands import COMMANDS, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from typer._click import Command

    from tests.conftest import Run

GIT: Final = shutil.which("git") or "git"
IDENTITY: Final = ("-c", "user.name=Granskare", "-c", "user.email=granskare@example.org")
ROOT: Final = Path(__file__).parents[1]
HEAD: Final = re.compile(r"<!-- as of (\S+), in (this repository|an empty folder) -->")
BLOCK: Final = re.compile(
    r"(?ms)(?:^ *<!-- the first (?P<lines>\d+) lines -->\n)?"
    r'^(?P<margin> *)```(?P<kind>\w+)(?: title="(?P<name>[^"]+)")?\n(?P<text>.*?)^ *```\n'
)
PLAIN: Final = str.maketrans({"\u00a0": " ", "\r": None, "\ufeff": None})
OF_THE_REPOSITORY: Final = ("agreements", "texts", "templates")


class Page:
    """A page that is played in *folder*, by *run*, in the language of its reader."""

    def __init__(self, text: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        head = HEAD.search(text)
        assert head, "the page does not say as of which day it is, and where"
        self.text, self.run, self.monkeypatch = text, run, monkeypatch
        self.day, place = head.groups()
        self.first: dict[str, str] = {}
        self.codes: list[tuple[str, int]] = []
        if place == "this repository":
            for name in OF_THE_REPOSITORY:
                shutil.copytree(ROOT / name, folder / name)
        monkeypatch.chdir(folder)

    def play(self) -> None:
        """Put into the page what its commands print now; `codes` has what each left with."""
        self.text = BLOCK.sub(self._tried, self.text)

    def _tried(self, block: re.Match[str]) -> str:
        text = dedent(block["text"])
        if block["name"]:
            self._write(block["name"], text)
        if block["kind"] != "console":
            return block[0]
        lines = [line for line in text.splitlines() if line.startswith("$ ")]
        printed = "".join(map(self._printed, lines))
        if block["lines"]:
            most = int(block["lines"])
            assert printed.count("\n") > most, f"{lines[0]} prints no more than {most} lines"
            printed = "".join([*printed.splitlines(keepends=True)[:most], "…\n"])
        before, _, _ = block[0].rpartition(block["text"])
        return f"{before}{indent(printed, block['margin'])}{block['margin']}```\n"

    def _write(self, name: str, text: str) -> None:
        """Write a file of the page; blocks alone go into the first one of that name."""
        if name.endswith(".yaml"):
            self.first.setdefault(name, text)
            text = changed(self.first[name], text)
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8", newline="\n")

    def _on_the_day(self, words: list[str]) -> list[str]:
        """Return the words with the day of the page, where the command takes one and has none."""
        command, named = command_of(words)
        if command is None or "--as-of" in words or not takes_a_day(command):
            return words
        return [*words[:named], "--as-of", self.day, *words[named:]]

    def _printed(self, line: str) -> str:
        program, *words = shlex.split(line.removeprefix("$ "), comments=True)
        if program == "cd":
            self.monkeypatch.chdir(words[0])
            return f"{line}\n"
        if program == "rm":
            Path(words[0]).unlink()
            return f"{line}\n"
        if program == "git":
            subprocess.run([GIT, *IDENTITY, *words], check=True)
            return f"{line}\n"
        assert program == "iopctl", f"{line}: the page can't be played"
        given = [each for word in words for each in expanded(word)]
        result = self.run(*self._on_the_day(given))
        self.codes.append((line, result.code))
        shown = f"{line}\n{result.out}{result.err}".rstrip().translate(PLAIN)
        return re.sub(r"(?m) +$", "", shown) + "\n"


def command_of(words: list[str]) -> tuple[Command | None, int]:
    """Return the command that words begin with, and how many of them name it."""
    if not words or words[0] not in COMMANDS:
        return None, 0
    command = loaded(words[0])
    below = getattr(command, "commands", {}).get(words[1] if words[1:] else "")
    return (below, 2) if below else (command, 1)


def changed(base: str, changes: str) -> str:
    """Return an agreement's text with the blocks in *changes* put in place of its own."""
    if re.search(r"(?m)^id:", changes):
        return changes
    blocks = re.split(r"(?m)^(?=[a-z])", base + changes)
    latest = {block.partition(":")[0]: block for block in blocks if block}
    return "".join(latest.values())


def expanded(word: str) -> Iterator[str]:
    """Return the files that a word with `*` stands for, as a shell does."""
    return iter(sorted(glob(word)) if "*" in word else [word])  # noqa: PTH207 - as words


def takes_a_day(command: Command) -> bool:
    """Whether a command has `--as-of`."""
    return any("--as-of" in each.opts for each in command.params)
