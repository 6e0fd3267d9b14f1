"""The log of an agreement with an invoice in it: what `--record` writes beside the invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.cli.reading import AgreementSelection
    from iopctl.invoices.invoice import Invoice


class Record(NamedTuple):
    """The file of an agreement, with an invoice in its log and without, and what to say of it."""

    name: str
    after: bytes
    before: bytes
    told: str


class Logs:
    """The files of the agreements that invoices are made from, as they were read or written.

    Credit notes that are *partly* for an invoice are recorded with their amounts.
    """

    def __init__(self, selected: AgreementSelection, *, partly: bool = False) -> None:
        self._partly = partly
        self._names = selected.files
        self._contents = {each.name: each.content for each in selected.inputs}

    def recorded(self, made: Invoice) -> Record:
        """Return the file of an agreement with the invoice in its log, and as it is before.

        That is as it was when the invoice was made from it: where the file has changed since, it
        is not written, and the invoice may be another one.
        """
        from codecs import BOM_UTF8

        from iopctl.check import portfolio
        from iopctl.drafting import logbook
        from iopctl.input import Input
        from iopctl.invoices.issuing import event

        name = self._names[made.agreement.id]
        before = self._contents[name]
        found = portfolio.document(Input(name, before))
        if not isinstance(before, bytes) or found.source is None or found.agreement is None:
            raise Refused(
                tr("{name} can't be read: correct that first", name=terminal.printable(name))
            )
        new = event(made, amount=self._partly)
        text = logbook.logged(found.source, found.agreement, new)
        mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        self._contents[name] = mark + text.encode()
        line = ", ".join(f"{key}: {value}" for key, value in new.items())
        return Record(
            name,
            mark + text.encode(),
            before,
            tr("logged in {name}: {event}", name=name, event=line),
        )
