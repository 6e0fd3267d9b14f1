"""Every deadline of the agreements as a line of a table, late ones first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case import duties
from iopctl.case.duties import Duty, committees
from iopctl.dates import add_months
from iopctl.language import counted, for_programs, tr
from iopctl.listings.notes import due_rates, named
from iopctl.listings.traits import Traits, traits
from iopctl.tables import Column, Kind, Row, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.raises import NoRate

VALIDITY: Final = frozenset({"decision", "option", "end"})
_ORDER: Final = duties.KINDS


class DeadlineFilter(NamedTuple):
    """Which deadlines are asked for: those of validity alone, to a day, late ones alone."""

    validity: bool = False
    until: date | None = None
    overdue: bool = False


EVERYTHING: Final = DeadlineFilter()


DutyOrder = tuple["date", str, int, str]


def agenda(
    given: Sequence[Case],
    as_of: date,
    asked: DeadlineFilter = EVERYTHING,
) -> tuple[Duty, ...]:
    """Return what is to be done for all agreements, by day: what is late comes first.

    What was due long ago in an agreement that ended long ago is one line; that is longer ago than
    the lead time of the configuration.
    """
    found: list[Duty] = []
    for case in given:
        own = [each for each in duties.duties(case) if each.kind in VALIDITY or not asked.validity]
        found += _gathered(own, case)
    narrowed = (
        each
        for each in found
        if each.day <= (asked.until or each.day) and (each.day < as_of or not asked.overdue)
    )
    return tuple(sorted(narrowed, key=by_day))


class Agenda(NamedTuple):
    """What is due in one agreement, by its *id*, and what tells whether it is asked for.

    *is_dated* is whether all its days are known, *lacking* what series lack for its figures.
    """

    id: str
    title: str
    traits: Traits
    is_dated: bool
    duties: tuple[Duty, ...]
    lacking: tuple[NoRate, ...]


def agenda_of(
    asked: DeadlineFilter, case: Case, *, staged: bool = False, programs: bool = False
) -> Agenda:
    """Return what is due in one, told for people or *programs*; *staged* as for traits."""
    with for_programs(applies=programs):
        return Agenda(
            case.agreement.id,
            case.agreement.title,
            traits(case, staged=staged),
            case.is_dated,
            agenda([case], case.as_of, asked),
            tuple(due_rates(case)),
        )


def by_day(duty: Duty) -> DutyOrder:
    """Return what duties are ordered by."""
    return (duty.day, duty.agreement, _ORDER.index(duty.kind), duty.key)


def _gathered(own: Sequence[Duty], case: Case) -> Iterator[Duty]:
    """Yield the duties, with those that are long past as one, on the day of the end."""
    end, long_ago = case.reach.end, add_months(case.as_of, -case.config.lead.expiry_months)
    past = [each for each in own if end and end < long_ago and each.day < long_ago]
    if end and past:
        counts = Counter[duties.DutyKind]()
        for each in past:
            counts[each.kind] += each.count
        kinds = sorted(counts, key=_ORDER.index)
        told = ", ".join(_how_many(kind, counts[kind]) for kind in kinds)
        what = tr("ended; not in the log: {kinds} (settled_until settles them)", kinds=told)
        who = committees(case.terms[-1])
        yield Duty(end, case.agreement.id, "unsettled", "unsettled", what, who)
    yield from (each for each in own if each not in past)


def _how_many(kind: duties.DutyKind, number: int) -> str:
    one, many = duties.COUNTED[kind]
    return counted(one, many, number)


def table(
    found: Sequence[Duty], dateless: Sequence[str], as_of: date, lead: int, told: Sequence[str] = ()
) -> Table:
    """Return a line a duty: its day, how many days are left (below 0: late), and who acts.

    *dateless* are the ids of agreements of which not all days are known.
    """
    columns = (
        Column("date", "date", Kind.DATE),
        Column("days", "days", Kind.NUMBER, spare=2),
        Column("agreement", "agreement"),
        Column("what", "what", room=28),
        Column("who", "who", spare=1),
    )
    rows = tuple(
        Row(
            (each.day, (each.day - as_of).days, each.agreement, each.told, each.who),
            tone=Tone.LATE if each.day < as_of else Tone.PLAIN,
        )
        for each in found
    )
    notes = (*_notes(found, dateless, as_of, lead), *told)
    return Table("due", tr("Due"), as_of, columns, rows, notes)


def _notes(found: Sequence[Duty], dateless: Sequence[str], as_of: date, lead: int) -> Iterator[str]:
    late = sum(each.day < as_of for each in found)
    none = tr("none{of_these}", of_these="")
    yield tr("{late} late, {rest} to come", late=late or none, rest=len(found) - late or none)
    if any(each.assumed == duties.SUGGESTED for each in found):
        yield tr(
            "suggested days are {number} months ahead of the end (expiry_months under [lead] in "
            "iopctl.toml sets it)",
            number=lead,
        )
    if dateless:
        yield tr("not all days are known, so that more may be due: {names}", names=named(dateless))
