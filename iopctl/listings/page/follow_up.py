"""The follow-up, the law and the exceptions on an agreement's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.dates import Period
from iopctl.language import counted, tr
from iopctl.listings.facts import day_of_year, facts, label, often, told
from iopctl.listings.page.pieces import LabelledCells, field_table, statements
from iopctl.model.follow_up import FollowUp
from iopctl.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from iopctl.model.follow_up import Undertaking
    from iopctl.model.terms import Terms


def follow_up_table(_: Case, terms: Terms) -> Table:
    """Return what the follow-up asks for."""
    return field_table("follow_up", "", _of_follow_up(terms, terms.follow_up or FollowUp()))


def _of_follow_up(terms: Terms, follow_up: FollowUp) -> LabelledCells:
    told_below = ("evaluation", "review_every_years", "duties", "settled_until", "settled")
    yield from statements(follow_up, terms, *told_below)
    if evaluation := follow_up.evaluation:
        days = [evaluation.due.text] if evaluation.due else []
        before = [tr("before renewal")] * evaluation.before_renewal
        yield tr("evaluation due"), ", ".join(days + before)
    if years := follow_up.review_every_years:
        yield tr("review"), counted("every year", "every {number} years", years)
    for each in follow_up.duties:
        yield told(each.kind, "choice", {}, (type(each), "kind")), _undertaking(each, terms)
    yield label(FollowUp, "settled_until"), follow_up.settled_until
    if follow_up.settled:
        for fact in facts(follow_up.settled, {}):
            yield tr("{kind} settled until", kind=fact.label), fact.value


def _undertaking(each: Undertaking, terms: Terms) -> str:
    """Return what is promised, in the file's own words and order."""
    days = [due.text if isinstance(due, Period) else day_of_year(*due) for due in each.due]
    after = each.months_after_end
    parts = (
        each.what or "",
        tr("due {days}", days=", ".join(days)) if days else "",
        often(each.every) if each.every else "",
        counted("{number} month after the end", "{number} months after the end", after)
        if after
        else "",
        tr("to {last}", last=each.to) if each.to else "",
        tr("by {who}", who=terms.parties[each.by].called) if each.by else "",
    )
    return ", ".join(filter(None, parts))


def legal_table(case: Case) -> Table:
    """Return what was assessed in law."""
    legal = case.agreement.legal
    pairs = statements(legal, case.terms[-1]) if legal else iter(())
    return field_table("legal", tr("Law"), pairs)


def exception_table(case: Case) -> Table:
    """Return which findings are excused, and why."""
    columns = (
        Column("rule", "rule"),
        Column("path", "place"),
        Column("until", "until", Kind.DATE),
        Column("reason", "reason"),
    )
    given = case.agreement.exceptions
    rows = tuple(Row((each.rule, each.path, each.until, each.reason)) for each in given)
    return Table("exceptions", tr("Exceptions"), None, columns, rows)
