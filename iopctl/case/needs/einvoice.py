"""What an e-invoice needs, which goes over Peppol: numbers, addresses, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl import countries
from iopctl.case import national
from iopctl.case.needs.need import (
    ABROAD,
    BIS,
    COUNTRY,
    PEPPOL_ID,
    SCHEME,
    Medium,
    Need,
    organisation_number,
)
from iopctl.language import tr
from iopctl.model import schemes
from iopctl.source import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.needs.block import DatedBlock
    from iopctl.source import Path


def of_einvoice(asked: DatedBlock) -> Iterator[Need]:
    """Yield what Peppol asks for beside what is on the page."""
    yield from _electronic(asked)
    yield from _countries(asked)
    yield from _schemes(asked)
    yield from _abroad(asked)


def _electronic(asked: DatedBlock) -> Iterator[Need]:
    if not asked.buyer.org_number:
        yield organisation_number(asked, "buyer")
    if not (asked.own.peppol_id or asked.buyer.peppol_id):
        gln = asked.own.gln or asked.buyer.gln
        yield Need(
            PEPPOL_ID,
            asked.path("peppol_id"),
            dotted(asked.of_party(asked.own.buyer, "peppol_id")),
            tr("where the buyer gets e-invoices: ask it, do not guess"),
            f"{BIS}, PEPPOL-EN16931-R010",
            Medium.PEPPOL,
            Medium.PEPPOL,
            told=asked.is_required,
            values={
                "buyer": asked.buyer.called,
                "found": tr("a GLN and no Peppol-ID" if gln else "neither Peppol-ID nor GLN"),
            },
        )


def _countries(asked: DatedBlock) -> Iterator[Need]:
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


def _schemes(asked: DatedBlock) -> Iterator[Need]:
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


def _peppol_ids(asked: DatedBlock) -> Iterator[tuple[Path, str, str]]:
    own = asked.own
    if asked.seller.peppol_id:
        path = asked.of_party(own.seller, "peppol_id")
        yield path, dotted(path), asked.seller.peppol_id
    if own.peppol_id:
        yield asked.path("peppol_id"), asked.field("peppol_id"), own.peppol_id
    elif asked.buyer.peppol_id:
        path = asked.of_party(own.buyer, "peppol_id")
        yield path, dotted(path), asked.buyer.peppol_id


def _abroad(asked: DatedBlock) -> Iterator[Need]:
    path = asked.of_party(asked.own.seller, "address")
    for each in national.lacking(asked.own, asked.seller, asked.address):
        yield Need(
            ABROAD,
            path,
            dotted((*path, each.field)),
            f"{each.what}: {each.rule}",
            f"{BIS}, {each.rule}",
            Medium.PEPPOL,
            Medium.PEPPOL,
            values={"what": each.what, "rule": each.rule},
        )
