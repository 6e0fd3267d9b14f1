"""What one row gives for some days of a year, and how that came about."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from iopctl.case.foreseen import Foresight, total_days
from iopctl.case.raises import NOT_RAISED, NoRate
from iopctl.dates import (
    MONTHS_A_YEAR,
    ONE_DAY,
    Period,
    months,
    months_by_first_day,
    months_in,
    of_a_year,
    without,
)
from iopctl.language import marked, tr
from iopctl.model.index import is_compound
from iopctl.money import KRONA, NOTHING, ORE, rounded, shared, total
from iopctl.tables import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from iopctl.case.indexing import Raises
    from iopctl.case.raises import Raise, RaisedKrona
    from iopctl.model.economy import Contribution, Economy, Rounding
    from iopctl.model.terms import Terms

NOT_PRICED = marked("the row is not priced")
ONCE = Fraction(1)


class Derivation(NamedTuple):
    """How an amount came about: (*base* × *factor* + *added*) for *part* of the year, rounded.

    The part is of *over* months: twelve, but of an amount for this very year those that are held.

    *base* is a whole year's: in the prices of the base year, or last year's amount where each
    year is raised from the one before. *stated* is what the row itself states for a whole year.
    *steps* are the raises behind *factor* and *added*. Where a year's amount is rounded before a
    part of it is taken, that is the base, and *whole* is how it came about.
    Without *rounding* the base stands as it is written. Of an amount that is *divided*, each part
    is within one unit of what the figures give, and the parts add up.
    """

    stated: Decimal
    base: Decimal
    factor: Fraction
    part: Fraction
    rounding: Rounding | None
    divided: bool = False
    added: Fraction = Fraction(0)
    steps: tuple[Raise, ...] = ()
    whole: Derivation | None = None
    over: Fraction = Fraction(MONTHS_A_YEAR)

    @property
    def months(self) -> Fraction:
        """The months that it is for."""
        return self.part * self.over


class Spread(NamedTuple):
    """How a part of a *total* came about: that of its *months*, out of those that it is *over*.

    What does not divide evenly goes to the months with the largest remainders.
    """

    total: Decimal
    months: Fraction
    over: Fraction


class Why(NamedTuple):
    """Why an amount is unknown: a text of the catalogue, and the values that it names."""

    text: str = ""
    values: tuple[tuple[str, object], ...] = ()

    @property
    def reason(self) -> str:
        """The reason in the language that is used when it is told."""
        return tr(self.text, **dict(self.values))


class Worth(NamedTuple):
    """What a row gives, in kronor; *amount* None is unknown, and *why* says so.

    *lacking* is all that its index lacks for it.
    """

    amount: Decimal | None
    why: Why | NoRate = Why()
    derivation: Derivation | Spread | None = None
    lacking: tuple[NoRate, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is unknown, in words; "" where it is not."""
        return self.why.reason


class Prices(NamedTuple):
    """What a row of an economy is priced by; *terms* are those that the economy was agreed with.

    *foresight* is how far it was decided then.
    """

    raises: Raises
    terms: Terms
    foresight: Foresight = Foresight(None)

    @property
    def economy(self) -> Economy:
        """The economy."""
        return self.terms.economy


def worth(row: Contribution, days: Period, whole: Sequence[Period], prices: Prices) -> Worth:
    """Return what *row* gives for *days* of one calendar year, *whole* being all of its days there.

    A year's amount is raised by the index's factor, taken for the months of *days* and rounded
    once; it stands as written when neither changes it. No raise is made within *days*. An amount
    stated for this very year is for *whole*, and a total that is spread over months gives those
    of *days*.
    """
    year = days.first.year
    match row.basis:
        case "amount" | "remainder":
            return _raised(row, prices.economy.yearly(row), _yearly(days), days.first, prices)
        case "units":
            time = _yearly(days) if row.units_by_year is None else _share(days, whole)
            return _raised(row, row.price_in(year), time, days.first, prices)
        case "by_year":
            stated = (row.by_year or {}).get(year)
            if stated is None:
                return Worth(None, Why(marked("no amount is stated for {year}"), (("year", year),)))
            return _computed(row, stated, NOT_RAISED, _share(days, whole), prices)
        case "total":
            return _spread(row, row.total or NOTHING, days, prices)
        case "none":
            return Worth(None, Why(NOT_PRICED))


def yearly(economy: Economy, rows: Iterable[Contribution]) -> Amount:
    """Return what *rows* add up to in a year of the base year's prices, as far as it is known.

    A total for the whole period is no known part of a year's sum.
    """
    amounts = [economy.yearly(row) for row in rows if row.total is None]
    known = [each for each in amounts if each is not None]
    return Amount(total(known), complete=len(known) == len(amounts))


class _Time(NamedTuple):
    """The *part* of a year's amount that is given, of so many months."""

    part: Fraction
    over: Fraction = Fraction(MONTHS_A_YEAR)


def _yearly(days: Period) -> _Time:
    return _Time(of_a_year(days))


def _share(days: Period, whole: Iterable[Period]) -> _Time:
    over = months_in(whole)
    return _Time(months(days.first, days.last) / over, over)


