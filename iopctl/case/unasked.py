"""What was invoiced for days for which no block asks the payer now: it stands as it was sent.

The money is agreed on; only how it is asked for is not written any more, or was not written yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.claims import ruled
from iopctl.case.days import Days
from iopctl.case.payers import boards
from iopctl.dates import Period, months, months_in, without, years
from iopctl.money import ORE, shared, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.claims import Account, Block
    from iopctl.case.ledger import Posting
    from iopctl.model import Terms


class Standing(NamedTuple):
    """What postings came to for days of one year that nobody asks for; *least* after credits.

    A credit of an amount does not say for which of the days it is.
    """

    period: Period
    amount: Decimal
    least: Decimal


def standing(case: Case, account: Account, postings: Sequence[Posting]) -> tuple[Standing, ...]:
    """Return what *postings* of an account came to for decided days that no block asks for.

    They are those on which the buyer has a row to pay all the same: of what another is to pay
    now, nothing stands. What adds to an invoice of the same days is for those that are asked for.
    """
    own = ruled(case.blocks_of(account))
    if all(_within(days, own) for posting in postings for days in posting.days):
        return ()
    asked = Days([(each, True) for each in ruled(_asking(case, account))])
    found: list[Standing] = []
    for posting in postings:
        told = [each.period for each in found]
        bare = [part for days in posting.days for part in _unasked(case, account, days, asked)]
        found += _of_posting(posting, [new for part in bare for new in without(part, told)])
    return tuple(found)


def stood(found: Sequence[Standing], left: Decimal) -> tuple[Standing, ...]:
    """Return what stands of the amounts *found*, where so much is *left* beside what is asked for.

    It is between the least and all of it, and as near to what is left as it can be.
    """
    most, least = total(each.amount for each in found), total(each.least for each in found)
    if not most:
        return ()
    parts = shared(min(max(left, least), most), [int(each.amount / ORE) for each in found])
    return tuple(each._replace(amount=part) for each, part in zip(found, parts, strict=True))


def _within(days: Period, spans: Sequence[Period]) -> bool:
    return any(each.first <= days.first and days.last <= each.last for each in spans)


def _asking(case: Case, account: Account) -> list[Block]:
    """Return the blocks that ask for money of the account, be it for another one."""
    return [
        each
        for each in case.blocks
        if each.invoicing.buyer == account.buyer
        and (account.board is None or each.invoicing.board in (None, account.board))
    ]


def _unasked(case: Case, account: Account, days: Period, asked: Days[bool]) -> Iterator[Period]:
    """Yield those of *days*, year by year, that are decided and not *asked* for."""
    held = (part for each in case.held if (part := days.overlap(*each[:2])))
    bare = (piece for part in held for piece, is_asked in asked.cut(part) if not is_asked)
    for piece in bare:
        for terms in case.terms:
            part = terms.rules(piece)
            if part and _pays(terms, account):
                for year in years(part.first, part.last):
                    mine = part.overlap(*Period.year(year)[:2])
                    yield from (mine,) if mine else ()


def _pays(terms: Terms, account: Account) -> bool:
    """Whether the account's buyer has money to pay, from its committee where one is named."""
    return any(
        account.buyer in row.party
        and terms.form(number) == "cash"
        and (account.board is None or account.board in dict(boards(terms, number)))
        for number, row in enumerate(terms.economy.contributions)
    )


def _of_posting(posting: Posting, stretches: Sequence[Period]) -> Iterator[Standing]:
    if not stretches:
        return
    weights = [months(*each[:2]) for each in stretches]
    whole = months_in(posting.days)
    parts = (*weights, whole - sum(weights))
    yield from map(
        Standing, stretches, shared(posting.event.amount, parts), shared(posting.net, parts)
    )
