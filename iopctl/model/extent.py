"""How much there is to work out in an agreement: what it asks for, row by row and bill by bill."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from iopctl.model.invoicing import PERIODS_A_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iopctl.model.economy import Contribution
    from iopctl.model.invoicing import Invoicing
    from iopctl.model.parties import Party


def invoiced(
    rows: Sequence[Contribution],
    parties: Mapping[str, Party],
    invoicing: Sequence[Invoicing],
    years: int,
) -> int:
    """Return how many parts of rows the bills of some *years* may have, at the most."""
    bills: dict[tuple[str, str | None], int] = defaultdict(int)
    for each in invoicing:
        bills[each.buyer, each.board] += _bills(each, years)
    return sum(bills.get(payer, 0) for row in rows for payer in _payers(row, parties))


def _bills(block: Invoicing, years: int) -> int:
    """Return how many bills a block may ask for in some years."""
    if block.start and block.end:
        years = min(years, block.end.last.year - block.start.first.year + 1)
    return len(block.instalments) or years * PERIODS_A_YEAR[block.interval or "yearly"]


def _payers(row: Contribution, parties: Mapping[str, Party]) -> Iterator[tuple[str, str | None]]:
    """Yield who may be billed for a row: each of its parties, for a committee or for none."""
    for handle in row.party:
        party = parties.get(handle)
        own = (party.payer or party.board,) if party else ()
        boards = own if row.board is None else (name for name, _ in row.board)
        yield from ((handle, board) for board in {*boards, None})