# ------------------------------------------------------------------ an amount a year
def _raised(
    row: Contribution, base: Decimal | None, time: _Time, day: date, prices: Prices
) -> Worth:
    if base is None:
        units = Why(marked("no units are stated for {year}"), (("year", day.year),))
        missing = Why(marked("another row has no amount")) if row.remainder else units
        return Worth(None, missing)
    raised = prices.raises.on(day) if row.indexed else NOT_RAISED
    if prices.terms.base_year is None and prices.economy.index_of(row):
        told = marked("which year's prices the amount is in is not known: add base_year")
        return Worth(None, Why(told))
    if isinstance(raised, NoRate):
        lacking = tuple(prices.raises.lacking(day)) or (raised,)
        return Worth(None, raised, lacking=lacking)
    return _computed(row, base, raised, time, prices)


def _computed(
    row: Contribution, stated: Decimal, raised: RaisedKrona, time: _Time, prices: Prices
) -> Worth:
    rounding = prices.economy.rounding
    # What is reckoned from units and their price is rounded even where nothing raises it.
    written = rounding if row.basis == "units" else None
    first = Derivation(stated, stated, ONCE, time.part, written, over=time.over)
    if is_compound(prices.economy.index_of(row)):
        return _compounded(first, raised, rounding)
    changed = raised.factor != 1 or time.part != 1 or raised.added
    return _rounded(
        first._replace(
            factor=raised.factor,
            added=raised.added,
            rounding=rounding if changed else written,
            steps=raised.steps,
        )
    )


def _compounded(first: Derivation, raised: RaisedKrona, rounding: Rounding) -> Worth:
    """Raise last year's amount as it was shown, as those do who raise the sum that they pay.

    A part of a year is one of the year's amount, and rounded again.
    """
    last = first._replace(part=ONCE)
    for step in raised.steps:
        if step.rate:
            last = Derivation(
                first.stated, _amount(last), 1 + step.rate, ONCE, rounding, steps=(step,)
            )
        else:  # a year without a raise stands beside the one that was raised last
            last = last._replace(steps=(*last.steps, step))
    if first.part != 1:
        is_raised = last.factor != 1
        last = Derivation(
            first.stated,
            _amount(last),
            ONCE,
            first.part,
            rounding,
            steps=() if is_raised else last.steps,
            whole=last if is_raised else None,
            over=first.over,
        )
    return _rounded(last)


def _rounded(derivation: Derivation) -> Worth:
    return Worth(_amount(derivation), derivation=derivation)


def _amount(derivation: Derivation) -> Decimal:
    base, rounding = derivation.base, derivation.rounding
    if rounding is None:
        return base
    if derivation.added:
        exact = (Fraction(base) * derivation.factor + derivation.added) * derivation.part
        return rounded(exact, *rounding.how)
    factor = derivation.factor * derivation.part
    return rounded(base, *rounding.how, factor=factor)


# ------------------------------------------------------------------ a total over months
def _spread(row: Contribution, total: Decimal, days: Period, prices: Prices) -> Worth:
    """Add up the months of *days* that the total was agreed for; a broken one by days over days.

    What it comes to after them is unknown, be the agreement extended or its end amended.
    """
    period = total_days(prices.terms, row, prices.foresight.end)
    if period is None:
        return Worth(None, Why(marked("the months that the total is spread over are unknown")))
    if days.last > period.last:
        told = marked("the total is for the time to {day}: end the row there if that is all")
        return Worth(None, Why(told, (("day", period.last),)))
    # Of what is given to a day, what is given before another: so no cut loses a krona.
    over = tuple(without(period, prices.foresight.gaps))
    before = _until(days.first - ONE_DAY, total, over)
    part = days.overlap(period.first, period.last)
    own = months_in([part] if part else [])
    how = Spread(total, own, months_in(over))
    return Worth(_until(days.last, total, over) - before, derivation=how)


def _until(day: date, total: Decimal, over: tuple[Period, ...]) -> Decimal:
    """Return what a total that is spread *over* days gives to *day*, half up to its own unit."""
    exact = Fraction(0)
    for month, amount in _months(total, over):
        held = month.overlap(month.first, day)
        if held is None:
            break
        part = Fraction((held.last - held.first).days + 1, (month.last - month.first).days + 1)
        exact += Fraction(amount) * part
    return rounded(exact, KRONA if total == total.to_integral_value() else ORE)


@lru_cache(maxsize=64)  # the same for every year of the row
def _months(total: Decimal, over: tuple[Period, ...]) -> tuple[tuple[Period, Decimal], ...]:
    """Divide a total over its months, with largest remainder; a gap may part one."""
    covered: list[tuple[Period, Fraction]] = []
    for stretch in over:
        found = months_by_first_day(stretch.first, stretch.last)
        lasts = [*(day - ONE_DAY for day, _ in found[1:]), stretch.last]
        covered += [
            (Period(first, last, ""), part)
            for (first, part), last in zip(found, lasts, strict=True)
        ]
    parts = shared(total, [part for _, part in covered])
    return tuple((days, part) for (days, _), part in zip(covered, parts, strict=True))
