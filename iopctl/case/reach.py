"""How far an agreement reaches: its decided days, the options left, and the last day of notice."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from iopctl.dates import MONTHS_A_YEAR, ONE_DAY, Period, add_months, last_day
from iopctl.model.log import Amendment, Extended, OptionDeclined, Termination, TermsEvent
from iopctl.model.terms import joined
from iopctl.model.validity import Extension, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iopctl.model.terms import Terms

UNKNOWN = Validity.model_construct()
NO_EXTENSION = Extension.model_construct(kind="none")


class Reach(NamedTuple):
    """The days an agreement holds, by what had happened on a day; every end is included.

    *end* is the effective end: as written, extended or terminated; None when it is unknown or
    the agreement is open-ended. *options* are the extensions that may still be taken, in order
    (of unlimited ones, only the next); *options_left* their number, None without limit.
    *notice_day* is the last day to give notice before *end*, None without terms on notice.
    *rolls_on* where the next option is taken unless somebody acts; *declined* and *terminated*
    where the log says that the end stands. *gaps* are the days before an extension that began
    later than the day after the end, or before an amended validity that did: on these it does not
    hold. *ladder* has the ends that more
    extensions lead to, from the last of these gaps on. *is_hearsay* where all that is
    known is that it may be extended, or was: not by whom, how often or how long. Nobody then has
    an option to take.
    """

    start: date | None
    end: date | None
    is_open: bool
    options_taken: int
    options_left: int | None
    options: tuple[Period, ...]
    notice_day: date | None
    rolls_on: bool
    declined: bool
    terminated: bool
    ladder: Ladder
    gaps: tuple[Period, ...] = ()
    is_hearsay: bool = False

    @property
    def may_be_extended(self) -> bool:
        """Whether somebody may have an option to take."""
        return self.options_left != 0 and not self.is_hearsay

    @property
    def closed(self) -> Reach:
        """The same where the end stands: another agreement is decided to follow it."""
        return self._replace(options=(), options_left=0, rolls_on=False)

    @property
    def latest_end(self) -> date | None:
        """The end if every option is taken; None when unknown, open or without limit."""
        if self.options:
            return None if self.options_left is None else self.options[-1].last
        return self.end if self.options_left == 0 else None


class Ladder(NamedTuple):
    """The ends that extensions lead to, all counted from one day: steps of months would drift.

    That is *first*, the first day of the extension after those *before*: the day after the
    written end, or after the last gap; None where the end is unknown.
    """

    extension: Extension
    first: date | None
    before: int = 0

    @property
    def times(self) -> int | None:
        """How many extensions are granted; None without limit."""
        return 0 if self.extension.kind == "none" else self.extension.number

    @property
    def automatic(self) -> bool:
        """Whether the next one is taken unless somebody acts."""
        return self.extension.kind == "automatic"

    def rung(self, number: int) -> date | None:
        """Return the end after *number* extensions; None where end or length is unknown."""
        before, after = (self.extension.months_after(each) for each in (self.before, number))
        if self.first is None or before is None or after is None:
            return None
        return last_day(self.first, after - before)

    def rung_at_or_after(self, end: date, above: int) -> int:
        """Return how many extensions *end* needs, at least one more than *above*."""
        number = above + 1
        while (rung := self.rung(number)) and rung < end:
            number += 1
        return number

    def resumed(self, start: date | None, reached: date | None, taken: int) -> Ladder:
        """Return the ladder for the extension after those *taken*, with the end *reached*.

        Where it has a *start* that leaves a gap, it and later ones are counted from there.
        """
        if start is None or (reached is not None and start <= reached + ONE_DAY):
            return self
        return self._replace(first=start, before=taken)

    def left(self, taken: int) -> int | None:
        """Return how many extensions are left after those *taken*; None without limit."""
        return None if self.times is None else max(self.times - taken, 0)

    def next(self, taken: int) -> date | None:
        """Return the end after the next extension; None where none is left or it is unknown."""
        return None if self.left(taken) == 0 else self.rung(taken + 1)


class _Course(NamedTuple):
    """What the log has made of the end so far: how far it was extended, and if that was ended."""

    ladder: Ladder
    reached: date | None
    taken: int = 0
    declined: bool = False
    terminated: date | None = None
    gaps: tuple[Period, ...] = ()


def reach(terms: tuple[Terms, ...], as_of: date) -> Reach:
    """Return how far the agreement reaches, by the log up to *as_of* and the calendar."""
    validity = terms[-1].validity or UNKNOWN
    course = _course(validity, _events(terms[-1], as_of), as_of)
    steps = course.ladder
    closed = course.declined or course.terminated is not None
    options = () if closed else tuple(_options(course))
    end = _end(course)
    return Reach(
        start=terms[-1].start,
        end=end,
        is_open=validity.is_open and end is None,
        options_taken=course.taken,
        options_left=0 if closed else steps.left(course.taken),
        options=options,
        notice_day=notice_day(validity, end),
        rolls_on=steps.automatic and bool(options),
        declined=course.declined,
        terminated=course.terminated is not None,
        ladder=steps,
        gaps=(*_gaps_before(terms, as_of), *course.gaps),
        is_hearsay=_is_hearsay(validity),
    )


def notice_day(validity: Validity, end: date | None) -> date | None:
    """Return the last day to give notice before the effective *end*; None without such terms.

    Counted back from the end that holds, not the one first written. A `notice_by` date moves
    with the end, by as many months as the end has moved.
    """
    if end is None:
        return None
    if validity.notice_months:
        return day_ahead(end, validity.notice_months)
    match validity.notice_by:
        case Period() as by:
            written = validity.last or end
            moved = (end.year - written.year) * MONTHS_A_YEAR + end.month - written.month
            return add_months(by.last, moved)
        case (int() as month, int() as day):
            return date(end.year - ((month, day) > (end.month, end.day)), month, day)
        case _:
            return None


def day_ahead(end: date, months: int) -> date:
    """Return the last day on which notice of *months* is given in time for *end*.

    Counted by the number of the day, as in SFS 1930:173 § 1: here the last day of a month does
    not stay the last, or notice for 29 June could be given on 30 May.
    """
    return last_day(end + ONE_DAY, -months)


def _events(terms: Terms, as_of: date, place: int | None = None) -> Iterator[TermsEvent]:
    """Yield the events that a validity has seen, of those before a *place* in the log."""
    for event in terms.agreement.log[_fresh_from(terms) : place]:
        if isinstance(event, TermsEvent) and event.date.first <= as_of:
            yield event


def _fresh_from(terms: Terms) -> int:
    """Return where in the log a validity begins: what is above is in an amended one's dates."""
    match terms.stands_at["validity"]:
        case ("log", int() as amended, *_):
            return amended + 1
        case _:
            return 0


