"""docs/format.md is the whole format: no key is missing, and every example and figure holds.

An example is a whole file if it has an `id`, else the blocks that take the place of those of the
first example. A table under an example is told by its first heading:

    kronor            what each row gives, a column a year (kronor on DAY: as that day sees it)
    committee         what each committee pays
    due               the invoices: day, text, amount
    on                on each day: the end, the last day of notice, the end of the options
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from iopctl.billing import bills
from iopctl.budget import board_parts, sheets
from iopctl.config import config
from iopctl.figures import Rates
from iopctl.marking import subject
from iopctl.model.log import Event, NewTerms
from iopctl.model.swedish import BLOCKS
from iopctl.money import kronor
from iopctl.portfolio import Input, document
from iopctl.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iopctl.budget import Sheet
    from iopctl.model import Agreement
    from iopctl.tables import Amount

TEXT = (Path(__file__).parent.parent / "docs/format.md").read_text(encoding="utf-8")
TODAY = date(2026, 1, 1)  # every example's years have begun
SERIES = config("\n".join(re.findall(r"(?ms)^```toml\n(.+?)^```", TEXT)), "iopctl.toml").index
Cells = list[list[str]]


class Shown(NamedTuple):
    """A table under an example, without its line of dashes."""

    example: str
    head: str
    cells: Cells


def cells(table: str) -> Cells:
    """Return the rows of a Markdown table, the first its headings."""
    lines = [line for line in table.strip().split("\n") if not line.startswith("|--")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def shown() -> Iterator[Shown]:
    """Yield each table that follows an example, with the example."""
    parts = re.findall(r"(?ms)^```yaml\n(.+?)^```|((?:^\|.*\n)+)", TEXT)
    example = ""
    for code, table in parts:
        example = code or example
        head = cells(table)[0][0].partition(" ")[0] if table else ""
        if head in SHOWN:
            yield Shown(example, head, cells(table))


def whole(example: str) -> str:
    """Return the file that an example stands for."""
    if re.search(r"(?m)^id:", example):
        return example
    changed = set(re.findall(r"(?m)^([\w-]+):", example))
    blocks = re.split(r"(?m)^(?=[a-z])", EXAMPLES[0])
    return "".join(each for each in blocks if each.partition(":")[0] not in changed) + example


def agreement(example: str) -> Agreement:
    """Return the agreement that an example stands for; nothing may be wrong with it."""
    found = document(Input("example.yaml", whole(example).encode()))
    assert found.agreement, found.diagnostics
    return found.agreement


def sheet(example: str, day: date = TODAY) -> Sheet:
    """Return the figures of an example as *day* sees them."""
    return sheets([standing(agreement(example), day)], Rates(SERIES))[0]


# ------------------------------------------------------------------ the tables, reckoned anew
def rows(example: str, given: Cells) -> Cells:
    """Return what each row gives in each decided year."""
    day = given[0][0].partition(" on ")[2]
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for figure in sheet(example, date.fromisoformat(day) if day else TODAY).figures:
        if figure.state == "decided":
            row = found.setdefault((str(figure.path), figure.contribution.described), {})
            amount = "unknown" if figure.amount is None else kronor(figure.amount)
            row[str(figure.year or "not by year")] = amount
    return _table(given[0][0], {key[1:]: row for key, row in found.items()}) if found else []
