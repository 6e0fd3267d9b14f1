"""What may be wrong with the ledger that the log is: payers, credits and days: series 43x."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.case.follow_up import settled_until
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import add_months
from iopctl.language import tr
from iopctl.model.log import InvoiceSent
from iopctl.source.places import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.case.claims import Account
    from iopctl.case.ledger import Posting

EARLY = 6
LATE = 36
"""How many months before its days begin, or after they have ended, an invoice is dated oddly."""


def called(account: Account) -> str:
    """Return an account in the words of a file: whose money the seller asks for."""
    board = f", board: {account.board}" if account.board else ""
    return tr(
        "{seller} to buyer: {buyer}{board}", seller=account.seller, buyer=account.buyer, board=board
    )


def _told(posting: Posting) -> str:
    number = posting.number
    return tr("the invoice {number}", number=number) if number else posting.called


@rule("IOP430", "payer-unclear", Severity.ERROR)
def payer_unclear(case: Case) -> Iterator[Finding]:
    """A logged invoice does not say whose it is, and several could be meant.

    Whose period is still to be invoiced is then unknown, and nothing is offered that it may be
    for. Write its `buyer` and `board`, and its `seller` where there are several. What iopctl
    records itself has them.

    Source: one amount is billed once.

    Bad:

        economy:
          contributions:
            - {party: kommunen, item: Stöd, amount: 450000, board: {SN: 50, KN: 50}}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          - {seller: foreningen, buyer: kommunen, board: SN, reference: 150Z, label: IOP}
          - {seller: foreningen, buyer: kommunen, board: KN, reference: 151Z, label: IOP}
        log:
          - date: 2024-05-02  # expect: IOP430
            event: invoice
            number: 17
            period: 2024
            amount: 225000

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Stöd, amount: 450000, board: {SN: 50, KN: 50}}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          - {seller: foreningen, buyer: kommunen, board: SN, reference: 150Z, label: IOP}
          - {seller: foreningen, buyer: kommunen, board: KN, reference: 151Z, label: IOP}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 225000
            board: KN
    """
    for posting in case.ledger.unclear:
        yield Finding(
            ("log", posting.index),
            "{posting} does not say whose it is: it may be {payers}",
            remedy="write its buyer and board",
            posting=_told(posting),
            payers=tr("; or ").join(map(called, posting.candidates[:4])),
        )


@rule("IOP431", "payer-not-stated", Severity.NOTE)
def payer_not_stated(case: Case) -> Iterator[Finding]:
    """A logged invoice does not say whose it is, and can be one payer's alone.

    Its amount is that of one of several, or the others have been invoiced. Write it out, or let
    `iopctl check --fix` do so: it stays true when the agreement is changed. Of as many invoices
    alike as there are payers, each is one's: which, matters as soon as one is to be credited or
    made again, and is for people to write.

    Source: one amount is billed once.

    Bad:

        economy:
          contributions:
            - {party: kommunen, item: Stöd, amount: 400000, board: SN}
            - {party: kommunen, item: Musik, amount: 50000, board: KN}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          - {seller: foreningen, buyer: kommunen, board: SN, reference: 150Z, label: IOP}
          - {seller: foreningen, buyer: kommunen, board: KN, reference: 151Z, label: IOP}
        log:
          - date: 2024-05-02  # expect: IOP431
            event: invoice
            number: 17
            period: 2024
            amount: 50000

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Stöd, amount: 400000, board: SN}
            - {party: kommunen, item: Musik, amount: 50000, board: KN}
            - {party: foreningen, item: Lokaler, amount: 450000}
        invoicing:
          - {seller: foreningen, buyer: kommunen, board: SN, reference: 150Z, label: IOP}
          - {seller: foreningen, buyer: kommunen, board: KN, reference: 151Z, label: IOP}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17
            period: 2024
            amount: 50000
            board: KN
    """
    for posting in case.ledger.postings:
        if posting.account is None or posting.is_stated:
            continue
        if posting.in_turn:
            yield Finding(
                ("log", posting.index),
                "{posting} does not say whose of several alike it is",
                remedy="write its buyer and board, before it is to be credited or made again",
                posting=_told(posting),
            )
            continue
        for key, value in _missing(posting, posting.account):
            path = ("log", posting.index)
            yield Finding(
                path,
                "{posting} does not say its {key}, which can be {value} alone",
                remedy=tr("write {wanted}", wanted=f"{key}: {value}"),
                fix=Edit((*path, key), value),
                posting=_told(posting),
                key=key,
                value=value,
            )


def _missing(posting: Posting, account: Account) -> Iterator[tuple[str, str]]:
    """Yield the keys that would tell whose an invoice is, with what they are to say."""
    keys = ("seller" if isinstance(posting.event, InvoiceSent) else "receiver", "buyer", "board")
    values = zip(*posting.candidates, strict=True)
    for key, all_values, own in zip(keys, values, account, strict=True):
        several = len(set(all_values)) > 1
        unnamed = account.board is None and len({each.board for each in posting.candidates}) > 1
        if own and (several or (unnamed and key != "board")) and not getattr(posting.event, key):
            yield key, own


@rule("IOP432", "credited-twice", Severity.ERROR)
def credited_twice(case: Case) -> Iterator[Finding]:
    """Credits take back more of an invoice than it was for.

    The buyer would get money that it never paid. Correct the credit's number, `of` or `amount`,
    or send an invoice for what was too much.

    Source: the log of the agreement.

    Bad:

        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 450000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17}
          - {date: 2024-05-20, event: credit, number: 19, of: 17}  # expect: IOP432

    Good:

        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}
        log:
          - {date: 2024-05-02, event: invoice, number: 17, period: 2024, amount: 540000}
          - {date: 2024-05-10, event: credit, number: 18, of: 17, amount: 90000}
    """
    for index, event, posting in case.ledger.beyond:
        earlier = [each.at for each in posting.deducted if each.at < index]
        yield Finding(
            ("log", index),
            "more is credited of {number} than its {amount} kr",
            remedy="correct the number, or the amount",
            related=tuple(Related(("log", each), "an earlier credit of it") for each in earlier),
            number=posting.called,
            amount=posting.event.amount,
            of=getattr(event, "of", ""),
        )


@rule("IOP433", "invoice-dated-oddly", Severity.WARNING)
def invoice_dated_oddly(case: Case) -> Iterator[Finding]:
    """A logged invoice is dated long before the days that it is for, or years after them.

    The year of the date, or of the period, is probably mistyped.

    Source: the log of the agreement.

    Bad:

        log:
          - date: 2022-01-02  # expect: IOP433
            event: invoice
            number: 17
            period: 2024
            amount: 450000

    Good:

        log:
          - {date: 2023-12-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    for posting in case.ledger.postings:
        sent = posting.date
        early = sent.last < add_months(posting.period.first, -EARLY)
        if early or sent.first > add_months(posting.period.last, LATE):
            yield Finding(
                ("log", posting.index, "date"),
                "the invoice {number} is dated {date}, long {when} {period}, which it is for",
                remedy="compare both with the invoice",
                number=posting.called,
                date=sent.text,
                when=tr("before") if early else tr("after"),
                period=posting.period.text,
            )


@rule("IOP434", "cash-not-invoiced", Severity.NOTE)
def cash_not_invoiced(case: Case) -> Iterator[Finding]:
    """The public side pays money, and no invoicing is written.

    Nobody is then told when to ask for it, or that it was not asked for. Write `invoicing`: who
    invoices whom, and how often; with `method: payout` where it is paid out without an invoice.
    Silent a year after the agreement has ended, and where its invoices are settled to its end.

    Source: the agreement's section on payment.

    Bad:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}  # expect: IOP434
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        invoicing: {seller: foreningen, buyer: kommunen, method: payout, interval: yearly}
        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    if case.agreement.status == "draft" or any(terms.invoicing for terms in case.terms):
        return
    end = case.reach.end or date.max
    if not case.may_bill(end) or settled_until(case, "invoices") >= end:
        return
    for terms in case.economies:
        for number, row in enumerate(terms.economy.contributions):
            paid = terms.side(number) == "public" and terms.form(number) == "cash"
            if paid and row.basis != "none":
                yield Finding(
                    terms.path("economy", "contributions", number),
                    "the public side pays money, and no invoicing is written",
                    remedy="write invoicing, with method: payout where no invoice is sent",
                )
                return


RULES = (
    payer_unclear,
    payer_not_stated,
    credited_twice,
    invoice_dated_oddly,
    cash_not_invoiced,
)
