"""A second reckoning of an agreement's figures, from docs/format.md alone, day by day.

It shares no code with iopctl, and none of its ways: it asks of every day which terms rule it, and
adds up days. It knows what `agreements` draws and no more.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
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
                    alone = self.year_of_total(row, own, days[0])
                    found += self.parts(row, alone, own[:1] or days[:1], whole_period)
                    for year, later in grouped(self.after_total(row, own), lambda on: on.year):
                        for stretch in stretches(later):
                            found += self.parts(row, year, stretch, None)
                    continue
                for year, whole in grouped(days, lambda on: on.year):
                    held = [on for on in own if on.year == year]
                    if not held:
                        found += self.parts(row, year, whole[:1], Fraction(0))
                    for stretch in stretches(held):
                        found += self.stretch(row, stretch, economy, int(base), days[0])
        return found

    def stretch(
        self, row: Data, held: list[date], economy: Data, base: int, agreed: date
    ) -> list[Money]:
        """Return what a row gives for a stretch of days of a year."""
        found: list[Money] = []
        for alike in by_raise(held, index_of(row, economy), base):
            for _, part in grouped(alike, partial(self.is_past_total, row, agreed)):
                kronor = self.year(row, held[0].year, part, economy, base, agreed)
                found += self.parts(row, held[0].year, part, kronor, agreed)
        return found

    def is_past_total(self, row: Data, agreed: date, on: date) -> bool:
        """Whether a day comes after those that a total over months was agreed for."""
        return "spread" in row and self.spread(row, agreed, [on]) is None

    def after_total(self, row: Data, own: list[date]) -> list[date]:
        """Return the days after those that an undivided total was agreed for, if these are known."""
        if not own:
            return []
        first, last = self.total_days(row, own[0])
        return [on for on in own if on > last >= first]

    def year_of_total(self, row: Data, own: list[date], agreed: date) -> int | None:
        """Return the year of a total that is for days of one year, all of which are held."""
        if not own:
            return None
        first, last = self.total_days(row, agreed)
        held = [on for on in own if first <= on <= last] or own
        is_all = (held[0], held[-1]) == (first, last)
        return first.year if is_all and first.year == last.year else None

    def year(
        self, row: Data, year: int, held: list[date], economy: Data, base: int, agreed: date
    ) -> Fraction | None:
        """Return what a row gives for some days of a year."""
        if "total" in row:
            return self.spread(row, agreed, held)
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
        index = index_of(row, economy)
        until = last_raise(index, held[0], base) if index else base
        part, priced = months(held) / 12, "unit_price" in row
        if index.get("compound") == "rounded":
            paid: Fraction | None = rounded(yearly, Fraction(1), economy, always=priced)
            for each in range(base + 1, until + 1):
                rate = yearly_raise(index, each)
                paid = None if paid is None or rate is None else rounded(paid, 1 + rate, economy)
            return None if paid is None else rounded(paid, part, economy)
        if "kronor" in index:
            more = Fraction(index["kronor"]) * (until - base)
            return rounded(yearly + more, part, economy, always=bool(more))
        factor = factor_of(index, base, until)
        return None if factor is None else rounded(yearly, factor * part, economy, always=priced)

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

    def total_days(self, row: Data, on: date) -> tuple[date, date]:
        """Return a total's own days, else those from its terms on that were decided by then."""
        validity, since = self.block("validity", on)[0], self.block("economy", on)[1]
        last = day(row["end"]) if "end" in row else self.foreseen(on)[0]
        begun = max(day(validity["start"]), since or date.min)
        return (start_of(row) if "start" in row else begun), last

    def foreseen(self, on: date) -> tuple[date, list[date]]:
        """Return the end, and the days of gaps, that were decided when a day's economy was agreed.

        The first is that which is written; an amendment knows what the log has above it.
        """
        ruling = [
            e for effective, _, e in self.changes if effective <= on and "economy" in e["terms"]
        ]
        if not ruling:
            end = self.block("validity", on)[0]["end"]
            return date.min if end == "open" else day(end), []
        place = next(at for at, each in enumerate(self.data["log"]) if each is ruling[-1])
        log = {"log": self.data["log"][: place + 1]}
        return self.decided(self.data | log, day(ruling[-1]["date"]))

    def decided(self, data: Data, as_of: date) -> tuple[date, list[date]]:
        """Return the end of an agreement and the days of its gaps, as a day sees it."""
        then = Reckoning(data, as_of)
        is_open = then.block("validity", date.max)[0]["end"] == "open" and not then.ends
        return (date.min if is_open else then.last), []

    def spread(self, row: Data, agreed: date, held: list[date]) -> Fraction | None:
        """Return what some days have of a total over months, by the terms of the day it began."""
        first, last = self.total_days(row, agreed)
        if last < first or max(held) > last:
            return None
        given = given_by_day(row["total"], first, last, tuple(self.foreseen(agreed)[1]))
        return sum((given.get(on, Fraction(0)) for on in held), Fraction(0))

    def parts(
        self,
        row: Data,
        year: int | None,
        held: list[date],
        kronor: Fraction | None,
        agreed: date | None = None,
    ) -> list[Money]:
        """Divide a row's figure by the parties of its days, and theirs by committees."""
        groups = grouped(held, lambda on: id(self.block("parties", on)[0]))
        amounts = divided(kronor, [months(days) for _, days in groups])
        if agreed and len(groups) > 1 and "spread" in row:
            amounts = [self.spread(row, agreed, days) for _, days in groups]
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


