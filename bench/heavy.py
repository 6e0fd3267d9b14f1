"""Agreements that ask for much of one kind: as large as a file may be, to see how work grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEAD = """\
id: a
title: A
parties:
  k: {role: public, name: Exempels kommun, board: Nämnden}
  f: {role: civil, name: F}
validity: {start: 2024-01-01, end: 2025-12-31}
"""
ECONOMY = """\
economy:
  base_year: 2024
  index: {percent: 2}
  contributions:
    - {party: f, item: L, amount: 100}
"""


def _many(line: str, number: int) -> str:
    return "".join(line.format(each) for each in range(number))


def rows(number: int, line: str = "    - {{party: k, item: Rad {0}, amount: 100}}\n") -> str:
    """Return an agreement with so many rows."""
    return HEAD + ECONOMY + _many(line, number)


def wrong_rows(number: int) -> str:
    """Return one with two faults in each of so many rows."""
    return rows(number, "    - {{party: k, item: Rad {0}, amount: x, foo: 1}}\n")


def unknown_keys(number: int) -> str:
    """Return one with so many keys that there are not."""
    return HEAD + ECONOMY + _many("k{0}: 1\n", number)


def comments(number: int) -> str:
    """Return one with so many comments that silence nothing."""
    return HEAD + ECONOMY + _many("# iopctl: ignore[IOP602] x{0}\n", number)


def exceptions(number: int) -> str:
    """Return one with so many exceptions."""
    return HEAD + ECONOMY + "exceptions:\n" + _many("  - {{rule: IOP201, reason: r{0}}}\n", number)


def targets(number: int) -> str:
    """Return one with so many targets, all of which a report tells of."""
    told = ", ".join(f"u{each}: 3" for each in range(number))
    report = f"log:\n  - {{date: 2024-05-05, event: report, year: 2024, outcome: {{{told}}}}}\n"
    return HEAD + ECONOMY + "volume:\n" + _many("  - {{unit: u{0}, target: 4}}\n", number) + report


def meetings(number: int) -> str:
    """Return one with so many meetings in its log."""
    line = "  - {{date: 2024-05-05, event: meeting, text: Möte {0}}}\n"
    return HEAD + ECONOMY + "log:\n" + _many(line, number)


def ended_rows(number: int) -> str:
    """Return one with so many rows that ended before the agreement does."""
    return rows(number, "    - {{party: k, item: Rad {0}, amount: 100, end: 2024-06-30}}\n")


def amendments(number: int) -> str:
    """Return one with so many amendments, each with an economy of its own."""
    line = "  - {{date: 2024-05-05, event: amendment, effective: 2024-{0:02}-{1:02}, terms: {2}}}\n"
    terms = "{{economy: {{contributions: [{{party: k, item: L, amount: {0}}}]}}}}"
    days = [(1 + each // 28 % 12, 1 + each % 28, terms.format(each)) for each in range(number)]
    return HEAD + ECONOMY + "log:\n" + "".join(line.format(*each) for each in days)


def invoices(number: int) -> str:
    """Return one with so many invoices in its log, all for the same days."""
    line = "  - {{date: 2024-05-05, event: invoice, number: {0}, period: 2024, amount: 1}}\n"
    return HEAD + ECONOMY + "invoicing: {seller: f, buyer: k}\nlog:\n" + _many(line, number)


def instalments(number: int) -> str:
    """Return one with so many instalments of one block."""
    line = "    - {{date: 2024-05-05, period: 2024, amount: {0}}}\n"
    block = "invoicing:\n  seller: f\n  buyer: k\n  instalments:\n"
    return HEAD + ECONOMY + block + _many(line, number)


def payers(number: int) -> str:
    """Return one with so many blocks of invoicing, each for a committee of its own."""
    return (
        HEAD
        + ECONOMY
        + "invoicing:\n"
        + _many("  - {{seller: f, buyer: k, board: B{0}}}\n", number)
    )


KINDS: Mapping[str, tuple[Callable[[int], str], int]] = {
    "rows": (rows, 10_000),
    "wrong rows": (wrong_rows, 10_000),
    "unknown keys": (unknown_keys, 50_000),
    "comments": (comments, 20_000),
    "exceptions": (exceptions, 20_000),
    "targets": (targets, 8_000),
    "meetings": (meetings, 12_000),
    "ended rows": (ended_rows, 10_000),
    "amendments": (amendments, 500),
    "invoices": (invoices, 9_000),
    "instalments": (instalments, 18_000),
    "payers": (payers, 15_000),
}
"""Each kind, and how many of it make a file that is about as large as it may be."""