def _gaps_before(terms: tuple[Terms, ...], as_of: date) -> Iterator[Period]:
    """Yield the days on which no earlier validity held: an amended one fills none before its own.

    What it replaces had gone on until it ruled, by the log above it. Where it tells a start later
    than the day after that end, the days between are a gap, too. What lies before the agreement's
    first day is none.
    """
    first = terms[-1].start or date.min
    for before, after in pairwise(joined(terms, "validity")):
        ruled = after.first or date.max
        validity, amended = before.validity or UNKNOWN, after.validity or UNKNOWN
        course = _course(validity, _events(before, as_of, _fresh_from(after)), ruled)
        earlier = (gap.overlap(first, ruled - ONE_DAY) for gap in course.gaps)
        since = (gap.overlap(first, date.max) for gap in _gap(_end(course), amended.first))
        yield from (gap for gap in (*earlier, *since) if gap)


def ladder(validity: Validity) -> Ladder:
    """Return the ends that a validity grants, from its written end on."""
    last = validity.last
    return Ladder(validity.extension or NO_EXTENSION, last and last + ONE_DAY)


def _course(validity: Validity, events: Iterable[TermsEvent], as_of: date) -> _Course:
    """Follow the log in its order: of two events that disagree, the later one holds."""
    course = _Course(ladder(validity), validity.last)
    for event in events:
        course = _moved(validity, course, event)
    return _rolled_on(validity, course, as_of)


def _moved(validity: Validity, course: _Course, event: TermsEvent) -> _Course:
    """Return what an event makes of the course before it."""
    match event:
        case Extended(start=None):
            return _extended(course, event)
        case Extended():  # after days on which it had gone on by itself, these are no gap
            return _extended(_rolled_on(validity, course, event.date.first), event)
        case OptionDeclined():
            standing = course._replace(terminated=None)
            rolled = _rolled_on(validity, standing, event.date.first)
            return rolled._replace(declined=True, terminated=course.terminated)
        case Termination():
            rolled = _rolled_on(validity, course, event.date.first)
            return rolled._replace(terminated=event.effective)
        case Amendment():  # whose own validity, where it has one, starts afresh
            return course


def _extended(course: _Course, event: Extended) -> _Course:
    taken, until, end = course.taken, event.until, _end(course)
    steps = course.ladder.resumed(event.start, end, taken)
    if until is None:
        taken += 1
        until = steps.rung(taken) or course.reached
    elif course.reached is None or until > course.reached or steps is not course.ladder:
        taken = steps.rung_at_or_after(until, taken)
    gaps = (*course.gaps, *_gap(end, event.start))
    return course._replace(ladder=steps, reached=until, taken=taken, terminated=None, gaps=gaps)


def _gap(reached: date | None, start: date | None) -> Iterator[Period]:
    """Yield the days between the end that was reached and the *start* of an extension, if any."""
    if reached and start and start > reached + ONE_DAY:
        yield Period.of(reached + ONE_DAY, start - ONE_DAY)


def _rolled_on(validity: Validity, course: _Course, as_of: date) -> _Course:
    """Take the automatic extensions whose last day of notice was before *as_of*."""
    steps = course.ladder
    if not steps.automatic or course.declined or course.terminated:
        return course
    end, taken = course.reached, course.taken
    while end and as_of > (notice_day(validity, end) or end) and steps.next(taken):
        taken += 1
        end = steps.rung(taken)
    return course._replace(reached=end, taken=taken)


def _end(course: _Course) -> date | None:
    """Return the effective end; a termination lengthens only what would go on by itself."""
    reached, terminated, steps = course.reached, course.terminated, course.ladder
    if reached is None or terminated is None:
        return terminated or reached
    furthest = reached
    if steps.automatic and not course.declined:
        furthest = (steps.rung(steps.times) if steps.times else None) or terminated
    return min(max(reached, furthest), terminated)


def _options(course: _Course) -> Iterator[Period]:
    if course.reached is None:
        return
    steps, first = course.ladder, course.reached + ONE_DAY
    most = 1 if steps.times is None else steps.times - course.taken
    for number in range(course.taken + 1, course.taken + 1 + most):
        last = steps.rung(number)
        if last is not None:
            yield Period.of(first, last)
            first = last + ONE_DAY


def _is_hearsay(validity: Validity) -> bool:
    granted = validity.extension
    if not granted or granted.kind != "unspecified":
        return False
    return granted.number is None and granted.length is None
