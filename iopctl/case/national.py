"""What Peppol's national rules ask of a seller abroad, as far as an agreement can give it.

The rules of a country hold for a seller whose VAT number in the file, or else whose address, is
of that country. A seller's number is a Swedish one here, and its VAT number, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case import vat
from iopctl.countries import HOME
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model import Invoicing, Party
    from iopctl.model.parties import Address


class Demand(NamedTuple):
    """A field of the seller's address that a national rule asks for, and which rule it is."""

    field: str
    what: str
    rule: str


_ELSEWHERE: Final = marked("an e-invoice from {country} states {what}, which is not known here")
# Held against the address: whatever VAT number the file has.
_BY_ADDRESS: Final = {
    "DK": (marked("a CVR number"), "DK-R-014"),
    "IS": (marked("a kennitala"), "IS-R-002"),
    "NL": (marked("a KVK or OIN number"), "NL-R-003"),
}
# Held against the VAT number, where the file states one.
_BY_VAT_NUMBER: Final = {
    "GR": (marked("a MARK number"), "GR-R-004-1"),
    "NO": ("Foretaksregisteret", "NO-R-002"),
}
_ITALIAN: Final = (("lines", "IT-R-002"), ("city", "IT-R-003"), ("postal_code", "IT-R-004"))


def lacking(own: Invoicing, seller: Party, recipient: Address | None) -> Iterator[Demand]:
    """Yield what the rules of the seller's country ask for and an agreement does not give."""
    address = seller.address
    if address is None or address.country == HOME:
        return
    country = address.country
    states_vat_number = vat.category(own) != "O" and seller.vat_number
    demands = _BY_ADDRESS if states_vat_number else _BY_ADDRESS | _BY_VAT_NUMBER
    if found := demands.get(country):
        what = tr(_ELSEWHERE, country=country, what=tr(found[0]))
        yield Demand("country", what, found[1])
    if country == "DE" and recipient and recipient.country == "DE":
        what = tr("an e-invoice within DE states a person to ask, who is not known here")
        yield Demand("country", what, "DE-R-002")
    if country == "IT" and not states_vat_number:
        yield from _italian(seller, address)


def _italian(seller: Party, address: Address) -> Iterator[Demand]:
    for field, rule in _ITALIAN:
        if not getattr(address, field):
            yield Demand(field, tr("an e-invoice from IT states its {field}", field=field), rule)
    if seller.f_tax:
        what = tr("an e-invoice from IT states no F-skatt: take f_tax out")
        yield Demand("country", what, "IT-R-001")
