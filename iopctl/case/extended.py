"""How several agreements are extended: by options that somebody takes, or by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iopctl.case.case import Case

When: TypeAlias = Literal["taken", "by_itself", "either"]


def when_extended(given: Iterable[Case]) -> When:
    """Return when extensions come that are left: when taken, by themselves, or some of each."""
    rolls_on = {case.reach.rolls_on for case in given if case.options}
    if rolls_on == {True}:
        return "by_itself"
    return "either" if True in rolls_on else "taken"
