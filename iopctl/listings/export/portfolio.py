"""All tables of the portfolio that are exported, a fact a row."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.language import for_programs, marked, tr
from iopctl.listings import due, notes
from iopctl.listings.budget import YearRange
from iopctl.listings.commitment import BudgetRequest, commitment
from iopctl.listings.commitment import table as commitment_table
from iopctl.listings.export import computed, written
from iopctl.listings.export.agreements import AGREEMENTS, agreement
from iopctl.listings.export.computed import BUDGET, DEADLINES, LEDGER, OUTCOME, SPLIT, Deadline
from iopctl.listings.export.fields import ExportTable, Field
from iopctl.listings.export.written import LOG, PARTIES, ROWS
from iopctl.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.duties import Duty
    from iopctl.case.raises import NoRate
    from iopctl.listings.commitment import Commitment
    from iopctl.listings.due import DutyOrder
    from iopctl.listings.export import TableName
    from iopctl.tables import Row, Table


BY_YEAR: Final = marked("budget-by-year")
ABOUT: Final[ExportTable[tuple[str, str, str, str]]] = ExportTable(
    "about",
    "What the tables and their columns mean",
    (
        Field("table", "the table", lambda each: each[0]),
        Field("column", "the column, by its name in CSV, JSON and Parquet; empty for the table",
              lambda each: each[1]),
        Field("type", "its type in Parquet; DECIMAL(18,2) is kronor, DECIMAL(9,6) percent",
              lambda each: each[2]),
        Field("meaning", "what stands in it", lambda each: each[3]),
    ),
)  # fmt: skip
_BY_CASE: Final[dict[TableName, ExportTable[Any]]] = {
    "agreements": AGREEMENTS,
    "parties": PARTIES,
    "rows": ROWS,
    "budget": BUDGET,
    "split": SPLIT,
    "outcome": OUTCOME,
    "deadlines": DEADLINES,
    "ledger": LEDGER,
    "log": LOG,
}
EXPORTED: Final[tuple[ExportTable[Any], ...]] = (ABOUT, *_BY_CASE.values())


class Extract(NamedTuple):
    """What the tables have of one agreement, by its *id*: its rows, and what series *lack* for it.

    Its deadlines stand among others', by their order. *commitment* is for the budget by year, where
    that is asked for.
    """

    id: str
    rows: dict[TableName, tuple[Row, ...]]
    deadlines: tuple[tuple[DutyOrder, Row], ...]
    lacking: tuple[NoRate, ...]
    commitment: Commitment | None


class ExportRequest(NamedTuple):
    """Whether *options* are asked for, and the budget *by_year*, and whether it is for programs."""

    options: bool
    by_year: bool = False
    for_programs: bool = False


def extract(asked: ExportRequest, case: Case) -> Extract:
    """Return what the tables have of a case."""
    with for_programs(applies=asked.for_programs):
        own = due.agenda([case], case.as_of)
        dated = [Deadline(each, case.as_of) for each in own]
        rows = _rows(case, own, options=asked.options)
        return Extract(
            id=case.agreement.id,
            rows={name: tuple(each) for name, each in rows},
            deadlines=tuple(zip(map(due.by_day, own), DEADLINES.rows(dated), strict=True)),
            lacking=tuple(notes.due_rates(case)),
            commitment=commitment(_across(options=asked.options), case) if asked.by_year else None,
        )


def tables(
    given: Iterable[Extract], as_of: date, *, told: Sequence[str] = ()
) -> dict[TableName, Table]:
    """Return all tables by name, each with the notes *told*; their rows take little room.

    They name agreements by `agreement`, so that they can be joined. The budget has a row for
    every figure; those of extensions not yet taken only where they were asked for. The extracts
    are gone through once, and none is kept.
    """
    found: dict[TableName, Packed[Row]] = {name: Packed() for name in _BY_CASE}
    agenda: Packed[tuple[DutyOrder, Row]] = Packed()
    for each in given:
        agenda.extend(each.deadlines)
        for name, rows in each.rows.items():
            found[name].extend(rows)
    ahead = sorted(agenda, key=itemgetter(0))
    found["deadlines"].extend(row for _, row in ahead)
    return {
        "about": about(as_of, told),
        **{name: _BY_CASE[name].table(as_of, rows, told) for name, rows in found.items()},
    }


def _rows(
    case: Case, own: Sequence[Duty], *, options: bool
) -> Iterator[tuple[TableName, Iterator[Row]]]:
    """Yield an agreement's rows of each table, but for its deadlines, which stand among others'."""
    yield "agreements", AGREEMENTS.rows([agreement(case, own)])
    yield "parties", PARTIES.rows(written.parties(case))
    yield "rows", ROWS.rows(written.rows(case))
    yield "budget", BUDGET.rows(computed.budget(case, options=options))
    yield "split", SPLIT.rows(computed.split(case, case.config.benchmark))
    yield "outcome", OUTCOME.rows(computed.outcome(case))
    yield "ledger", LEDGER.rows(computed.ledger(case))
    yield "log", LOG.rows(written.log(case))


def about(as_of: date, told: Sequence[str] = ()) -> Table:
    """Return a row for each table and each of its columns: what they are."""
    across = tr(
        "The budget with its years across, as people read it, as of {day}; XLSX alone", day=as_of
    )
    lines = [(tr(BY_YEAR), "", "", across)]
    for each in EXPORTED:
        lines += [
            (tr(each.name), "", "", tr("{title}, as of {day}", title=tr(each.title), day=as_of)),
            *each.described(),
        ]
    return ABOUT.table(as_of, tuple(ABOUT.rows(lines)), told)


def _across(*, options: bool) -> BudgetRequest:
    return BudgetRequest("row", YearRange(), options=options)


def budget_by_year(
    given: Packed[Commitment], as_of: date, *, options: bool, told: Sequence[str] = ()
) -> Table:
    """Return the budget as people read it, with all its years across and their totals."""
    found = commitment_table(given, _across(options=options), as_of, told)
    return replace(found, name=BY_YEAR)
