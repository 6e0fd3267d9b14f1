"""The table of the agreements: what each is, how long it holds, and what comes next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from iopctl.case.indexing import in_short
from iopctl.case.payers import boards_of
from iopctl.case.reach import UNKNOWN
from iopctl.case.stage import stage
from iopctl.language import each_once
from iopctl.listings.export.fields import ExportTable, Field
from iopctl.model.agreement import Agreement
from iopctl.model.follow_up import Legal
from iopctl.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.case.case import Case
    from iopctl.case.duties import Duty
    from iopctl.case.reach import Reach
    from iopctl.model.follow_up import StateAid
    from iopctl.model.parties import Party, Role
    from iopctl.model.terms import Terms
    from iopctl.model.validity import Extension, Validity

NO_ASSESSMENT: Final = Legal()
_TOLD: Final = (
    *("id", "status", "parties", "validity", "economy", "invoicing", "follow_up", "volume"),
    *("legal", "exceptions", "log"),
)
"""Keys that columns of other names tell, and blocks, which are no text of the agreement."""


class Holding:
    """An agreement, its own deadlines by day, and when ahead of its end it is expiring."""

    def __init__(self, case: Case, agenda: Sequence[Duty], lead_months: int) -> None:
        self.agenda = agenda
        self.lead_months = lead_months
        self.case: Case = case
        self.agreement: Agreement = case.agreement
        self.reach: Reach = case.reach
        self.last: Terms = case.terms[-1]
        self.validity: Validity = self.last.validity or UNKNOWN
        self.legal: Legal = case.agreement.legal or NO_ASSESSMENT
        self.state_aid: StateAid | None = self.legal.state_aid
        self.extension: Extension | None = self.validity.extension

    @property
    def days_left(self) -> int | None:
        """How many days are left to the end; below 0 where it has passed."""
        end = self.reach.end
        return None if end is None else (end - self.case.as_of).days

    @property
    def late(self) -> int:
        """How many deadlines have passed."""
        return sum(each.day < self.case.as_of for each in self.agenda)

    @cached_property
    def next(self) -> Duty | None:
        """The deadline that comes next, today's among them."""
        return next((each for each in self.agenda if each.day >= self.case.as_of), None)

    def parties(self, role: Role) -> Iterator[Party]:
        """Yield the parties of a role."""
        return (each for each in self.last.parties.values() if each.role == role)


