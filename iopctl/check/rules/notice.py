"""What may be wrong with notice, and when it is to be given: of series 30x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.reach import day_ahead
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.check.rules.validity import ahead, is_open_question
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.source import Path


def _notice_path(case: Case) -> Path:
    validity = case.terms[-1].validity
    key = "notice_months" if validity and validity.notice_months else "notice_by"
    return case.terms[-1].path("validity", key)


@rule("IOP306", "notice-near", Severity.WARNING)
def notice_near(case: Case) -> Iterator[Finding]:
    """The last day to give notice comes within the lead time.

    It is counted back from the end that holds, extended or not. Where the agreement goes on by
    itself, it does so for another term once the day has passed.

    Source: the agreement's terms of notice.

    Bad:

        # as of 2025-03-31
        validity:
          start: 2024-01-01
          end: 2025-12-31
          notice_months: 3  # expect: IOP306
          extension: {kind: automatic, years: 1}

    Good:

        # as of 2025-03-31
        validity:
          start: 2024-01-01
          end: 2025-12-31
          notice_months: 3
          extension: {kind: automatic, years: 1}
        log:
          - {date: 2025-03-10, event: termination, effective: 2025-12-31}
    """
    day = case.reach.notice_day
    if day is None or not is_open_question(case, day):
        return
    if day_ahead(day, case.config.lead.expiry_months) <= case.as_of <= day:
        options = case.reach.options if case.reach.rolls_on else ()
        yield Finding(
            _notice_path(case),
            "the last day of notice is {day}, {when}; without notice it {follows}",
            remedy="decide, and log the termination, the extension or option_declined",
            day=day,
            when=ahead(day, case.as_of),
            follows=tr("goes on to {last}", last=options[0].last)
            if options
            else tr("ends on {end}", end=case.reach.end),
        )


@rule("IOP307", "notice-passed", Severity.WARNING)
def notice_passed(case: Case) -> Iterator[Finding]:
    """The last day of notice has passed, and nothing is decided.

    What the parties decide now is later than they agreed to decide it. Log it all the same, or
    say by `settled_until` under follow_up that it was decided outside the log.

    Source: the agreement's terms of notice.

    Bad:

        # as of 2025-10-01
        validity:
          start: 2024-01-01
          end: 2025-12-31
          notice_months: 3  # expect: IOP307

    Good:

        # as of 2025-10-01
        validity:
          start: 2024-01-01
          end: 2025-12-31
          notice_months: 3
          extension: {kind: mutual, years: 2}
        log:
          - {date: 2025-09-30, event: extension, until: 2027-12-31}
    """
    day = case.reach.notice_day
    if day is not None and day < case.as_of and is_open_question(case, day):
        yield Finding(
            _notice_path(case),
            "the last day of notice was {day}, and nothing is logged; the agreement ends on {end}",
            remedy="log the extension, option_declined or the termination",
            day=day,
            end=case.reach.end,
        )


@rule("IOP308", "notice-not-stated", Severity.NOTE)
def notice_not_stated(case: Case) -> Iterator[Finding]:
    """The agreement has no terms of notice.

    By when its end or extension is to be decided is then for the parties to find out; iopctl
    suggests a day by the lead time of the configuration, and calls it suggested. Agree on a
    time the next time that the agreement is written.

    Source: guidelines for IOP, that ask for a period of notice.

    Bad:

        validity:  # expect: IOP308
          start: 2024-01-01
          end: 2025-12-31

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31, notice_months: 6}
    """
    terms, reach = case.terms[-1], case.reach
    validity = terms.validity
    bounded = reach.end is not None or reach.is_open
    if validity and bounded and not (validity.notice_months or validity.notice_by):
        yield Finding(
            terms.path("validity"),
            "no period of notice is stated",
            remedy="write notice_months or notice_by, if the parties agree on one",
        )


@rule("IOP315", "notice-outside-validity", Severity.WARNING)
def notice_outside_validity(case: Case) -> Iterator[Finding]:
    """The last day of notice is before the agreement starts, or after it ends.

    Nobody could give notice in time, or it would be given of what has ended. Compare the day,
    or the number of months, with the agreement.

    Source: the agreement's terms of notice.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31, notice_by: 2026-06-30}  # expect: IOP315

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31, notice_by: 2025-06-30}
    """
    reach = case.reach
    day, start, end = reach.notice_day, reach.start, reach.end
    early = day is not None and start is not None and day < start
    if early or (day is not None and end is not None and day > end):
        yield Finding(
            _notice_path(case),
            "the last day of notice is {day}, and the agreement {turns} {turn}",
            remedy="compare it with the agreement",
            day=day,
            turns=tr("starts") if early else tr("ends"),
            turn=start if early else end,
        )


RULES = (notice_near, notice_passed, notice_not_stated, notice_outside_validity)
