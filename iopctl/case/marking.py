"""What an invoice says in Swedish for the buyer to know it by: codes, label and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.dates import MONTHS_A_YEAR, ONE_DAY
from iopctl.localised import in_full, month_name

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from iopctl.dates import Period
    from iopctl.model import Invoicing

_PARTS: Final = {
    "half_yearly": (6, "halvår"),
    "tertial": (4, "tertial"),
    "quarterly": (3, "kvartal"),
}
_EVERY: Final = frozenset(_PARTS)


def in_words(period: Period, parts: Collection[str] = _EVERY) -> str:
    """Write a period: `helår 2024`, `kvartal 1 2024`, `mars–april 2024`, `åren 2020–2022`.

    Of the *parts* of a year only those that are named are called by their number.
    """
    first, last = period.first, period.last
    if first.day != 1 or (last + ONE_DAY).day != 1:
        return _days(first, last)
    if (first.month, last.month) == (1, MONTHS_A_YEAR):
        same = first.year == last.year
        return f"helår {first.year}" if same else f"åren {first.year}–{last.year}"
    if first.year == last.year:
        return f"{_months(first.month, last.month, parts)} {first.year}"
    return f"{month_name(first.month)} {first.year}–{month_name(last.month)} {last.year}"


def billed_in_words(invoicing: Invoicing, period: Period) -> str:
    """Write the days of a bill: as a part of the year only if the agreement is billed by such.

    What is left of a year that began or ended within it is no tertial, though it may be as long.
    Who dates instalments says of what parts they are.
    """
    return in_words(period, _EVERY if invoicing.instalments else {invoicing.interval or ""})


def _months(first: int, last: int, parts: Collection[str]) -> str:
    for length, name in (_PARTS[each] for each in _PARTS if each in parts):
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
    return ", ".join(part for part in (invoicing.label, billed_in_words(invoicing, period)) if part)


def note(invoicing: Invoicing, period: Period) -> str:
    """Return all marking in one line, for where an invoice has room for a single note."""
    codes = (("Referenskod", invoicing.reference), ("Märkning", invoicing.marking))
    said = [f"{name}: {code}" for name, code in codes if code]
    return "".join(f"{part}. " for part in said) + f"{subject(invoicing, period)}."
