"""Which blocks of an agreement are in force when, and the days that it is decided to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from iopctl.dates import ONE_DAY
from iopctl.model.log import Amendment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from iopctl.model.agreement import Agreement
    from iopctl.model.economy import Economy
    from iopctl.model.follow_up import FollowUp, Volume
    from iopctl.model.invoicing import Invoicing
    from iopctl.model.parties import Party
    from iopctl.model.validity import Validity
    from iopctl.source import Path

Block = Literal["parties", "validity", "economy", "invoicing", "follow_up", "volume"]
Side = Literal["public", "civil", "funder", "mixed"]
BLOCKS: tuple[Block, ...] = ("parties", "validity", "economy", "invoicing", "follow_up", "volume")


class Terms(NamedTuple):
    """The blocks in force from *first* to *last*, both included; None is without bound."""

    agreement: Agreement
    first: date | None
    last: date | None
    parties: Mapping[str, Party]
    validity: Validity | None
    economy: Economy
    invoicing: tuple[Invoicing, ...]
    follow_up: FollowUp | None
    volume: tuple[Volume, ...]
    stands_at: Mapping[Block, Path]
    since: Mapping[Block, date | None]

    def path(self, block: Block, *below: str | int) -> Path:
        """Return where a part of *block* is written: at the top, or in an event of the log."""
        return (*self.stands_at[block], *below)

    @property
    def base_year(self) -> int | None:
        """The year whose prices amounts are in: stated, or the year that this economy starts."""
        if self.economy.base_year is not None:
            return self.economy.base_year
        start = self.since["economy"] or (self.validity and self.validity.first)
        return start.year if start else None

    def form(self, row: int) -> Literal["cash", "in_kind"]:
        """Return whether a row is paid or put in: as it says, else by the side of its party."""
        contribution = self.economy.contributions[row]
        if contribution.form:
            return contribution.form
        return "in_kind" if self.side(row) == "civil" else "cash"

    def side(self, row: int) -> Side:
        """Return the role of a row's parties; `mixed` where they do not share one."""
        parties = self.economy.contributions[row].party
        if len(parties) == 1:  # as in nearly every row
            return self.parties[parties[0]].role
        roles = {self.parties[each].role for each in parties}
        return roles.pop() if len(roles) == 1 else "mixed"


def terms(agreement: Agreement, as_of: date) -> tuple[Terms, ...]:
    """Return the terms in the order of their days, by what had happened on *as_of*.

    The first have no first day and the last no last one: the validity says when the agreement
    holds. An amendment rules from its `effective` day; of two for one day, the later logged.
    """
    whole: Terms = Terms(
        agreement=agreement,
        first=None,
        last=None,
        **{block: getattr(agreement, block) for block in BLOCKS},
        stands_at={block: (block,) for block in BLOCKS},
        since=dict.fromkeys(BLOCKS),
    )
    result = [whole]
    amendments = [
        (event.effective, index, event)
        for index, event in enumerate(agreement.log)
        if isinstance(event, Amendment) and event.date.first <= as_of
    ]
    for effective, index, event in sorted(amendments, key=lambda found: found[:2]):
        before = result[-1]
        changed = {
            block: new for block in BLOCKS if (new := getattr(event.terms, block)) is not None
        }
        places = {block: ("log", index, "terms", block) for block in changed}
        after = before._replace(
            first=effective,
            stands_at={**before.stands_at, **places},
            since={**before.since, **dict.fromkeys(changed, effective)},
            **changed,
        )
        if before.first == effective:
            result[-1] = after
        else:
            result[-1] = before._replace(last=effective - ONE_DAY)
            result.append(after)
    return tuple(result)
