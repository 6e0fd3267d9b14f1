"""What listings compute and renderers write: columns, rows of cells, and the notes under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.language import tr
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kind(StrEnum):
    """What a column holds. A year is TEXT, being a name, and a NUMBER is counted or measured."""

    TEXT = "text"
    KRONOR = "kronor"
    PERCENT = "percent"
    DATE = "date"
    NUMBER = "number"
    STATE = "state"


FIGURES: Final = frozenset({Kind.KRONOR, Kind.PERCENT, Kind.NUMBER})
"""The kinds of column that people read aligned to the right."""


class Level(StrEnum):
    """What a row sums: nothing, rows above it, or all of the table."""

    ROW = "row"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in kronor, or in hours, of which only *known* is known where it is not *complete*.

    An unknown part is no zero: it makes each sum that it enters incomplete. Amounts add up with
    `sum(amounts, ZERO)`, exactly.
    """

    known: Decimal
    complete: bool = True

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known of it; a complete 0 is a real zero."""
        return not self.complete and not self.known

    def __reduce__(self) -> tuple[type[Amount], tuple[Decimal, bool]]:
        """Return how it is made anew: thousands of them go from one process to another."""
        return Amount, (self.known, self.complete)

    def __add__(self, other: Amount) -> Amount:
        return Amount(total((self.known, other.known)), self.complete and other.complete)


ZERO: Final = Amount(Decimal(0))
UNKNOWN: Final = Amount(Decimal(0), complete=False)

# Decimal is a percentage (35.5 is 35.5 %) or a measure, as the column's kind says; None is a cell
# where there is nothing to show, which is neither zero nor unknown.
Cell = str | int | Amount | Decimal | date | None


class Column(NamedTuple):
    """A column: *key* names it to programs, *title* and *group* ("option") to people.

    Where a screen has no room, *spare* ones are left out, those with the highest number first;
    what has sentences asks for *room*, in cells, in which they can be read.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    group: str = ""
    spare: int = 0
    room: int = 0

    @property
    def label(self) -> str:
        """The title that tells the group, too, as programs know it: `2027 (option)`."""
        return f"{self.title} ({self.group})" if self.group else self.title

    @property
    def spoken(self) -> Column:
        """The column with its titles in the language that is used, for people."""
        return self._replace(title=tr(self.title), group=tr(self.group))


class Tone(StrEnum):
    """What a person's eye is led to: what a row says in words, too."""

    PLAIN = "plain"
    LATE = "late"
    ENDED = "ended"
    OFF = "off"


class Row(NamedTuple):
    """A cell for each column of the table, in their order, and its tone on a screen."""

    cells: tuple[Cell, ...]
    level: Level = Level.ROW
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A listing as of a day, or a part of one that is. *name* ("budget") is its name to programs.

    Raises ValueError where a cell would be lost: columns share a key, or a row has too many
    cells or too few.
    """

    name: str
    title: str
    as_of: date | None
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        width = len({column.key for column in self.columns})
        if width != len(self.columns):
            raise ValueError(f"columns of the table {self.name} share a key")
        if any(len(row.cells) != width for row in self.rows):
            raise ValueError(f"not every row of the table {self.name} has {width} cells")
