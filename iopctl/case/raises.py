"""The raises of an amount since its base year: what each is, and what it is reckoned from."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from iopctl.language import tr

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from iopctl.source import Path

ONE: Final = Fraction(1)
NONE: Final = Fraction(0)
Bound: TypeAlias = Literal["cap", "floor"]


class NoRate(NamedTuple):
    """Why a raise can't be told: what the index lacks, and *at* which place in it.

    A *series* lacks the value of a *period*, in its edition *since* a day where it has several;
    or it is not there at all, or has percent where levels are asked for. Without a series, the
    index lacks a step for the year *period*, or nothing is said of it.
    """

    lack: Literal["unspecified", "series", "levels", "value", "step"]
    series: str = ""
    period: str = ""
    at: Path = ()
    since: date | None = None

    @property
    def reason(self) -> str:
        """The reason in words, with what to add."""
        match self.lack:
            case "unspecified":
                return tr("the index is unspecified: write percent or series under economy.index")
            case "series":
                return tr(
                    "index series {series} is not in iopctl.toml: add [index.{series}]",
                    series=self.series,
                )
            case "levels":
                return tr(
                    "index series {series} has percent, and a base number needs its levels: add"
                    " them as a series of their own in iopctl.toml",
                    series=self.series,
                )
            case "step":
                return tr("the index has no step for {year}: add it to steps", year=self.period)
            case "value":
                return tr(
                    "index series {series} has no value for {period}: add it under {place} in"
                    " iopctl.toml",
                    series=self.series,
                    period=self.period,
                    place=self.place,
                )

    @property
    def place(self) -> str:
        """The table of `iopctl.toml` that lacks the value."""
        if self.since is None:
            return f"[index.{self.series}]"
        return f"[[index.{self.series}.editions]] since {self.since}"


class IndexNumber(NamedTuple):
    """A value of a series (*indextal*): of a year or a month, a level or percent."""

    series: str
    period: str
    value: Decimal


class IndexChange(NamedTuple):
    """What a series has changed by, from *before* to *now*; without *before*, *now* is percent.

    In a composite index it counts by its *weight*, a part of 1.
    """

    now: IndexNumber
    before: IndexNumber | None = None
    weight: Fraction = ONE

    @property
    def rate(self) -> Fraction:
        """The change as a part of 1, exactly."""
        if self.before is None:
            return Fraction(self.now.value) / 100
        return Fraction(self.now.value) / Fraction(self.before.value) - 1


class Raise(NamedTuple):
    """The raise of a *year*: by *rate* on the amount of the year before, or by *kronor*.

    It follows the *changes* of series, of which *share* is passed on; *bound* is what it was held
    at, where it would else have been more or less. One since a *base* number is a rate on the
    amount of the base year. An *assumed* one is no agreement's.
    """

    year: int
    rate: Fraction = NONE
    kronor: Decimal | None = None
    changes: tuple[IndexChange, ...] = ()
    share: Fraction = ONE
    bound: Bound | None = None
    base: bool = False
    assumed: bool = False


class RaisedKrona(NamedTuple):
    """What a krona of the base year has become by a year's raise, and the steps to there.

    An amount is *factor* times the base year's, and *added* kronor more.
    """

    steps: tuple[Raise, ...]
    factor: Fraction
    added: Fraction = NONE

    def by(self, step: Raise) -> RaisedKrona:
        """Return what comes of it by one more step, on the amount of the year before."""
        rate = 1 + step.rate
        added = self.added * rate + Fraction(step.kronor or 0)
        return RaisedKrona((*self.steps, step), self.factor * rate, added)


NOT_RAISED: Final = RaisedKrona((), ONE)
