"""The rows of an economy in the prices of another year, in the words that a file has for them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iopctl.case.indexing import Raises, is_anchored, price_year
from iopctl.case.raises import NoRate
from iopctl.case.worth import Prices, worth
from iopctl.dates import MONTHS_A_YEAR, Period, last_day
from iopctl.errors import Refused
from iopctl.model.index import raise_day
from iopctl.money import ORE, plain, rounded, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.config import Series
    from iopctl.model import Contribution, Terms
    from iopctl.model.base import Strict
    from iopctl.model.index import AnyIndex
    from iopctl.source import Path

Data: TypeAlias = dict[str, Any]
"""A mapping as a file has it: all its scalars are texts."""

HUNDRED: Final = 100
NOTHING_MORE: Final = Decimal(0)


@dataclass(frozen=True, eq=False)
class Repricing:
    """From the prices of *terms* to those of a *day*, raised by *percent* besides.

    Amounts that count from a base number stay in the base year's prices, for they follow it as
    before; so do all where the rows are not raised on the same day.
    """

    terms: Terms
    series: Mapping[str, Series]
    day: date
    percent: Decimal = NOTHING_MORE

    @cached_property
    def stays(self) -> bool:
        """Whether the base year stays that of *terms*."""
        anchored = any(is_anchored(each) for each in self._indexes)
        return self.terms.base_year is not None and (anchored or len(self._years) > 1)

    @cached_property
    def year(self) -> int:
        """The year whose prices the new amounts are in."""
        old = self.terms.base_year
        if old is not None and self.stays:
            return old
        return max(self._years[0] if self._years else self.day.year, old or 0)

    @cached_property
    def _indexes(self) -> list[AnyIndex]:
        economy = self.terms.economy
        found = (economy.index_of(row) for row in economy.contributions)
        return [each for each in found if each is not None]

    @cached_property
    def _years(self) -> list[int]:
        return sorted({price_year(each, self.day) for each in self._indexes})

    def repriced(self, economy: Data) -> tuple[Data, list[Decimal | None]]:
        """Return the *economy* in the new prices, and what each row is worth there in a year.

        That is None where it is unknown or the row states no such amount. Amounts are rounded as
        a budget's, prices of units to the öre. What is stated for a year of its own is raised by
        the percent alone, and a total for the whole period is not.

        Raises:
            Refused: the index has no value for a year that is needed.
        """
        new = deepcopy(economy)
        rows = zip(self.terms.economy.contributions, new["contributions"], strict=True)
        amounts = [self._write(row, data) for row, data in rows]
        if self._indexes or "index" in new or "base_year" in new:
            new["base_year"] = str(self.year)
        return new, amounts

    def restate(self, economy: Data, amounts: Sequence[Decimal | None]) -> None:
        """Make the sums that the *economy* states those of its rows' new *amounts*.

        One whose rows are not all known is raised as they are; the whole period's is left out.
        """
        stated: Data = economy.get("stated", {})
        stated.pop("period_total", None)
        rows = self.terms.economy.contributions
        yearly = [number for number, row in enumerate(rows) if row.total is None]
        if "total" in stated:
            stated["total"] = self._sum(stated["total"], [amounts[each] for each in yearly])
        if "public_cash" in stated:
            cash = [amounts[each] for each in yearly if self._is_public_cash(each)]
            stated["public_cash"] = self._sum(stated["public_cash"], cash)
        for party, old in stated.get("by_party", {}).items():
            own = [each for each in yearly if party in rows[each].party]
            alone = [amounts[each] if len(rows[each].party) == 1 else None for each in own]
            stated["by_party"][party] = self._sum(old, alone)
        if not stated:
            economy.pop("stated", None)

    def _write(self, row: Contribution, data: Data) -> Decimal | None:
        match row.basis:
            case "amount" | "remainder":
                amount = self._amount(row)
                if "amount" in data and amount is not None:
                    data["amount"] = _spelled(data["amount"], amount)
                return amount
            case "units":
                price = rounded(Fraction(data["unit_price"]) * self._factor(row), ORE)
                data["unit_price"] = _spelled(data["unit_price"], price)
                units = row.units_in(None)
                rounding = self.terms.economy.rounding
                return None if units is None else rounded(price * units, *rounding.how)
            case "by_year" if self.percent:
                for year, old in data["by_year"].items():
                    if int(year) >= self.day.year:
                        data["by_year"][year] = _spelled(old, self._more(Fraction(old)))
                return None
            case _:
                return None

    def _amount(self, row: Contribution) -> Decimal | None:
        """Return what the row is worth in a whole year in the new prices."""
        index = self.terms.economy.index_of(row)
        first = date(self.year, *raise_day(index))
        year = Period.of(first, last_day(first, MONTHS_A_YEAR))
        self._factor(row)  # raises where the index has no value
        old = worth(row, year, (year,), Prices(self._raises(index), self.terms)).amount
        return old if old is None or not self.percent else self._more(Fraction(old))

    def _raises(self, index: AnyIndex | None) -> Raises:
        return Raises(index, self.terms.base_year, self.series)

    def _factor(self, row: Contribution) -> Fraction:
        raised = self._raises(self.terms.economy.index_of(row)).until(self.year)
        if isinstance(raised, NoRate):
            raise Refused(f"{self.terms.agreement.id}: {raised.reason}")
        return raised.factor * (1 + Fraction(self.percent) / HUNDRED)

    def _more(self, amount: Fraction) -> Decimal:
        more = amount * (1 + Fraction(self.percent) / HUNDRED)
        return rounded(more, *self.terms.economy.rounding.how)

    def _sum(self, old: str, parts: Sequence[Decimal | None]) -> str:
        """Return the sum of *parts*; if one is unknown, the *old* sum raised like a row."""
        known = [each for each in parts if each is not None]
        if len(known) == len(parts):
            return _spelled(old, total(known))
        raised = self._raises(self.terms.economy.index).until(self.year)
        index = Fraction(1) if isinstance(raised, NoRate) else raised.factor
        return _spelled(old, self._more(Fraction(old) * index))

    def _is_public_cash(self, row: int) -> bool:
        return self.terms.side(row) == "public" and self.terms.form(row) == "cash"


def part_at(data: Data, path: Path) -> Any:  # noqa: ANN401 - a text, a list or a mapping
    """Return a copy of the part of a file's *data* at *path*, without keys that have no value."""
    part: Any = data
    for key in path:
        part = part[key]
    return _filled(part)


def _filled(part: Any) -> Any:  # noqa: ANN401 - likewise
    if isinstance(part, dict):
        return {key: _filled(each) for key, each in part.items() if each is not None}
    return [_filled(each) for each in part] if isinstance(part, list) else part


def in_order(model: type[Strict], data: Data) -> Data:
    """Return *data* with the keys of *model* first, in the order that the format has them."""
    known = {name: data[name] for name in model.model_fields if name in data}
    return known | data


def _spelled(old: str, new: Decimal) -> str:
    """Return *new* as files have it; as it was if it is the same number."""
    return old if Decimal(old) == new else plain(new)
