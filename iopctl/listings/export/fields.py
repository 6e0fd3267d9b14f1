"""How an exported table is put together: columns, what they mean, and where cells come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from iopctl.language import current, tr
from iopctl.listings.facts import fact, label
from iopctl.tables import Amount, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.model.base import Strict
    from iopctl.tables import Cell

Record_contra = TypeVar("Record_contra", contravariant=True)

_TYPES: Final = {
    Kind.KRONOR: "DECIMAL(18,2)",
    Kind.PERCENT: "DECIMAL(9,6)",
    Kind.NUMBER: "DECIMAL(38,10)",
    Kind.DATE: "DATE",
}
_WHOLE: Final = "BIGINT"
_TEXT: Final = "VARCHAR"
# What these columns count is whole; the type of a column must not depend on what is in it.
WHOLE: Final = frozenset(
    {
        "base_year",
        "coordinator",
        "count",
        "days_left",
        "event_number",
        "extension_months",
        "goes_on",
        "indexed",
        "late",
        "open_ended",
        "options_left",
        "share_stated",
        "options_taken",
        "row",
        "unknown",
        "year",
    }
)


class Field(NamedTuple, Generic[Record_contra]):
    """A column by the name that programs know it by, what it means, and its cell of a record.

    *words* are those of the format that it has one of, where its meaning names them; *of* is the
    key of the format that it has as it is written, where its meaning is what that is called.
    """

    key: str
    meaning: str
    cell: Callable[[Record_contra], Cell]
    kind: Kind = Kind.TEXT
    words: tuple[str, ...] = ()
    of: tuple[type[Strict], str] | None = None

    @property
    def told(self) -> str:
        """What it means, with the words that it may have, or the key that it is of."""
        if self.of:
            return tr(self.meaning, key=label(*self.of))
        if not self.words:
            return tr(self.meaning)
        *words, last = map(tr, self.words)
        return tr(self.meaning, words=", ".join(words), last=last)

    @property
    def column(self) -> Column:
        """The column, as a table has it."""
        return Column(self.key, self.title, self.kind)

    @property
    def title(self) -> str:
        """What heads it: of a key of the format, in Swedish what the schema calls that."""
        if self.of and current() == "sv":
            return label(*self.of)
        return self.key.replace("_", " ")

    @property
    def named(self) -> str:
        """Its name to programs; where people have another for it, that one and programs'."""
        own, spoken = self.key.replace("_", " "), self.column.spoken.title
        return self.key if spoken == own else f"{spoken} ({self.key})"


Fields = tuple[Field[Record_contra], ...]


class ExportTable(NamedTuple, Generic[Record_contra]):
    """A table that is exported: its name to programs, its title, and its columns."""

    name: str
    title: str
    fields: Fields[Record_contra]

    def completed(
        self,
        model: type[Strict],
        block: Callable[[Record_contra], Strict],
        told: Container[str] = (),
    ) -> ExportTable[Record_contra]:
        """Return it with a column more for each other key of a *model*, as the file has it.

        A record has the *block* of that model. Keys that are *told* have no column of their name.
        """
        known = {each.key for each in self.fields}
        others = [each for each in model.model_fields if each not in known and each not in told]
        return self._replace(fields=(*self.fields, *(_written(model, e, block) for e in others)))

    def rows(self, records: Iterable[Record_contra]) -> Iterator[Row]:
        """Yield a row for each of *records*."""
        cells = [each.cell for each in self.fields]
        return (Row(tuple([cell(record) for cell in cells])) for record in records)

    def table(self, as_of: date, rows: Sequence[Row], notes: Sequence[str] = ()) -> Table:
        """Return it with its *rows*."""
        columns = tuple(each.column for each in self.fields)
        return Table(self.name, tr(self.title), as_of, columns, rows, tuple(notes))

    def described(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what each column is: table, column, type and meaning."""
        for each in self.fields:
            yield tr(self.name), each.named, stored_as(each.column), each.told


def _written(
    model: type[Strict], name: str, block: Callable[[Record_contra], Strict]
) -> Field[Record_contra]:
    def cell(record: Record_contra) -> Cell:
        return fact(block(record), name)

    return Field(name, "{key}, as the file has it", cell, of=(model, name))


def stored_as(column: Column) -> str:
    """Return the SQL type of a column where a format has types, as in Parquet."""
    if column.kind is Kind.NUMBER and column.key in WHOLE:
        return _WHOLE
    return _TYPES.get(column.kind, _TEXT)


def money(amount: Decimal | None) -> Amount | None:
    """Return kronor as a cell, which is empty where there are none or they are unknown."""
    return None if amount is None else Amount(amount)
