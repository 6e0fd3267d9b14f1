"""The block of invoicing that is asked what it lacks, under the terms of one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopctl.case.claims import Block
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.dates import Period
    from iopctl.model import Invoicing, Party, Terms
    from iopctl.model.parties import Address
    from iopctl.source import Path


@dataclass(frozen=True, slots=True)
class DatedBlock:
    """A block of invoicing under the terms of a day, and the days that its note names."""

    terms: Terms
    index: int
    period: Period | None

    @classmethod
    def of(cls, asked: Block | Bill) -> DatedBlock:
        """Return what is looked at of a bill, or of a block by its last terms."""
        if isinstance(asked, Block):
            return cls(asked.terms[-1], asked.index, asked.decided)
        return cls(asked.terms, asked.block, asked.period)

    @property
    def own(self) -> Invoicing:
        """The block of invoicing."""
        return self.terms.invoicing[self.index]

    @property
    def seller(self) -> Party:
        """Who invoices."""
        return self.terms.parties[self.own.seller]

    @property
    def buyer(self) -> Party:
        """Who is invoiced."""
        return self.terms.parties[self.own.buyer]

    @property
    def address(self) -> Address | None:
        """Where the invoice goes."""
        return self.own.recipient or self.buyer.address

    @property
    def is_required(self) -> bool:
        """Whether the agreement asks for e-invoices."""
        return self.own.e_invoice == "required"

    def path(self, *below: str) -> Path:
        """Return a path of the block."""
        return self.terms.path("invoicing", self.index, *below)

    def field(self, *below: str) -> str:
        """Return a path of the block as people write it: without a number where it is alone."""
        return dotted(
            self.path(*below)
            if len(self.terms.invoicing) > 1
            else self.terms.path("invoicing", *below)
        )

    def of_party(self, handle: str, *below: str) -> Path:
        """Return a path of a party."""
        return self.terms.path("parties", handle, *below)

    def places(self) -> Iterator[tuple[Path, str, Address]]:
        """Yield the addresses that the invoice states, and where each stands."""
        if self.seller.address:
            path = self.of_party(self.own.seller, "address")
            yield path, dotted(path), self.seller.address
        if self.own.recipient:
            yield self.path("recipient"), self.field("recipient"), self.own.recipient
        elif self.buyer.address:
            path = self.of_party(self.own.buyer, "address")
            yield path, dotted(path), self.buyer.address
