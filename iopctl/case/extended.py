"""How several agreements are extended: by options that somebody takes, or by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from iopctl.case.case import Case

ExtensionWay: TypeAlias = Literal["taken", "by_itself", "either"]


def rolls_on(case: Case) -> bool | None:
    """Return whether the extensions that are left come by themselves; None where none is."""
    return case.reach.rolls_on if case.options else None


def when_extended(given: Iterable[Case]) -> ExtensionWay:
    """Return when extensions come that are left: when taken, by themselves, or some of each."""
    return when_any(set(map(rolls_on, given)))


def when_any(ways: Collection[bool | None]) -> ExtensionWay:
    """Return when extensions come of agreements that are extended in these *ways*, None in none."""
    if True not in ways:
        return "taken"
    return "either" if False in ways else "by_itself"
