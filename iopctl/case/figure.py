"""What one row of an agreement comes to in a year, or for days that no year divides."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.worth import Why, Worth
from iopctl.dates import Period, without
from iopctl.language import marked
from iopctl.model.index import KronorIndex
from iopctl.tables import UNKNOWN, Amount

if TYPE_CHECKING:
    from iopctl.case.dated import Certainty
    from iopctl.model.economy import Contribution
    from iopctl.model.terms import Side, Terms
    from iopctl.source import Path

OUTSIDE = Worth(Decimal(0), Why(marked("outside the row's own days")))


class Figure(NamedTuple):
    """A row's worth in one year, decided or if options are taken.

    *terms* are those that share the economy and the parties of these days, as one. *days* are
    those of the year that the row has, None where it has none or they are unknown: then it is
    something of no day outside *within*. Without *year* it is a total that the agreement does not
    divide over its years, *period* being the days that it is for as it states them: more than
    *days* where not all of them are to be, as on those of *gaps* that nobody had foreseen. Or it is
    what a row gives in years that are unknown.
    """

    terms: Terms
    row: int
    year: int | None
    state: Certainty
    worth: Worth
    days: Period | None
    period: Period | None = None
    within: Period | None = None
    gaps: tuple[Period, ...] = ()

    def touches(self, year: int | None) -> bool:
        """Whether it is something of *year*, be it not known how much; None is any year."""
        if year is None or self.year is not None:
            return year in {None, self.year}
        days = self.days or self.within
        return days is None or days.overlap(*Period.year(year)[:2]) is not None

    def of(self, year: int) -> Figure:
        """Return what it is in a *year* of which it is not known whether the row has days in it.

        Nothing stays nothing, unless kronor are added to it year by year.
        """
        index = self.terms.economy.index_of(self.contribution)
        grows = isinstance(index, KronorIndex) and self.worth != OUTSIDE
        price = self.worth if self.amount == 0 and not grows else Worth(None, self.worth.why)
        return self._replace(year=year, worth=price)

    @property
    def as_written(self) -> Amount:
        """Kronor a year as the row states them, of years in which it may have days."""
        if self.worth.amount == 0:
            return self.sum
        stated = self.terms.economy.yearly(self.contribution)
        return UNKNOWN if stated is None else Amount(stated)

    @property
    def is_undated(self) -> bool:
        """Whether it is what a row gives a year, in years in which it may have days."""
        return self.within is not None and self.contribution.basis != "total"

    @property
    def is_total(self) -> bool:
        """Whether it is one sum for all of the row's days, be they in one year.

        What the row comes to in a year after these days is none, and unknown.
        """
        if self.contribution.basis != "total" or self.contribution.spread:
            return False
        return self.year is None or self.amount is not None

    @property
    def cut(self) -> tuple[Period, str] | None:
        """The days that a total without a year is for, and those of them that are to be, if fewer.

        What is owed of it then is for the parties to say: it stands as it was agreed.
        """
        if self.period is None or self.days is None or self.year is not None:
            return None
        held = self.period.overlap(self.days.first, self.days.last)
        if held is None or (held[:2] == self.period[:2] and not self.gaps):
            return None
        return self.period, " + ".join(each.text for each in without(held, self.gaps))

    @property
    def contribution(self) -> Contribution:
        """The row that the figure is of."""
        return self.terms.economy.contributions[self.row]

    @property
    def amount(self) -> Decimal | None:
        """Kronor; None is unknown."""
        return self.worth.amount

    @property
    def sum(self) -> Amount:
        """Kronor as sums take them, in which what is unknown is no zero."""
        return UNKNOWN if self.amount is None else Amount(self.amount)

    @property
    def in_year(self) -> Amount:
        """Kronor of a year that it touches: unknown where no year divides it."""
        return UNKNOWN if self.year is None and self.amount != 0 else self.sum

    @property
    def path(self) -> Path:
        """Where the row is written."""
        return self.terms.path("economy", "contributions", self.row)

    @property
    def index_path(self) -> Path:
        """Where the index that raises it is written: in its row, or for all of the economy."""
        if self.contribution.index is not None:
            return (*self.path, "index")
        return self.terms.path("economy", "index")

    @property
    def side(self) -> Side:
        """The role of the row's parties, `mixed` where they do not share one."""
        return self.terms.side(self.row)

    @property
    def is_partly_public(self) -> bool:
        """Whether some of it is public money, and it is not said how much."""
        return self.amount != 0 and self.terms.is_partly_public(self.row)
