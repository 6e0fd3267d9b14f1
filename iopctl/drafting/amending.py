"""New amounts from a day on, as the economy block that an amendment puts in place of the old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.case.foreseen import foresight, total_days
from iopctl.drafting.repricing import NOTHING_MORE, Repricing, in_order, part_at
from iopctl.errors import Refused, UserError
from iopctl.language import tr
from iopctl.model.economy import Contribution
from iopctl.model.log import Amendment
from iopctl.money import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from iopctl.case.case import Case
    from iopctl.drafting.repricing import Data
    from iopctl.model import Terms

OTHER_PRICES: Final = ("by_year", "remainder", "unit_price")
"""What an amount a year takes the place of."""


def amended(
    case: Case,
    data: Data,
    effective: date,
    *,
    percent: Decimal = NOTHING_MORE,
    rows: Mapping[str, Decimal] | None = None,
) -> Data:
    """Return the economy from *effective* on: in that year's prices, raised by *percent*.

    *data* is the whole file's. *rows* has amounts a year of rows by what those are called: their
    item, their party, or `party: item`. Rows that have ended are left out: they stand in the terms
    before. A total goes on with the days that it is for, and is left out where these are unknown.

    Raises:
        Refused: the index has no value for a year that is needed, or counts on from the prices
            of the base year, so that *rows* can't be in others.
        UserError: a row is not there, or not alone in what it is called, or states a total.
    """
    terms = case.in_force(effective)
    repricing = Repricing(terms, case.config.index, effective, percent)
    economy, amounts = repricing.repriced(part_at(data, terms.path("economy")))
    if rows and repricing.stays:
        text = tr(
            "{id}: its index counts on from the prices of {year}: write the new blocks to a file,"
            " and name that with --terms",
            id=case.agreement.id,
            year=repricing.year,
        )
        raise Refused(text)
    changed: dict[int, str] = {}
    for name, amount in (rows or {}).items():
        number = _called(terms, name)
        if number in changed:
            raise UserError(
                tr(
                    "--row {name}: that is the row of --row {changed}: name it once",
                    name=name,
                    changed=changed[number],
                )
            )
        changed[number] = name
        row: Data = economy["contributions"][number]
        for price in OTHER_PRICES:
            row.pop(price, None)
        row["amount"], amounts[number] = plain(amount), amount
    behind = [_stays_behind(case, terms, row, effective) for row in terms.economy.contributions]
    counted = [NOTHING_MORE if gone else each for gone, each in zip(behind, amounts, strict=True)]
    repricing.restate(economy, counted)
    economy["contributions"] = [
        _carried_on(case, terms, row, data)
        for row, data, gone in zip(
            terms.economy.contributions, economy["contributions"], behind, strict=True
        )
        if not gone
    ]
    return economy


def refuse_again(case: Case, effective: date, day: str) -> None:
    """Refuse a second raise on the *day* of another for the same days: it would be of the first.

    Raises:
        Refused: an amendment of that day has other amounts from *effective* on.
    """
    logged = (each for each in case.agreement.log if isinstance(each, Amendment))
    alike = (each for each in logged if each.effective == effective and each.date.text == day)
    if any(each.terms.economy for each in alike):
        raise Refused(
            tr(
                "{id}: an amendment of {day} has other amounts from {effective} on already, and"
                " these would be raised again: if that is meant, give it another --date",
                id=case.agreement.id,
                day=day,
                effective=effective,
            )
        )


def _called(terms: Terms, name: str) -> int:
    """Return which row is called *name*."""
    rows = terms.economy.contributions
    found = [number for number, row in enumerate(rows) if name in _names(row)]
    if len(found) != 1:
        known = "; ".join(_names(row)[-1] for row in rows)
        none = tr(
            "--row {name}: no row is called so: write one of: {known}", name=name, known=known
        )
        several = tr(
            "--row {name}: {number} rows are called so: write one of: {known}",
            name=name,
            number=len(found),
            known=known,
        )
        raise UserError(several if found else none)
    if rows[found[0]].basis == "total":
        raise UserError(
            tr(
                "--row {name}: the row states a total for the whole period, and no "
                "amount a year: write the new blocks to a file, and name that with "
                "--terms",
                name=name,
            )
        )
    return found[0]


def _names(row: Contribution) -> tuple[str, ...]:
    """Return what a row is called, the most exact name last."""
    party = "+".join(row.party)
    return (party, row.item, f"{party}: {row.item}") if row.item else (party,)


def _stays_behind(case: Case, terms: Terms, row: Contribution, effective: date) -> bool:
    if row.basis != "total" or row.spread:
        return row.end is not None and row.end.last < effective
    days = total_days(terms, row, foresight(case, terms).end)
    return days is None or days.last < effective


def _carried_on(case: Case, terms: Terms, row: Contribution, data: Data) -> Data:
    """Return the row's *data*; a total keeps the days that it is for, or is spread over."""
    validity = terms.validity
    if row.basis != "total" or validity is None:
        return data
    days = {"start": terms.since["economy"] or validity.first, "end": foresight(case, terms).end}
    known = {key: day.isoformat() for key, day in days.items() if day}
    return in_order(Contribution, known | data)
