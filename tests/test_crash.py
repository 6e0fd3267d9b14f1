"""A command that is killed, or told by the disk that it can't, leaves old or new, never a part.

It runs once under strace, to learn which of its calls touch the folder; then once for each of
them and each fault.
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
CALLS = "write,openat,rename,link,unlink,fsync,chmod,close"
FAILING = {"write", "openat", "rename", "link", "fsync", "chmod", "close"}
CHANGING = {"write", "rename", "link", "unlink", "fsync", "chmod"}
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
    strace = [
        STRACE,
        "-f",
        "--seccomp-bpf",
        "-y",
        "-qq",
        "-s",
        "0",
        "-o",
        log,
        "-e",
        f"trace={CALLS}",
    ]
    unmeasured = {key: each for key, each in os.environ.items() if not key.startswith("COVERAGE")}
    return subprocess.run(
        [*strace, *options, sys.executable, "-m", "iopctl", *words],
        env={
            **unmeasured,
            "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(folder.parent / "cache"),
        },
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
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
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for line in folder.with_suffix(".log").read_text("utf-8", "replace").splitlines():
        if call := re.match(r"(\d+) +(\w+)\(", line):
            thread, kind = call.groups()
            seen[thread, kind] += 1
            if folder.name in line:
                effects = ("signal=KILL", CHANGING), ("error=EIO", FAILING)
                found += [
                    Fault(kind, seen[thread, kind], name)
                    for name, calls in effects
                    if kind in calls
                ]
    return found


def befell(folder: Path) -> bool:
    """Tell whether the fault befell a call that touches the folder.

    Where another program changes a folder of modules, a run makes calls more than the one before.
    """
    lines = folder.with_suffix(".log").read_text("utf-8", "replace").splitlines()
    hit = [line for line in lines if "(INJECTED)" in line] or lines[-2:-1]
    return bool(hit) and folder.name in hit[0]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_fault_leaves_half_a_file(tmp_path: Path, command: str) -> None:
    """And one that the command outlives leaves no temporary file, and is told in a line."""
    whole = fresh(tmp_path, "r000")
    before = files(whole)
    clean = traced(whole, command)
    if "ptrace" in clean.stderr.lower():
        pytest.skip("strace may not trace here")
    after = files(whole)

    assert (clean.returncode, after != before) == (0, True)

    def outcome(number: int, fault: Fault) -> list[str] | None:
        folder = fresh(tmp_path, f"r{number:03}")
        inject = f"inject={fault.call}:{fault.effect}:when={fault.number}"
        ran = traced(folder, command, "-e", inject)
        if not befell(folder):
            return None
        wrong = [] if files(folder) in (before, after) else [f"{fault}: torn"]
        if fault.effect != "signal=KILL":
            told = ran.returncode in {0, 1, 2} and "Traceback" not in ran.stderr
            wrong += [] if told else [f"{fault}: exit {ran.returncode}: {ran.stderr}"]
            wrong += [f"{fault}: left {path.name}" for path in folder.glob(".*")]
        return wrong

    with ThreadPoolExecutor(2) as pool:
        found = faults(whole)
        outcomes = list(pool.map(outcome, range(1, len(found) + 1), found))

    assert sum(each is not None for each in outcomes) > 10
    assert "\n".join(wrong for each in outcomes for wrong in each or ()) == ""
