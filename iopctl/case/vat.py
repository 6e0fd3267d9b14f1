"""Which VAT an invoice states, and what a category needs (EN 16931: O, E or S)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl.language import marked
from iopctl.money import ORE, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model import Invoicing, Party

RATES: Final = (Decimal(6), Decimal(12), Decimal(25))  # mervärdesskattelagen (2023:200), 9 kap.
OUTSIDE: Final = "Ej momspliktigt: utanför mervärdesskattens tillämpningsområde"


class Lacking(NamedTuple):
    """A field that the category needs, in the invoicing or of the seller, and who says so."""

    of: Literal["invoicing", "seller"]
    field: str
    what: str
    source: str


def category(invoicing: Invoicing) -> str:
    """Return O (outside VAT) unless the agreement says E (exempt) or S (taxed)."""
    return invoicing.vat or "O"


def tax(net: Decimal, invoicing: Invoicing) -> Decimal:
    """Return the VAT on *net* kronor, to the öre; 0 unless it is taxed."""
    if category(invoicing) != "S" or invoicing.vat_percent is None:
        return Decimal(0)
    return rounded(Fraction(net) * Fraction(invoicing.vat_percent) / 100, ORE)


def reason(invoicing: Invoicing) -> str | None:
    """Return why there is no VAT; None where there is, or where E lacks its reason.

    What is outside VAT says so in words of ours, whatever reason the agreement has.
    """
    return {"O": OUTSIDE, "E": invoicing.vat_reason}.get(category(invoicing))


def lacking(invoicing: Invoicing, seller: Party) -> Iterator[Lacking]:
    """Yield what the invoice's category needs and the agreement does not give, by its fields.

    What a taxed invoice must state is in mervärdesskattelagen (2023:200), 17 kap. 24 §.
    """
    match category(invoicing):
        case "S":
            yield from _taxed(invoicing, seller)
        case "E":
            if not invoicing.vat_reason:
                yield Lacking("invoicing", "vat_reason", "vat_reason", "BR-E-10")
            if not (seller.vat_number or seller.f_tax):
                what = marked("the seller's vat_number or f_tax")
                yield Lacking("seller", "vat_number", what, "BR-E-02")
            if invoicing.vat_percent:
                yield Lacking("invoicing", "vat_percent", marked("no vat_percent"), "BR-E-05")
        case _:
            if invoicing.vat_percent:
                yield Lacking("invoicing", "vat_percent", marked("no vat_percent"), "BR-O-05")


def _taxed(invoicing: Invoicing, seller: Party) -> Iterator[Lacking]:
    law = "ML 17 kap. 24 §"
    if invoicing.vat_percent not in RATES:
        yield Lacking("invoicing", "vat_percent", marked("vat_percent: 6, 12 or 25"), law)
    if not seller.vat_number:
        yield Lacking("seller", "vat_number", marked("the seller's vat_number"), law)
    if not seller.address or seller.address.lacking:
        what = marked("the seller's address, with postal_code and city")
        yield Lacking("seller", "address", what, law)
    if invoicing.vat_reason:
        yield Lacking("invoicing", "vat_reason", marked("no vat_reason"), "BR-S-10")
