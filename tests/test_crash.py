"""A command that is killed, or told by the disk that it can't, leaves old or new, never a part.

It runs once under strace, to learn which of its calls touch the folder; then once for each of
them and each fault. A run before has compiled the modules, so that each makes the same calls.
Where strace is missing, or may not trace, this is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

AGREEMENT = Path(__file__).parents[1] / "agreements" / "stadsmissionen-2024.yaml"
STRACE = shutil.which("strace") or "strace"
CALLS = "write,openat,rename,link,unlink,fsync,chmod,close,flock"
CHANGING = {"write", "openat", "rename", "link", "fsync", "chmod", "close"}
COMMANDS = {
    "extend": ["extend", "{folder}/a.yaml", "--as-of", "2025-05-01", "--write"],
    "new": ["new", "b", "--folder", "{folder}", "--title", "B", "--public", "K", "--civil", "F", "--write"],
}  # fmt: skip


class Fault(NamedTuple):
    """The number of a call of a kind, counted in its thread, and what strace makes of it."""

    call: str
    number: int
    effect: str


def traced(folder: Path, command: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a command under strace, whose own words go to a file beside the folder."""
    words = [word.format(folder=folder) for word in COMMANDS[command]]
    log = str(folder.with_suffix(".log"))
    strace = [STRACE, "-f", "-y", "-qq", "-s", "0", "-o", log, "-e", f"trace={CALLS}", *options]
    return subprocess.run(
        [*strace, sys.executable, "-m", "iopctl", *words],
        env={
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(folder.parent / "cache"),
        },
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def fresh(parent: Path, name: str) -> Path:
    """Return a folder with an agreement; names are of equal length, so that traces are equal."""
    folder = parent / name
    folder.mkdir()
    shutil.copy(AGREEMENT, folder / "a.yaml")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, but for hidden files."""
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def faults(folder: Path) -> list[Fault]:
    """Return the faults that may befall the calls of a trace that touch the folder."""
    seen: Counter[str] = Counter()
    found = []
    for line in folder.with_suffix(".log").read_text("utf-8", "replace").splitlines():
        if call := re.match(r"(?:\d+\s+)?(\w+)\(", line):
            seen[call[1]] += 1
            if folder.name in line:
                found.append(Fault(call[1], seen[call[1]], "signal=KILL"))
                if call[1] in CHANGING:
                    found.append(Fault(call[1], seen[call[1]], "error=EIO"))
    return found


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_fault_leaves_half_a_file(tmp_path: Path, command: str) -> None:
    """And one that the command outlives leaves no temporary file, and is told in a line."""
    if "ptrace" in traced(fresh(tmp_path, "warm"), command).stderr.lower():
        pytest.skip("strace may not trace here")
    whole = fresh(tmp_path, "r000")
    before = files(whole)
    clean = traced(whole, command)
    after = files(whole)

    assert (clean.returncode, after != before) == (0, True)

    def outcome(number: int, fault: Fault) -> list[str]:
        folder = fresh(tmp_path, f"r{number:03}")
        ran = traced(
            folder, command, "-e", f"inject={fault.call}:{fault.effect}:when={fault.number}"
        )
        wrong = [] if files(folder) in (before, after) else [f"{fault}: torn"]
        if fault.effect != "signal=KILL":
            told = ran.returncode in {0, 1, 2} and "Traceback" not in ran.stderr
            wrong += [] if told else [f"{fault}: exit {ran.returncode}: {ran.stderr}"]
            wrong += [f"{fault}: left {path.name}" for path in folder.glob(".*")]
        return wrong

    with ThreadPoolExecutor(2) as pool:
        found = faults(whole)
        wrong = list(pool.map(outcome, range(1, len(found) + 1), found))

    assert len(found) > 10
    assert "\n".join(each for several in wrong for each in several) == ""
