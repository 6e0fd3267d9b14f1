"""How much of each partnership the public side carries, against the roughly-half benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from iopctl.economy.payers import jointly, parts_by_board
from iopctl.money import rounded, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

    from iopctl.config import Benchmark
    from iopctl.economy.figures import Figure
    from iopctl.economy.sheet import Sheet
    from iopctl.tables import Cell

RULE = ("IOP210", "share-off-benchmark")
_FINE = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Share:
    """The two sides' parts of one agreement in one year, in kronor.

    *public* is the whole of the public parties, whichever committees pay; funders count on
    neither side. *missing* names the rows whose amounts are unknown: then there is no share.
    Where nothing is *decided* for the year, there is nothing to share.
    """

    sheet: Sheet
    year: int | None
    public: Amount
    civil: Amount
    missing: tuple[str, ...]
    decided: bool = True

    @property
    def percent(self) -> Fraction | None:
        """The public part in percent of both, unrounded; None where it is unknown."""
        whole = total((self.public.known, self.civil.known))
        if self.missing or self.year is None or not whole:
            return None
        return Fraction(self.public.known) / Fraction(whole) * 100

    @property
    def rounded_percent(self) -> Decimal | None:
        """The share in percent, rounded far beyond what is shown."""
        return None if self.percent is None else rounded(self.percent, _FINE)

    def verdict(self, benchmark: Benchmark) -> str:
        """Return how the share lies to the benchmark, whose bounds are within it."""
        percent = self.percent
        if percent is None:
            return "unknown"
        if percent < benchmark.low:
            return "below"
        return "above" if percent > benchmark.high else "within"

    def explanation(self, as_of: date) -> str | None:
        """Return the reason that the parties give for a deviation, until it lapses."""
        for each in self.sheet.agreement.exceptions:
            if each.rule in RULE and (each.until is None or as_of <= each.until):
                return each.reason
        return None


def share(sheet: Sheet, year: int | None = None) -> Share:
    """Return an agreement's split in *year*; without it the current one, else the last decided."""
    year = _year(sheet) if year is None else year
    ours = [each for each in sheet.decided if not year or each.year in (year, None)]
    return Share(
        sheet=sheet,
        year=year,
        public=_part(ours, "public"),
        civil=_part(ours, "civil"),
        missing=tuple(_missing(ours)),
        decided=bool(ours),
    )


def whole(shares: Sequence[Share]) -> Share | None:
    """Return the share of all together whose share of a year is known; None where none is."""
    known = [each for each in shares if each.percent is not None]
    if not known:
        return None
    public = sum((each.public for each in known), ZERO)
    civil = sum((each.civil for each in known), ZERO)
    return Share(known[0].sheet, known[0].year, public, civil, ())


def own_part(each: Share, boards: Container[str]) -> Amount:
    """Return what some committees pay of the public money; unknown where no row says who pays.

    So is a row of which it is not stated how the committees, or the years, divide it.
    """
    paid = [
        figure
        for figure in each.sheet.decided
        if figure.year in {each.year, None} and figure.side == "public" and figure.amount != 0
    ]
    none = ZERO if paid or each.public.complete else UNKNOWN
    parts = (part for figure in paid for part in parts_by_board(figure))
    return sum((part for name, part in parts if name in boards), none)


def _year(sheet: Sheet) -> int | None:
    current = sheet.standing.as_of.year
    return current if current in sheet.years else max(sheet.years, default=None)


def _part(figures: Sequence[Figure], side: str) -> Amount:
    """Add up a side's year: incomplete without a row, or where one is unknown or also another's.

    What the agreement does not divide by year is unknown in it.
    """
    own = [each for each in figures if each.side in {side, "mixed"}]
    amounts = [each.amount if each.year and each.side == side else None for each in own]
    known = total(each for each in amounts if each is not None)
    return Amount(known, complete=bool(own) and None not in amounts)


def _missing(figures: Sequence[Figure]) -> list[str]:
    """Name the rows and sides without which the share is unknown."""
    unknown = [
        each
        for each in figures
        if each.side != "funder" and (each.amount is None or not each.year or each.side == "mixed")
    ]
    named = [
        f"{jointly([each.terms.parties[who].called for who in each.contribution.party])}:"
        f" {each.contribution.described}"
        for each in unknown
    ]
    sides = {each.side for each in figures} | ({"public", "civil"} if unknown else set())
    lacking = [f"no row of the {side} side" for side in ("public", "civil") if side not in sides]
    return [*dict.fromkeys(named), *lacking] if figures else ["nothing is decided for the year"]


def table(
    shares: Sequence[Share],
    as_of: date,
    benchmark: Benchmark,
    *,
    board: str | None = None,
) -> Table:
    """Return the shares as a table, with the portfolio's where all are of one year.

    With *board*, that committee's own part of the public money stands beside the whole.
    """
    own = (Column("own_part", f"of which {board}", Kind.KRONOR),) if board else ()
    rows = tuple(_row(each, as_of, benchmark, board) for each in shares)
    return Table(
        name="split",
        title="The public side's share",
        as_of=as_of,
        columns=(
            Column("agreement", "agreement"),
            Column("year", "year"),
            Column("public", "public", Kind.KRONOR),
            *own,
            Column("civil", "civil", Kind.KRONOR),
            Column("share", "share", Kind.PERCENT),
            Column("verdict", "benchmark", Kind.STATE),
        ),
        rows=(*rows, *_portfolio(shares, benchmark, board)),
        notes=tuple(_notes(shares, as_of, benchmark)),
    )


def _row(each: Share, as_of: date, benchmark: Benchmark, board: str | None) -> Row:
    verdict = each.verdict(benchmark)
    if verdict in {"below", "above"} and each.explanation(as_of):
        verdict = f"{verdict}, explained"
    part = own_part(each, {board}) if board and each.decided else None
    own: tuple[Cell, ...] = (part,) if board else ()
    return Row(
        (
            each.sheet.agreement.id,
            str(each.year or ""),
            each.public if each.decided else None,
            *own,
            each.civil if each.decided else None,
            _shown(each),
            verdict,
        )
    )


def _shown(each: Share) -> Decimal | str:
    percent = each.rounded_percent
    return "unknown" if percent is None else percent


def _portfolio(shares: Sequence[Share], benchmark: Benchmark, board: str | None) -> list[Row]:
    """Return the row of the whole portfolio, over the agreements whose share is known."""
    known = [each for each in shares if each.percent is not None]
    together = whole(known)
    if together is None or len(known) == 1 or len({each.year for each in known}) > 1:
        return []
    own = (sum((own_part(each, {board}) for each in known), ZERO),) if board else ()
    counted = f"{len(known)} of {len(shares)} agreements"
    cells = (counted, str(together.year), together.public, *own, together.civil, _shown(together))
    return [Row((*cells, together.verdict(benchmark)), Level.TOTAL)]


def _notes(shares: Sequence[Share], as_of: date, benchmark: Benchmark) -> list[str]:
    notes = [
        (
            f"the benchmark is {benchmark.share} % ± {benchmark.tolerance}: {benchmark.low} to"
            f" {benchmark.high} %, both included; share = public ÷ (public + civil)"
        )
    ]
    if len({each.year for each in shares if each.percent is not None}) > 1:
        notes.append(
            "the shares are of different years, so they have no sum: ask for one with --year"
        )
    for each in shares:
        if each.missing:
            notes.append(f"{each.sheet.agreement.id}: unknown, for {'; '.join(each.missing)}")
        reason = each.explanation(as_of)
        if reason and each.verdict(benchmark) != "within":
            notes.append(f"{each.sheet.agreement.id}: {reason}")
    return notes
