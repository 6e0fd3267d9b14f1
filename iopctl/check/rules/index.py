"""What may be wrong with an index: series 2xx, from 220."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.indexing import series_of
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.dates import Period, months
from iopctl.language import marked, tr
from iopctl.model.index import NEW_YEAR, raise_day
from iopctl.money import decimal, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from iopctl.case.case import Case
    from iopctl.case.raises import NoRate
    from iopctl.model import Contribution, Terms, Validity
    from iopctl.model.index import AnyIndex
    from iopctl.source import Path

HUNDREDTH = Decimal("0.01")


@rule("IOP220", "index-unspecified", Severity.WARNING)
def index_unspecified(case: Case) -> Iterator[Finding]:
    """The amounts are to be raised each year, and the agreement does not say by what.

    So the amounts of all years but the first are unknown, and nobody can check an invoice.
    Agree on a percent or a series: which one, which year's value, how much of it is passed on.

    Source: the agreement's section on economy.

    Bad:

        economy:
          index: unspecified  # expect: IOP220
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          index: {percent: 2}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms, path, index in written(case):
        if index == "unspecified":
            yield Finding(
                path,
                "the amounts are raised after {year}, and how is not stated",
                remedy="agree on a percent or a series, and write it here",
                year=terms.base_year or tr("the first year"),
            )


@rule("IOP221", "index-series-unknown", Severity.WARNING)
def index_series_unknown(case: Case) -> Iterator[Finding]:
    """The index is a series that iopctl.toml does not have.

    None is shipped: series are revised, and an agreement means one edition. Until its values
    are there, the amounts after the base year are unknown.

    Source: the series' publisher.

    Bad:

        economy:
          index: {series: AKI}  # expect: IOP221
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # in iopctl.toml: index.AKI = {unit = "percent", values = {2024 = 3.1, 2025 = 2.9}}
        economy:
          index: {series: AKI}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for _, path, index in written(case):
        for at, series in series_of(index):
            if series not in case.config.index:
                yield Finding(
                    (*path, *at),
                    "the series {series} is not in iopctl.toml",
                    remedy=tr("add its values under [index.{series}]", series=series),
                    series=series,
                )


def written(case: Case) -> Iterator[tuple[Terms, Path, AnyIndex]]:
    """Yield each index of the terms, with its place: that of all rows, and those of rows."""
    for terms in case.economies:
        for path, index, _ in terms.economy.indexes():
            yield terms, terms.path("economy", *path), index


@rule("IOP222", "index-value-missing", Severity.ERROR)
def index_value_missing(case: Case) -> Iterator[Finding]:
    """The index series has no value for a year that is decided and has begun.

    The amounts of that year are unknown: it can't be invoiced, and every sum that it is part of
    is incomplete. Add the value from the publisher's edition that the agreement means.

    Source: the series' publisher.

    Bad:

        # as of 2025-03-01
        # in iopctl.toml: index.AKI = {unit = "percent", values = {2024 = 3.1}}
        economy:
          index: {series: AKI}  # expect: IOP222
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # as of 2025-03-01
        # in iopctl.toml: index.AKI = {unit = "percent", values = {2024 = 3.1, 2025 = 2.9}}
        economy:
          index: {series: AKI}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for path, year, missing in lacking(case, "value"):
        if year <= case.as_of.year:
            yield Finding(
                path,
                "the amounts of {year} need the series {series} for {missing}, which has no value",
                remedy=tr("add it under {place} in iopctl.toml", place=missing.place),
                year=year,
                series=missing.series,
                missing=missing.period,
            )


