"""An invoice or credit note as Peppol BIS Billing 3.0: UBL 2.1, as EN 16931 and Peppol rule it.

What an element may hold, and when it must be there, is told by the rule that is named beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from iopctl.invoices.invoice import Invoice, InvoiceLine
    from iopctl.model import Party
    from iopctl.model.parties import Address

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd"
_CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_ORGANISATION: Final = "0007"  # Swedish organisation numbers, in ISO 6523
_PLACE: Final = "0088"  # GLN
_LUMP_SUM: Final = "LS"  # UN/ECE recommendation 20
_LINE: Final = {
    False: ("InvoiceLine", "InvoicedQuantity"),
    True: ("CreditNoteLine", "CreditedQuantity"),
}
# ElementTree writes what XML 1.0 has no place for without a word.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(NamedTuple):
    """An element to be: text or elements in it; None among those is left out."""

    tag: str
    content: str | list[Node]
    attributes: dict[str, str]


def xml(invoice: Invoice) -> bytes:
    """Write *invoice*, which must be ready for it, as UTF-8; the same invoice as the same bytes.

    Raises:
        UserError: a text holds a character that XML has no place for.
    """
    kind = "CreditNote" if invoice.credits else "Invoice"
    namespaces = {
        "xmlns": f"{_UBL}:{kind}-2",
        "xmlns:cac": f"{_UBL}:CommonAggregateComponents-2",
        "xmlns:cbc": f"{_UBL}:CommonBasicComponents-2",
    }
    root = _element(Node(kind, _present(_document(invoice)), namespaces))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _element(node: Node) -> ET.Element:
    element = ET.Element(node.tag, node.attributes)
    if isinstance(node.content, str):
        element.text = node.content
    else:
        element.extend(map(_element, node.content))
    return element


def _text(tag: str, text: str | None, **attributes: str) -> Node | None:
    """Return an element of *text*; None where there is none, since none may be empty (R008)."""
    if text and (found := _NO_XML.search(text)):
        raise UserError(
            tr(
                "XML has no place for U+{ord:04X}, in '{text}': write it without",
                ord=ord(found[0]),
                text=text,
            )
        )
    text = (text or "").strip()
    return Node(f"cbc:{tag}", text, attributes) if text else None


def _group(tag: str, *content: Node | None) -> Node | None:
    found = _present(content)
    return Node(f"cac:{tag}", found, {}) if found else None


def _present(nodes: Iterable[Node | None]) -> list[Node]:
    return [node for node in nodes if node]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _amount(tag: str, amount: Decimal) -> Node | None:
    return _text(tag, f"{amount:.2f}", currencyID="SEK")  # BR-DEC-*: two decimals at most


# ------------------------------------------------------------------ the document
def _document(invoice: Invoice) -> list[Node | None]:
    """Return what stands in the root, in the order of UBL's schema."""
    issue, own, credited = invoice.issue, invoice.invoicing, invoice.credits
    if issue is None:
        raise ValueError("an invoice without number and date can't be written")
    return [
        _text("CustomizationID", _CUSTOMIZATION),  # R004
        _text("ProfileID", _PROFILE),  # R007
        _text("ID", issue.number),
        _text("IssueDate", _day(issue.date)),
        None if credited else _text("DueDate", _day(invoice.due)),
        # P0100, P0101
        _text("CreditNoteTypeCode", "381") if credited else _text("InvoiceTypeCode", "380"),
        _text("Note", invoice.note),  # R002: at most one
        _text("DocumentCurrencyCode", "SEK"),
        _text("AccountingCost", own.marking),
        _text("BuyerReference", own.reference),  # R003: this or an order
        _period(invoice),
        _group("OrderReference", _text("ID", own.order_reference)),
        _billing_reference(invoice),
        _group("ContractDocumentReference", _text("ID", own.contract_reference)),
        _group("AccountingSupplierParty", _seller(invoice)),
        _group("AccountingCustomerParty", _buyer(invoice)),
        None if credited else _payment_means(invoice),
        None if credited else _group("PaymentTerms", _text("Note", _terms(own.payment_days))),
        _tax_total(invoice),
        _totals(invoice),
        *(_line(invoice, number, each) for number, each in enumerate(invoice.lines, 1)),
    ]


def _period(invoice: Invoice) -> Node | None:
    first, last = invoice.period[:2]
    return _group("InvoicePeriod", _text("StartDate", _day(first)), _text("EndDate", _day(last)))


def _billing_reference(invoice: Invoice) -> Node | None:
    """Return which invoice is credited or added to; its date only where it is known to the day."""
    credited = invoice.credits or invoice.adds_to
    if credited is None:
        return None
    first, last = credited.date[:2]
    number, issued = _text("ID", credited.number), _text("IssueDate", _day(first))
    known = issued if first == last else None
    return _group("BillingReference", _group("InvoiceDocumentReference", number, known))


# ------------------------------------------------------------------ the parties
def _seller(invoice: Invoice) -> Node | None:
    party = invoice.seller
    return _group(
        "Party",
        _endpoint(invoice.seller_peppol_id),  # R020
        _identification(party.gln),
        _address(party.address),
        _vat_number(invoice, party),
        # SE-R-005: these very words
        _tax_scheme("Godkänd för F-skatt", "TAX") if party.f_tax else None,
        _legal_entity(party),  # BR-CO-26, SE-R-003
    )


