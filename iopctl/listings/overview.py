"""The portfolio at a glance, and one agreement on a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iopctl.dates import Period
from iopctl.language import counted, marked, tr
from iopctl.listings import budget, notes, split
from iopctl.listings.status import OPEN, stage, tone
from iopctl.money import kronor
from iopctl.tables import ZERO, Amount, Cell, Column, Kind, Level, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.config import Config
    from iopctl.model.follow_up import Undertaking
    from iopctl.model.invoicing import Invoicing
    from iopctl.model.log import Actual, Event
    from iopctl.model.parties import Address, Party
    from iopctl.model.validity import Extension


def listing(given: Sequence[Case], as_of: date, told: Sequence[str]) -> Table:
    """Return a line an agreement: what it is, with whom, how long, and a year's worth of it.

    The year is the current one, else the last decided, as for the split.
    """
    rows = tuple(Row(_line(each), tone=tone(stage(each))) for each in given)
    columns = (
        Column("agreement", "agreement"),
        Column("title", "title", spare=3),
        Column("civil", "with"),
        Column("state", "state", Kind.STATE),
        Column("start", "start", Kind.DATE, spare=1),
        Column("end", "end", Kind.DATE),
        Column("year", "year", spare=2),
        Column("public", "public", Kind.KRONOR),
        Column("whole", "in all", Kind.KRONOR),
    )
    count = counted("{number} agreement", "{number} agreements", len(given))
    return Table("list", tr("Agreements"), as_of, columns, rows, (count, *told))


def _line(case: Case) -> tuple[Cell, ...]:
    reach = case.reach
    share = case.share()
    civil = [each.called for each in case.terms[-1].parties.values() if each.role == "civil"]
    return (
        case.agreement.id,
        case.agreement.title,
        ", ".join(civil),
        stage(case),
        reach.start,
        tr(OPEN, until="") if reach.is_open else reach.end,
        str(share.year or ""),
        share.public if share.year else None,
        whole(case, share.year) if share.year else None,
    )


def whole(case: Case, year: int) -> Amount:
    """Return what all parties give in a decided *year*, funders included.

    What the agreement does not divide over its years is unknown in it.
    """
    return sum((each.in_year for each in case.figures if each.touches(year)), ZERO)


# ------------------------------------------------------------------ one agreement on a page
def page(case: Case, config: Config, told: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of an agreement's page; those with nothing to say are left out."""
    as_of = case.as_of
    tables = (
        _pairs("agreement", case.agreement.title, as_of, _about(case)),
        _parties(case, as_of),
        _pairs("validity", tr("Validity"), as_of, _validity(case)),
        _budget(case, as_of),
        split.table([case.share()], as_of, config.benchmark),
        *(
            _pairs(f"invoicing-{number}", tr("Invoicing"), as_of, _invoicing(case, each))
            for number, each in enumerate(case.terms[-1].invoicing, 1)
        ),
        _pairs("follow_up", tr("Follow-up"), as_of, _follow_up(case)),
        _log(case, as_of),
    )
    first, *rest = [each for each in tables if each.rows]
    parts = [replace(each, as_of=None) for each in rest]
    return (first, *parts[:-1], replace(parts[-1], notes=(*parts[-1].notes, *told)))


def _pairs(name: str, title: str, as_of: date, pairs: Iterator[tuple[str, Cell]]) -> Table:
    rows = tuple(Row((tr(label), value)) for label, value in pairs if value not in (None, ""))
    return Table(name, title, as_of, (Column("field", ""), Column("value", "")), rows)


