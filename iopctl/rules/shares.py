"""What may be wrong with who carries how much: series 2xx, from 210."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.diagnostics import Finding, Severity
from iopctl.economy import split
from iopctl.money import kronor, shared
from iopctl.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.config import Benchmark
    from iopctl.economy.budget import Sheet
    from iopctl.model import Terms
    from iopctl.rules.rule import Context


@rule(*split.RULE, Severity.WARNING)
def share_off_benchmark(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """The public side carries a share outside the benchmark's tolerance.

    An IOP is carried by both sides, and the municipality aims at about half each; how near is
    set under [benchmark] in iopctl.toml. Say why the parties stand by another share under
    exceptions. Silent while a row's amount is unknown.

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
    if sheet.agreement.kind != "iop":
        return
    share = split.share(sheet)
    benchmark = context.config.benchmark
    if share.verdict(benchmark) in {"below", "above"}:
        yield Finding(
            sheet.standing.terms[-1].path("economy"),
            "the public side carries {share} % in {year}, outside {low} to {high} %",
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
    return (outside or shown)[0]


@rule("IOP211", "side-contributes-nothing", Severity.WARNING)
def side_contributes_nothing(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    if sheet.agreement.kind != "iop":
        return
    for terms in sheet.standing.economies:
        for side in ("public", "civil"):
            handles = {key for key, party in terms.parties.items() if party.role == side}
            if handles and not any(_gives(terms, number, handles) for number in _rows(terms)):
                yield Finding(
                    terms.path("economy", "contributions"),
                    "the {side} side, {parties}, contributes nothing",
                    remedy="add what it puts in, without an amount if that is unknown",
                    side=side,
                    parties=[terms.parties[each].called for each in sorted(handles)],
                )


def _rows(terms: Terms) -> range:
    return range(len(terms.economy.contributions))


def _gives(terms: Terms, number: int, handles: set[str]) -> bool:
    row = terms.economy.contributions[number]
    stated = terms.economy.remaining if row.remainder else row.base_amount
    sums = (stated, row.total, *(row.by_year or {}).values())
    known = [each for each in sums if each is not None]
    return not handles.isdisjoint(row.party) and (not known or any(known))


@rule("IOP212", "party-without-row", Severity.NOTE)
def party_without_row(sheet: Sheet, _: Context) -> Iterator[Finding]:
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
    terms = sheet.standing.terms[-1]
    rows = [row for each in sheet.standing.economies for row in each.economy.contributions]
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


@rule("IOP213", "receiver-gives", Severity.WARNING)
def receiver_gives(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """The receiver of a row is the party that gives it.

    The receiver is who gets the money, and so who invoices it. A row that a party gives to
    itself would be billed by nobody. Name the party on the other side, or leave the receiver
    out where only one party can be meant.

    Source: the agreement's section on payment.

    Bad:

        economy:
          contributions:
            - {party: kommunen, receiver: kommunen, amount: 450000}  # expect: IOP213
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          contributions:
            - {party: kommunen, receiver: foreningen, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            if own := [handle for handle in row.receiver if handle in row.party]:
                yield Finding(
                    terms.path("economy", "contributions", number, "receiver"),
                    "{party} gives this row, and receives it, too",
                    remedy="name who gets it, or leave receiver out",
                    party=[terms.parties[each].called for each in own],
                )


@rule("IOP214", "board-without-money", Severity.WARNING)
def board_without_money(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """A committee is named on a row that no public party gives.

    A row's committee is who pays it, and counts only for the public side: sums by committee
    pass this row over. Move the committee to the row that it pays.

    Source: the committees' decisions on the money.

    Bad:

        economy:
          contributions:
            - {party: kommunen, amount: 450000}
            - {party: foreningen, amount: 450000, board: Socialnämnden}  # expect: IOP214

    Good:

        economy:
          contributions:
            - {party: kommunen, amount: 450000, board: Socialnämnden}
            - {party: foreningen, amount: 450000}
    """
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            if row.board is not None and terms.side(number) in {"civil", "funder"}:
                yield Finding(
                    terms.path("economy", "contributions", number, "board"),
                    "{boards} can't pay a row of {parties}",
                    remedy="name the committee on the row that it pays",
                    boards=[name for name, _ in row.board],
                    parties=[terms.parties[each].called for each in row.party],
                )


@rule("IOP215", "jointly-stated", Severity.NOTE)
def jointly_stated(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """Several parties or committees stand for one row, or get it, and their parts are not stated.

    The row counts for its side as a whole; what each of them carries is unknown, and is not
    taken for equal parts. Write a row for each, or the committees' shares in percent, once the
    parties can say.

    Source: the agreement's section on economy.

    Bad:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
          kyrkan: {role: civil, name: Exempels församling}
        economy:
          contributions:
            - party: kommunen
              board: [Kulturnämnden, Socialnämnden]  # expect: IOP215
              amount: 450000
            - {party: [foreningen, kyrkan], amount: 450000}  # expect: IOP215

    Good:

        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, name: Föreningen Exemplet}
          kyrkan: {role: civil, name: Exempels församling}
        economy:
          contributions:
            - party: kommunen
              board: {Kulturnämnden: 40, Socialnämnden: 60}
              amount: 450000
            - {party: foreningen, amount: 300000}
            - {party: kyrkan, amount: 150000}
    """
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            boards = [name for name, percent in row.board or () if percent is None]
            for key, names in (
                ("party", [terms.parties[each].called for each in row.party]),
                ("receiver", [terms.parties[each].called for each in row.receiver]),
                ("board", boards),
            ):
                if len(names) > 1:
                    yield Finding(
                        terms.path("economy", "contributions", number, key),
                        "the division between {names} is not stated",
                        remedy="write it in rows of their own, once it is known",
                        names=names,
                    )


@rule("IOP216", "boards-share", Severity.NOTE)
def boards_share(sheet: Sheet, _: Context) -> Iterator[Finding]:
    """Several committees pay a row, each its part.

    One committee's papers name its own part, another's the whole: that is where sums of the
    same agreement differ. The split counts the municipality's whole, and `--board` shows a
    committee's own part. Nothing is wrong, if the parts are those of the decisions.

    Source: the committees' decisions on the money.

    Bad:

        economy:
          contributions:
            - party: kommunen
              board: {Kulturnämnden: 40, Socialnämnden: 60}  # expect: IOP216
              amount: 450000
            - {party: foreningen, item: Lokaler, amount: 450000}

    Good:

        economy:
          contributions:
            - {party: kommunen, board: Socialnämnden, amount: 450000}
            - {party: foreningen, item: Lokaler, amount: 450000}
    """
    for terms in sheet.standing.economies:
        for number, row in enumerate(terms.economy.contributions):
            boards = {name: Fraction(percent) for name, percent in row.board or () if percent}
            whole = row.base_amount
            if whole is not None and len(boards) > 1 and terms.side(number) == "public":
                parts = zip(boards, shared(whole, list(boards.values())), strict=True)
                yield Finding(
                    terms.path("economy", "contributions", number, "board"),
                    "the committees' own parts of {whole} kr: {parts}",
                    remedy="compare them with the committees' decisions",
                    whole=whole,
                    parts=[f"{name} {kronor(part)}" for name, part in parts],
                )


RULES = (
    share_off_benchmark,
    side_contributes_nothing,
    party_without_row,
    receiver_gives,
    board_without_money,
    jointly_stated,
    boards_share,
)
