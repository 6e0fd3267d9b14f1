"""What an invoice needs and its agreement does not give: one list, which everything asks.

The rules of `check` on invoicing are told from it, the listing counts by it, and the command
refuses by it. Whether a bill is due, done or of a known amount is another question: readiness.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl import countries
from iopctl.case import national, vat
from iopctl.case.marking import note
from iopctl.case.need import (
    ABROAD,
    ACCOUNT,
    ADDRESS,
    CHARACTER,
    COUNTRY,
    INTERVAL,
    LABEL,
    MARKING,
    NOTE_LENGTH,
    NUMBER,
    PATTERN,
    PAYMENT_DAYS,
    PEPPOL_ID,
    RECIPIENT,
    REFERENCE,
    SCHEME,
    UNNAMED,
    VAT,
    VAT_REASON,
    LookedAt,
    Medium,
    Need,
)
from iopctl.config import DEFAULT
from iopctl.language import both, tr
from iopctl.model import schemes
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.claims import Block
    from iopctl.config import Buyer, Config
    from iopctl.model import Party, Terms
    from iopctl.source import Path


# UN/EDIFACT's free text (FTX) is five lines of seventy: systems older than Peppol keep that much.
LONGEST_NOTE: Final = 350
_SUBJECT: Final = re.compile(r"[^#]*#([^#]{3})#")
_ODD: Final = re.compile(r"[\n\r\t]|^#|[^\u0000-\uffff]")
_BIS: Final = "Peppol BIS Billing 3.0"


def needs(case: Case, asked: Block | Bill) -> tuple[Need, ...]:
    """Return all that a bill, or the invoices of a block, needs and lacks, whoever excuses it.

    A block's parties are those of its last terms, a bill's those of its own. What is paid out
    without an invoice needs nothing.
    """
    found = LookedAt.of(asked)
    return () if found.own.method == "payout" else tuple(_needs(found, case.config))


def stopping(case: Case, bill: Bill, medium: Medium) -> tuple[Need, ...]:
    """Return what stops *bill* from being invoiced through *medium*."""
    return tuple(each for each in needs(case, bill) if each.stops(case, medium))


def electronic(bill: Bill) -> bool:
    """Whether an e-invoice of *bill* breaks no rule, as far as its agreement can tell."""
    found = _needs(LookedAt.of(bill), DEFAULT)
    return not any(Medium.PEPPOL in (each.medium, each.strict) for each in found)


def references(buyer: Party, config: Config) -> Buyer | None:
    """Return what the configuration says of a buyer's references, by its number or its name."""
    return config.buyers.get(buyer.org_number or "") or config.buyers.get(buyer.name or "")


def _needs(asked: LookedAt, config: Config) -> Iterator[Need]:
    yield from _codes(asked)
    yield from _recipient(asked)
    yield from _names(asked)
    yield from _pattern(asked, config)
    yield from _characters(asked)
    yield from _subject_code(asked)
    yield from _payment(asked)
    yield from _vat(asked)
    yield from _electronic(asked)
    yield from _countries(asked)
    yield from _schemes(asked)
    yield from _abroad(asked)


# ------------------------------------------------------------------ what the text needs
def _codes(asked: LookedAt) -> Iterator[Need]:
    own, practice = asked.own, tr("the agreement's section on invoicing")
    if not (own.reference or own.order_reference):
        yield Need(
            REFERENCE,
            asked.path("reference"),
            asked.field("reference"),
            "Referenskod",
            f"{_BIS}, PEPPOL-EN16931-R003",
            Medium.TEXT,
            Medium.PEPPOL,
        )
    if not own.marking:
        what = tr("Märkning: ask the buyer once whether it wants one")
        yield Need(MARKING, asked.path("marking"), asked.field("marking"), what, practice)
    if not own.label:
        yield Need(LABEL, asked.path("label"), asked.field("label"), "Ange", practice, Medium.TEXT)
    if not own.interval and not own.instalments:
        key, what = unstated(asked.terms)
        values = {"assumed": what, "key": key}
        yield Need(INTERVAL, asked.path(key), asked.field(key), what, practice, values=values)


def unstated(terms: Terms) -> tuple[str, str]:
    """Return the key that would say how often money is asked for, and what is assumed."""
    key = "instalments" if _is_undivided(terms) else "interval"
    return key, tr("yearly is assumed" if key == "interval" else "once is assumed")


def _is_undivided(terms: Terms) -> bool:
    """Whether all money of the public side is in totals that no year divides."""
    rows = [
        row
        for number, row in enumerate(terms.economy.contributions)
        if terms.side(number) == "public" and terms.form(number) == "cash"
    ]
    return bool(rows) and all(row.total is not None and not row.spread for row in rows)


