"""Who asks whom for a row of the economy: the blocks of `invoicing`, and the part each may bill."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from iopctl import dates
from iopctl.case.days import Days
from iopctl.case.payers import boards, jointly
from iopctl.dates import Period
from iopctl.language import both, tr
from iopctl.model.invoicing import PERIODS_A_YEAR
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model import Invoicing, Party, Terms
    from iopctl.source import Path
    from iopctl.tables import Amount


class Account(NamedTuple):
    """Who bills whom: the handles of seller and buyer, and the committee where one is named.

    It stays the same when its blocks are changed: another reference or interval is no other payer.
    """

    seller: str
    buyer: str
    board: str | None = None


@dataclass(frozen=True, eq=False)
class Block:
    """One block of `invoicing` under the *terms* that have it.

    It rules the days from *first* to *last*; *decided* are those of them that are decided, None
    where that is unknown or none is, and *held* the same without the days of gaps.
    """

    terms: tuple[Terms, ...]
    index: int
    first: date
    last: date
    decided: Period | None
    held: tuple[Period, ...] = ()

    @property
    def invoicing(self) -> Invoicing:
        """The block itself."""
        return self.terms[0].invoicing[self.index]

    @property
    def account(self) -> Account:
        """Whose bills it asks for, whatever the other blocks of the same payer say."""
        own = self.invoicing
        return Account(own.seller, own.buyer, own.board)

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

    def asks(self, days: Period) -> tuple[Ask, ...]:
        """Return what the block asks for some of *days*: its instalments, else its periods."""
        if self.invoicing.instalments:
            return self._instalments_for(days)
        if self.decided is None:
            return ()
        parts = PERIODS_A_YEAR[self.invoicing.interval or "yearly"]
        periods = (
            period
            for year in dates.years(days.first, days.last)
            for whole in dates.parts_of_year(year, parts)
            if (period := self._decided(whole))
        )
        return tuple(Ask(self, each, self.due(each)) for each in periods if _meet(each, days))

    def _decided(self, whole: Period) -> Period | None:
        """Return those of some days that are decided, from the first to the last of them."""
        parts = [part for each in self.held if (part := whole.overlap(each.first, each.last))]
        return Period.of(parts[0].first, parts[-1].last) if parts else None

    def _instalments_for(self, days: Period) -> tuple[Ask, ...]:
        """Return the instalments for *days*: those within their year, if these are for all of it.

        A year's money is not in what the agreement asks for the years together, where it also
        asks for that very year.
        """
        found = tuple(each for each in self.instalments if _meet(each.period, days))
        if days.first.year != days.last.year:
            same = tuple(each for each in found if each.period[:2] == days[:2])
            return same or found
        year = days.first.year
        near = tuple(e for e in found if e.period.first.year == e.period.last.year == year)
        return near if near and _cover(near, days) else found

    @cached_property
    def instalments(self) -> tuple[Ask, ...]:
        """The instalments that the block dates while it rules and the agreement holds."""
        return tuple(
            Ask(self, each.period, each.date.last, each.amount, number)
            for number, each in enumerate(self.invoicing.instalments)
            if each.date.overlap(self.first, self.last)
            and (self.decided is None or _meet(each.period, self.decided))
        )

    def due(self, period: Period) -> date:
        """Return the day to bill *period*: its first in advance, else its last."""
        return period.first if self.invoicing.timing == "advance" else period.last


class Ask(NamedTuple):
    """One invoice that a block asks for; *stated* is the amount of the instalment *number*."""

    block: Block
    period: Period
    due: date
    stated: Decimal | None = None
    number: int = 0


class Part(NamedTuple):
    """What a row gives to a bill, in kronor; *amount* None is unknown, and *reason* says why.

    *payers* are the committees whose money it is.
    """

    figure: Figure
    amount: Decimal | None
    reason: str = ""
    payers: tuple[str, ...] = ()

    def days(self, whole: Period) -> Period:
        """Return those days of a bill for the *whole* that it is for."""
        own = self.figure.days
        return (own and own.overlap(*whole[:2])) or whole


def blocks(case: Case) -> tuple[Block, ...]:
    """Return the blocks of all terms; one that an amendment left as it was is still one."""
    found = []
    for group in _by_invoicing(case):
        first, last = group[0].first or date.min, group[-1].last or date.max
        for index, each in enumerate(group[0].invoicing):
            begin = max(first, each.start.first) if each.start else first
            end = min(last, each.end.last) if each.end else last
            decided = case.days and case.days.overlap(begin, end)
            held = tuple(part for days in case.held if (part := days.overlap(begin, end)))
            found.append(Block(group, index, begin, end, decided, held))
    return tuple(found)


def _by_invoicing(case: Case) -> list[tuple[Terms, ...]]:
    groups: list[tuple[Terms, ...]] = []
    for each in case.terms:
        if groups and groups[-1][0].stands_at["invoicing"] == each.stands_at["invoicing"]:
            groups[-1] = (*groups[-1], each)
        else:
            groups.append((each,))
    return groups


def ruled(blocks: Iterable[Block]) -> tuple[Period, ...]:
    """Return the stretches of days that blocks rule, neighbouring ones as one."""
    found: list[tuple[date, date]] = []
    for first, last in sorted({(each.first, each.last) for each in blocks}):
        if found and (first <= found[-1][1] or first - dates.ONE_DAY == found[-1][1]):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(dates.Period.of(*each) for each in found)


def overlaps(case: Case) -> Iterator[tuple[Block, Block]]:
    """Yield each block that asks for money on days on which an earlier one does, and that one."""
    by_account: dict[Account, list[Block]] = {}
    for block in case.blocks:
        by_account.setdefault(block.account, []).append(block)
    for group in by_account.values():
        longest: Block | None = None
        for block in sorted(group, key=lambda each: each.first):
            if longest and block.first <= longest.last:
                yield longest, block
            if longest is None or block.last > longest.last:
                longest = block


# ------------------------------------------------------------------ whose a row is
class Claim(NamedTuple):
    """A block's claim on a row; *payers* is whose money it asks for, which *is_all* or a part.

    *unclear* says why nobody knows how much that is, empty where it is known.
    """

    block: Block
    payers: tuple[str, ...]
    is_all: bool
    unclear: str = ""

    @property
    def committees(self) -> tuple[str, ...]:
        """Whose part of the row it asks for; empty for all of it."""
        return () if self.is_all else self.payers

    def part(self, figure: Figure, by_board: Mapping[str, Amount]) -> Part:
        """Return what it asks for of the row's figure for a year, which *by_board* divides."""
        return Part(figure, *self._amount(figure, by_board), self.payers)

    def _amount(self, figure: Figure, by_board: Mapping[str, Amount]) -> tuple[Decimal | None, str]:
        if self.unclear:
            return None, self.unclear
        if self.is_all or figure.amount is None:
            return figure.amount, figure.worth.reason
        if not all(name in by_board for name in self.payers):
            return None, tr("how the committees divide it is not stated")
        return total(by_board[name].known for name in self.payers), ""


