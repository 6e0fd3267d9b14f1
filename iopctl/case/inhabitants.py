"""What a partnership costs the public side for each inhabitant."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.money import ORE, rounded

if TYPE_CHECKING:
    from decimal import Decimal

    from iopctl.case.case import Case


def per_inhabitant(case: Case, year: int) -> Decimal | None:
    """Return the public side's kronor of a year for each inhabitant of it, to the öre.

    None where the kronor are unknown, or a public party gives no number for the year.
    """
    parties = case.in_force(date(year, 12, 31)).parties.values()
    numbers = [(each.inhabitants or {}).get(year) for each in parties if each.role == "public"]
    known = [each for each in numbers if each]
    cost = case.share(year).public
    if not known or len(known) < len(numbers) or not cost.complete:
        return None
    return rounded(Fraction(cost.known) / sum(known), ORE)
