"""How an exported table is put together: columns, each with where its cells come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from iopctl.tables import Amount, Cell, Column, Kind, Row, Table

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Record = TypeVar("Record")
Fields = Mapping[Column, Callable[[Record], Cell]]


def column(key: str, kind: Kind = Kind.TEXT) -> Column:
    """Return the column that programs and people know by *key*."""
    return Column(key, key.replace("_", " "), kind)


def table(
    name: str, title: str, as_of: date, fields: Fields[Record], records: Iterable[Record]
) -> Table:
    """Return a table with a row for each of *records*."""
    rows = tuple(Row(tuple(value(each) for value in fields.values())) for each in records)
    return Table(name, title, as_of, tuple(fields), rows)


def joined(names: Iterable[str]) -> str:
    """Return several names as one cell, each of them once."""
    return ", ".join(dict.fromkeys(names))


def money(amount: Decimal | None) -> Amount | None:
    """Return kronor as a cell, which is empty where there are none or they are unknown."""
    return None if amount is None else Amount(amount)
