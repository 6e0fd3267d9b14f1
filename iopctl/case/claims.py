"""Who asks whom for a row of the economy: the blocks of `invoicing`, and the part each may bill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from iopctl import dates
from iopctl.case.payers import board_parts, boards, jointly
from iopctl.model.invoicing import PERIODS_A_YEAR
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.figures import Figure
    from iopctl.dates import Period
    from iopctl.model import Contribution, Invoicing, Party, Terms
    from iopctl.source import Path


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One block of `invoicing` under the *terms* that have it.

    It rules the days from *first* to *last*; *decided* are those of them that are decided, None
    where that is unknown or none is.
    """

    terms: tuple[Terms, ...]
    index: int
    first: date
    last: date
    decided: Period | None

    @property
    def invoicing(self) -> Invoicing:
        """The block itself."""
        return self.terms[0].invoicing[self.index]

    @property
    def seller(self) -> Party:
        """The party that bills."""
        return self.terms[-1].parties[self.invoicing.seller]

    @property
    def buyer(self) -> Party:
        """The party that pays."""
        return self.terms[-1].parties[self.invoicing.buyer]

    def path(self, *below: str | int) -> Path:
        """Return where a part of it is written."""
        return self.terms[0].path("invoicing", self.index, *below)

    def terms_on(self, day: date) -> Terms:
        """Return the terms that hold on *day*, or the first or last of the block's own."""
        begun = [each for each in self.terms if each.first is None or each.first <= day]
        return begun[-1] if begun else self.terms[0]

    def meets(self, other: Block) -> bool:
        """Whether the two rule a day in common."""
        return self.first <= other.last and other.first <= self.last

    def asks(self, days: Period) -> Iterator[Ask]:
        """Yield what the block asks for some of *days*: its instalments, else its periods."""
        if self.invoicing.instalments:
            yield from (each for each in self.instalments() if _meet(each.period, days))
        elif self.decided:
            parts = PERIODS_A_YEAR[self.invoicing.interval or "yearly"]
            for year in dates.years(days.first, days.last):
                for whole in dates.parts_of_year(year, parts):
                    period = whole.overlap(self.decided.first, self.decided.last)
                    if period and _meet(period, days):
                        yield Ask(self, period, self.due(period))

    def instalments(self) -> Iterator[Ask]:
        """Yield the instalments that the block dates while it rules and the agreement holds."""
        for each in self.invoicing.instalments:
            holds = self.decided is None or _meet(each.period, self.decided)
            if self.first <= each.date <= self.last and holds:
                yield Ask(self, each.period, each.date, each.amount)

    def due(self, period: Period) -> date:
        """Return the day to bill *period*: its first in advance, else its last."""
        return period.first if self.invoicing.timing == "advance" else period.last


class Ask(NamedTuple):
    """One invoice that a block asks for; *stated* is the amount of an instalment."""

    block: Block
    period: Period
    due: date
    stated: Decimal | None = None


class Part(NamedTuple):
    """What a row gives to a bill, in kronor; *amount* None is unknown, and *reason* says why."""

    figure: Figure
    amount: Decimal | None
    reason: str = ""


def blocks(case: Case) -> tuple[Block, ...]:
    """Return the blocks of all terms; one that an amendment left as it was is still one."""
    found = []
    for group in _by_invoicing(case):
        first, last = group[0].first or date.min, group[-1].last or date.max
        for index, each in enumerate(group[0].invoicing):
            begin = max(first, each.start.first) if each.start else first
            end = min(last, each.end.last) if each.end else last
            decided = case.days and case.days.overlap(begin, end)
            found.append(Block(group, index, begin, end, decided))
    return tuple(found)


def _by_invoicing(case: Case) -> list[tuple[Terms, ...]]:
    groups: list[tuple[Terms, ...]] = []
    for each in case.terms:
        if groups and groups[-1][0].stands_at["invoicing"] == each.stands_at["invoicing"]:
            groups[-1] = (*groups[-1], each)
        else:
            groups.append((each,))
    return groups


def overlaps(case: Case) -> Iterator[tuple[Block, Block]]:
    """Yield the blocks that ask for the same money on the same days, the earlier one first."""
    for one, other in combinations(case.blocks, 2):
        mine, theirs = one.invoicing, other.invoicing
        alike = (mine.seller, mine.buyer, mine.board) == (theirs.seller, theirs.buyer, theirs.board)
        if alike and one.meets(other):
            yield one, other


# ------------------------------------------------------------------ whose a row is
class Claim(NamedTuple):
    """A block's claim on a row; *committees* is whose money it asks for, empty for all of it.

    *unclear* says why nobody knows how much that is, empty where it is known.
    """

    block: Block
    committees: tuple[str, ...]
    unclear: str = ""

    def part(self, figure: Figure) -> Part:
        """Return what it asks for of the row's figure for a year."""
        if self.unclear:
            return Part(figure, None, self.unclear)
        if not self.committees or figure.amount is None:
            return Part(figure, figure.amount, figure.worth.reason)
        parts = dict(board_parts(figure))
        if not parts.keys() >= set(self.committees):
            return Part(figure, None, "how the committees divide it is not stated")
        return Part(figure, total(parts[name].known for name in self.committees))


def claims(terms: Terms, row: int, all_blocks: Sequence[Block]) -> Iterator[Claim]:
    """Yield each block's claim on a row: the buyer's money that is the seller's to ask for.

    A row goes to its receiver. Where no receiver bills, it goes to the only seller, or to the one
    that coordinates. What is joint and not divided is unknown, never divided evenly.
    """
    if terms.form(row) != "cash":
        return
    contribution = terms.economy.contributions[row]
    for block in all_blocks:
        if block.invoicing.buyer in contribution.party:
            buyer = block.invoicing.buyer
            near = [each for each in all_blocks if each.meets(block)]
            yield from _claim(terms, row, block, [n for n in near if n.invoicing.buyer == buyer])


def _claim(terms: Terms, row: int, block: Block, near: Sequence[Block]) -> Iterator[Claim]:
    contribution, own = terms.economy.contributions[row], block.invoicing
    sellers = _sellers(contribution, block, near)
    named = [name for name, _ in boards(terms, row)]
    others = {each.invoicing.board for each in near if each.invoicing.seller == own.seller}
    wanted = tuple(n for n in named if (n == own.board if own.board else n not in others))
    if own.seller not in sellers or not wanted:
        return
    unclear = ""
    if len(contribution.party) > 1:
        payers = jointly([terms.parties[each].called for each in contribution.party])
        unclear = f"it is from {payers}: how they divide it is not stated"
    elif len(sellers) > 1:
        unclear = f"{' and '.join(sorted(sellers))} both bill it: name a receiver"
    yield Claim(block, () if len(wanted) == len(named) else wanted, unclear)


def _sellers(row: Contribution, block: Block, near: Sequence[Block]) -> set[str]:
    """Return who may bill the row; several only where the agreement leaves it open."""
    sellers = {each.invoicing.seller for each in near}
    if named := sellers.intersection(row.receiver):
        return named
    parties = block.terms[-1].parties
    return {each for each in sellers if parties[each].coordinator} or sellers


def _meet(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last