def _about(case: Case) -> Iterator[tuple[str, Cell]]:
    agreement = case.agreement
    yield marked("id"), agreement.id
    yield marked("kind"), tr(agreement.kind)
    yield marked("status"), tr(agreement.status or "")
    yield marked("area"), agreement.area
    yield marked("reference number"), agreement.dnr
    yield marked("purpose"), agreement.purpose
    yield marked("target group"), agreement.target_group
    yield marked("referral"), agreement.referral
    yield marked("activities"), ", ".join(agreement.activities)
    for each in case.terms[-1].volume:
        target = "" if each.target is None else f"{each.target} "
        yield marked("volume"), f"{target}{each.unit}{tr(_MEASURES[each.measure])}"
    yield marked("succeeds"), agreement.succeeds
    yield marked("part of"), agreement.part_of
    yield marked("source"), agreement.source
    yield marked("notes"), agreement.notes


_MEASURES = {"places": marked(" at a time"), "per_year": marked(" a year"), None: ""}


def _parties(case: Case, as_of: date) -> Table:
    columns = (
        Column("party", "party"),
        Column("side", "side", Kind.STATE),
        Column("org_number", "number", Kind.DATE),
        Column("board", "committee"),
    )
    parties = case.terms[-1].parties.values()
    rows = tuple(Row((_name(each), each.role, each.org_number, each.board)) for each in parties)
    return Table("parties", tr("Parties"), as_of, columns, rows)


def _name(party: Party) -> str:
    short = f" ({party.short_name})" if party.name and party.short_name else ""
    return f"{party.name or party.called}{short}{tr(', coordinator') if party.coordinator else ''}"


def _validity(case: Case) -> Iterator[tuple[str, Cell]]:
    validity, reach = case.terms[-1].validity, case.reach
    yield marked("state"), tr(stage(case))
    if validity is None:
        return
    yield marked("signed"), validity.signed and validity.signed.text
    yield marked("start"), reach.start
    yield marked("end"), tr(OPEN, until="") if reach.is_open else reach.end
    if validity.last != reach.end:
        yield marked("end as first agreed"), validity.last
    if validity.length:
        yield marked("length"), counted("{number} month", "{number} months", validity.length)
    yield marked("last day of notice"), reach.notice_day
    if validity.extension:
        yield marked("extension"), _extension(validity.extension)
    yield (
        marked("options left"),
        tr("without limit") if reach.options_left is None else str(reach.options_left),
    )
    for option in reach.options:
        yield marked("option"), tr("{first} to {last}", first=option.first, last=option.last)
    yield marked("latest end"), reach.latest_end


def _extension(extension: Extension) -> str:
    months, times = extension.length, extension.times
    parts = (
        tr(extension.kind),
        counted("{number} time", "{number} times", times) if times else "",
        counted("{number} month each", "{number} months each", months) if months else "",
    )
    return ", ".join(filter(None, parts))


def _budget(case: Case, as_of: date) -> Table:
    shown = budget.table([case], as_of, by="row", options=True)
    named = replace(shown, columns=shown.columns[1:], rows=tuple(map(_unnamed, shown.rows)))
    return replace(
        named,
        title=tr("Budget, kronor"),
        notes=notes.of_budget([case], shown, options=True),
    )


def _unnamed(row: Row) -> Row:
    """Leave out the agreement's id, which the page is about; a total keeps its name."""
    first, *rest = row.cells
    return row._replace(cells=(first, *rest[1:]) if row.level is Level.TOTAL else tuple(rest))


def _invoicing(case: Case, invoicing: Invoicing) -> Iterator[tuple[str, Cell]]:
    parties = case.terms[-1].parties
    yield marked("from"), parties[invoicing.seller].called
    yield marked("to"), parties[invoicing.buyer].called
    yield marked("committee"), invoicing.board
    yield (
        marked("method"),
        tr("paid out without an invoice") if invoicing.method == "payout" else None,
    )
    yield marked("address"), _address(invoicing.recipient)
    yield marked("Referenskod"), invoicing.reference
    yield marked("Märkning"), invoicing.marking
    yield marked("Ange"), invoicing.label
    yield marked("interval"), tr(invoicing.interval or marked("not stated (yearly is assumed)"))
    yield marked("timing"), tr(invoicing.timing or "")
    for each in invoicing.instalments:
        yield (
            marked("instalment"),
            tr(
                "{day}: {amount} kr for {period}",
                day=each.date,
                amount=kronor(each.amount),
                period=each.period.text,
            ),
        )
    days = invoicing.payment_days
    yield (
        marked("payment"),
        None if days is None else counted("{number} day", "{number} days", days),
    )
    yield marked("VAT"), invoicing.vat
    yield marked("e-invoice"), tr(invoicing.e_invoice or "")
    yield marked("Peppol-ID"), invoicing.peppol_id or parties[invoicing.buyer].peppol_id
    yield marked("GLN"), invoicing.gln or parties[invoicing.buyer].gln
    yield marked("portal"), invoicing.portal


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    place = " ".join(part for part in (address.postal_code, address.city) if part)
    return ", ".join([*address.lines, *([place] if place else [])])


