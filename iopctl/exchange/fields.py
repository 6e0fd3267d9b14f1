"""How an exported table is put together: columns, each with where its cell comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from iopctl.tables import Cell

Record = TypeVar("Record")


class Fields(NamedTuple):
    """The columns of a table, and what gives the cells of one of its rows."""

    columns: tuple[Column, ...]
    values: tuple[Callable[..., Cell], ...]


def fields(*given: tuple[str, Callable[[Record], Cell]] | tuple[str, Callable[[Record], Cell], Kind]) -> Fields:
    """Return columns by key and value; their kind is TEXT where none is given."""
