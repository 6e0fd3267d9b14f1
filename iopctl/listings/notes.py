"""What a reader must know beside the figures: rounding, what is unknown, and what is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.figures import STATES
from iopctl.case.payers import boards_of, jointly
from iopctl.language import marked, tr
from iopctl.money import decimal, kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.figures import Figure
    from iopctl.case.indexing import WhatIf
    from iopctl.case.raises import NoRate
    from iopctl.dates import Period
    from iopctl.model.economy import Rounding
    from iopctl.model.terms import Terms
    from iopctl.tables import Table

MOST_REASONS = 6
MODES = {
    "half_up": marked("half up to {unit} kr"),
    "half_even": marked("half to even to {unit} kr"),
    "up": marked("up to {unit} kr"),
    "down": marked("down to {unit} kr"),
}


def of_budget(given: Sequence[Case], shown: Table, *, options: bool) -> tuple[str, ...]:
    """Return the notes to a budget: how it is rounded, and what its figures leave open."""
    return (
        *_rounding(given),
        *_years_hidden(given, shown),
        *_dateless(given),
        *_never_ruled(given),
        *_undivided(given),
        *_cut(given),
        *(_partly_public(given) if shown.columns[0].key == "board" else ()),
        *_unknown(given, options=options),
        *(() if options else _options(given)),
    )


def drafts(ids: Sequence[str]) -> Iterator[str]:
    """Yield a note on drafts that are not counted."""
    if ids:
        yield tr("drafts are not counted: {names} (name one to see it)", names=named(ids))


def left_out(names: Sequence[str]) -> Iterator[str]:
    """Yield a note on the files that could not be read."""
    if names:
        yield tr("INCOMPLETE: {names} could not be read and is in no figure", names=named(names))


def also_paid(given: Sequence[Case], board: str | None) -> Iterator[str]:
    """Yield a note on agreements that other committees than *board* pay some of, too."""
    if board is None:
        return
    shared = [each.agreement.id for each in given if len(boards_of(each)) > 1]
    if shared:
        yield tr(
            "whole agreements, of which others pay a part: {names} (--by board parts them)",
            names=named(shared),
        )


def what_if(given: Sequence[Case], assumed: WhatIf) -> Iterator[str]:
    """Yield the notes on a budget that is reckoned with another index, and on what it leaves."""
    yield tr(
        "what if: from {year} on, {percent} % a year takes the place of every index; the difference"
        " is how much more the years shown come to than by the agreements' own",
        year=assumed.year,
        percent=decimal(assumed.percent),
    )
    later = {
        f"{case.agreement.id} ({case.assumed.year})": None
        for case in given
        if case.assumed and case.assumed.year > assumed.year
    }
    if later:
        yield tr(
            "invoiced already, so that it is from a later year: {names}", names=named([*later])
        )


def named(names: Sequence[str]) -> str:
    """Join *names*, all of them: what a note leaves out is to be had nowhere else."""
    return ", ".join(names)


def missing_rates(given: Sequence[Case], as_of: date) -> dict[str, list[str]]:
    """Return what series lack that is due by now, each once, and the agreements that need it.

    That is a value of a year that has begun, or a series that is nowhere. What a later year needs
    may not be known yet: that makes figures unknown, not wrong.
    """
    found: dict[NoRate, dict[str, None]] = {}
    for case in given:
        for rate in due_rates(case, as_of):
            found.setdefault(rate, {})[case.agreement.id] = None
    return by_reason(found)


def due_rates(case: Case, as_of: date) -> Iterator[NoRate]:
    """Yield what series lack that an agreement needs by now."""
    for figure in case.figures:
        for missing in figure.worth.lacking:
            if missing.series and _is_due(figure, missing, as_of):
                yield missing


def by_reason(lacking: Mapping[NoRate, Iterable[str]]) -> dict[str, list[str]]:
    """Return what is lacking in words, each once, and the ids of those that need it."""
    found: dict[str, dict[str, None]] = {}
    for rate, ids in lacking.items():
        found.setdefault(rate.reason, {}).update(dict.fromkeys(ids))
    return {reason: [*ids] for reason, ids in found.items()}


def _is_due(figure: Figure, missing: NoRate, as_of: date) -> bool:
    return missing.lack in {"series", "levels"} or (figure.year or 0) <= as_of.year


def _rounding(given: Sequence[Case]) -> Iterator[str]:
    rules: dict[Rounding, dict[str, None]] = {}
    for case in given:
        for terms in case.terms:
            rules.setdefault(terms.economy.rounding, {})[case.agreement.id] = None
    for rule, ids in rules.items():
        one = len(rules) == 1
        yield tr(
            "{rows} is rounded {how} when it is raised or is for a part of a year; totals are "
            "sums of what is shown",
            rows=tr("each row") if one else tr("each row of {names}", names=named([*ids])),
            how=tr(MODES[rule.mode], unit=kronor(rule.unit)),
        )


def _years_hidden(given: Sequence[Case], shown: Table) -> Iterator[str]:
    decided = {year for case in given for year in case.years}
    if {str(year) for year in decided} - {column.key for column in shown.columns}:
        yield tr(
            "decided years run from {first} to {last}: ask for others with --from, --to or --year",
            first=min(decided),
            last=max(decided),
        )


def _dateless(given: Sequence[Case]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for case in given:
        if not case.is_dated:
            reasons.setdefault(case.why_undated, []).append(case.agreement.id)
    for why, ids in reasons.items():
        yield tr(
            "{why}, so that what it gives in other years is unknown: {names}",
            why=why,
            names=named(ids),
        )
    if any(each.yearless for each in given):
        yield tr("'years unknown' has amounts a year, as agreements state them, in no year's sum")
    ids = [each.agreement.id for each in given if each.is_dated and each.reach.start is None]
    if ids:
        yield tr(
            "no start is known, so that days are counted from the base year: {names}",
            names=named(ids),
        )
    ids = [each.agreement.id for each in given if each.is_dated and not each.days]
    if ids:
        yield tr("ended before the start, so that nothing is decided: {names}", names=named(ids))


def _never_ruled(given: Sequence[Case]) -> Iterator[str]:
    """Yield a note on terms of the economy that rule no day, whose amounts are in no sum."""
    told = [
        f"{case.agreement.id} ({_since(terms)})"
        for case in given
        if len(case.economies) > 1 and (case.days or not case.is_dated)
        for terms in case.economies
        if not any(map(terms.rules, _days(case)))
    ]
    if told:
        yield tr(
            "terms that hold on no day of the agreement are in no figure: {names}",
            names=named(told),
        )


def _since(terms: Terms) -> str:
    return tr("from {first}", first=terms.first) if terms.first else tr("the first")


def _days(case: Case) -> tuple[Period, ...]:
    """Return all days that an agreement holds, or may."""
    if not case.is_dated:
        return (case.possible,)
    return tuple(span for state in STATES for span in case.spans(state))


def _undivided(given: Sequence[Case]) -> Iterator[str]:
    ids = [
        each.agreement.id
        for each in given
        if any(not figure.year for figure in each.figures)
        or any(figure.contribution.basis == "total" for figure in each.yearless)
    ]
    if ids:
        yield tr("'not by year' is a total that no year's sum contains: {names}", names=named(ids))


def _cut(given: Sequence[Case]) -> Iterator[str]:
    """Yield a note on totals that stand whole though the agreement holds but some of their days."""
    cuts = {
        tr(
            "{name} (for {agreed}, cut to {held})",
            name=case.agreement.id,
            agreed=figure.cut[0].text,
            held=figure.cut[1].text,
        ): None
        for case in given
        for figure in case.figures
        if figure.cut
    }
    if cuts:
        yield tr(
            "a total stands as it was agreed, and what is owed of it is for the parties to say,"
            " where the agreement holds but some of its days: {names}",
            names=named([*cuts]),
        )


def _partly_public(given: Sequence[Case]) -> Iterator[str]:
    """Yield a note on rows of which no committee's part is known, for others give them, too."""
    ids = [
        each.agreement.id
        for each in given
        if any(figure.is_partly_public for figure in each.told(options=True))
    ]
    if ids:
        yield tr(
            "how much of a row is public that both sides give jointly is not stated, so that it is"
            " unknown: {names}",
            names=named(ids),
        )


def _unknown(given: Sequence[Case], *, options: bool) -> Iterator[str]:
    reasons: dict[str, list[int]] = {}
    for case in given:
        for figure in case.shown(options=options):
            if figure.amount is None and figure.year is not None:
                who = jointly([figure.terms.parties[p].called for p in figure.contribution.party])
                what = f"{case.agreement.id}, {who}: {figure.contribution.described}"
                reasons.setdefault(f"{what}: {figure.worth.reason}", []).append(figure.year)
    told = [
        tr("unknown: {reason} ({years})", reason=reason, years=_years(years))
        for reason, years in reasons.items()
    ]
    yield from told[:MOST_REASONS]
    if len(told) > MOST_REASONS:
        yield tr("unknown: {number} more; see --by row --trail", number=len(told) - MOST_REASONS)


def _years(years: Sequence[int]) -> str:
    """Join years, those that follow each other from the first to the last: `2024, 2026–2028`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _options(given: Sequence[Case]) -> Iterator[str]:
    ids = [each.agreement.id for each in given if each.options]
    if ids:
        yield tr(
            "extensions not yet taken are not shown (--options shows them): {names}",
            names=named(ids),
        )
