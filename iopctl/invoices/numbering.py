"""The numbers of invoices: one series for each seller, counted on, and what is odd about one."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from iopctl.check.facts import facts
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from iopctl.case.case import Case

_TAIL = re.compile(r"[0-9]+$")


class UsedNumber(NamedTuple):
    """A number that a seller, by its identity, has used on a day in the log of an agreement."""

    seller: str | None
    number: str
    date: date
    agreement: str


def numbers(first: str) -> Iterator[str]:
    """Yield *first* and those after it, counting its last digits on: `2024-009`, `2024-010`.

    Raises:
        UserError: it does not end in digits, and another is asked for.
    """
    yield first
    found = _TAIL.search(first)
    if not found:
        raise UserError(
            tr("--number {first} ends in no digits: there is no next number", first=first)
        )
    start, digits = first[: found.start()], len(found[0])
    yield from (start + str(number).zfill(digits) for number in count(int(found[0]) + 1))


def used(given: Iterable[Case]) -> list[UsedNumber]:
    """Return every number of the logs, those of invoices and credits that are dated ahead too."""
    return [
        UsedNumber(each.seller, each.number, each.date, case.agreement.id)
        for case in given
        for each in facts("", case).numbered
    ]


def place(number: str) -> tuple[str, int] | None:
    """Return what stands before a number's last digits, and these; None where it has none."""
    found = _TAIL.search(number)
    return (number[: found.start()], int(found[0])) if found else None


def oddity(number: str, before: Iterable[str]) -> str:
    """Return what is odd about a seller's next number after all *before*; "" where nothing is.

    Compared are those that are alike up to their last digits.
    """
    own = place(number)
    if own is None:
        return ""
    alike = [(each, found[1]) for each in before if (found := place(each)) and found[0] == own[0]]
    if not alike:
        return ""
    highest, at = max(alike, key=lambda each: each[1])
    if own[1] < at:
        return tr(
            "number {number} comes after {highest}: numbers of a series do not fall",
            number=number,
            highest=highest,
        )
    if own[1] > at + 1:
        return tr(
            "number {number} comes after {highest}: is one left out between them?",
            number=number,
            highest=highest,
        )
    return ""
