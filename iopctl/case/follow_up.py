"""All that the follow-up asks for, each thing by its day, and how much of it is done.

Meetings and reports a year, evaluations, reviews and undertakings on days come to one list.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iopctl.case.fulfilment import done
from iopctl.case.occasions import occasions
from iopctl.case.reach import day_ahead
from iopctl.dates import MONTHS_A_YEAR, ONE_DAY, Period, of_a_year, years
from iopctl.model.follow_up import Every, Undertaking
from iopctl.model.log import (
    Extended,
)
from iopctl.model.scalars import UNKNOWN_DATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.occasions import Occasion
    from iopctl.model.follow_up import FollowUp, UndertakingKind
    from iopctl.model.terms import Terms
    from iopctl.source import Path

BEFORE_RENEWAL: Final = "evaluation-before-renewal"

SettlementKind: TypeAlias = Literal["invoices", "meetings", "reports"]


class Quota(NamedTuple):
    """What is asked for by *due*: so many are *wanted*, and so many *done*.

    *period* is what it is about, where it is about one; *opens* the first day on which what is
    done counts for it. *key* names it within its agreement. *path* is where it is written.
    """

    terms: Terms
    kind: UndertakingKind
    key: str
    path: Path
    due: date
    period: Period | None = None
    wanted: int = 1
    done: int = 0
    opens: date = date.min
    what: str = ""
    to: str = ""
    by: str | None = None
    is_assumed: bool = False
    is_yearly: bool = False

    @property
    def year(self) -> int:
        """The year that it is about."""
        return (self.period.first if self.period else self.due).year

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return max(self.wanted - self.done, 0)

    @property
    def about(self) -> str:
        """The year or period that it is about, else the year that it is due in."""
        return self.period.text if self.period and not self.is_yearly else str(self.year)


def quotas(case: Case) -> tuple[Quota, ...]:
    """Return all that is asked for in the decided days, and beside them by a stated date."""
    asked = [*_meetings(case), *_reports(case), *_evaluations(case), *_undertakings(case)]
    counts = done(case, asked)
    return tuple(each._replace(done=number) for each, number in zip(asked, counts, strict=True))


def meetings(case: Case) -> Iterator[Quota]:
    """Yield the meetings that are asked for."""
    return (each for each in case.quotas if each.kind == "meeting")


def reports(case: Case) -> Iterator[Quota]:
    """Yield the reports that are asked for."""
    return (each for each in case.quotas if each.kind == "report")


def of_year(asked: Sequence[Quota], year: int) -> Quota | None:
    """Return what a year asks for of one kind, as one; None where it asks for nothing."""
    found = [each for each in asked if each.year == year]
    if len(found) <= 1:
        return found[0] if found else None
    late = [each.due for each in found if each.left]
    return found[-1]._replace(
        wanted=sum(each.wanted for each in found),
        done=sum(min(each.done, each.wanted) for each in found),
        due=min(late) if late else max(each.due for each in found),
    )


def settled_until(case: Case, kind: SettlementKind | None = None) -> date:
    """Return the day up to which what is due is settled outside the log; long ago where none is.

    Of a *kind*, the day that the file has for it, else the one that it has for everything.
    """
    follow_up = case.terms[-1].follow_up
    if follow_up is None:
        return date.min
    own = getattr(follow_up.settled, kind) if kind and follow_up.settled else None
    return own or follow_up.settled_until or date.min


# ------------------------------------------------------------------ so many a year
class _Part(NamedTuple):
    """The decided days of a year that some terms of follow-up rule."""

    terms: Terms
    follow_up: FollowUp
    days: Period


def _by_year(case: Case) -> Iterator[tuple[Period, list[_Part]]]:
    """Yield each year's decided days, with the terms that rule them: an amendment parts a year."""
    decided = case.days
    if decided is None:
        return
    for year in years(decided.first, decided.last):
        days = case.holds(Period.year(year))
        if days is None:  # in a gap
            continue
        parts = [
            _Part(terms, terms.follow_up, ruled)
            for terms in _terms(case)
            if terms.follow_up and (ruled := terms.rules(days))
        ]
        yield days, parts


def _terms(case: Case) -> tuple[Terms, ...]:
    """Return the terms by follow-up: neighbours that an amendment of another block parted are one.

    What else they have is what it came to be.
    """
    found = groupby(case.terms, key=lambda each: each.stands_at["follow_up"])
    return tuple((whole := list(each))[-1]._replace(first=whole[0].first) for _, each in found)


