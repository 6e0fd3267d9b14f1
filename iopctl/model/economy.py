"""What each party puts in, in kronor, and how it is raised each year."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Self

from pydantic import model_validator

from iopctl.language import both, tr
from iopctl.model.base import Strict, refusal
from iopctl.model.boards import Boards
from iopctl.model.index import AnyIndex, KronorIndex
from iopctl.model.parties import Handle, Handles
from iopctl.model.scalars import (
    Flag,
    Kronor,
    Name,
    PartialDate,
    Percent,
    Quantity,
    Text,
    Year,
)
from iopctl.money import RoundingMode, kronor, rounded, total

if TYPE_CHECKING:
    from iopctl.source import Path

Basis = Literal["amount", "total", "by_year", "remainder", "units", "none"]


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
    item: Name | None = None
    category: Literal["staff", "premises", "material", "administration", "other"] | None = None
    form: Literal["cash", "in_kind"] | None = None
    amount: Kronor | None = None
    total: Kronor | None = None
    spread: Literal["months"] | None = None
    by_year: dict[Year, Kronor] | None = None
    remainder: Flag = False
    quantity: Name | None = None
    hours_per_week: Quantity | None = None
    hours_per_year: Quantity | None = None
    unit: Name | None = None
    units: Quantity | None = None
    unit_price: Kronor | None = None
    units_by_year: dict[Year, Quantity] | None = None
    receiver: Handles = ()
    board: Boards | None = None
    indexed: Flag = True
    index: AnyIndex | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    source: Name | None = None
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
                tr("{stated} are both given", stated=both(stated)),
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
        if self.index is not None:
            self._refuse_idle_index()
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

    def _refuse_idle_index(self) -> None:
        """Refuse an index of its own where nothing is raised."""
        never = "indexed: false" if not self.indexed else self.basis
        if never in {"total", "by_year", "indexed: false"}:
            raise refusal(
                "contradiction",
                tr("the row has an index of its own, and {never} is never raised", never=never),
                tr("take one of them out"),
                at=("index",),
            )

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
        if self.item:
            return self.item
        return tr(self.category) if self.category else tr("whole contribution")


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

    @model_validator(mode="after")
    def _whose_kronor(self) -> Self:
        """Refuse a raise in kronor that is not of one amount a year."""
        for path, index, rows in self.indexes():
            if not isinstance(index, KronorIndex):
                continue
            if len(rows) > 1:
                raise refusal(
                    "contradiction",
                    tr(
                        "{count} rows would each be raised by {kronor} kr",
                        count=len(rows),
                        kronor=kronor(index.kronor),
                    ),
                    tr("write the index in the row that it is for"),
                    at=(*path, "kronor"),
                )
            if rows and rows[0].basis == "units":
                raise refusal(
                    "contradiction",
                    tr(
                        "a raise in kronor is of an amount a year, and the row states units and a"
                        " price"
                    ),
                    tr("write percent or a series, or the row's amount"),
                    at=(*path, "kronor"),
                )
        return self

    def index_of(self, row: Contribution) -> AnyIndex | None:
        """Return what raises a row: its own index, else that of all; None where nothing does."""
        if not row.indexed or row.basis in {"total", "by_year"}:
            return None
        return row.index or self.index

    def indexes(self) -> "Iterator[tuple[Path, AnyIndex, tuple[Contribution, ...]]]":
        """Yield each index that is written, its place in the economy, and the rows it raises."""
        if self.index is not None:
            followers = [row for row in self.contributions if row.index is None]
            raised = tuple(row for row in followers if self.index_of(row))
            yield ("index",), self.index, raised
        for number, row in enumerate(self.contributions):
            if row.index is not None:
                yield ("contributions", number, "index"), row.index, (row,)

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
