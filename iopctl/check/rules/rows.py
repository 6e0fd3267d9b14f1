"""What may be wrong with the days and years of single rows: series 23x."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.case.foreseen import foresight
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model import Contribution, Terms
    from iopctl.source import Path


def written_rows(case: Case) -> Iterator[tuple[Terms, Path, Contribution]]:
    """Yield each row that is written, its terms and its place."""
    for terms in case.economies:
        for number, row in enumerate(terms.economy.contributions):
            yield terms, terms.path("economy", "contributions", number), row


@rule("IOP233", "row-outside-validity", Severity.WARNING)
def row_outside_validity(case: Case) -> Iterator[Finding]:
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
    reach = case.reach
    first = reach.start or date.min
    last = (not reach.terminated and reach.latest_end) or date.max
    for _terms, path, row in written_rows(case):
        if row.start and row.start.first < first:
            yield _outside((*path, "start"), row.start.text, first, last)
        if row.end and row.end.last > last:
            yield _outside((*path, "end"), row.end.text, first, last)
        for key in ("by_year", "units_by_year"):
            for year in getattr(row, key) or ():
                if not first.year <= year <= last.year:
                    yield _outside((*path, key, str(year)), str(year), first, last)


def _outside(path: Path, when: str, first: date, last: date) -> Finding:
    since = [tr("from {first}", first=first)] if first != date.min else []
    until = [tr("to {last}", last=last)] if last != date.max else []
    return Finding(
        path,
        "{when} reaches outside the agreement's days, {days}",
        remedy="compare both with the agreement",
        days=" ".join((*since, *until)),
        when=when,
    )


@rule("IOP234", "total-spent", Severity.WARNING)
def total_spent(case: Case) -> Iterator[Finding]:
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
    end = case.reach.end
    for terms, path, row in written_rows(case):
        if row.total is None or row.end or terms.last or not end:
            continue
        written, since = foresight(case, terms).end, terms.since["economy"]
        if written and written < end and (since is None or since <= written):
            yield Finding(
                (*path, "total"),
                "the {total} kr are for the time to {written}, and the agreement runs to {end}",
                remedy=tr(
                    "write end: {written} of the row, if that was all and the rest is carried over;"
                    " amend the economy, if there is money for the extension",
                    written=written,
                ),
                total=row.total,
                written=written,
                end=end,
            )


@rule("IOP235", "year-not-stated", Severity.NOTE)
def year_not_stated(case: Case) -> Iterator[Finding]:
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
    for figure in case.figures:
        if figure.amount is None and figure.year and figure.year <= case.as_of.year:
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
    row_outside_validity,
    total_spent,
    year_not_stated,
)
