"""One agreement on a page: all that its file states, and what it comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.listings import split
from iopctl.listings.page.contributions import budget_table, economy_table, row_table
from iopctl.listings.page.follow_up import exception_table, follow_up_table, legal_table
from iopctl.listings.page.head import about, party_facts, party_table
from iopctl.listings.page.invoicing import invoicing_tables
from iopctl.listings.page.log import log_table
from iopctl.listings.page.pieces import field_table, state_tables
from iopctl.listings.page.validity import earlier_validities, validity_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case
    from iopctl.tables import Table


def page(case: Case, remarks: Sequence[str], parts: Sequence[str] = ()) -> tuple[Table, ...]:
    """Return the tables of an agreement's page; those with nothing to say are left out.

    *parts* are the ids of the agreements that are parts of it. Blocks that amendments have put in
    place of others are told one after the other, each with its days.
    """
    tables = (
        field_table("agreement", case.agreement.title, about(case, parts)),
        *state_tables(case, "parties", tr("Parties"), party_table),
        *state_tables(case, "parties", tr("Parties, further"), party_facts, "party_facts"),
        field_table("validity", tr("Validity"), validity_fields(case)),
        *earlier_validities(case),
        *state_tables(case, "economy", tr("Economy"), economy_table),
        *state_tables(case, "economy", tr("Contributions as written"), row_table, "rows"),
        budget_table(case),
        split.table([case.share()], case.as_of, case.config.benchmark),
        *invoicing_tables(case),
        *state_tables(case, "follow_up", tr("Follow-up"), follow_up_table),
        legal_table(case),
        exception_table(case),
        log_table(case),
    )
    first, *rest = [each for each in tables if each.rows]
    shown = [replace(each, as_of=None) for each in rest]
    last = replace(shown[-1], notes=(*shown[-1].notes, *remarks))
    return (replace(first, as_of=case.as_of), *shown[:-1], last)
