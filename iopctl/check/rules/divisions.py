"""What may be unclear in who gives a row, who gets it, and which committees pay: series 21x."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rows import written_rows
from iopctl.check.rules.rule import rule
from iopctl.money import kronor, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model import Contribution, Terms


@rule("IOP213", "receiver-gives", Severity.WARNING)
def receiver_gives(case: Case) -> Iterator[Finding]:
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
    for terms in case.economies:
        for number, row in enumerate(terms.economy.contributions):
            if own := [handle for handle in row.receiver if handle in row.party]:
                yield Finding(
                    terms.path("economy", "contributions", number, "receiver"),
                    "{party} gives this row, and receives it, too",
                    remedy="name who gets it, or leave receiver out",
                    party=[terms.parties[each].called for each in own],
                )


@rule("IOP214", "board-without-money", Severity.WARNING)
def board_without_money(case: Case) -> Iterator[Finding]:
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
    for terms in case.economies:
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
def jointly_stated(case: Case) -> Iterator[Finding]:
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
    for terms, path, row in written_rows(case):
        for key, names in _named(terms, row):
            if len(names) > 1:
                yield Finding(
                    (*path, key),
                    "the division between {names} is not stated",
                    remedy="write it in rows of their own, once it is known",
                    names=names,
                )


def _named(terms: Terms, row: Contribution) -> Iterator[tuple[str, list[str]]]:
    """Yield who gives and gets a row, and which committees pay undivided, with the key."""
    yield "party", [terms.parties[each].called for each in row.party]
    yield "receiver", [terms.parties[each].called for each in row.receiver]
    yield "board", [name for name, percent in row.board or () if percent is None]


@rule("IOP216", "boards-share", Severity.NOTE)
def boards_share(case: Case) -> Iterator[Finding]:
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
    for terms in case.economies:
        for number, row in enumerate(terms.economy.contributions):
            boards = {name: Fraction(percent) for name, percent in row.board or () if percent}
            whole = terms.economy.yearly(row)
            if whole is not None and len(boards) > 1 and terms.side(number) == "public":
                parts = zip(boards, shared(whole, list(boards.values())), strict=True)
                yield Finding(
                    terms.path("economy", "contributions", number, "board"),
                    "the committees' own parts of {whole} kr: {parts}",
                    remedy="compare them with the committees' decisions",
                    whole=whole,
                    parts=[f"{name} {kronor(part)}" for name, part in parts],
                )


RULES = (receiver_gives, board_without_money, jointly_stated, boards_share)
