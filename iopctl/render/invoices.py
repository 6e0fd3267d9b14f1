"""An invoice in Swedish words and figures, as its templates have them, and filled into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.derivation import decimal, swedish
from iopctl.marking import in_full
from iopctl.money import NBSP
from iopctl.render.documents import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.invoice import Invoice
    from iopctl.model import Party
    from iopctl.model.parties import Address

TEMPLATE: Final = "invoice"
_E_INVOICE: Final = {"required": "krävs enligt överenskommelsen", "possible": "möjlig", None: ""}
_TIMING: Final = {"advance": "i förskott", "arrears": "i efterskott", None: "i efterskott"}
_ASSUMED: Final = {
    "interval": "en gång om året",
    "instalments": "en gång för hela perioden",
    "timing": "i efterskott",
    "vat": "utan moms",
}


def text(invoice: Invoice, folders: Sequence[str] = ()) -> str:
    """Write what to invoice, for the one who writes the invoice elsewhere."""
    return document(f"{TEMPLATE}.txt", folders, words(invoice))


def html(invoice: Invoice, folders: Sequence[str] = ()) -> str:
    """Write the invoice as one page of HTML, which asks the network for nothing."""
    return document(f"{TEMPLATE}.html", folders, words(invoice))


def words(invoice: Invoice) -> dict[str, Any]:
    """Return all that an invoice says, as text; what it does not say is empty.

    These are the names that a template may use.
    """
    own, issue, taken_back = invoice.invoicing, invoice.issue, invoice.credits
    return {
        "kind": "Kreditfaktura" if taken_back else "Faktura",
        "number": issue.number if issue else "",
        "date": issue.date.isoformat() if issue else "",
        "due": invoice.due.isoformat() if invoice.due and not taken_back else "",
        "credits": f"{taken_back.number}, {taken_back.date.text}" if taken_back else "",
        "seller": _party(invoice.seller, invoice.seller.address),
        "buyer": _party(invoice.buyer, invoice.address),
        "account": dict(zip(("kind", "number"), account(invoice.seller), strict=True)),
        "payment_reference": invoice.payment_reference or "",
        "payment_days": "" if own.payment_days is None else str(own.payment_days),
        "peppol_id": invoice.peppol_id or "",
        "gln": invoice.gln or "",
        "e_invoice": _E_INVOICE[own.e_invoice],
        "portal": own.portal or "",
        "reference": own.reference or "",
        "order_reference": own.order_reference or "",
        "contract_reference": own.contract_reference or "",
        "marking": own.marking or "",
        "subject": invoice.subject,
        "period": invoice.period_in_words,
        "lines": [
            {"text": line.text, "quantity": line.quantity, "amount": swedish(line.amount)}
            for line in invoice.lines
        ],
        "net": swedish(invoice.net),
        "tax": swedish(invoice.tax) if invoice.tax else "",
        "tax_percent": _percent(invoice),
        "no_tax": invoice.vat_reason or "",
        "payable": swedish(invoice.payable),
        "derivation": invoice.derivation,
        "when": f"{in_full(invoice.bill.due)}, {_TIMING[own.timing]}",
        "assumed": ", ".join(_assumed(invoice)),
        "agreement": invoice.agreement.id,
        "title": invoice.agreement.title,
    }


def _party(party: Party, address: Address | None) -> dict[str, Any]:
    return {
        "name": party.name or "",
        "org_number": party.org_number or "",
        "vat_number": party.vat_number or "",
        "f_tax": "Godkänd för F-skatt" if party.f_tax else "",
        "address": list(_lines(address)) if address else [],
    }


def _lines(address: Address) -> Iterator[str]:
    yield from address.lines
    if place := " ".join(part for part in (address.postal_code, address.city) if part):
        yield place
    if address.country != "SE":
        yield address.country


def account(seller: Party) -> tuple[str, str]:
    """Return the kind and number of the account to pay to, both empty where there is none."""
    if seller.bankgiro:
        return "Bankgiro", seller.bankgiro
    if seller.plusgiro:
        return "Plusgiro", seller.plusgiro
    return ("IBAN", seller.iban) if seller.iban else ("", "")


def _assumed(invoice: Invoice) -> Iterator[str]:
    """Yield what the agreement leaves open, and how it is taken."""
    yield from (_ASSUMED[each] for each in invoice.bill.assumed)
    if invoice.invoicing.vat is None:
        yield _ASSUMED["vat"]


def _percent(invoice: Invoice) -> str:
    from fractions import Fraction

    percent = invoice.invoicing.vat_percent
    return "" if percent is None else f"{decimal(Fraction(percent))}{NBSP}%"
