"""What may be wrong with meetings, reports, evaluations and what they tell: series 5xx."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.dates import months
from iopctl.deadlines import follow_up
from iopctl.deadlines.duties import decision_day
from iopctl.diagnostics import Finding, Severity
from iopctl.model.log import Event, Meeting, Report
from iopctl.money import total
from iopctl.rules.rule import rule
from iopctl.validity.extensions import day_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.deadlines.follow_up import Quota
    from iopctl.economy.budget import Sheet
    from iopctl.model.follow_up import Volume
    from iopctl.rules.rule import Context
    from iopctl.source import Path
    from iopctl.validity.standing import Standing

MONTHS_A_YEAR = 12


def _late(sheet: Sheet, quotas: Iterable[Quota]) -> list[Quota]:
    """Return what should have been done by now, and is neither logged nor settled."""
    standing = sheet.standing
    if sheet.agreement.status == "draft":
        return []
    until = follow_up.settled_until(standing)
    return [each for each in quotas if each.left and until < each.due < standing.as_of]


def _missing(found: Sequence[Quota]) -> list[str]:
    return [f"{each.left} of {each.wanted} for {each.year}" for each in found]


@rule("IOP501", "meetings-missing", Severity.WARNING)
def meetings_missing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    if found := _late(sheet, follow_up.meetings(sheet.standing)):
        yield Finding(
            found[-1].terms.path("follow_up", "meetings_per_year"),
            "meetings are not logged: {missing}",
            remedy="log them, or write settled_until under follow_up",
            missing=_missing(found),
        )


@rule("IOP502", "reports-missing", Severity.WARNING)
def reports_missing(sheet: Sheet, context: Context) -> Iterator[Finding]:
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
    if found := _late(sheet, follow_up.reports(sheet.standing, context.config.report_due)):
        yield Finding(
            found[-1].terms.path("follow_up", "reports_per_year"),
            "reports are not logged: {missing}",
            remedy="ask for them and log them, or write settled_until under follow_up",
            missing=_missing(found),
        )


@rule("IOP503", "report-late", Severity.NOTE)
def report_late(sheet: Sheet, context: Context) -> Iterator[Finding]:
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
    quotas = follow_up.reports(sheet.standing, context.config.report_due)
    due = {
        each.year: each.due
        for each in quotas
        if each.terms.follow_up and each.terms.follow_up.report_due
    }
    for index, event in sheet.standing.happened(Report):
        day = due.get(follow_up.reported(event, sheet.standing)[-1])
        if day is not None and event.date.first > day:
            yield Finding(
                ("log", index, "date"),
                "the report of {date} was due by {due}",
                remedy="nothing is to be done; it may count when the agreement is renewed",
                date=event.date.text,
                due=day,
            )


@rule("IOP504", "report-year-not-stated", Severity.NOTE)
def report_year_not_stated(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for index, event in sheet.standing.happened(Report):
        if event.year is None and event.period is None:
            yield Finding(
                ("log", index),
                "the report of {date} does not say which year it is on; {year} is assumed",
                remedy="write its year or period",
                date=event.date.text,
                year=follow_up.reported(event, sheet.standing)[0],
            )


@rule("IOP505", "report-outside-validity", Severity.WARNING)
def report_outside_validity(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    decided = sheet.standing.decided
    for index, event in sheet.standing.happened(Report):
        years = follow_up.reported(event, sheet.standing)
        if decided and (years[-1] < decided.first.year or years[0] > decided.last.year):
            yield Finding(
                ("log", index, "year" if event.year else "period"),
                "the report is on {years}, and the agreement holds from {first} to {last}",
                remedy="compare it with the report",
                years=str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}",
                first=decided.first,
                last=decided.last,
            )


@rule("IOP506", "outcome-below-target", Severity.NOTE)
def outcome_below_target(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """The partnership has reached fewer than it aimed at.

    An outcome is compared with the volume of the same unit: `places` with what each report or
    meeting tells, `per_year` with what the reports of a whole year add up to.

    Source: the agreement's section on volume.

    Bad:

        # as of 2025-06-01
        volume: [{unit: deltagare, target: 60, measure: per_year}]
        log:
          - date: 2025-02-20
            event: report
            year: 2024
            outcome: {deltagare: 41}  # expect: IOP506

    Good:

        # as of 2025-06-01
        volume: [{unit: deltagare, target: 60, measure: per_year}]
        log:
          - date: 2025-02-20
            event: report
            year: 2024
            outcome: {deltagare: 66}
    """
    for path, outcome, volume, when in (*_places(sheet), *_of_years(sheet)):
        if volume.target is not None and outcome < volume.target:
            yield Finding(
                path,
                "{outcome} {unit} in {when}, and the target is {target}",
                remedy="ask the parties what they make of it",
                outcome=f"{outcome:f}",
                unit=volume.unit,
                when=when,
                target=f"{volume.target:f}",
            )


Outcome = tuple["Path", Decimal, "Volume", str]


def _volumes(standing: Standing, day: date, *measures: str | None) -> Iterator[Volume]:
    yield from (each for each in standing.in_force(day).volume if each.measure in measures)


def _places(sheet: Sheet) -> Iterator[Outcome]:
    """Yield what each event tells of places."""
    for index, event in sheet.standing.happened(Event):
        if not isinstance(event, Report | Meeting):
            continue
        for volume in _volumes(sheet.standing, event.date.first, "places"):
            outcome = (event.outcome or {}).get(volume.unit)
            if outcome is not None:
                path = ("log", index, "outcome", volume.unit)
                yield path, outcome, volume, _when(event)


def _when(event: Report | Meeting) -> str:
    if isinstance(event, Report) and event.period:
        return event.period.text
    return str(event.year) if isinstance(event, Report) and event.year else event.date.text


def _of_years(sheet: Sheet) -> Iterator[Outcome]:
    """Yield what the reports of each whole year tell of all but places."""
    told: dict[tuple[int, str], list[tuple[int, Report]]] = {}
    for index, event in sheet.standing.happened(Report):
        years = follow_up.reported(event, sheet.standing)
        for unit in event.outcome or () if len(years) == 1 else ():
            told.setdefault((years[0], unit), []).append((index, event))
    for (year, unit), found in told.items():
        outcome = _of_year(unit, [event for _, event in found])
        for volume in _volumes(sheet.standing, date(year, 12, 31), "per_year", None):
            if outcome is not None and volume.unit == unit:
                yield ("log", found[-1][0], "outcome", unit), outcome, volume, str(year)


def _of_year(unit: str, found: Sequence[Report]) -> Decimal | None:
    """Return the outcome of a year: of a report on all of it, else of those on its parts.

    None while the parts do not make up the year.
    """
    outcomes = [(event.outcome or {})[unit] for event in found]
    parts = [months(event.period.first, event.period.last) for event in found if event.period]
    for event, outcome in zip(found, outcomes, strict=True):
        if event.period is None or months(event.period.first, event.period.last) == MONTHS_A_YEAR:
            return outcome
    return total(outcomes) if sum(parts) == MONTHS_A_YEAR else None


@rule("IOP507", "evaluation-due", Severity.WARNING)
def evaluation_due(sheet: Sheet, context: Context) -> Iterator[Finding]:
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
    standing, lead = sheet.standing, context.config.lead.expiry_months
    terms = standing.terms[-1]
    asked = terms.follow_up and terms.follow_up.evaluation
    if not asked or sheet.agreement.status == "draft":
        return
    renewed = asked.before_renewal and standing.undecided
    for day in (asked.due and asked.due.last, decision_day(standing, lead) if renewed else None):
        if (
            day
            and follow_up.settled_until(standing) < day
            and context.as_of >= day_ahead(day, lead)
        ):
            yield Finding(
                terms.path("follow_up", "evaluation"),
                "an evaluation {is_due} due by {day}",
                remedy="make it, and write settled_until under follow_up",
                is_due="is" if day >= context.as_of else "was",
                day=day,
            )


RULES = (
    meetings_missing,
    reports_missing,
    report_late,
    report_year_not_stated,
    report_outside_validity,
    outcome_below_target,
    evaluation_due,
)
