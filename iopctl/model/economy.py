"""What each party puts in, in kronor, and how it is raised each year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Tag, model_validator

from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.boards import Boards
from iopctl.model.parties import Handle, Handles
from iopctl.model.scalars import (
    Flag,
    Kronor,
    Lag,
    PartialDate,
    Percent,
    Quantity,
    Rate,
    Text,
    Year,
)
from iopctl.money import RoundingMode, kronor, rounded, total

HUNDRED = Decimal(100)
Basis = Literal["amount", "total", "by_year", "remainder", "units", "none"]


# ------------------------------------------------------------------ the index
class Index(Strict):
    """How amounts are raised: a fixed percent, or a series whose values `iopctl.toml` holds."""

    percent: Rate | None = None
    series: Text | None = None
    lag_years: Lag = 0
    pass_through: Percent = HUNDRED
    cap: Rate | None = None
    floor: Rate | None = None
    compound: Literal["exact", "rounded"] = "exact"

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.percent is None) == (self.series is None):
            raise refusal(
                "half-stated",
                tr("an index has a percent or a series"),
                tr(
                    "give one of the two; write index: unspecified where the agreement does not say"
                ),
            )
        of_series = {"lag_years", "pass_through", "cap", "floor"} & self.model_fields_set
        if self.percent is not None and of_series:
            raise refusal(
                "contradiction",
                tr(
                    "{of_series} belong to a series, not to a fixed percent",
                    of_series=", ".join(sorted(of_series)),
                ),
                tr("take them out"),
                at=(min(of_series),),
            )
        if self.cap is not None and self.floor is not None and self.cap < self.floor:
            raise refusal(
                "contradiction",
                tr("the cap {cap} is below the floor {floor}", cap=self.cap, floor=self.floor),
                tr("compare both with the agreement"),
                at=("cap",),
            )
        return self


def _index_form(value: object) -> str:
    return "«word»" if isinstance(value, str) else "«block»"


AnyIndex = Annotated[
    Annotated[Index, Tag("«block»")] | Annotated[Literal["unspecified"], Tag("«word»")],
    Discriminator(_index_form),
]


class Rounding(Strict):
    """To which multiple of kronor a computed amount is rounded, and which way."""

    unit: Kronor = Decimal(1)
    mode: RoundingMode = "half_up"

    @model_validator(mode="after")
    def _some_unit(self) -> Self:
        if not self.unit:
            raise refusal(
                "contradiction",
                tr("amounts can't be rounded to 0 kr"),
                tr("write 1 for whole kronor"),
                at=("unit",),
            )
        return self

    @property
    def how(self) -> tuple[Decimal, RoundingMode]:
        """The unit and the mode, as `money.rounded` takes them."""
        return self.unit, self.mode


# ------------------------------------------------------------------ a row
class Contribution(Strict):
    """One row of the economy: who puts in what, in one way of stating the amount.

    `amount` is a year's, in the base year's prices; `total` the whole period's; `by_year` each
    year's own; `remainder` the stated total less the other rows; without these, `unit_price`
    times `units`, `hours_per_year` or `units_by_year` is a year's. A row with none of all that is
    not priced.
    """

    party: Handles
    item: Text | None = None
    category: Literal["staff", "premises", "material", "administration", "other"] | None = None
    form: Literal["cash", "in_kind"] | None = None
    amount: Kronor | None = None
    total: Kronor | None = None
    spread: Literal["months"] | None = None
    by_year: dict[Year, Kronor] | None = None
    remainder: Flag = False
    quantity: Text | None = None
    hours_per_week: Quantity | None = None
    hours_per_year: Quantity | None = None
    unit: Text | None = None
    units: Quantity | None = None
    unit_price: Kronor | None = None
    units_by_year: dict[Year, Quantity] | None = None
    receiver: Handles = ()
    board: Boards | None = None
    indexed: Flag = True
    start: PartialDate | None = None
    end: PartialDate | None = None
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_basis(self) -> Self:
        stated = [
            name for name in ("amount", "total", "by_year") if getattr(self, name) is not None
        ]
        stated += ["remainder"] if self.remainder else []
        if len(stated) > 1:
            raise refusal(
                "stated-twice",
                tr("{stated} are both given", stated=" and ".join(stated)),
                tr("keep the one that the agreement states"),
                at=(stated[1],),
            )
        if self.spread and self.total is None:
            raise refusal(
                "half-stated",
                tr("spread says how a total is divided, and there is no total"),
                tr("write the amount as total, or take spread out"),
                at=("spread",),
            )
        numbers = [name for name in ("units", "units_by_year") if getattr(self, name) is not None]
        if len(numbers) > 1:
            raise refusal(
                "stated-twice",
                tr("units and units_by_year are both given"),
                tr("keep one"),
                at=("units_by_year",),
            )
        if not self.party:
            raise refusal(
                "half-stated",
                tr("the row names no party"),
                tr("write who contributes"),
                at=("party",),
            )
        if self.start and self.end and self.end.last < self.start.first:
            raise refusal(
                "validity-reversed",
                tr(
                    "the row's end {end} is before its start {start}",
                    end=self.end.text,
                    start=self.start.text,
                ),
                tr("compare both dates with the agreement"),
                at=("end",),
            )
        return self

    @property
    def basis(self) -> Basis:
        """How the row's amount is stated; `none` for a row that is not priced."""
        for name in ("amount", "total", "by_year"):
            if getattr(self, name) is not None:
                return name
        if self.remainder:
            return "remainder"
        return "units" if self.unit_price is not None and self._units is not None else "none"

    @property
    def _units(self) -> Decimal | Mapping[int, Decimal] | None:
        for stated in (self.units, self.units_by_year, self.hours_per_year):
            if stated is not None:
                return stated
        return None

    def units_in(self, year: int | None) -> Decimal | None:
        """The units (or hours) that the price is for in *year*, or in all; None if not stated."""
        units = self._units
        return units.get(year or 0) if isinstance(units, Mapping) else units

    def price_in(self, year: int | None) -> Decimal | None:
        """The units times their price, exactly, in *year* or every year; None if not stated."""
        units = self.units_in(year)
        return None if units is None or self.unit_price is None else self.unit_price * units

    @property
    def described(self) -> str:
        """What the row is for, as far as the file says."""
        return self.item or self.category or "whole contribution"


