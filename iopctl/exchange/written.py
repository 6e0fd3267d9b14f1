"""The tables of what the agreements say: themselves, their parties, rows and events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.dates import Period
from iopctl.economy.budget import boards, boards_of
from iopctl.exchange.fields import Fields, column, joined, money, table
from iopctl.overview import told
from iopctl.status import stage
from iopctl.tables import Kind
from iopctl.validity.extensions import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.economy.budget import Sheet
    from iopctl.model.economy import Contribution
    from iopctl.model.log import Event
    from iopctl.model.parties import Party, Role
    from iopctl.model.terms import Terms
    from iopctl.model.validity import Extension, Validity
    from iopctl.tables import Cell, Table


# ------------------------------------------------------------------ agreements
class Holding(NamedTuple):
    """An agreement, and the months ahead of its end in which it is expiring."""

    sheet: Sheet
    lead_months: int

    @property
    def last(self) -> Terms:
        """The last terms that are known."""
        return self.sheet.standing.terms[-1]

    @property
    def validity(self) -> Validity:
        """The days that the agreement holds, as far as it says."""
        return self.last.validity or UNKNOWN

    @property
    def extension(self) -> Extension | None:
        """How the agreement may be extended, where it says so."""
        return self.validity.extension

    def called(self, role: Role) -> str:
        """Return the parties of a role."""
        return joined(each.called for each in self.last.parties.values() if each.role == role)


_AGREEMENTS: Final[Fields[Holding]] = {
    column("agreement"): lambda each: each.sheet.agreement.id,
    column("title"): lambda each: each.sheet.agreement.title,
    column("kind"): lambda each: each.sheet.agreement.kind,
    column("area"): lambda each: each.sheet.agreement.area,
    column("tags"): lambda each: joined(each.sheet.agreement.tags),
    column("dnr"): lambda each: each.sheet.agreement.dnr,
    column("state", Kind.STATE): lambda each: stage(each.sheet.standing, each.lead_months),
    column("start", Kind.DATE): lambda each: each.sheet.standing.reach.start,
    column("end", Kind.DATE): lambda each: each.sheet.standing.reach.end,
    column("open_ended", Kind.NUMBER): lambda each: int(each.sheet.standing.reach.is_open),
    column("end_as_agreed", Kind.DATE): lambda each: each.validity.last,
    column("latest_end", Kind.DATE): lambda each: each.sheet.standing.reach.latest_end,
    column("last_day_of_notice", Kind.DATE): lambda each: each.sheet.standing.reach.notice_day,
    column("extension"): lambda each: each.extension.kind if each.extension else None,
    column("extension_months", Kind.NUMBER): lambda each: (
        each.extension.length if each.extension else None
    ),
    column("options_taken", Kind.NUMBER): lambda each: each.sheet.standing.reach.options_taken,
    column("options_left", Kind.NUMBER): lambda each: (
        each.sheet.standing.reach.options_left if each.last.validity else None
    ),
    column("public_parties"): lambda each: each.called("public"),
    column("civil_parties"): lambda each: each.called("civil"),
    column("funders"): lambda each: each.called("funder"),
    column("committees"): lambda each: joined(sorted(boards_of(each.sheet.standing))),
    column("base_year", Kind.NUMBER): lambda each: each.last.base_year,
    column("index"): lambda each: _index(each.last),
    column("succeeds"): lambda each: each.sheet.agreement.succeeds,
    column("part_of"): lambda each: each.sheet.agreement.part_of,
    column("target_group"): lambda each: each.sheet.agreement.target_group,
    column("referral"): lambda each: each.sheet.agreement.referral,
    column("activities"): lambda each: joined(each.sheet.agreement.activities),
    column("source"): lambda each: each.sheet.agreement.source,
}


def agreements(given: Sequence[Sheet], as_of: date, lead_months: int) -> Table:
    """Return a row for each agreement: what it is, how long it holds, and between whom."""
    holdings = (Holding(each, lead_months) for each in given)
    return table("agreements", "Agreements", as_of, _AGREEMENTS, holdings)


def _index(terms: Terms) -> str | None:
    index = terms.economy.index
    if index is None or index == "unspecified":
        return index
    return index.series or f"{index.percent} %"


# ------------------------------------------------------------------ parties
class Member(NamedTuple):
    """A party of an agreement, as the last terms that name it have it."""

    agreement: str
    handle: str
    party: Party


_PARTIES: Final[Fields[Member]] = {
    column("agreement"): lambda each: each.agreement,
    column("party"): lambda each: each.handle,
    column("role", Kind.STATE): lambda each: each.party.role,
    column("name"): lambda each: each.party.name,
    column("short_name"): lambda each: each.party.short_name,
    column("count", Kind.NUMBER): lambda each: each.party.count,
    column("org_number"): lambda each: each.party.org_number,
    column("register_number"): lambda each: each.party.register_number,
    column("board"): lambda each: each.party.board,
    column("department"): lambda each: each.party.department,
    column("coordinator", Kind.NUMBER): lambda each: int(each.party.coordinator),
    column("peppol_id"): lambda each: each.party.peppol_id,
    column("gln"): lambda each: each.party.gln,
    column("bankgiro"): lambda each: each.party.bankgiro,
    column("plusgiro"): lambda each: each.party.plusgiro,
    column("iban"): lambda each: each.party.iban,
    column("start"): lambda each: each.party.start and each.party.start.text,
    column("end"): lambda each: each.party.end and each.party.end.text,
}


def parties(given: Sequence[Sheet], as_of: date) -> Table:
    """Return a row for each party that an agreement has or has had."""
    return table("parties", "Parties", as_of, _PARTIES, _members(given))


def _members(given: Sequence[Sheet]) -> Iterator[Member]:
    for sheet in given:
        latest = {
            handle: party
            for terms in sheet.standing.terms
            for handle, party in terms.parties.items()
        }
        for handle, party in latest.items():
            yield Member(sheet.agreement.id, handle, party)


# ------------------------------------------------------------------ rows
@dataclass(frozen=True, slots=True)
class Promise:
    """A row of an economy: its terms, and its number in them from 0."""

    terms: Terms
    number: int

    @property
    def row(self) -> Contribution:
        """The row."""
        return self.terms.economy.contributions[self.number]

    @property
    def board(self) -> str:
        """The committees that pay a public row, with percent where a division is stated."""
        if self.terms.side(self.number) != "public":
            return ""
        shares = boards(self.terms, self.number)
        if len(shares) == 1:
            return shares[0][0]
        return ", ".join(name if part is None else f"{name} {part} %" for name, part in shares)


PROMISE: Final[Fields[Promise]] = {
    column("agreement"): lambda each: each.terms.agreement.id,
    column("terms_from", Kind.DATE): lambda each: each.terms.since["economy"],
    column("row", Kind.NUMBER): lambda each: each.number + 1,
    column("party"): lambda each: joined(each.row.party),
    column("side", Kind.STATE): lambda each: each.terms.side(each.number),
    column("item"): lambda each: each.row.item,
    column("category", Kind.STATE): lambda each: each.row.category,
    column("form", Kind.STATE): lambda each: each.terms.form(each.number),
    column("board"): lambda each: each.board,
}
_ROWS: Final[Fields[Promise]] = {
    **PROMISE,
    column("basis", Kind.STATE): lambda each: each.row.basis,
    column("amount", Kind.KRONOR): lambda each: money(each.row.amount),
    column("total", Kind.KRONOR): lambda each: money(each.row.total),
    column("unit_price", Kind.KRONOR): lambda each: money(each.row.unit_price),
    column("units", Kind.NUMBER): lambda each: each.row.units,
    column("unit"): lambda each: each.row.unit,
    column("hours_per_week", Kind.NUMBER): lambda each: each.row.hours_per_week,
    column("hours_per_year", Kind.NUMBER): lambda each: each.row.hours_per_year,
    column("quantity"): lambda each: each.row.quantity,
    column("indexed", Kind.NUMBER): lambda each: int(each.row.indexed),
    column("receiver"): lambda each: joined(each.row.receiver),
    column("start"): lambda each: each.row.start and each.row.start.text,
    column("end"): lambda each: each.row.end and each.row.end.text,
    column("source"): lambda each: each.row.source,
    column("note"): lambda each: each.row.note,
}


def rows(given: Sequence[Sheet], as_of: date) -> Table:
    """Return each row of each economy as it is written.

    An amendment's rows stand beside those that they replace, with the day that they rule from.
    """
    promises = (
        Promise(terms, number)
        for sheet in given
        for terms in sheet.standing.economies
        for number in range(len(terms.economy.contributions))
    )
    return table("rows", "Contributions as written", as_of, _ROWS, promises)


# ------------------------------------------------------------------ log
class Entry(NamedTuple):
    """An event of an agreement's log, and its number there from 1."""

    agreement: str
    number: int
    event: Event

    def about(self, *names: str) -> Cell:
        """Return the first of what the event tells under *names*, empty where it has none."""
        found = next((each for name in names if (each := getattr(self.event, name, None))), None)
        return found.text if isinstance(found, Period) else found


_LOG: Final[Fields[Entry]] = {
    column("agreement"): lambda each: each.agreement,
    column("event_number", Kind.NUMBER): lambda each: each.number,
    column("date", Kind.DATE): lambda each: each.event.date.first,
    column("date_as_written"): lambda each: each.event.date.text,
    column("event", Kind.STATE): lambda each: each.about("event"),
    column("effective", Kind.DATE): lambda each: each.about("effective", "until"),
    column("period"): lambda each: each.about("period") or str(each.about("year") or ""),
    column("amount", Kind.KRONOR): lambda each: money(getattr(each.event, "amount", None)),
    column("number"): lambda each: each.about("number"),
    column("seller"): lambda each: each.about("seller"),
    column("body"): lambda each: each.about("body"),
    column("dnr"): lambda each: each.about("dnr"),
    column("about"): lambda each: told(each.event),
}


def log(given: Sequence[Sheet], as_of: date) -> Table:
    """Return a row for each event of the logs, but for those that *as_of* does not know yet."""
    entries = (
        Entry(sheet.agreement.id, number, event)
        for sheet in given
        for number, event in enumerate(sheet.agreement.log, 1)
        if event.date.first <= as_of
    )
    return table("log", "Log", as_of, _LOG, entries)
