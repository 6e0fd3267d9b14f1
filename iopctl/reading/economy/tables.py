"""Rows from tables, and from lines that end in an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.reading.amounts import DocumentAmount, amounts, bare, factor
from iopctl.reading.clauses.instalments import is_plan
from iopctl.reading.economy.cells import TOTAL, Cells, columns_of, is_header
from iopctl.reading.economy.rows import DocumentRow, described
from iopctl.reading.facts import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.passages import Passage

ELSEWHERE: Final = frozenset(
    [
        "background",
        "legal",
        "termination",
        "target",
        "purpose",
        "edge",
        "signature",
        "proposal",
        "follow_up",
        "validity",
    ]
)
_VERBS: Final = re.compile(
    (
        r"\b(?:är|beräknas|uppgår|betalar|bidrar|lämnar|står|ersätter|låta|hålla|ge"
        r"|ställa|betala|bidra|lämna|upplåta|tillhandahålla|ersätta|bekosta|finansiera"
        r"|utse|ska|kan|består|uppskattas|avsätter|föreslås|kostade|köpte|har|får"
        r"|utgår|motsvarar|värderas|finansierar|pays|contributes|is|are|shall|amounts"
        r"|provides)\b"
    ),
    re.IGNORECASE,
)
_LONGEST_LABEL: Final = 120
_LONGEST_NAME: Final = 70
_LEAST: Final = 100  # kronor; a smaller figure counts something else
_MOST_WORDS: Final = 14
_OF_A_SIDE: Final = re.compile(
    r"^(?:insats(?:er)?|bidrag|resurser)\s?(?:från|av|[;:–-])\s*", re.IGNORECASE
)
_SIDE: Final = re.compile(
    r"\bdel\b|bidrar med|insats|står för|svarar för|tillför|:$|contribut|provides|åtar sig",
    re.IGNORECASE,
)


@dataclass
class LineSum:
    """A sum that a line states: of whose rows (() where the line does not say), and how much."""

    label: str
    handles: tuple[str, ...]
    current: tuple[str, ...]
    kronor: Decimal
    evidence: Evidence
    rows_before: int


@dataclass
class Listing:
    """What tables and lines list: rows, and sums."""

    rows: list[DocumentRow] = field(default_factory=list)
    sums: list[LineSum] = field(default_factory=list)
    passages: set[Passage] = field(default_factory=set)


@dataclass
class _Table:
    """What is known while reading on: columns, unit, and whose rows these are."""

    columns: tuple[str, ...] = ()
    factor: int = 1
    current: tuple[str, ...] = ()
    waiting: list[Passage] = field(default_factory=list)


def listed(reading: DocumentReading) -> Listing:
    """Return the rows and sums that stand in tables and lines."""
    found, table = Listing(), _Table()
    for passage in reading.passages:
        if passage.topic in ELSEWHERE:
            continue
        if passage.style == "heading":
            side = _side(reading, passage.text)
            table = _Table(table.columns if side else (), table.factor if side else 1, side)
        elif not is_plan(passage):
            _passage(reading, passage, table, found)
    return found


def _side(reading: DocumentReading, text: str) -> tuple[str, ...]:
    """Return whose rows a heading begins; () if it is of no side alone."""
    told = {each.handles for each in reading.parties.mentions(text)}
    return told.pop() if len(told) == 1 else ()


def _passage(reading: DocumentReading, passage: Passage, table: _Table, found: Listing) -> None:
    cells = passage.cells
    if passage.style == "row" and len([cell for cell in cells if cell]) > 1:
        _cells(reading, passage, table, found)
        return
    text = next((cell for cell in cells if cell), passage.text)
    ended = _ending(text)
    if ended is None:
        unit = factor(text) if len(text) < _LONGEST_LABEL or text.endswith(":") else None
        table.factor = unit if unit and unit > 1 and not list(amounts(text)) else table.factor
        _speaks(reading, passage, text, table)
        return
    label, amount = ended
    if not label:
        label = " ".join(each.text for each in table.waiting)
    table.waiting = []
    if label:
        _line(reading, passage, (label, amount.kronor), table, found)


def _ending(text: str) -> tuple[str, DocumentAmount] | None:
    """Return label and amount of a line that ends in one; None for a sentence."""
    told = list(amounts(text))
    if not told or len(text) > _LONGEST_LABEL:
        return None
    last = told[-1]
    rest = text[last.end :].strip(" .")
    label = text[: last.start].strip(" ,.;:–-…(")
    ends = not rest or (last.per in {"year", "whole"} and len(rest) < 30)
    short = len(label.split()) <= _MOST_WORDS and "(värde" not in text
    wanted = ends and short and not _VERBS.search(label) and last.per not in {"hour", "unit"}
    return (label, last) if wanted else None


def _speaks(reading: DocumentReading, passage: Passage, text: str, table: _Table) -> None:
    """Note whose rows follow a line without an amount, or that it waits for its amount."""
    bare_text = _OF_A_SIDE.sub("", text)
    told = reading.parties.mentions(bare_text)
    if told and (_SIDE.search(text) or (len(bare_text) <= _LONGEST_NAME and told[0].start < 3)):
        table.current, table.waiting = told[0].handles, []
    elif len(text) <= _LONGEST_NAME and not text.endswith("."):
        table.waiting.append(passage)
    else:
        table.waiting = []


# ------------------------------------------------------------------ a line
def _line(
    reading: DocumentReading,
    passage: Passage,
    told: tuple[str, Decimal],
    table: _Table,
    found: Listing,
) -> None:
    label, kronor = told
    here = Evidence(passage.place, passage.text)
    found.passages.add(passage)
    if TOTAL.search(label):
        handles = reading.parties.first(label)
        found.sums.append(LineSum(label, handles, table.current, kronor, here, len(found.rows)))
        return
    handles, label = _prefixed(reading, label)
    row = DocumentRow(handles or table.current, "", here, kronor)
    found.rows.append(described(row, label))


def _prefixed(reading: DocumentReading, label: str) -> tuple[tuple[str, ...], str]:
    """Return the party that a label begins with, and the rest of it."""
    told = reading.parties.mentions(label)
    if told and told[0].start == 0:
        rest = re.match(r"\s?(?:[:;–-]|,)\s?(?=\S)", label[told[0].end :])
        if rest:
            return told[0].handles, label[told[0].end + rest.end() :]
        if told[0].end == len(label):
            return told[0].handles, label
    return (), label


# ------------------------------------------------------------------ a row of cells
def _cells(reading: DocumentReading, passage: Passage, table: _Table, found: Listing) -> None:
    cells = passage.cells
    values = [bare(cell, table.factor) for cell in cells]
    ended = _ending(passage.text)
    if not any(value is not None for value in values) and ended and ended[0]:
        _line(reading, passage, (ended[0], ended[1].kronor), table, found)
        return
    if not any(value is not None for value in values) or is_header(cells):
        columns = columns_of(reading, cells)
        if {"amount", "item"} & set(columns) or any(
            each.startswith(("year", "of:")) for each in columns
        ):
            table.columns = columns
            units = [unit for cell in cells if (unit := factor(cell))]
            table.factor = units[-1] if units else table.factor
        return
    fits = len(table.columns) == len(cells)
    columns = table.columns if fits else ()
    _row_of_cells(reading, passage, Cells.of(cells, columns, values), table, found)


def _row_of_cells(
    reading: DocumentReading, passage: Passage, row: Cells, table: _Table, found: Listing
) -> None:
    here = Evidence(passage.place, " ".join(filter(None, passage.cells)))
    found.passages.add(passage)
    if row.total:
        found.sums += _sums(reading, row, table, here, len(found.rows))
    elif row.own:
        for handle, value in row.own.items():
            found.rows.append(described(DocumentRow((handle,), "", here, value), row.label))
    elif row.years or (row.kronor is not None and row.kronor >= _LEAST):
        found.rows.append(_stated(reading, row, table, here))


def _sums(
    reading: DocumentReading, row: Cells, table: _Table, here: Evidence, before: int
) -> Iterator[LineSum]:
    label = row.total
    for handle, value in row.own.items():
        yield LineSum(label, (handle,), (), value, here, before)
    if row.kronor is not None and not row.years:
        handles = reading.parties.first(label)
        yield LineSum(label, handles, table.current, row.kronor, here, before)


def _stated(reading: DocumentReading, row: Cells, table: _Table, here: Evidence) -> DocumentRow:
    label, named = row.label, row.by_column.get("party", "")
    handles = reading.parties.first(named) if named else ()
    if not handles:
        handles, label = _prefixed(reading, label)
    kronor = None if row.years else row.kronor
    stated = DocumentRow(
        handles or table.current, "", here, kronor, by_year=_varying(row.years), form=row.form
    )
    if row.years and not stated.by_year:
        stated.amount = next(iter(row.years.values()))
    receiver = row.by_column.get("receiver", "")
    stated.receiver = reading.parties.first(receiver) if receiver else ()
    more = [each for each in (row.by_column.get("extent", ""), *row.beside) if each]
    return described(stated, " ".join([label, *more]))


def _varying(years: dict[str, Decimal]) -> dict[str, Decimal]:
    return {} if len(set(years.values())) <= 1 else years
