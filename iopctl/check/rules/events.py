"""What may be wrong between the log and the days that the agreement holds: series 32x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.reach import day_ahead
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.extension import before
from iopctl.check.rules.rule import rule
from iopctl.model.log import (
    Amendment,
    Credit,
    Decision,
    InvoiceSent,
    Meeting,
    Payment,
    Termination,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.case.case import Case


def _start(case: Case) -> date | None:
    """Return the day that the agreement starts: of a month or year the first, as its budget has."""
    validity = case.terms[0].validity
    return validity.start.first if validity and validity.start else case.reach.start


@rule("IOP320", "started-before-decision", Severity.WARNING)
def started_before_decision(case: Case) -> Iterator[Finding]:
    """The agreement started before the first decision on it that the log has.

    What was done before it was done without a decision. If one was taken earlier, log that, too.

    Source: a committee decides on an agreement before it holds.

    Bad:

        log:
          - {date: 2024-02-08, event: decision, body: Kommunstyrelsen}  # expect: IOP320

    Good:

        log:
          - {date: 2023-11-14, event: decision, body: Kommunstyrelsen}
          - {date: 2024-02-08, event: decision, body: Kommunfullmäktige}
    """
    start = _start(case)
    for index, event in case.happened(Decision):
        if start is not None and event.date.first > start:
            yield Finding(
                ("log", index, "date"),
                "the agreement started on {start}, and was decided on {date}",
                remedy="log the decision before it, if there was one",
                related=(Related(("validity", "start"), "the start"),),
                start=start,
                date=event.date.text,
            )
        return


@rule("IOP321", "signed-after-start", Severity.NOTE)
def signed_after_start(case: Case) -> Iterator[Finding]:
    """The agreement was signed after it had started.

    Until then each party acted on its own account. Compare both dates with the agreement.

    Source: the agreement's section on validity, and its signatures.

    Bad:

        validity:
          signed: 2024-02-20  # expect: IOP321
          start: 2024-01-01
          end: 2025-12-31

    Good:

        validity: {signed: 2023-12-11, start: 2024-01-01, end: 2025-12-31}
    """
    terms, start = case.terms[0], _start(case)
    signed = terms.validity and terms.validity.signed
    if signed and start and signed.first > start:
        yield Finding(
            terms.path("validity", "signed"),
            "the agreement was signed on {signed}, and started on {start}",
            remedy="compare both dates with the agreement",
            signed=signed.text,
            start=start,
        )


@rule("IOP322", "decision-conditional", Severity.WARNING)
def decision_conditional(case: Case) -> Iterator[Finding]:
    """A decision was taken on a condition, and no later one without it is logged.

    Whether the money is there is open until the condition is met. Log the decision that meets
    it. Silent once the agreement has ended.

    Source: the decision.

    Bad:

        log:
          - date: 2023-11-14
            event: decision
            body: Kommunstyrelsen
            conditional_on: Fullmäktiges budget  # expect: IOP322

    Good:

        log:
          - {date: 2023-11-14, event: decision, conditional_on: Fullmäktiges budget}
          - {date: 2023-11-28, event: decision, body: Kommunfullmäktige}
    """
    found = list(case.happened(Decision))
    end = case.reach.end
    over = end is not None and end < case.as_of
    if found and found[-1][1].conditional_on and not over:
        index, last = found[-1]
        yield Finding(
            ("log", index, "conditional_on"),
            "the decision of {date} is on a condition: {condition}",
            remedy="log the decision that meets it",
            date=last.date.text,
            condition=last.conditional_on,
        )


@rule("IOP323", "termination-outside-validity", Severity.WARNING)
def termination_outside_validity(case: Case) -> Iterator[Finding]:
    """A termination has a last day on which the agreement does not hold, or that had gone by.

    Before the start the agreement has no day at all, and after the end the termination changes
    nothing. Compare `effective` with the notice that was given.

    Source: the log of the agreement.

    Bad:

        log:
          - {date: 2024-03-20, event: termination, effective: 2026-06-30}  # expect: IOP323

    Good:

        log:
          - {date: 2024-03-20, event: termination, effective: 2024-06-30}
    """
    for index, event in case.happened(Termination):
        reach = before(case, event).reach
        if reach.start and event.effective < reach.start:
            wrong = f"before the agreement starts on {reach.start}"
        elif reach.end and event.effective > reach.end and not reach.rolls_on:
            wrong = f"after it ends on {reach.end}"
        elif event.effective < event.date.first:
            wrong = f"before the day of the event, {event.date.text}"
        else:
            continue
        yield Finding(
            ("log", index, "effective"),
            "the termination has {effective} as the last day, {wrong}",
            remedy="compare it with the notice that was given",
            effective=event.effective,
            wrong=wrong,
        )


@rule("IOP324", "notice-too-short", Severity.NOTE)
def notice_too_short(case: Case) -> Iterator[Finding]:
    """Notice was given later than the agreement asks for.

    The parties may agree on less, and a breach may end an agreement at once (hävning). Say
    which it was as the `reason`.

    Source: the agreement's terms of notice.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31, notice_months: 6}
        log:
          - {date: 2024-03-20, event: termination, effective: 2024-06-30}  # expect: IOP324

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31, notice_months: 6}
        log:
          - {date: 2024-03-20, event: termination, effective: 2024-09-30}
    """
    for index, event in case.happened(Termination):
        validity = before(case, event).terms[-1].validity
        if event.reason is None and validity and validity.notice_months:
            last = day_ahead(event.effective, validity.notice_months)
            if event.date.first > last:
                yield Finding(
                    ("log", index, "date"),
                    "notice was given on {date}, and for {effective} had to be by {last}",
                    remedy="write the reason, if the parties agreed on it or there was a breach",
                    date=event.date.text,
                    effective=event.effective,
                    last=last,
                )


@rule("IOP325", "amendment-outside-validity", Severity.WARNING)
def amendment_outside_validity(case: Case) -> Iterator[Finding]:
    """An amendment is to hold from a day on which the agreement does not.

    From before the start it replaces the first terms altogether; from after the end its terms
    hold only if the agreement is extended. Compare `effective` with the decision.

    Source: the log of the agreement.

    Bad:

        log:
          - date: 2024-05-20
            event: amendment
            effective: 2026-07-01  # expect: IOP325
            terms: {follow_up: {meetings_per_year: 4}}

    Good:

        log:
          - date: 2024-05-20
            event: amendment
            effective: 2024-07-01
            terms: {follow_up: {meetings_per_year: 4}}
    """
    reach = case.reach
    for index, event in case.happened(Amendment):
        early = reach.start is not None and event.effective <= reach.start
        late = reach.end is not None and event.effective > reach.end
        if early or late:
            yield Finding(
                ("log", index, "effective"),
                "the amendment is to hold from {effective}, {wrong}",
                remedy="compare it with the decision",
                effective=event.effective,
                wrong=f"and the agreement starts on {reach.start}"
                if early
                else f"and the agreement ends on {reach.end}",
            )


@rule("IOP326", "meeting-outside-validity", Severity.NOTE)
def meeting_outside_validity(case: Case) -> Iterator[Finding]:
    """A meeting was held before the agreement started, or after it had ended.

    It counts for the year that it was held in. Compare its date with the notes from it.

    Source: the log of the agreement.

    Bad:

        log:
          - {date: 2023-05-14, event: meeting}  # expect: IOP326

    Good:

        log:
          - {date: 2024-05-14, event: meeting}
    """
    reach = case.reach
    for index, event in case.happened(Meeting):
        early = reach.start is not None and event.date.last < reach.start
        late = reach.end is not None and event.date.first > reach.end
        if early or late:
            yield Finding(
                ("log", index, "date"),
                "the meeting of {date} was held {when}",
                remedy="compare its date with the notes from it",
                date=event.date.text,
                when=f"before the agreement started on {reach.start}"
                if early
                else f"after the agreement ended on {reach.end}",
            )


@rule("IOP327", "event-to-come", Severity.NOTE)
def event_to_come(case: Case) -> Iterator[Finding]:
    """An event of the log has a date that is yet to come.

    The log is of what has happened, and until its day the event counts for nothing. Correct
    the date, or wait with logging it. Invoices, credits and payments count whatever their date.

    Source: the format of agreement files.

    Bad:

        # as of 2024-06-01
        log:
          - {date: 2024-11-20, event: meeting}  # expect: IOP327

    Good:

        # as of 2024-06-01
        log:
          - {date: 2024-05-20, event: meeting}
    """
    for index, event in enumerate(case.agreement.log):
        counts = isinstance(event, InvoiceSent | Credit | Payment)
        if event.date.first > case.as_of and not counts:
            yield Finding(
                ("log", index, "date"),
                "the {event} of {date} is yet to come, and does not count",
                remedy="correct the date, or log it when it has happened",
                event=event.event,
                date=event.date.text,
            )


RULES = (
    started_before_decision,
    signed_after_start,
    decision_conditional,
    termination_outside_validity,
    notice_too_short,
    amendment_outside_validity,
    meeting_outside_validity,
    event_to_come,
)
