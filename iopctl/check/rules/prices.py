"""What may be wrong with the hours, units and prices of rows: series 23x."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rows import written_rows
from iopctl.check.rules.rule import rule
from iopctl.money import KRONA, ORE, point, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.case.case import Case

WEEKS = 40
NEAR = Fraction(3, 2)
FEWEST = 3  # of two rows neither can be told to be the odd one


@rule("IOP230", "hours-differ", Severity.NOTE)
def hours_differ(case: Case) -> Iterator[Finding]:
    """The hours a year are not forty times the hours a week.

    Agreements count with forty weeks, which leaves out holidays and the weeks around them. Other
    numbers of weeks are as good, where the parties mean them: rows that all have the same are
    passed over. Compare both figures with the agreement.

    Source: practice; the rows of agreements that state both.

    Bad:

        economy:
          contributions:
            - party: kommunen
              hours_per_week: 30
              hours_per_year: 1020  # expect: IOP230
              amount: 450000
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          contributions:
            - party: kommunen
              hours_per_week: 30
              hours_per_year: 1200
              amount: 450000
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    found = [
        (path, row.hours_per_week, row.hours_per_year)
        for _terms, path, row in written_rows(case)
        if row.hours_per_week and row.hours_per_year
    ]
    customary = len(found) > 1 and len({Fraction(y) / Fraction(w) for _, w, y in found}) == 1
    for path, week, year in found:
        if year != week * WEEKS and not customary:
            yield Finding(
                (*path, "hours_per_year"),
                "{week} hours a week are {weeks} hours in {number} weeks, and {year} are stated",
                remedy="compare both with the agreement",
                week=_number(week),
                weeks=_number(week * WEEKS),
                number=WEEKS,
                year=_number(year),
            )


def _number(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}".replace(".", point())


@rule("IOP231", "price-differs", Severity.WARNING)
def price_differs(case: Case) -> Iterator[Finding]:
    """A row's amount is not its hours or units times their price.

    The amount is what counts in the budget. A price that is rounded to whole kronor, or to öre,
    may be out by half of that for each unit. Leave the amount out to have it computed, or
    compare all three with the agreement.

    Source: the agreement's section on economy.

    Bad:

        economy:
          contributions:
            - party: kommunen
              hours_per_year: 1200
              unit_price: 275
              amount: 350000  # expect: IOP231
            - {party: foreningen, item: Lokaler, amount: 350000}

    Good:

        economy:
          contributions:
            - party: kommunen
              hours_per_year: 1200
              unit_price: 275
              amount: 330000
            - {party: foreningen, item: Lokaler, amount: 330000}
    """
    for _terms, path, row in written_rows(case):
        units = row.hours_per_year if row.units is None else row.units
        if row.amount is None or row.unit_price is None or units is None:
            continue
        step = KRONA if row.unit_price == row.unit_price.to_integral_value() else ORE
        if abs(row.amount - units * row.unit_price) * 2 > max(units * step, KRONA):
            yield Finding(
                (*path, "amount"),
                "{units} at {price} kr are {computed} kr, and {stated} kr are stated",
                remedy="compare them with the agreement",
                units=_number(units),
                price=row.unit_price,
                computed=units * row.unit_price,
                stated=row.amount,
            )


@rule("IOP232", "hour-price-unlikely", Severity.NOTE)
def hour_price_unlikely(case: Case) -> Iterator[Finding]:
    """What an hour of a row comes to is far from what it does in the other rows.

    Far is more than half as much again as the median of all, or less than two thirds of it: a
    digit may be missing in the amount or in the hours. Silent where less than three rows have
    hours, and for rows that state their price.

    Source: practice; staff in the agreements seen cost 270 to 280 kr an hour.

    Bad:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, hours_per_year: 1200, amount: 330000}
            - {party: kommunen, item: Administration, hours_per_year: 440, amount: 120000}
            - party: foreningen
              item: Samordning
              hours_per_year: 160
              amount: 450000  # expect: IOP232

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, hours_per_year: 1200, amount: 330000}
            - {party: kommunen, item: Administration, hours_per_year: 440, amount: 120000}
            - party: foreningen
              item: Samordning
              hours_per_year: 1600
              amount: 450000
    """
    for terms in case.economies:
        prices = {
            number: Fraction(row.amount) / Fraction(row.hours_per_year)
            for number, row in enumerate(terms.economy.contributions)
            if row.amount and row.hours_per_year and row.unit_price is None
        }
        if len(prices) < FEWEST:
            continue
        middle = median(prices.values())
        for number, price in prices.items():
            if not middle / NEAR <= price <= middle * NEAR:
                yield Finding(
                    terms.path("economy", "contributions", number, "amount"),
                    "an hour comes to {price} kr, and the rows' median is {median} kr",
                    remedy="compare amount and hours with the agreement",
                    price=rounded(price, ORE),
                    median=rounded(middle, ORE),
                )


RULES = (hours_differ, price_differs, hour_price_unlikely)
