"""What an earlier `--record` with the same words has left undone.

The log is written before the file gets its name. So a run that is killed in between leaves an
event without a file, never a file that nobody knows of; the same words once more write the file.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.sending import content, place
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.ledger import Posting
    from iopctl.case.readiness import Item
    from iopctl.cli.making import InvoiceWishes


class Rest(NamedTuple):
    """What an earlier try with the same words has left to be made, and numbers it has *used*.

    Those are by seller. *written* says whether a file of its invoices was missing, and is there.
    """

    items: list[Item]
    used: Mapping[str, int]
    written: bool


def rest(found: Sequence[Item], given: InvoiceWishes, as_of: date) -> Rest:
    """Write the files that are missing of invoices in the log, by *given*'s numbers and on.

    A run that was stopped has logged the last one, and not yet given its files their names.
    """
    if not (given.record and given.folder and given.numbers and given.dated):
        return Rest(list(found), {}, written=False)
    logged: dict[str, dict[str, tuple[Case, Posting]]] = {}
    for each in found:
        posting = each.bill.invoiced
        if posting and posting.number and posting.date.first == given.issued:
            seller = each.bill.terms.parties[each.bill.seller].identity
            logged.setdefault(seller, {})[posting.number] = (each.case, posting)
    used, written = {}, False
    for seller, own in logged.items():
        first = given.numbers.get(seller) or given.numbers.get("", "")
        series = _series(first, own)
        used[seller] = len(series)
        for number in series:
            written |= _written(*own[number], given, as_of)
    left = [each for each in found if not written or each.bill.is_open]
    return Rest(left, used, written=written)


def _written(case: Case, posting: Posting, given: InvoiceWishes, as_of: date) -> bool:
    """Write those files of a logged invoice that are not there, as they were to be."""
    from dataclasses import replace

    from iopctl import files
    from iopctl.cli.making import InvoiceForm
    from iopctl.invoices.copies import copy_of, refuse_lacking

    made, found = replace(copy_of(case, posting), mark=""), False
    for form in given.forms:
        path = place(made, given, form)
        if not files.is_there(path):
            if form is InvoiceForm.PEPPOL:
                refuse_lacking(case, made)
            files.make_folder(given.folder or ".")
            files.write(path, content(made, form, given, as_of))
            terminal.say(tr("written: {path}, which the log had already", path=path))
            found = True
    return found


def _series(first: str, logged: Container[str]) -> list[str]:
    """Return those of *first* and the numbers after it that are *logged*, up to one that is not."""
    from iopctl.invoices.numbering import numbers

    found = []
    with suppress(UserError):  # it ends in no digits, and has none after it
        for number in numbers(first):
            if number not in logged:
                break
            found.append(number)
    return found
