"""Histories of one agreement and what they come to, reckoned without iopctl: for test_ledger.py.

An agreement is data, written as JSON, which is YAML. What it comes to is told by `Reckoning`, which
asks of every day which terms rule it; how far it is decided is reckoned here, from what was agreed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tests.reference import (
    Reckoning,
    day,
    divided,
    end_of,
    grouped,
    months,
    rounded,
    start_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reference import Data, Money

INTERVALS = ("yearly", "half_yearly", "tertial", "quarterly", "monthly")
SHARES = ({"N0": "100"}, {"N0": "50", "N1": "50"}, {"N0": "34", "N1": "33", "N2": "33"}, {"N0": "33.33", "N1": "66.67"})  # fmt: skip
ONE_DAY = timedelta(1)


class Payer(NamedTuple):
    """Who bills whom, by handle, and for which committee: "" where no block names it."""

    seller: str
    buyer: str
    board: str


Sums = dict[tuple[Payer, int | None], Fraction]


def days_of(first: date, last: date) -> list[date]:
    """Return every day from the first to the last."""
    return [first + timedelta(each) for each in range((last - first).days + 1)]


def share(amount: Fraction, whole: Sequence[date], part: Sequence[date]) -> Fraction:
    """Return what of an amount for the *whole* is for a *part* of its days, by months."""
    rest = months(list(whole)) - months(list(part))
    return divided(amount, [months(list(part)), rest])[0] or Fraction(0)


class Agreed(Reckoning):
    """The money of an agreement that is decided until a day, and goes on to *furthest* if it may.

    On the days of *gaps* it does not hold. *dated* has what was reckoned with the days that it is
    for.
    """

    def __init__(self, data: Data, as_of: date, course: Course, furthest: date) -> None:
        self._last, self._furthest = course.end, furthest
        self._gaps = {on for gap in course.gaps for on in days_of(*gap)}
        self.dated: list[tuple[Data, list[date], list[Money]]] = []
        super().__init__(data, as_of)

    @property
    def last(self) -> date:
        """The last day that is decided."""
        return self._last

    def days(self) -> list[date]:
        """Return every day that is decided, without those of gaps."""
        return [on for on in super().days() if on not in self._gaps]

    def year(
        self, row: Data, year: int, held: list[date], economy: Data, base: int, agreed: date
    ) -> Fraction | None:
        """Return what a row gives for some days; a year's own sum is for all that may be held."""
        if "by_year" not in row:
            return super().year(row, year, held, economy, base, agreed)
        first = max(self.first, start_of(row), date(year, 1, 1))
        last = min(max(self._last, self._furthest), end_of(row), date(year, 12, 31))
        stated = row["by_year"].get(str(year))
        part = months(held) / months([on for on in days_of(first, last) if on not in self._gaps])
        return None if stated is None else rounded(Fraction(stated), part, economy)

    def parts(
        self,
        row: Data,
        year: int | None,
        held: list[date],
        kronor: Fraction | None,
        agreed: date | None = None,
    ) -> list[Money]:
        """Divide a row's figure by committees, and remember whose days it is of."""
        found = super().parts(row, year, held, kronor, agreed)
        self.dated.append((row, held, found))
        return found

    def decided(self, data: Data, as_of: date) -> tuple[date, list[date]]:
        """Return the end of an agreement and the days of its gaps, as a day sees it."""
        then = History(data, data["log"])
        course = then.course(as_of)
        is_open = then.ruling(as_of)[0]["end"] == "open" and course.stopped is None
        gaps = [on for gap in course.gaps for on in days_of(*gap)]
        return (date.min if is_open else course.end), gaps

    def unclear(self) -> set[str]:
        """Return the rows of totals of which nobody knows what is owed: their days were cut off."""
        found = set()
        by_economy = grouped(self.days(), lambda on: id(self.block("economy", on)[0]))
        ruled = {key: set(days) for key, days in by_economy}
        economies = [self.data["economy"], *(e["terms"]["economy"] for _, _, e in self.changes if "economy" in e["terms"])]  # fmt: skip
        for economy in economies:
            days = ruled.get(id(economy), set())
            for row in economy["contributions"]:
                if "total" in row and "spread" not in row:
                    own = days_of(*self.total_days(row, min(days))) if days else []
                    if not own or not days.issuperset(own):
                        found.add(row["item"])
        return found

    def ruled(self, payer: Payer, days: Sequence[date]) -> list[date]:
        """Return those of some days on which a block asks a payer."""
        by_terms = grouped(list(days), lambda on: id(blocks_on(self, on)))
        ruled = {
            on
            for _, alike in by_terms
            for each in blocks_on(self, alike[0])
            if _is_of(each, payer)
            for on in alike
            if start_of(each) <= on <= end_of(each)
        }
        return [on for on in days if on in ruled]


