"""One thing that an invoice needs: its rule, and the block of invoicing that is looked at."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.claims import Block
from iopctl.case.exceptions import excepted
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.dates import Period
    from iopctl.model import Invoicing, Party, Terms
    from iopctl.model.parties import Address
    from iopctl.source import Path


class Medium(IntEnum):
    """How an invoice reaches its buyer; each needs what those before it need, and more."""

    TEXT = 1
    PAGE = 2
    PEPPOL = 3


class RuleName(NamedTuple):
    """The code and the name of a rule, by either of which an exception may call it."""

    code: str
    name: str


SCHEME: Final = RuleName("IOP108", "peppol-scheme-unknown")
REFERENCE: Final = RuleName("IOP401", "reference-missing")
MARKING: Final = RuleName("IOP402", "marking-missing")
LABEL: Final = RuleName("IOP403", "label-missing")
RECIPIENT: Final = RuleName("IOP404", "recipient-missing")
ADDRESS: Final = RuleName("IOP405", "address-incomplete")
INTERVAL: Final = RuleName("IOP406", "interval-not-stated")
PATTERN: Final = RuleName("IOP407", "reference-off-pattern")
NOTE_LENGTH: Final = RuleName("IOP408", "note-too-long")
CHARACTER: Final = RuleName("IOP409", "note-character")
ACCOUNT: Final = RuleName("IOP410", "account-missing")
PEPPOL_ID: Final = RuleName("IOP411", "peppol-id-missing")
PAYMENT_DAYS: Final = RuleName("IOP412", "payment-days-missing")
VAT: Final = RuleName("IOP413", "vat-incomplete")
UNNAMED: Final = RuleName("IOP414", "party-unnamed")
NUMBER: Final = RuleName("IOP415", "org-number-missing")
COUNTRY: Final = RuleName("IOP416", "country-unknown")
ABROAD: Final = RuleName("IOP417", "seller-abroad")
VAT_REASON: Final = RuleName("IOP418", "vat-reason-unused")


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an invoice needs, and the rule that tells it at *path*.

    *field* is where people fill it in, *what* belongs there, *source* who asks for it. *medium* is
    the first that can't do without; None is none, so that it stops nothing. An exception excuses
    it, but from *strict* on, where the law or a fatal rule asks. *told* is whether `check` tells
    it before anyone makes the invoice. *values* are for the rule's message.
    """

    rule: RuleName
    path: Path
    field: str
    what: str
    source: str
    medium: Medium | None = None
    strict: Medium | None = None
    told: bool = True
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The field, and what belongs there."""
        return f"{self.field} ({self.what})"

    def stops(self, case: Case, medium: Medium) -> bool:
        """Whether no invoice can go through *medium* for want of it."""
        if self.medium is None or medium < self.medium:
            return False
        is_strict = self.strict is not None and self.strict <= medium
        return is_strict or not excepted(case, self.rule, self.path)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A block of invoicing under the terms of a day, and the days that its note names."""

    terms: Terms
    index: int
    period: Period | None

    @classmethod
    def of(cls, asked: Block | Bill) -> LookedAt:
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