@rule("IOP223", "index-value-to-come", Severity.NOTE)
def index_value_to_come(case: Case) -> Iterator[Finding]:
    """The index series has no value yet for a coming year that is decided.

    The amounts of that year are unknown until the value is published and added. Nothing is
    wrong; the budget for the year is incomplete.

    Source: the series' publisher.

    Bad:

        # as of 2024-06-01
        # in iopctl.toml: index.AKI = {unit = "percent", values = {2024 = 3.1}}
        economy:
          index: {series: AKI}  # expect: IOP223
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # as of 2024-06-01
        # in iopctl.toml: index.AKI = {unit = "percent", values = {2024 = 3.1, 2025 = 2.9}}
        economy:
          index: {series: AKI}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for path, year, missing in lacking(case, "value"):
        if year > case.as_of.year:
            yield Finding(
                path,
                "the amounts of {year} wait for the series {series} of {missing}",
                remedy=tr("add it under {place} once it is published", place=missing.place),
                year=year,
                series=missing.series,
                missing=missing.period,
            )


def lacking(case: Case, lack: str) -> Iterator[tuple[Path, int, NoRate]]:
    """Yield the place of an index, the first decided year, and what it lacks for that year."""
    years: dict[tuple[Path, NoRate], int] = {}
    for figure in case.figures:
        for missing in figure.worth.lacking:
            if missing.lack == lack and figure.year:
                key = (*figure.index_path, *missing.at), missing
                years[key] = min(figure.year, years.get(key, figure.year))
    for (path, missing), year in years.items():
        yield path, year, missing


@rule("IOP224", "base-year-unknown", Severity.WARNING)
def base_year_unknown(case: Case) -> Iterator[Finding]:
    """Nothing says which year's prices the amounts are in.

    Without a first day in the validity, and without a base year, the amounts belong to no year:
    they stand under *years unknown*, and each year that the agreement may hold in is unknown. The
    year that the paper is about which names the amounts is the base year; where the end is known,
    days are then counted from it.

    Source: the agreement's sections on validity and economy.

    Bad:

        validity: {end: 2025-12-31}
        economy:  # expect: IOP224
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        validity: {end: 2025-12-31}
        economy:
          base_year: 2024
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in case.economies:
        if terms.base_year is None and any(map(_is_yearly, terms.economy.contributions)):
            yield Finding(
                terms.path("economy"),
                "neither a first day nor base_year tells which year the amounts are of",
                remedy="add base_year",
            )


@rule("IOP225", "part-year-in-doubt", Severity.NOTE)
def part_year_in_doubt(case: Case) -> Iterator[Finding]:
    """The agreement starts or ends within a calendar year, and its amounts are those of a year.

    The first and the last year then get the months that the agreement holds, over twelve, and
    an index raises the amounts on 1 January, however near the start that is. Few agreements say
    how they count. Compare both with what the parties mean, and write other amounts as
    `by_year` or `total`. A broken month counts by its days. Of an end, silent where the log has
    moved it, or where the agreement goes on by itself.

    Source: the agreement's sections on validity and economy.

    Bad:

        validity:
          start: 2024-09-01  # expect: IOP225
          end: 2025-12-31
        economy:
          index: {percent: 2}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        validity: {start: 2024-09-01, end: 2025-12-31}
        economy:
          contributions:
            - {party: kommunen, item: Handledning, total: 600000, spread: months}
            - {party: foreningen, item: Lokaler, by_year: {2024: 150000, 2025: 450000}}
    """
    terms = case.terms[0]
    rows = [row for row in terms.economy.contributions if _is_yearly(row)]
    start = terms.validity.first if terms.validity else None
    end = terms.validity.last if terms.validity else None
    if not rows or start is None:
        return
    reach = case.reach
    if (start.month, start.day) != (1, 1):
        first = Period.of(start, min(reach.end or date.max, date(start.year, 12, 31)))
        raised = reach.end != first.last and any(_raised_soon(terms, row, start) for row in rows)
        yield _part_year(terms.path("validity", "start"), first, raised=raised)
        if end and end.year == start.year:  # it is the same part of a year
            return
    if end and end == reach.end and not reach.rolls_on and (end.month, end.day) != (12, 31):
        last = Period.of(date(end.year, 1, 1), end)
        yield _part_year(terms.path("validity", _written_as(terms.validity)), last, raised=False)


def _written_as(validity: Validity | None) -> str:
    """Return the key that says the end: the last day itself, or a length."""
    keys = ("end", "years", "months")
    return next(each for each in keys if getattr(validity, each, None) is not None)


def _is_yearly(row: Contribution) -> bool:
    priced = row.basis == "units" and row.units_by_year is None
    return priced or row.basis in {"amount", "remainder"}


def _raised_soon(terms: Terms, row: Contribution, start: date) -> bool:
    """Whether a row is raised when the year after *start* begins."""
    index = terms.economy.index_of(row)
    at_once = index is not None and raise_day(index) == NEW_YEAR
    return at_once and (terms.base_year or start.year) <= start.year


def _about(number: Fraction) -> str:
    """Write a number with two decimals at most, and say so where it has more."""
    near = rounded(number, HUNDREDTH)
    told = decimal(near.normalize())
    return told if near == number else tr("about {number}", number=told)


def _part_year(path: Path, days: Period, *, raised: bool) -> Finding:
    counts = marked("{year} counts as {months} of 12 months")
    also = marked(
        "{year} counts as {months} of 12 months, and the amounts are raised when {next_year} begins"
    )
    return Finding(
        path,
        also if raised else counts,
        remedy="compare it with the agreement, which may count otherwise",
        year=days.first.year,
        months=_about(months(days.first, days.last)),
        next_year=days.first.year + 1,
    )


RULES = (
    index_unspecified,
    index_series_unknown,
    index_value_missing,
    index_value_to_come,
    base_year_unknown,
    part_year_in_doubt,
)
