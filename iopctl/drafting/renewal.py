"""The agreement that follows another one: the same parties and rows, in new days and prices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.case.payers import jointly
from iopctl.dates import MONTHS_A_YEAR, ONE_DAY, Period, add_months, last_day, months
from iopctl.drafting.repricing import NOTHING_MORE, Repricing, in_order, part_at
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.model import Agreement, Economy, Validity
from iopctl.model.terms import BLOCKS
from iopctl.source import edit, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.drafting.repricing import Data
    from iopctl.model import Contribution, Invoicing, Terms
    from iopctl.source import Source

OF_THE_OLD: Final = ("dnr", "source", "status")


class RenewedDays(NamedTuple):
    """The days that an agreement is to hold; *last* is None for one until further notice."""

    first: date
    last: date | None


# ------------------------------------------------------------------ the id
def successor(id_: str, days: RenewedDays) -> str:
    """Return the id that follows: `ikf-2025` for ikf-2023, where it begins in 2025."""
    return f"{re.sub(r'-[12][0-9]{3}$', '', id_)}-{days.first.year}"


# ------------------------------------------------------------------ the days
def following(
    case: Case,
    start: date | None = None,
    end: date | None = None,
    years: int | None = None,
    *,
    is_open: bool = False,
) -> RenewedDays:
    """Return the days after those of the agreement: as many as it first had, unless told.

    Raises:
        UserError: they are not known, or end before they begin.
    """
    name = case.agreement.id
    first = start or (case.reach.end and case.reach.end + ONE_DAY)
    if first is None:
        why = (
            tr("{name} has no end", name=name)
            if case.reach.is_open
            else tr("when {name} ends is not known", name=name)
        )
        raise UserError(tr("{why}: say when the new one begins with --start", why=why))
    if is_open:
        return RenewedDays(first, None)
    last = end or _last(case, first, years)
    if last is None:
        raise UserError(
            tr("how long {name} was to hold is not known: give --years or --end", name=name)
        )
    if last < first:
        raise UserError(
            tr(
                "--end {last} is before {first}, when the new agreement begins",
                last=last,
                first=first,
            )
        )
    return RenewedDays(first, last)


def _last(case: Case, first: date, years: int | None) -> date | None:
    if years is not None:
        return last_day(first, years * MONTHS_A_YEAR)
    old = case.terms[-1].validity
    if old is None or old.first is None or old.last is None:
        return None
    length = old.length or round(months(old.first, old.last))
    if last_day(old.first, length) == old.last:
        return last_day(first, length)
    return first + (old.last - old.first)


# ------------------------------------------------------------------ the text
def renewed(source: Source, case: Case, name: str, days: RenewedDays, *, draft: bool = True) -> str:
    """Return the agreement called *name* that follows that of *source*, whose comments it keeps.

    It has the terms in force last, in the prices of the year in which it begins, and an empty
    log. What has ended before is left out, and so are instalments: their days have passed.

    Raises:
        Refused: the index has no value for a year that is needed, or the file would be larger
            than one may be.
    """
    old, terms = source.data or {}, case.terms[-1]
    data = _in_force(old, terms)
    for key in OF_THE_OLD:
        data.pop(key, None)
    data |= {"id": name, "succeeds": case.agreement.id, "log": []}
    data |= {"status": "draft"} if draft else {}
    data["validity"] = _validity(data.get("validity", {}), terms.validity, days)
    _leave_settled(data)
    _leave_billed(data, case, days)
    text = source.text
    if old.get("log"):
        text = edit.become(source, old | {"log": []})  # a full file has room again
    for economy in _economies(data["economy"], case, days):
        new = in_order(Agreement, data | {"economy": economy})
        text = edit.become(read(text.encode()), new)
    return text


def _in_force(data: Data, terms: Terms) -> Data:
    """Return a file's data with the blocks of *terms* at the top, amended or not."""
    amended = [block for block in BLOCKS if terms.path(block)[0] == "log"]
    top: Data = part_at(data, ())
    return top | {block: part_at(data, terms.path(block)) for block in amended}