_AGREEMENTS: Final[ExportTable[Holding]] = ExportTable(
    "agreements",
    "Agreements",
    (
        Field("agreement", "its id, by which tables are joined", lambda each: each.agreement.id),
        Field("title", "its name", lambda each: each.agreement.title),
        Field("kind", "iop, samverkansavtal, foreningsavtal, bidrag or other",
              lambda each: each.agreement.kind),
        Field("area", "the field of work", lambda each: each.agreement.area),
        Field("tags", "the municipality's own marks", lambda each: each_once(each.agreement.tags)),
        Field("dnr", "the municipality's reference number", lambda each: each.agreement.dnr),
        Field("as_of", "the day that the row tells of", lambda each: each.case.as_of,
              Kind.DATE),
        Field("state", "draft, upcoming, active, expiring, expired, terminated or unknown",
              lambda each: stage(each.case), Kind.STATE),
        Field("start", "its first day", lambda each: each.reach.start, Kind.DATE),
        Field("end", "its last day as decided: extensions and terminations counted in",
              lambda each: each.reach.end, Kind.DATE),
        Field("open_ended", "1 where it holds until further notice",
              lambda each: int(each.reach.is_open), Kind.NUMBER),
        Field("days_left", "from as_of to end; below 0 where it has ended",
              lambda each: each.days_left, Kind.NUMBER),
        Field("decided_until", "the last day with decided amounts: end, or of an open-ended one"
              " the last of the year",
              lambda each: each.case.days and each.case.days.last, Kind.DATE),
        Field("end_as_agreed", "its last day as first written",
              lambda each: each.validity.last, Kind.DATE),
        Field("latest_end", "its last day if every extension is taken; empty without limit",
              lambda each: each.case.latest_end, Kind.DATE),
        Field("last_day_of_notice", "the last day to give notice before end, by its own terms",
              lambda each: each.reach.notice_day, Kind.DATE),
        Field("extension", "mutual, option, automatic, none or unspecified; empty where not said",
              lambda each: each.extension.kind if each.extension else None),
        Field("extension_months", "the length of each extension, where they are of one",
              lambda each: each.extension.length if each.extension else None, Kind.NUMBER),
        Field("goes_on", "1 where it is extended unless somebody gives notice",
              lambda each: int(each.reach.rolls_on), Kind.NUMBER),
        Field("options_taken", "how many extensions have been taken",
              lambda each: each.reach.options_taken, Kind.NUMBER),
        Field("options_left", "how many may be; empty without limit, or where no validity is known",
              lambda each: each.case.options_left if each.last.validity else None, Kind.NUMBER),
        Field("late", "how many deadlines have passed; the table deadlines has each",
              lambda each: each.late, Kind.NUMBER),
        Field("next_deadline", "the day of the next one, as_of among them",
              lambda each: each.next.day if each.next else None, Kind.DATE),
        Field("next_deadline_kind", "its kind, as in the table deadlines",
              lambda each: each.next.kind if each.next else None, Kind.STATE),
        Field("next_deadline_what", "what is to be done by then",
              lambda each: each.next.what if each.next else None),
        Field("next_deadline_who", "by whom",
              lambda each: each.next.who if each.next else None),
        Field("public_parties", "municipalities, regions and state bodies",
              lambda each: each_once(p.called for p in each.parties("public"))),
        Field("public_org_numbers", "their organisation numbers, as far as they are known",
              lambda each: each_once(p.org_number for p in each.parties("public"))),
        Field("civil_parties", "the non-profits",
              lambda each: each_once(p.called for p in each.parties("civil"))),
        Field("civil_org_numbers", "their organisation numbers, as far as they are known",
              lambda each: each_once(p.org_number for p in each.parties("civil"))),
        Field("funders", "who else pays",
              lambda each: each_once(p.called for p in each.parties("funder"))),
        Field("committees", "the public side's committees",
              lambda each: each_once(sorted(boards_of(each.case)))),
        Field("base_year", "the year whose prices the amounts are in",
              lambda each: each.last.base_year, Kind.NUMBER),
        Field("index", "percent a year, the name of a series, or unspecified; empty: not indexed",
              lambda each: _index(each.last)),
        Field("label", "what it calls the public money: bidrag or ersättning; empty where not said",
              lambda each: each.last.economy.label),
        Field("unspent", "what becomes of unspent money: repay, carry_over or keep; empty likewise",
              lambda each: each.last.economy.unspent, Kind.STATE),
        Field("initiative", "from whom the idea came: civil, public or joint",
              lambda each: each.legal.initiative, Kind.STATE),
        Field("market", "yes where others would do it for pay, or no",
              lambda each: each.legal.market, Kind.STATE),
        Field("procurement_assessed", "the day when it was judged not to be a purchase",
              lambda each: each.legal.procurement_assessed, Kind.DATE),
        Field("state_aid", "its ground: none, de_minimis, sgei or other",
              lambda each: each.state_aid.basis if each.state_aid else None, Kind.STATE),
        Field("state_aid_certificate", "the day of the receiver's certificate",
              lambda each: each.state_aid.certificate if each.state_aid else None, Kind.DATE),
        Field("succeeds", "the id of the agreement before it",
              lambda each: each.agreement.succeeds),
        Field("part_of", "the id of the agreement that it is a part of",
              lambda each: each.agreement.part_of),
        Field("target_group", "for whom", lambda each: each.agreement.target_group),
        Field("referral", "how they come to it", lambda each: each.agreement.referral),
        Field("activities", "what is done", lambda each: each_once(each.agreement.activities)),
        Field("source", "the document that the file was written from",
              lambda each: each.agreement.source),
    ),
)  # fmt: skip
AGREEMENTS: Final = _AGREEMENTS.completed(Agreement, lambda each: each.agreement, _TOLD)


def agreement(case: Case, agenda: Sequence[Duty]) -> Holding:
    """Return an agreement, of which *agenda* has the deadlines by day."""
    return Holding(case, agenda, case.config.lead.expiry_months)


def _index(terms: Terms) -> str | None:
    index = terms.economy.index
    return None if index is None else in_short(index)