def _meetings(case: Case) -> Iterator[Quota]:
    """Yield the meetings of each decided year, due by its last decided day."""
    for days, parts in _by_year(case):
        asked = [(each, each.follow_up.meetings_per_year or 0) for each in parts]
        if wanted := _wanted(asked):
            terms = [part.terms for part, number in asked if number][-1]
            yield Quota(
                terms=terms,
                kind="meeting",
                key=f"meeting-{days.first.year}",
                path=terms.path("follow_up", "meetings_per_year"),
                due=days.last,
                period=days,
                wanted=wanted,
                is_yearly=True,
            )


def _reports(case: Case) -> Iterator[Quota]:
    """Yield the reports of each decided year, due on a day of the next."""
    for days, parts in _by_year(case):
        asked = [(each, each.follow_up.reports_per_year or 0) for each in parts]
        if wanted := _wanted(asked):
            part = [part for part, number in asked if number][-1]
            year, day = days.first.year, part.follow_up.report_due
            yield Quota(
                terms=part.terms,
                kind="report",
                key=f"report-{year}",
                path=part.terms.path("follow_up", "reports_per_year"),
                due=date(year + 1, *(day or case.config.report_due)),
                period=days,
                wanted=wanted,
                to=part.follow_up.report_to or "",
                is_assumed=day is None,
                is_yearly=True,
            )


def _wanted(asked: Sequence[tuple[_Part, int]]) -> int:
    """Return how many a year asks for: each part its share, rounded up in all."""
    return ceil(sum((number * of_a_year(part.days) for part, number in asked), Fraction(0)))


# ------------------------------------------------------------------ evaluations and undertakings
def _evaluations(case: Case) -> Iterator[Quota]:
    """Yield the evaluation by its date, and the one before a renewal that is yet to decide."""
    terms = case.terms[-1]
    asked = terms.follow_up and terms.follow_up.evaluation
    path = terms.path("follow_up", "evaluation")
    if asked and asked.due:
        yield Quota(terms, "evaluation", "evaluation", path, asked.due.last)
    day = decision_day(case, case.config.lead.expiry_months)
    if asked and asked.before_renewal and case.undecided and day:
        yield Quota(
            terms=terms,
            kind="evaluation",
            key=BEFORE_RENEWAL,
            path=path,
            due=day,
            opens=_since(case),
            is_assumed=case.reach.notice_day is None,
        )


def decision_day(case: Case, lead: int) -> date | None:
    """Return the last day of notice, or *lead* months ahead of the end where no terms say."""
    reach = case.reach
    if reach.notice_day is not None or reach.end is None:
        return reach.notice_day
    return day_ahead(reach.end, lead)


def _since(case: Case) -> date:
    """Return from when an evaluation is one before the next renewal: after the last one."""
    taken = case.reach.options_taken
    before = case.reach.ladder.rung(taken - 1) if taken else None
    extended = [
        event.date.first for _, event in case.happened(Extended) if event.date != UNKNOWN_DATE
    ]
    return min([each + ONE_DAY for each in (before, *extended[-1:]) if each], default=date.min)


def _undertakings(case: Case) -> Iterator[Quota]:
    """Yield the reviews, and all that `duties` has, under the terms of their own days."""
    parts = _terms(case)
    for terms in parts:
        follow_up = terms.follow_up
        first, last = terms.first or date.min, terms.last or date.max
        for path, key, each in _written(follow_up) if follow_up else ():
            opens = date.min
            for occasion in occasions(case, each):
                ours = first <= occasion.anchor <= last
                if ours and (case.days is not None or terms is parts[-1]):
                    yield Quota(
                        terms=terms,
                        kind=each.kind,
                        key=f"{key}-{_named(key, occasion)}",
                        path=terms.path("follow_up", *path),
                        due=occasion.due,
                        period=occasion.period,
                        opens=opens,
                        what=each.what or "",
                        to=each.to or "",
                        by=each.by,
                        is_assumed=occasion.is_assumed,
                        is_yearly=bool(occasion.period and _is_year(each, occasion.period)),
                    )
                opens = occasion.due + ONE_DAY


def _written(follow_up: FollowUp) -> Iterator[tuple[Path, str, Undertaking]]:
    if years := follow_up.review_every_years:
        every = Every(years * MONTHS_A_YEAR, calendar=False, text=f"{years} years")
        review = Undertaking.model_construct(kind="review", every=every)
        yield ("review_every_years",), "review", review
    for number, each in enumerate(follow_up.duties):
        yield ("duties", number), f"{each.kind}-{number + 1}", each


def _named(key: str, occasion: Occasion) -> str:
    if key == "review":
        return str(occasion.due.year)
    return occasion.period.text if occasion.period else occasion.due.isoformat()


def _is_year(each: Undertaking, period: Period) -> bool:
    """Whether a period is all that an agreement has of a calendar year."""
    return (
        each.every is None
        or each.every.months == MONTHS_A_YEAR
        or period == Period.year(period.first.year)
    )
