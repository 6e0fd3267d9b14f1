"""What an agreement comes to, in a line or a small table: for lenses, hints and hovers."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.indexing import Raises
from iopctl.case.raises import NoRate
from iopctl.case.wording import notation
from iopctl.case.worth import Spread
from iopctl.money import total
from iopctl.output.markdown import escaped
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from iopctl.case.billing import Bill
    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.editor.words import Wording
    from iopctl.model import Terms
    from iopctl.model.index import AnyIndex
    from iopctl.source import Path

MOST_YEARS = 12
_FINE = 10


# ------------------------------------------------------------------ lines
def economy(case: Case, say: Wording) -> str:
    """Return what a year comes to, and how much of it the public side carries."""
    share = case.share()
    if not case.years:
        return _without_years(case, say)
    figures = [each for each in share.figures if each.year == share.year]
    amount = say.sum(sum((each.sum for each in figures), ZERO))
    if share.percent is None:
        return say("{year}: {amount}", year=share.year, amount=amount)
    percent = say.percent(share.percent)
    return say("{year}: {amount}, {share} public", year=share.year, amount=amount, share=percent)


def _without_years(case: Case, say: Wording) -> str:
    """Return what is given in no year that is known: for the whole time, or a year."""
    a_year = [each for each in case.yearless if each.is_undated]
    whole = [each for each in (*case.figures, *case.yearless) if not each.is_undated]
    if a_year:
        amount = say.sum(sum((each.sum for each in a_year), ZERO))
        return say("years unknown: {amount}", amount=amount)
    if not whole:
        return say("unknown")
    return say("not divided by year: {amount}", amount=say.sum(sum((e.sum for e in whole), ZERO)))


def validity(case: Case, say: Wording) -> str:
    """Return how far the agreement reaches."""
    reach = case.reach
    start = reach.start or say("unknown")
    if reach.is_open:
        parts = [say("open-ended from {start}", start=start)]
    else:
        parts = [say("from {start} to {end}", start=start, end=reach.end or say("unknown"))]
    if case.options:
        parts.append(latest(case, say))
    if reach.notice_day:
        parts.append(say("last day of notice {day}", day=reach.notice_day))
    return ", ".join(parts)


def latest(case: Case, say: Wording) -> str:
    """Return how far the options that are left lead."""
    end = case.latest_end
    if end is None:
        return say("may be extended without limit")
    return say("at the latest to {end}", end=end)


def invoicing(case: Case, say: Wording) -> str:
    """Return what is to be invoiced now, else what is to come first."""
    left = [each for each in case.bills if each.is_open]
    late = [each for each in left if each.due <= case.as_of]
    if late:
        return say("to invoice: {amount} ({count})", amount=_sum(late, say), count=len(late))
    if left:
        return say("to come: {amount} ({count})", amount=_sum(left, say), count=len(left))
    return say("nothing to invoice")


def _sum(bills: Sequence[Bill], say: Wording) -> str:
    amounts = [each.amount for each in bills]
    known = total(each for each in amounts if each is not None)
    return say.sum(Amount(known, complete=None not in amounts))


# ------------------------------------------------------------------ tables
def row(case: Case, path: Path, say: Wording) -> list[str]:
    """Return a row's figures, a year on a line, each with the steps that lead to it."""
    told = (*case.all_figures, *case.yearless)
    figures = [each for each in told if each.path == path][:MOST_YEARS]
    head = (say("Year"), say("Amount"), say("How"), say("State"))
    cells = [_figure(each, say) for each in figures]
    return _table(head, cells) if cells else []


def _figure(each: Figure, say: Wording) -> tuple[str, ...]:
    unknown = say("years unknown") if each.is_undated else say("not by year")
    year = unknown if each.year is None else str(each.year)
    return (year, say.sum(each.sum), _steps(each, say), say(each.state))


