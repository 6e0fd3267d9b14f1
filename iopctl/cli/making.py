"""What `iopctl invoice` makes: invoices and credit notes under the numbers that are given."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.cli.numbers import check
from iopctl.cli.spellings import day_of
from iopctl.errors import Refused, UserError
from iopctl.language import tr
from iopctl.money import kronor
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.ledger import Posting
    from iopctl.case.needs.need import Medium
    from iopctl.case.readiness import Item
    from iopctl.dates import Period
    from iopctl.invoices.invoice import Invoice, Issue
    from iopctl.model import Party

DRAFT: Final = "utkast"
SHORTEST_OCR: Final = 2
_NAMED: Final = 3  # sellers in a message


class InvoiceForm(StrEnum):
    """How an invoice is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    PEPPOL = "peppol"

    @property
    def is_invoice(self) -> bool:
        """Whether it is the invoice itself, and not only what is to stand in it."""
        return self not in {InvoiceForm.TEXT, InvoiceForm.JSON}

    @property
    def suffix(self) -> str:
        """How the name of a file of this form ends."""
        return {InvoiceForm.TEXT: "txt", InvoiceForm.PEPPOL: "xml"}.get(self, self.value)


class InvoiceWishes(NamedTuple):
    """What the command line says of the invoices that are to be made.

    *numbers* are the first number of each seller that is named, "" for all others.
    """

    forms: tuple[InvoiceForm, ...]
    numbers: Mapping[str, str]
    dated: str | None
    ocr: str | None = None
    folder: str | None = None
    templates: tuple[str, ...] = ()
    record: bool = False
    preview: bool = False
    force: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The options without which there is no invoice: numbers and dates are not guessed.

        A page can be looked at without them; a file for the e-invoice is refused then.
        """
        wanted = (("--number", bool(self.numbers)), ("--date", bool(self.dated)))
        is_page = self.preview and InvoiceForm.PEPPOL not in self.forms
        needed = self.record or (self.is_invoice and not is_page)
        return tuple(name for name, there in wanted if needed and not there)

    @property
    def is_invoice(self) -> bool:
        """Whether the invoice itself is written, in some form."""
        return any(each.is_invoice for each in self.forms)

    @property
    def issued(self) -> date | None:
        """The invoice's date, if it is given."""
        return day_of(self.dated, "--date") if self.dated else None

    @property
    def medium(self) -> Medium:
        """What the invoice is to go through: of several forms, that which needs the most."""
        from iopctl.case.needs.need import Medium

        if InvoiceForm.PEPPOL in self.forms:
            return Medium.PEPPOL
        return Medium.PAGE if self.is_invoice else Medium.TEXT


def forms(text: str) -> tuple[InvoiceForm, ...]:
    """Return the forms that are named, with commas between them.

    Raises:
        UserError: one of them is none.
    """
    known = {each.value: each for each in InvoiceForm}
    words = [each.strip() for each in text.split(",")]
    for word in words:
        if word not in known:
            raise UserError(
                tr(
                    "--format {word}: write {known}, or several with commas",
                    word=word,
                    known=", ".join(known),
                )
            )
    return tuple(known[word] for word in dict.fromkeys(words))


# ------------------------------------------------------------------ making them
def invoices(
    items: Sequence[Item],
    given: InvoiceWishes,
    known: Sequence[Case],
    used: Mapping[str, int] | None = None,
) -> list[Invoice]:
    """Return the invoice of each bill, numbered on from the number that its seller is given.

    So many of a seller's first numbers as are *used* are passed over: an earlier try has them.

    Raises:
        UserError: a number, date or OCR number can't be one, or two sellers would share a series.
        Refused: a number stands in the log of an agreement that is *known*.
    """
    from dataclasses import replace

    from iopctl.invoices.invoice import invoice

    if given.ocr and len(items) > 1:
        raise UserError(
            tr(
                "--ocr is of one invoice, and these are {items}: choose a --period",
                items=len(items),
            )
        )
    _refuse_shared([item.bill.terms.parties[item.bill.seller] for item in items], given)
    series: dict[str, Iterator[Issue | None]] = {}
    made = []
    for item in items:
        seller = item.bill.terms.parties[item.bill.seller].identity
        if seller not in series:
            series[seller] = islice(_issues(given, seller), (used or {}).get(seller, 0), None)
        issue = next(series[seller])
        accounts = tuple(dict.fromkeys(each.account for each in item.case.blocks))
        mark = DRAFT if given.preview else ""
        one = invoice(item.case.agreement, item.bill, issue)
        ahead = _ahead(issue, item.case)
        made.append(replace(one, accounts=accounts, mark=mark, made=ahead))
    check(made, [item.case for item in items], known)
    return made


def _ahead(issue: Issue | None, case: Case) -> date | None:
    """Return the day on which something is made that is dated after it."""
    return case.as_of if issue is not None and issue.date > case.as_of else None


