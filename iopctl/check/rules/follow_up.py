"""What may be wrong with meetings, reports and evaluations: series 5xx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case import follow_up, fulfilment
from iopctl.case.reach import day_ahead
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.language import tr
from iopctl.model.log import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.follow_up import Quota
    from iopctl.source import Path


def _late(case: Case, quotas: Iterable[Quota]) -> list[Quota]:
    """Return what should have been done by now, and is neither logged nor settled."""
    if case.agreement.status == "draft":
        return []
    until = follow_up.settled_until(case)
    return [each for each in quotas if each.left and until < each.due < case.as_of]


def _missing(found: Sequence[Quota]) -> list[str]:
    return [_told(each) for each in found]


def _told(quota: Quota) -> str:
    """Return what is missing: how many for a year or period, else by its own name and day."""
    name = f"{quota.what} " if quota.what else ""
    if quota.period is None:
        return tr("{what} by {day}", what=quota.what or tr(quota.kind), day=quota.due)
    if quota.wanted == 1:
        return f"{name}{quota.about}"
    return name + tr(
        "{left} of {wanted} for {about}", left=quota.left, wanted=quota.wanted, about=quota.about
    )


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
            found[-1].path,
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
            found[-1].path,
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
    due = {each.year: each.due for each in case.reports if each.is_yearly and not each.is_assumed}
    for index, event in case.happened(Report):
        day = due.get(fulfilment.reported(event, case)[-1])
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
                year=fulfilment.reported(event, case)[0],
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
        years = fulfilment.reported(event, case)
        if decided and (years[-1] < decided.first.year or years[0] > decided.last.year):
            yield Finding(
                ("log", index, "year" if event.year else "period"),
                "the report is on {years}, and the agreement holds from {first} to {last}",
                remedy="compare it with the report",
                years=str(years[0])
                if len(years) == 1
                else tr("{first} to {last}", first=years[0], last=years[-1]),
                first=decided.first,
                last=decided.last,
            )


@rule("IOP507", "evaluation-due", Severity.WARNING)
def evaluation_due(case: Case) -> Iterator[Finding]:
    """An evaluation is due within the lead time, or should have been made by now.

    One before renewal is due by the last day of notice, or by the suggested day where no notice
    is agreed. Log it when it is made; what was done outside the log is told by `settled_until`.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2024-06-01
        follow_up:
          evaluation: {due: 2024-05}  # expect: IOP507

    Good:

        # as of 2024-06-01
        follow_up:
          evaluation: {due: 2024-05}
        log:
          - {date: 2024-05-20, event: evaluation}
    """
    lead = case.config.lead.expiry_months
    until = follow_up.settled_until(case)
    for each in _asked(case, "evaluation"):
        if until < each.due and case.as_of >= day_ahead(each.due, lead):
            yield Finding(
                each.path,
                "an evaluation {is_due} due by {day}",
                remedy="make it, and log it",
                is_due=tr("is") if each.due >= case.as_of else tr("was"),
                day=each.due,
            )


def _asked(case: Case, *kinds: str) -> list[Quota]:
    """Return what is asked for of these kinds and left to do; a draft asks for nothing."""
    agreed = case.agreement.status != "draft"
    return [each for each in case.quotas if agreed and each.kind in kinds and each.left]


@rule("IOP510", "duty-missed", Severity.WARNING)
def duty_missed(case: Case) -> Iterator[Finding]:
    """A review, an audit or something else that was promised by a day is not logged.

    One review makes up for all that were missed before it. Log `review` or `audit`, or `done`
    with the agreement's own word for it; what was done outside the log is told by
    `settled_until`.

    Source: the agreement's section on follow-up.

    Bad:

        # as of 2025-06-01
        follow_up:
          duties:
            - {kind: other, what: Brandskyddskontroll, due: 05-15}  # expect: IOP510

    Good:

        # as of 2025-06-01
        follow_up:
          duties:
            - {kind: other, what: Brandskyddskontroll, due: 05-15}
        log:
          - {date: 2024-05-10, event: done, what: Brandskyddskontroll}
          - {date: 2025-05-12, event: done, what: Brandskyddskontroll}
    """
    by_path: dict[Path, list[Quota]] = {}
    for each in _late(case, _asked(case, "review", "audit", "other")):
        missed = by_path.setdefault(each.path, [])
        if each.kind == "review":  # one makes up for those before it
            missed.clear()
        missed.append(each)
    for path, found in by_path.items():
        name = found[0].what or found[0].kind
        yield Finding(
            path,
            "{name} is not logged: it was due by {days}",
            remedy="log it, or write settled_until under follow_up",
            name=name,
            days=[each.due for each in found],
        )


@rule("IOP511", "done-unasked", Severity.NOTE)
def done_unasked(case: Case) -> Iterator[Finding]:
    """The log has something as done that the agreement does not ask for by that name.

    It then counts for nothing. `what` is compared letter by letter with `what` under `duties`.

    Source: the format of agreement files.

    Bad:

        # as of 2025-06-01
        follow_up: {duties: [{kind: report, what: Slutrapport, due: 2026-03-31}]}
        log:
          - {date: 2025-05-12, event: report, year: 2024, what: Slutraport}  # expect: IOP511

    Good:

        # as of 2025-06-01
        follow_up: {duties: [{kind: report, what: Slutrapport, due: 2026-03-31}]}
        log:
          - {date: 2025-05-12, event: report, year: 2024, what: Slutrapport}
    """
    known = {
        each.what.casefold(): each.what
        for terms in case.terms
        for each in (terms.follow_up.duties if terms.follow_up else ())
        if each.what
    }
    for index, event in case.events:
        what: str | None = getattr(event, "what", None)
        if what is not None and what.casefold() not in known:
            yield Finding(
                ("log", index, "what"),
                "the agreement asks for no {what}: it has {known}",
                remedy="write it as under follow_up.duties, or leave what out",
                what=what,
                known=list(known.values()) or [tr("none by name")],
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
    duty_missed,
    done_unasked,
)
