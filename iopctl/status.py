"""In which state an agreement is on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from iopctl.dates import add_months

if TYPE_CHECKING:
    from iopctl.standing import Standing

Stage = Literal["draft", "upcoming", "active", "expiring", "expired", "terminated", "unknown"]


def stage(standing: Standing, lead_months: int) -> Stage:
    """Return the state on the standing's day; `expiring` in the last *lead_months* months.

    `terminated` lasts from the end that a termination set; before it, the agreement is expiring.
    `unknown` is an agreement of which neither the start nor the end is known.
    """
    reach, today = standing.reach, standing.as_of
    if standing.agreement.status == "draft":
        return "draft"
    if reach.start is not None and today < reach.start:
        return "upcoming"
    if reach.end is not None and today > reach.end:
        return "terminated" if reach.terminated else "expired"
    if reach.end is not None:
        soon = today >= add_months(reach.end, -lead_months)
        return "expiring" if soon or reach.terminated else "active"
    return "active" if reach.start is not None and reach.is_open else "unknown"
