"""Where invoices go: to files and to the log together, or to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from iopctl.cli.making import InvoiceForm
from iopctl.errors import UserError
from iopctl.language import counted, marked, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.cli.making import InvoiceWishes
    from iopctl.cli.reading import AgreementSelection
    from iopctl.cli.recording import Logs
    from iopctl.invoices.invoice import Invoice


def write(
    made: Sequence[Invoice],
    given: InvoiceWishes,
    selected: AgreementSelection,
    *,
    partly: bool = False,
) -> None:
    """Write the invoices: each as files of the folder that is given, else to standard output.

    Where they are to be recorded, each goes in its agreement's log together with its files, or
    after it is shown. A credit note may be of a part of an invoice, and its record says so.

    Raises:
        UserError: a file is there already or can't be written, or several go to no folder.
        Refused: an agreement has changed meanwhile, or its log can't have the invoice.
    """
    from iopctl import files
    from iopctl.cli.recording import Logs
    from iopctl.output.progress import during

    logs = Logs(selected, partly=partly)
    if given.folder is None:
        with during(marked("writing"), sys.stderr):
            text = _shown(made, given, selected.as_of)
        terminal.write(text, None if given.forms == (InvoiceForm.TEXT,) else "utf-8")
        for each in made if given.record else ():
            record = logs.recorded(each)
            files.write(record.name, record.after, expected=record.before)
            terminal.say(record.told)
        return
    files.make_folder(given.folder)
    for each in made:
        _write_one(each, given, selected.as_of, logs)
    if InvoiceForm.PEPPOL in given.forms:
        terminal.say(tr("not sent: that takes an access point to Peppol, or the buyer's portal"))


def _write_one(made: Invoice, given: InvoiceWishes, as_of: date, logs: Logs) -> None:
    from iopctl import files
    from iopctl.output.pdf import is_archival

    papers = [(place(made, given, form), content(made, form, given, as_of)) for form in given.forms]
    replace, told = given.force or given.preview, ""
    if given.record:
        record = logs.recorded(made)
        files.write_all(papers, record.name, record.after, record.before, replace=replace)
        told = record.told
    else:
        for path, data in papers:
            files.write(path, data, replace=replace)
    for form, (path, data) in zip(given.forms, papers, strict=True):
        terminal.say(tr("written: {path}", path=path))
        if form is InvoiceForm.PDF and not is_archival(data):
            terminal.say(
                tr("{path}: our fonts lack some of its characters: they are boxes", path=path)
            )
    if told:
        terminal.say(told)


def place(made: Invoice, given: InvoiceWishes, form: InvoiceForm) -> str:
    """Return the file of an invoice in the folder that is given."""
    from iopctl.invoices.issuing import file_name

    return f"{(given.folder or '.').rstrip('/')}/{file_name(made, form.suffix)}"


def _shown(made: Sequence[Invoice], given: InvoiceWishes, as_of: date) -> str:
    from iopctl.invoices import pages as invoices

    if len(given.forms) > 1:
        raise UserError(tr("several formats go to no screen: name a folder with --output"))
    (form,) = given.forms
    if form is InvoiceForm.JSON:
        return invoices.json(made, as_of)
    if form is InvoiceForm.TEXT:
        shown = "\n".join(invoices.text(each, given.templates) for each in made)
        return terminal.harmless(shown)
    if len(made) > 1 or form is InvoiceForm.PDF:
        raise UserError(
            counted(
                "a PDF is no text for the screen: name a folder with --output",
                "{number} invoices are no text for the screen: name a folder with --output",
                len(made),
            )
        )
    return terminal.in_markup(content(made[0], form, given, as_of).decode())


def content(made: Invoice, form: InvoiceForm, given: InvoiceWishes, as_of: date) -> bytes:
    """Return an invoice as its file has it."""
    from iopctl.case.needs import electronic
    from iopctl.invoices import pages as invoices
    from iopctl.invoices import peppol

    if form is InvoiceForm.TEXT:
        return invoices.text(made, given.templates).encode()
    if form is InvoiceForm.JSON:
        return invoices.json([made], as_of).encode()
    if form is InvoiceForm.HTML:
        return invoices.html(made, given.templates).encode()
    if form is InvoiceForm.PEPPOL:
        return peppol.xml(made)
    xml = peppol.xml(made) if made.issue and electronic(made.bill) else None
    return invoices.pdf(made, xml)
