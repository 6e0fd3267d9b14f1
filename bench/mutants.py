"""Change the code that counts kronor, days and lines in small ways, and see that a test notices.

    python bench/mutants.py                  every mutant: some hours
    python bench/mutants.py --sample 400     so many of them, the same ones every time
    python bench/mutants.py 'iopctl.money*'  those of some modules

Prints how many are dead in each module, and names those that live: `mutmut show NAME` shows one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOAL = 90
"""Percent of the mutants that tests are to notice."""
LIVE = (0, 5, 33)
"""The exit codes by which mutmut knows a mutant that passed its tests, or has none."""


def verdicts() -> dict[str, int | None]:
    """Return every mutant that there is with the exit code of its tests, None where untried."""
    found = {}
    for path in sorted((ROOT / "mutants" / "iopctl").rglob("*.meta")):
        found.update(json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"])
    return found


def mutmut(*words: str) -> None:
    """Run mutmut over what is named; whether a mutant lives is no error of it."""
    program = Path(sys.executable).with_name("mutmut")
    jobs = str(os.process_cpu_count() if sys.version_info >= (3, 13) else os.cpu_count() or 1)
    subprocess.run([program, "run", "--max-children", jobs, *words], cwd=ROOT, check=False)


def main() -> int:
    """Run the mutants asked for; 0 where enough of them are dead."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("names", nargs="*", default=["*"], help="as iopctl.money*")
    words.add_argument("--sample", type=int, help="try so many, chosen by the seed")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()

    mutmut("iopctl.money.x_total__mutmut_1")  # writes all of them, and which tests reach each
    names = [each for each in verdicts() if any(fnmatch(each, pattern) for pattern in asked.names)]
    if asked.sample is not None and asked.sample < len(names):
        names = random.Random(asked.seed).sample(names, asked.sample)  # noqa: S311 - no secret
    mutmut(*names)

    codes = verdicts()
    tried = {name: codes[name] for name in names if codes[name] is not None}
    alive = sorted(name for name, code in tried.items() if code in LIVE)
    modules = Counter(name.partition(".x")[0] for name in tried)
    for module, count in sorted(modules.items()):
        dead = count - sum(name.startswith(f"{module}.x") for name in alive)
        print(f"{module:34} {dead:5} of {count:5}")
    print(*alive, sep="\n")
    percent = 100 * (len(tried) - len(alive)) / max(len(tried), 1)
    print(f"{percent:.1f} % of {len(tried)} mutants are dead (goal: {GOAL} %)")
    return int(percent < GOAL or len(tried) < len(names))


if __name__ == "__main__":
    sys.exit(main())
