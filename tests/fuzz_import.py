"""Thousands of mutated documents: `python -m tests.fuzz_import [DRAWS]`; the suite draws a few."""

from __future__ import annotations

import sys

from tests.test_import_hostile import failure


def main(draws: int) -> int:
    """Read so many mutated PDF and Word documents, and tell of each that fails."""
    told = [
        each for form in ("pdf", "docx") for seed in range(draws) if (each := failure(form, seed))
    ]
    sys.stdout.write("".join(f"{each}\n" for each in told) + f"{len(told)} of {2 * draws} failed\n")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
