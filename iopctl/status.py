"""In which state an agreement is on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from iopctl.extensions import day_ahead

if TYPE_CHECKING:
    from iopctl.standing import Standing

Stage = Literal["draft", "upcoming", "active", "expiring", "expired", "terminated", "unknown"]


def stage(standing: Standing, lead_months: int) -> Stage:
    """Return the state on the standing's day; `expiring` in the last *lead_months* months.

    `terminated` lasts from the end that a termination set; before it, the agreement is expiring.
    What goes on by itself does not expire. `unknown` is an agreement of which the end is unknown,
    but for one that has not started or has none.
    """
    reach, today = standing.reach, standing.as_of
    if standing.agreement.status == "draft":
        return "draft"
    if reach.end is not None and today > reach.end:
        return "terminated" if reach.terminated else "expired"
    if reach.start is not None and today < reach.start:
        return "upcoming"
    if reach.end is None:
        return "active" if reach.is_open else "unknown"
    soon = today >= day_ahead(reach.end, lead_months) and not reach.rolls_on
    return "expiring" if soon or reach.terminated else "active"