# -------------------------------------------------------------------- raises
SERIES: dict[str, dict[str, Any]] = {
    "AKI": {
        "unit": "percent",
        "values": {str(year): f"{year % 7 - 1}.{year % 4}" for year in range(2015, 2029)},
    },
    "KPI": {
        "unit": "level",
        "values": {
            **{str(year): f"{300 + 11 * (year - 2015) - year % 3 * 9}" for year in range(2015, 2029)},
            **{f"{year}-10": f"{305 + 12 * (year - 2015) - year % 2 * 17}.5" for year in range(2015, 2029)},
        },
    },
}  # fmt: skip


def index_of(row: Data, economy: Data) -> Data:
    """Return what raises a row, nothing where nothing does."""
    if row.get("indexed") == "false" or not {"amount", "unit_price", "remainder"} & row.keys():
        return {}
    found: Data = row.get("index") or economy.get("index") or {}
    return found


def last_raise(index: Data, on: date, base: int) -> int:
    """Return the year of the last raise that is made by a day, at least the base year."""
    first = f"{on.year}-{index.get('raise_on', '01-01')}"
    return max(on.year if str(on) >= first else on.year - 1, base)


def by_raise(held: list[date], index: Data, base: int) -> list[list[date]]:
    """Return days of a year, those before and from its raise apart."""
    return (
        [days for _, days in grouped(held, lambda on: last_raise(index, on, base))] if held else []
    )


def factor_of(index: Data, base: int, until: int) -> Fraction | None:
    """Return what a krona of the base year has become; None where a step is missing."""
    factor = Fraction(1)
    for each in range(base + 1, until + 1):
        if "base" in index:
            factor = against_base(index, each, factor)
            continue
        rate = yearly_raise(index, each)
        if rate is None:
            return None
        factor *= 1 + rate
    return factor


def number(series: Data, year: int) -> Fraction:
    """Return what a part of an index reads for a year."""
    period = f"{year - int(series.get('lag_years', '0'))}"
    month = series.get("month") or series.get("base", {}).get("period", "")[5:]
    return Fraction(SERIES[series["series"]]["values"][f"{period}-{month}" if month else period])


def change(series: Data, year: int) -> Fraction:
    """Return what a series has changed by since the year before."""
    now = number(series, year)
    return now / 100 if series["series"] == "AKI" else now / number(series, year - 1) - 1


def yearly_raise(index: Data, year: int) -> Fraction | None:
    """Return a year's raise; None where there is no step for it."""
    if "percent" in index:
        return Fraction(index["percent"]) / 100
    if "steps" in index:
        step: str | None = index["steps"].get(str(year))
        return None if step is None else Fraction(step) / 100
    parts = index.get("composite", [{**index, "weight": "100"}])
    rate = sum((change(each, year) * Fraction(each["weight"]) for each in parts), Fraction(0)) / 100
    return bounded(index, rate * Fraction(index.get("pass_through", "100")) / 100)


def bounded(index: Data, rate: Fraction) -> Fraction:
    """Hold a raise between floor and cap."""
    if "floor" in index:
        rate = max(rate, Fraction(index["floor"]) / 100)
    return min(rate, Fraction(index["cap"]) / 100) if "cap" in index else rate


def against_base(index: Data, year: int, before: Fraction) -> Fraction:
    """Return the base year's krona by the change since the base number, beside the year before."""
    base = index["base"]
    start = Fraction(base.get("value") or SERIES[index["series"]]["values"][base["period"]])
    share = Fraction(index.get("pass_through", "100")) / 100
    factor = 1 + (number(index, year) / start - 1) * share
    if "base_is_floor" in index:
        factor = max(factor, Fraction(1))
    return before * (1 + bounded(index, factor / before - 1))


# -------------------------------------------------------------------- days and kronor
@cache
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


def stretches(days: list[date]) -> list[list[date]]:
    """Return days in stretches of one after the other."""
    numbered = {on: place for place, on in enumerate(days)}
    return [each for _, each in grouped(days, lambda on: on.toordinal() - numbered[on])]


def months(days: list[date]) -> Fraction:
    """Count months: each day is its part of its month."""
    by_month = Counter((on.year, on.month) for on in days)
    return sum((Fraction(n, monthrange(*month)[1]) for month, n in by_month.items()), Fraction(0))


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
def given_by_day(
    total: str, first: date, last: date, gaps: tuple[date, ...]
) -> dict[date, Fraction]:
    """Return what a total over months gives each day: no cut loses a krona."""
    every = [first + timedelta(each) for each in range((last - first).days + 1)]
    by_month = [
        (month, stretch)
        for stretch in stretches([on for on in every if on not in gaps])
        for month, stretch in grouped(stretch, lambda on: (on.year, on.month))
    ]
    amounts = divided(Fraction(total), [months(days) for _, days in by_month])
    step = Fraction(1) if Fraction(total).denominator == 1 else Fraction(1, 100)
    found, before, given = {}, Fraction(0), Fraction(0)
    for (_, days), amount in zip(by_month, amounts, strict=True):
        for number, on in enumerate(days, 1):
            exact = before + (amount or 0) * Fraction(number, len(days))
            until = floor(exact / step + Fraction(1, 2)) * step
            found[on], given = until - given, until
        before += amount or 0
    return found
