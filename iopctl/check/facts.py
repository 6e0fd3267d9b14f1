"""What rules across files, and the cache, need to know of an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.dates import Period
from iopctl.model.log import Credit, InvoiceSent
from iopctl.money import total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.model import Party, Terms
    from iopctl.model.validity import Validity
    from iopctl.source import Path


CEILINGS: Final = {"de_minimis": Decimal(300_000), "sgei": Decimal(750_000)}
"""Euros that aid on a ground may come to in three years; other grounds have no ceiling."""


class Between(NamedTuple):
    """A day of which is known that it lies between two, both included; mostly they are one."""

    earliest: date
    latest: date


class Organisation(NamedTuple):
    """A party that has a name, and what its agreement knows it by."""

    path: Path
    name: str
    org_number: str | None
    gln: str | None
    peppol_id: str | None


class Billing(NamedTuple):
    """What one block of `invoicing` has invoices say; *unit* is the buyer's department or board."""

    path: Path
    buyer: str
    unit: str | None
    reference: str | None
    marking: str | None
    label: str | None


class LoggedNumber(NamedTuple):
    """An invoice or credit note of the log; *seller* is None where several could have sent it."""

    path: Path
    date: date
    seller: str | None
    number: str


class Aid(NamedTuple):
    """Kronor that a party gets from the public side in a year, on a ground with a ceiling."""

    party: str
    name: str
    basis: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """The little of one file that other files are compared with; it can be written as JSON.

    *start* and *end* are None where they are unknown; an agreement without end *is_open*.
    """

    file: str
    id: str
    is_draft: bool = False
    start: Between | None = None
    end: Between | None = None
    is_open: bool = False
    succeeds: str | None = None
    part_of: str | None = None
    organisations: tuple[Organisation, ...] = ()
    billings: tuple[Billing, ...] = ()
    numbered: tuple[LoggedNumber, ...] = ()
    aid: tuple[Aid, ...] = ()


def facts(file: str, case: Case) -> Facts:
    """Return what other files are compared with, by the terms that were agreed on last."""
    agreement = case.agreement
    terms = case.terms[-1]
    return Facts(
        file=file,
        id=agreement.id,
        is_draft=agreement.status == "draft",
        start=_start(case),
        end=_end(case),
        is_open=case.reach.is_open,
        succeeds=agreement.succeeds,
        part_of=agreement.part_of,
        organisations=tuple(_organisations(terms)),
        billings=tuple(_billings(terms)),
        numbered=tuple(_numbered(case)),
        aid=tuple(_aid(case)),
    )


# ------------------------------------------------------------------ the days
def _start(case: Case) -> Between | None:
    validity = case.terms[0].validity
    return _between(case.reach.start, validity.start if validity else None)


def _end(case: Case) -> Between | None:
    validity: Validity | None = case.terms[-1].validity
    written = validity.end if validity and isinstance(validity.end, Period) else None
    return _between(case.reach.end, written)


def _between(day: date | None, written: Period | None) -> Between | None:
    """Return *day*, or the days that it stands for where it was written as a month or year."""
    if day is None:
        return None
    if written and day in {written.first, written.last}:
        return Between(written.first, written.last)
    return Between(day, day)


# ------------------------------------------------------------------ parties and invoices
def _organisations(terms: Terms) -> Iterator[Organisation]:
    for handle, party in terms.parties.items():
        if party.name:
            path = terms.path("parties", handle)
            yield Organisation(path, party.name, party.org_number, party.gln, party.peppol_id)


def _billings(terms: Terms) -> Iterator[Billing]:
    for index, each in enumerate(terms.invoicing):
        buyer = terms.parties[each.buyer]
        yield Billing(
            path=terms.path("invoicing", index),
            buyer=buyer.identity,
            unit=buyer.department or each.board or buyer.board,
            reference=each.reference,
            marking=each.marking,
            label=each.label,
        )


def _numbered(case: Case) -> Iterator[LoggedNumber]:
    """Yield all numbers of the log, of any date: those that are dated ahead are used, too."""
    sent: dict[str, str | None] = {}
    for index, event in enumerate(case.agreement.log):
        if isinstance(event, InvoiceSent):
            named = event.seller
            is_alone = sent.setdefault(event.number, named) == named
            sent[event.number] = named if is_alone else None
        elif isinstance(event, Credit):
            named = event.seller or sent.get(event.of)
        else:
            continue
        seller = _seller(case.in_force(event.date.first), named)
        yield LoggedNumber(("log", index, "number"), event.date.first, seller, event.number)


def _seller(terms: Terms, named: str | None) -> str | None:
    """Return who sent an invoice: the one it names, else the only one who may."""
    sellers = {named} if named else {each.seller for each in terms.invoicing}
    known = [terms.parties[each].identity for each in sellers if each in terms.parties]
    return known[0] if len(known) == 1 else None


# ------------------------------------------------------------------ state aid
def _aid(case: Case) -> Iterator[Aid]:
    """Yield what each party gets in a year; a total not divided over years counts at the start."""
    legal = case.agreement.legal
    if legal is None or legal.state_aid is None or legal.state_aid.basis not in CEILINGS:
        return
    start = case.reach.start
    paid: dict[tuple[str, str, int], list[Decimal]] = {}
    for figure in case.figures:
        if figure.side != "public":
            continue
        party, year = _receiver(figure), figure.year or (start and start.year)
        if party and year:
            of_year = paid.setdefault((party.identity, party.called, year), [])
            of_year += [] if figure.amount is None else [figure.amount]
    for (identity, name, year), amounts in paid.items():
        yield Aid(identity, name, legal.state_aid.basis, year, total(amounts))


def _receiver(figure: Figure) -> Party | None:
    """Return the non-profit that gets what a row is worth, where it can be one only."""
    parties = figure.terms.parties
    civil = [handle for handle, party in parties.items() if party.role == "civil"]
    named = figure.contribution.receiver or tuple(civil)
    return parties[named[0]] if len(named) == 1 and named[0] in civil else None
