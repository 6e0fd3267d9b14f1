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
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tests.reference import Reckoning, day, divided, end_of, months, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.reference import Data

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
    """The money of an agreement that is decided until a day."""

    def __init__(self, data: Data, as_of: date, last: date) -> None:
        self._last = last
        super().__init__(data, as_of)

    @property
    def last(self) -> date:
        """The last day that is decided."""
        return self._last

    def unclear(self) -> set[str]:
        """Return the rows of totals of which nobody knows what is owed: their days were cut off."""
        found = set()
        ruled = {on: self.block("economy", on)[0] for on in self.days()}
        versions = [self.data["economy"], *(e["terms"]["economy"] for _, _, e in self.changes if "economy" in e["terms"])]  # fmt: skip
        for economy in versions:
            for row in economy["contributions"]:
                if "total" not in row:
                    continue
                own = days_of(start_of(row), end_of(row))
                if not all(ruled.get(on) is economy for on in own):
                    found.add(row["item"])
        return found


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

    def last(self, as_of: date) -> date:
        """Return the last decided day, as a day sees it."""
        validity = self.data["validity"]
        known = [each for each in self.log if day(each["date"]) <= as_of]
        stops = [each for each in known if each["event"] == "termination"]
        ended = [day(each["effective"]) for each in stops]
        if validity["end"] == "open":
            return ended[-1] if ended else date(max(self.start.year, as_of.year), 12, 31)
        end, written = day(validity["end"]), day(validity["end"])
        for each in known:
            if each["event"] == "extension":
                end = day(each["until"]) if "until" in each else end.replace(year=end.year + 1)
        if validity.get("extension", {}).get("kind") == "automatic":
            while min([as_of, *(day(each["date"]) for each in stops)]) > end:
                end = written.replace(year=end.year + 1)
        return min(end, ended[-1]) if ended else end

    def sums(self, as_of: date) -> tuple[Sums, set[tuple[str, str]]]:
        """Return kronor by payer and year, and the buyers and sellers of what nobody knows."""
        agreed = Agreed(self.data | {"log": self.log}, as_of, self.last(as_of))
        unclear = agreed.unclear()
        rows = {row["item"]: row for row in self._rows()}
        found: Sums = defaultdict(Fraction)
        left_out = set()
        for each in agreed.money():
            row = rows[each.row]
            if row["party"] == "f":
                continue
            seller = row.get("receiver", "f")
            if each.row in unclear:
                left_out.add((seller, row["party"]))
            found[self.payer(seller, row["party"], each.board), each.year] += each.kronor or 0
        return {key: amount for key, amount in found.items() if amount}, left_out

    def _rows(self) -> Iterator[Data]:
        yield from self.data["economy"]["contributions"]
        for each in self.log:
            if each["event"] == "amendment":
                yield from each["terms"].get("economy", {}).get("contributions", [])

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
        return self.data[block]


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
    match draw(st.sampled_from(["amount"] * 5 + ["ore", "units", "total"])):
        case "amount":
            return {"amount": draw(amounts)}
        case "ore":
            return {"amount": draw(in_ore)}
        case "units":
            return {"unit_price": draw(st.sampled_from(["99.99", "412", "1000.50"])), "units": draw(st.sampled_from(["400", "37.5"]))}  # fmt: skip
        case _:
            begun = first + timedelta(draw(st.integers(0, 200)))
            ended = begun + timedelta(draw(st.integers(0, 500)))
            return {"total": draw(amounts), "start": str(begun), "end": str(ended)}


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
def blocks(draw: st.DrawFn, payers: Sequence[tuple[str, str]], boards: Sequence[str]) -> list[Data]:
    """Draw who asks whom, and how: all alike, or each in a way of its own."""
    found = []
    alike = draw(st.booleans())
    way: Data = {}
    for seller, buyer in payers:
        for board in boards:
            if not way or not alike:
                way = {
                    "interval": draw(st.sampled_from(INTERVALS)),
                    "timing": draw(st.sampled_from(["advance", "arrears"])),
                    "reference": f"R{draw(st.integers(0, 9))}",
                    "method": draw(st.sampled_from(["invoice", "invoice", "invoice", "payout"])),
                }
            named = {"board": board} if board else {}
            found.append({"seller": seller, "buyer": buyer, **named, **way})
    return found


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw an agreement to which nothing has happened yet."""
    start = date(2024, 1, 1) + timedelta(draw(st.integers(0, 330)))
    start = draw(st.sampled_from([start, start.replace(day=1)]))
    end = start + timedelta(draw(st.integers(20, 800)))
    end = end.replace(day=min(end.day, 27)) if end.month == 2 else end
    sellers = draw(st.sampled_from([("f",), ("f",), ("f", "g")]))
    buyers = draw(st.sampled_from([("k",), ("k",), ("k", "r")]))
    payers = [(seller, buyer) for seller in sellers for buyer in buyers]
    shares = draw(st.sampled_from(SHARES))
    named = [[""]]
    if len(shares) > 1:
        named += [list(shares), ["N0", ""]]
    extension = draw(st.sampled_from([{"kind": "mutual", "years": "1", "times": "9"}, {"kind": "automatic", "years": "1"}, None]))  # fmt: skip
    written = "open" if draw(st.integers(0, 4)) == 0 else str(end)
    validity: Data = {"start": str(start), "end": written}
    if extension and written != "open":
        validity["extension"] = extension
    return History(
        {
            "id": "a",
            "title": "A",
            "parties": {
                "k": {"role": "public", "name": "Ekeby kommun"},
                "r": {"role": "public", "name": "Region Vik"},
                "f": {"role": "civil", "name": "Föreningen"},
                "g": {"role": "civil", "name": "Gården"},
            },
            "validity": validity,
            "economy": draw(economies("a", start, payers, shares, len(sellers))),
            "invoicing": draw(blocks(payers, draw(st.sampled_from(named)))),
        }
    )