def _follow_up(case: Case) -> Iterator[tuple[str, Cell]]:
    follow_up = case.terms[-1].follow_up
    if follow_up is None:
        return
    yield marked("meetings a year"), follow_up.meetings_per_year
    yield marked("reports a year"), follow_up.reports_per_year
    yield marked("report to"), follow_up.report_to
    yield (
        marked("report due"),
        "{:02}-{:02}".format(*follow_up.report_due) if follow_up.report_due else None,
    )
    yield marked("steering group"), follow_up.steering_group
    if evaluation := follow_up.evaluation:
        days = [evaluation.due.text] if evaluation.due else []
        yield (
            marked("evaluation due"),
            ", ".join(days + [tr("before renewal")] * evaluation.before_renewal),
        )
    years = follow_up.review_every_years
    yield marked("review"), years and counted("every year", "every {number} years", years)
    for each in follow_up.duties:
        yield tr(each.kind), _undertaking(each, case)
    yield marked("settled until"), follow_up.settled_until
    for kind, day in follow_up.settled or ():
        yield tr("{kind} settled until", kind=tr(kind)), day


def _undertaking(each: Undertaking, case: Case) -> str:
    """Return what is promised, in the file's own words and order."""
    days = [due.text if isinstance(due, Period) else "{:02}-{:02}".format(*due) for due in each.due]
    after = (
        tr("{number} months after the end", number=each.months_after_end)
        if each.months_after_end
        else ""
    )
    parts = (
        each.what or "",
        tr("due {days}", days=", ".join(days)) if days else "",
        tr("every {time}", time=each.every.text) if each.every else "",
        after,
        tr("to {last}", last=each.to) if each.to else "",
        tr("by {who}", who=case.terms[-1].parties[each.by].called) if each.by else "",
    )
    return ", ".join(filter(None, parts))


# ------------------------------------------------------------------ the log
def _log(case: Case, as_of: date) -> Table:
    columns = (
        Column("date", "date", Kind.DATE),
        Column("event", "event"),
        Column("about", "about"),
    )
    events = [each for each in case.agreement.log if each.date.first <= as_of]
    rows = tuple(
        Row((each.date.text, tr(each.event.replace("_", " ")), told(each))) for each in events
    )
    return Table("log", tr("Log"), as_of, columns, rows)


def told(event: Event) -> str:
    """Return what the log says of an event, in the file's own words and order."""
    return "; ".join(
        f"{tr(name)}: {_plainly(value)}" if name != "text" else str(value)
        for name in type(event).model_fields
        if name not in {"date", "event", "terms"}
        and (value := getattr(event, name)) not in (None, False)
    )


def _came_to(each: Actual) -> str:
    numbers = (
        f"{kronor(each.amount)} kr" if each.amount is not None else "",
        f"{each.hours} h" if each.hours is not None else "",
    )
    return " ".join(filter(None, (each.party, each.item, *numbers)))


def _plainly(value: object) -> str:
    match value:
        case Period():
            return value.text
        case dict():
            return ", ".join(f"{key} {each}" for key, each in value.items())
        case tuple():  # what reports tell of kronor and hours
            return ", ".join(map(_came_to, value))
        case _:
            return str(value)
