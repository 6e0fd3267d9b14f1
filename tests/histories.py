"""Histories of one agreement and what they come to, reckoned without iopctl: for test_ledger.py.

Days are the first or last of months, and money is divided by whole months, so that the reference
below is a few lines of integers. It knows the agreement from what was agreed, never from a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

INTERVALS = {"yearly": 12, "half_yearly": 6, "tertial": 4, "quarterly": 3, "monthly": 1}
SHARES = ((100,), (50, 50), (34, 33, 33))


def month(day: date) -> int:
    """Return the month of a day, counted from the year 0."""
    return day.year * 12 + day.month - 1


def first(number: int) -> date:
    """Return the first day of a month."""
    return date(number // 12, number % 12 + 1, 1)


def last(number: int) -> date:
    """Return the last day of a month."""
    return first(number + 1) - timedelta(1)


def divided(amount: int, parts: tuple[int, ...]) -> list[int]:
    """Divide kronor by percent with largest remainder, the first of equal ones first."""
    exact = [Fraction(amount * part, sum(parts)) for part in parts]
    found = [int(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda place: found[place] - exact[place])
    for place in order[: amount - sum(found)]:
        found[place] += 1
    return found


@dataclass(frozen=True)
class Terms:
    """What holds from a month: kronor a year from each payer's rows, and how it is invoiced."""

    since: int
    amounts: tuple[int, ...]
    buyers: tuple[str, ...]  # of each row
    interval: str
    timing: str
    reference: str
    method: str = "invoice"
    brings_money: bool = True


@dataclass
class History:
    """An agreement of whole months, its terms in their order, and how far it is decided."""

    start: int
    end: int
    terms: list[Terms]
    shares: tuple[int, ...] = (100,)
    automatic: bool = False
    terminated: int | None = None
    log: list[str] = field(default_factory=list)
    written_end: int = 0

    def __post_init__(self) -> None:
        """Keep the end that is written first."""
        self.written_end = self.end

    @property
    def has_one_payer(self) -> bool:
        """Whether all that was agreed so far has one payer."""
        return len(self.shares) == 1 and len({b for each in self.terms for b in each.buyers}) == 1

    def decided_end(self, as_of: date) -> int:
        """Return the last decided month: an automatic one goes on when its end has passed."""
        end = self.end
        if self.automatic and self.terminated is None:
            while as_of > last(end):
                end += 12
        return end if self.terminated is None else min(end, self.terminated)

    def budget(self, as_of: date) -> dict[tuple[str, str, int], int]:
        """Return kronor by buyer, committee and year: each row of each terms rounded, half up."""
        found: dict[tuple[str, str, int], int] = {}
        end = self.decided_end(as_of)
        economies = [each for each in self.terms if each.brings_money]
        for place, terms in enumerate(economies):
            until = economies[place + 1].since - 1 if place + 1 < len(economies) else 10**6
            for year in range(self.start // 12, end // 12 + 1):
                begun, ended = (
                    max(self.start, terms.since, year * 12),
                    min(end, until, year * 12 + 11),
                )
                months = ended - begun + 1
                if months <= 0:
                    continue
                for amount, buyer in zip(terms.amounts, terms.buyers, strict=True):
                    kronor = (2 * amount * months + 12) // 24
                    for number, part in enumerate(divided(kronor, self.shares)):
                        board = f"N{number}" if len(self.shares) > 1 else ""
                        key = (buyer, board, year)
                        found[key] = found.get(key, 0) + part
        return {key: amount for key, amount in found.items() if amount}

    # -------------------------------------------------------------- as a file
    def text(self) -> str:
        """Write it as an agreement."""
        terms = self.terms[0]
        extension = "automatic, years: 1" if self.automatic else "mutual, years: 1"
        return f"""\
id: a
title: IOP
parties:
  kommunen: {{role: public, name: Exempels kommun}}
  regionen: {{role: public, name: Region Exempel}}
  foreningen: {{role: civil, name: Foreningen}}
validity:
  start: {first(self.start)}
  end: {last(self.written_end)}
  extension: {{kind: {extension}}}
{self.economy(terms, "")}
{self.invoicing(terms, "")}
log:
  - {{date: 2000-01-01, event: meeting}}
""" + "".join(f"{each}\n" for each in self.log)

    def economy(self, terms: Terms, indent: str) -> str:
        """Write the rows of some terms."""
        shares = ", ".join(f"N{number}: {part}" for number, part in enumerate(self.shares))
        board = f", board: {{{shares}}}" if len(self.shares) > 1 else ""
        rows = "".join(
            f"\n{indent}    - {{party: {buyer}, item: R{number}, amount: {amount}{board}}}"
            for number, (amount, buyer) in enumerate(zip(terms.amounts, terms.buyers, strict=True))
        )
        return f"{indent}economy:\n{indent}  contributions:{rows}"

    def invoicing(self, terms: Terms, indent: str) -> str:
        """Write a block for each buyer, or for each committee of it."""
        boards = [f", board: N{number}" for number in range(len(self.shares))]
        return f"{indent}invoicing:" + "".join(
            f"\n{indent}  - {{seller: foreningen, buyer: {buyer}{board}, interval:"
            f" {terms.interval}, timing: {terms.timing}, reference: {terms.reference},"
            f" method: {terms.method}}}"
            for buyer in dict.fromkeys(terms.buyers)
            for board in (boards if len(boards) > 1 else [""])
        )

    # -------------------------------------------------------------- what happens
    def note(self, day: date, event: str) -> None:
        """Log an event where its date belongs."""
        line = f"  - {{date: {day}, event: {event}}}"
        place = len(self.log)
        while place and self.log[place - 1].split("date: ")[1][:10] > str(day):
            place -= 1
        self.log.insert(place, line)

    def amend(self, day: date, since: int, *, blocks: tuple[str, ...], **changed: object) -> None:
        """Change what holds from a month on."""
        kept = [each for each in self.terms if each.since < since]
        changed |= {"since": since, "brings_money": "economy" in blocks}
        new = replace(self.terms[-1], **changed)  # type: ignore[arg-type]
        self.terms = [*kept, new]
        body = "\n".join(getattr(self, block)(new, "      ") for block in blocks)
        event = f"amendment\n    effective: {first(since)}\n    terms:\n{body}"
        place = len(self.log)
        while place and self.log[place - 1].split("date: ")[1][:10] > str(day):
            place -= 1
        self.log.insert(place, f"  - date: {day}\n    event: {event}")
