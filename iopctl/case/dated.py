"""One agreement on a day: its terms, the days that it holds, and what its log has by then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypeVar

from iopctl.case.exceptions import covers
from iopctl.case.reach import reach
from iopctl.case.worth import Why
from iopctl.config import DEFAULT, Config
from iopctl.dates import Period, without
from iopctl.language import marked
from iopctl.model.log import Event
from iopctl.model.terms import Terms, joined, terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from iopctl.case.reach import Reach
    from iopctl.model.agreement import Agreement
    from iopctl.model.follow_up import Deviation
    from iopctl.model.log import LoggedEvent
    from iopctl.model.parties import Party
    from iopctl.source import Path

Certainty: TypeAlias = Literal["decided", "option"]
EventKind = TypeVar("EventKind", bound=Event)


@dataclass(frozen=True, eq=False)
class DatedAgreement:
    """An agreement as *as_of* sees it under *config*: later events of its log have not happened.

    *successor* is the id of another agreement, no draft, that is to follow it: no option is then
    left. Each part is worked out when it is first asked for, and kept. Each is equal to itself
    alone.
    """

    agreement: Agreement
    as_of: date
    config: Config = DEFAULT
    successor: str | None = None

    # -------------------------------------------------------------- the validity
    @cached_property
    def terms(self) -> tuple[Terms, ...]:
        """The terms that the log has put in force, first to last."""
        return terms(self.agreement, self.as_of)

    @cached_property
    def reach(self) -> Reach:
        """How far it holds: its start, its effective end, its options and notice."""
        found = reach(self.terms, self.as_of)
        return found.closed if self.successor else found

    @cached_property
    def first_known(self) -> Period | None:
        """Its first day, or the month or year of it where its file knows no more."""
        written = (each.validity.known_first for each in self.terms if each.validity)
        return next((each for each in written if each and each.first == self.reach.start), None)

    @cached_property
    def last_known(self) -> Period | None:
        """Its last day as decided, likewise."""
        last, validity = self.reach.end, self.terms[-1].validity
        written = validity and validity.known_last
        if written and written.last == last:
            return written
        return None if last is None else Period.of(last, last)

    @cached_property
    def _bounds(self) -> tuple[date, date] | None:
        """The first and the last day that is decided, None where either is unknown.

        An open-ended agreement is decided to the close of the year of *as_of*; one whose start
        alone is unknown from the year whose prices its amounts are in.
        """
        start, end, base_year = self.reach.start, self.reach.end, self.terms[0].base_year
        if start is None and end is not None and base_year is not None:
            start = date(base_year, 1, 1)
        if start is not None and self.reach.is_open:
            end = date(max(start.year, self.as_of.year), 12, 31)
        return None if start is None or end is None else (start, end)

    @property
    def is_dated(self) -> bool:
        """Whether it is known which days are decided, be it none, as where it ended before it."""
        return self._bounds is not None

    @cached_property
    def possible(self) -> Period:
        """The days that may be decided: from the start and to the end, as far as they are known."""
        start, end = self.reach.start, self.reach.end
        if self.reach.is_open:
            end = date(max((start or date.min).year, self.as_of.year), 12, 31)
        return Period(start or date.min, end or date.max, "")

    @property
    def why_undated(self) -> str:
        """Why it is not known which days are decided."""
        return self.doubt_of_days.reason

    @property
    def doubt_of_days(self) -> Why:
        """The same, to be told in the language of whoever asks."""
        if self.reach.start is not None:
            return Why(marked("when the agreement ends is not known"))
        if self.reach.end is not None or self.reach.is_open:
            return Why(marked("when the agreement starts is not known"))
        return Why(marked("when the agreement holds is not known"))

    def may_hold(self, year: int) -> bool:
        """Whether its days are not all known, and some of *year* may be among them."""
        return not self.is_dated and self.possible.overlap(*Period.year(year)[:2]) is not None

    @cached_property
    def days(self) -> Period | None:
        """The days from the first to the last that it is decided to hold; None where unknown.

        None, too, where there are none. *held* is without those of a gap between them.
        """
        if self._bounds is None or self._bounds[1] < self._bounds[0]:
            return None
        return Period.of(*self._bounds)

    @cached_property
    def held(self) -> tuple[Period, ...]:
        """The days that it is decided to hold, in one stretch or, with gaps, in several."""
        return () if self.days is None else tuple(without(self.days, self.reach.gaps))

    def holds(self, days: Period) -> Period | None:
        """Return those of *days* that are decided: from the first to the last of them."""
        parts = [part for each in self.held if (part := days.overlap(each.first, each.last))]
        return Period.of(parts[0].first, parts[-1].last) if parts else None

    @property
    def is_over(self) -> bool:
        """Whether its end has passed: an option that was not taken by then is none any more."""
        return self.reach.end is not None and self.reach.end < self.as_of

    @property
    def options(self) -> tuple[Period, ...]:
        """The extensions that may still be taken, or come unless somebody gives notice."""
        return () if self.is_over else self.reach.options

    @property
    def options_left(self) -> int | None:
        """How many extensions may still be taken, None without limit."""
        return 0 if self.is_over else self.reach.options_left

    @property
    def latest_end(self) -> date | None:
        """The end if all of these are taken; None when unknown, open or without limit."""
        return self.reach.end if self.is_over else self.reach.latest_end

    @property
    def undecided(self) -> bool:
        """Whether an end is ahead, and nothing in the log says that it stands."""
        reach = self.reach
        ahead = reach.end is not None and self.as_of <= reach.end
        return ahead and not (reach.terminated or reach.declined or self.successor)

    def spans(self, state: Certainty) -> tuple[Period, ...]:
        """Return the days that are decided, or those that all options not yet taken would add."""
        if state == "decided":
            return self.held
        options = self.options
        return (Period.of(options[0].first, options[-1].last),) if options else ()

    # -------------------------------------------------------------- the log and the terms
    def happened(self, kind: type[EventKind]) -> list[tuple[int, EventKind]]:
        """Return the events of a kind that have happened, and where they stand."""
        return self._by_kind.get(kind, [])

    @cached_property
    def events(self) -> tuple[tuple[int, LoggedEvent], ...]:
        """The events that have happened, and where they stand."""
        log = enumerate(self.agreement.log)
        return tuple((index, event) for index, event in log if event.date.first <= self.as_of)

    @cached_property
    def _by_kind(self) -> dict[type[Event], list[Any]]:
        by_kind: dict[type[Event], list[tuple[int, Event]]] = {}
        for index, event in self.events:
            by_kind.setdefault(type(event), []).append((index, event))
        return by_kind

    def on(self, day: date) -> Self:
        """Return it as *day* sees it, by what the log has up to then."""
        return self.by_log((each for each in self.agreement.log if each.date.first <= day), day)

    def above(self, place: int, day: date | None = None) -> Self:
        """Return it by what the log has above a *place*, as *day* sees it, or its own."""
        return self.by_log(self.agreement.log[:place], day)

    def by_log(self, log: Iterable[LoggedEvent], day: date | None = None) -> Self:
        """Return it by another *log*, as *day* sees it, or its own."""
        agreement = self.agreement.model_copy(update={"log": tuple(log)})
        return replace(self, agreement=agreement, as_of=day or self.as_of)

    @cached_property
    def economies(self) -> tuple[Terms, ...]:
        """The terms by economy: neighbours that an amendment of another block parted are one."""
        return joined(self.terms, "economy")

    @cached_property
    def segments(self) -> tuple[Terms, ...]:
        """The terms by economy and parties: each day's money is that of its own parties."""
        return joined(self.terms, "economy", "parties")

    def in_force(self, day: date) -> Terms:
        """Return the terms that govern *day*."""
        return next(
            each for each in reversed(self.terms) if each.first is None or each.first <= day
        )

    def party(self, handle: str) -> Party:
        """Return a party as the last terms that name it have it."""
        return next(each.parties[handle] for each in reversed(self.terms) if handle in each.parties)

    @cached_property
    def exceptions(self) -> tuple[Deviation, ...]:
        """The deviations that the parties stand by, as long as they have not lapsed."""
        given = self.agreement.exceptions
        return tuple(each for each in given if each.until is None or self.as_of <= each.until)

    def exception(self, rule: Collection[str], path: Path) -> Deviation | None:
        """Return the deviation from a *rule*, by its code or name, that covers *path*, if any."""
        found = (each for each in self.exceptions if each.rule in rule)
        return next((each for each in found if covers(each.path or "", path)), None)
