"""What the parties promise beside money: meetings, reports, volumes, legal grounds, deviations."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from iopctl.model.base import Strict, refusal
from iopctl.model.parties import Handle
from iopctl.model.scalars import Count, Day, Flag, MonthDay, PartialDate, Quantity, Text, Years


class Evaluation(Strict):
    """An evaluation of the partnership: by a date, or before it is renewed."""

    due: PartialDate | None = None
    before_renewal: Flag = False


class Settled(Strict):
    """Up to when each kind of duty is done outside the log: what is due by its day, included."""

    invoices: Day | None = None
    meetings: Day | None = None
    reports: Day | None = None


class FollowUp(Strict):
    """Meetings and reports a year; what is due up to `settled_until` is not asked for again.

    *settled* says so of one kind alone, and goes before it.
    """

    meetings_per_year: Count | None = None
    reports_per_year: Count | None = None
    report_to: Text | None = None
    report_due: MonthDay | None = None
    steering_group: Text | None = None
    evaluation: Evaluation | None = None
    review_every_years: Years | None = None
    settled_until: Day | None = None
    settled: Settled | None = None


class Volume(Strict):
    """How many the partnership is to reach: `places` at a time, or `per_year`."""

    unit: Text
    target: Quantity | None = None
    measure: Literal["places", "per_year"] | None = None
    party: Handle | None = None


def _distinct(volumes: tuple[Volume, ...]) -> tuple[Volume, ...]:
    told: set[tuple[str, str | None, str | None]] = set()
    for number, each in enumerate(volumes):
        whose = (each.unit, each.measure, each.party)
        if whose in told:
            raise refusal(
                "stated-twice",
                f"the volume of {each.unit} is given twice",
                "keep the one that the agreement states, or tell them apart by measure or party",
                at=(number, "unit"),
            )
        told.add(whose)
    return volumes


Volumes = Annotated[tuple[Volume, ...], AfterValidator(_distinct)]


class StateAid(Strict):
    """The ground on which the money is, or is not, state aid."""

    basis: Literal["none", "de_minimis", "sgei", "other"]
    certificate: Day | None = None


class Legal(Strict):
    """What was assessed before the agreement: initiative, market, procurement and state aid."""

    initiative: Literal["civil", "public", "joint"] | None = None
    market: Literal["yes", "no"] | None = None
    procurement_assessed: Day | None = None
    state_aid: StateAid | None = None


class Deviation(Strict):
    """A deviation from a rule that the parties stand by, and why."""

    rule: Text
    path: Text | None = None
    reason: Text
    until: Day | None = None