def _steps(each: Figure, say: Wording) -> str:
    found = each.worth.derivation
    if each.worth.reason or found is None:
        return escaped(each.worth.reason)
    if isinstance(found, Spread):
        own, over = _fraction(found.months, say), _fraction(found.over, say)
        return (
            f"{say.kronor(found.total)} × {say('{months} of {all} months', months=own, all=over)}"
        )
    steps = [say.kronor(found.base)]
    if found.factor != 1:
        steps.append(_fraction(found.factor, say))
    if found.added:
        added = say.kronor(Decimal(found.added.numerator) / Decimal(found.added.denominator))
        steps = [f"({' × '.join(steps)} + {added})"]
    if found.part != 1:
        own, over = _fraction(found.months, say), _fraction(found.over, say)
        steps.append(say("{months} of {all} months", months=own, all=over))
    if len(steps) == 1:
        return say("as written")
    return f"{' × '.join(steps)}, {say('rounded')}"


def _fraction(value: Fraction, say: Wording) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return say.decimal(round(exact, _FINE))


def index(case: Case, terms: Terms, raised: AnyIndex | None, say: Wording) -> list[str]:
    """Return the raise of each year since the base year, and the factor that they make."""
    base = terms.base_year
    years = sorted({each.year for each in case.all_figures if each.year})
    if base is None or not years or raised is None:
        return []
    raises = Raises(raised, base, case.config.index)
    cells: list[tuple[str, ...]] = []
    for year in range(base + 1, years[-1] + 1):
        found = raises.until(year)
        if isinstance(found, NoRate):
            cells.append((str(year), say("unknown"), escaped(found.reason)))
            break
        steps = notation(say.language).steps(found.steps[-1:])
        cells.append((str(year), steps.partition(": ")[2], _fraction(found.factor, say)))
    head = (say("Year"), say("Raise"), say("Factor since {year}", year=base))
    return _table(head, cells[-MOST_YEARS:]) if cells else []


def reach(case: Case, say: Wording) -> list[str]:
    """Return start, end and what may follow, a line each."""
    found = case.reach
    end = say("open{until}", until="") if found.is_open else found.end or say("unknown")
    lines = [f"- {say('Start')}: {found.start or say('unknown')}", f"- {say('End')}: {end}"]
    if case.options:
        left = say("no limit") if case.options_left is None else str(case.options_left)
        lines.append(f"- {say('Latest end')}: {case.latest_end or say('no limit')}")
        lines.append(f"- {say('Options left')}: {left}")
    if found.notice_day:
        lines.append(f"- {say('Last day of notice')}: {found.notice_day}")
    return lines


def party(case: Case, handle: str, say: Wording) -> list[str]:
    """Return who a party is, and what it gives and gets each year."""
    own = case.terms[-1].parties.get(handle)
    if own is None:
        return []
    names = [own.called, say(own.role)]
    if own.name and own.name != own.called:
        names.insert(1, own.name)
    gives: dict[int | None, Amount] = defaultdict(lambda: ZERO)
    for figure in case.figures:
        if handle in figure.contribution.party:
            gives[figure.year] += figure.sum
    cells = [
        (_year(year, say), say.sum(gives[year]), *_billed(case, handle, year, say))
        for year in sorted(gives.keys() | _billed_years(case, handle), key=lambda each: each or 0)
    ]
    head = (say("Year"), say("gives"), say("gets by invoice"), say("pays by invoice"))
    table = _table(head, cells[-MOST_YEARS:]) if cells else []
    return [f"**{escaped(', '.join(names))}**", "", *table]


def _year(year: int | None, say: Wording) -> str:
    return say("not by year") if year is None else str(year)


def _billed_years(case: Case, handle: str) -> set[int | None]:
    return {bill.period.first.year for bill in case.bills if handle in {bill.seller, bill.buyer}}


def _billed(case: Case, handle: str, year: int | None, say: Wording) -> Iterator[str]:
    bills = [each for each in case.bills if each.period.first.year == year]
    for own in ([b for b in bills if b.seller == handle], [b for b in bills if b.buyer == handle]):
        yield _sum(own, say) if own else ""


def _table(head: Sequence[str], cells: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *cells]
    return [f"| {' | '.join(each)} |" for each in lines]
