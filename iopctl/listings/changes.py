"""What changed between two versions, in the terms of the business: kronor, shares, dates."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iopctl.case.indexing import series_of
from iopctl.case.stage import stage
from iopctl.language import marked, tr
from iopctl.listings.differences import DataChange
from iopctl.listings.notes import named
from iopctl.listings.status import OPEN, first_told, last_told
from iopctl.listings.versions import CONFIGURED, UNREADABLE
from iopctl.money import rounded, total
from iopctl.tables import UNKNOWN, ZERO, Amount, Cell, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.figure import Figure
    from iopctl.listings.versions import Revision

_SHOWN: Final = Decimal("0.1")
UNDIVIDED: Final = marked("not by year")
UNDATED: Final = marked("years unknown")


def page(
    found: Sequence[Revision],
    title: str,
    as_of: date,
    notes: Iterable[str],
    settings: Iterable[DataChange] = (),
) -> tuple[Table, ...]:
    """Return what changed as tables: in all, by year and side, in shares, and part by part.

    But for the first, a table with nothing to tell is left out. *settings* are what differs in
    the configuration. Drafts promise nothing, so that no kronor of theirs are counted.
    """
    telling = [each for each in found if each.kind != CONFIGURED or _differs(each)]
    first = _summary(telling, title, as_of, (*_drafts(telling), *notes))
    others = (_kronor(telling), _shares(telling), _parts(telling, settings))
    return (first, *(each for each in others if each.rows))


def _differs(change: Revision) -> bool:
    """Whether an agreement comes to something else, its text being the same."""
    before, after = change.before, change.after
    return any(told(before) != told(after) for told in (_by_year, _by_decided_year, _told))


def _drafts(found: Sequence[Revision]) -> Iterator[str]:
    ids = [each.name for each in found if _is_draft(each.before) or _is_draft(each.after)]
    if ids:
        yield tr("drafts are not counted: {names}", names=named(ids))


def _is_draft(case: Case | None) -> bool:
    return case is not None and case.agreement.status == "draft"


# ------------------------------------------------------------------ kronor
class PartialSum(NamedTuple):
    """A sum, and the names of the parts of it that are not known."""

    amount: Amount
    unknown: frozenset[str] = frozenset()

    def plus(self, other: PartialSum) -> PartialSum:
        """Return the sum of both."""
        return PartialSum(self.amount + other.amount, self.unknown | other.unknown)


NOTHING: Final = PartialSum(ZERO)
_SIDES: Final = ("public", "civil", "funder", "mixed")
_BEFORE_AND_AFTER: Final = (
    Column("before", "before", Kind.KRONOR),
    Column("after", "after", Kind.KRONOR),
    Column("difference", "difference", Kind.KRONOR),
)


def _summary(found: Sequence[Revision], title: str, as_of: date, notes: tuple[str, ...]) -> Table:
    columns = (Column("agreement", "agreement"), Column("change", "change", Kind.STATE))
    sums = [(_in_all(each, each.before), _in_all(each, each.after)) for each in found]
    rows = _compared([(each.name, each.kind) for each in found], sums, sums)
    about = tr(
        "kronor are those of all decided years" if found else "every agreement says the same"
    )
    return Table("changes", title, as_of, (*columns, *_BEFORE_AND_AFTER), rows, (about, *notes))


def _kronor(found: Sequence[Revision]) -> Table:
    columns = (
        Column("agreement", "agreement"),
        Column("year", "year"),
        Column("side", "side", Kind.STATE),
    )
    labels: list[tuple[str, str, str]] = []
    sums: list[tuple[PartialSum | None, PartialSum | None]] = []
    for each in found:
        if each.kind != UNREADABLE:
            old, new = _by_year(each.before), _by_year(each.after)
            for year, side in sorted({*old, *new}, key=lambda key: (key[0], _SIDES.index(key[1]))):
                own = _of(each.before, old, year, side), _of(each.after, new, year, side)
                if own[0] != own[1]:
                    labels.append((each.name, year, side))
                    sums.append(own)
    labels, sums = _runs(labels, sums)
    rows = _compared(labels, sums, list(map(_counted, labels, sums)))
    return Table("kronor", tr("Kronor a year"), None, (*columns, *_BEFORE_AND_AFTER), rows)


FigureLabel: TypeAlias = tuple[str, str, str]
Both: TypeAlias = tuple[PartialSum | None, PartialSum | None]


def _runs(
    labels: Sequence[FigureLabel], sums: Sequence[Both]
) -> tuple[list[FigureLabel], list[Both]]:
    """Return the lines, those of years that follow each other as one where both sides are unknown.

    An agreement that may go on for decades has one line of them, at its first year.
    """
    found: dict[FigureLabel, tuple[list[int], Both]] = {}
    last: dict[tuple[str, str], tuple[int, FigureLabel]] = {}
    for label, own in zip(labels, sums, strict=True):
        name, year, side = label
        is_unknown = year.isdigit() and all(each and each.amount.unknown for each in own)
        before = last.pop((name, side), None)
        if is_unknown and before and before[0] + 1 == int(year):
            years, (old, new) = found[before[1]]
            both = (old and own[0] and old.plus(own[0]), new and own[1] and new.plus(own[1]))
            found[before[1]] = ([*years, int(year)], both)
            last[name, side] = (int(year), before[1])
            continue
        found[label] = ([int(year)] if is_unknown else [], own)
        if is_unknown:
            last[name, side] = (int(year), label)
    told = [
        (name, _span(years) if years else year, side)
        for (name, year, side), (years, _) in found.items()
    ]
    return told, [own for _, own in found.values()]


def _of(
    case: Case | None, sums: dict[tuple[str, str], PartialSum], year: str, side: str
) -> PartialSum | None:
    """Return what a side gives in a year: unknown where it is not known that it does."""
    own = sums.get((year, side))
    if case is None or _is_draft(case) or not year.isdigit():
        return own
    missing = frozenset(
        _unknown(case, each)
        for each in case.unknown_of(int(year))
        if each.side == side and each.amount is None
    )
    return (own or NOTHING).plus(PartialSum(UNKNOWN, missing)) if missing else own


def _counted(
    label: tuple[str, str, str], own: tuple[PartialSum | None, PartialSum | None]
) -> tuple[PartialSum | None, PartialSum | None]:
    """Return what totals count of a row: an amount a year, in years unknown, is no sum of them."""
    if label[1] != tr(UNDATED):
        return own
    before, after = (each and PartialSum(UNKNOWN, frozenset({repr((label, each))})) for each in own)
    return before, after


def _in_all(change: Revision, case: Case | None) -> PartialSum | None:
    if case is None:
        unread = PartialSum(UNKNOWN, frozenset({f"{change.name}, before or after"}))
        return unread if change.kind == UNREADABLE else None
    if _is_draft(case):
        return None
    undated = frozenset(_unknown(case, each) for each in case.undated)
    years = [each for (year, _), each in _by_year(case).items() if year != tr(UNDATED)]
    return reduce(PartialSum.plus, years, PartialSum(UNKNOWN, undated) if undated else NOTHING)


def _by_year(case: Case | None) -> dict[tuple[str, str], PartialSum]:
    """Return what is decided of each year and side; a total that no year divides has no year.

    So has what is given in years that are unknown: it is a year's, as it is written.
    """
    sums: dict[tuple[str, str], PartialSum] = {}
    if case is None or _is_draft(case):
        return sums
    for each in case.figures:
        year = str(each.year or tr(UNDIVIDED))
        sums[year, each.side] = sums.get((year, each.side), NOTHING).plus(_sum(case, each))
    for each in case.yearless:
        name = UNDATED if each.is_undated else UNDIVIDED
        key = (tr(name), each.side)
        sums[key] = sums.get(key, NOTHING).plus(_sum(case, each))
    return sums


def _sum(case: Case, figure: Figure) -> PartialSum:
    if figure.amount is not None:
        return PartialSum(Amount(figure.amount))
    return PartialSum(UNKNOWN, frozenset({_unknown(case, figure)}))


def _unknown(case: Case, figure: Figure) -> str:
    """Return what an unknown figure would follow from: where that is the same, so is the figure."""
    row, economy = figure.contribution, figure.terms.economy
    index = economy.index_of(row)
    named = [name for _, name in series_of(index)] if index else []
    series = [case.config.index.get(name) for name in named]
    told = (
        *(
            case.agreement.id,
            figure.year,
            figure.days,
            figure.within,
            row,
            figure.terms.base_year,
            index,
            series,
        ),
        *(economy.rounding, economy if row.remainder else None),
    )
    return repr(told)


def _compared(
    labels: Sequence[tuple[str, ...]],
    sums: Sequence[tuple[PartialSum | None, PartialSum | None]],
    counted: Sequence[tuple[PartialSum | None, PartialSum | None]],
) -> tuple[Row, ...]:
    """Return a row for each of *sums*, None where there is no agreement, and what is *counted*."""
    rows = [Row((*label, *_cells(*own))) for label, own in zip(labels, sums, strict=True)]
    if len(rows) > 1:
        both = (
            reduce(PartialSum.plus, (each[side] or NOTHING for each in counted)) for side in (0, 1)
        )
        rest = [""] * (len(labels[0]) - 1)
        rows.append(Row((tr("total"), *rest, *_cells(*both)), Level.TOTAL))
    return tuple(rows)


def _cells(before: PartialSum | None, after: PartialSum | None) -> tuple[Cell, Cell, Cell]:
    return before and before.amount, after and after.amount, _difference(before, after)


def _difference(before: PartialSum | None, after: PartialSum | None) -> Amount | None:
    """Return what is more after, None where neither is counted.

    What is unknown on both sides, and the same, makes no difference.
    """
    if before is None and after is None:
        return None
    old, new = before or NOTHING, after or NOTHING
    if old.unknown != new.unknown:
        return UNKNOWN
    return Amount(total((new.amount.known, old.amount.known.copy_negate())))


# ------------------------------------------------------------------ shares
def _shares(found: Sequence[Revision]) -> Table:
    """Return the public side's share where it is another; years alike are one row."""
    columns = (
        Column("agreement", "agreement"),
        Column("years", "years"),
        Column("before", "before", Kind.PERCENT),
        Column("after", "after", Kind.PERCENT),
    )
    rows = []
    for each in found:
        if each.kind == UNREADABLE:
            continue
        old, new = _by_decided_year(each.before), _by_decided_year(each.after)
        years = [(year, old.get(year), new.get(year)) for year in sorted({*old, *new})]
        for shares, alike in groupby(years, key=lambda told: told[1:]):
            span = [year for year, *_ in alike]
            if shares[0] != shares[1]:
                rows.append(Row((each.name, _span(span), *shares)))
    return Table("shares", tr("The public side's share"), None, columns, tuple(rows))


