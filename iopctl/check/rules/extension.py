"""What may be wrong with how an agreement is extended: series 31x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.case import Case
from iopctl.case.reach import UNKNOWN, ladder
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import ONE_DAY
from iopctl.language import tr
from iopctl.model.log import Extended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.model.log import Event
    from iopctl.model.validity import Extension


def before(case: Case, event: Event) -> Case:
    """Return where the agreement stood on the day before an event."""
    return Case(case.agreement, event.date.first - ONE_DAY)


@rule("IOP310", "extension-not-granted", Severity.WARNING)
def extension_not_granted(case: Case) -> Iterator[Finding]:
    """The agreement has been extended more times than it grants.

    An extension uses as many of those granted as its length needs. If the parties agreed on
    more, log that as an amendment of the validity, or make a new agreement.

    Source: the agreement's section on extension.

    Bad:

        # as of 2027-06-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 1, years: 1}}
        log:
          - {date: 2025-06-01, event: extension, until: 2026-12-31}
          - {date: 2026-06-01, event: extension, until: 2027-12-31}  # expect: IOP310

    Good:

        # as of 2027-06-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 2, years: 1}}
        log:
          - {date: 2025-06-01, event: extension, until: 2026-12-31}
          - {date: 2026-06-01, event: extension, until: 2027-12-31}
    """
    validity = case.terms[-1].validity or UNKNOWN
    granted, taken = ladder(validity).times, case.reach.options_taken
    if granted is not None and taken > granted:
        yield Finding(
            ("log", max(index for index, _ in case.happened(Extended))),
            "extensions granted: {granted}, taken: {taken}",
            remedy="log the new terms as an amendment of the validity, or make a new agreement;"
            " where its terms of extension are not known, write extension: {kind: unspecified}",
            taken=taken,
            granted=granted or tr("none"),
        )


@rule("IOP311", "extension-length-differs", Severity.WARNING)
def extension_length_differs(case: Case) -> Iterator[Finding]:
    """An extension has another length than the agreement gives it.

    It counts as logged, and uses as many of those granted as its length needs; later ones are
    counted from the end first written, or from the end of the last gap. Compare the date with the
    decision.

    Source: the agreement's section on extension.

    Bad:

        # as of 2026-01-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 2, years: 2}}
        log:
          - {date: 2025-06-01, event: extension, until: 2026-12-31}  # expect: IOP311

    Good:

        # as of 2026-01-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 2, years: 2}}
        log:
          - {date: 2025-06-01, event: extension, until: 2027-12-31}
    """
    for index, event in case.happened(Extended):
        wrong = event.until and _wrong_until(before(case, event), event.until, event.start)
        if wrong:
            yield Finding(
                ("log", index, "until"),
                "the extension is until {until}, and {wrong}",
                remedy="compare the date with the decision and the agreement",
                until=event.until,
                wrong=wrong,
            )


def _wrong_until(earlier: Case, until: date, start: date | None) -> str | None:
    end, taken = earlier.reach.end, earlier.reach.options_taken
    if end is not None and until <= end:
        return tr("the agreement already holds until {end}", end=end)
    steps = earlier.reach.ladder.resumed(start, end, taken)
    agreed = steps.rung(steps.rung_at_or_after(until, taken))
    return (
        tr("by its length it would be until {agreed}", agreed=agreed)
        if agreed not in {None, until}
        else None
    )


@rule("IOP312", "extension-unclear", Severity.NOTE)
def extension_unclear(case: Case) -> Iterator[Finding]:
    """The agreement may be extended, and leaves open by whom, how long or how many times.

    Without a length the end of an extension is unknown, and so is the latest end of the
    agreement; without a number there is no latest end. Ask the parties what they mean.

    Source: the agreement's section on extension.

    Bad:

        validity:
          start: 2024-01-01
          end: 2025-12-31
          extension: {kind: unspecified, years: 2}  # expect: IOP312

    Good:

        validity:
          start: 2024-01-01
          end: 2025-12-31
          extension: {kind: mutual, times: 2, years: 2}
    """
    terms = case.terms[-1]
    extension = terms.validity and terms.validity.extension
    if extension and extension.kind != "none" and (unclear := list(_unclear(extension))):
        yield Finding(
            terms.path("validity", "extension"),
            "not stated of the extension: {unclear}",
            remedy="ask the parties, and write kind, times and years or months",
            unclear=unclear,
        )


def _unclear(extension: Extension) -> Iterator[str]:
    if extension.kind == "unspecified":
        yield tr("who decides on it")
    if extension.length is None and not extension.options:
        yield tr("how long it is")
    if extension.number is None and extension.kind != "automatic":
        yield tr("how many times it can be used")


@rule("IOP313", "extension-without-end", Severity.WARNING)
def extension_without_end(case: Case) -> Iterator[Finding]:
    """A logged extension has no date, and the agreement's terms give it none.

    The end that it leads to can't be reckoned without an end and a length of the extension, and
    so the agreement ends as before. Write `until`.

    Source: the log of the agreement.

    Bad:

        # as of 2026-01-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 1}}
        log:
          - {date: 2025-06-01, event: extension, decision: KS 2025-17}  # expect: IOP313

    Good:

        # as of 2026-01-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 1}}
        log:
          - {date: 2025-06-01, event: extension, until: 2026-12-31, decision: KS 2025-17}
    """
    for index, event in case.happened(Extended):
        validity = before(case, event).terms[-1].validity or UNKNOWN
        if event.until is None and ladder(validity).rung(1) is None:
            yield Finding(
                ("log", index),
                "the extension of {date} leads to no date that could be reckoned",
                remedy="write until, the last day of the extension",
                date=event.date.text,
            )


@rule("IOP314", "extended-after-end", Severity.WARNING)
def extended_after_end(case: Case) -> Iterator[Finding]:
    """An extension was agreed on when the agreement had already ended.

    For the days between nothing was agreed, and an option that is not used in time may be lost.
    See that the decision covers those days, too; where it does not, write the extension's own
    `start`: then the agreement does not hold on them, and has no money for them.

    Source: the agreement's section on extension.

    Bad:

        # as of 2026-03-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 1, years: 1}}
        log:
          - {date: 2026-02-03, event: extension}  # expect: IOP314

    Good:

        # as of 2026-03-01
        validity: {start: 2024-01-01, years: 2, extension: {kind: mutual, times: 1, years: 1}}
        log:
          - {date: 2025-12-31, event: extension}
    """
    for index, event in case.happened(Extended):
        end = before(case, event).reach.end
        if end is not None and event.date.first > end and event.start is None:
            yield Finding(
                ("log", index, "date"),
                "the extension is of {date}, and the agreement ended on {end}",
                remedy="see that the decision covers the days between, or write its start",
                date=event.date.text,
                end=end,
            )


@rule("IOP316", "extension-of-no-end", Severity.WARNING)
def extension_of_no_end(case: Case) -> Iterator[Finding]:
    """The agreement has no end, and yet terms of extension.

    What holds until somebody gives notice is never extended. Either `end: open` is wrong, or
    the extension is.

    Source: the agreement's section on validity.

    Bad:

        validity:
          start: 2024-01-01
          end: open
          extension: {kind: mutual, years: 2}  # expect: IOP316

    Good:

        validity: {start: 2024-01-01, end: open, notice_months: 6}
    """
    terms = case.terms[-1]
    if terms.validity and terms.validity.is_open and terms.validity.extension:
        yield Finding(
            terms.path("validity", "extension"),
            "the agreement is open-ended, and has an extension",
            remedy="write its end, or take the extension out",
        )


RULES = (
    extension_not_granted,
    extension_length_differs,
    extension_unclear,
    extension_without_end,
    extended_after_end,
    extension_of_no_end,
)
