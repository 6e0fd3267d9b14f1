"""What may be wrong with single rows of the economy: series 2xx, from 230."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from iopctl.diagnostics import Finding, Severity
from iopctl.money import KRONA, ORE, rounded
from iopctl.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.economy.budget import Sheet
    from iopctl.model import Contribution, Terms
    from iopctl.rules.rule import Context
    from iopctl.source import Path

WEEKS = 40
NEAR = Fraction(3, 2)
FEWEST = 3  # of two rows neither can be told to be the odd one


def _rows(sheet: Sheet) -> Iterator[tuple[Terms, Path, Contribution]]:
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            yield terms, terms.path("economy", "contributions", number), row


@rule("IOP230", "hours-differ", Severity.NOTE)
def hours_differ(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
        for _terms, path, row in _rows(sheet)
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
    return f"{quantity.normalize():f}"


@rule("IOP231", "price-differs", Severity.WARNING)
def price_differs(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for _terms, path, row in _rows(sheet):
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
def hour_price_unlikely(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    for terms in sheet.standing.economies:
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


@rule("IOP233", "row-outside-validity", Severity.WARNING)
def row_outside_validity(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """A row is for days or a year in which the agreement does not hold.

    It counts for nothing there. Either its dates are wrong, or those of the agreement; one that
    was extended says so in its log. Options that may still be taken are within it, and after a
    termination nothing is told.

    Source: the agreement's sections on validity and economy.

    Bad:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          contributions:
            - party: kommunen
              by_year:
                2024: 400000
                2025: 450000
                2026: 500000  # expect: IOP233
            - {party: foreningen, amount: 450000, start: 2023-07-01}  # expect: IOP233

    Good:

        validity: {start: 2024-01-01, end: 2025-12-31}
        economy:
          contributions:
            - party: kommunen
              by_year:
                2024: 400000
                2025: 450000
            - {party: foreningen, amount: 450000, start: 2024-07-01}
    """
    reach = sheet.standing.reach
    first = reach.start or date.min
    last = (not reach.terminated and reach.latest_end) or date.max
    for _terms, path, row in _rows(sheet):
        if row.start and row.start.first < first:
            yield _outside((*path, "start"), row.start.text, first, last)
        if row.end and row.end.last > last:
            yield _outside((*path, "end"), row.end.text, first, last)
        for key in ("by_year", "units_by_year"):
            for year in getattr(row, key) or ():
                if not first.year <= year <= last.year:
                    yield _outside((*path, key, str(year)), str(year), first, last)


def _outside(path: Path, when: str, first: date, last: date) -> Finding:
    since = [f"from {first}"] if first != date.min else []
    until = [f"to {last}"] if last != date.max else []
    return Finding(
        path,
        "{when} reaches outside the agreement's days, {days}",
        remedy="compare both with the agreement",
        days=" ".join((*since, *until)),
        when=when,
    )


@rule("IOP234", "total-spent", Severity.WARNING)
def total_spent(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """The agreement has been extended, and a row's total was for the period before.

    A total for the whole period is spread over the period as first agreed: what the extension
    adds is unknown, and nobody is to invoice the total again. If the parties have agreed on money
    for the extension, write it as an amendment; if the total was all, give the row an end.

    Source: the decision on the extension.

    Bad:

        # as of 2026-03-01
        validity:
          start: 2024-01-01
          end: 2025-12-31
          extension: {kind: mutual, times: 1, years: 2}
        economy:
          contributions:
            - {party: kommunen, total: 900000}  # expect: IOP234
            - {party: foreningen, item: Lokaler, total: 900000}  # expect: IOP234
        log:
          - {date: 2025-10-01, event: extension}

    Good:

        # as of 2026-03-01
        validity:
          start: 2024-01-01
          end: 2025-12-31
          extension: {kind: mutual, times: 1, years: 2}
        economy:
          contributions:
            - {party: kommunen, total: 900000}
            - {party: foreningen, item: Lokaler, total: 900000}
        log:
          - {date: 2025-10-01, event: extension}
          - date: 2025-10-01
            event: amendment
            effective: 2026-01-01
            terms:
              economy:
                contributions:
                  - {party: kommunen, amount: 460000}
                  - {party: foreningen, item: Lokaler, amount: 460000}
    """
    end = sheet.standing.reach.end
    for terms, path, row in _rows(sheet):
        written = terms.validity and terms.validity.last
        if row.total is None or row.end or terms.last or not end or not written:
            continue
        since = terms.since["economy"]
        if written < end and (since is None or since <= written):
            yield Finding(
                (*path, "total"),
                "the {total} kr are for the time to {written}, and the agreement runs to {end}",
                remedy="amend the economy, if there is money for the extension",
                total=row.total,
                written=written,
                end=end,
            )


@rule("IOP235", "year-not-stated", Severity.NOTE)
def year_not_stated(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """A row states its amount year by year, and lacks a year that has begun.

    The amount of that year is unknown, not 0: sums that it is part of are incomplete, and it
    can't be invoiced. Add it when it is decided; if the row has ended, give it an end.

    Source: the yearly decision on the money.

    Bad:

        # as of 2025-03-01
        economy:
          contributions:
            - party: kommunen
              by_year: {2024: 450000}  # expect: IOP235
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # as of 2025-03-01
        economy:
          contributions:
            - party: kommunen
              by_year: {2024: 450000, 2025: 460000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for figure in sheet.figures:
        if figure.amount is None and figure.year and figure.year <= context.as_of.year:
            key = _key(figure.contribution)
            if key and figure.year not in getattr(figure.contribution, key):
                yield Finding(
                    (*figure.path, key),
                    "nothing is stated for {year}",
                    remedy="add it when it is decided, or give the row an end",
                    year=figure.year,
                )


def _key(row: Contribution) -> str | None:
    """Return the key under which a row states its amount, or priced units, year by year."""
    if row.by_year is not None:
        return "by_year"
    return "units_by_year" if row.units_by_year and row.unit_price is not None else None


RULES = (
    hours_differ,
    price_differs,
    hour_price_unlikely,
    row_outside_validity,
    total_spent,
    year_not_stated,
)
