"""What the budget takes of one agreement: what it adds, and what trail and notes have of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from iopctl.language import for_programs
from iopctl.listings import budget, notes, trail
from iopctl.listings.addends import Addend, addend
from iopctl.listings.traits import Traits, traits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.indexing import WhatIf
    from iopctl.case.raises import NoRate
    from iopctl.listings.addends import BudgetRow
    from iopctl.listings.budget import YearRange
    from iopctl.listings.notes import Remark
    from iopctl.packed import Packed
    from iopctl.tables import Row, Table


class BudgetRequest(NamedTuple):
    """What a budget is asked for; with *trail* its figures, *staged* with the agreements' stages.

    *what_if* takes the place of every index. What is *for_programs* is in English.
    """

    by: BudgetRow
    years: YearRange | None
    options: bool
    trail: bool = False
    what_if: WhatIf | None = None
    staged: bool = False
    for_programs: bool = False

    @property
    def differs(self) -> bool:
        """Whether the difference that *what_if* makes is asked for."""
        return self.what_if is not None and not self.trail


class Reckoning(NamedTuple):
    """What an agreement adds, and what series lack that is due by now."""

    addend: Addend
    lacking: tuple[NoRate, ...]


class Commitment(NamedTuple):
    """What is promised by one agreement, by its *id*, as a budget takes it.

    *agreed* is the reckoning by its own index, where another is assumed; *later* is told of one
    that is invoiced for years that this is assumed for. *steps* are the rows of the trail.
    """

    id: str
    traits: Traits
    reckoning: Reckoning
    agreed: Reckoning
    later: str | None
    remarks: tuple[Remark, ...]
    steps: tuple[Row, ...]


def commitment(asked: BudgetRequest, case: Case) -> Commitment:
    """Return what the budget that is *asked* for takes of an agreement."""
    with for_programs(applies=asked.for_programs):
        assumed = replace(case, what_if=asked.what_if) if asked.what_if else case
        reckoning = _reckoning(assumed, asked)
        steps = trail.steps(assumed, years=asked.years, options=asked.options)
        return Commitment(
            id=case.agreement.id,
            traits=traits(case, staged=asked.staged),
            reckoning=reckoning,
            agreed=_reckoning(case, asked) if asked.differs else reckoning,
            later=notes.invoiced_later(assumed),
            remarks=tuple(notes.remarks(assumed, by=asked.by, options=asked.options)),
            steps=tuple(steps) if asked.trail else (),
        )


def table(
    given: Packed[Commitment], asked: BudgetRequest, as_of: date, told: Sequence[str] = ()
) -> Table:
    """Return the budget, or its trail, with what is *told* beside it and its own notes."""
    if asked.trail:
        steps = chain.from_iterable(each.steps for each in given)
        return trail.table_of(steps, as_of, told)
    found = _of(given.of_each(lambda each: each.reckoning), asked, as_of)
    remarks = chain.from_iterable(each.remarks for each in given)
    return replace(found, notes=(*told, *notes.of_remarks(remarks, found)))


def as_agreed(given: Packed[Commitment], asked: BudgetRequest, as_of: date) -> Table:
    """Return the budget by the agreements' own indexes."""
    return _of(given.of_each(lambda each: each.agreed), asked, as_of)


def _of(given: Packed[Reckoning], asked: BudgetRequest, as_of: date) -> Table:
    added = given.of_each(lambda each: each.addend)
    return budget.table_of(added, as_of, by=asked.by, years=asked.years)


def _reckoning(case: Case, asked: BudgetRequest) -> Reckoning:
    added = addend(case, by=asked.by, options=asked.options)
    return Reckoning(added, tuple(notes.due_rates(case)))
