"""Which blocks of an agreement are in force when, and the days that it is decided to hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from iopctl.dates import ONE_DAY, Period
from iopctl.model.log import Amendment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.model.agreement import Agreement
    from iopctl.model.economy import Economy
    from iopctl.model.follow_up import FollowUp, Volume
    from iopctl.model.invoicing import Invoicing
    from iopctl.model.parties import Party
    from iopctl.model.validity import Validity
    from iopctl.source import Path

BlockName = Literal["parties", "validity", "economy", "invoicing", "follow_up", "volume"]
Side = Literal["public", "civil", "funder", "mixed"]
BLOCKS: tuple[BlockName, ...] = (
    "parties",
    "validity",
    "economy",
    "invoicing",
    "follow_up",
    "volume",
)


class Terms(NamedTuple):
    """The blocks in force from *first* to *last*, both included; None is without bound.

    *start* is the agreement's first day, as all of its terms have it; None where none knows it.
    """

    agreement: Agreement
    first: date | None
    last: date | None
    parties: Mapping[str, Party]
    validity: Validity | None
    economy: Economy
    invoicing: tuple[Invoicing, ...]
    follow_up: FollowUp | None
    volume: tuple[Volume, ...]
    stands_at: Mapping[BlockName, Path]
    since: Mapping[BlockName, date | None]
    start: date | None = None

    def path(self, block: BlockName, *below: str | int) -> Path:
        """Return where a part of *block* is written: at the top, or in an event of the log."""
        return (*self.stands_at[block], *below)

    def rules(self, days: Period) -> Period | None:
        """Return those of *days* on which these terms are in force, None if none is."""
        return days.overlap(self.first or date.min, self.last or date.max)

    @property
    def base_year(self) -> int | None:
        """The year whose prices amounts are in: stated, or the year that this economy starts."""
        if self.economy.base_year is not None:
            return self.economy.base_year
        since = self.since["economy"] or self.start
        return since.year if since else None

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

    def is_partly_public(self, row: int) -> bool:
        """Whether a public party gives a row jointly with others, and it is not said how much."""
        given = self.economy.contributions[row].party
        return self.side(row) == "mixed" and any(
            self.parties[each].role == "public" for each in given
        )


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
        changed = _changed(event, before)
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
    start = _start(result)
    return tuple(each._replace(start=start) for each in result)


def _changed(event: Amendment, before: Terms) -> dict[BlockName, Any]:
    """Return the blocks that an amendment puts in place of those *before*.

    A validity that tells no start keeps the one it had: to write a new end alone is to move it.
    """
    changed: dict[BlockName, Any] = {
        block: new for block in BLOCKS if (new := getattr(event.terms, block)) is not None
    }
    new, old = event.terms.validity, before.validity
    start = old.first if old else None
    if new and start and new.first is None:
        begun = (old and old.start) or Period.of(start, start)
        changed["validity"] = new.model_copy(update={"start": begun})
    return changed


def _start(given: Sequence[Terms]) -> date | None:
    """Return the first day that terms tell which rule it; those replaced before it never began."""
    firsts = ((each.validity and each.validity.first, each.last) for each in given)
    return next((day for day, last in firsts if day and (last is None or day <= last)), None)


def joined(given: Sequence[Terms], *blocks: BlockName) -> tuple[Terms, ...]:
    """Return the terms whose neighbours are one where these *blocks* are the same.

    What else they have is what it was when these blocks came into force.
    """
    result = [given[0]]
    for each in given[1:]:
        if all(each.stands_at[block] == result[-1].stands_at[block] for block in blocks):
            result[-1] = result[-1]._replace(last=each.last)
        else:
            result.append(each)
    return tuple(result)
