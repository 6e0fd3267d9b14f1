"""A second reckoning of an agreement's figures, from docs/format.md alone, day by day.

It shares no code with iopctl, and none of its ways: it asks of every day which terms rule it, and
adds up days. It knows what `agreements` draws and no more.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Data = dict[str, Any]
ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "half_up": lambda x: floor(x + Fraction(1, 2)),
    "down": floor,
    "up": ceil,
}


class Money(NamedTuple):
    """Kronor of one row in a year, from whom, and which committee's it is; None is unknown."""

    row: str
    year: int | None
    party: str
    board: str
    side: str
    kronor: Fraction | None


@dataclass
class Reckoning:
    """An agreement as a day sees it."""

    data: Data
    as_of: date

    def __post_init__(self) -> None:
        log = [each for each in self.data.get("log", []) if day(each["date"]) <= self.as_of]
        self.ends = [each for each in log if each["event"] == "termination"]
        amendments = [each for each in log if each["event"] == "amendment"]
        self.changes = sorted(
            ((day(each["effective"]), number, each) for number, each in enumerate(amendments)),
            key=lambda each: each[:2],
        )

    # ------------------------------------------------------------ which terms rule a day
    def block(self, name: str, on: date) -> tuple[Data, date | None]:
        """Return a block as it is on a day, and since when."""
        found, since = self.data[name], None
        for effective, _, event in self.changes:
            new = event["terms"].get(name)
            if effective <= on and new is not None:
                kept = {"start": found["start"]} if name == "validity" and "start" in found else {}
                found, since = {**kept, **new} if name == "validity" else new, effective
        return found, since

    @property
    def first(self) -> date:
        """The first day: that of the first terms which rule it."""
        edges = [effective for effective, _, _ in self.changes]
        for before in (date.min, *edges):
            start = day(self.block("validity", before)[0]["start"])
            until = min((each for each in edges if each > before), default=date.max)
            if start < until:
                return start
        raise AssertionError

    @property
    def last(self) -> date:
        """The last day, terminated or not."""
        end = day(self.block("validity", date.max)[0]["end"])
        return min(end, day(self.ends[-1]["effective"])) if self.ends else end

    def days(self) -> list[date]:
        """Return every day that is decided."""
        number = (self.last - self.first).days + 1
        return [self.first + timedelta(each) for each in range(max(number, 0))]

    # ------------------------------------------------------------ the money
    def money(self) -> list[Money]:
        """Return what every row gives in every year."""
        found: list[Money] = []
        for _, days in grouped(self.days(), lambda on: id(self.block("economy", on)[0])):
            economy, since = self.block("economy", days[0])
            base = economy.get("base_year") or (since or self.first).year
            for row in economy["contributions"]:
                own = [on for on in days if start_of(row) <= on <= end_of(row)]
                if "total" in row and "spread" not in row:
                    whole_period = Fraction(row["total"]) if own else Fraction(0)
                    found += self.parts(row, None, own[:1] or days[:1], whole_period)
                    continue
                for year, whole in grouped(days, lambda on: on.year):
                    held = [on for on in own if on.year == year]
                    kronor = self.year(row, year, held, economy, int(base)) if held else Fraction(0)
                    found += self.parts(row, year, held or whole[:1], kronor)
        return found

    def year(
        self, row: Data, year: int, held: list[date], economy: Data, base: int
    ) -> Fraction | None:
        """Return what a row gives for some days of a year."""
        if "total" in row:
            return self.spread(row, held)
        if "by_year" in row:
            stated = row["by_year"].get(str(year))
            every = [
                on for on in self.days() if on.year == year and start_of(row) <= on <= end_of(row)
            ]
            part = months(held) / months(every)
            return None if stated is None else rounded(Fraction(stated), part, economy)
        yearly = self.yearly(row, economy)
        if yearly is None:
            return None
        raised = Fraction(1)
        if row.get("indexed") != "false" and "index" in economy:
            percent = Fraction(economy["index"]["percent"])
            raised = (1 + percent / 100) ** max(year - base, 0)
        part = raised * months(held) / 12
        return rounded(yearly, part, economy, always="unit_price" in row)

    def yearly(self, row: Data, economy: Data) -> Fraction | None:
        """Return a whole year's worth in the base year's prices, exactly."""
        if "amount" in row:
            return Fraction(row["amount"])
        if "unit_price" in row:
            return Fraction(row["unit_price"]) * Fraction(row["units"])
        if "remainder" not in row:
            return None
        left = Fraction(economy["stated"]["total"])
        for other in economy["contributions"]:
            if other is not row:
                amount = self.yearly(other, economy)
                if amount is None:
                    return None
                left -= rounded(amount, Fraction(1), economy, always="unit_price" in other)
        return left

    def spread(self, row: Data, held: list[date]) -> Fraction | None:
        """Return what some days have of a total over months, each by the terms that rule it."""
        found = Fraction(0)
        for on in held:
            validity = self.block("validity", on)[0]
            since = self.block("economy", on)[1] or date.min
            first = start_of(row) if "start" in row else max(day(validity["start"]), since)
            last = end_of(row) if "end" in row else day(validity["end"])
            if last < first or on > last:
                return None
            given = given_by_day(row["total"], first, last)
            found += given.get(on, Fraction(0)) - given.get(on - timedelta(1), Fraction(0))
        return found

    def parts(
        self, row: Data, year: int | None, held: list[date], kronor: Fraction | None
    ) -> list[Money]:
        """Divide a row's figure by the parties of its days, and theirs by committees."""
        groups = grouped(held, lambda on: id(self.block("parties", on)[0]))
        amounts = divided(kronor, [months(days) for _, days in groups])
        if len(groups) > 1 and "spread" in row:
            amounts = [self.spread(row, days) for _, days in groups]
        found = []
        for (_, days), amount in zip(groups, amounts, strict=True):
            party = self.block("parties", days[0])[0][row["party"]]
            boards = row.get("board", party.get("board", "no committee named"))
            shares = boards if isinstance(boards, dict) else {boards: "100"}
            each = divided(amount, [Fraction(share) for share in shares.values()])
            found += [
                Money(row["item"], year, party["name"], board, party["role"], part)
                for board, part in zip(shares, each, strict=True)
            ]
        return found


