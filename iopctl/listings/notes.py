"""What a reader must know beside the figures: rounding, what is unknown, and what is not shown."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from iopctl.case.figures import CERTAINTIES
from iopctl.case.payers import jointly
from iopctl.language import marked, tr
from iopctl.money import decimal, kronor

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.case.indexing import WhatIf
    from iopctl.case.raises import NoRate
    from iopctl.dates import Period
    from iopctl.listings.addends import BudgetRow
    from iopctl.model.terms import Terms
    from iopctl.money import RoundingMode
    from iopctl.tables import Table

MOST_REASONS = 6
MODES: Final[Mapping[RoundingMode, str]] = {
    "half_up": marked("half up to {unit} kr"),
    "half_even": marked("half to even to {unit} kr"),
    "up": marked("up to {unit} kr"),
    "down": marked("down to {unit} kr"),
}


Subject = Literal[
    "rounding",
    "years",
    "undated",
    "yearless",
    "no start",
    "no days",
    "never ruled",
    "undivided",
    "cut",
    "partly public",
    "unknown",
    "options",
]


class Remark(NamedTuple):
    """A *word* of one agreement, its id or more, on a *subject*; by *key* they are told as one."""

    subject: Subject
    word: str | int
    key: Hashable = ""


def remarks(case: Case, *, by: BudgetRow, options: bool) -> Iterator[Remark]:
    """Yield all that the notes to a budget *by* something have of one agreement."""
    yield from _rounded(case)
    yield from (Remark("years", year) for year in case.years)
    yield from _dated(case)
    yield from _never_ruled(case)
    yield from _undivided(case)
    yield from _cut(case)
    if by == "board" and any(each.is_partly_public for each in case.told(options=True)):
        yield Remark("partly public", case.agreement.id)
    yield from _unknown(case, options=options)
    if case.options and not options:
        yield Remark("options", case.agreement.id)


def of_budget(given: Iterable[Case], shown: Table, *, options: bool) -> tuple[str, ...]:
    """Return the notes to a budget of cases that are at hand: see `of_remarks`."""
    by: BudgetRow = "board" if shown.columns[0].key == "board" else "agreement"
    said = (each for case in given for each in remarks(case, by=by, options=options))
    return of_remarks(said, shown)


def of_remarks(given: Iterable[Remark], shown: Table) -> tuple[str, ...]:
    """Return the notes to a budget: how it is rounded, and what its figures leave open."""
    said: dict[Subject, dict[Any, dict[Any, None]]] = {}
    for subject, word, key in given:
        said.setdefault(subject, {}).setdefault(key, {})[word] = None
    words = {subject: list(chain.from_iterable(keys.values())) for subject, keys in said.items()}
    return (
        *_rounding(said.get("rounding", {})),
        *_years_hidden(words.get("years", []), shown),
        *_dateless(said.get("undated", {})),
        *_naming(words, _NAMING),
        *_reasons(said.get("unknown", {})),
        *_naming(words, _OF_OPTIONS),
    )


def drafts(ids: Sequence[str]) -> Iterator[str]:
    """Yield a note on drafts that are not counted."""
    if ids:
        yield tr("drafts are not counted: {names} (name one to see it)", names=named(ids))


def left_out(names: Sequence[str]) -> Iterator[str]:
    """Yield a note on the files that could not be read."""
    if names:
        yield tr("INCOMPLETE: {names} could not be read and is in no figure", names=named(names))


def also_paid(ids: Sequence[str]) -> Iterator[str]:
    """Yield a note on agreements, of those that a committee pays, that others pay some of, too."""
    if ids:
        yield tr(
            "whole agreements, of which others pay a part: {names} (--by board parts them)",
            names=named(ids),
        )


def billed_jointly(ids: Sequence[str]) -> Iterator[str]:
    """Yield a note on invoices, of those that a committee pays, of which others pay some, too."""
    if ids:
        yield tr(
            "whole invoices, of which others pay a part: {names} (a block with its board parts "
            "them)",
            names=named(ids),
        )


def what_if(later: Sequence[str], assumed: WhatIf) -> Iterator[str]:
    """Yield the notes on a budget that is reckoned with another index, and on what it leaves.

    *later* are those of `invoiced_later`.
    """
    yield tr(
        "what if: from {year} on, {percent} % a year takes the place of every index; the difference"
        " is how much more the years shown come to than by the agreements' own",
        year=assumed.year,
        percent=decimal(assumed.percent),
    )
    if later:
        yield tr("invoiced already, so that it is from a later year: {names}", names=named(later))


def invoiced_later(case: Case) -> str | None:
    """Return an agreement's id, and from which year it is reckoned so, if that is a later one."""
    if not (case.what_if and case.assumed) or case.assumed.year <= case.what_if.year:
        return None
    return f"{case.agreement.id} ({case.assumed.year})"


def named(names: Sequence[str]) -> str:
    """Join *names*, all of them: what a note leaves out is to be had nowhere else."""
    return ", ".join(names)


def due_rates(case: Case) -> Iterator[NoRate]:
    """Yield what series lack that an agreement needs by now, each once.

    That is a value of a year that has begun, or a series that is nowhere. What a later year needs
    may not be known yet: that makes figures unknown, not wrong.
    """
    yield from dict.fromkeys(
        missing
        for figure in case.figures
        for missing in figure.worth.lacking
        if missing.series and _is_due(figure, missing, case.as_of)
    )


