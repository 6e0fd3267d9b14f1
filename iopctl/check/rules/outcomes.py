"""What may be wrong with what reports tell that a partnership has reached: of series 5xx."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case import fulfilment
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import MONTHS_A_YEAR, months
from iopctl.model.log import Meeting, Report
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.model.follow_up import Volume
    from iopctl.source import Path

Outcome = tuple["Path", Decimal, "Volume", str]


@rule("IOP506", "outcome-below-target", Severity.NOTE)
def outcome_below_target(case: Case) -> Iterator[Finding]:
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
    for path, outcome, volume, when in (*_places(case), *_of_years(case)):
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


class _Volumes:
    """The volumes of an agreement that are measured in some ways, by their unit."""

    def __init__(self, case: Case, *measures: str | None) -> None:
        self._case = case
        self._measures = measures
        self._by_unit: dict[int, dict[str, list[Volume]]] = {}

    def of(self, unit: str, day: date) -> Sequence[Volume]:
        """Return those in a unit that are in force on a day."""
        terms = self._case.in_force(day)
        if id(terms) not in self._by_unit:  # the terms last as long as the case that has them
            units = self._by_unit[id(terms)] = {}
            for each in terms.volume:
                if each.measure in self._measures:
                    units.setdefault(each.unit, []).append(each)
        return self._by_unit[id(terms)].get(unit, ())


def _places(case: Case) -> Iterator[Outcome]:
    """Yield what each event tells of places."""
    volumes = _Volumes(case, "places")
    for index, event in case.events:
        if not isinstance(event, Report | Meeting):
            continue
        for unit, outcome in (event.outcome or {}).items():
            for volume in volumes.of(unit, event.date.first):
                yield ("log", index, "outcome", unit), outcome, volume, _when(event)


def _when(event: Report | Meeting) -> str:
    if isinstance(event, Report) and event.period:
        return event.period.text
    return str(event.year) if isinstance(event, Report) and event.year else event.date.text


def _of_years(case: Case) -> Iterator[Outcome]:
    """Yield what the reports of each whole year tell of all but places."""
    volumes = _Volumes(case, "per_year", None)
    told: dict[tuple[int, str], list[tuple[int, Report]]] = {}
    for index, event in case.happened(Report):
        years = fulfilment.reported(event, case)
        for unit in event.outcome or () if len(years) == 1 else ():
            told.setdefault((years[0], unit), []).append((index, event))
    for (year, unit), found in told.items():
        outcome = _of_year(unit, [event for _, event in found])
        if outcome is None:
            continue
        for volume in volumes.of(unit, date(year, 12, 31)):
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


@rule("IOP508", "outcome-unit-differs", Severity.NOTE)
def outcome_unit_differs(case: Case) -> Iterator[Finding]:
    """A report tells of none of the units that the agreement has targets in.

    Outcome and target are compared where their units are the same, letter by letter. Write the
    target's unit, where the same thing is meant.

    Source: the agreement's section on volume.

    Bad:

        # as of 2025-02-01
        volume: [{unit: deltagare, target: 60, measure: per_year}]
        log:
          - {date: 2025-01-31, event: report, year: 2024, outcome: {besök: 61}}  # expect: IOP508

    Good:

        # as of 2025-02-01
        volume: [{unit: deltagare, target: 60, measure: per_year}]
        log:
          - {date: 2025-01-31, event: report, year: 2024, outcome: {deltagare: 61}}
    """
    for index, event in case.happened(Report):
        targets = [each.unit for each in case.in_force(event.date.first).volume]
        told = list(event.outcome or ())
        if told and targets and set(told).isdisjoint(targets):
            yield Finding(
                ("log", index, "outcome"),
                "the report tells of {told}, and the targets are in {targets}",
                remedy="write the target's unit, if the same is meant",
                told=told,
                targets=targets,
            )


RULES = (outcome_below_target, outcome_unit_differs)
