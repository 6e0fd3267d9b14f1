"""What may be wrong with the money, the index and the split: series 2xx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl import split
from iopctl.diagnostics import Finding, Severity
from iopctl.money import total
from iopctl.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from iopctl.budget import Sheet
    from iopctl.model import Economy
    from iopctl.rules.rule import Context


def _yearly_total(economy: Economy) -> Decimal | None:
    """Return what the rows add up to in the base year; None while a row's amount is unknown."""
    amounts = [
        economy.remaining if row.remainder else row.base_amount for row in economy.contributions
    ]
    known = [each for each in amounts if each is not None]
    return total(known) if len(known) == len(amounts) else None


@rule("IOP201", "stated-total-differs", Severity.WARNING)
def stated_total_differs(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """The total that the agreement states is not what its rows add up to.

    One of them is wrong, and the budget follows the rows. Ask the parties,
    or say why in an exception. Silent while a row's amount is unknown.

    Source: the agreement's section on economy.

    Bad:

        economy:
          stated: {total: 910000}  # expect: IOP201
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          stated: {total: 900000}
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in sheet.standing.economies:
        stated = terms.economy.stated and terms.economy.stated.total
        computed = _yearly_total(terms.economy)
        if stated is not None and computed is not None and stated != computed:
            yield Finding(
                terms.path("economy", "stated", "total"),
                "the stated total {stated} kr differs from the rows' {computed} kr",
                remedy="ask the parties which is right, or say why under exceptions",
                stated=stated,
                computed=computed,
            )


@rule(*split.RULE, Severity.WARNING)
def share_off_benchmark(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """The public side carries a share outside the benchmark's tolerance.

    An IOP is carried by both sides, and the municipality aims at about half
    each; how near is set under [benchmark] in iopctl.toml. Say why the
    parties stand by another share under exceptions. Silent while a row's
    amount is unknown.

    Source: the municipality's guidelines for IOP.

    Bad:

        economy:  # expect: IOP210
          contributions:
            - {party: kommunen, item: Handledning, amount: 300000}
            - {party: foreningen, item: Lokaler, amount: 700000}

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 300000}
            - {party: foreningen, item: Lokaler, amount: 700000}
        exceptions:
          - {rule: share-off-benchmark, reason: Föreningen äger lokalerna.}
    """
    share = split.share(sheet)
    benchmark = context.config.benchmark
    if sheet.agreement.kind == "iop" and share.verdict(benchmark) in {"below", "above"}:
        yield Finding(
            sheet.standing.terms[-1].path("economy"),
            "the public side carries {share} % in {year}, outside {low} to {high} %",
            remedy="say under exceptions why the parties stand by it, if they do",
            share=f"{share.rounded_percent:.1f}",
            year=share.year,
            low=benchmark.low,
            high=benchmark.high,
        )


RULES = (stated_total_differs, share_off_benchmark)
