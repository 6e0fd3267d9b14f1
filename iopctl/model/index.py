"""How amounts are raised: each kind of index that an agreement may have, one class each."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, Self, TypeAlias, get_args

from pydantic import BeforeValidator, Discriminator, Tag, model_validator

from iopctl.dates import last_day
from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.scalars import (
    Flag,
    IndexLevel,
    IndexPeriod,
    Kronor,
    Lag,
    Month,
    MonthDay,
    Name,
    Percent,
    Rate,
    Year,
)
from iopctl.money import HUNDRED

NEW_YEAR: Final = (1, 1)
Compound: TypeAlias = Literal["exact", "rounded"]


class IndexKind(Strict):
    """A kind of index, with an *example* of how a file writes it: help shows it.

    What it is, the docstring of each says in its first line.
    """

    example: ClassVar[str]


class PercentIndex(IndexKind):
    """A fixed percent every year."""

    example: ClassVar[str] = "{percent: 2}"
    percent: Rate
    raise_on: MonthDay = NEW_YEAR
    compound: Compound = "exact"


class StepsIndex(IndexKind):
    """A percent for each year by itself; a year that is not there is unknown."""

    example: ClassVar[str] = "{steps: {2025: 2, 2026: 3}}"
    steps: dict[Year, Rate]
    raise_on: MonthDay = NEW_YEAR
    compound: Compound = "exact"


class KronorIndex(IndexKind):
    """So many kronor more every year, for a whole year."""

    example: ClassVar[str] = "{kronor: 5000}"
    kronor: Kronor
    raise_on: MonthDay = NEW_YEAR


class SeriesIndex(IndexKind):
    """A series' change since the year before; `iopctl.toml` has its values.

    In percent of a year; or, with *month*, from that month to the same one a year later.
    """

    example: ClassVar[str] = "{series: KPI}"
    series: Name
    lag_years: Lag = 0
    month: Month | None = None
    pass_through: Percent = HUNDRED
    cap: Rate | None = None
    floor: Rate | None = None
    raise_on: MonthDay = NEW_YEAR
    compound: Compound = "exact"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_crossed(self.cap, self.floor)
        _refuse_too_late(self.month, self.lag_years, self.raise_on, ("month",))
        return self


class BaseNumber(Strict):
    """The number of a series that changes are counted from (*bastal*): its period and value."""

    period: IndexPeriod
    value: IndexLevel | None = None

    @model_validator(mode="after")
    def _above_zero(self) -> Self:
        if self.value is not None and self.value <= 0:
            raise refusal(
                "number-spelling",
                tr("the base number is {value}", value=self.value),
                tr("a base number is above 0"),
                at=("value",),
            )
        return self

    @property
    def month(self) -> int | None:
        """The month that it is of; None where it is of a year."""
        month = self.period.partition("-")[2]
        return int(month) if month else None

    @property
    def last(self) -> date:
        """The last day of its period."""
        year, month = int(self.period[:4]), self.month
        return date(year, 12, 31) if month is None else last_day(date(year, month, 1), 1)


class BaseNumberIndex(IndexKind):
    """A series' whole change since a base number, or a share of it.

    So the amount is always the base year's with that share of the whole change. *cap* and
    *floor* bound what it may be beside the amount of the year before. With *base_is_floor*
    it is never less than the base year's.
    """

    example: ClassVar[str] = "{series: KPI, base: {period: 2022}}"
    series: Name
    base: BaseNumber
    lag_years: Lag = 0
    pass_through: Percent = HUNDRED
    cap: Rate | None = None
    floor: Rate | None = None
    base_is_floor: Flag = False
    raise_on: MonthDay = NEW_YEAR

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_crossed(self.cap, self.floor)
        _refuse_too_late(self.base.month, self.lag_years, self.raise_on, ("base", "period"))
        return self


class WeightedSeries(Strict):
    """A series that is a part of a composite index."""

    series: Name
    weight: Percent
    lag_years: Lag = 0
    month: Month | None = None


class CompositeIndex(IndexKind):
    """The changes of several series since the year before, by their weights."""

    example: ClassVar[str] = "{composite: [{series: AKI, weight: 60}, {series: KPI, weight: 40}]}"
    composite: tuple[WeightedSeries, ...]
    pass_through: Percent = HUNDRED
    cap: Rate | None = None
    floor: Rate | None = None
    raise_on: MonthDay = NEW_YEAR
    compound: Compound = "exact"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _refuse_crossed(self.cap, self.floor)
        for number, part in enumerate(self.composite):
            at = ("composite", number, "month")
            _refuse_too_late(part.month, part.lag_years, self.raise_on, at)
        weights = sum(part.weight for part in self.composite)
        if weights != HUNDRED:
            raise refusal(
                "contradiction",
                tr("the weights make {weights} percent", weights=weights),
                tr("make them 100 in all"),
                at=("composite",),
            )
        return self


def _refuse_crossed(cap: Decimal | None, floor: Decimal | None) -> None:
    if cap is not None and floor is not None and cap < floor:
        raise refusal(
            "contradiction",
            tr("the cap {cap} is below the floor {floor}", cap=cap, floor=floor),
            tr("compare both with the agreement"),
            at=("cap",),
        )


def _refuse_too_late(
    month: int | None, lag: int, raise_on: tuple[int, int], at: tuple[str | int, ...]
) -> None:
    """Refuse a month that is not over on the day of the raise: its value is not there yet."""
    if month is not None and not lag and month >= raise_on[0]:
        raise refusal(
            "contradiction",
            tr(
                "month {month} is not over when the amounts are raised on {day} of the same year",
                month=month,
                day=f"{raise_on[0]:02}-{raise_on[1]:02}",
            ),
            tr("add lag_years: 1, or compare the month with the agreement"),
            at=at,
        )


# ------------------------------------------------------------------ the union
KINDS: Final = ("percent", "steps", "kronor", "series", "composite")
"""The keys of which an index has exactly one: what it is raised by."""


def _one_kind(value: object) -> object:
    """Refuse a block that is of no kind, or of several."""
    kinds = [each for each in KINDS if each in value] if isinstance(value, dict) else [""]
    if len(kinds) == 1:
        return value
    told = tr("an index is of one kind, and nothing says which")
    if kinds:
        told = tr("an index is of one kind, and {kinds} are given", kinds=", ".join(kinds))
    raise refusal(
        "half-stated",
        told,
        tr(
            "give one of {kinds}; write index: unspecified where the agreement does not say",
            kinds=", ".join(KINDS),
        ),
    )


def _tag(value: object) -> str:
    if isinstance(value, str):
        return "«word»"
    named = [each for each in KINDS if each in value] if isinstance(value, dict) else []
    kind = named[0] if named else "percent"
    return "«base»" if kind == "series" and "base" in value else f"«{kind}»"  # type: ignore[operator] # a dict, since a kind is named


AnyIndex = Annotated[
    Annotated[PercentIndex, Tag("«percent»")]
    | Annotated[StepsIndex, Tag("«steps»")]
    | Annotated[KronorIndex, Tag("«kronor»")]
    | Annotated[SeriesIndex, Tag("«series»")]
    | Annotated[BaseNumberIndex, Tag("«base»")]
    | Annotated[CompositeIndex, Tag("«composite»")]
    | Annotated[Literal["unspecified"], Tag("«word»")],
    Discriminator(_tag),
    BeforeValidator(_one_kind),
]


INDEXES: Final[tuple[type[IndexKind], ...]] = tuple(
    kind for kind, _ in map(get_args, get_args(get_args(AnyIndex)[0])) if isinstance(kind, type)
)
"""All kinds of index."""


def is_compound(index: AnyIndex | None) -> bool:
    """Whether each year is raised from last year's amount as it was rounded."""
    return getattr(index, "compound", "exact") == "rounded"


def raise_day(index: AnyIndex | None) -> tuple[int, int]:
    """Return month and day on which amounts are raised each year."""
    return getattr(index, "raise_on", NEW_YEAR)
