"""How much of a partnership the public side carries, against the roughly-half benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.case.payers import jointly, parts_by_board
from iopctl.language import marked, tr
from iopctl.money import rounded, total
from iopctl.tables import UNKNOWN, ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure

RULE = ("IOP210", "share-off-benchmark")
_FINE = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Share:
    """The two sides' parts of one agreement in one year, in kronor.

    *public* is the whole of the public parties, whichever committees pay; funders count on
    neither side. *missing* names the rows whose amounts are unknown: then there is no share.
    Where nothing is *decided* for the year, there is nothing to share. *stated* is the share that
    the agreement states itself, in percent.
    """

    case: Case
    year: int | None
    public: Amount
    civil: Amount
    missing: tuple[str, ...]
    figures: Sequence[Figure] = ()
    stated: Decimal | None = None

    @property
    def decided(self) -> bool:
        """Whether there is anything of the year, be it not known how much."""
        return bool(self.figures)

    @property
    def in_all(self) -> Amount:
        """What all parties give, funders included.

        What the agreement does not divide over its years is unknown in one, and so is all of a
        year that has no row, or of which it is not known whether the agreement holds.
        """
        if self.year is None:
            return UNKNOWN
        return sum((each.in_year for each in self.figures), ZERO if self.figures else UNKNOWN)

    @property
    def is_undated(self) -> bool:
        """Whether it is not known that the agreement holds in the year, nor that it does not."""
        found = (each.within is not None for each in self.figures)
        return self.decided and not self.case.is_dated and all(found)

    @property
    def percent(self) -> Fraction | None:
        """The public part in percent of both, unrounded; None where it is unknown.

        As it is reckoned, else as the agreement states it.
        """
        if self.is_stated and self.stated is not None:
            return Fraction(self.stated)
        return self.reckoned

    @property
    def is_stated(self) -> bool:
        """Whether the share is as the agreement states it, for it can't be reckoned."""
        return self.stated is not None and self.decided and self.reckoned is None

    @property
    def reckoned(self) -> Fraction | None:
        """The public part in percent of both, by the rows; None where that is unknown."""
        whole = total((self.public.known, self.civil.known))
        if self.missing or self.year is None or not whole:
            return None
        return Fraction(self.public.known) / Fraction(whole) * 100

    @property
    def rounded_percent(self) -> Decimal | None:
        """The share in percent, rounded far beyond what is shown."""
        return None if self.percent is None else rounded(self.percent, _FINE)

    @property
    def verdict(self) -> str:
        """How the share lies to the benchmark, whose bounds are within it."""
        percent, benchmark = self.percent, self.case.config.benchmark
        if percent is None:
            return "unknown"
        if percent < benchmark.low:
            return "below"
        return "above" if percent > benchmark.high else "within"

    @property
    def explanation(self) -> str | None:
        """The reason that the parties give for a deviation, until it lapses."""
        deviation = self.case.exception(RULE, self.case.terms[-1].path("economy"))
        return deviation.reason if deviation else None


def share_of(case: Case, year: int | None = None) -> Share:
    """Return an agreement's split in *year*.

    Without it, that is the decided one nearest to today: the current one, the first of a coming
    agreement, the last of one that is over. Where no year is known, it is the one nearest to today
    that the agreement may hold in.
    """
    year = _year(case) if year is None else year
    ours = case.figures if year is None else case.of_year(year)
    return Share(
        case=case,
        year=year,
        public=_part(ours, "public"),
        civil=_part(ours, "civil"),
        missing=tuple(_missing(ours)),
        figures=ours,
        stated=_stated(case, year),
    )


def _stated(case: Case, year: int | None) -> Decimal | None:
    """Return the share that the terms in force at the close of a year state, in percent."""
    terms = case.terms[-1] if year is None else case.in_force(date(year, 12, 31))
    stated = terms.economy.stated
    return stated.public_share if stated else None


def whole(shares: Sequence[Share]) -> Share | None:
    """Return the share of all together whose share of a year is known; None where none is."""
    known = [each for each in shares if each.reckoned is not None]
    if not known:
        return None
    public = sum((each.public for each in known), ZERO)
    civil = sum((each.civil for each in known), ZERO)
    return Share(known[0].case, known[0].year, public, civil, ())


def own_part(each: Share, boards: Container[str]) -> Amount:
    """Return what some committees pay of the public money; unknown where no row says who pays.

    So is a row of which it is not stated how the committees, sides or years divide it.
    """
    paid = [
        figure
        for figure in each.figures
        if (figure.side == "public" and figure.amount != 0) or figure.is_partly_public
    ]
    none = ZERO if paid or each.public.complete else UNKNOWN
    parts = (part for figure in paid for part in parts_by_board(figure))
    return sum((part for name, part in parts if name in boards), none)


def _year(case: Case) -> int | None:
    current = case.as_of.year
    if case.years:
        return min(case.years, key=lambda year: (abs(year - current), -year))
    known = [days for each in (*case.figures, *case.undated) if (days := each.days or each.within)]
    if not known:
        return None
    first, last = min(each.first for each in known), max(each.last for each in known)
    return min(max(current, first.year), last.year)


def _part(figures: Sequence[Figure], side: str) -> Amount:
    """Add up a side's year: incomplete without a row, or where one is unknown or also another's.

    What the agreement does not divide by year is unknown in it.
    """
    own = [each for each in figures if each.side in {side, "mixed"}]
    amounts = [None if _is_open(each) else each.amount for each in own]
    known = total(each for each in amounts if each is not None)
    return Amount(known, complete=bool(own) and None not in amounts)


def _is_open(figure: Figure) -> bool:
    """Whether it is not said how much of a figure is the year's, or the side's."""
    return figure.amount != 0 and (figure.year is None or figure.side == "mixed")


def _missing(figures: Sequence[Figure]) -> list[str]:
    """Name the rows and sides without which the share is unknown; none where there is nothing."""
    if not figures:
        return []
    unknown = [
        each
        for each in figures
        if each.side != "funder" and (each.amount is None or _is_open(each))
    ]
    named = [
        f"{jointly([each.terms.parties[who].called for who in each.contribution.party])}:"
        f" {each.contribution.described}"
        for each in unknown
    ]
    sides = {each.side for each in figures} | ({"public", "civil"} if unknown else set())
    none = {
        "public": marked("no row of the public side"),
        "civil": marked("no row of the civil side"),
    }
    lacking = [tr(text) for side, text in none.items() if side not in sides]
    return [*dict.fromkeys(named), *lacking]
