"""How far an agreement was decided when something was agreed on: what a total in it is for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.coming import MONTHS_AHEAD
from iopctl.dates import Period, add_months, without
from iopctl.model.log import Amendment
from iopctl.model.scalars import UNKNOWN_DATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.case.case import Case
    from iopctl.model.economy import Contribution
    from iopctl.model.log import LoggedEvent
    from iopctl.model.terms import Terms


class Foresight(NamedTuple):
    """The end that was decided then, None where it is unknown or there is none, and the *gaps*."""

    end: date | None
    gaps: tuple[Period, ...] = ()


def foresight(case: Case, terms: Terms) -> Foresight:
    """Return what was decided when the economy of *terms* was agreed on.

    The first terms know of the end that is written; those of an amendment of all that the log has
    above it: who agrees on money for an extension knows how long that is.
    """
    match terms.stands_at["economy"]:
        case ("log", int() as place, *_):
            then = case.above(place + 1, agreed_on(case.agreement.log[place])).reach
            return Foresight(then.end, then.gaps)
        case _:
            return Foresight(terms.validity.last if terms.validity else None)


def unforeseen(seen: Foresight, gaps: Iterable[Period], days: Period) -> tuple[Period, ...]:
    """Return what *gaps* take of some *days*, but for those that were decided then."""
    taken = (part for gap in gaps if (part := gap.overlap(*days[:2])))
    return tuple(each for part in taken for each in without(part, seen.gaps))


def decided_by(case: Case, place: int) -> date | None:
    """Return the last day that was decided when an event at a *place* of the log came about.

    Until further notice, it is that of the year whose bills were offered then.
    """
    before = case.above(place, agreed_on(case.agreement.log[place]))
    if before.reach.is_open:
        return date(add_months(before.as_of, MONTHS_AHEAD).year, 12, 31)
    return before.reach.end


def agreed_on(event: LoggedEvent) -> date:
    """Return the day of an event; of an amendment whose day is unknown, the first of its terms."""
    if event.date == UNKNOWN_DATE and isinstance(event, Amendment):
        return event.effective
    return event.date.last


def total_days(terms: Terms, row: Contribution, end: date | None) -> Period | None:
    """Return the days that a row's total is for, None where they are unknown or there are none.

    Its own; else those to the *end* that was decided when the terms were agreed on, from when
    they rule.
    """
    validity, since = terms.validity, terms.since["economy"]
    if row.start:
        first = row.start.first
    else:
        known = [day for day in (validity and validity.first, since) if day]
        first = max(known, default=date.max)
    last = row.end.last if row.end else end or date.min
    return Period.of(first, last) if first <= last else None