class Biller(NamedTuple):
    """Who bills a buyer, for one of its committees or for none, and whether it leads the others."""

    seller: str
    board: str | None
    leads: bool

    @classmethod
    def of(cls, block: Block) -> Biller:
        """Return who sends the bills of a block."""
        own = block.invoicing
        return cls(own.seller, own.board, bool(block.seller.coordinator))


class Near(NamedTuple):
    """Who else bills a buyer in the time of a block: all *sellers*, and their committees' blocks.

    *leading* are those that coordinate the others.
    """

    sellers: frozenset[str]
    leading: frozenset[str]
    boards: Mapping[str, frozenset[str | None]]

    @classmethod
    def of(cls, billers: Iterable[Biller]) -> Near:
        """Return what *billers* come to."""
        boards: dict[str, set[str | None]] = defaultdict(set)
        leading: set[str] = set()
        for each in billers:
            boards[each.seller].add(each.board)
            if each.leads:
                leading.add(each.seller)
        mine = {seller: frozenset(each) for seller, each in boards.items()}
        return cls(frozenset(boards), frozenset(leading), mine)

    def who(self, receiver: Sequence[str]) -> frozenset[str]:
        """Return who bills a row: its receivers, else those who coordinate, else, for none, all."""
        named = self.sellers.intersection(receiver) or self.leading
        return named if named or receiver else self.sellers