def blocks_on(agreed: Reckoning, on: date) -> list[Data]:
    """Return the blocks of invoicing of a day's terms."""
    found: Any = agreed.block("invoicing", on)[0]
    assert isinstance(found, list)
    return found


def _is_to_pay(economy: Data, payer: Payer) -> bool:
    rows = [each for each in economy["contributions"] if each["party"] == payer.buyer]
    return any(not payer.board or payer.board in each.get("board", ()) for each in rows)


def _asks_too(block: Data, payer: Payer, on: date) -> bool:
    """Whether a block asks a payer's buyer for its money, be it for all of its committees."""
    board = block.get("board", "")
    is_of = block["buyer"] == payer.buyer and (not payer.board or board in {"", payer.board})
    return is_of and start_of(block) <= on <= end_of(block)


def _is_of(block: Data, payer: Payer) -> bool:
    return payer == Payer(block["seller"], block["buyer"], block.get("board", ""))


class Course(NamedTuple):
    """How far an agreement has come to hold.

    Lengths are counted from *origin*, the day after the written end or the first after a gap,
    before which *before* options were taken; *taken* are those of all time.
    """

    last: date
    origin: date
    taken: int = 0
    before: int = 0
    gaps: tuple[tuple[date, date], ...] = ()
    stopped: date | None = None

    @property
    def end(self) -> date:
        """The last day, terminated or not."""
        return self.last if self.stopped is None else min(self.last, self.stopped)

    def after(self, options: int) -> date:
        """Return the last day after so many options of a year."""
        return self.origin.replace(year=self.origin.year + options - self.before) - ONE_DAY

    def extended(self, event: Data) -> Course:
        """Return it with an extension; one that starts later leaves a gap."""
        start = day(event.get("start", "0001-01-01"))
        found = self._replace(stopped=None)
        if start > self.end + ONE_DAY:
            gap = self.end + ONE_DAY, start - ONE_DAY
            found = found._replace(origin=start, before=self.taken, gaps=(*self.gaps, gap))
        if "until" not in event:
            return found._replace(taken=self.taken + 1, last=found.after(self.taken + 1))
        last, taken = day(event["until"]), self.taken + 1
        while found.after(taken) < last:
            taken += 1
        return found._replace(taken=taken, last=last)


class Owed(NamedTuple):
    """Kronor by payer and year, each within its *slack*: what days without invoicing round off.

    *unclear* are the sellers and buyers of totals of which nobody knows what is owed, *unknown*
    the payers and years of which nobody knows a row.
    """

    kronor: Sums
    slack: dict[tuple[Payer, int | None], int]
    unclear: set[tuple[str, str]]
    unknown: set[tuple[Payer, int | None]]