def _recipient(asked: LookedAt) -> Iterator[Need]:
    """Yield what the buyer's address lacks: where there is VAT, the law asks for it."""
    is_taxed = vat.category(asked.own) == "S"
    source = "ML 17 kap. 24 §" if is_taxed else tr("the agreement's section on invoicing")
    strict = Medium.TEXT if is_taxed else None
    path, field = asked.path("recipient"), asked.field("recipient")
    if not asked.address:
        what = tr("the address of the invoice")
        yield Need(RECIPIENT, path, field, what, source, Medium.TEXT, strict)
        return
    if not asked.own.recipient:
        path = asked.of_party(asked.own.buyer, "address")
        field = dotted(path)
    if lacking := asked.address.lacking:
        what = tr("its {fields}", fields=both(lacking))
        values = {"lacking": tr(" and no ").join(lacking)}
        yield Need(ADDRESS, path, field, what, source, Medium.TEXT, strict, values=values)


def _names(asked: LookedAt) -> Iterator[Need]:
    for role in ("seller", "buyer"):
        handle = getattr(asked.own, role)
        party = asked.terms.parties[handle]
        if not party.name:
            yield Need(
                UNNAMED,
                asked.path(role),
                dotted(asked.of_party(handle, "name")),
                tr("a party that invoices is one, by name"),
                f"{_BIS}, {both(('BR-06', 'BR-07'))}",
                Medium.TEXT,
                Medium.TEXT,
                values={"party": party.called, "role": tr(role)},
            )


def _pattern(asked: LookedAt, config: Config) -> Iterator[Need]:
    form, reference = references(asked.buyer, config), asked.own.reference
    if not form or not reference or form.accepts(reference):
        return
    told = tr(
        "the reference {reference} is not of the buyer's form, such as {example}"
        if form.example
        else "the reference {reference} is not of the buyer's form",
        reference=reference,
        example=form.example,
    )
    yield Need(
        PATTERN,
        asked.path("reference"),
        asked.field("reference"),
        told,
        tr("[buyers] in iopctl.toml"),
        Medium.TEXT,
        values={
            "reference": reference,
            "buyer": asked.buyer.called,
            "pattern": form.reference,
            "example": tr(" such as {example}", example=form.example) if form.example else "",
        },
    )


def _characters(asked: LookedAt) -> Iterator[Need]:
    """Yield what may be lost on the way, which stops nothing."""
    if asked.period and (length := len(note(asked.own, asked.period))) > LONGEST_NOTE:
        yield Need(
            NOTE_LENGTH,
            asked.path("label"),
            asked.field("label"),
            tr(
                "the note is {length} characters, more than {most}",
                length=length,
                most=LONGEST_NOTE,
            ),
            f"{_BIS}, PEPPOL-EN16931-R002; UN/EDIFACT FTX",
            values={"length": length, "longest": LONGEST_NOTE},
        )
    for key in ("reference", "marking", "label"):
        if odd := _ODD.search(getattr(asked.own, key) or ""):
            character = f"U+{ord(odd[0]):04X}"
            yield Need(
                CHARACTER,
                asked.path(key),
                asked.field(key),
                tr("{character} may be lost on the way", character=character),
                f"EN 16931, {both(('BT-21', 'BT-22'))}",
                values={"field": key, "character": character},
            )


def _subject_code(asked: LookedAt) -> Iterator[Need]:
    """Yield what makes the note begin with what an e-invoice has for a code of its subject."""
    read = _SUBJECT.match(note(asked.own, asked.period)) if asked.period else None
    if read is None:
        return
    key = next(
        each
        for each in ("reference", "marking", "label")
        if "#" in (getattr(asked.own, each) or "")
    )
    yield Need(
        CHARACTER,
        asked.path(key),
        asked.field(key),
        tr(
            "an e-invoice reads #{code}# as the code of its subject: write it without #",
            code=read[1],
        ),
        "EN 16931, BR-CL-08",
        Medium.PEPPOL,
        Medium.PEPPOL,
        values={"field": key, "character": "#"},
    )


# ------------------------------------------------------------------ what a whole invoice needs
def _payment(asked: LookedAt) -> Iterator[Need]:
    seller = asked.seller
    if not seller.org_number:
        yield _number(asked, "seller")
    if not (seller.bankgiro or seller.plusgiro or seller.iban):
        yield Need(
            ACCOUNT,
            asked.path("seller"),
            dotted(asked.of_party(asked.own.seller, "bankgiro")),
            tr("or plusgiro, or iban: where to pay"),
            f"{_BIS}, {both(('BR-50', 'BR-61'))}",
            Medium.PAGE,
            Medium.PEPPOL,
            values={"seller": seller.called},
        )
    if asked.own.payment_days is None:
        yield Need(
            PAYMENT_DAYS,
            asked.path("payment_days"),
            asked.field("payment_days"),
            tr("days to pay, usually 30"),
            f"räntelagen (1975:635), 4 §; {_BIS}, BT-9",
            Medium.PAGE,
            Medium.PEPPOL,
        )


