"""What may be wrong with meetings, reports and evaluations: series 5xx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case import follow_up
from iopctl.case.duties import decision_day
from iopctl.case.reach import day_ahead
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.model.log import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.follow_up import Quota


def _late(case: Case, quotas: Iterable[Quota]) -> list[Quota]:
    """Return what should have been done by now, and is neither logged nor settled."""
    if case.agreement.status == "draft":
        return []
    until = follow_up.settled_until(case)
    return [each for each in quotas if each.left and until < each.due < case.as_of]


def _missing(found: Sequence[Quota]) -> list[str]:
    return [f"{each.left} of {each.wanted} for {each.year}" for each in found]


@rule("IOP501", "meetings-missing", Severity.WARNING)
def meetings_missing(case: Case) -> Iterator[Finding]:
    """The parties have met fewer times in a year than they agreed to.

    In a part of a year the agreement's share of the meetings is asked for, rounded up. Log the
    meetings that were held; what was done outside the log is told by `settled_until`.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2025-02-01
        follow_up:
          meetings_per_year: 2  # expect: IOP501
        log:
          - {date: 2024-05-14, event: meeting}

    Good:

        # as of 2025-02-01
        follow_up:
          meetings_per_year: 2
        log:
          - {date: 2024-05-14, event: meeting}
          - {date: 2024-11-05, event: meeting}
    """
    if found := _late(case, case.meetings):
        yield Finding(
            found[-1].terms.path("follow_up", "meetings_per_year"),
            "meetings are not logged: {missing}",
            remedy="log them, or write settled_until under follow_up",
            missing=_missing(found),
        )


@rule("IOP502", "reports-missing", Severity.WARNING)
def reports_missing(case: Case) -> Iterator[Finding]:
    """A year's report is due, and not logged.

    It is due by `report_due` of the next year, also after the agreement has ended; where that
    is not agreed, by the day in iopctl.toml, or else 31 March. Ask for it, and log it with the
    year that it is on.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2025-04-01
        follow_up:
          reports_per_year: 1  # expect: IOP502

    Good:

        # as of 2025-04-01
        follow_up:
          reports_per_year: 1
        log:
          - {date: 2025-02-20, event: report, year: 2024}
    """
    if found := _late(case, case.reports):
        yield Finding(
            found[-1].terms.path("follow_up", "reports_per_year"),
            "reports are not logged: {missing}",
            remedy="ask for them and log them, or write settled_until under follow_up",
            missing=_missing(found),
        )


@rule("IOP503", "report-late", Severity.NOTE)
def report_late(case: Case) -> Iterator[Finding]:
    """A report was given after the day that it was due.

    Nothing is to be done about it now; it may say something to whoever renews the agreement.
    Silent where the agreement does not say when a report is due.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2025-06-01
        follow_up: {reports_per_year: 1, report_due: 02-28}
        log:
          - {date: 2025-04-15, event: report, year: 2024}  # expect: IOP503

    Good:

        # as of 2025-06-01
        follow_up: {reports_per_year: 1, report_due: 02-28}
        log:
          - {date: 2025-02-28, event: report, year: 2024}
    """
    quotas = case.reports
    due = {
        each.year: each.due
        for each in quotas
        if each.terms.follow_up and each.terms.follow_up.report_due
    }
    for index, event in case.happened(Report):
        day = due.get(follow_up.reported(event, case)[-1])
        if day is not None and event.date.first > day:
            yield Finding(
                ("log", index, "date"),
                "the report of {date} was due by {due}",
                remedy="nothing is to be done; it may count when the agreement is renewed",
                date=event.date.text,
                due=day,
            )


@rule("IOP504", "report-year-not-stated", Severity.NOTE)
def report_year_not_stated(case: Case) -> Iterator[Finding]:
    """A logged report does not say which year it is on.

    It is taken to be on the year before its date, or on the first year of the agreement. Write
    its `year`, or its `period`.

    Source: the format of agreement files.

    Bad:

        # as of 2025-06-01
        log:
          - {date: 2025-02-20, event: report}  # expect: IOP504

    Good:

        # as of 2025-06-01
        log:
          - {date: 2025-02-20, event: report, year: 2024}
    """
    for index, event in case.happened(Report):
        if event.year is None and event.period is None:
            yield Finding(
                ("log", index),
                "the report of {date} does not say which year it is on; {year} is assumed",
                remedy="write its year or period",
                date=event.date.text,
                year=follow_up.reported(event, case)[0],
            )


@rule("IOP505", "report-outside-validity", Severity.WARNING)
def report_outside_validity(case: Case) -> Iterator[Finding]:
    """A report is on a year in which the agreement did not hold.

    It then counts for no year. Perhaps its year is that in which it was written. Silent where
    the agreement's days are unknown.

    Source: the log of the agreement.

    Bad:

        # as of 2025-06-01
        log:
          - {date: 2025-02-20, event: report, year: 2023}  # expect: IOP505

    Good:

        # as of 2025-06-01
        log:
          - {date: 2025-02-20, event: report, year: 2024}
    """
    decided = case.days
    for index, event in case.happened(Report):
        years = follow_up.reported(event, case)
        if decided and (years[-1] < decided.first.year or years[0] > decided.last.year):
            yield Finding(
                ("log", index, "year" if event.year else "period"),
                "the report is on {years}, and the agreement holds from {first} to {last}",
                remedy="compare it with the report",
                years=str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}",
                first=decided.first,
                last=decided.last,
            )


@rule("IOP507", "evaluation-due", Severity.WARNING)
def evaluation_due(case: Case) -> Iterator[Finding]:
    """An evaluation is due within the lead time, or should have been made by now.

    One before renewal is due by the last day of notice, or by the suggested day where no notice
    is agreed. No event of the log tells of an evaluation: when it is made, write
    `settled_until` under follow_up.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2024-06-01
        follow_up:
          evaluation: {due: 2024-05}  # expect: IOP507

    Good:

        # as of 2024-06-01
        follow_up:
          evaluation: {due: 2024-05}
          settled_until: 2024-05-31
    """
    lead = case.config.lead.expiry_months
    terms = case.terms[-1]
    asked = terms.follow_up and terms.follow_up.evaluation
    if not asked or case.agreement.status == "draft":
        return
    renewed = asked.before_renewal and case.undecided
    for day in (asked.due and asked.due.last, decision_day(case, lead) if renewed else None):
        if day and follow_up.settled_until(case) < day and case.as_of >= day_ahead(day, lead):
            yield Finding(
                terms.path("follow_up", "evaluation"),
                "an evaluation {is_due} due by {day}",
                remedy="make it, and write settled_until under follow_up",
                is_due="is" if day >= case.as_of else "was",
                day=day,
            )


@rule("IOP509", "settled-ahead", Severity.WARNING)
def settled_ahead(case: Case) -> Iterator[Finding]:
    """What is yet to be due is said to be settled.

    Up to `settled_until` no meeting, report, invoice or decision is asked for. On a day to
    come, it hides what nobody can have done. Write the last day that all is known to be done.

    Source: the format of agreement files.

    Bad:

        # as of 2024-06-01
        follow_up: {meetings_per_year: 1, settled_until: 2025-12-31}  # expect: IOP509

    Good:

        # as of 2024-06-01
        follow_up: {meetings_per_year: 1, settled_until: 2024-05-31}
    """
    day = follow_up.settled_until(case)
    if day > case.as_of:
        yield Finding(
            case.terms[-1].path("follow_up", "settled_until"),
            "all is said to be settled until {day}, which is yet to come",
            remedy="write the last day that all is known to be done",
            day=day,
        )


RULES = (
    meetings_missing,
    reports_missing,
    report_late,
    report_year_not_stated,
    report_outside_validity,
    evaluation_due,
    settled_ahead,
)
