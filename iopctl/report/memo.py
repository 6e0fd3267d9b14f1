"""What a committee is told of one partnership: that it goes on, for whom, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopctl.economy import split
from iopctl.model.log import Decision, Event, Meeting, Report
from iopctl.report.partnership import Partnership

if TYPE_CHECKING:
    from iopctl.config import Config
    from iopctl.economy.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Memo:
    """One partnership on the day of the memo."""

    partnership: Partnership
    config: Config

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on it, oldest first."""
        return tuple(each for _, each in self.partnership.standing.happened(Decision))

    @property
    def latest(self) -> Meeting | Report | None:
        """The last meeting or report that tells how it goes."""
        for _, each in reversed(self.partnership.standing.happened(Event)):
            if isinstance(each, Meeting | Report) and (each.outcome or each.text):
                return each
        return None


def memo(sheet: Sheet, year: int | None, config: Config) -> Memo:
    """Return the memo on an agreement, with the money of *year*.

    Without it, of the current year, else of the last decided one.
    """
    found = year or split.share(sheet).year or sheet.standing.as_of.year
    return Memo(Partnership(sheet, found), config)
