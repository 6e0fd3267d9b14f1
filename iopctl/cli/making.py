"""What `iopctl invoice` makes: invoices under the numbers that are given, and where they go."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import Refused, UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.needs import Medium
    from iopctl.case.readiness import Item
    from iopctl.cli.reading import Selection
    from iopctl.invoices.invoice import Invoice, Issue

LONGEST_NUMBER: Final = 40
SHORTEST_OCR: Final = 2


class Form(StrEnum):
    """How an invoice is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    PEPPOL = "peppol"

    @property
    def is_invoice(self) -> bool:
        """Whether it is the invoice itself, and not only what is to stand in it."""
        return self not in {Form.TEXT, Form.JSON}

    @property
    def suffix(self) -> str:
        """How the name of a file of this form ends."""
        return {Form.TEXT: "txt", Form.PEPPOL: "xml"}.get(self, self.value)

    @property
    def need(self) -> Medium:
        """What an agreement must say for it."""
        from iopctl.case.needs import Medium

        if self is Form.PEPPOL:
            return Medium.PEPPOL
        return Medium.PAGE if self.is_invoice else Medium.TEXT


class Given(NamedTuple):
    """What the command line says of the invoices that are to be made."""

    form: Form
    number: str | None
    date: str | None
    ocr: str | None
    folder: str | None
    templates: tuple[str, ...]
    record: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The options without which there is no invoice: numbers and dates are not guessed."""
        wanted = (("--number", self.number), ("--date", self.date))
        needed = self.form.is_invoice or self.record
        return tuple(name for name, value in wanted if needed and not value)


# ------------------------------------------------------------------ making them
def invoices(
    items: Sequence[Item], given: Given, known: Sequence[Case], used: int = 0
) -> list[Invoice]:
    """Return the invoice of each bill, numbered on from the number that is given.

    The first *used* numbers are passed over: an earlier try has used them.

    Raises:
        UserError: a number, date or OCR number can't be one.
        Refused: a number stands in the log of an agreement that is *known*.
    """
    from iopctl.invoices.invoice import invoice

    issues = list(islice(_issues(given), used, used + len(items)))
    if given.ocr and len(items) > 1:
        raise UserError(f"--ocr is of one invoice, and these are {len(items)}: choose a --period")
    made = [
        invoice(item.case.agreement, item.bill, issue)
        for item, issue in zip(items, issues, strict=True)
    ]
    _refuse_used(made, known)
    return made


def credited(case: Case, number: str, given: Given, known: Sequence[Case]) -> Invoice:
    """Return the credit note of the logged invoice *number*.

    Raises:
        UserError: its own number or date can't be one.
        Refused: there is no such invoice, something is missing, or the own number is used.
    """
    from iopctl.case.readiness import readiness
    from iopctl.invoices.invoice import credit_note
    from iopctl.invoices.issuing import logged

    bill, event = logged(case, number)
    lacking = (*given.missing, *readiness(case, bill, given.form.need).lacks)
    if lacking:
        raise Refused(f"the credit note of {number} needs {'; '.join(lacking)}")
    made = credit_note(case.agreement, bill, next(_issues(given)), event)
    _refuse_used([made], known)
    return made


def _issues(given: Given) -> Iterator[Issue | None]:
    """Yield number and date of one invoice after the other; None where neither is given."""
    from iopctl.invoices.invoice import Issue
    from iopctl.invoices.issuing import numbers

    if given.number is None and given.date is None:
        while True:
            yield None
    if given.number is None or given.date is None:
        raise UserError("--number and --date belong together: give both")
    fits = 1 <= len(given.number) <= LONGEST_NUMBER and given.number == given.number.strip()
    if not fits or not given.number.isprintable():
        raise UserError(
            f"--number '{given.number}': write 1 to {LONGEST_NUMBER} characters, none of them a"
            " control character or a space around them"
        )
    issued, ocr = day(given.date, "--date"), _ocr(given.ocr)
    yield from (Issue(number, issued, ocr) for number in numbers(given.number))


def day(text: str, option: str) -> date:
    """Return the day that is given with *option*.

    Raises:
        UserError: it is no day.
    """
    from iopctl import dates

    found = dates.day_month_or_year(text)
    if found is None or found.first != found.last:
        raise UserError(f"{option} {text}: write a day as 2024-12-02")
    return found.first


def _ocr(text: str | None) -> str | None:
    """Return an OCR number, whose last digit is computed from the others (Luhn)."""
    from stdnum import luhn

    if text is None:
        return None
    digits = text.isascii() and text.isdigit() and len(text) >= SHORTEST_OCR
    if not digits or not luhn.is_valid(text):
        raise UserError(f"--ocr {text}: the check digit does not fit: compare it with its source")
    return text


def _refuse_used(made: Sequence[Invoice], known: Sequence[Case]) -> None:
    from iopctl.invoices.issuing import used

    taken = used(known)
    for each in made:
        if each.issue is None:
            continue
        number, seller = each.issue.number, each.seller
        agreement = taken.get((seller.identity, number)) or taken.get((None, number))
        if agreement:
            raise Refused(f"number {number} of {seller.called} is used already, in {agreement}")


# ------------------------------------------------------------------ writing them
def write(made: Sequence[Invoice], given: Given, selected: Selection) -> None:
    """Write the invoices: each as a file of the folder that is given, else to standard output.

    Where they are to be recorded, each goes in its agreement's log together with its file, or
    after it is shown.

    Raises:
        UserError: a file is there already or can't be written, or several go to no folder.
        Refused: an agreement has changed meanwhile, or its log can't have the invoice.
    """
    from iopctl import files
    from iopctl.cli.recording import Logs
    from iopctl.output.pdf import is_archival
    from iopctl.output.progress import during

    logs = Logs(selected)
    if given.folder is None:
        with during("writing", sys.stderr):
            text = _shown(made, given, selected.as_of)
        terminal.write(text, None if given.form is Form.TEXT else "utf-8")
        for each in made if given.record else ():
            name, after, before = logs.recorded(each)
            files.write(name, after, expected=before)
        return
    for each in made:
        path = place(each, given)
        data = content(each, given, selected.as_of)
        if given.record:
            files.write_both(path, data, *logs.recorded(each))
        else:
            files.write(path, data)
        terminal.say(f"written: {path}")
        if given.form is Form.PDF and not is_archival(data):
            terminal.say(f"{path}: our fonts lack some of its characters: they are boxes")
    if given.form is Form.PEPPOL:
        terminal.say("not sent: that takes an access point to Peppol, or the buyer's portal")


def place(made: Invoice, given: Given) -> str:
    """Return the file of an invoice in the folder that is given."""
    from iopctl.invoices.issuing import file_name

    return f"{given.folder}/{file_name(made, given.form.suffix)}"


def _shown(made: Sequence[Invoice], given: Given, as_of: date) -> str:
    from iopctl.invoices import pages as invoices

    if given.form is Form.JSON:
        return invoices.json(made, as_of)
    if given.form is Form.TEXT:
        shown = "\n".join(invoices.text(each, given.templates) for each in made)
        return terminal.harmless(shown)
    if len(made) > 1 or given.form is Form.PDF:
        what = "a PDF is" if len(made) == 1 else f"{len(made)} invoices are"
        raise UserError(f"{what} no text for the screen: name a folder with --output")
    return terminal.in_markup(content(made[0], given, as_of).decode())


def content(made: Invoice, given: Given, as_of: date) -> bytes:
    """Return an invoice as its file has it."""
    from iopctl.case.needs import electronic
    from iopctl.invoices import pages as invoices
    from iopctl.invoices import peppol

    match given.form:
        case Form.TEXT:
            return invoices.text(made, given.templates).encode()
        case Form.JSON:
            return invoices.json([made], as_of).encode()
        case Form.HTML:
            return invoices.html(made, given.templates).encode()
        case Form.PDF:
            xml = peppol.xml(made) if electronic(made.bill) else None
            return invoices.pdf(made, xml)
        case _:
            return peppol.xml(made)
