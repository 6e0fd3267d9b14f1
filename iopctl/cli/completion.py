"""What Tab offers beside commands and options: ids, rules, topics, states, committees and sellers.

A shell waits for it, and has nowhere to show an error: what can't be read offers nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.language import tr

_QUOTES: Final = "'\""

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.case.case import Case


def ids(incomplete: str) -> list[str]:
    """Offer the ids of agreements; a shell adds names of files where none fits."""
    from iopctl.files import identifiers, place

    try:
        return _fitting(identifiers(place(()).agreements), incomplete)
    except UserError:
        return []


def rules(incomplete: str) -> list[tuple[str, str]]:
    """Offer the codes of rules, with their names, and the names by themselves."""
    from iopctl.check.rules import ALL

    codes = [(each.code, each.name) for each in ALL] + [(each.name, each.code) for each in ALL]
    return [each for each in codes if each[0].lower().startswith(incomplete.lower())]


def topics(incomplete: str) -> list[str]:
    """Offer what `iopctl help` explains: commands and topics, in the language that is used."""
    from iopctl.cli.commands import COMMANDS
    from iopctl.cli.topics import TOPICS

    return _fitting([*COMMANDS, *(tr(each.name) for each in TOPICS)], incomplete)


def boards(incomplete: str) -> list[str]:
    """Offer the committees that the agreements name."""
    from iopctl.case.payers import boards_of

    return _fitting((name for each in _cases() for name in boards_of(each)), incomplete)


def areas(incomplete: str) -> list[str]:
    """Offer the fields of work that the agreements name."""
    return _fitting((each.agreement.area for each in _cases() if each.agreement.area), incomplete)


def states(incomplete: str) -> list[str]:
    """Offer the states that an agreement may be in, in the language that is used."""
    from iopctl.case.stage import STAGES

    return _fitting(map(tr, STAGES), incomplete)


def sellers(incomplete: str) -> list[str]:
    """Offer the handles of the civil parties, by which `--seller` names one."""
    return _fitting(
        (
            handle
            for each in _cases()
            for handle, party in each.agreement.parties.items()
            if party.role == "civil"
        ),
        incomplete,
    )


def _cases() -> list[Case]:
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.check import portfolio
    from iopctl.files import inputs, place

    try:
        here = place(())
        found = portfolio.load(inputs((), here.agreements)).readable
    except UserError:
        return []
    return [Case(each, date.min, here.config) for each in found]


def _fitting(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the words that begin so, in one piece as the shell that asks takes them.

    Bash wants blanks guarded, PowerShell a quote that a person has begun with; others see to that
    themselves.
    """
    start = incomplete.lstrip(_QUOTES)
    quote = incomplete.removesuffix(start)
    found = sorted({each for each in words if each.casefold().startswith(start.casefold())})
    if os.environ.get("_IOPCTL_COMPLETE") == "complete_bash":
        return [each.replace(" ", r"\ ") for each in found]
    return [f"{quote}{each}{quote}" for each in found]
