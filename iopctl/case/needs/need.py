"""One thing that an invoice needs, and the rule that tells it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.exceptions import excepted
from iopctl.language import tr
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.case.case import Case
    from iopctl.case.needs.block import DatedBlock
    from iopctl.source import Path


BIS: Final = "Peppol BIS Billing 3.0"
"""The rules of a Peppol invoice, as sources name them."""


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


def organisation_number(asked: DatedBlock, role: str) -> Need:
    """Return the need of an organisation number: the buyer's for an e-invoice alone."""
    is_seller = role == "seller"
    handle = getattr(asked.own, role)
    return Need(
        NUMBER,
        asked.path(role),
        dotted(asked.of_party(handle, "org_number")),
        tr("the seller's number") if is_seller else tr("the buyer's number"),
        f"{BIS}, {'BR-CO-26' if is_seller else 'BT-47'}",
        Medium.PAGE if is_seller else Medium.PEPPOL,
        Medium.PEPPOL if is_seller else None,
        told=is_seller or asked.is_required,
        values={"party": asked.terms.parties[handle].called},
    )
