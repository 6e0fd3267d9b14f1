"""What the parties did in a year, against what they promised: duties, outcomes and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from iopctl.dates import Period
from iopctl.deadlines import follow_up
from iopctl.invoicing import billing
from iopctl.model.log import Meeting

if TYPE_CHECKING:
    from decimal import Decimal

    from iopctl.deadlines.follow_up import Quota
    from iopctl.invoicing.billing import Bill
    from iopctl.model.follow_up import Volume
    from iopctl.model.log import InvoiceSent
    from iopctl.report.partnership import Partnership

State = Literal["done", "settled", "ahead", "missed"]


class Outcome(NamedTuple):
    """A number that was reported, and the targets with its unit; either may be missing."""

    unit: str
    targets: tuple[Volume, ...]
    number: Decimal | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Annual:
    """A partnership's year, for the report from the non-profit to the committee."""

    partnership: Partnership
    meetings: Quota | None
    reports: Quota | None

    @property
    def held(self) -> tuple[Meeting, ...]:
        """The meetings of the year that the log has."""
        year = self.partnership.year
        meetings = self.partnership.standing.happened(Meeting)
        return tuple(each for _, each in meetings if each.date.first.year == year)

    def state(self, quota: Quota) -> State:
        """Return whether what the year asks for is done, was settled, is to come, or is missed."""
        standing = self.partnership.standing
        if not quota.left:
            return "done"
        if quota.due <= follow_up.settled_until(standing):
            return "settled"
        return "missed" if quota.due < standing.as_of else "ahead"

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every number that was reported on the year, then the targets that none was for."""
        targets: dict[str, list[Volume]] = {}
        for each in self.partnership.terms.volume:
            targets.setdefault(each.unit.casefold(), []).append(each)
        found = [
            Outcome(unit, tuple(targets.get(unit.casefold(), ())), number, event.period)
            for event in self.partnership.reports
            for unit, number in (event.outcome or {}).items()
        ]
        met = {each.unit.casefold() for each in found}
        missed = (each for unit, each in targets.items() if unit not in met)
        return (*found, *(Outcome(each[0].unit, tuple(each)) for each in missed))

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The invoices that the agreement asks for, for periods of the year."""
        year = Period.year(self.partnership.year)
        asked = billing.bills(self.partnership.sheet)
        return tuple(each for each in asked if year.overlap(each.period.first, each.period.last))

    @property
    def invoiced(self) -> tuple[InvoiceSent, ...]:
        """The invoices that the log has for periods of the year, but for those credited."""
        year = Period.year(self.partnership.year)
        sent = billing.sent(self.partnership.standing)
        return tuple(each for each in sent if year.overlap(each.period.first, each.period.last))

    @property
    def unasked(self) -> tuple[InvoiceSent, ...]:
        """Those of the logged invoices that no bill of the year is for."""
        paid = [bill.invoiced for bill in self.bills]
        return tuple(each for each in self.invoiced if each not in paid)


def annual(partnership: Partnership, report_due: tuple[int, int]) -> Annual:
    """Return a partnership's year; reports are due on *report_due* where it does not say."""
    standing, year = partnership.standing, partnership.year
    meetings = (each for each in follow_up.meetings(standing) if each.year == year)
    reports = (each for each in follow_up.reports(standing, report_due) if each.year == year)
    return Annual(partnership, next(meetings, None), next(reports, None))
