"""Which VAT an invoice states, and what a category needs (EN 16931: O, E or S)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from iopctl.money import ORE, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model import Invoicing, Party

RATES: Final = (Decimal(6), Decimal(12), Decimal(25))  # mervärdesskattelagen (2023:200), 9 kap.
OUTSIDE: Final = "Ej momspliktigt: utanför mervärdesskattens tillämpningsområde"


def category(invoicing: Invoicing) -> str:
    """Return O (outside VAT) unless the agreement says E (exempt) or S (taxed)."""
    return invoicing.vat or "O"


def tax(net: Decimal, invoicing: Invoicing) -> Decimal:
    """Return the VAT on *net* kronor, to the öre; 0 unless it is taxed."""
    if category(invoicing) != "S" or invoicing.vat_percent is None:
        return Decimal(0)
    return rounded(Fraction(net) * Fraction(invoicing.vat_percent) / 100, ORE)


def reason(invoicing: Invoicing) -> str | None:
    """Return why there is no VAT; None where there is, or where E lacks its reason."""
    return OUTSIDE if category(invoicing) == "O" else invoicing.vat_reason


def lacking(invoicing: Invoicing, seller: Party) -> Iterator[str]:
    """Yield what the invoice's category needs and the agreement does not give, by its fields."""
    match category(invoicing):
        case "S":
            if invoicing.vat_percent not in RATES:
                yield "vat_percent: 6, 12 or 25"
            if not seller.vat_number:
                yield "the seller's vat_number"
        case "E":
            if not invoicing.vat_reason:
                yield "vat_reason"
            if not (seller.vat_number or seller.f_tax):
                yield "the seller's vat_number or f_tax"
        case _:
            if invoicing.vat_percent:
                yield "no vat_percent"
