"""Rows from tables, and from lines that end in an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.reading.amounts import DocumentAmount, amounts, bare, factor
from iopctl.reading.clauses.instalments import is_plan
from iopctl.reading.economy.rows import DocumentRow, described
from iopctl.reading.facts import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
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
TOTAL: Final = re.compile(
    (
        r"^(?:del)?summa\b|^total(?:t|en|summa)?\b|^tot\.?\b|^sammanlag|^subtotal"
        r"|^sum\b|^värde totalt|^totalvärde|^delsumma|\btotalt$|^summering|^grand"
        r" total|^sub-total"
    ),
    re.IGNORECASE,
)
_COLUMNS: Final = (
    ("receiver", r"mottag|betalas till|utbetalas till|recipient|receiver|paid to"),
    (
        "party",
        (
            r"bidragsgivare|^part(?:er|y)?\b|\bvem\b|aktör|finansiär|^ansvarig|insats från"
            r"|bidrar|contributor|^party|provided by"
        ),
    ),
    ("form", r"^form\b|^typ\b|kontant|natura|^kind|^type"),
    ("extent", r"omfattning|^antal|timmar|^tid\b|volym|extent|hours|quantity|^h/"),
    (
        "amount",
        r"\bkr\b|kronor|\bsek\b|belopp|värde|summa|\btkr|mnkr|amount|value|per år|kostnad|årlig",
    ),
    (
        "item",
        (
            r"insats|^post\b|\bvad\b|resurs|aktivitet|innehåll|beskriv|bidrag|item"
            r"|descript|resource|contribution|åtagande"
        ),
    ),
)
_YEAR: Final = re.compile(r"^(?:år |helår )?(20\d\d)(?:\s?\(.*\)|\*)?$")
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
class Listed:
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


def listed(reading: DocumentReading) -> Listed:
    """Return the rows and sums that stand in tables and lines."""
    found, table = Listed(), _Table()
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


def _passage(reading: DocumentReading, passage: Passage, table: _Table, found: Listed) -> None:
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
    found: Listed,
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
def _cells(reading: DocumentReading, passage: Passage, table: _Table, found: Listed) -> None:
    cells = passage.cells
    values = [bare(cell, table.factor) for cell in cells]
    ended = _ending(passage.text)
    if not any(value is not None for value in values) and ended and ended[0]:
        _line(reading, passage, (ended[0], ended[1].kronor), table, found)
        return
    if not any(value is not None for value in values) or _is_header(cells):
        columns = _columns(reading, cells)
        if {"amount", "item"} & set(columns) or any(
            each.startswith(("year", "of:")) for each in columns
        ):
            table.columns = columns
            units = [unit for cell in cells if (unit := factor(cell))]
            table.factor = units[-1] if units else table.factor
        return
    fits = len(table.columns) == len(cells)
    columns = table.columns if fits else ()
    _row_of_cells(reading, passage, columns, values, table, found)


def _is_header(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    years = [cell for cell in filled if _YEAR.match(cell)]
    return (
        bool(years)
        and len(years) >= len(filled) - 2
        and all(_YEAR.match(c) or not re.search(r"\d", c) for c in filled)
    )


def _columns(reading: DocumentReading, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is: a role, `year 2025`, or `of:handle` for a party's own."""
    found = []
    for cell in cells:
        told = reading.parties.mentions(cell)
        year = _YEAR.match(cell.strip())
        if year:
            found.append(f"year {year[1]}")
        elif len(told) == 1 and len(told[0].handles) == 1:
            found.append(f"of:{told[0].handles[0]}")
        else:
            found.append(
                next(
                    (name for name, words in _COLUMNS if re.search(words, cell, re.IGNORECASE)), ""
                )
            )
    if (
        "item" not in found
        and found
        and found[0] in {"", "party"}
        and "amount" in found
        and "party" not in found[1:]
    ):
        found[0] = "item"
    return tuple(found)


def _row_of_cells(
    reading: DocumentReading,
    passage: Passage,
    columns: tuple[str, ...],
    values: list[Decimal | None],
    table: _Table,
    found: Listed,
) -> None:
    cells = passage.cells
    here = Evidence(passage.place, " ".join(filter(None, cells)))
    by_column = dict(zip(columns, cells, strict=True)) if columns else {}
    label = by_column.get("item") or next(
        (cell for cell, value in zip(cells, values, strict=True) if cell and value is None), ""
    )
    first = next((cell for cell in cells if cell), "")
    own = {
        name[3:]: value
        for name, value in zip(columns, values, strict=False)
        if name.startswith("of:") and value
    }
    years = {
        name[5:]: value
        for name, value in zip(columns, values, strict=False)
        if name.startswith("year") and value is not None
    }
    kronor = _amount(columns, values)
    found.passages.add(passage)
    if TOTAL.search(first) or TOTAL.search(label):
        label = first if TOTAL.search(first) else label
        for handle, value in own.items():
            found.sums.append(LineSum(label, (handle,), (), value, here, len(found.rows)))
        if kronor is not None and not years:
            found.sums.append(
                LineSum(
                    label,
                    reading.parties.first(label),
                    table.current,
                    kronor,
                    here,
                    len(found.rows),
                )
            )
        return
    if own:
        for handle, value in own.items():
            found.rows.append(described(DocumentRow((handle,), "", here, value), label))
        return
    if not years and (kronor is None or kronor < _LEAST):
        return
    beside = [
        cell
        for cell, value in zip(cells, values, strict=True)
        if cell and value is None and cell != label and not columns
    ]
    handles = reading.parties.first(by_column.get("party", "")) if by_column.get("party") else ()
    if not handles:
        handles, label = _prefixed(reading, label)
    row = DocumentRow(
        handles or table.current, "", here, None if years else kronor, by_year=_varying(years)
    )
    if years and not row.by_year:
        row.amount = next(iter(years.values()))
    form = by_column.get("form", "")
    row.form = (
        "in_kind"
        if re.search(r"natura|kind", form, re.IGNORECASE)
        else "cash"
        if re.search(r"kontant|cash", form, re.IGNORECASE)
        else ""
    )
    row.receiver = (
        reading.parties.first(by_column.get("receiver", "")) if by_column.get("receiver") else ()
    )
    extent = by_column.get("extent", "")
    described(row, " ".join([label, extent, *beside]) if extent or beside else label)
    found.rows.append(row)


def _varying(years: dict[str, Decimal]) -> dict[str, Decimal]:
    return {} if len(set(years.values())) <= 1 else years


def _amount(columns: tuple[str, ...], values: Sequence[Decimal | None]) -> Decimal | None:
    """Return the amount of a row: of the column that has them, else the last figure."""
    if "amount" in columns:
        chosen = [value for name, value in zip(columns, values, strict=True) if name == "amount"]
        return next((value for value in reversed(chosen) if value is not None), None)
    figures = [value for value in values if value is not None]
    return figures[-1] if figures and values[-1] is not None else None
