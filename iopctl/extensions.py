"""How far an agreement reaches: its decided days, the options left, and the last day of notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from iopctl.dates import ONE_DAY, Period, add_months
from iopctl.model.log import Extended, OptionDeclined, Termination

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model.log import Event
    from iopctl.model.terms import Terms
    from iopctl.model.validity import Validity

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Reach:
    """The days an agreement holds, by what had happened on a day; every end is included.

    *end* is the effective end: as written, extended or terminated; None when it is unknown or
    the agreement is open-ended. *options* are the extensions that may still be taken, in order
    (of unlimited ones, only the next); *options_left* their number, None without limit.
    *notice_day* is the last day to give notice before *end*, None without terms on notice.
    """

    start: date | None
    end: date | None
    is_open: bool
    options_taken: int
    options_left: int | None
    options: tuple[Period, ...]
    notice_day: date | None
    terminated: bool

    @property
    def latest_end(self) -> date | None:
        """The end if every option is taken; None when unknown, open or without limit."""
        if self.options_left is None:
            return None
        return self.options[-1].last if self.options else self.end


@dataclass(frozen=True, slots=True)
class _Ladder:
    """The ends that extensions lead to, always counted from the written end: steps drift."""

    written: date | None
    length: int | None
    times: int | None

    def rung(self, number: int) -> date:
        """Return the end after *number* extensions."""
        if self.written is None or self.length is None:
            raise ValueError("an extension without end or length leads nowhere")
        return add_months(self.written, self.length * number)

    @property
    def climbable(self) -> bool:
        return self.written is not None and self.length is not None

    def has(self, number: int) -> bool:
        return self.climbable and (self.times is None or number <= self.times)

    def rung_at_or_after(self, end: date, above: int) -> int:
        """Return how many extensions *end* needs, at least one more than *above*."""
        number = above + 1
        while self.climbable and self.rung(number) < end:
            number += 1
        return number


def reach(terms: tuple[Terms, ...], as_of: date) -> Reach:
    """Return how far the agreement reaches, by the log up to *as_of* and the calendar."""
    last = terms[-1]
    validity = last.validity
    if validity is None:
        return _unknown(terms, as_of)
    events = tuple(_events(terms, as_of))
    ladder = _ladder(validity)
    end, taken = _extended(ladder, events)
    ending = next((each for each in events if isinstance(each, Termination)), None)
    if ending is None and validity.extension and validity.extension.kind == "automatic":
        end, taken = _rolled_on(validity, ladder, taken, end, as_of)
    if ending is not None:
        end = ending.effective if _rolls(validity) or end is None else min(end, ending.effective)
    declined = ending is not None or any(isinstance(each, OptionDeclined) for each in events)
    options = () if declined else tuple(_options(ladder, end, taken))
    unlimited = bool(options) and ladder.times is None
    return Reach(
        start=terms[0].validity.first if terms[0].validity else validity.first,
        end=end,
        is_open=validity.is_open and end is None,
        options_taken=taken,
        options_left=None if unlimited else len(options),
        options=options,
        notice_day=notice_day(validity, end),
        terminated=ending is not None,
    )


def notice_day(validity: Validity, end: date | None) -> date | None:
    """Return the last day to give notice before the effective *end*; None without such terms.

    Counted back from the end that holds, not the one first written. A `notice_by` date moves
    with the end, by as many months as the end has moved.
    """
    if end is None:
        return None
    if validity.notice_months:
        return add_months(end + ONE_DAY, -validity.notice_months) - ONE_DAY
    match validity.notice_by:
        case Period() as by:
            written = validity.last or end
            moved = (end.year - written.year) * MONTHS_A_YEAR + end.month - written.month
            return add_months(by.last, moved)
        case (int() as month, int() as day):
            return date(end.year - ((month, day) > (end.month, end.day)), month, day)
        case _:
            return None


def _unknown(terms: tuple[Terms, ...], as_of: date) -> Reach:
    ending = next((each for each in _events(terms, as_of) if isinstance(each, Termination)), None)
    end = ending.effective if ending else None
    return Reach(None, end, False, 0, 0, (), None, ending is not None)  # noqa: FBT003 - one line


def _events(terms: tuple[Terms, ...], as_of: date) -> Iterator[Event]:
    """Yield the events that the present validity has seen: an amended one starts afresh."""
    match terms[-1].stands_at["validity"]:
        case ("log", int() as amended, *_):
            first = amended + 1
        case _:
            first = 0
    for event in terms[-1].agreement.log[first:]:
        if event.date.first <= as_of:
            yield event


def _rolls(validity: Validity) -> bool:
    return validity.is_open or (
        validity.extension is not None and validity.extension.kind == "automatic"
    )


def _ladder(validity: Validity) -> _Ladder:
    extension = validity.extension
    if extension is None or extension.kind == "none":
        return _Ladder(validity.last, None, 0)
    return _Ladder(validity.last, extension.length, extension.times)


def _extended(ladder: _Ladder, events: tuple[Event, ...]) -> tuple[date | None, int]:
    end, taken = ladder.written, 0
    for event in events:
        if isinstance(event, Extended):
            if event.until is not None:
                taken = ladder.rung_at_or_after(event.until, taken)
                end = event.until
            elif ladder.climbable:
                taken += 1
                end = ladder.rung(taken)
    return end, taken


def _rolled_on(
    validity: Validity, ladder: _Ladder, taken: int, end: date | None, as_of: date
) -> tuple[date | None, int]:
    while end is not None and as_of > (notice_day(validity, end) or end) and ladder.has(taken + 1):
        taken += 1
        end = ladder.rung(taken)
    return end, taken


def _options(ladder: _Ladder, end: date | None, taken: int) -> Iterator[Period]:
    if end is None or not ladder.climbable:
        return
    first = end + ONE_DAY
    for number in range(taken + 1, (taken + 1 if ladder.times is None else ladder.times) + 1):
        last = ladder.rung(number)
        yield Period.of(first, last)
        first = last + ONE_DAY