def neighbours(blocks: Sequence[Block]) -> dict[Block, Near]:
    """Return for each block those of its buyer that rule a day in common with it, itself too."""
    by_buyer: dict[str, list[Block]] = defaultdict(list)
    for each in blocks:
        by_buyer[each.invoicing.buyer].append(each)
    return {block: near for own in by_buyer.values() for block, near in _near(own)}


def _near(blocks: Sequence[Block]) -> Iterator[tuple[Block, Near]]:
    spans: dict[tuple[date, date], list[Block]] = defaultdict(list)
    alike: dict[Biller, list[Block]] = defaultdict(list)
    for each in blocks:
        spans[each.first, each.last].append(each)
        alike[Biller.of(each)].append(each)
    days = Days.of((span, biller) for biller, own in alike.items() for span in ruled(own))
    for first, last in sorted(spans):
        near = Near.of(days.meeting(Period.of(first, last)))
        yield from ((block, near) for block in spans[first, last])


class Neighbourhood:
    """Blocks and who else bills their buyers, to be asked for those of a row."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._near = neighbours(blocks)
        self._by_payer: dict[tuple[str, str | None], list[tuple[int, Block]]] = defaultdict(list)
        for place, block in enumerate(self._near):
            payer = (block.invoicing.buyer, block.invoicing.board)
            self._by_payer[payer].append((place, block))

    def of(self, parties: Iterable[str], boards: Iterable[str]) -> Iterator[tuple[Block, Near]]:
        """Yield the blocks that some parties pay, for one of some committees or for none."""
        payers = ((party, board) for party in set(parties) for board in {*boards, None})
        found = [each for payer in payers for each in self._by_payer.get(payer, ())]
        for _, block in sorted(found, key=lambda each: each[0]):
            yield block, self._near[block]


def claims(terms: Terms, row: int, near: Neighbourhood) -> Iterator[Claim]:
    """Yield each block's claim on a row: the buyer's money that is the seller's to ask for.

    A row goes to its receiver; where it names none, or none that bills, to the seller that
    coordinates; where it names none, to the only seller. What is joint and not divided is
    unknown, never divided evenly.
    """
    if terms.form(row) != "cash":
        return
    named = dict.fromkeys(name for name, _ in boards(terms, row))
    several = cache(_several)  # the sellers are the same for most blocks
    for block, others in near.of(terms.economy.contributions[row].party, named):
        sellers = others.who(terms.economy.contributions[row].receiver)
        if block.invoicing.seller in sellers:
            unclear = several(sellers) if len(sellers) > 1 else ""
            yield from _claim(
                terms, row, block, others.boards[block.invoicing.seller], named, unclear
            )


def _claim(
    terms: Terms,
    row: int,
    block: Block,
    others: frozenset[str | None],
    named: Mapping[str, None],
    unclear: str,
) -> Iterator[Claim]:
    """Yield what a block claims of the committees *named*, beside the blocks of *others*."""
    contribution, own = terms.economy.contributions[row], block.invoicing
    wanted = (own.board,) if own.board else tuple(name for name in named if name not in others)
    if not wanted:
        return
    if len(contribution.party) > 1:
        payers = jointly([terms.parties[each].called for each in contribution.party])
        unclear = tr("it is from {payers}: how they divide it is not stated", payers=payers)
    yield Claim(block, wanted, len(wanted) == len(named), unclear)


def _several(sellers: frozenset[str]) -> str:
    return tr("{sellers} both bill it: name a receiver", sellers=both(sorted(sellers)))


def paying_committees(case: Case, account: Account, days: Period) -> frozenset[str]:
    """Return whose money an account is asked for some days: its committee's, if it names one.

    Where it names none, it is that of the committees which no other block of the seller takes:
    on these days, else on any. None where that is not known.
    """
    if account.board:
        return frozenset((account.board,))
    own = [each for each in (*case.asked, *case.coming) if each.account == account]
    met = [each for each in own if each.period.overlap(*days[:2])]
    return frozenset(name for bill in met or own for part in bill.parts for name in part.payers)


def _cover(asks: Sequence[Ask], days: Period) -> bool:
    """Whether the periods of *asks* hold each of *days*."""
    reached = days.first
    for each in sorted(asks, key=lambda each: each.period.first):
        if each.period.first > reached:
            return False
        reached = max(reached, each.period.last + dates.ONE_DAY)
    return reached > days.last


def _meet(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last
