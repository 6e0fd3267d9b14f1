"""The portfolio's state as a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from iopctl.case.stage import STAGES, Stage, stage
from iopctl.language import counted, marked, marked_counted, tr
from iopctl.listings.invoices import off
from iopctl.tables import UNKNOWN, Cell, Column, Kind, Row, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.duties import Duty
    from iopctl.case.reach import Reach

OPEN: Final = marked("open{until}")
"""What stands for an end that is open: *until* is nothing, and tells it from other uses."""


def first_told(reach: Reach) -> Cell:
    """Return the first day, or the word for one that is unknown."""
    return reach.start or tr("unknown")


def last_told(reach: Reach) -> Cell:
    """Return the last day, or in a word why there is none: it is open, or unknown."""
    return tr(OPEN, until="") if reach.is_open else reach.end or tr("unknown")


def tone(state: Stage) -> Tone:
    """Return the tone of an agreement's row."""
    return Tone.ENDED if state in {"expired", "terminated"} else Tone.PLAIN


def table(
    given: Sequence[Case],
    as_of: date,
    agenda: Sequence[Duty],
    worst: Mapping[str, str],
) -> Table:
    """Return a line an agreement: its state and ends, what is late and what comes next.

    Days and options are those left. *agenda* is what is due, by day, and *worst* the gravest
    finding of a check, by agreement.
    """
    columns = (
        Column("agreement", "agreement"),
        Column("state", "state", Kind.STATE),
        Column("end", "end", Kind.DATE),
        Column("latest_end", "latest end", Kind.DATE, spare=1),
        Column("days_left", "days", Kind.NUMBER, spare=3),
        Column("options_left", "options", Kind.NUMBER, spare=2),
        Column("late", "late", Kind.NUMBER),
        Column("next_due", "next due", spare=4, room=20),
        Column("finding", "worst finding", room=14),
    )
    stages = [stage(each) for each in given]
    own: dict[str, list[Duty]] = {}
    for duty in agenda:
        own.setdefault(duty.agreement, []).append(duty)
    rows = tuple(
        Row(
            (
                *_line(case, state),
                *_due(case, own.get(case.agreement.id, ())),
                worst.get(case.agreement.id),
            ),
            tone=tone(state),
        )
        for case, state in zip(given, stages, strict=True)
    )
    notes = (*_counts(stages), *(told for case in given for told in _differences(case)))
    return Table("status", tr("Status"), as_of, columns, rows, notes)


def _line(case: Case, state: Stage) -> tuple[Cell, ...]:
    reach = case.reach
    return (
        case.agreement.id,
        state,
        last_told(reach),
        _latest(case),
        _days_left(case),
        _options_left(case),
    )


def _days_left(case: Case) -> Cell:
    """Return the days to the end; nothing where it has passed or is open."""
    end = case.reach.end
    if end is None:
        return None if case.reach.is_open else UNKNOWN
    left = (end - case.as_of).days
    return left if left >= 0 else None


def _options_left(case: Case) -> Cell:
    """Return how many options are left; nothing where they are without limit."""
    if case.terms[-1].validity is None or case.reach.is_hearsay:
        return UNKNOWN
    return case.options_left


def _latest(case: Case) -> Cell:
    """Return the end if every option is taken, or why there is none to tell."""
    if case.reach.end and case.options_left is None:
        return tr("unknown") if case.reach.is_hearsay else tr("no limit")
    return case.latest_end or (None if case.reach.is_open else tr("unknown"))


def _due(case: Case, own: Sequence[Duty]) -> tuple[Cell, ...]:
    """Return how much of what is its *own* is late, and what is due next."""
    to_come = [f"{each.day} {each.told}" for each in own if each.day >= case.as_of]
    return len(own) - len(to_come) or None, to_come[0] if to_come else None


def _differences(case: Case) -> Iterator[str]:
    """Yield what was invoiced otherwise than the budget now has it."""
    for each in case.differences:
        yield f"{case.agreement.id}: {off(case, each)}"


_COUNTED: Final[Mapping[Stage, tuple[str, str]]] = {
    "draft": marked_counted("{number} draft", "{number} drafts"),
    "upcoming": marked_counted("{number} upcoming", "{number} upcoming"),
    "active": marked_counted("{number} active", "{number} active"),
    "expiring": marked_counted("{number} expiring", "{number} expiring"),
    "expired": marked_counted("{number} expired", "{number} expired"),
    "terminated": marked_counted("{number} terminated", "{number} terminated"),
    "unknown": marked_counted("{number} unknown", "{number} unknown"),
}


def _counts(stages: Sequence[Stage]) -> Iterator[str]:
    count = Counter(stages)
    if count:
        yield ", ".join(counted(*_COUNTED[each], count[each]) for each in STAGES if count[each])
