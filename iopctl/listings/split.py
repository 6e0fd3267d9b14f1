"""The public side's share of each partnership as a table, with the portfolio's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.share import own_part, whole
from iopctl.language import tr
from iopctl.money import decimal
from iopctl.tables import ZERO, Column, Kind, Level, Row, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.share import Share
    from iopctl.config import Benchmark
    from iopctl.tables import Cell


def table(
    shares: Sequence[Share],
    as_of: date,
    benchmark: Benchmark,
    *,
    board: str | None = None,
) -> Table:
    """Return the shares as a table, with the portfolio's where all are of one year.

    With *board*, that committee's own part of the public money stands beside the whole. Of
    several, those that have nothing in the year are named below.
    """
    own = (Column("own_part", tr("of which {board}", board=board), Kind.KRONOR),) if board else ()
    held = [each for each in shares if each.decided or len(shares) == 1]
    rows = tuple(_row(each, board) for each in held)
    return Table(
        name="split",
        title=tr("The public side's share"),
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
        rows=(*rows, *_portfolio(held, board)),
        notes=tuple(_notes(shares, benchmark)),
    )


def not_compared(ids: Sequence[str]) -> Iterator[str]:
    """Yield a note on agreements that were asked for and are no IOP."""
    if ids:
        yield tr("no IOP, whose share alone is compared: {names}", names=", ".join(ids))


def _row(each: Share, board: str | None) -> Row:
    verdict = each.verdict
    if verdict in {"below", "above"} and each.explanation:
        verdict = tr("{verdict}, explained", verdict=tr(verdict))
    part = own_part(each, {board}) if board and each.decided else None
    own: tuple[Cell, ...] = (part,) if board else ()
    return Row(
        (
            each.case.agreement.id,
            str(each.year or ""),
            each.public if each.decided else None,
            *own,
            each.civil if each.decided else None,
            _shown(each),
            verdict,
        ),
        tone=Tone.OFF if each.verdict in {"below", "above"} else Tone.PLAIN,
    )


def _shown(each: Share) -> Decimal | str:
    percent = each.rounded_percent
    return tr("unknown") if percent is None else percent


def _portfolio(shares: Sequence[Share], board: str | None) -> list[Row]:
    """Return the row of the whole portfolio, over the agreements whose share is known."""
    known = [each for each in shares if each.reckoned is not None]
    together = whole(known)
    if together is None or len(known) == 1 or len({each.year for each in known}) > 1:
        return []
    own = (sum((own_part(each, {board}) for each in known), ZERO),) if board else ()
    told = tr("{number} of {all} agreements", number=len(known), all=len(shares))
    cells = (told, str(together.year), together.public, *own, together.civil, _shown(together))
    return [Row((*cells, together.verdict), Level.TOTAL)]


def _notes(shares: Sequence[Share], benchmark: Benchmark) -> list[str]:
    notes = [
        tr(
            "the benchmark is {share} % ± {tolerance}: {low} to {high} %, both included; "
            "share = public ÷ (public + civil)",
            share=decimal(benchmark.share),
            tolerance=decimal(benchmark.tolerance),
            low=decimal(benchmark.low),
            high=decimal(benchmark.high),
        )
    ]
    if len({each.year for each in shares if each.reckoned is not None}) > 1:
        notes.append(
            tr("the shares are of different years, so they have no sum: ask for one with --year")
        )
    notes += _not_held(shares)
    for each in shares:
        if why := _why_unknown(each):
            notes.append(
                tr(
                    "{name}: as the agreement states it, for want of {rows}"
                    if each.is_stated
                    else "{name}: unknown, for {rows}",
                    name=each.case.agreement.id,
                    rows=why,
                )
            )
        reason = each.explanation
        if reason and each.verdict != "within":
            notes.append(f"{each.case.agreement.id}: {reason}")
    return notes


def _why_unknown(each: Share) -> str:
    if each.is_undated and not each.is_stated:
        why = each.case.why_undated
        return tr("it may not hold in {year}: {why}", year=each.year, why=why)
    return "; ".join(each.missing)


def _not_held(shares: Sequence[Share]) -> Iterator[str]:
    """Yield which agreements have nothing in the year, and why."""
    reasons: dict[str, list[str]] = {}
    for each in shares:
        if not each.decided:
            reasons.setdefault(_why_not_held(each), []).append(each.case.agreement.id)
    for why, ids in reasons.items():
        yield f"{why}: {', '.join(ids)}"


def _why_not_held(each: Share) -> str:
    reach, year = each.case.reach, each.year or each.case.as_of.year
    if reach.end and reach.end.year < year:
        return tr("ended before {year}", year=year)
    if reach.start and reach.start.year > year:
        return tr("starts after {year}", year=year)
    return tr("has no row with days in {year}", year=year)
