"""All partnerships of a committee in a year: current and ended apart, by area, with their sums."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, get_args

from iopctl.economy import split
from iopctl.economy.payers import boards_of
from iopctl.report.partnership import Partnership, Stage, years
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from iopctl.config import Config
    from iopctl.economy.sheet import Sheet
    from iopctl.economy.split import Share

KIND = "iop"


class Group(NamedTuple):
    """Partnerships that stand together in the overview; *area* is None where they have none."""

    stage: Stage
    area: str | None
    partnerships: tuple[Partnership, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The partnerships of a year, by title; *board* None is those of all committees."""

    year: int
    board: str | None
    as_of: date
    config: Config
    partnerships: tuple[Partnership, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The partnerships by stage, and within it by area; those without one come last."""
        ordered = sorted(self.partnerships, key=_place)
        found = groupby(ordered, key=lambda each: (each.stage, each.agreement.area))
        return tuple(Group(stage, area, tuple(each)) for (stage, area), each in found)

    def total(self, part: Callable[[Partnership], Amount]) -> Amount:
        """Return the sum of a *part* of each partnership."""
        return sum(map(part, self.partnerships), ZERO)

    @property
    def shares(self) -> tuple[Share, ...]:
        """The shares that are known."""
        shares = (each.share for each in self.partnerships)
        return tuple(each for each in shares if each.percent is not None)

    @property
    def share(self) -> Share | None:
        """The public side's share of the partnerships whose share is known, if any is."""
        return split.whole(self.shares)


def _place(each: Partnership) -> tuple[int, bool, str, str]:
    area = each.agreement.area
    order = get_args(Stage).index(each.stage)
    return order, area is None, in_order(area or ""), in_order(each.agreement.title)


def in_order(text: str) -> str:
    """Return *text* as Swedish sorts it: å, ä and ö after z."""
    return text.casefold().translate(_AFTER_Z)


_AFTER_Z = str.maketrans("åäö", "{|}")


def overview(
    given: Sequence[Sheet], year: int, board: str | None, as_of: date, config: Config
) -> Overview:
    """Return the overview of *year*; of *given*, only partnerships that a committee has a part in.

    *board* is one that decides or pays; None asks for all.
    """
    found = (Partnership(sheet, year, board) for sheet in of_board(given, board))
    ordered = sorted(
        (each for each in found if year in years(each.sheet)),
        key=lambda each: (in_order(each.agreement.title), each.agreement.id),
    )
    return Overview(year, board, as_of, config, tuple(ordered))


def of_board(given: Sequence[Sheet], board: str | None) -> Iterator[Sheet]:
    """Yield the partnerships that a committee decides or pays, all if none is named."""
    for sheet in given:
        if sheet.agreement.kind == KIND and (board is None or board in boards_of(sheet.standing)):
            yield sheet
