"""What `--record` does beside making an invoice: the log, and what an earlier try has left undone.

The log is written before the file gets its name. So a run that is killed in between leaves an
event without a file, never a file that nobody knows of; the same words once more write the file.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.making import content, day, place
from iopctl.errors import Refused, UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

    from iopctl.case.readiness import Item
    from iopctl.cli.making import Given
    from iopctl.cli.reading import Selection
    from iopctl.invoices.invoice import Invoice
    from iopctl.model import Agreement


class Logs:
    """The files of the agreements that invoices are made from, as they were read or written."""

    def __init__(self, selected: Selection) -> None:
        self._as_of = selected.as_of
        self._names = selected.files
        self._contents = {each.name: each.content for each in selected.inputs}

    def recorded(self, made: Invoice) -> tuple[str, bytes, bytes]:
        """Return the file of an agreement with the invoice in its log, and as it is before.

        That is as it was when the invoice was made from it: where the file has changed since, it
        is not written, and the invoice may be another one.

        Raises:
            Refused: the log has it already, with a date that the run does not look to.
        """
        from codecs import BOM_UTF8

        from iopctl.check import portfolio
        from iopctl.drafting import logbook
        from iopctl.invoices.issuing import event
        from iopctl.source.input import Input

        name = self._names[made.agreement.id]
        before = self._contents[name]
        found = portfolio.document(Input(name, before))
        if not isinstance(before, bytes) or found.source is None or found.agreement is None:
            raise Refused(f"{name} can't be read: correct that first")
        _refuse_logged(found.agreement, made, self._as_of)
        text = logbook.logged(found.source, found.agreement, event(made))
        mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        self._contents[name] = mark + text.encode()
        return name, mark + text.encode(), before


def _refuse_logged(agreement: Agreement, made: Invoice, as_of: date) -> None:
    from iopctl.case.case import Case
    from iopctl.model.log import Credit

    told = f"{agreement.id}, {made.period.text}"
    for event in agreement.log:
        if isinstance(event, Credit) and made.credits and event.of == made.credits.number:
            raise Refused(f"{told}: {event.of} is credited already, by {event.number}")
    last = max((as_of, *(event.date.first for event in agreement.log)))
    for bill in Case(agreement, last).bills if made.credits is None else ():
        same = (bill.path, bill.period, bill.due) == (made.bill.path, made.period, made.bill.due)
        if same and bill.invoiced:
            by = f"{bill.invoiced.number} of {bill.invoiced.date.text}"
            raise Refused(f"{told} is invoiced already, by {by}")


class Rest(NamedTuple):
    """What an earlier try with the same words has left to be made, and numbers it has *used*.

    *written* says whether a file of its invoices was missing, and is now there.
    """

    items: list[Item]
    used: int
    written: bool


def rest(found: Sequence[Item], given: Given, as_of: date) -> Rest:
    """Write the files that are missing of invoices in the log, by *given*'s number and on.

    A run that was stopped has logged the last one, and not yet given its file a name.
    """
    from iopctl import files
    from iopctl.invoices.invoice import Issue, invoice

    if not (given.record and given.folder and given.number and given.date):
        return Rest(list(found), 0, written=False)
    issued = day(given.date, "--date")
    logged = {
        event.number: each
        for each in found
        if (event := each.bill.invoiced)
        and (event.date.first, event.amount) == (issued, each.bill.amount)
    }
    series = _series(given.number, logged)
    missing = []
    for number in series:
        item = logged[number]
        made = invoice(item.case.agreement, item.bill, Issue(number, issued, given.ocr))
        path = place(made, given)
        if not files.is_there(path):
            files.write(path, content(made, given, as_of))
            terminal.say(f"written: {path}, which the log had already")
            missing.append(item)
    left = [each for each in found if each not in missing]
    return Rest(left, len(series), written=bool(missing))


def _series(first: str, logged: Container[str]) -> list[str]:
    """Return those of *first* and the numbers after it that are *logged*, up to one that is not."""
    from iopctl.invoices.issuing import numbers

    found = []
    with suppress(UserError):  # it ends in no digits, and has none after it
        for number in numbers(first):
            if number not in logged:
                break
            found.append(number)
    return found