def _number(asked: LookedAt, role: str) -> Need:
    """Return the need of an organisation number: the buyer's for an e-invoice alone."""
    is_seller = role == "seller"
    handle = getattr(asked.own, role)
    return Need(
        NUMBER,
        asked.path(role),
        dotted(asked.of_party(handle, "org_number")),
        tr("the seller's number") if is_seller else tr("the buyer's number"),
        f"{_BIS}, {'BR-CO-26' if is_seller else 'BT-47'}",
        Medium.PAGE if is_seller else Medium.PEPPOL,
        Medium.PEPPOL if is_seller else None,
        told=is_seller or asked.is_required,
        values={"party": asked.terms.parties[handle].called},
    )


def _vat(asked: LookedAt) -> Iterator[Need]:
    """Yield what the VAT category lacks: what the law asks of a taxed invoice is never left out."""
    own = asked.own
    category = vat.category(own)
    medium = Medium.TEXT if category == "S" else Medium.PAGE
    for each in vat.lacking(own, asked.seller):
        of_seller = dotted(asked.of_party(own.seller, each.field))
        yield Need(
            VAT,
            asked.path("vat"),
            of_seller if each.of == "seller" else asked.field(each.field),
            tr(
                "{category} needs {what}: {source}",
                category=category,
                what=tr(each.what),
                source=each.source,
            ),
            each.source,
            medium,
            medium,
            values={"category": category, "lacking": tr(each.what)},
        )
    if own.vat_reason and category == "O":
        yield Need(
            VAT_REASON,
            asked.path("vat_reason"),
            asked.field("vat_reason"),
            tr("not stated: the invoice says '{reason}'", reason=vat.OUTSIDE),
            "EN 16931, BT-120",
            values={"reason": own.vat_reason, "said": vat.OUTSIDE},
        )


# ------------------------------------------------------------------ what an e-invoice needs
def _electronic(asked: LookedAt) -> Iterator[Need]:
    if not asked.buyer.org_number:
        yield _number(asked, "buyer")
    if not (asked.own.peppol_id or asked.buyer.peppol_id):
        gln = asked.own.gln or asked.buyer.gln
        yield Need(
            PEPPOL_ID,
            asked.path("peppol_id"),
            dotted(asked.of_party(asked.own.buyer, "peppol_id")),
            tr("where the buyer gets e-invoices: ask it, do not guess"),
            f"{_BIS}, PEPPOL-EN16931-R010",
            Medium.PEPPOL,
            Medium.PEPPOL,
            told=asked.is_required,
            values={
                "buyer": asked.buyer.called,
                "found": tr("a GLN and no Peppol-ID" if gln else "neither Peppol-ID nor GLN"),
            },
        )


def _countries(asked: LookedAt) -> Iterator[Need]:
    for path, name, address in asked.places():
        country = address.country
        if countries.is_known(country):
            continue
        meant = countries.meant(country)
        wanted = meant or tr("a code of two letters, as SE")
        yield Need(
            COUNTRY,
            (*path, "country"),
            f"{name}.country",
            tr("{wanted}: '{country}' is none", wanted=wanted, country=country),
            "EN 16931, BR-CL-14",
            Medium.PEPPOL,
            Medium.PEPPOL,
            values={"country": country, "wanted": wanted},
        )


def _schemes(asked: LookedAt) -> Iterator[Need]:
    """Yield the Peppol-IDs that the invoice goes from and to, and whose scheme nobody has."""
    for path, name, peppol_id in _peppol_ids(asked):
        scheme = peppol_id.partition(":")[0]
        if scheme not in schemes.SCHEMES:
            yield Need(
                SCHEME,
                path,
                name,
                tr("{scheme} is no scheme of {release}", scheme=scheme, release=schemes.RELEASE),
                f"{schemes.RELEASE}, PEPPOL-EN16931-CL008",
                Medium.PEPPOL,
                Medium.PEPPOL,
                told=False,  # IOP108 tells it of every party, whether it invoices or not
            )


def _peppol_ids(asked: LookedAt) -> Iterator[tuple[Path, str, str]]:
    own = asked.own
    if asked.seller.peppol_id:
        path = asked.of_party(own.seller, "peppol_id")
        yield path, dotted(path), asked.seller.peppol_id
    if own.peppol_id:
        yield asked.path("peppol_id"), asked.field("peppol_id"), own.peppol_id
    elif asked.buyer.peppol_id:
        path = asked.of_party(own.buyer, "peppol_id")
        yield path, dotted(path), asked.buyer.peppol_id


def _abroad(asked: LookedAt) -> Iterator[Need]:
    path = asked.of_party(asked.own.seller, "address")
    for each in national.lacking(asked.own, asked.seller, asked.address):
        yield Need(
            ABROAD,
            path,
            dotted((*path, each.field)),
            f"{each.what}: {each.rule}",
            f"{_BIS}, {each.rule}",
            Medium.PEPPOL,
            Medium.PEPPOL,
            values={"what": each.what, "rule": each.rule},
        )
