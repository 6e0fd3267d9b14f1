"""How the money is asked for: who bills whom, when, and what the invoice must say."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.identifiers import Gln, PeppolId
from iopctl.model.parties import Address, Handle
from iopctl.model.scalars import Kronor, Name, PartialDate, PaymentDays, Percent, PeriodText, Text

Method = Literal["invoice", "payout"]
Interval = Literal["yearly", "half_yearly", "tertial", "quarterly", "monthly"]
PERIODS_A_YEAR: Mapping[Interval, int] = {
    "yearly": 1,
    "half_yearly": 2,
    "tertial": 3,
    "quarterly": 4,
    "monthly": 12,
}


class Instalment(Strict):
    """An amount without VAT that the agreement itself dates, for a period of its own.

    A date of which only the month or year is known is due by its last day.
    """

    date: PartialDate
    amount: Kronor
    period: PeriodText


class Invoicing(Strict):
    """One seller's invoices to one buyer, or what one pays out to the other without invoices."""

    seller: Handle
    buyer: Handle
    board: Name | None = None
    method: Method = "invoice"
    start: PartialDate | None = None
    end: PartialDate | None = None
    recipient: Address | None = None
    reference: Name | None = None
    marking: Name | None = None
    label: Name | None = None
    interval: Interval | None = None
    timing: Literal["advance", "arrears"] | None = None
    instalments: tuple[Instalment, ...] = ()
    payment_days: PaymentDays | None = None
    vat: Literal["O", "E", "S"] | None = None
    vat_percent: Percent | None = None
    vat_reason: Text | None = None
    e_invoice: Literal["required", "possible"] | None = None
    portal: Name | None = None
    order_reference: Name | None = None
    contract_reference: Name | None = None
    payment_reference: Name | None = None
    peppol_id: PeppolId | None = None
    gln: Gln | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end.last < self.start.first:
            raise refusal(
                "validity-reversed",
                tr(
                    "the end {end} is before the start {start}",
                    end=self.end.text,
                    start=self.start.text,
                ),
                tr("compare both dates with the agreement"),
                at=("end",),
            )
        return self


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


Invoicings = Annotated[tuple[Invoicing, ...], BeforeValidator(_as_list)]
