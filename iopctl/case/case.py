"""One agreement on a day under a configuration, and all that it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from iopctl.case import billing, claims, division, follow_up, needs
from iopctl.case.figures import figures
from iopctl.case.reach import reach
from iopctl.case.share import share_of
from iopctl.config import DEFAULT, Config
from iopctl.dates import Period
from iopctl.model.log import Event
from iopctl.model.terms import Terms, terms

if TYPE_CHECKING:
    from iopctl.case.billing import Bill
    from iopctl.case.claims import Block
    from iopctl.case.division import Division
    from iopctl.case.figures import Figure
    from iopctl.case.follow_up import Quota
    from iopctl.case.needs import Need
    from iopctl.case.reach import Reach
    from iopctl.case.share import Share
    from iopctl.model.agreement import Agreement
    from iopctl.model.economy import AnyIndex
    from iopctl.model.follow_up import Deviation

State = Literal["decided", "option"]
Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, eq=False)
class Case:
    """An agreement as *as_of* sees it under *config*: later events of its log have not happened.

    *what_if* is an index to reckon with in place of the agreement's own. Each part is worked out
    when it is first asked for, and kept: every listing, rule, paper and invoice asks the same one.
    Each case is equal to itself alone.
    """

    agreement: Agreement
    as_of: date
    config: Config = DEFAULT
    what_if: AnyIndex | None = None

    # -------------------------------------------------------------- the validity
    @cached_property
    def terms(self) -> tuple[Terms, ...]:
        """The terms that the log has put in force, first to last."""
        return terms(self.agreement, self.as_of)

    @cached_property
    def reach(self) -> Reach:
        """How far it holds: its start, its effective end, its options and notice."""
        return reach(self.terms, self.as_of)

    @cached_property
    def days(self) -> Period | None:
        """The days that it is decided to hold; None where the start or the end is unknown.

        An open-ended agreement is decided to the close of the year of *as_of*; one whose start
        alone is unknown from the year whose prices its amounts are in.
        """
        start, end, base_year = self.reach.start, self.reach.end, self.terms[0].base_year
        if start is None and end is not None and base_year is not None:
            start = date(base_year, 1, 1)
        if start is not None and self.reach.is_open:
            end = date(max(start.year, self.as_of.year), 12, 31)
        if start is None or end is None or end < start:
            return None
        return Period.of(start, end)

    @property
    def undecided(self) -> bool:
        """Whether an end is ahead, and nothing in the log says that it stands."""
        reach = self.reach
        ahead = reach.end is not None and self.as_of <= reach.end
        return ahead and not reach.terminated and not reach.declined

    def spans(self, state: State) -> tuple[Period, ...]:
        """Return the days that are decided, or those that all options not yet taken would add."""
        if state == "decided":
            return (self.days,) if self.days else ()
        options = self.reach.options
        return (Period.of(options[0].first, options[-1].last),) if options else ()

    # -------------------------------------------------------------- the log and the terms
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

    @cached_property
    def exceptions(self) -> tuple[Deviation, ...]:
        """The deviations that the parties stand by, as long as they have not lapsed."""
        given = self.agreement.exceptions
        return tuple(each for each in given if each.until is None or self.as_of <= each.until)

    @cached_property
    def quotas(self) -> tuple[Quota, ...]:
        """All that the follow-up asks for, and how much of it is done."""
        return follow_up.quotas(self)

    @cached_property
    def meetings(self) -> tuple[Quota, ...]:
        """The meetings that are asked for, of each year and by each day."""
        return tuple(follow_up.meetings(self))

    @cached_property
    def reports(self) -> tuple[Quota, ...]:
        """The reports that are asked for, likewise."""
        return tuple(follow_up.reports(self))

    # -------------------------------------------------------------- the money
    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figure of every row for every decided year, and for totals that no year divides."""
        return figures(self, "decided")

    @cached_property
    def option_figures(self) -> tuple[Figure, ...]:
        """The figure of every row for every year that options not yet taken would add."""
        return figures(self, "option")

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        both = (*self.figures, *self.option_figures)
        return tuple(sorted(both, key=lambda each: (each.terms.first or date.min, each.row)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that have decided figures."""
        return frozenset(each.year for each in self.figures if each.year)

    def shown(self, *, options: bool) -> tuple[Figure, ...]:
        """The decided figures, or with *options* all."""
        return self.all_figures if options else self.figures

    def share(self, year: int | None = None) -> Share:
        """Return its split in *year*; without it the current one, else the last decided."""
        return share_of(self, year)

    # -------------------------------------------------------------- the invoices
    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of `invoicing` of all terms; one that an amendment left as it was is one."""
        return claims.blocks(self)

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """How each row that is asked for is divided over the bills, in the figures' order."""
        return division.divisions(self)

    @cached_property
    def bills(self) -> tuple[Bill, ...]:
        """The bills of the decided days, by the day that they are due."""
        return billing.bills(self)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the invoices of each block need and lack, whoever excuses it."""
        return tuple(each for block in self.blocks for each in needs.needs(self, block))
