"""What an invoice says in Swedish for the buyer to know it by: codes, label and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.dates import MONTHS_A_YEAR, ONE_DAY
from iopctl.localised import in_full, month_name

if TYPE_CHECKING:
    from datetime import date

    from iopctl.dates import Period
    from iopctl.model import Invoicing

_PARTS: Final = ((6, "halvår"), (4, "tertial"), (3, "kvartal"))


def in_words(period: Period) -> str:
    """Write a period: `helår 2024`, `kvartal 1 2024`, `mars–april 2024`, `åren 2020–2022`."""
    first, last = period.first, period.last
    if first.day != 1 or (last + ONE_DAY).day != 1:
        return _days(first, last)
    if (first.month, last.month) == (1, MONTHS_A_YEAR):
        same = first.year == last.year
        return f"helår {first.year}" if same else f"åren {first.year}–{last.year}"
    if first.year == last.year:
        return f"{_months(first.month, last.month)} {first.year}"
    return f"{month_name(first.month)} {first.year}–{month_name(last.month)} {last.year}"


def _months(first: int, last: int) -> str:
    for length, name in _PARTS:
        if last - first + 1 == length and last % length == 0:
            return f"{name} {last // length}"
    names = month_name(first), month_name(last)
    return names[0] if first == last else "–".join(names)


def _days(first: date, last: date) -> str:
    if first == last:
        return in_full(first)
    if first.year == last.year:
        return f"{in_full(first)[: -len(' 2024')]}–{in_full(last)}"
    return f"{in_full(first)}–{in_full(last)}"


def subject(invoicing: Invoicing, period: Period) -> str:
    """Return what the agreement wants stated (Ange): its label and the period."""
    return ", ".join(part for part in (invoicing.label, in_words(period)) if part)


def note(invoicing: Invoicing, period: Period) -> str:
    """Return all marking in one line, for where an invoice has room for a single note."""
    codes = (("Referenskod", invoicing.reference), ("Märkning", invoicing.marking))
    said = [f"{name}: {code}" for name, code in codes if code]
    return "".join(f"{part}. " for part in said) + f"{subject(invoicing, period)}."
