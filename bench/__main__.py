"""Measure iopctl beside its peers, and print the ratios against the goals: docs/performance.md.

`make bench` takes some minutes; `make bench FLAGS=--all` tries 10 000 files, too.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import clock
import editing
import heavy
import made_up
import peers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
OURS = str(peers.IOPCTL)
SIZES = (1, 100, 1000)
MORE_SIZES = (*SIZES, 10_000)
FEW = 100
# Prints a program that imports what a run of `iopctl budget` imports, and does no more.
IMPORTS = """
import sys
sys.argv = ["iopctl", "budget", "agreements"]
from iopctl.__main__ import main
try:
    main()
except SystemExit:
    names = (name for name in sys.modules if all(map(str.isidentifier, name.split("."))))
    print("import gc; gc.disable(); import", ", ".join(names))
"""


class Goal(NamedTuple):
    """How many times the seconds of another line a line may take; without another, of one.

    Where nothing is asked for, *most* is None, and the ratio is told without a verdict.
    """

    line: str
    most: float | None
    of: str = ""


def main() -> None:
    """Measure it all."""
    for folder in (ROOT / "iopctl", ROOT / ".venv"):  # neither git nor uv compiles what it brings
        compileall.compile_dir(folder, quiet=2)
    sizes = MORE_SIZES if "--all" in sys.argv[1:] else SIZES
    with TemporaryDirectory() as name:
        folder = Path(name)
        start_up(folder)
        for size in sizes:
            check(size, folder)
            budget(size, folder)
        growth(sizes[-1], folder)
        print("\nediting")
        print(*editing.measured([OURS], folder), sep="\n")
        largest(folder)


# ------------------------------------------------------------------ what is measured
def start_up(folder: Path) -> None:
    """Measure what somebody waits for who types a command."""
    ran = subprocess.run([PYTHON, "-c", IMPORTS], capture_output=True, check=True, cwd=ROOT)
    commands = {
        "python -c pass": [PYTHON, "-c", "pass"],
        "import typer": [PYTHON, "-c", "import typer"],
        "iopctl --version": [OURS, "--version"],
        "iopctl --help": [OURS, "--help"],
        "imports of budget": [PYTHON, "-c", ran.stdout.decode().splitlines()[-1]],
        "iopctl budget": [OURS, "budget", str(ROOT / "agreements")],
    }
    goals = (
        Goal("iopctl --version", 1.3, "import typer"),
        Goal("iopctl --help", 1.3, "import typer"),
        Goal("iopctl budget", 2.5, "import typer"),
        Goal("iopctl budget", 1.2, "imports of budget"),
    )
    report("start-up", commands, goals, rounds=15, folder=folder)


def check(size: int, folder: Path) -> None:
    """Measure a check of so many files, and one when nothing has changed since."""
    tree = folder / f"files-{size}"
    made_up.write(size, tree)
    peers.quote_dates(tree)
    commands = {
        "check": [OURS, "check", str(tree), "--no-cache"],
        "check again": [OURS, "check", str(tree)],
        **peers.checkers(tree),
    }
    asked = size == MORE_SIZES[-1]
    goals = (
        Goal("check", 1 / 40 if asked else None, "check-jsonschema"),
        Goal("check", 1 if asked else None, "ajv-cli"),
        Goal("check again", 1 / 10 if asked else None, "check"),
    )
    report(f"check, files: {size}", commands, goals, rounds=rounds(size), folder=folder)


def budget(size: int, folder: Path) -> None:
    """Measure the budget of the same files beside programs that sum its figures."""
    tree = folder / f"files-{size}"
    commands = {
        "budget": [OURS, "budget", str(tree), "--format", "csv"],
        **peers.accountants(tree, folder),
    }
    goals = (Goal("budget", 1 if size == MORE_SIZES[-1] else None, "hledger"),)
    report(f"budget, agreements: {size}", commands, goals, rounds=rounds(size), folder=folder)


def growth(most: int, folder: Path) -> None:
    """Measure ten times the work beside the work."""
    trees = {
        f"files: {most // 10}": folder / f"files-{most // 10}",
        f"files: {most}": folder / f"files-{most}",
        "rows: 500": one(folder / "rows-500", pairs=250),
        "rows: 5000": one(folder / "rows-5000", pairs=2500),
        "years: 5": one(folder / "years-5", years=5),
        "years: 50": one(folder / "years-50", years=50),
    }
    lines = list(trees)
    pairs = zip(lines[1::2], lines[::2], strict=True)
    goals = (*(Goal(more, 11, less) for more, less in pairs), Goal("rows: 5000", 1))
    for words in (["check", "--no-cache"], ["budget", "--format", "csv"]):
        commands = {line: [OURS, *words, str(tree)] for line, tree in trees.items()}
        report(f"growth, {words[0]}", commands, goals, rounds=2, folder=folder)


def largest(folder: Path) -> None:
    """Measure the largest files that are allowed, of each kind, beside a tenth of them."""
    tree = folder / "heavy"
    tree.mkdir()
    commands, goals = {}, []
    for kind, (text, most) in heavy.KINDS.items():
        lines = [f"{kind}: {number}" for number in (most // 10, most)]
        for line, number in zip(lines, (most // 10, most), strict=True):
            path = tree / f"{line.replace(': ', '-').replace(' ', '-')}.yaml"
            path.write_text(text(number), encoding="utf-8")
            commands[line] = [OURS, "check", str(path), "--no-cache"]
        goals += [Goal(lines[1], 11, lines[0]), Goal(lines[1], 10)]
    report("growth, check of one file", commands, goals, rounds=2, folder=folder)
    words = {
        "renew": ["--as", "b"],
        "amend": ["--raise", "2", "--effective", "2025-06-01"],
        "check": ["--diff"],
    }
    for kind in ("rows", "ended rows", "invoices"):
        of_kind = {line: each[2] for line, each in commands.items() if line.startswith(f"{kind}:")}
        less, more = of_kind
        goals = [Goal(more, 11, less), Goal(more, 10)]
        for name, flags in words.items():
            edits = {line: [OURS, name, path, *flags] for line, path in of_kind.items()}
            report(f"growth, {name} {flags[0]}", edits, goals, rounds=2, folder=folder)


def one(folder: Path, *, pairs: int = 0, years: int = 0) -> Path:
    """Write a single agreement with so many rows on each side, or years, in its own folder."""
    folder.mkdir()
    text = made_up.agreement(1, pairs=pairs, years=years)
    (folder / "iop-00001.yaml").write_text(text, encoding="utf-8")
    return folder


def rounds(size: int) -> int:
    """Return how often to measure; the second check is the first that can find all unchanged."""
    return 5 if size <= FEW else 2


# ------------------------------------------------------------------ what is printed
def report(
    title: str,
    commands: Mapping[str, Sequence[str]],
    goals: Sequence[Goal],
    *,
    rounds: int,
    folder: Path,
) -> None:
    """Run the commands, and print what they took and whether the goals are reached."""
    taken = clock.fastest(commands, rounds, {"XDG_CACHE_HOME": str(folder / "cache")})
    print(f"\n{title}\n{'':20} {'seconds':>9} {'MiB':>6}")
    for line, (seconds, memory) in taken.items():
        print(f"{line:20} {seconds:9.3f} {memory:6.0f}  {told(line, taken, goals)}".rstrip())


def told(line: str, taken: Mapping[str, clock.Taken], goals: Sequence[Goal]) -> str:
    """Return how a line stands to its goals."""
    found = []
    for _, most, of in (goal for goal in goals if goal.line == line):
        if of in taken or not of:
            ratio = taken[line].seconds / (taken[of].seconds if of else 1)
            found.append(f"{ratio:.3g} {f'x {of}' if of else 'seconds'}")
            if most is not None:
                found[-1] += f" (at most {most:.3g}: {'reached' if ratio <= most else 'MISSED'})"
    return ", ".join(found)


if __name__ == "__main__":
    main()
