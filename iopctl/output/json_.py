"""Tables as JSON, for programs: nothing in it is grouped, shortened or, where unknown, a number."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from iopctl.money import plain
from iopctl.output.figures import exact
from iopctl.output.terminal import printable
from iopctl.tables import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.tables import Cell, Kind, Table

_AT_ONCE: Final = 2000
"""Lines that are written at a time."""


def render(table: Table) -> str:
    """Write *table* as an object with its schema, date, columns, rows and notes.

    Kronor and percentages are strings with a decimal point ("1710000", "1710000.50", "58.222222"),
    counts are numbers, and null is a cell with nothing to show. A sum that has an unknown part is
    {"at_least": "120000"}, and {"at_least": null} where nothing is known of it.
    """
    return document(table.name, table.as_of, _contents(table))


def render_page(name: str, tables: Sequence[Table]) -> str:
    """Write *tables* as an object with its schema, the first table's date, and tables by name."""
    return written(_page(name, tables))


def parts(name: str, tables: Sequence[Table]) -> Iterator[bytes]:
    """Yield what `render_page` gives, in UTF-8: some lines at a time, since it may be very long."""
    lines = _lines(_page(name, tables), 2)
    while some := "".join(islice(lines, _AT_ONCE)):
        yield some.encode()


def _page(name: str, tables: Sequence[Table]) -> dict[str, Any]:
    contents = {table.name: {"title": table.title} | _contents(table) for table in tables}
    return _head(name, tables[0].as_of) | {"tables": contents}


def document(name: str, as_of: date | None, contents: dict[str, Any]) -> str:
    """Write *contents* as an object that begins with its schema, called *name*, and its date."""
    return written(_head(name, as_of) | contents)


def _head(name: str, as_of: date | None) -> dict[str, Any]:
    return {"schema": f"iopctl/{name}/1", "as_of": as_of and as_of.isoformat()}


def written(data: object, indent: int | None = 2) -> str:
    """Write *data* as JSON in which whatever a terminal would act on is escaped."""
    return "".join(_lines(data, indent))


def _lines(data: object, indent: int | None) -> Iterator[str]:
    line: list[str] = []
    for part in json.JSONEncoder(ensure_ascii=False, indent=indent).iterencode(data):
        end, newline, begin = part.rpartition("\n")
        if newline:
            yield f"{printable(''.join((*line, end)), _escape)}\n"
            line.clear()
        line.append(begin)
    yield f"{printable(''.join(line), _escape)}\n"


class _RowStream(list[Any]):
    """The rows of a table, each made when it is written: a list, since nothing else is one."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __len__(self) -> int:
        return len(self._table.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._table.rows:
            cells = zip(self._table.columns, row.cells, strict=True)
            yield {
                "level": row.level,
                "cells": {column.key: _value(cell, column.kind) for column, cell in cells},
            }


def _contents(table: Table) -> dict[str, Any]:
    return {
        "columns": [
            {"key": column.key, "title": column.title, "kind": column.kind, "group": column.group}
            for column in table.columns
        ],
        "rows": _RowStream(table),
        "notes": table.notes,
    }


def _value(cell: Cell, kind: Kind) -> Any:  # noqa: ANN401 - whatever JSON can be
    match cell:
        case Amount(complete=True):
            return plain(cell.known)
        case Amount():
            return {"at_least": None if cell.unknown else plain(cell.known)}
        case Decimal():
            return exact(cell, kind)
        case date():
            return cell.isoformat()
        case _:
            return cell


def _escape(character: str) -> str:
    """Return *character* as JSON escapes it: by the units that it has in UTF-16."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