def _by_decided_year(case: Case | None) -> dict[int, Cell]:
    """Return the share of each decided year, as exactly as it is shown."""
    if case is None or case.agreement.kind != "iop" or _is_draft(case):
        return {}
    shares = {year: case.share(year).percent for year in case.years}
    return {
        year: tr("unknown") if share is None else rounded(share, _SHOWN)
        for year, share in shares.items()
    }


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"


# ------------------------------------------------------------------ part by part
def _parts(found: Sequence[Revision], settings: Iterable[DataChange]) -> Table:
    columns = (
        Column("agreement", "agreement"),
        Column("what", "what"),
        Column("before", "before"),
        Column("after", "after"),
    )
    rows = [Row((tr("configuration"), *told)) for told in settings]
    for each in found:
        if each.kind in {"added", "removed", "changed", CONFIGURED}:
            old, new = _told(each.before), _told(each.after)
            what = [DataChange(key, old.get(key, ""), new.get(key, "")) for key in {**old, **new}]
            written = {told[1:] for told in each.parts}
            follows = [
                told for told in what if told.before != told.after and told[1:] not in written
            ]
            rows += [Row((each.name, *told)) for told in (*follows, *each.parts)]
    return Table("parts", tr("What else is new"), None, columns, tuple(rows))


def _told(case: Case | None) -> dict[str, str]:
    """Return what a reader wants to know of an agreement beside its figures, by its name."""
    if case is None:
        return {}
    reach, terms = case.reach, case.terms[-1]
    left = tr("no limit") if case.options_left is None else str(case.options_left)
    gaps = [tr("{first} to {last}", first=each.first, last=each.last) for each in reach.gaps]
    told = {
        marked("title"): case.agreement.title,
        marked("parties"): ", ".join(each.called for each in terms.parties.values()),
        marked("state"): tr(stage(case)),
        marked("start"): first_told(reach),
        marked("end"): last_told(reach),
        marked("latest end"): tr(OPEN, until="") if reach.is_open else case.latest_end,
        marked("options left"): left if terms.validity else "",
        marked("not in force"): ", ".join(gaps),
        marked("last day of notice"): reach.notice_day,
    }
    return {tr(key): str(value) for key, value in told.items() if value}
