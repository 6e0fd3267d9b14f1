"""What the parties promise beside money: meetings, reports, volumes, legal grounds, deviations."""

from typing import Annotated, Literal, NamedTuple, Self, TypeAlias

from pydantic import AfterValidator, PlainValidator, model_validator

from iopctl.dates import MONTHS_A_YEAR, Period
from iopctl.language import marked, tr
from iopctl.model.base import Strict, refusal
from iopctl.model.choices import meant
from iopctl.model.parties import Handle
from iopctl.model.scalars import (
    Count,
    Day,
    Flag,
    Length,
    MonthDay,
    Name,
    PartialDate,
    Quantity,
    Text,
    Years,
    date_or_yearly,
    misspelt,
    scalar,
    shown,
)


class Evaluation(Strict):
    """An evaluation of the partnership: by a date, or before it is renewed."""

    due: PartialDate | None = None
    before_renewal: Flag = False


class Settled(Strict):
    """Up to when each kind of duty is done outside the log: what is due by its day, included."""

    invoices: Day | None = None
    meetings: Day | None = None
    reports: Day | None = None


# ------------------------------------------------------------------ undertakings on days
UndertakingKind: TypeAlias = Literal["report", "meeting", "evaluation", "review", "audit", "other"]
Due: TypeAlias = Period | tuple[int, int]


class Every(NamedTuple):
    """How often something comes back: each so many *months*.

    *calendar* tells that it is by the parts of the calendar year, not counted from a day.
    """

    months: int
    calendar: bool
    text: str


_WORDS = {"month": 1, "quarter": 3, "tertial": 4, "half_year": 6, "year": MONTHS_A_YEAR}
_MOST_YEARS = 50
EVERY = marked("month, quarter, tertial, half_year, year, or a number of years as 3 years")


def _every(value: object) -> Every:
    text = scalar(value, EVERY)
    if text in _WORDS:
        return Every(_WORDS[text], calendar=True, text=text)
    number, _, unit = text.partition(" ")
    if unit == "years" and number.isdecimal() and number.isascii():
        years = int(number) if len(number) < len("100") else 0
        if 0 < years <= _MOST_YEARS:
            return Every(years * MONTHS_A_YEAR, calendar=False, text=text)
    if write := meant(text, ", ".join(f"'{each}'" for each in _WORDS)):
        raise misspelt("choice-unknown", text, write)
    raise refusal(
        "choice-unknown", tr("found {text}", text=shown(text)), tr("write {every}", every=tr(EVERY))
    )


def _dues(value: object) -> tuple[Due, ...]:
    return tuple(map(date_or_yearly, value if isinstance(value, list) else [value]))


AnyEvery = Annotated[Every, PlainValidator(_every)]
Dues = Annotated[tuple[Due, ...], PlainValidator(_dues)]


class Undertaking(Strict):
    """Something that is promised by a day, or again and again, and by whom.

    *due* names days, or days of every year. *every* has it come back: for each part of the
    calendar, or counted from the first day. *months_after_end* is so long after the end of each
    part, or of the agreement where nothing comes back.
    """

    kind: UndertakingKind
    what: Name | None = None
    due: Dues = ()
    every: AnyEvery | None = None
    months_after_end: Length | None = None
    to: Name | None = None
    by: Handle | None = None

    @model_validator(mode="after")
    def _some_days(self) -> Self:
        if not self.due and self.every is None and self.months_after_end is None:
            raise refusal(
                "half-stated",
                tr("it does not say when"),
                tr("write due, every or months_after_end"),
                at=("kind",),
            )
        if self.due and self.months_after_end is not None:
            raise refusal(
                "stated-twice",
                tr("due and months_after_end are both given"),
                tr("keep the one that the agreement states"),
                at=("months_after_end",),
            )
        if self.due and self.every:
            self._refuse_unclear(self.every)
        if self.kind == "other" and self.what is None:
            raise refusal(
                "half-stated",
                tr("it does not say what is to be done"),
                tr("write what"),
                at=("kind",),
            )
        return self

    def _refuse_unclear(self, every: Every) -> None:
        """Refuse days of the year that come back otherwise than each year, and several firsts."""
        of_years = [each for each in self.due if not isinstance(each, Period)]
        if of_years and every.text != "year":
            raise refusal(
                "contradiction",
                tr("a day of every year does not come back every {every}", every=every.text),
                tr("write the first day, as 2024-06-30, or months_after_end"),
                at=("due",),
            )
        if len(self.due) > 1 and len(of_years) < len(self.due):
            raise refusal(
                "contradiction",
                tr("several days are the first of what comes back"),
                tr("write an undertaking for each"),
                at=("due",),
            )


class FollowUp(Strict):
    """Meetings and reports a year; what is due up to `settled_until` is not asked for again.

    *settled* says so of one kind alone, and goes before it.
    """

    meetings_per_year: Count | None = None
    reports_per_year: Count | None = None
    report_to: Name | None = None
    report_due: MonthDay | None = None
    steering_group: Name | None = None
    evaluation: Evaluation | None = None
    review_every_years: Years | None = None
    duties: tuple[Undertaking, ...] = ()
    settled_until: Day | None = None
    settled: Settled | None = None


class Volume(Strict):
    """How many the partnership is to reach: `places` at a time, or `per_year`."""

    unit: Name
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
                tr("the volume of {unit} is given twice", unit=each.unit),
                tr(
                    "keep the one that the agreement states, or tell them apart by measure or party"
                ),
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

    rule: Name
    path: Name | None = None
    reason: Text
    until: Day | None = None
