"""What may be wrong with who carries how much: series 2xx, from 210."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from iopctl.case.share import RULE
from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import rule
from iopctl.money import point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.config import Benchmark
    from iopctl.model import Terms


@rule(*RULE, Severity.WARNING)
def share_off_benchmark(case: Case) -> Iterator[Finding]:
    """The public side carries a share outside the benchmark's tolerance.

    An IOP is carried by both sides, and the municipality aims at about half each; how near is
    set under [benchmark] in iopctl.toml. Say why the parties stand by another share under
    exceptions. Silent while a row's amount is unknown, and no share is stated.

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
    if case.agreement.kind != "iop":
        return
    share = case.share()
    benchmark = case.config.benchmark
    if share.verdict in {"below", "above"}:
        yield Finding(
            case.terms[-1].path("economy"),
            "the public side carries {share} % in {year}, as the agreement states it, outside {low}"
            " to {high} %"
            if share.is_stated
            else "the public side carries {share} % in {year}, outside {low} to {high} %",
            remedy="say under exceptions why the parties stand by it, if they do",
            share=_percent(share.rounded_percent, benchmark),
            year=share.year,
            low=benchmark.low,
            high=benchmark.high,
        )


def _percent(share: Decimal | None, benchmark: Benchmark) -> str:
    """Write a share with one decimal, or with so many that it is seen to be outside."""
    shown = [f"{share:.{decimals}f}" for decimals in range(1, 13)]
    outside = [each for each in shown if not benchmark.low <= Decimal(each) <= benchmark.high]
    return (outside or shown)[0].replace(".", point())


@rule("IOP211", "side-contributes-nothing", Severity.WARNING)
def side_contributes_nothing(case: Case) -> Iterator[Finding]:
    """One of the two sides of an IOP has no row, or only rows of 0 kr.

    Both sides put something in, in money or in kind: what one side pays alone is a grant or a
    purchase, which other rules govern. A row without an amount says that something is put in
    whose worth is unknown.

    Source: the criteria for IOP of SKR and of the municipalities' guidelines.

    Bad:

        economy:
          contributions:  # expect: IOP211
            - {party: kommunen, item: Handledning, amount: 450000}

    Good:

        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Ideell tid}
    """
    if case.agreement.kind != "iop":
        return
    for terms in case.economies:
        if not terms.economy.contributions:
            yield Finding(
                terms.path("economy", "contributions"),
                "the agreement has no row of what anybody puts in",
                remedy="add what each side puts in; one whose parts have the money is kind: other",
            )
            continue
        for side in ("public", "civil"):
            handles = {key for key, party in terms.parties.items() if party.role == side}
            if handles and not any(_gives(terms, number, handles) for number in _rows(terms)):
                has_rows = any(handles & {*row.party} for row in terms.economy.contributions)
                yield Finding(
                    terms.path("economy", "contributions"),
                    "the {side} side, {parties}, contributes nothing"
                    if has_rows
                    else "the {side} side, {parties}, has no row",
                    remedy="add what it puts in, without an amount if that is unknown",
                    side=side,
                    parties=[terms.parties[each].called for each in sorted(handles)],
                )


def _rows(terms: Terms) -> range:
    return range(len(terms.economy.contributions))


def _gives(terms: Terms, number: int, handles: set[str]) -> bool:
    row = terms.economy.contributions[number]
    sums = (terms.economy.yearly(row), row.total, *(row.by_year or {}).values())
    known = [each for each in sums if each is not None]
    return not handles.isdisjoint(row.party) and (not known or any(known))


@rule("IOP212", "party-without-row", Severity.NOTE)
def party_without_row(case: Case) -> Iterator[Finding]:
    """A party has no row in the economy, while others of its side do.

    It may share in a row that names only one of them, or put something in that nobody has
    written down. Add its row, without an amount if that is unknown. A party that receives or
    invoices money has its part in the economy.

    Source: the agreement's sections on parties and economy.

    Bad:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
          stiftelsen: {role: civil, name: Stiftelsen Exemplet}  # expect: IOP212

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
          stiftelsen: {role: civil, name: Stiftelsen Exemplet}
        economy:
          contributions:
            - {party: kommunen, item: Handledning, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
            - {party: stiftelsen, item: Ideell tid}
    """
    terms = case.terms[-1]
    rows = [row for each in case.economies for row in each.economy.contributions]
    giving = {handle for row in rows for handle in row.party}
    named = giving.union(*(row.receiver for row in rows), *_billing(terms))
    roles = {party.role for handle, party in terms.parties.items() if handle in giving}
    for handle, party in terms.parties.items():
        if handle not in named and party.role in roles:
            yield Finding(
                terms.path("parties", handle),
                "{party} has no row in the economy",
                remedy="add what it puts in, without an amount if that is unknown",
                party=party.called,
            )


def _billing(terms: Terms) -> Iterator[tuple[str, str]]:
    for each in terms.invoicing:
        yield each.seller, each.buyer


RULES = (
    share_off_benchmark,
    side_contributes_nothing,
    party_without_row,
)
