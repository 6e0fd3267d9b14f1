"""One agreement on a day under a configuration, and all that it comes to.

What only some ask for, as the bills, is loaded when it is: a budget needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from iopctl.case.dated import DatedAgreement
from iopctl.case.figures import figures, undated
from iopctl.case.share import share_of
from iopctl.dates import add_months
from iopctl.model.log import InvoiceSent, Payment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.case.billing import Bill
    from iopctl.case.claims import Account, Block
    from iopctl.case.coverage import Balance
    from iopctl.case.differences import Difference
    from iopctl.case.division import Division
    from iopctl.case.figure import Figure
    from iopctl.case.follow_up import Quota
    from iopctl.case.indexing import WhatIf
    from iopctl.case.ledger import Ledger
    from iopctl.case.needs.need import Need
    from iopctl.case.share import Share
    from iopctl.source import Path

LAST_MONTHS: Final = 12
"""For how many months after its days money may be asked for, so that its invoices are looked at."""


@dataclass(frozen=True, eq=False)
class Case(DatedAgreement):
    """What an agreement comes to on its day: kronor, what is promised, invoices, what they need.

    *what_if* is a percent to reckon with in place of the agreement's own index. Every listing,
    rule, paper and invoice asks the same case.
    """

    what_if: WhatIf | None = None

    # -------------------------------------------------------------- the follow-up
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

    def latest_block(self, account: Account) -> Block | None:
        """Return the block of an account that has begun last by the case's day."""
        return self._latest.get(account)

    @cached_property
    def _latest(self) -> dict[Account, Block]:
        begun = (each for each in self.blocks if each.first <= self.as_of)
        return {each.account: each for each in sorted(begun, key=lambda each: each.first)}

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
