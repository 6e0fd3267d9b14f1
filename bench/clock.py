"""How long programs take: side by side in turns, since only their ratio outlasts a busy machine."""

from __future__ import annotations

import os
import subprocess
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Taken(NamedTuple):
    """The least that a program was seen to take: seconds on the wall, and MiB at its widest."""

    seconds: float
    memory: float


def fastest(
    commands: Mapping[str, Sequence[str]], rounds: int, surroundings: Mapping[str, str]
) -> dict[str, Taken]:
    """Run *commands* one after the other, that *rounds* times, and return the least of each."""
    best: dict[str, Taken] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            taken = _taken(command, surroundings)
            best[name] = Taken(*map(min, best.get(name, taken), taken))
    return best


def _taken(command: Sequence[str], surroundings: Mapping[str, str]) -> Taken:
    start = perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **surroundings},
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for; peers say what they found with other codes
    return Taken(perf_counter() - start, usage.ru_maxrss / 1024)
