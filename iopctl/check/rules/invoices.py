"""What may be wrong with the invoices that an agreement asks for: series 42x."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from iopctl.case.billing import payment_of
from iopctl.case.claims import overlaps
from iopctl.case.division import unbilled
from iopctl.check.diagnostics import Finding, Related, Severity
from iopctl.check.rules.rule import rule
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.source import Path

MOST_PERIODS: Final = 4


@rule("IOP420", "invoicing-overlaps", Severity.ERROR)
def invoicing_overlaps(case: Case) -> Iterator[Finding]:
    """Two blocks of invoicing ask for the same money on the same days.

    They have the same seller, buyer and committee, so that each would bill what the other
    bills. Give the first an `end`, the other a `start`, or each its `board`.

    Source: one amount is billed once.

    Bad:

        invoicing:
          - seller: foreningen
            buyer: kommunen
            recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
            reference: 150Z
            label: IOP Exemplet
            interval: yearly
          - seller: foreningen  # expect: IOP420
            buyer: kommunen
            recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
            reference: 150Z
            label: IOP Exemplet
            interval: half_yearly

    Good:

        invoicing:
          - seller: foreningen
            buyer: kommunen
            recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
            reference: 150Z
            label: IOP Exemplet
            interval: yearly
            end: 2024-12-31
          - seller: foreningen
            buyer: kommunen
            recipient: {lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}
            reference: 150Z
            label: IOP Exemplet
            interval: half_yearly
            start: 2025-01-01
    """
    start = case.reach.start or date.min
    for one, other in overlaps(case):
        first = max(start, one.first, other.first)
        yield Finding(
            other.path(),
            "this invoicing and an earlier one both ask for the same rows from {first}",
            remedy="give the earlier one an end and this one a start, or each its board",
            related=(Related(one.path(), "the earlier one"),),
            first=tr("the start") if first == date.min else first,
        )


@rule("IOP421", "nothing-to-invoice", Severity.WARNING)
def nothing_to_invoice(case: Case) -> Iterator[Finding]:
    """A block of invoicing asks for nothing.

    No row is cash from its buyer that its seller may ask for. Perhaps seller and buyer have
    changed places, or a row has another `receiver`, `board` or `form`.

    Source: the agreement's sections on economy and invoicing.

    Bad:

        # with invoicing  # expect: IOP421
          seller: kommunen
          buyer: foreningen

    Good:

        # with invoicing
    """
    asked = {each.path for each in case.bills}
    for block in case.blocks:
        if block.decided and block.path() not in asked:
            yield Finding(
                block.path(),
                "{seller} has nothing to ask {buyer} for",
                remedy="compare seller and buyer with the rows of the economy",
                seller=block.seller.called,
                buyer=block.buyer.called,
            )


@rule("IOP422", "row-not-invoiced", Severity.WARNING)
def row_not_invoiced(case: Case) -> Iterator[Finding]:
    """A row that a buyer pays is not asked for in all of its months.

    The invoicing ends before the agreement does, begins after it, or is for another committee
    or receiver. Silent where the payer is not invoiced at all, and where the days of the agreement
    are not known, so that nothing can be asked for yet.

    Source: the agreement's sections on economy and invoicing.

    Bad:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}  # expect: IOP422
            - {party: foreningen, item: Lokaler, amount: 450000}
        # with invoicing
          interval: half_yearly
          end: 2025-06-30

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
        # with invoicing
          interval: half_yearly
    """
    told: set[Path] = set()
    for figure, billed in unbilled(case):
        if figure.path not in told:
            told.add(figure.path)
            yield Finding(
                figure.path,
                "of {amount} kr in {year}, {billed} kr is asked for by invoice",
                remedy="compare the row with the days, board and receiver of the invoicing",
                amount=figure.amount,
                year=figure.year or "all",
                billed=billed,
            )


@rule("IOP423", "row-not-invoiceable", Severity.WARNING)
def row_not_invoiceable(case: Case) -> Iterator[Finding]:
    """A row can't be invoiced, because nobody has said how it is divided.

    Several parties pay it jointly, several sellers may bill it, or several committees share it
    without shares. It is never divided evenly unasked: write a row for each, name the
    `receiver`, or give the committees' percent.

    Source: the agreement's section on economy.

    Bad:

        economy:
          contributions:
            - {party: kommunen, board: [SN, KN], amount: 450000}  # expect: IOP423
            - {party: foreningen, item: Lokaler, amount: 450000}
        # with invoicing
          board: SN

    Good:

        economy:
          contributions:
            - {party: kommunen, board: SN, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
        # with invoicing
          board: SN
    """
    unclear = {each.figure.path: each.unclear for each in case.divisions if each.unclear}
    for path, reason in unclear.items():
        yield Finding(
            path,
            "the row can't be invoiced: {reason}",
            remedy="ask the parties, and write the division",
            reason=reason,
        )


@rule("IOP427", "not-invoiced", Severity.WARNING)
def not_invoiced(case: Case) -> Iterator[Finding]:
    """An invoice that is due is not logged.

    In advance it is due on the first day of its period, else on the last. Send it and log it;
    what is done outside the log is told by `settled_until` under follow_up.

    Source: the agreement's section on invoicing.

    Bad:

        # as of 2025-02-01
        # with invoicing  # expect: IOP427

    Good:

        # as of 2025-02-01
        # with invoicing
        log:
          - {date: 2024-12-02, event: invoice, number: 17, period: 2024, amount: 450000}
    """
    late: dict[Path, list[Bill]] = {}
    for bill in case.bills:
        is_late = bill.is_open and bill.due < case.as_of and not bill.difference
        if is_late and case.agreement.status != "draft":
            late.setdefault(bill.path, []).append(bill)
    for path, found in late.items():
        paid_out = found[0].invoicing.method == "payout"
        yield Finding(
            path,
            "no {what} is logged for {periods}, due {due}",
            remedy=_to_log(case, found, paid_out=paid_out),
            what=tr("payment") if paid_out else tr("invoice"),
            periods=_periods(found),
            due=found[0].due
            if len(found) == 1
            else tr("from {due} to {due_2}", due=found[0].due, due_2=found[-1].due),
        )


def _to_log(case: Case, found: Sequence[Bill], *, paid_out: bool) -> str:
    """Return how invoices that are not logged are; of what is long over, that they may be done."""
    if not case.may_bill(max(each.period.last for each in found)):
        return tr(
            "if they are done, write settled: {{invoices: {day}}} under follow_up; else send and "
            "log them",
            day=max(each.due for each in found),
        )
    if paid_out:
        return tr(
            "log it: iopctl log {name} payment {payment}",
            name=case.agreement.id,
            payment=payment_of(case, found[0]),
        )
    return tr(
        "send and log it: iopctl invoice {name} --year {year}",
        name=case.agreement.id,
        year=found[0].year,
    )


def _periods(found: Sequence[Bill]) -> str:
    """Name the periods of some bills: of many, how many they are, the first and the last."""
    texts = list(dict.fromkeys(each.period.text for each in found))
    if len(texts) <= MOST_PERIODS:
        return ", ".join(texts)
    return tr(
        "{number} periods, {first} to {last}", number=len(texts), first=texts[0], last=texts[-1]
    )


RULES = (
    invoicing_overlaps,
    nothing_to_invoice,
    row_not_invoiced,
    row_not_invoiceable,
    not_invoiced,
)
