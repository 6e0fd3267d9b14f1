"""Whether a bill can be invoiced: what it needs, what speaks against it, what is done already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from iopctl.case.exceptions import excepted
from iopctl.case.needs import stopping
from iopctl.language import tr
from iopctl.model.scalars import MOST_KRONOR
from iopctl.money import kronor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.needs.need import Medium, Need


BillStage = Literal["ready", "not ready", "invoiced", "settled", "to pay", "paid"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a bill and its invoice: needs to fill, and what no field can mend."""

    bill: Bill
    needs: tuple[Need, ...]
    against: tuple[str, ...]

    @property
    def state(self) -> BillStage:
        """Whether it is done already, and if not, whether it can be."""
        if self.bill.invoiced:
            return "invoiced" if self.bill.invoiced.number else "paid"
        if self.bill.settled:
            return "settled"
        if self.bill.invoicing.method == "payout":
            return "to pay"
        return "not ready" if self.reasons else "ready"

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields to fill in, each with what belongs there."""
        return tuple(each.text for each in self.needs)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Everything that is missing or speaks against it."""
        return (*self.against, *self.lacks)


def readiness(case: Case, bill: Bill, medium: Medium) -> Readiness:
    """Return whether *bill* can be invoiced through *medium*."""
    return Readiness(bill, stopping(case, bill, medium), tuple(_against(case, bill)))


def _against(case: Case, bill: Bill) -> Iterator[str]:
    if case.agreement.status == "draft":
        yield tr("the agreement is a draft")
    if bill.invoiced:
        event = bill.invoiced
        yield tr(
            "invoiced for {period} by {number} of {day}",
            period=event.period.text,
            number=event.called,
            day=event.date.text,
        )
    if bill.doubt:
        yield tr(
            "it may be invoiced for {period} by {number} of {day}, which does not say whose it "
            "is: write its buyer and board",
            period=bill.doubt.period.text,
            number=bill.doubt.called,
            day=bill.doubt.date.text,
        )
    if bill.amount is None:
        yield from dict.fromkeys(
            f"{part.figure.contribution.described}: {part.reason}"
            for part in bill.parts
            if part.amount is None
        )
    elif not bill.amount:
        yield tr("the amount is 0 kr")
    elif bill.amount > MOST_KRONOR:
        yield tr(
            "the amount of {amount} kr is more than the log can have: invoice it in parts",
            amount=kronor(bill.amount),
        )
    elif (
        bill.budget is not None
        and bill.amount != bill.budget
        and not _stands_by_instalments(case, bill)
    ):
        yield tr(
            "the instalment of {amount} kr is not the budget's {budget} kr",
            amount=kronor(bill.amount),
            budget=kronor(bill.budget),
        )
    if bill.path in case.disputed:
        yield tr("another block of invoicing asks for the same rows on the same days")


def _stands_by_instalments(case: Case, bill: Bill) -> bool:
    return any(
        excepted(
            case, ("IOP205", "instalments-differ"), (*bill.path, "instalments", number, "amount")
        )
        for number in (bill.ask.number, 0)
    )


class Item(NamedTuple):
    """A bill of an agreement, and whether its invoice can be made."""

    case: Case
    readiness: Readiness

    @property
    def bill(self) -> Bill:
        """The bill."""
        return self.readiness.bill
