"""One agreement on a day under a configuration, and all that it comes to.

What only some ask for, as the bills, is loaded when it is: a budget needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from iopctl.case.exceptions import covers
from iopctl.case.figures import figures, undated
from iopctl.case.reach import reach
from iopctl.case.share import share_of
from iopctl.case.worth import Why
from iopctl.config import DEFAULT, Config
from iopctl.dates import Period, add_months, without
from iopctl.language import marked
from iopctl.model.log import Event, InvoiceSent, Payment
from iopctl.model.terms import Terms, joined, terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from iopctl.case.billing import Bill
    from iopctl.case.claims import Account, Block
    from iopctl.case.coverage import Balance
    from iopctl.case.differences import Difference
    from iopctl.case.division import Division
    from iopctl.case.figures import Figure
    from iopctl.case.follow_up import Quota
    from iopctl.case.indexing import WhatIf
    from iopctl.case.ledger import Ledger
    from iopctl.case.need import Need
    from iopctl.case.reach import Reach
    from iopctl.case.share import Share
    from iopctl.model.agreement import Agreement
    from iopctl.model.follow_up import Deviation
    from iopctl.model.log import LoggedEvent
    from iopctl.model.parties import Party
    from iopctl.source import Path

State = Literal["decided", "option"]
Kind = TypeVar("Kind", bound=Event)
LAST_MONTHS: Final = 12
"""For how many months after its days money may be asked for, so that its invoices are looked at."""


@dataclass(frozen=True, eq=False)
class Case:
    """An agreement as *as_of* sees it under *config*: later events of its log have not happened.

    *what_if* is a percent to reckon with in place of the agreement's own index. *successor* is the
    id of another agreement, no draft, that is to follow it: no option is then left. Each part is
    worked out when it is first asked for, and kept: every listing, rule, paper and invoice asks
    the same one. Each case is equal to itself alone.
    """

    agreement: Agreement
    as_of: date
    config: Config = DEFAULT
    what_if: WhatIf | None = None
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

    def spans(self, state: State) -> tuple[Period, ...]:
        """Return the days that are decided, or those that all options not yet taken would add."""
        if state == "decided":
            return self.held
        options = self.options
        return (Period.of(options[0].first, options[-1].last),) if options else ()

    # -------------------------------------------------------------- the log and the terms
    def happened(self, kind: type[Kind]) -> list[tuple[int, Kind]]:
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

    @cached_property
    def exceptions(self) -> tuple[Deviation, ...]:
        """The deviations that the parties stand by, as long as they have not lapsed."""
        given = self.agreement.exceptions
        return tuple(each for each in given if each.until is None or self.as_of <= each.until)

    def exception(self, rule: Collection[str], path: Path) -> Deviation | None:
        """Return the deviation from a *rule*, by its code or name, that covers *path*, if any."""
        found = (each for each in self.exceptions if each.rule in rule)
        return next((each for each in found if covers(each.path or "", path)), None)

    @cached_property
    def quotas(self) -> tuple[Quota, ...]:
        """All that the follow-up asks for, and how much of it is done."""
        from iopctl.case import follow_up

        return follow_up.quotas(self)

    @cached_property
    def meetings(self) -> tuple[Quota, ...]:
        """The meetings that are asked for, of each year and by each day."""
        from iopctl.case import follow_up

        return tuple(follow_up.meetings(self))

    @cached_property
    def reports(self) -> tuple[Quota, ...]:
        """The reports that are asked for, likewise."""
        from iopctl.case import follow_up

        return tuple(follow_up.reports(self))

    # -------------------------------------------------------------- the money
    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figure of every row for every decided year, and for totals that no year divides."""
        return figures(self, "decided")

    @cached_property
    def undated(self) -> tuple[Figure, ...]:
        """What rows give in years of which it is not known whether the agreement holds."""
        return undated(self)

    @cached_property
    def yearless(self) -> tuple[Figure, ...]:
        """What rows give of which no year is known, each once: by the terms that came last."""
        placed = {path for path, _ in self._placed}
        by_row = {each.path: each for each in self.undated if each.path not in placed}
        return tuple(by_row.values())

    def of_year(self, year: int) -> tuple[Figure, ...]:
        """Return the figures that are something of *year*, known or not how much, row by row."""
        own = (each for each in self.figures if each.touches(year))
        return _by_row((*own, *self.unknown_of(year)))

    def unknown_of(self, year: int) -> tuple[Figure, ...]:
        """Return the figures of rows of which it is not known whether they have days in *year*."""
        return tuple(each.of(year) for each in self.undated if self.is_unknown(each, year))

    def is_unknown(self, figure: Figure, year: int) -> bool:
        """Whether it is not known if what a row gives in unknown years is given in *year*, too."""
        return figure.touches(year) and (figure.path, year) not in self._placed

    @cached_property
    def _placed(self) -> frozenset[tuple[Path, int | None]]:
        return frozenset((each.path, each.year) for each in self.figures)

    @cached_property
    def option_figures(self) -> tuple[Figure, ...]:
        """The figure of every row for every year that options not yet taken would add."""
        return figures(self, "option")

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """All figures, row by row."""
        return _by_row((*self.figures, *self.option_figures))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that have decided figures."""
        return frozenset(each.year for each in self.figures if each.year)

    def shown(self, *, options: bool) -> tuple[Figure, ...]:
        """The decided figures, or with *options* all."""
        return self.all_figures if options else self.figures

    def told(self, *, options: bool) -> tuple[Figure, ...]:
        """The figures that are shown and what rows give in years that are unknown, row by row."""
        shown = self.shown(options=options)
        return _by_row((*shown, *self.undated)) if self.undated else shown

    def share(self, year: int | None = None) -> Share:
        """Return its split in *year*; without it the current one, else the nearest."""
        return share_of(self, year)

    @cached_property
    def assumed(self) -> WhatIf | None:
        """What is reckoned with in place of its index: never for a year that is invoiced."""
        if self.what_if is None:
            return None
        paid = (each for each in self.agreement.log if isinstance(each, InvoiceSent | Payment))
        first = max((each.period.last.year + 1 for each in paid), default=0)
        return self.what_if._replace(year=max(self.what_if.year, first))

    # -------------------------------------------------------------- the invoices
    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of `invoicing` of all terms; one that an amendment left as it was is one."""
        from iopctl.case import claims

        return claims.blocks(self)

    def blocks_of(self, account: Account) -> tuple[Block, ...]:
        """Return the blocks of one account, in their order."""
        return self._by_account.get(account, ())

    @cached_property
    def _by_account(self) -> dict[Account, tuple[Block, ...]]:
        found: dict[Account, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.account, []).append(block)
        return {account: tuple(blocks) for account, blocks in found.items()}

    def party(self, handle: str) -> Party:
        """Return a party as the last terms that name it have it."""
        return next(each.parties[handle] for each in reversed(self.terms) if handle in each.parties)

    def latest_block(self, account: Account) -> Block | None:
        """Return the block of an account that has begun last by the case's day."""
        return self._latest.get(account)

    @cached_property
    def _latest(self) -> dict[Account, Block]:
        begun = (each for each in self.blocks if each.first <= self.as_of)
        return {each.account: each for each in sorted(begun, key=lambda each: each.first)}

    def on(self, day: date) -> Case:
        """Return it as *day* sees it, by what the log has up to then."""
        log = tuple(each for each in self.agreement.log if each.date.first <= day)
        return replace(self, agreement=self.agreement.model_copy(update={"log": log}), as_of=day)

    @cached_property
    def disputed(self) -> frozenset[Path]:
        """Where blocks of `invoicing` stand that ask for the same money on the same days."""
        from iopctl.case import claims

        return frozenset(each.path() for pair in claims.overlaps(self) for each in pair)

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """How each row that is asked for is divided over the bills, in the figures' order."""
        from iopctl.case import division

        return division.divisions(self)

    @cached_property
    def asked(self) -> tuple[Bill, ...]:
        """What the budget has to be billed, by the day that it is due, whatever the log has."""
        from iopctl.case import billing

        return billing.asked(self)

    @cached_property
    def coming(self) -> tuple[Bill, ...]:
        """The bills of the days after the decided ones, of an agreement that goes on by itself."""
        from iopctl.case import coming

        return coming.coming(self)

    @cached_property
    def ledger(self) -> Ledger:
        """The invoices, credits and payments of the log: all that are written, of any date."""
        from iopctl.case import ledger

        return ledger.ledger(self)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """What each account is asked for beside what the log has of it."""
        from iopctl.case import coverage

        return coverage.balances(self)

    @cached_property
    def bills(self) -> tuple[Bill, ...]:
        """The bills by the day that they are due, closed and open, those that add to others too."""
        from iopctl.case import billing

        return billing.in_order(bill for each in self.balances for bill in each.bills)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where the log has other amounts for days than the budget now gives for them."""
        return tuple(found for each in self.balances for found in each.differences)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the invoices of each block that may bill yet need and lack, whoever excuses it."""
        from iopctl.case import needs

        billed = (block for block in self.blocks if self.may_bill(block.last))
        return tuple(each for block in billed for each in needs.needs(self, block))

    def may_bill(self, last: date) -> bool:
        """Whether days up to *last* may be billed yet: nobody asks for more a year after them."""
        until = min(last, self.reach.end or date.max)
        return until >= add_months(self.as_of, -LAST_MONTHS)


def _by_row(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda each: (each.terms.first or date.min, each.row)))
