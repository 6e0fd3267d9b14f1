"""The agreement that follows another one: the same parties and rows, in new days and prices."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from iopctl import edit
from iopctl.dates import ONE_DAY, Period, add_months, day_month_or_year, months
from iopctl.errors import UserError
from iopctl.model import Agreement, Economy, Validity
from iopctl.model.terms import BLOCKS
from iopctl.money import total
from iopctl.repricing import Repricing, in_order, part_at
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iopctl.figures import Rates
    from iopctl.model import Contribution
    from iopctl.repricing import Data
    from iopctl.source import Source
    from iopctl.standing import Standing

OF_THE_OLD: Final = ("dnr", "source", "status")
MONTHS_A_YEAR: Final = 12


class Days(NamedTuple):
    """The days that an agreement is to hold; *last* is None for one until further notice."""

    first: date
    last: date | None


class Renewed(NamedTuple):
    """The text of an agreement that follows another, and what in it must be looked at."""

    text: str
    notes: tuple[str, ...]


# ------------------------------------------------------------------ the days
def following(
    standing: Standing,
    start: date | None = None,
    end: date | Literal["open"] | None = None,
    years: int | None = None,
) -> Days:
    """Return the days after those of the agreement: as many as it first had, unless told.

    Raises:
        UserError: they are not known, or end before they start.
    """
    name = standing.agreement.id
    first = start or (standing.reach.end and standing.reach.end + ONE_DAY)
    if first is None:
        raise UserError(f"when {name} ends is not known: say when the new one begins, by --start")
    if end == "open":
        return Days(first, None)
    last = end or _last(standing, first, years)
    if last is None:
        raise UserError(f"how long {name} held is not known: give --years or --end")
    if last < first:
        raise UserError(f"--end {last} is before {first}, when the new agreement begins")
    return Days(first, last)


def _last(standing: Standing, first: date, years: int | None) -> date | None:
    if years is not None:
        return add_months(first, years * MONTHS_A_YEAR) - ONE_DAY
    old = standing.terms[-1].validity
    if old is None or old.first is None or old.last is None:
        return None
    length = months(old.first, old.last)
    if length.is_integer():
        return add_months(first, int(length)) - ONE_DAY
    return first + (old.last - old.first)


# ------------------------------------------------------------------ the text
def renewed(
    source: Source, standing: Standing, name: str, days: Days, rates: Rates, *, draft: bool = True
) -> Renewed:
    """Return the agreement called *name* that follows the one of *source*.

    It has the terms in force last, in the prices of the year in which it begins, and an empty
    log; rows and invoicing that have ended before are left out. Comments stay where they were.

    Raises:
        Refused: the index has no value for a year that is needed.
    """
    terms = standing.terms[-1]
    data: Data = deepcopy(source.data or {})
    for block in BLOCKS:
        if block in data or terms.path(block)[0] == "log":
            ...