@dataclass
class History:
    """An agreement and its log, as somebody keeps it who knows what has been agreed."""

    data: Data
    log: list[Data] = field(default_factory=list)

    # -------------------------------------------------------------- what was agreed
    @property
    def start(self) -> date:
        """The first day."""
        return day(self.data["validity"]["start"])

    def ruling(self, as_of: date) -> tuple[Data, list[Data]]:
        """Return the validity that counts in the end, as a day sees it, and what came after it."""
        known = [each for each in self.log if day(each["date"]) <= as_of]
        moves = [
            (day(each["effective"]), place)
            for place, each in enumerate(known)
            if each["event"] == "amendment" and "validity" in each["terms"]
        ]
        if not moves:
            return self.data["validity"], known
        _, place = max(moves)
        return known[place]["terms"]["validity"], known[place + 1 :]

    def last(self, as_of: date) -> date:
        """Return the last decided day, as a day sees it."""
        return self.course(as_of).end

    def course(self, as_of: date) -> Course:
        """Return how far it has come to hold, as a day sees it; an amended end fills no gap."""
        found = self._followed(*self.ruling(as_of), as_of)
        return found._replace(gaps=(*self._gaps_before(as_of), *found.gaps))

    def _gaps_before(self, as_of: date) -> list[tuple[date, date]]:
        """Return the gaps of the validities that others replaced, before these ruled."""
        known = [each for each in self.log if day(each["date"]) <= as_of]
        moves = [
            (day(each["effective"]), place, each["terms"]["validity"])
            for place, each in enumerate(known)
            if each["event"] == "amendment" and "validity" in each["terms"]
        ]
        ruling = [(date.min, -1, self.data["validity"]), *sorted(moves, key=lambda each: each[:2])]
        return [
            (first, min(last, ruled - ONE_DAY))
            for (_, at, validity), (ruled, place, _) in pairwise(ruling)
            for first, last in self._followed(validity, known[at + 1 : place], ruled).gaps
            if first < ruled
        ]

    def _followed(self, validity: Data, known: list[Data], as_of: date) -> Course:
        """Return how far a validity has come to hold, with the events that it has seen."""
        stops = [each for each in known if each["event"] == "termination"]
        if validity["end"] == "open":
            end = day(stops[-1]["effective"]) if stops else date(max(self.start.year, as_of.year), 12, 31)  # fmt: skip
            return Course(end, end + ONE_DAY, stopped=end if stops else None)
        written = day(validity["end"])
        found = Course(written, written + ONE_DAY)
        for each in known:
            if each["event"] == "extension":
                found = found.extended(each)
            elif each["event"] == "termination":
                found = found._replace(stopped=day(each["effective"]))
        if validity.get("extension", {}).get("kind") == "automatic":
            while min([as_of, *(day(each["date"]) for each in stops)]) > found.last:
                found = found._replace(taken=found.taken + 1, last=found.after(found.taken + 1))
        return found

    def furthest(self, as_of: date) -> date:
        """Return the last day if every option is taken that there is."""
        validity, _ = self.ruling(as_of)
        course = self.course(as_of)
        closed = course.end < as_of or course.stopped is not None
        if closed or "extension" not in validity:
            return course.end
        if validity["extension"]["kind"] == "automatic":
            return course.after(course.taken + 1)
        return course.after(int(validity["extension"]["times"]))

    def owed(self, as_of: date) -> Owed:
        """Return what each payer owes for each year."""
        data = self.data | {"log": self.log}
        agreed = Agreed(data, as_of, self.course(as_of), self.furthest(as_of))
        agreed.money()
        unclear = agreed.unclear()
        found = Owed(defaultdict(Fraction), defaultdict(int), set(), set())
        for row, days, parts in agreed.dated:
            if row["party"] == "f":
                continue
            seller = row.get("receiver", "f")
            is_lump = "total" in row and "spread" not in row
            for each in parts:
                payer = self.payer(seller, row["party"], each.board)
                ruled = agreed.ruled(payer, days)
                if each.row in unclear or (is_lump and ruled != days):
                    found.unclear.add(payer[:2])
                elif each.kronor is None and ruled:
                    found.unknown.add((payer, each.year))
                elif each.kronor:
                    part = Fraction(1) if ruled == days else months(ruled) / months(days)
                    found.kronor[payer, each.year] += each.kronor * part
                    found.slack[payer, each.year] += ruled != days
        return found

    def is_unasked(self, payer: Payer, days: Sequence[date], as_of: date) -> bool:
        """Whether on some of *days* no block asks for money that a payer has to pay."""
        agreed = Reckoning(self.data | {"log": self.log}, as_of)
        return any(
            _is_to_pay(agreed.block("economy", on)[0], payer)
            and not any(_asks_too(each, payer, on) for each in blocks_on(agreed, on))
            for on in days
        )

    def payer(self, seller: str, buyer: str, board: str) -> Payer:
        """Return whose a committee's money is: its own, where a block names it."""
        named = self.boards_named
        return Payer(seller, buyer, board if board in named else "")

    @property
    def boards_named(self) -> frozenset[str]:
        """The committees that have blocks of their own."""
        return frozenset(each["board"] for each in self.data["invoicing"] if "board" in each)

    # -------------------------------------------------------------- as a file
    def text(self) -> str:
        """Write it as an agreement."""
        return json.dumps(self.data | {"log": self.log}, ensure_ascii=False, indent=1)

    def note(self, event: Data) -> Data:
        """Log an event where its date belongs."""
        place = len(self.log)
        while place and self.log[place - 1]["date"] > event["date"]:
            place -= 1
        self.log.insert(place, event)
        return event

    def settled(self, as_of: date) -> date:
        """Return the day up to which what was due is done outside the log, as a day sees it."""
        told = [(date.min, self.data.get("follow_up", {}))]
        told += [
            (day(each["effective"]), each["terms"]["follow_up"])
            for each in self.log
            if "follow_up" in each.get("terms", {}) and day(each["date"]) <= as_of
        ]
        found = max(told, key=lambda each: each[0])[1]
        return day(found.get("settled", {}).get("invoices") or found.get("settled_until", "0001-01-01"))  # fmt: skip

    @property
    def since(self) -> date:
        """The day from which the last change of terms holds."""
        changes = [day(each["effective"]) for each in self.log if each["event"] == "amendment"]
        return max(changes, default=self.start)

    def now(self, block: str) -> Any:  # noqa: ANN401 - a block of an agreement
        """Return a block as the last terms have it."""
        for each in reversed(self.log):
            if each["event"] == "amendment" and block in each["terms"]:
                return each["terms"][block]
        return self.data.get(block)


