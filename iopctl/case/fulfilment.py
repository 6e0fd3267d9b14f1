"""What the log has of all that the follow-up asks for, event by event."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.case.occasions import AHEAD
from iopctl.dates import Period, years
from iopctl.model.log import (
    Audited,
    Evaluated,
    FollowUpEvent,
    Fulfilled,
    Meeting,
    Report,
    Reviewed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.case.follow_up import Quota
    from iopctl.model.follow_up import UndertakingKind


def done(case: Case, asked: Sequence[Quota]) -> list[int]:
    """Return how many of each quota the log has, event by event."""
    counts = [0] * len(asked)
    for _, event in case.events:
        if isinstance(event, FollowUpEvent):
            kinds, what = _counts_for(event), event.what
            ours = [
                at
                for at, each in enumerate(asked)
                if each.kind in kinds and (what is None or what.casefold() == each.what.casefold())
            ]
            for at in _met(case, event, asked, ours, counts) if ours else ():
                counts[at] += 1
    return counts


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


def _counts_for(event: FollowUpEvent) -> tuple[UndertakingKind, ...]:
    """Return the kinds of undertaking that an event may be the doing of."""
    match event:
        case Meeting():
            return ("meeting",)
        case Report():
            return ("report",)
        case Evaluated():
            return ("evaluation",)
        case Reviewed():
            return ("review",)
        case Audited():
            return ("audit",)
        case Fulfilled():
            return ("audit", "other")


def _met(
    case: Case,
    event: FollowUpEvent,
    asked: Sequence[Quota],
    ours: Sequence[int],
    done: Sequence[int],
) -> list[int]:
    """Return the quotas that an event counts for: those of its time, else the first one open.

    An evaluation or review makes up for all that were missed before it.
    """
    day = event.date.first
    of_periods = _of_its_time(case, event, asked, ours)
    opened = sorted(
        (at for at in ours if asked[at].period is None and asked[at].opens <= day),
        key=lambda at: asked[at].due,
    )
    waiting = [at for at in opened if asked[at].wanted > done[at]]
    if of_periods and (not waiting or any(asked[at].wanted > done[at] for at in of_periods)):
        return of_periods
    missed = [at for at in waiting if asked[at].kind in AHEAD and asked[at].due < day]
    return missed or waiting[:1]


def _of_its_time(
    case: Case, event: FollowUpEvent, asked: Sequence[Quota], ours: Sequence[int]
) -> list[int]:
    """Return the quotas whose period an event is about: as it states, else by its date."""
    periods = {at: period for at in ours if (period := asked[at].period)}
    day, about = event.date.first, _about(event)
    if about:
        same = [at for at in periods if asked[at].about == about.text]
        return same or [at for at in periods if _is_about(asked[at], periods[at], about)]
    if isinstance(event, Meeting):
        return [at for at in periods if _falls_in(day, asked[at], periods[at])]
    if isinstance(event, Report):
        of_years = reported(event, case)
        yearly = [at for at in periods if asked[at].is_yearly and asked[at].year in of_years]
        if yearly:
            return yearly
    over = [at for at in periods if periods[at].last < day]
    latest = max((periods[at].last for at in over), default=None)
    return [at for at in over if periods[at].last == latest] or list(periods)[:1]


def _about(event: FollowUpEvent) -> Period | None:
    """Return the time that an event states that it is about."""
    if isinstance(event, Report) and event.year:
        return Period.year(event.year)
    return event.period if isinstance(event, Report | Meeting) else None


def _is_about(quota: Quota, period: Period, about: Period) -> bool:
    """Whether one time lies in the other; of a year, whether they share a day of it."""
    if quota.is_yearly:
        return quota.year in years(about.first, about.last)
    return about.first <= period.first <= period.last <= about.last or (
        period.first <= about.first <= about.last <= period.last
    )


def _falls_in(day: date, quota: Quota, period: Period) -> bool:
    return day.year == quota.year if quota.is_yearly else period.first <= day <= period.last
