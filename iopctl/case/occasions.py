"""The days by which an undertaking of the follow-up is to be done, one after the other."""

from __future__ import annotations

from datetime import date
from itertools import count, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.reach import ladder, notice_day
from iopctl.dates import MONTHS_A_YEAR, ONE_DAY, Period, add_months, parts_of_year, years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model.follow_up import Every, Undertaking

AFTERWARDS: Final = frozenset({"report", "audit"})
"""What is about a time that is over, and so due after it."""

AHEAD: Final = frozenset({"evaluation", "review"})
"""What is asked for before the next term, also where that is not decided yet."""


class Occasion(NamedTuple):
    """What is to be done by *due*, that day included; *period* is what it is about, if it is.

    *anchor* is the day whose terms ask for it: one that the agreement holds, where any is known.
    """

    due: date
    anchor: date
    period: Period | None = None
    is_assumed: bool = False


def occasions(case: Case, each: Undertaking) -> Iterator[Occasion]:
    """Yield the occasions of an undertaking in the decided days, by their order.

    A meeting or review can't be after the end, and is left out there. Of what comes back as
    counted from a day, an agreement that goes on by itself has the next one, too.
    """
    days = case.days
    if each.every and each.every.calendar and not _firsts(each):
        found = _by_calendar(case, each, each.every)
    elif each.every and not each.every.calendar:
        found = _counted(case, each, each.every)
    elif each.months_after_end is not None:
        found = _after_end(case, each.months_after_end)
    else:
        found = _on_days(case, each)
    for occasion in found:
        too_late = days is not None and occasion.due > days.last and not _goes_on(case)
        if not (too_late and each.kind in {"meeting", "review"}):
            yield occasion


def _firsts(each: Undertaking) -> list[Period]:
    return [due for due in each.due if isinstance(due, Period)]


def _goes_on(case: Case) -> bool:
    """Whether days after the decided ones come by themselves."""
    return case.reach.is_open or case.reach.rolls_on


def _within(case: Case, day: date) -> date:
    """Return the decided day nearest to *day*; itself where none is known."""
    return day if case.days is None else min(max(day, case.days.first), case.days.last)


# ------------------------------------------------------------------ on stated days
def _on_days(case: Case, each: Undertaking) -> Iterator[Occasion]:
    """Yield stated days, and those that come back each so many months from the first one."""
    of_years = [due for due in each.due if not isinstance(due, Period)]
    if each.kind in AFTERWARDS and len(each.due) == len(of_years) == 1:
        yield from _on_last_year(case, *of_years[0])
        return
    found = [due.last for due in _firsts(each)]
    if each.every and found:
        found = list(_stepped(case, each, found[0], each.every.months, first=0))
    if case.days:
        found += [
            date(year, *due)
            for year in years(case.days.first, case.days.last)
            for due in of_years
            if any(each.first <= date(year, *due) <= each.last for each in case.held)
        ]
    yield from (Occasion(day, _within(case, day)) for day in sorted(found))


def _on_last_year(case: Case, month: int, day: int) -> Iterator[Occasion]:
    """Yield a day of the year after each one, also after the end."""
    for part in _parts(case, MONTHS_A_YEAR):
        yield Occasion(date(part.first.year + 1, month, day), part.last, part)


# ------------------------------------------------------------------ again and again
def _parts(case: Case, months: int) -> Iterator[Period]:
    """Yield the decided days by parts of the calendar year."""
    if case.days is None:
        return
    for year in years(case.days.first, case.days.last):
        for whole in parts_of_year(year, MONTHS_A_YEAR // months):
            if part := case.holds(whole):
                yield part


def _by_calendar(case: Case, each: Undertaking, every: Every) -> Iterator[Occasion]:
    """Yield each part of the calendar: due on a stated day, or so long after its end.

    A report's day is assumed where none is stated: the usual one for a year, a month for less.
    """
    for part in _parts(case, every.months):
        if each.due:
            yield from _of_year(each, part)
        elif each.kind not in AFTERWARDS or each.months_after_end is not None:
            yield Occasion(add_months(part.last, each.months_after_end or 0), part.last, part)
        elif every.months == MONTHS_A_YEAR:
            due = date(part.first.year + 1, *case.config.report_due)
            yield Occasion(due, part.last, part, is_assumed=True)
        else:
            yield Occasion(add_months(part.last, 1), part.last, part, is_assumed=True)


def _of_year(each: Undertaking, part: Period) -> Iterator[Occasion]:
    """Yield the days of the year *part*: of one that is told of afterwards, in the next year."""
    days = [due for due in each.due if not isinstance(due, Period)]
    if each.kind in AFTERWARDS and len(days) == 1:
        yield Occasion(date(part.first.year + 1, *days[0]), part.last, part)
        return
    for day in sorted(date(part.first.year, *due) for due in days):
        if part.first <= day <= part.last:
            yield Occasion(day, day)


def _counted(case: Case, each: Undertaking, every: Every) -> Iterator[Occasion]:
    """Yield what comes back each so many years from the stated first day, else from the start."""
    firsts = _firsts(each)
    begin = firsts[0].last if firsts else case.reach.start
    if begin is None:
        return
    after = each.months_after_end or 0
    for day in _stepped(case, each, begin, every.months, first=0 if firsts else 1):
        due = add_months(_in_time(case, each, day), after)
        yield Occasion(due, _within(case, day))


def _stepped(
    case: Case, each: Undertaking, begin: date, months: int, *, first: int
) -> Iterator[date]:
    """Yield the days that come back, to the end; where it goes on by itself, the next one, too."""
    steps = (add_months(begin, months * number) for number in count(first))
    last = case.days.last if case.days else case.as_of
    ahead = each.kind in AHEAD and _goes_on(case)
    for day in takewhile(lambda day: ahead or day <= last, steps):
        yield day
        if ahead and _in_time(case, each, day) >= case.as_of:
            return


def _in_time(case: Case, each: Undertaking, day: date) -> date:
    """Return the last day of notice before the term that begins on *day*, if one begins there.

    What goes on by itself is looked over in time to end it.
    """
    validity = case.terms[-1].validity
    extension = validity and validity.extension
    if not validity or not extension or extension.kind != "automatic" or each.kind not in AHEAD:
        return day
    steps = case.reach.ladder
    if steps.first is None or day < steps.first:  # before the last gap
        steps = ladder(validity)
    number = steps.before
    end = steps.rung(number)
    while end is not None and end + ONE_DAY < day:
        number += 1
        end = steps.rung(number)
    return (notice_day(validity, end) or day) if end and end + ONE_DAY == day else day


def _after_end(case: Case, months: int) -> Iterator[Occasion]:
    if end := case.reach.end:
        yield Occasion(add_months(end, months), end)