def _buyer(invoice: Invoice) -> Node | None:
    return _group(
        "Party",
        _endpoint(invoice.peppol_id),  # R010
        _identification(invoice.gln),
        _address(invoice.address),
        _vat_number(invoice, invoice.buyer),
        _legal_entity(invoice.buyer),
    )


def _endpoint(peppol_id: str | None) -> Node | None:
    scheme, _, number = (peppol_id or "").partition(":")
    return _text("EndpointID", number, schemeID=scheme)


def _identification(gln: str | None) -> Node | None:
    return _group("PartyIdentification", _text("ID", gln, schemeID=_PLACE))


def _address(address: Address | None) -> Node | None:
    """Return an address of three lines at most; the country alone is required (BR-09, BR-11)."""
    country = address.country if address else "SE"
    lines = address.lines if address else ()
    return _group(
        "PostalAddress",
        _text("StreetName", ", ".join(lines[:1])),
        _text("AdditionalStreetName", ", ".join(lines[1:2])),
        _text("CityName", address.city if address else None),
        _text("PostalZone", address.postal_code if address else None),
        _group("AddressLine", _text("Line", ", ".join(lines[2:]))),
        _group("Country", _text("IdentificationCode", country)),
    )


def _vat_number(invoice: Invoice, party: Party) -> Node | None:
    """Return a VAT number, which what is outside VAT must not state (BR-O-02)."""
    if invoice.vat_category == "O" or not party.vat_number:
        return None
    return _tax_scheme(party.vat_number, "VAT")


def _tax_scheme(company: str, scheme: str) -> Node | None:
    return _group("PartyTaxScheme", _text("CompanyID", company), _scheme(scheme))


def _scheme(name: str = "VAT") -> Node | None:
    return _group("TaxScheme", _text("ID", name))


def _legal_entity(party: Party) -> Node | None:
    number = (party.org_number or "").replace("-", "")
    return _group(
        "PartyLegalEntity",
        _text("RegistrationName", party.name),
        _text("CompanyID", number, schemeID=_ORGANISATION),
    )


# ------------------------------------------------------------------ payment and sums
def _payment_means(invoice: Invoice) -> Node | None:
    """Return where to pay; a giro number has its scheme as the bank (SE-R-007 to SE-R-011)."""
    seller = invoice.seller
    giro = seller.bankgiro or seller.plusgiro
    bank = "SE:BANKGIRO" if seller.bankgiro else "SE:PLUSGIRO" if seller.plusgiro else None
    number = giro.replace("-", "") if giro else seller.iban
    return _group(
        "PaymentMeans",
        _text("PaymentMeansCode", "30"),  # credit transfer
        _text("PaymentID", invoice.payment_reference),
        _group(
            "PayeeFinancialAccount",
            _text("ID", number),
            _group("FinancialInstitutionBranch", _text("ID", bank)),
        ),
    )


def _terms(days: int | None) -> str | None:
    return None if days is None else f"{days} dagar netto"


def _tax_total(invoice: Invoice) -> Node | None:
    return _group(
        "TaxTotal",
        _amount("TaxAmount", invoice.tax),
        _group(
            "TaxSubtotal",
            _amount("TaxableAmount", invoice.net),
            _amount("TaxAmount", invoice.tax),
            _category(invoice, "TaxCategory", with_reason=True),
        ),
    )


def _category(invoice: Invoice, tag: str, *, with_reason: bool) -> Node | None:
    """Return the VAT category: O has no percent (BR-O-05), E has 0 (BR-E-05)."""
    own = invoice.invoicing
    percent = {"O": None, "E": "0"}.get(invoice.vat_category, f"{own.vat_percent}")
    code = "VATEX-EU-O" if invoice.vat_category == "O" else None
    return _group(
        tag,
        _text("ID", invoice.vat_category),
        _text("Percent", percent),
        _text("TaxExemptionReasonCode", code) if with_reason else None,
        _text("TaxExemptionReason", invoice.vat_reason) if with_reason else None,
        _scheme(),
    )


def _totals(invoice: Invoice) -> Node | None:
    return _group(
        "LegalMonetaryTotal",
        _amount("LineExtensionAmount", invoice.net),
        _amount("TaxExclusiveAmount", invoice.net),
        _amount("TaxInclusiveAmount", invoice.payable),
        _amount("PayableAmount", invoice.payable),
    )


def _line(invoice: Invoice, number: int, line: InvoiceLine) -> Node | None:
    """Return a row: what the buyer knows the invoice by as its name, the row as its description."""
    tag, quantity = _LINE[invoice.credits is not None]
    return _group(
        tag,
        _text("ID", str(number)),
        _text(quantity, "1", unitCode=_LUMP_SUM),
        _amount("LineExtensionAmount", line.amount),
        _group(
            "Item",
            _text("Description", ", ".join(part for part in (line.text, line.quantity) if part)),
            _text("Name", invoice.subject),
            _category(invoice, "ClassifiedTaxCategory", with_reason=False),
        ),
        _group("Price", _amount("PriceAmount", line.amount)),  # R120: quantity × price
    )
