"""The tables of what the agreements say: their parties, rows and events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.indexing import in_short
from iopctl.case.payers import boards, committees
from iopctl.dates import Period
from iopctl.language import each_once
from iopctl.listings.events import told
from iopctl.listings.export.fields import ExportTable, Field, Fields, money
from iopctl.model.economy import Contribution
from iopctl.model.log import KINDS
from iopctl.model.parties import Party
from iopctl.model.scalars import UNKNOWN_DATE
from iopctl.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.case.case import Case
    from iopctl.model.log import Event
    from iopctl.model.terms import Terms
    from iopctl.tables import Cell


# ------------------------------------------------------------------ parties
class PartyEntry(NamedTuple):
    """A party of an agreement, as the last terms that name it have it."""

    agreement: str
    handle: str
    party: Party


_PARTIES: Final[ExportTable[PartyEntry]] = ExportTable(
    "parties",
    "Parties",
    (
        Field("agreement", "the id of its agreement", lambda each: each.agreement),
        Field("party", "its name in the file's other tables", lambda each: each.handle),
        Field("role", "public, civil or funder", lambda each: each.party.role, Kind.STATE),
        Field("name", "its whole name", lambda each: each.party.name),
        Field("short_name", "what it is called in short", lambda each: each.party.short_name),
        Field("count", "how many organisations, where they are not named",
              lambda each: each.party.count, Kind.NUMBER),
        Field("org_number", "the organisation number", lambda each: each.party.org_number),
        Field("register_number", "the number in another register",
              lambda each: each.party.register_number),
        Field("board", "the committee that decides", lambda each: each.party.board),
        Field("payer", "the committee that pays, where it is another",
              lambda each: each.party.payer),
        Field("department", "the office that carries it out", lambda each: each.party.department),
        Field("coordinator", "1 where it leads the civil side",
              lambda each: int(each.party.coordinator), Kind.NUMBER),
        Field("peppol_id", "its address for e-invoices", lambda each: each.party.peppol_id),
        Field("gln", "its global location number", lambda each: each.party.gln),
        Field("bankgiro", "its account there", lambda each: each.party.bankgiro),
        Field("plusgiro", "its account there", lambda each: each.party.plusgiro),
        Field("iban", "its account by IBAN", lambda each: each.party.iban),
        Field("start", "from when it takes part, as written: a day, month or year",
              lambda each: each.party.start and each.party.start.text),
        Field("end", "until when, likewise", lambda each: each.party.end and each.party.end.text),
    ),
)  # fmt: skip
PARTIES: Final = _PARTIES.completed(Party, lambda each: each.party)


def parties(case: Case) -> Iterator[PartyEntry]:
    """Yield each party that an agreement has or has had."""
    latest = {handle: party for terms in case.terms for handle, party in terms.parties.items()}
    for handle, party in latest.items():
        yield PartyEntry(case.agreement.id, handle, party)


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
        return committees(boards(self.terms, self.number))


PROMISE: Final[Fields[Promise]] = (
    Field("agreement", "the id of its agreement", lambda each: each.terms.agreement.id),
    Field("terms_from", "the day from which an amendment has it; empty for the first terms",
          lambda each: each.terms.since["economy"], Kind.DATE),
    Field("row", "its number in these terms, from 1", lambda each: each.number + 1, Kind.NUMBER),
    Field("party", "who gives it; several give it jointly", lambda each: each_once(each.row.party)),
    Field("side", "public, civil, funder, or mixed where they give it jointly",
          lambda each: each.terms.side(each.number), Kind.STATE),
    Field("item", "what it is for; empty where one row is all", lambda each: each.row.item),
    Field("category", "staff, premises, material, administration or other",
          lambda each: each.row.category, Kind.STATE),
    Field("form", "cash or in_kind", lambda each: each.terms.form(each.number), Kind.STATE),
    Field("board", "the committees that pay it, with their shares where these are stated",
          lambda each: each.board),
)  # fmt: skip
_ROWS: Final[ExportTable[Promise]] = ExportTable(
    "rows",
    "Contributions as written",
    (
        *PROMISE,
        Field("basis", "which of the following the amount is written as",
              lambda each: each.row.basis, Kind.STATE),
        Field("amount", "kronor a year", lambda each: money(each.row.amount), Kind.KRONOR),
        Field("total", "kronor for the whole period", lambda each: money(each.row.total),
              Kind.KRONOR),
        Field("unit_price", "kronor a unit", lambda each: money(each.row.unit_price), Kind.KRONOR),
        Field("units", "how many units a year", lambda each: each.row.units, Kind.NUMBER),
        Field("unit", "what a unit is", lambda each: each.row.unit),
        Field("hours_per_week", "hours, where these are the units",
              lambda each: each.row.hours_per_week, Kind.NUMBER),
        Field("hours_per_year", "likewise", lambda each: each.row.hours_per_year, Kind.NUMBER),
        Field("quantity", "how much, in the agreement's words", lambda each: each.row.quantity),
        Field("indexed", "0 where the index does not raise it",
              lambda each: int(each.row.indexed), Kind.NUMBER),
        Field("index", "the row's own index, likewise as in agreements; empty: that of all rows",
              lambda each: None if each.row.index is None else in_short(each.row.index)),
        Field("receiver", "who gets it", lambda each: each_once(each.row.receiver)),
        Field("start", "from when, as written: a day, month or year",
              lambda each: each.row.start and each.row.start.text),
        Field("end", "until when, likewise", lambda each: each.row.end and each.row.end.text),
        Field("source", "where the agreement says so", lambda each: each.row.source),
        Field("note", "what else is to be known", lambda each: each.row.note),
    ),
)  # fmt: skip
ROWS: Final = _ROWS.completed(Contribution, lambda each: each.row)


def rows(case: Case) -> Iterator[Promise]:
    """Yield each row of each economy as it is written.

    An amendment's rows stand beside those that they replace, with the day that they rule from.
    """
    for terms in case.economies:
        for number in range(len(terms.economy.contributions)):
            yield Promise(terms, number)


# ------------------------------------------------------------------ log
class LogEntry(NamedTuple):
    """An event of an agreement's log, and its number there from 1."""

    agreement: str
    number: int
    event: Event

    def about(self, *names: str) -> Cell:
        """Return the first of what the event tells under *names*, empty where it has none."""
        found = next((each for name in names if (each := getattr(self.event, name, None))), None)
        return found.text if isinstance(found, Period) else found


