"""An invoice in Swedish words and figures, as its templates have them, and filled into one."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from iopctl.case.wording import decimal
from iopctl.invoices.copies import COPY
from iopctl.localised import in_full, in_kronor
from iopctl.money import NBSP, plain
from iopctl.output import json_
from iopctl.output.documents import apart, document
from iopctl.output.pdf import pdf as render_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.invoices.invoice import Invoice
    from iopctl.model import Party
    from iopctl.model.parties import Address

TEMPLATE: Final = "invoice"
_E_INVOICE: Final = {"required": "krävs enligt överenskommelsen", "possible": "möjlig", None: ""}
_TIMING: Final = {"advance": ", i förskott", "arrears": ", i efterskott", None: ", i efterskott"}
_ASSUMED: Final = {
    "interval": "en gång om året",
    "instalments": "en gång för hela perioden",
    "timing": "i efterskott",
    "vat": "utan moms",
}


def text(invoice: Invoice, folders: Sequence[str] = ()) -> str:
    """Write what to invoice, for the one who writes the invoice elsewhere."""
    return _filled(f"{TEMPLATE}.txt", folders, invoice)


def html(invoice: Invoice, folders: Sequence[str] = ()) -> str:
    """Write the invoice as one page of HTML, which asks the network for nothing."""
    return _filled(f"{TEMPLATE}.html", folders, invoice)


def _filled(name: str, folders: Sequence[str], invoice: Invoice) -> str:
    return apart(partial(document, name, folders), words(invoice), name, folders)


def pdf(invoice: Invoice, xml: bytes | None = None) -> bytes:
    """Write the invoice as PDF, with its XML attached where there is one.

    A preview without a date is as of the day that the invoice is to be sent.
    """
    day = invoice.issue.date if invoice.issue else invoice.bill.due
    return render_pdf(f"{TEMPLATE}.typ", words(invoice), day, xml)


def json(found: Sequence[Invoice], as_of: date) -> str:
    """Write invoices for programs: amounts as strings, dates in ISO form, null for what is not."""
    return json_.document("invoice", as_of, {"invoices": [data(each) for each in found]})


def data(invoice: Invoice) -> dict[str, Any]:
    """Return what an invoice says, as JSON has it."""
    issue, bill, own = invoice.issue, invoice.bill, invoice.invoicing
    return {
        "agreement": invoice.agreement.id,
        "seller": bill.seller,
        "buyer": bill.buyer,
        "period": {
            "text": invoice.period.text,
            "first": invoice.period.first.isoformat(),
            "last": invoice.period.last.isoformat(),
            "words": invoice.period_in_words,
        },
        "send": bill.due.isoformat(),
        "number": issue.number if issue else None,
        "date": issue.date.isoformat() if issue else None,
        "due": invoice.due.isoformat() if invoice.due else None,
        "credits": invoice.credits.number if invoice.credits else None,
        "adds_to": invoice.adds_to.number if invoice.adds_to else None,
        "copy": invoice.mark == COPY,
        "reference": own.reference,
        "marking": own.marking,
        "label": own.label,
        "subject": invoice.subject,
        "note": invoice.note,
        "order_reference": own.order_reference,
        "contract_reference": own.contract_reference,
        "payment_reference": invoice.payment_reference,
        "peppol_id": invoice.peppol_id,
        "gln": invoice.gln,
        "lines": [
            {"text": line.text, "quantity": line.quantity or None, "amount": plain(line.amount)}
            for line in invoice.lines
        ],
        "net": plain(invoice.net),
        "vat_category": invoice.vat_category,
        "tax": plain(invoice.tax),
        "payable": plain(invoice.payable),
        "currency": "SEK",
        "derivation": invoice.derivation or None,
        "assumed": list(bill.assumed),
    }


def words(invoice: Invoice) -> dict[str, Any]:
    """Return all that an invoice says, as text; what it does not say is empty.

    These are the names that a template may use. Each text is one line.
    """
    return {name: _on_one_line(each) for name, each in _words(invoice).items()}


def _on_one_line(value: Any) -> Any:  # noqa: ANN401 - text, and lists and mappings of text
    match value:
        case dict():
            return {key: _on_one_line(each) for key, each in value.items()}
        case list():
            return [_on_one_line(each) for each in value]
        case _:
            return re.sub(r"[\t\n\r]+", " ", value).strip(" ")


def _words(invoice: Invoice) -> dict[str, Any]:
    own, issue, taken_back = invoice.invoicing, invoice.issue, invoice.credits
    added_to = invoice.adds_to
    return {
        "kind": ("Kreditfaktura" if taken_back else "Faktura")
        + (f" ({invoice.mark})" if invoice.mark else ""),
        "number": issue.number if issue else "",
        "date": issue.date.isoformat() if issue else "",
        "due": invoice.due.isoformat() if invoice.due and not taken_back else "",
        "credits": f"{taken_back.number}, {taken_back.date.text}" if taken_back else "",
        "adds_to": f"{added_to.number}, {added_to.date.text}" if added_to else "",
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
            {"text": line.text, "quantity": line.quantity, "amount": in_kronor(line.amount)}
            for line in invoice.lines
        ],
        "net": in_kronor(invoice.net),
        "tax": in_kronor(invoice.tax) if invoice.tax else "",
        "tax_percent": _percent(invoice),
        "no_tax": invoice.vat_reason or "",
        "payable": in_kronor(invoice.payable),
        "derivation": invoice.derivation,
        "when": in_full(invoice.bill.due) + _timing(invoice),
        "assumed": ", ".join(_assumed(invoice)),
        "agreement": invoice.agreement.id,
        "title": invoice.agreement.title,
    }


def _timing(invoice: Invoice) -> str:
    dated = invoice.invoicing.instalments or invoice.bill.difference
    return "" if dated else _TIMING[invoice.invoicing.timing]


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
    iban = seller.iban or ""
    return ("IBAN", re.sub(r"(.{4})(?=.)", rf"\1{NBSP}", iban)) if iban else ("", "")


def _assumed(invoice: Invoice) -> Iterator[str]:
    """Yield what the agreement leaves open, and how it is taken."""
    yield from (_ASSUMED[each] for each in invoice.bill.assumed)
    if invoice.invoicing.vat is None:
        yield _ASSUMED["vat"]


def _percent(invoice: Invoice) -> str:
    percent = invoice.invoicing.vat_percent
    return "" if percent is None else f"{decimal(Fraction(percent))}{NBSP}%"
