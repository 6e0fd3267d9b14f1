"""The meetings and reports that each year asks for, and those that the log has."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from iopctl.dates import MONTHS_A_YEAR, Period, months, years
from iopctl.model.log import Meeting, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model.follow_up import FollowUp
    from iopctl.model.terms import Terms

Kind: TypeAlias = Literal["invoices", "meetings", "reports"]


class Quota(NamedTuple):
    """What a year asks for by *due*: so many are *wanted*, and so many *done*."""

    terms: Terms
    year: int
    wanted: int
    done: int
    due: date

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return max(self.wanted - self.done, 0)


def meetings(case: Case) -> Iterator[Quota]:
    """Yield the meetings of each decided year, due by its last day."""
    held = [event.date.first.year for _, event in case.happened(Meeting)]
    for terms, follow_up, part in _years(case):
        if follow_up.meetings_per_year:
            year = part.first.year
            wanted = _share(follow_up.meetings_per_year, part)
            yield Quota(terms, year, wanted, held.count(year), date(year, 12, 31))


def reports(case: Case) -> Iterator[Quota]:
    """Yield the reports of each decided year, due on a day of the next."""
    given = [reported(event, case) for _, event in case.happened(Report)]
    for terms, follow_up, part in _years(case):
        if follow_up.reports_per_year:
            year = part.first.year
            done = sum(year in each for each in given)
            wanted = _share(follow_up.reports_per_year, part)
            due = date(year + 1, *(follow_up.report_due or case.config.report_due))
            yield Quota(terms, year, wanted, done, due)


def reported(event: Report, case: Case) -> range:
    """Return the years that a report is on: where it does not say, the one before its date.

    That is its own year where the agreement is no older.
    """
    if event.year is not None:
        return range(event.year, event.year + 1)
    if event.period is not None:
        return years(event.period.first, event.period.last)
    start = case.reach.start or date.min
    year = max(event.date.first.year - 1, start.year)
    return range(year, year + 1)


def settled_until(case: Case, kind: Kind | None = None) -> date:
    """Return the day up to which what is due is settled outside the log; long ago where none is.

    Of a *kind*, the day that the file has for it, else the one that it has for everything.
    """
    follow_up = case.terms[-1].follow_up
    if follow_up is None:
        return date.min
    own = getattr(follow_up.settled, kind) if kind and follow_up.settled else None
    return own or follow_up.settled_until or date.min


def _years(case: Case) -> tuple[tuple[Terms, FollowUp, Period], ...]:
    """Return the decided days of each year, with the terms on the last of them."""
    decided = case.days
    if decided is None:
        return ()
    found = []
    for year in years(decided.first, decided.last):
        first, last = max(decided.first, date(year, 1, 1)), min(decided.last, date(year, 12, 31))
        terms = case.in_force(last)
        if terms.follow_up is not None:
            found.append((terms, terms.follow_up, Period.of(first, last)))
    return tuple(found)


@lru_cache(maxsize=4096)  # the same few years, in all agreements
def _share(number: int, part: Period) -> int:
    """Return the share of *number* a year that falls on a part of it, rounded up."""
    return ceil(number * months(part.first, part.last) / MONTHS_A_YEAR)
