"""What the agreements of a listing are chosen by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.payers import boards_of

if TYPE_CHECKING:
    from iopctl.case.case import Case


class Traits(NamedTuple):
    """The committees that decide or pay, the field of work, and the *stage* where it is asked."""

    boards: frozenset[str]
    area: str | None
    stage: str | None


def traits(case: Case, *, staged: bool) -> Traits:
    """Return what a case is chosen by; *staged* asks for its stage, which takes a while."""
    stage = None
    if staged:
        from iopctl.case.stage import stage as stage_of  # which loads much that a budget needs not

        stage = stage_of(case)
    return Traits(boards_of(case), case.agreement.area, stage)
