"""The numbers that invoices are given: the first of each seller's series, and odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.cli.parties import named
from iopctl.errors import Refused, UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.invoices.invoice import Invoice
    from iopctl.invoices.numbering import UsedNumber
    from iopctl.model import Party

LONGEST_NUMBER: Final = 40


def first_numbers(words: Sequence[str], sellers: Sequence[tuple[str, Party]]) -> dict[str, str]:
    """Return the first number by the identity of the seller that it is given for, "" for any.

    A seller goes by its handle, its names or its number, or by a part of these that is no other's.

    Raises:
        UserError: a number can't be one, there are two for one seller, or several are meant.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, rest = word.partition("=")
        meant = named(name, sellers) if equals else {}
        if len(meant) > 1:
            names = ", ".join(meant.values())
            raise UserError(
                tr(
                    "--number {word}: several sellers are called so: {names}",
                    word=word,
                    names=names,
                )
            )
        seller, number = (next(iter(meant)), rest) if meant else ("", word)
        fits = 1 <= len(number) <= LONGEST_NUMBER and number == number.strip()
        if not fits or not number.isprintable():
            raise UserError(
                tr(
                    "--number '{number}': write 1 to {longest_number} characters, none of "
                    "them a control character or a space around them",
                    number=number,
                    longest_number=LONGEST_NUMBER,
                )
            )
        if seller in found:
            raise UserError(tr("--number {word}: a series has one first number", word=word))
        found[seller] = number
    return found


def check(made: Sequence[Invoice], cases: Sequence[Case], known: Sequence[Case]) -> None:
    """Warn of days and numbers that are odd.

    Raises:
        Refused: a number is used already, in an agreement that is *known*.
    """
    from iopctl.invoices import issuing, numbering

    before = numbering.used(known)
    for one, case in zip(made, cases, strict=True):
        if one.issue is None:
            continue
        _refuse_used(one, before)
        own = [each.number for each in before if each.seller == one.seller.identity]
        own += [
            each.issue.number
            for each in made[: made.index(one)][-1:]
            if each.issue and each.seller.identity == one.seller.identity
        ]
        for odd in (
            issuing.odd_day(one.period, one.issue.date, case),
            numbering.oddity(one.issue.number, own),
        ):
            if odd:
                terminal.say(f"{tr('warning')}: {case.agreement.id}, {one.issue.number}: {odd}")


def _refuse_used(one: Invoice, before: Sequence[UsedNumber]) -> None:
    number = one.issue.number if one.issue else ""
    for each in before:
        if each.number == number and each.seller in (None, one.seller.identity):
            raise Refused(
                tr(
                    "number {number} of {called} is used already, in {agreement}",
                    number=number,
                    called=one.seller.called,
                    agreement=each.agreement,
                )
            )
