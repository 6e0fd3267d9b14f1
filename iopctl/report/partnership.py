"""What a committee is told of one partnership in one year: who, how many, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl import dates
from iopctl.deadlines.follow_up import reported
from iopctl.economy import split
from iopctl.economy.payers import boards, parts_by_board
from iopctl.model.log import Report
from iopctl.money import total
from iopctl.tables import UNKNOWN, ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.economy.figures import Figure
    from iopctl.economy.sheet import Sheet
    from iopctl.model import Agreement, Party, Terms
    from iopctl.model.follow_up import Deviation
    from iopctl.model.terms import Side
    from iopctl.validity.standing import Standing

Stage = Literal["current", "ended", "unknown"]
OTHERS: Final[tuple[Side, ...]] = ("funder", "mixed")


class Payer(NamedTuple):
    """A committee that pays: its percent of every public row if that is one figure, and kronor.

    *part* is unknown where the committees have not stated how they divide the cost.
    """

    board: str
    percent: Decimal | None
    part: Amount


@dataclass(frozen=True)  # without slots, which would leave no room for what is worked out once
class Partnership:
    """An agreement as a paper tells of it: its *year*, and the committee that the paper is for."""

    sheet: Sheet
    year: int
    board: str | None = None

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.sheet.agreement

    @property
    def standing(self) -> Standing:
        """Where it stands on the day of the paper."""
        return self.sheet.standing

    @property
    def terms(self) -> Terms:
        """The terms in force at the end of the year."""
        return self.standing.in_force(date(self.year, 12, 31))

    def parties(self, role: str) -> tuple[Party, ...]:
        """Return the parties with a role, in the file's order."""
        return tuple(each for each in self.terms.parties.values() if each.role == role)

    @property
    def stage(self) -> Stage:
        """Whether it ended in the year, or goes on on the day of the paper; both may be unknown."""
        reach = self.standing.reach
        if reach.end is None:
            return "current" if reach.is_open else "unknown"
        over = reach.end <= date(self.year, 12, 31) and reach.end < self.standing.as_of
        return "ended" if over else "current"

    @property
    def reports(self) -> tuple[Report, ...]:
        """What was reported on the year, in the order of the log."""
        return tuple(
            event
            for _, event in self.standing.happened(Report)
            if self.year in reported(event, self.standing)
        )

    @property
    def exceptions(self) -> tuple[Deviation, ...]:
        """The deviations that the parties stand by on the day of the paper."""
        today = self.standing.as_of
        return tuple(
            each for each in self.agreement.exceptions if each.until is None or today <= each.until
        )

    # -------------------------------------------------------------- the money
    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What is decided for the year, or for the whole period."""
        return tuple(each for each in self.sheet.decided if each.year in {self.year, None})

    @property
    def public(self) -> Amount:
        """What the public side gives in the year, whichever committees pay."""
        return self.share.public

    @property
    def civil(self) -> Amount:
        """What the civil side gives in the year."""
        return self.share.civil

    @property
    def others(self) -> Amount:
        """What funders give in the year, and what the two sides give jointly."""
        return sum(map(_in_year, self._of(OTHERS)), ZERO)

    @property
    def value(self) -> Amount:
        """What all give in the year; what is not divided by year is unknown in it."""
        return sum(map(_in_year, self.figures), ZERO)

    def undivided(self, *sides: Side) -> Decimal:
        """Return the kronor that these sides give for the whole period, in no year of it."""
        return total(each.amount or ZERO.known for each in self._of(sides) if each.year is None)

    def _of(self, sides: tuple[Side, ...]) -> Iterator[Figure]:
        return (each for each in self.figures if not sides or each.side in sides)

    @cached_property
    def share(self) -> split.Share:
        """The public side's share of the year."""
        return split.share(self.sheet, self.year)

    @property
    def stated(self) -> tuple[Decimal, Decimal] | None:
        """The value that the agreement states and what its rows add up to, where they differ."""
        economy = self.terms.economy
        stated = economy.stated and economy.stated.total
        amounts = [row.base_amount for row in economy.contributions]
        known = [each for each in amounts if each is not None]
        if not stated or len(known) < len(amounts) or total(known) == stated:
            return None
        return stated, total(known)

    # -------------------------------------------------------------- the committees
    @property
    def own_boards(self) -> frozenset[str]:
        """The committee that the paper is for, else those of the public parties."""
        if self.board:
            return frozenset((self.board,))
        return frozenset(each.board for each in self.parties("public") if each.board)

    @property
    def own_part(self) -> Amount:
        """What the paper's own committees pay of the year; unknown where no row says who pays."""
        return split.own_part(self.share, self.own_boards)

    @cached_property
    def payers(self) -> tuple[Payer, ...]:
        """The committees that pay the public rows, in the rows' order."""
        parts: dict[str, Amount] = {}
        for figure in self._paid:
            for name, part in parts_by_board(figure):
                parts[name] = parts.get(name, ZERO) + part
        percents = self._percents
        return tuple(Payer(name, percents.get(name), part) for name, part in parts.items())

    @property
    def _paid(self) -> Iterator[Figure]:
        return (each for each in self._of(("public",)) if each.amount != 0)

    @property
    def _percents(self) -> dict[str, Decimal | None]:
        """Each committee's percent, where all public rows are divided alike."""
        divisions = {boards(each.terms, each.row) for each in self._paid}
        return dict(divisions.pop()) if len(divisions) == 1 else {}


def _in_year(figure: Figure) -> Amount:
    return UNKNOWN if figure.year is None else figure.sum


def years(sheet: Sheet) -> frozenset[int]:
    """Return the years whose papers a partnership belongs in: those that have decided days.

    Where its days are unknown, the years that it has figures for, or has reported on.
    """
    decided = sheet.standing.decided
    if decided is not None:
        return frozenset(dates.years(decided.first, decided.last))
    given = sheet.standing.happened(Report)
    told = (year for _, event in given for year in reported(event, sheet.standing))
    return frozenset((*sheet.years, *told))