def _refuse_shared(sellers: Sequence[Party], given: InvoiceWishes) -> None:
    own = {each.identity: each.called for each in sellers if each.identity not in given.numbers}
    if len(own) > 1 and "" in given.numbers:
        first, *others = own.values()
        names = [first, *others[: _NAMED - 1], *("…" for _ in others[_NAMED - 1 : _NAMED])]
        raise UserError(
            tr(
                "these are the invoices of {number} sellers ({names}), and each has a series of "
                "its own: choose one with --seller, or give the first number of each: "
                "--number '{first}=1'",
                number=len(own),
                names=", ".join(names),
                first=first,
            )
        )


def credited(
    case: Case,
    number: str,
    given: InvoiceWishes,
    known: Sequence[Case],
    amount: Decimal | None = None,
    period: Period | None = None,
    seller: str | None = None,
) -> tuple[Invoice, bool]:
    """Return the credit note of the logged invoice *number*, and whether it is of a part of it.

    Raises:
        UserError: its own number or date can't be one.
        Refused: there is no such invoice, less is left of it, something is missing, or the own
            number is used.
    """
    from dataclasses import replace

    from iopctl.invoices import copies
    from iopctl.invoices.invoice import credit_note
    from iopctl.invoices.issuing import logged

    posting = logged(case, number, seller)
    taken = _taken(posting, amount, period)
    bill = copies.credited(case, posting, given.issued or max(case.as_of, posting.date.first))
    _refuse_incomplete(case, bill, number, given)
    partly = period is not None or taken != posting.net
    days = period or (_days_of(case, posting.index, taken) if partly else None)
    issue = next(_issues(given, bill.terms.parties[bill.seller].identity))
    made = credit_note(case.agreement, bill, issue, posting, taken, days)
    accounts = tuple(dict.fromkeys(each.account for each in case.blocks))
    mark = DRAFT if given.preview else ""
    made = replace(made, accounts=accounts, mark=mark, made=_ahead(issue, case))
    check([made], [case], known)
    _tell_early(case, issue, posting, given)
    return made, partly


def _taken(posting: Posting, amount: Decimal | None, period: Period | None) -> Decimal:
    """Return the kronor that are credited of an invoice: all that is left unless told."""
    wanted = posting.share(period) if period and amount is None else amount
    taken = posting.net if wanted is None else wanted
    if not 0 < taken <= posting.net:
        raise Refused(
            tr(
                "of invoice {number} {left} kr is left, and not {taken}",
                number=posting.number,
                left=kronor(posting.net),
                taken=kronor(taken),
            )
        )
    return taken


def _refuse_incomplete(case: Case, bill: Bill, number: str, given: InvoiceWishes) -> None:
    from iopctl.case.readiness import readiness

    lacking = (*given.missing, *readiness(case, bill, given.medium).lacks)
    if lacking:
        raise Refused(
            tr(
                "the credit note of {number} needs {lacking}",
                number=number,
                lacking="; ".join(lacking),
            )
        )


def _tell_early(case: Case, issue: Issue | None, posting: Posting, given: InvoiceWishes) -> None:
    """Warn of a credit note that is dated before its invoice; refuse to record it."""
    if issue is None or issue.date >= posting.date.first:
        return
    early = tr(
        "it is dated {day}, before invoice {number} of {earlier}",
        day=issue.date,
        number=posting.number,
        earlier=posting.date.text,
    )
    if given.record:
        raise Refused(
            tr(
                "the credit note {number}: {early}: give it a later --date",
                number=issue.number,
                early=early,
            )
        )
    terminal.say(f"{tr('warning')}: {case.agreement.id}, {issue.number}: {early}")


def _days_of(case: Case, index: int, amount: Decimal) -> Period | None:
    """Return the days for which an amount is too much, where the log tells them."""
    return next(
        (
            each.period
            for each in case.differences
            for taking in each.takings
            if taking.posting.index == index and taking.amount == amount
        ),
        None,
    )


def _issues(given: InvoiceWishes, seller: str) -> Iterator[Issue | None]:
    """Yield number and date of one invoice after the other; None where neither is given."""
    from iopctl.invoices.invoice import Issue
    from iopctl.invoices.numbering import numbers

    number = given.numbers.get(seller) or given.numbers.get("")
    if number is None and given.dated is None:
        if given.ocr:
            raise UserError(tr("--ocr is of an invoice: add --number and --date"))
        while True:
            yield None
    if number is None or given.dated is None:
        raise UserError(tr("--number and --date belong together: give both"))
    issued, ocr = day_of(given.dated, "--date"), _ocr(given.ocr)
    yield from (Issue(each, issued, ocr) for each in numbers(number))


def _ocr(text: str | None) -> str | None:
    """Return an OCR number, whose last digit is computed from the others (Luhn)."""
    from stdnum import luhn

    if text is None:
        return None
    digits = text.isascii() and text.isdigit() and len(text) >= SHORTEST_OCR
    if not digits or not luhn.is_valid(text):
        raise UserError(
            tr("--ocr {text}: the check digit does not fit: compare it with its source", text=text)
        )
    return text
