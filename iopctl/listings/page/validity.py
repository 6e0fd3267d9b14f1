"""From when to when an agreement holds, as its page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.case.reach import UNKNOWN
from iopctl.case.stage import stage
from iopctl.language import counted, tr
from iopctl.listings.facts import label, length, told
from iopctl.listings.page.pieces import LabelledCells, field_table, statements
from iopctl.listings.status import first_told, last_told
from iopctl.model.terms import joined
from iopctl.model.validity import UNITS, Validity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.dates import Period
    from iopctl.model.validity import Extension
    from iopctl.tables import Table


def validity_fields(case: Case) -> LabelledCells:
    """Yield from when to when it holds, as written and as it came to be."""
    validity, reach = case.terms[-1].validity, case.reach
    yield tr("state"), tr(stage(case))
    if validity is None:
        yield tr("start"), first_told(reach)
        yield tr("end"), last_told(reach)
        return
    yield label(Validity, "signed"), validity.signed and validity.signed.text
    yield tr("start"), first_told(reach)
    yield tr("start as written"), _as_known(case.first_known)
    yield tr("end"), last_told(reach)
    yield tr("end as written"), _as_known(case.last_known)
    if validity.last != reach.end:
        yield tr("end as first agreed"), validity.last
    for gap in reach.gaps:
        yield tr("not in force"), tr("{first} to {last}", first=gap.first, last=gap.last)
    if validity.length:
        yield tr("length"), length(validity.length)
    yield tr("last day of notice"), reach.notice_day
    told_above = ("signed", "start", "end", *UNITS, "extension")
    yield from statements(validity, case.terms[-1], *told_above)
    if validity.extension:
        yield label(Validity, "extension"), _extension(validity.extension)
    yield tr("options left"), _options_left(case)
    told = tr("goes on unless terminated") if reach.rolls_on else tr("option")
    for option in case.options:
        yield told, tr("{first} to {last}", first=option.first, last=option.last)
    yield tr("latest end"), case.latest_end


def _as_known(day: Period | None) -> str:
    """Return a month or year of which no day is known, "" where one is."""
    return day.text if day and day.first != day.last else ""


def _options_left(case: Case) -> str:
    if case.options_left is None:
        return tr("not known") if case.reach.is_hearsay else tr("without limit")
    return str(case.options_left)


def earlier_validities(case: Case) -> Iterator[Table]:
    """Yield what the validity was before each amendment that has changed it."""
    states = [each for each in joined(case.terms, "validity") if each.validity]
    for number, terms in enumerate(states[:-1], 1):
        title = tr("Validity until it was amended from {day}", day=states[number].first)
        stated = statements(terms.validity or UNKNOWN, terms)
        yield field_table(f"validity_before-{number}", title, stated)


def _extension(extension: Extension) -> str:
    months, times = extension.length, extension.times
    parts = (
        told(extension.kind, "choice", {}, (type(extension), "kind")),
        counted("{number} time", "{number} times", times) if times else "",
        tr("{length} each", length=length(months)) if months else "",
        *map(length, extension.lengths),
    )
    return ", ".join(filter(None, parts))
