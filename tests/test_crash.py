"""A command that is killed, or told by the disk that it can't, leaves old or new, never a part.

It runs once under strace, to learn which of its calls touch the folder; then with faults that are
drawn from them.
Where strace is missing, or may not trace, this is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from signal import SIGKILL
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

AGREEMENT = Path(__file__).parents[1] / "agreements" / "stadsmissionen-2024.yaml"
STRACE = shutil.which("strace") or "strace"
CALLS = "write,openat,rename,link,unlink,fsync,chmod,close"
FAILING = {"write", "openat", "rename", "link", "fsync", "chmod", "close"}
KILLED, REFUSED = "signal=KILL", "error=EIO"
CHANGING = {"write", "rename", "link", "unlink", "fsync", "chmod"}
COMMANDS = {
    "extend": ["extend", "{folder}/a.yaml", "--as-of", "2025-05-01", "--write"],
    "new": ["new", "b", "--folder", "{folder}", "--title", "B", "--public", "K", "--civil", "F", "--write"],
    "record": ["invoice", "{folder}/a.yaml", "--year", "2025", "-f", "text", "-o", "{folder}/out", "--record",
               "--number", "7", "--date", "2025-12-31", "--as-of", "2026-01-10"],
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
    (folder / "out").mkdir(parents=True)
    shutil.copy(AGREEMENT, folder / "a.yaml")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, and in out, but for hidden files."""
    found = (*folder.glob("[!.]*"), *folder.glob("out/[!.]*"))
    return {path.name: path.read_bytes() for path in found if path.is_file()}


def faults(folder: Path) -> list[Fault]:
    """Return the faults that may befall the calls of a trace that touch the folder."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for line in folder.with_suffix(".log").read_text("utf-8", "replace").splitlines():
        if call := re.match(r"(\d+) +(\w+)\(", line):
            thread, kind = call.groups()
            seen[thread, kind] += 1
            if folder.name in line:
                effects = (KILLED, CHANGING), (REFUSED, FAILING)
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


class Clean(NamedTuple):
    """What a command made of a folder when nothing befell it, and what may befall it."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    faults: list[Fault]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for all runs."""
    return tmp_path_factory.mktemp("crash")


@pytest.fixture(scope="module")
def clean(place: Path) -> Callable[[str], Clean]:
    """Return what a command makes, each run once."""

    @cache
    def run(command: str) -> Clean:
        whole = fresh(place, f"{command}-000")
        before = files(whole)
        ran = traced(whole, command)
        if "ptrace" in ran.stderr.lower():
            pytest.skip("strace may not trace here")

        assert (ran.returncode, files(whole) != before) == (0, True)
        return Clean(before, files(whole), faults(whole))

    return run


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("effect", [KILLED, REFUSED])
@settings(max_examples=5, phases=[Phase.generate])
@given(command=st.sampled_from([*COMMANDS]), number=st.integers(0, 10_000), name=st.uuids())
def test_no_fault_leaves_half_of_anything(
    place: Path, clean: Callable[[str], Clean], effect: str, command: str, number: int, name: UUID
) -> None:
    """One that the command outlives leaves no temporary file, and is told in a line.

    An invoice and its event are both there, or neither is. What is killed in between leaves the
    event alone, and the same words again then write the invoice.
    """
    whole = clean(command)
    faults = [each for each in whole.faults if each.effect == effect]
    fault = faults[number % len(faults)]
    folder = fresh(place, f"{command}-{name.hex[:3]}")
    try:
        ran = traced(
            folder, command, "-e", f"inject={fault.call}:{fault.effect}:when={fault.number}"
        )
        assume(befell(folder))
        found = files(folder)
        killed = effect == KILLED
        event_alone = {**whole.before, "a.yaml": whole.after["a.yaml"]}

        assert found in (whole.before, whole.after, *([event_alone] if killed else []))
        if killed:
            assert ran.returncode == -SIGKILL
        else:
            assert ran.returncode in {0, 1, 2}
            assert "Traceback" not in ran.stderr
            assert [path.name for path in folder.rglob(".*")] == []
        if command == "record":
            assert traced(folder, command).returncode == (found == whole.after)
            assert files(folder) == whole.after
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_all_that_may_befall_a_command_is_seen(clean: Callable[[str], Clean]) -> None:
    """Else the draws above would try nothing."""
    calls = {fault.call for command in COMMANDS for fault in clean(command).faults}

    assert calls >= {"write", "openat", "rename", "link", "unlink", "fsync", "chmod", "close"}
    assert all(len(clean(command).faults) > 15 for command in COMMANDS)