LOG: Final[ExportTable[LogEntry]] = ExportTable(
    "log",
    "Log",
    (
        Field("agreement", "the id of its agreement", lambda each: each.agreement),
        Field("event_number", "its number in the log, from 1",
              lambda each: each.number, Kind.NUMBER),
        Field("date", "its day, or the first of the month or year that is known; empty where none",
              lambda each: None if each.event.date == UNKNOWN_DATE else each.event.date.first,
              Kind.DATE),
        Field("date_as_written", "its day, month or year", lambda each: each.event.date.text),
        Field("event", "{words} or {last}", lambda each: each.about("event"), Kind.STATE,
              tuple(KINDS)),
        Field("effective", "from when it counts, or until when it extends",
              lambda each: each.about("effective", "until"), Kind.DATE),
        Field("period", "the period or year that it is about",
              lambda each: each.about("period") or str(each.about("year") or "")),
        Field("amount", "kronor of an invoice",
              lambda each: money(getattr(each.event, "amount", None)), Kind.KRONOR),
        Field("number", "the number of an invoice or credit note",
              lambda each: each.about("number")),
        Field("seller", "the party that sent it", lambda each: each.about("seller")),
        Field("body", "who decided", lambda each: each.about("body")),
        Field("dnr", "the decision's reference number", lambda each: each.about("dnr")),
        Field("about", "all that the log says of it", lambda each: told(each.event, {})),
    ),
)  # fmt: skip


def log(case: Case) -> Iterator[LogEntry]:
    """Yield each event of the log, but for those that the case's day does not know yet."""
    for number, event in enumerate(case.agreement.log, 1):
        if event.date.first <= case.as_of:
            yield LogEntry(case.agreement.id, number, event)