# ------------------------------------------------------------------ what is drawn
def kronor(amount: Fraction) -> str:
    """Write an amount as it stands in a file."""
    ore = int(amount * 100)
    return str(ore // 100) if ore % 100 == 0 else f"{ore // 100}.{ore % 100:02}"


amounts = st.integers(1_000, 900_000).map(str)
in_ore = st.integers(100_000, 90_000_000).map(lambda ore: kronor(Fraction(ore, 100)))


@st.composite
def worths(draw: st.DrawFn, first: date) -> Data:
    """Draw how a row states its money."""
    match draw(st.sampled_from(["amount"] * 5 + ["ore", "units", "total", "spread", "by_year"])):
        case "amount":
            return {"amount": draw(amounts)}
        case "ore":
            return {"amount": draw(in_ore)}
        case "units":
            return {"unit_price": draw(st.sampled_from(["99.99", "412", "1000.50"])), "units": draw(st.sampled_from(["400", "37.5"]))}  # fmt: skip
        case "by_year":
            return {"by_year": draw(years(first.year))} | draw(st.just({}) | own_days(first))
        case "spread":
            total = {"total": draw(amounts | in_ore), "spread": "months"}
            return total | draw(st.just({}) | own_days(first))
        case _:
            return {"total": draw(amounts)} | draw(st.just({}) | own_days(first))


@st.composite
def own_days(draw: st.DrawFn, first: date) -> Data:
    """Draw a row's own days."""
    begun = first + timedelta(draw(st.integers(0, 200)))
    return {"start": str(begun), "end": str(begun + timedelta(draw(st.integers(0, 500))))}


@st.composite
def years(draw: st.DrawFn, first: int) -> Data:
    """Draw what each year gives, so many that none is without; now and then one is."""
    amount, more = draw(st.integers(1_000, 900_000)), draw(st.sampled_from([0, 1, 999, 50_000]))
    missing = draw(st.sampled_from([None] * 6 + [first + 1]))
    return {str(year): str(amount + (year - first) * more) for year in range(first, first + 12) if year != missing}  # fmt: skip


@st.composite
def validities(draw: st.DrawFn, first: date) -> Data:
    """Draw how long it is to hold from a day, and what may come after."""
    end = first + timedelta(draw(st.integers(20, 800)))
    end = end.replace(day=min(end.day, 27)) if end.month == 2 else end
    if draw(st.integers(0, 4)) == 0:
        return {"end": "open"}
    extension = draw(st.sampled_from([{"kind": "mutual", "years": "1", "times": "9"}, {"kind": "automatic", "years": "1"}, None]))  # fmt: skip
    return {"end": str(end)} | ({"extension": extension} if extension else {})


@st.composite
def economies(
    draw: st.DrawFn,
    name: str,
    first: date,
    payers: Sequence[tuple[str, str]],
    boards: dict[str, str],
    sellers: int,
) -> Data:
    """Draw rows of money, one or two from each buyer to each seller; now and then equal ones."""
    same = draw(st.none() | amounts)
    rows: list[Data] = []
    for seller, buyer in payers:
        for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
            row: Data = {"party": buyer, "item": f"{name}{len(rows)}"}
            row |= {"amount": same} if same else draw(worths(first))
            row |= {"receiver": seller} if sellers > 1 else {}
            row |= {"board": boards} if len(boards) > 1 else {}
            row |= {"indexed": "false"} if draw(st.integers(0, 4)) == 0 else {}
            rows.append(row)
    rows.append({"party": "f", "item": f"{name}-own", "amount": "1000"})
    economy: Data = {"contributions": rows}
    if draw(st.integers(0, 2)) == 0:
        economy["index"] = {"percent": draw(st.sampled_from(["2", "-1.5", "3.25"]))}
    if draw(st.integers(0, 3)) == 0:
        mode = draw(st.sampled_from(["half_up", "up", "down"]))
        economy["rounding"] = {"unit": draw(st.sampled_from(["1", "100", "0.05"])), "mode": mode}
    return economy


@st.composite
def ways(draw: st.DrawFn) -> Data:
    """Draw how a payer is billed."""
    return {
        "interval": draw(st.sampled_from(INTERVALS)),
        "timing": draw(st.sampled_from(["advance", "arrears"])),
        "reference": f"R{draw(st.integers(0, 9))}",
        "method": draw(st.sampled_from(["invoice", "invoice", "invoice", "payout"])),
    }


@st.composite
def blocks(
    draw: st.DrawFn,
    payers: Sequence[tuple[str, str]],
    boards: Sequence[str],
    first: date,
    *,
    gaps: bool = False,
) -> list[Data]:
    """Draw who asks whom, how and when: all alike, or each in a way of its own.

    Now and then one block follows another; with *gaps*, days may be without any.
    """
    found = []
    alike = draw(st.booleans())
    way: Data = {}
    for seller, buyer in payers:
        stretches = draw(stretches_of(first, gaps=gaps))
        for board in boards:
            for days in stretches:
                way = draw(ways()) if not way or not alike else way
                named = {"board": board} if board else {}
                found.append({"seller": seller, "buyer": buyer, **named, **way, **days})
    return found


@st.composite
def stretches_of(draw: st.DrawFn, first: date, *, gaps: bool) -> list[Data]:
    """Draw the days of a payer's blocks."""
    cut = first + timedelta(draw(st.integers(0, 500)))
    after = {"start": str(cut + ONE_DAY)}
    match draw(st.sampled_from(["all"] * 5 + ["two", "gap" if gaps else "all"])):
        case "two":
            return [{"end": str(cut)}, after]
        case "gap":
            return draw(st.sampled_from([[{"end": str(cut)}], [after], [{"end": str(cut - timedelta(40))}, after]]))  # fmt: skip
        case _:
            return [{}]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw an agreement to which nothing has happened yet."""
    start = date(2024, 1, 1) + timedelta(draw(st.integers(0, 330)))
    start = draw(st.sampled_from([start, start.replace(day=1)]))
    sellers = draw(st.sampled_from([("f",), ("f",), ("f", "g")]))
    buyers = draw(st.sampled_from([("k",), ("k",), ("k", "r")]))
    payers = [(seller, buyer) for seller in sellers for buyer in buyers]
    shares = draw(st.sampled_from(SHARES))
    named = [[""]]
    if len(shares) > 1:
        named += [list(shares), ["N0", ""]]
    data: Data = {
        "id": "a",
        "title": "A",
        "parties": {
            "k": {"role": "public", "name": "Ekeby kommun"},
            "r": {"role": "public", "name": "Region Vik"},
            "f": {"role": "civil", "name": "Föreningen"},
            "g": {"role": "civil", "name": "Gården"},
        },
        "validity": {"start": str(start)} | draw(validities(start)),
        "economy": draw(economies("a", start, payers, shares, len(sellers))),
        "invoicing": draw(blocks(payers, draw(st.sampled_from(named)), start, gaps=True)),
    }
    if draw(st.integers(0, 4)) == 0:
        data["follow_up"] = draw(settled(start + timedelta(draw(st.integers(0, 300)))))
    return History(data)


@st.composite
def settled(draw: st.DrawFn, until: date) -> Data:
    """Draw how it is written that what was due by a day is done."""
    return draw(st.sampled_from([{"settled_until": str(until)}, {"settled": {"invoices": str(until)}}]))  # fmt: skip
