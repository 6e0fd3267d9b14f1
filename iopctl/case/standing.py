"""Where an agreement stands on a day: the terms it has seen and the days it is decided to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from iopctl.case.extensions import Reach, reach
from iopctl.dates import Period
from iopctl.model.log import Event
from iopctl.model.terms import Terms, terms

if TYPE_CHECKING:
    from iopctl.model.agreement import Agreement

State = Literal["decided", "option"]
Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, eq=False)
class Standing:
    """An agreement as *as_of* sees it: later events of its log have not happened.

    *decided* are the days that it is decided to hold, None where the start or the end is unknown.
    Each is equal to itself alone, so that what many rules ask of it is worked out once.
    """

    agreement: Agreement
    as_of: date
    terms: tuple[Terms, ...]
    reach: Reach
    decided: Period | None

    @property
    def undecided(self) -> bool:
        """Whether an end is ahead, and nothing in the log says that it stands."""
        reach = self.reach
        ahead = reach.end is not None and self.as_of <= reach.end
        return ahead and not reach.terminated and not reach.declined

    def spans(self, state: State) -> tuple[Period, ...]:
        """Return the days that are decided, or those that all options not yet taken would add."""
        if state == "decided":
            return (self.decided,) if self.decided else ()
        options = self.reach.options
        return (Period.of(options[0].first, options[-1].last),) if options else ()

    def happened(self, kind: type[Kind]) -> list[tuple[int, Kind]]:
        """Return the events of a kind (Event: of any) that have happened, and where they stand."""
        return self._log.get(kind, [])

    @cached_property
    def _log(self) -> dict[type[Event], list[Any]]:
        by_kind: dict[type[Event], list[tuple[int, Event]]] = {Event: []}
        for index, event in enumerate(self.agreement.log):
            if event.date.first <= self.as_of:
                by_kind[Event].append((index, event))
                by_kind.setdefault(type(event), []).append((index, event))
        return by_kind

    @cached_property
    def economies(self) -> tuple[Terms, ...]:
        """The terms by economy: neighbours that an amendment of another block parted are one."""
        joined = [self.terms[0]]
        for each in self.terms[1:]:
            if each.stands_at["economy"] == joined[-1].stands_at["economy"]:
                joined[-1] = each._replace(first=joined[-1].first)
            else:
                joined.append(each)
        return tuple(joined)

    def in_force(self, day: date) -> Terms:
        """Return the terms that govern *day*."""
        return next(
            each for each in reversed(self.terms) if each.first is None or each.first <= day
        )


def standing(agreement: Agreement, as_of: date) -> Standing:
    """Return where *agreement* stands on *as_of*."""
    all_terms = terms(agreement, as_of)
    reached = reach(all_terms, as_of)
    return Standing(agreement, as_of, all_terms, reached, _decided(all_terms[0], reached, as_of))


def _decided(first: Terms, reach: Reach, as_of: date) -> Period | None:
    """Return the days that are decided.

    An open-ended agreement is decided to the close of *as_of*'s year; one whose start alone is
    unknown from the year whose prices its amounts are in.
    """
    start, end = reach.start, reach.end
    if start is None and end is not None and first.base_year is not None:
        start = date(first.base_year, 1, 1)
    if start is not None and reach.is_open:
        end = date(max(start.year, as_of.year), 12, 31)
    if start is None or end is None or end < start:
        return None
    return Period.of(start, end)