def by_reason(lacking: Iterable[tuple[str, NoRate]]) -> dict[str, list[str]]:
    """Return what is lacking in words, each once, and the ids of those that need it."""
    by_rate: dict[NoRate, dict[str, None]] = {}
    for id_, rate in lacking:
        by_rate.setdefault(rate, {})[id_] = None
    found: dict[str, dict[str, None]] = {}
    for rate, ids in by_rate.items():
        found.setdefault(rate.reason, {}).update(ids)
    return {reason: [*ids] for reason, ids in found.items()}


def _is_due(figure: Figure, missing: NoRate, as_of: date) -> bool:
    return missing.lack in {"series", "levels"} or (figure.year or 0) <= as_of.year


# ------------------------------------------------------------------ what one agreement has to say
def _rounded(case: Case) -> Iterator[Remark]:
    for terms in case.terms:
        rule = terms.economy.rounding
        yield Remark("rounding", case.agreement.id, (rule.mode, rule.unit))


def _dated(case: Case) -> Iterator[Remark]:
    own = case.agreement.id
    if not case.is_dated:
        yield Remark("undated", own, case.why_undated)
        if case.yearless:
            yield Remark("yearless", own)
    elif not case.days:
        yield Remark("no days", own)
    if case.is_dated and case.reach.start is None:
        yield Remark("no start", own)


def _never_ruled(case: Case) -> Iterator[Remark]:
    """Yield the terms of the economy that rule no day, whose amounts are in no sum."""
    if len(case.economies) > 1 and (case.days or not case.is_dated):
        for terms in case.economies:
            if not any(map(terms.rules, _days(case))):
                yield Remark("never ruled", f"{case.agreement.id} ({_since(terms)})")


def _since(terms: Terms) -> str:
    return tr("from {first}", first=terms.first) if terms.first else tr("the first")


def _days(case: Case) -> tuple[Period, ...]:
    """Return all days that an agreement holds, or may."""
    if not case.is_dated:
        return (case.possible,)
    return tuple(span for state in CERTAINTIES for span in case.spans(state))


def _undivided(case: Case) -> Iterator[Remark]:
    if any(not figure.year for figure in case.figures) or any(
        figure.contribution.basis == "total" for figure in case.yearless
    ):
        yield Remark("undivided", case.agreement.id)


def _cut(case: Case) -> Iterator[Remark]:
    """Yield the totals that stand whole though the agreement holds but some of their days."""
    for figure in case.figures:
        if figure.cut:
            word = tr(
                "{name} (for {agreed}, cut to {held})",
                name=case.agreement.id,
                agreed=figure.cut[0].text,
                held=figure.cut[1],
            )
            yield Remark("cut", word)


def _unknown(case: Case, *, options: bool) -> Iterator[Remark]:
    for figure in case.shown(options=options):
        if figure.amount is None and figure.year is not None:
            who = jointly([figure.terms.parties[p].called for p in figure.contribution.party])
            what = f"{case.agreement.id}, {who}: {figure.contribution.described}"
            yield Remark("unknown", figure.year, f"{what}: {figure.worth.reason}")


# ------------------------------------------------------------------ what all of them say
_NAMING: Final[dict[Subject, str]] = {
    "yearless": marked(
        "'years unknown' has amounts a year, as agreements state them, in no year's sum"
    ),
    "no start": marked("no start is known, so that days are counted from the base year: {names}"),
    "no days": marked("ended before the start, so that nothing is decided: {names}"),
    "never ruled": marked("terms that hold on no day of the agreement are in no figure: {names}"),
    "undivided": marked("'not by year' is a total that no year's sum contains: {names}"),
    "cut": marked(
        "a total stands as it was agreed, and what is owed of it is for the parties to say, where"
        " the agreement holds but some of its days: {names}"
    ),
    "partly public": marked(
        "how much of a row is public that both sides give jointly is not stated, so that it is"
        " unknown: {names}"
    ),
}
_OF_OPTIONS: Final[dict[Subject, str]] = {
    "options": marked("extensions not yet taken are not shown (--options shows them): {names}"),
}


def _naming(words: Mapping[Subject, Sequence[Any]], texts: Mapping[Subject, str]) -> Iterator[str]:
    for subject, text in texts.items():
        if subject in words:
            yield tr(text, names=named(words[subject]))


def _rounding(rules: Mapping[tuple[RoundingMode, Decimal], Iterable[str]]) -> Iterator[str]:
    for (mode, unit), ids in rules.items():
        one = len(rules) == 1
        yield tr(
            "{rows} is rounded {how} when it is raised or is for a part of a year; totals are "
            "sums of what is shown",
            rows=tr("each row") if one else tr("each row of {names}", names=named([*ids])),
            how=tr(MODES[mode], unit=kronor(unit)),
        )


def _years_hidden(decided: Sequence[int], shown: Table) -> Iterator[str]:
    if set(map(str, decided)) - {column.key for column in shown.columns}:
        yield tr(
            "decided years run from {first} to {last}: ask for others with --from, --to or --year",
            first=min(decided),
            last=max(decided),
        )


def _dateless(reasons: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for why, ids in reasons.items():
        yield tr(
            "{why}, so that what it gives in other years is unknown: {names}",
            why=why,
            names=named([*ids]),
        )


def _reasons(reasons: Mapping[str, Iterable[int]]) -> Iterator[str]:
    told = [
        tr("unknown: {reason} ({years})", reason=reason, years=_years(years))
        for reason, years in reasons.items()
    ]
    yield from told[:MOST_REASONS]
    if len(told) > MOST_REASONS:
        yield tr("unknown: {number} more; see --by row --trail", number=len(told) - MOST_REASONS)


def _years(years: Iterable[int]) -> str:
    """Join years, those that follow each other from the first to the last: `2024, 2026–2028`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
