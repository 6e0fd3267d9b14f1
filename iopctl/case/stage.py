"""In which stage of its life an agreement is on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from iopctl.case.reach import day_ahead

if TYPE_CHECKING:
    from iopctl.case.case import Case

Stage = Literal["draft", "upcoming", "active", "expiring", "expired", "terminated", "unknown"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)


def stage(case: Case) -> Stage:
    """Return the stage on the case's day; `expiring` in the months that `lead` names.

    `terminated` lasts from the end that a termination set; before it, the agreement is expiring.
    In a gap it is `upcoming`, until the extension begins.
    What goes on by itself does not expire. `unknown` is an agreement whose start is unknown, before
    its end, and one whose end is unknown, after its start.
    """
    reach, today = case.reach, case.as_of
    if case.agreement.status == "draft":
        return "draft"
    if reach.end is not None and today > reach.end:
        return "terminated" if reach.terminated else "expired"
    if reach.start is None or (reach.end is None and not reach.is_open and today >= reach.start):
        return "unknown"
    if today < reach.start:
        return "upcoming"
    if any(gap.first <= today <= gap.last for gap in reach.gaps):
        return "upcoming"
    if reach.end is None:
        return "active"
    soon = today >= day_ahead(reach.end, case.config.lead.expiry_months) and not reach.rolls_on
    return "expiring" if soon or reach.terminated else "active"