def _validity(data: Data, old: Validity | None, days: RenewedDays) -> Data:
    left = {key: data[key] for key in data if key not in {"signed", "years", "months"}}
    left["start"] = days.first.isoformat()
    left["end"] = days.last.isoformat() if days.last else "open"
    if old and isinstance(old.notice_by, Period):
        del left["notice_by"]
        if old.last and days.last:
            years, more = days.last.year - old.last.year, days.last.month - old.last.month
            by = add_months(old.notice_by.last, years * MONTHS_A_YEAR + more)
            left["notice_by"] = by.isoformat()
    return in_order(Validity, left)


def _leave_settled(data: Data) -> None:
    """Take out what is told of follow-up in days that have passed."""
    follow_up: Data = data.get("follow_up", {})
    follow_up.pop("settled_until", None)
    evaluation: Data = follow_up.get("evaluation", {})
    evaluation.pop("due", None)
    _leave_dated(follow_up)
    for block, key in ((follow_up, "evaluation"), (data, "follow_up")):
        if block.get(key) == {}:
            del block[key]


def _leave_dated(follow_up: Data) -> None:
    """Take out what was promised by dates, which have passed; days of every year stay."""
    duties: list[Data] = follow_up.get("duties", [])
    left = [each for each in duties if not any(map(_is_date, _days(each)))]
    if left:
        follow_up["duties"] = left
    elif duties:
        del follow_up["duties"]


def _days(duty: Data) -> list[object]:
    due = duty.get("due", [])
    return due if isinstance(due, list) else [due]


def _is_date(due: object) -> bool:
    return len(str(due)) != len("06-30")


def _leave_billed(data: Data, case: Case, days: RenewedDays) -> None:
    """Take out the invoicing that has ended, and instalments, which are dated."""
    if "invoicing" not in data:
        return
    told = data["invoicing"]
    blocks: list[Data] = told if isinstance(told, list) else [told]
    left = []
    for old, block in zip(case.terms[-1].invoicing, blocks, strict=True):
        if not _has_ended(old, case):
            block.pop("instalments", None)
            left.append(_in_new_days(old, block, days))
    del data["invoicing"]
    if left:
        data["invoicing"] = left if isinstance(told, list) else left[0]


# ------------------------------------------------------------------ the rows
def _economies(data: Data, case: Case, days: RenewedDays) -> Iterator[Data]:
    """Yield the economy without what has ended, as it was and then in the new prices.

    So the text changes in two steps, and the comments of what is left stay beside it.
    """
    terms = case.terms[-1]
    rows = terms.economy.contributions
    repricing = Repricing(terms, case.config.index, days.first)
    repriced, amounts = repricing.repriced(data)
    counted = [
        NOTHING_MORE if _has_ended(row, case) else each
        for row, each in zip(rows, amounts, strict=True)
    ]
    repricing.restate(repriced, counted)
    for economy in (data, repriced):
        left = [
            _in_new_days(row, each, days)
            for row, each in zip(rows, economy["contributions"], strict=True)
            if not _has_ended(row, case)
        ]
        yield in_order(Economy, economy | {"contributions": left})


def _has_ended(part: Contribution | Invoicing, case: Case) -> bool:
    """Whether a part of the agreement ended before all of it did."""
    end = case.reach.end
    return part.end is not None and end is not None and part.end.last < end


def _in_new_days(part: Contribution | Invoicing, data: Data, days: RenewedDays) -> Data:
    """Return a part's *data* without the days that lie before the new agreement."""
    past = {
        "start": part.start is not None and part.start.first <= days.first,
        "end": part.end is not None and part.end.last < days.first,
    }
    return {key: each for key, each in data.items() if not past.get(key)}


# ------------------------------------------------------------------ what it leaves open
def questions(case: Case) -> Iterator[str]:
    """Yield what in the agreement that follows has to be agreed on anew."""
    terms = case.terms[-1]
    for row in terms.economy.contributions:
        named = f"{jointly([terms.parties[each].called for each in row.party])}: {row.described}"
        if row.basis == "by_year" or row.units_by_year:
            yield tr("{row}: what it is in the years to come is not stated", row=named)
        elif row.basis == "total" and not _has_ended(row, case):
            yield tr("{row}: a total for the whole period, kept as it was", row=named)
    for each in terms.follow_up.duties if terms.follow_up else ():
        if any(isinstance(due, Period) for due in each.due):
            yield tr(
                "follow_up: {what} is left out, since it is dated", what=each.what or each.kind
            )
    if any(each.instalments for each in terms.invoicing):
        yield tr("invoicing: the instalments are left out, since they are dated")
