"""What may be wrong with steps and base numbers: series 2xx, from 226."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.index import lacking, written
from iopctl.check.rules.rule import rule
from iopctl.model.index import BaseNumberIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case


@rule("IOP226", "index-step-missing", Severity.WARNING)
def index_step_missing(case: Case) -> Iterator[Finding]:
    """The index has a percent for each year, and none for a year that is decided.

    So the amounts from that year on are unknown. Write what the agreement says of it; `0` where
    it says that nothing is raised.

    Source: the agreement's section on economy.

    Bad:

        economy:
          index:
            steps: {2026: 3}  # expect: IOP226
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          index: {steps: {2025: 0, 2026: 3}}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for path, year, _ in lacking(case, "step"):
        yield Finding(
            path,
            "the amounts of {year} are raised by a step that is not there",
            remedy="add the year with its percent, 0 where nothing is raised",
            year=year,
        )


@rule("IOP227", "base-number-differs", Severity.WARNING)
def base_number_differs(case: Case) -> Iterator[Finding]:
    """The base number that the agreement states is not what the series has for that period.

    One of them is misprinted, or they are of editions with different base years: levels of 1980 =
    100 and of 2020 = 100 measure no change. The stated number is followed where the series has
    the same edition as when the agreement was made.

    Source: the agreement's section on economy, and the series' publisher.

    Bad:

        # in iopctl.toml: index.KPI = {unit = "level", values = {2023-10 = 407.5, 2024-10 = 413.9}}
        economy:
          index:
            series: KPI
            lag_years: 1
            base: {period: 2023-10, value: 122.5}  # expect: IOP227
          contributions:
            - {party: kommunen, item: Hyra, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # in iopctl.toml: index.KPI = {unit = "level", values = {2023-10 = 407.5, 2024-10 = 413.9}}
        economy:
          index: {series: KPI, lag_years: 1, base: {period: 2023-10, value: 407.5}}
          contributions:
            - {party: kommunen, item: Hyra, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for _, path, index in written(case):
        if isinstance(index, BaseNumberIndex) and index.base.value is not None:
            series = case.config.index.get(index.series)
            known = series and series.edition(index.base.last).values.get(index.base.period)
            if known is not None and known != index.base.value:
                yield Finding(
                    (*path, "base", "value"),
                    "the base number is {stated}, and the series {series} has {known} for {period}",
                    remedy="compare both with the agreement and the publisher's edition",
                    stated=index.base.value,
                    series=index.series,
                    known=known,
                    period=index.base.period,
                )


@rule("IOP228", "base-number-without-levels", Severity.WARNING)
def base_number_without_levels(case: Case) -> Iterator[Finding]:
    """The index counts from a base number, and its series has percent instead of levels.

    So nothing can be reckoned. Add the publisher's levels as a series of their own, and name
    that; or write the index without `base`, where the agreement follows the change of each year.

    Source: the series' publisher.

    Bad:

        # in iopctl.toml: index.KPI = {unit = "percent", values = {2024 = 2.8, 2025 = 0.7}}
        economy:
          index:
            series: KPI  # expect: IOP228
            base: {period: 2023}
          contributions:
            - {party: kommunen, item: Hyra, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        # in iopctl.toml: index.KPI = {unit = "level", values = {2023 = 403.7, 2025 = 418}}
        economy:
          index:
            series: KPI
            base: {period: 2023}
          contributions:
            - {party: kommunen, item: Hyra, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for path, _, missing in lacking(case, "levels"):
        yield Finding(
            path,
            "a base number needs levels, and the series {series} has percent",
            remedy="add its levels as a series of their own in iopctl.toml",
            series=missing.series,
        )


RULES = (
    index_step_missing,
    base_number_differs,
    base_number_without_levels,
)
