"""What says too much alike of invoices in several files: series 6xx.

The values of a finding name the other files that it is about as *others*.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import MOST_NAMED, FileFinding, first_files, rule_across
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.check.facts import Billing, Facts, LoggedNumber
    from iopctl.check.rules.rule import Context

_TAIL: Final = re.compile(r"[0-9]+$")


@rule_across("IOP608", "label-not-unique", Severity.WARNING)
def label_not_unique(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """The invoices of two agreements can't be told apart.

    They have the same buyer, reference, marking and label, and both may come on the same day.
    The label is what the agreement wants written on the invoice: let it name the partnership.
    Silent where one agreement is known to end before the other starts.

    Source: the agreements' sections on invoicing.

    Bad:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          label: IOP  # expect: IOP608

    Good:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Exemplet}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP Lokalen}
    """
    for each, bill, others in _indistinct(facts):
        finding = Finding(
            (*bill.path, "label"),
            "nothing tells the invoices from those of {others}: buyer, reference, marking and"
            " label ({label}) are the same",
            remedy="agree on a label that names the partnership",
            others=others,
            label=bill.label or tr("none"),
        )
        yield each, finding


def _indistinct(facts: Iterable[Facts]) -> Iterator[tuple[Facts, Billing, tuple[str, ...]]]:
    """Yield what says the same as earlier files of agreements that may hold on the same day."""
    alike: dict[tuple[str | None, ...], list[Facts]] = {}
    for each in facts:
        for bill in each.billings:
            if bill.reference or bill.marking:
                earlier = alike.setdefault(bill[1:2] + bill[3:], [])
                meeting = (one for one in earlier if one is not each and _may_meet(one, each))
                if others := first_files(islice(meeting, MOST_NAMED)):
                    yield each, bill, others
                earlier.append(each)


def _may_meet(one: Facts, other: Facts) -> bool:
    """Whether there may be a day on which both agreements hold, by what is known of their days."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Facts, other: Facts) -> bool:
    return bool(one.end and other.start and one.end.latest < other.start.earliest)


@rule_across("IOP609", "invoice-number-twice", Severity.WARNING)
def invoice_number_twice(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """Two invoices of the same seller have the same number.

    A number stands for one invoice: a payment, or a credit note, could else be of either.
    Compare the logs with the invoices, of one agreement or of several. Silent where it is not
    known who sent them.

    Source: mervärdesskattelagen (2023:200), 17 kap. 24 §: a number that identifies the invoice.

    Bad:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-03-01, event: invoice, number: 17, period: 2024, amount: 450000}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - date: 2024-05-02
            event: invoice
            number: 17  # expect: IOP609
            period: 2024
            amount: 450000

    Good:

        # in exempel-2024.yaml:
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-03-01, event: invoice, number: 17, period: 2024, amount: 450000}
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing: {seller: foreningen, buyer: kommunen}
        log:
          - {date: 2024-05-02, event: invoice, number: 18, period: 2024, amount: 450000}
    """
    sent = [(each, one) for each in facts for one in each.numbered if one.seller]
    first: dict[tuple[str | None, str], tuple[Facts, LoggedNumber]] = {}
    for each, one in sorted(sent, key=lambda found: found[1].date):
        other, before = first.setdefault((one.seller, one.number), (each, one))
        if before is not one:
            finding = Finding(
                one.path,
                "the invoice number {number} is also that of {date} in {others}",
                remedy="compare the log with the invoices",
                number=one.number,
                date=before.date,
                others=(other.file,),
            )
            yield each, finding


@rule_across("IOP614", "invoice-number-falls", Severity.NOTE)
def invoice_number_falls(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """An invoice has a lower number than an earlier one of the same seller.

    Numbers of a series grow; what is between may be mistyped, or the date. Compared are numbers
    that are alike up to their last digits, so that each year may begin anew, as 2025-1.

    Source: mervärdesskattelagen (2023:200), 17 kap. 24 §: a number of one or more series.

    Bad:

        invoicing: {seller: foreningen, buyer: kommunen, interval: half_yearly}
        log:
          - {date: 2024-02-01, event: invoice, number: 1003, period: 2024-H1, amount: 225000}
          - date: 2024-05-02
            event: invoice
            number: 10  # expect: IOP614
            period: 2024-H2
            amount: 225000

    Good:

        invoicing: {seller: foreningen, buyer: kommunen, interval: half_yearly}
        log:
          - {date: 2024-02-01, event: invoice, number: 9, period: 2024-H1, amount: 225000}
          - {date: 2024-05-02, event: invoice, number: 10, period: 2024-H2, amount: 225000}
    """
    highest: dict[tuple[str | None, str], tuple[int, date, str]] = {}
    sent = [(each, one) for each in facts for one in each.numbered if one.seller]
    for each, one in sorted(sent, key=lambda found: found[1].date):
        tail = _TAIL.search(one.number)
        if tail is None:
            continue
        number, series = int(tail[0]), (one.seller, one.number[: tail.start()])
        before = highest.get(series)
        if before is None or number > before[0]:
            highest[series] = (number, one.date, one.number)
        elif number < before[0] and before[1] < one.date:
            finding = Finding(
                one.path,
                "the invoice number {number} comes after {before} of {date}",
                remedy="compare number and date with the invoice",
                number=one.number,
                before=before[2],
                date=before[1],
            )
            yield each, finding


@rule_across("IOP612", "label-alone-differs", Severity.NOTE)
def label_alone_differs(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """Only their labels tell the invoices of agreements apart.

    The buyer, the reference and the marking are the same, so that an invoice without its label
    may be booked on another agreement. See that each states it, or ask the buyer for markings
    that differ. Told in each file, or in one where more than six share a marking: then it is
    the buyer's practice. Silent where one agreement is known to end before the other starts.

    Source: the agreements' sections on invoicing.

    Bad:

        # in exempel-2024.yaml:
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          marking: ID 150010
          label: IOP Exemplet  # expect: IOP612
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          marking: ID 150010
          label: IOP Lokalen  # expect: IOP612

    Good:

        # in exempel-2024.yaml:
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          marking: ID 150010
          label: IOP Exemplet
        # in lokalen-2024.yaml:
        id: lokalen-2024
        invoicing:
          seller: foreningen
          buyer: kommunen
          reference: 150Z
          marking: ID 150020
          label: IOP Lokalen
    """
    by_marking: dict[tuple[str | None, ...], list[tuple[Facts, Billing]]] = {}
    for each in facts:
        for bill in each.billings:
            if bill.marking and bill.label:
                alike = by_marking.setdefault((bill.buyer, bill.reference, bill.marking), [])
                alike.append((each, bill))
    for alike in by_marking.values():
        yield from islice(_told_by_label(alike), None if len(alike) <= MOST_NAMED else 1)


def _told_by_label(alike: Sequence[tuple[Facts, Billing]]) -> Iterator[FileFinding]:
    for each, bill in alike:
        found = (
            one
            for one, other in alike
            if one is not each and other.label != bill.label and _may_meet(one, each)
        )
        if others := first_files(islice(found, MOST_NAMED)):
            finding = Finding(
                (*bill.path, "label"),
                "only the label tells the invoices from those of {beside}: the reference"
                " ({reference}) and the marking ({marking}) are the same",
                remedy="see that each invoice states it, or ask the buyer for another marking",
                beside=others,  # not others: each of the files has a finding of its own
                reference=bill.reference or tr("none"),
                marking=bill.marking,
            )
            yield each, finding


RULES = (label_not_unique, invoice_number_twice, invoice_number_falls, label_alone_differs)