class Stated(Strict):
    """Sums that the agreement states; they are compared with the rows, never used instead.

    But for *public_share*, in percent: where it can't be reckoned, it is the share.
    """

    total: Kronor | None = None
    by_party: dict[Handle, Kronor] | None = None
    public_cash: Kronor | None = None
    period_total: Kronor | None = None
    period_by_party: dict[Handle, Kronor] | None = None
    public_share: Percent | None = None


class Economy(Strict):
    """What the parties put in, in kronor of *base_year*'s prices."""

    base_year: Year | None = None
    label: Literal["bidrag", "ersättning"] | None = None
    index: AnyIndex | None = None
    rounding: Rounding = Rounding.model_construct(unit=Decimal(1), mode="half_up")
    stated: Stated | None = None
    contributions: tuple[Contribution, ...]
    unspent: Literal["repay", "carry_over", "keep"] | None = None

    @model_validator(mode="after")
    def _one_remainder(self) -> Self:
        remainders = [i for i, row in enumerate(self.contributions) if row.remainder]
        if len(remainders) > 1:
            raise refusal(
                "stated-twice",
                tr("two rows are the remainder"),
                tr("leave remainder: true on one of them"),
                at=("contributions", remainders[1], "remainder"),
            )
        if remainders and (self.stated is None or self.stated.total is None):
            raise refusal(
                "half-stated",
                tr("a remainder is the stated total less the other rows, and no total is stated"),
                tr("add stated: {total: ...}"),
                at=("contributions", remainders[0], "remainder"),
            )
        if remainders and (left := self.remaining) is not None and left < 0:
            raise refusal(
                "contradiction",
                tr("the other rows are {left} kr more than the stated total", left=kronor(-left)),
                tr("compare the total and the rows with the agreement"),
                at=("contributions", remainders[0], "remainder"),
            )
        return self

    @property
    def remaining(self) -> Decimal | None:
        """The stated total less all rows but the remainder; None if one of them has no amount."""
        if self.stated is None or self.stated.total is None:
            return None
        others = [self.yearly(row) for row in self.contributions if not row.remainder]
        known = [each for each in others if each is not None]
        return self.stated.total - total(known) if len(known) == len(others) else None

    def yearly(self, row: Contribution) -> Decimal | None:
        """What a row gives in a whole year of the base year's prices, rounded as a budget has it.

        None where it states no such amount, or is the remainder beside rows that do not.
        """
        match row.basis:
            case "amount":
                return row.amount
            case "remainder":
                return self.remaining
            case "units":
                price = row.price_in(None)
                return None if price is None else rounded(price, *self.rounding.how)
            case "total" | "by_year" | "none":
                return None
