"""Where invoices go: to files and to the log together, or to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.cli.making import Form
from iopctl.errors import Refused, UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.cli.making import Given
    from iopctl.cli.reading import Selection
    from iopctl.invoices.invoice import Invoice

LONGEST_LINE: Final = 160


class Paper(NamedTuple):
    """A file that is to be written: its path and what is in it."""

    path: str
    data: bytes


def write(
    made: Sequence[Invoice], given: Given, selected: Selection, *, partly: bool = False
) -> None:
    """Write the invoices: each as files of the folder that is given, else to standard output.

    Where they are to be recorded, each goes in its agreement's log together with its files: all
    of them, or none. A credit note may be of a part of an invoice, and its record says so.

    Raises:
        UserError: a file is there already or can't be written, or several go to no folder.
        Refused: an agreement has changed meanwhile, or its log can't have the invoice.
    """
    from iopctl import files
    from iopctl.output.progress import during

    names = _names(selected) if given.record else {}
    if given.folder is None:
        with during("writing", sys.stderr):
            text = _shown(made, given, selected.as_of)
        for each in made if given.record else ():
            name, after, before, line = _recorded(each, names[each.agreement.id], partly=partly)
            files.write(name, after, expected=before)
            terminal.say(f"logged in {name}: {line}")
        terminal.write(text, "utf-8" if given.is_invoice or Form.JSON in given.forms else None)
        return
    for each in made:
        _write_one(each, given, selected.as_of, names.get(each.agreement.id), partly=partly)
    if Form.PEPPOL in given.forms:
        terminal.say("not sent: that takes an access point to Peppol, or the buyer's portal")


def _write_one(made: Invoice, given: Given, as_of: date, name: str | None, *, partly: bool) -> None:
    from iopctl import files
    from iopctl.invoices.issuing import file_name

    papers = [
        Paper(f"{given.folder}/{file_name(made, form.suffix)}", _content(made, form, given, as_of))
        for form in given.forms
    ]
    replace = given.force or given.preview
    line = ""
    if name is None:
        files.write_all([*papers], replace=replace)
    else:
        name, after, before, line = _recorded(made, name, partly=partly)
        files.write_all([*papers], replace=replace, last=(name, after, before))
    for each in papers:
        terminal.say(f"written: {each.path}")
    if line:
        terminal.say(f"logged in {name}: {line}")


def _names(selected: Selection) -> dict[str, str]:
    """Return the file of each agreement."""
    from iopctl.check.portfolio import document

    found = [document(each) for each in selected.inputs]
    return {each.agreement.id: each.name for each in reversed(found) if each.agreement}


def _recorded(made: Invoice, name: str, *, partly: bool) -> tuple[str, bytes, bytes, str]:
    """Return the file of an agreement with the invoice in its log, as it is now, and the event."""
    from codecs import BOM_UTF8

    from iopctl import files
    from iopctl.check import portfolio
    from iopctl.drafting import logbook
    from iopctl.invoices.issuing import event
    from iopctl.source.input import Input

    before = files.content(name)
    found = portfolio.document(Input(name, before))
    if not isinstance(before, bytes) or found.source is None or found.agreement is None:
        raise Refused(f"{name} has changed since it was read: run the command again")
    new = event(made, amount=partly)
    text = logbook.logged(found.source, found.agreement, new)
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    line = ", ".join(f"{key}: {value}" for key, value in new.items())
    return name, mark + text.encode(), before, line[:LONGEST_LINE]


def _shown(made: Sequence[Invoice], given: Given, as_of: date) -> str:
    from iopctl.invoices import pages as invoices

    if len(given.forms) > 1:
        raise UserError("several formats go to no screen: name a folder with --output")
    (form,) = given.forms
    if form is Form.JSON:
        return invoices.json(made, as_of)
    if form is Form.TEXT:
        return "\n".join(invoices.text(each, given.templates) for each in made)
    if len(made) > 1 or form is Form.PDF:
        what = "a PDF is" if len(made) == 1 else f"{len(made)} invoices are"
        raise UserError(f"{what} no text for the screen: name a folder with --output")
    return _content(made[0], form, given, as_of).decode()


def _content(made: Invoice, form: Form, given: Given, as_of: date) -> bytes:
    from iopctl.case.readiness import peppol_lacks
    from iopctl.invoices import pages as invoices
    from iopctl.invoices import peppol

    match form:
        case Form.TEXT:
            return invoices.text(made, given.templates).encode()
        case Form.JSON:
            return invoices.json([made], as_of).encode()
        case Form.HTML:
            return invoices.html(made, given.templates).encode()
        case Form.PDF:
            xml = None if any(peppol_lacks(made.bill)) else peppol.xml(made)
            return invoices.pdf(made, xml)
        case Form.PEPPOL:
            return peppol.xml(made)
