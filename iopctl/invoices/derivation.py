"""How the amount of an invoice came about, in a line of Swedish: base, index, months, period."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.marking import in_words
from iopctl.case.wording import decimal, index_in_words
from iopctl.dates import MONTHS_A_YEAR
from iopctl.localised import in_kronor
from iopctl.money import NBSP, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from iopctl.case.billing import Bill
    from iopctl.case.claims import Part


def derivation(bill: Bill) -> str:
    """Return how a bill's amount was reckoned from what the agreement states; a part at a time.

    The rows that were raised alike are reckoned together. An instalment is the agreement's own.
    """
    if bill.amount is None:
        return ""
    if bill.difference:
        sent, claim = bill.difference.net, bill.difference.claim
        numbers = " och ".join(each.called for each in bill.difference.postings)
        billed = f"fakturerat {in_kronor(sent)} ({numbers})"
        return f"{in_kronor(claim)} enligt överenskommelsen, {billed}"
    if bill.amount != bill.budget or bill.invoicing.instalments:
        return f"delbetalning enligt överenskommelsen: {in_kronor(bill.amount)}"
    alike: dict[tuple[object, ...], list[Part]] = {}
    for part in bill.parts:
        alike.setdefault(_way(part), []).append(part)
    return "; ".join(_reckoned(parts, bill) for parts in alike.values())


def _way(part: Part) -> tuple[object, ...]:
    """Return what must be equal for rows to be reckoned together."""
    found, economy = part.figure.worth.derivation, part.figure.terms.stands_at["economy"]
    how = (found.factor, found.part) if found else part.figure.contribution.basis
    return (part.figure.year, economy, how)


def _reckoned(parts: Sequence[Part], bill: Bill) -> str:
    figure = parts[0].figure
    whole = total(part.figure.amount or Decimal(0) for part in parts)
    asked = total(part.amount or Decimal(0) for part in parts)
    if figure.year is None:
        return f"{in_kronor(asked)} för hela perioden, enligt överenskommelsen"
    steps = list(_steps(parts))
    year = f"{' × '.join(steps)} = {in_kronor(whole)}" if len(steps) > 1 else in_kronor(whole)
    if asked == whole:
        return f"{year} för {figure.year}"
    return f"{year} för {figure.year}, varav {in_kronor(asked)} för {in_words(bill.period)}"


def _steps(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the base and what it is multiplied by, as far as there is anything."""
    figure = parts[0].figure
    found = figure.worth.derivation
    if found is None:
        return
    bases = [part.figure.worth.derivation for part in parts]
    base = total(each.base for each in bases if each)
    raised = found.factor != 1
    from_last_year = any(each.base != each.stated for each in bases if each)
    prices = "året före" if from_last_year else f"i {figure.terms.base_year} års priser"
    yield in_kronor(base) + (f" {prices}" if raised else "")
    if raised:
        index = figure.terms.economy.index
        yield f"{decimal(found.factor)}{f' ({index_in_words(index)})' if index else ''}"
    if found.part != 1:
        yield f"{_months(found.part * MONTHS_A_YEAR)} av {MONTHS_A_YEAR} månader"


def _months(months: Fraction) -> str:
    """Write months exactly: `11`, `3 8/15`, which no line end parts."""
    whole, rest = divmod(months, 1)
    return NBSP.join(str(part) for part in (whole, rest) if part)
