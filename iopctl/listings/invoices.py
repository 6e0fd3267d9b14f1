"""The invoices of a year as a listing: which are ready, done, or lack something, and what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.coming import MONTHS_AHEAD
from iopctl.case.division import unbilled
from iopctl.case.exceptions import excepted
from iopctl.case.needs import needs
from iopctl.case.needs.need import MARKING, Medium
from iopctl.case.readiness import Item, readiness
from iopctl.language import marked, tr
from iopctl.money import kronor, plain, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.differences import Difference
    from iopctl.dates import Period
    from iopctl.tables import Cell

_COLUMNS = (
    Column("agreement", "agreement"),
    Column("seller", "from", spare=4),
    Column("buyer", "to", spare=3),
    Column("board", "committee"),
    Column("label", "label"),
    Column("period", "period", Kind.DATE),
    Column("due", "due", Kind.DATE),
    Column("amount", "amount", Kind.KRONOR, spare=1),
    Column("open", "open", Kind.KRONOR),
    Column("state", "state", Kind.STATE, room=26),
    Column("e_invoice", "e-invoice", Kind.STATE, spare=2),
    Column("number", "number", spare=1),
)
DISTINCTIVE: Final = frozenset({"board", "label"})
"""The columns that people see only where they tell one line from another."""


class Matters(NamedTuple):
    """What is listed: the bills, and what was billed too much, to be taken back."""

    items: Sequence[Item]
    to_credit: Sequence[tuple[Case, Difference]] = ()


def table(
    given: Sequence[Case],
    found: Matters,
    days: Period,
    as_of: date,
    title: str,
    *,
    exactly: bool = False,
) -> Table:
    """Return a line for each bill, for what is to be credited, and for each agreement of none.

    *found* are those of *days*, or those for *exactly* these.

    The state is that of the marking text, or of the format that was asked for; beside it stands
    that of an e-invoice. The notes name all that is missing, with the fields to fill in.
    """
    items, to_credit = found
    electronic = [Item(each.case, readiness(each.case, each.bill, Medium.PEPPOL)) for each in items]
    by_case: dict[int, list[tuple[Item, Item]]] = defaultdict(list)
    for pair in zip(items, electronic, strict=True):
        by_case[id(pair[0].case)].append(pair)
    credits_: dict[int, list[Difference]] = defaultdict(list)
    for case, each in to_credit:
        credits_[id(case)].append(each)
    rows = [
        row
        for case in given
        for row in _rows(case, by_case[id(case)], credits_[id(case)], days, exactly=exactly)
    ]
    too_much = [f"{case.agreement.id}: {off(case, each)}" for case, each in to_credit]
    notes = (
        *too_much,
        *_missing((each, each.readiness.reasons) for each in items),
        *_missing(
            ((more, _beside(one, more)) for one, more in zip(items, electronic, strict=True)),
            electronic=True,
        ),
        *_unmarked(items),
        *_assumed(items),
    )
    return Table("invoices", title, as_of, _COLUMNS, tuple(rows), notes)


def narrow(table: Table) -> Table:
    """Return the table without what tells no line from another of its agreement."""
    kept = []
    for place, column in enumerate(table.columns):
        by_agreement: dict[Cell, set[Cell]] = defaultdict(set)
        for row in table.rows:
            by_agreement[row.cells[0]].add(row.cells[place])
        if column.key not in DISTINCTIVE or any(len(each) > 1 for each in by_agreement.values()):
            kept.append(place)
    rows = tuple(Row(tuple(row.cells[at] for at in kept), row.level) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def _rows(
    case: Case,
    found: Sequence[tuple[Item, Item]],
    too_much: Sequence[Difference],
    days: Period,
    *,
    exactly: bool,
) -> Iterator[Row]:
    if not found and not too_much:
        blank: tuple[Cell, ...] = ("",) * 4
        why = nothing(case, days, exactly=exactly)
        yield Row((case.agreement.id, *blank, None, None, None, None, why, "", ""))
    for item, electronic in found:
        yield Row((case.agreement.id, *_cells(item, electronic)))
    for each in too_much:
        yield Row((case.agreement.id, *_credit(each)))


def _cells(item: Item, electronic: Item) -> Iterator[Cell]:
    bill = item.bill
    amount = UNKNOWN if bill.amount is None else Amount(bill.amount)
    yield bill.terms.parties[bill.seller].called
    yield bill.terms.parties[bill.buyer].called
    yield bill.invoicing.board or ""
    yield bill.invoicing.label or ""
    yield bill.period.text
    yield bill.due
    yield amount
    yield amount if bill.is_open else ZERO
    yield item.readiness.state
    yield electronic.readiness.state if bill.is_open and bill.invoicing.method != "payout" else ""
    yield ", ".join(each.number for each in bill.postings if each.number)


def _credit(found: Difference) -> Iterator[Cell]:
    block = found.block
    yield block.seller.called
    yield block.buyer.called
    yield block.invoicing.board or ""
    yield block.invoicing.label or ""
    yield found.period.text
    yield found.since
    yield None
    yield Amount(found.amount)
    yield marked("to credit") if found.takings[0].posting.number else marked("to be repaid")
    yield ""
    yield ", ".join(each.posting.number for each in found.takings if each.posting.number)


def off(case: Case, found: Difference) -> str:
    """Return what is to be invoiced more, or taken back of which invoice, and how that is done."""
    amount, days = kronor(abs(found.amount)), found.period.text
    sums = tr(
        "{invoiced} kr invoiced, {owed} kr owed",
        invoiced=kronor(found.net),
        owed=kronor(found.claim),
    )
    command = f"iopctl invoice {case.agreement.id}"
    if not found.is_credit:
        numbers = ", ".join(each.called for each in found.postings)
        told = tr(
            "{amount} kr to invoice more than {numbers} for {days} ({sums})",
            amount=amount,
            numbers=numbers,
            days=days,
            sums=sums,
        )
        return f"{told}: {command} --period {days}"
    numbers = ", ".join(each.posting.called for each in found.takings)
    first = found.takings[0]
    if not first.posting.number:
        return tr(
            "{amount} kr to be repaid of {numbers} for {days} ({sums})",
            amount=amount,
            numbers=numbers,
            days=days,
            sums=sums,
        )
    part = "" if first.amount == first.posting.net else f" --amount {plain(first.amount)}"
    told = tr(
        "{amount} kr to credit of {numbers} for {days} ({sums})",
        amount=amount,
        numbers=numbers,
        days=days,
        sums=sums,
    )
    return f"{told}: {command} --credit {first.posting.number}{part}"


def _missing(
    found: Iterable[tuple[Item, Sequence[str]]], *, electronic: bool = False
) -> Iterator[str]:
    """Yield what is missing, once for the periods of an agreement that lack the same.

    Of an e-invoice it is what that needs more than what was asked for.
    """
    periods: dict[tuple[str, str], list[str]] = {}
    for each, reasons in found:
        if reasons and each.readiness.state == "not ready":
            lacking = "; ".join(reasons)
            periods.setdefault((each.case.agreement.id, lacking), []).append(each.bill.period.text)
    for (agreement, lacking), texts in periods.items():
        yield tr(
            "{name}, for an e-invoice ({periods}): {lacking}"
            if electronic
            else "{name}, not ready ({periods}): {lacking}",
            name=agreement,
            periods=", ".join(texts),
            lacking=lacking,
        )


def _beside(one: Item, more: Item) -> list[str]:
    """Return what an e-invoice lacks beside what the same bill lacks anyhow."""
    told = one.readiness.reasons
    return [each for each in more.readiness.reasons if each not in told]


def _unmarked(found: Sequence[Item]) -> Iterator[str]:
    """Yield which agreements have invoices to come without a marking, unless they stand by it."""
    names = dict.fromkeys(
        each.case.agreement.id
        for each in found
        if each.readiness.state in {"ready", "not ready"}
        for need in needs(each.case, each.bill)
        if need.rule == MARKING and not excepted(each.case, need.rule, need.path)
    )
    if names:
        yield tr(
            "without marking (Märkning), which the buyer may want: {names}", names=", ".join(names)
        )


def _assumed(found: Sequence[Item]) -> Iterator[str]:
    by_agreement = {
        each.case.agreement.id: ", ".join(each.bill.assumed) for each in found if each.bill.assumed
    }
    if by_agreement:
        each_one = "; ".join(f"{name}: {fields}" for name, fields in by_agreement.items())
        yield tr("not stated, and taken as yearly or once, in arrears: {fields}", fields=each_one)


def nothing(case: Case, days: Period, *, exactly: bool = False) -> str:
    """Return why there is nothing to invoice for some days, or for them *exactly*."""
    outside = _outside(case, days)
    if outside:
        return outside
    if not any(each.invoicing for each in case.terms):
        return tr("no invoicing is written")
    if not case.days:
        return tr("nothing to invoice: its dates are unknown")
    return _chosen_away(case, days, exactly=exactly)


def _outside(case: Case, days: Period) -> str:
    """Return how the agreement does not hold in some days; "" where it does."""
    reach = case.reach
    if reach.start is not None and days.last < reach.start:
        return tr("nothing to invoice: it starts on {day}", day=reach.start)
    if reach.is_open and case.days and days.first > case.days.last:
        return tr(
            "nothing to invoice yet: it goes on until further notice, and is billed at most "
            "{months} months ahead",
            months=MONTHS_AHEAD,
        )
    if reach.end is None or days.first <= reach.end:
        return ""
    if reach.terminated:
        gone = marked("nothing to invoice: it was terminated, and ended on {day}")
        going = marked("nothing to invoice: it is terminated, and ends on {day}")
        return tr(gone if case.is_over else going, day=reach.end)
    if reach.rolls_on:
        return tr(
            "nothing to invoice yet: it is decided to {day}, and goes on unless terminated",
            day=reach.end,
        )
    if reach.options_left == 0:
        none = marked("nothing to invoice: it ended on {day}, and no option is left")
        to_be = marked("nothing to invoice: it ends on {day}, and no option is left")
        return tr(none if case.is_over else to_be, day=reach.end)
    if reach.is_hearsay:
        ended = marked(
            "nothing to invoice: it ended on {day}, and how it may be extended is not known"
        )
        ends = marked(
            "nothing to invoice: it ends on {day}, and how it may be extended is not known"
        )
        return tr(ended if case.is_over else ends, day=reach.end)
    lapsed = marked(
        "nothing to invoice: it ended on {day}, and that its option was taken is not logged: "
        "iopctl extend {name}"
    )
    to_take = marked(
        "nothing to invoice: it ends on {day}, and that its option is taken is not logged: "
        "iopctl extend {name}"
    )
    return tr(lapsed if case.is_over else to_take, day=reach.end, name=case.agreement.id)


def _chosen_away(case: Case, days: Period, *, exactly: bool) -> str:
    touched = [each for each in case.bills if each.period.overlap(*days[:2])]
    if exactly and touched:
        periods = ", ".join(dict.fromkeys(each.period.text for each in touched))
        return tr(
            "nothing to invoice for {days} alone: it is billed for {periods}",
            days=days.text,
            periods=periods,
        )
    long = next((each for each in touched if not each.meets(days)), None)
    if long:
        return tr(
            "nothing to invoice: {period} is billed on {day}", period=long.period.text, day=long.due
        )
    if touched:
        return tr("nothing to invoice of what was chosen: name another day, seller, buyer or board")
    years_ = range(days.first.year, days.last.year + 1)
    left = total(each.left for each in unbilled(case) if each.figure.year in years_)
    if left:
        return tr(
            "nothing to invoice: no invoicing asks for the {amount} kr of {years}",
            amount=kronor(left),
            years="–".join(dict.fromkeys((str(years_[0]), str(years_[-1])))),
        )
    return tr("nothing to invoice")