# -------------------------------------------------------------------- days and kronor
def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def start_of(row: Data) -> date:
    """Return a row's first day."""
    return day(row.get("start", "0001-01-01"))


def end_of(row: Data) -> date:
    """Return a row's last day."""
    return day(row.get("end", "9999-12-31"))


def grouped(days: list[date], key: Callable[[date], object]) -> list[tuple[Any, list[date]]]:
    """Return days by what they have in common, in the order in which that comes first."""
    groups: dict[Any, list[date]] = defaultdict(list)
    for each in days:
        groups[key(each)].append(each)
    return list(groups.items())


def months(days: list[date]) -> Fraction:
    """Count months: each day is its part of its month."""
    return sum((Fraction(1, monthrange(on.year, on.month)[1]) for on in days), Fraction(0))


def rounded(base: Fraction, factor: Fraction, economy: Data, *, always: bool = False) -> Fraction:
    """Round what was reckoned; what stands as it is written is not."""
    if factor == 1 and not always:
        return base
    how = economy.get("rounding", {})
    unit = Fraction(how.get("unit", "1"))
    return ROUNDINGS[how.get("mode", "half_up")](base * factor / unit) * unit


def divided(kronor: Fraction | None, weights: list[Fraction]) -> list[Fraction | None]:
    """Divide by largest remainder, in kronor, or in öre where there are any."""
    if kronor is None:
        return [None] * len(weights)
    step = Fraction(1) if kronor.denominator == 1 else Fraction(1, 100)
    exact = [kronor / step * each / sum(weights) for each in weights]
    parts = [floor(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: int(kronor / step) - sum(parts)]:
        parts[place] += 1
    return [part * step for part in parts]


@cache
def given_by_day(total: str, first: date, last: date) -> dict[date, Fraction]:
    """Return what a total over months has given by the end of each day: no cut loses a krona."""
    every = [first + timedelta(each) for each in range((last - first).days + 1)]
    by_month = grouped(every, lambda on: (on.year, on.month))
    amounts = divided(Fraction(total), [months(days) for _, days in by_month])
    step = Fraction(1) if Fraction(total).denominator == 1 else Fraction(1, 100)
    found, before = {}, Fraction(0)
    for (_, days), amount in zip(by_month, amounts, strict=True):
        for number, on in enumerate(days, 1):
            exact = before + (amount or 0) * Fraction(number, len(days))
            found[on] = floor(exact / step + Fraction(1, 2)) * step
        before += amount or 0
    return found
