"""What may be wrong with when an agreement holds, and what is to be decided: series 30x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case import follow_up
from iopctl.case.follow_up import decision_day
from iopctl.case.reach import day_ahead
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import last_day
from iopctl.language import counted, tr
from iopctl.model.validity import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.source import Path


def _end_path(case: Case) -> Path:
    return case.terms[-1].path("validity", "end")


def is_open_question(case: Case, day: date | None) -> bool:
    """Whether what follows is yet to be decided, and *day*, by which it should be, not settled."""
    agreed = case.agreement.status != "draft" and case.undecided
    return agreed and day is not None and day > follow_up.settled_until(case)


def _passed_end(case: Case) -> date | None:
    """Return the end, once it has passed and is not settled; None before that."""
    end = case.reach.end
    if case.agreement.status == "draft" or end is None or end >= case.as_of:
        return None
    return end if end > follow_up.settled_until(case) else None


def ahead(day: date, as_of: date) -> str:
    """Return how far ahead *day* is."""
    days = (day - as_of).days
    return counted("in {number} day", "in {number} days", days) if days else tr("today")


@rule("IOP302", "validity-unknown", Severity.WARNING)
def validity_unknown(case: Case) -> Iterator[Finding]:
    """From when or to when the agreement holds is not known.

    Little can be said of what is due, and what it gives is unknown in every year that it may
    hold in, but for those that it names and the base year. Where the start alone is unknown and
    `base_year` is written, its days count from the base year. Ask the parties, and write what is
    known, be it the month or the year; an agreement until further notice has `end: open`.

    Source: the agreement's section on validity.

    Bad:

        validity:  # expect: IOP302
          start: 2024-01-01

    Good:

        validity: {start: 2024-01, years: 2}
    """
    terms, reach = case.terms[-1], case.reach
    unknown = [
        *([tr("no start")] if reach.start is None else []),
        *([tr("no end")] if reach.end is None and not reach.is_open else []),
    ]
    if unknown and case.agreement.status != "draft":
        yield Finding(
            terms.path("validity") if terms.validity else ("title",),
            "when the agreement holds is not known: it has {unknown}",
            remedy="ask the parties, and write what is known, as 2024-01-31, 2024-01 or 2024",
            unknown=tr(" and ").join(unknown),
        )


@rule("IOP303", "expiring", Severity.WARNING)
def expiring(case: Case) -> Iterator[Finding]:
    """The agreement ends within the lead time, and nothing is decided about what follows.

    Staff must be told and committees asked in time. Log the extension, or `option_declined` or
    `termination` if it is to end; `settled_until` under follow_up says that it is decided
    outside the log. How long ahead this is told is set by `expiry_months` under [lead] in
    iopctl.toml. Silent where the agreement goes on by itself.

    Source: the agreement's section on validity.

    Bad:

        # as of 2025-06-30
        validity:
          start: 2024-01-01
          end: 2025-12-31  # expect: IOP303

    Good:

        # as of 2025-06-30
        validity: {start: 2024-01-01, end: 2025-12-31, extension: {kind: mutual, years: 2}}
        log:
          - {date: 2025-06-10, event: extension}
    """
    lead = case.config.lead.expiry_months
    end = case.reach.end
    if end is None or case.reach.rolls_on or case.as_of < day_ahead(end, lead):
        return
    if is_open_question(case, decision_day(case, lead)):
        yield Finding(
            _end_path(case),
            "the agreement ends on {end}, {when}",
            remedy="decide what follows, and log it",
            end=end,
            when=ahead(end, case.as_of),
        )


@rule("IOP304", "expired", Severity.NOTE)
def expired(case: Case) -> Iterator[Finding]:
    """The agreement has ended.

    Its file stays as it is, for what it cost and what came of it. `settled_until` under
    follow_up, on or after the end, says that nothing is left to do. Silent where a termination
    is logged.

    Source: the agreement's section on validity.

    Bad:

        # as of 2026-01-01
        validity:
          start: 2024-01-01
          end: 2025-12-31  # expect: IOP304

    Good:

        # as of 2026-01-01
        validity: {start: 2024-01-01, end: 2025-12-31}
        follow_up: {settled_until: 2025-12-31}
    """
    end = _passed_end(case)
    if end and not case.reach.terminated:
        yield Finding(
            _end_path(case),
            "the agreement ended on {end}",
            remedy="write settled_until under follow_up when all is done",
            end=end,
        )


@rule("IOP305", "option-left", Severity.WARNING)
def option_left(case: Case) -> Iterator[Finding]:
    """The agreement has ended, though it could have been extended.

    Either it goes on, and the extension is not logged, or the option was not taken: log that as
    `option_declined`. Until then its budget has no later years, and nothing is due in them.

    Source: the agreement's section on extension.

    Bad:

        # as of 2026-01-01
        validity:
          start: 2024-01-01
          end: 2025-12-31
          extension: {kind: mutual, times: 2, years: 2}  # expect: IOP305

    Good:

        # as of 2026-01-01
        validity: {start: 2024-01-01, end: 2025-12-31, extension: {kind: mutual, years: 2}}
        log:
          - {date: 2025-09-01, event: option_declined}
    """
    left, end = case.reach.options_left, _passed_end(case)
    if end and case.reach.may_be_extended:
        yield Finding(
            case.terms[-1].path("validity", "extension"),
            "the agreement ended on {end}, and its option was not taken ({left})",
            remedy="log the extension, or option_declined",
            end=end,
            left=tr("no limit") if left is None else tr("{left} left", left=left),
        )


@rule("IOP309", "length-differs", Severity.WARNING)
def length_differs(case: Case) -> Iterator[Finding]:
    """The length that is stated is not that from the start to the end.

    The dates hold. Compare all three with the agreement, and take out what is wrong. Silent
    where a date is known to the month or year alone.

    Source: the agreement's section on validity.

    Bad:

        validity:
          start: 2024-01-01
          end: 2025-12-31
          years: 3  # expect: IOP309

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31, years: 2}
    """
    for terms in case.terms:
        validity = terms.validity
        if not validity or not validity.length or validity.start is None or validity.last is None:
            continue
        exact = validity.start.first == validity.start.last
        whole = last_day(validity.start.first, validity.length)
        if exact and whole != validity.last:
            yield Finding(
                terms.path("validity", next(unit for unit in UNITS if getattr(validity, unit))),
                "{months} months from {start} end on {whole}, and the end is {end}",
                remedy="compare it with the agreement, and take out what is wrong",
                months=validity.length,
                start=validity.start.first,
                whole=whole,
                end=validity.last,
            )


RULES = (
    validity_unknown,
    expiring,
    expired,
    option_left,
    length_differs,
)
