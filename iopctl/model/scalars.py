"""The one spelling of each kind of value: amounts, percents, dates, ids and identifiers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, PlainValidator, StringConstraints

from iopctl import dates
from iopctl.dates import Period
from iopctl.language import tr
from iopctl.model.base import refusal
from iopctl.model.choices import meant
from iopctl.money import spelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import PydanticCustomError

    from iopctl.source import Path

_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{2})?")
MOST_KRONOR: Final = Decimal("9999999999999.99")
"""The largest amount that a file can state."""
_PERCENT = re.compile(r"-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,4})?")
_LEVEL = re.compile(r"-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?")
_SHARE = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_WITH_UNIT = re.compile(rf"({_COUNT.pattern})\s*([^\W\d_]+)")
_IN_DAYS = ("dag", "dagar", "day", "days")
_IN_MONTHS = ("mån", "månad", "månader", "month", "months")
_IN_YEARS = ("år", "year", "years")
_QUANTITY = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10)))
)
_LONGEST_ID: Final = 64
LONGEST_NAME: Final = 1000
"""Characters of a title, a name or a reference, and of any word: they stand in a table's cell."""

HUNDRED_PERCENT: Final = Decimal(100)
_SHOWN: Final = 40


def cut(text: str) -> str:
    """Return *text* on one line, cut where it would drown a message."""
    line = text.replace("\n", "\\n").replace("\r", "\\r")
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def shown(text: str) -> str:
    """Quote *text* for a message, cut where it would drown it."""
    return f"'{cut(text)}'"


def scalar(value: object, wanted: str, *, at: Path = ()) -> str:
    """Return *value*, which must be text in the file: no list, mapping or nothing."""
    if isinstance(value, str):
        return value
    told = tr("found {found} where {wanted} is wanted", found=described(value), wanted=tr(wanted))
    raise refusal("wrong-shape", told, tr("write {wanted}", wanted=tr(wanted)), at=at)


def described(value: object) -> str:
    """Describe what stands in place of a value: a text is quoted, all else named by its kind."""
    match value:
        case str():
            return shown(value)
        case dict():
            return tr("a mapping")
        case list():
            return tr("a list")
        case _:
            return tr("nothing")


def misspelt(rule: str, text: str, write: str) -> PydanticCustomError:
    """Return the error that refuses *text*, which can but mean what is spelled *write*."""
    return refusal(
        rule, tr("found {text}", text=shown(text)), tr("write {meant}", meant=write), write=write
    )


# ------------------------------------------------------------------ amounts and numbers
def amount(value: object) -> Decimal:
    """Read kronor: `1710000` or `1710000.50`, at most 13 digits, never negative."""
    text = scalar(value, "an amount such as 1710000 or 1710000.50")
    if _AMOUNT.fullmatch(text):
        return Decimal(text)
    if write := spelled(text):
        raise misspelt("amount-spelling", text, write)
    raise refusal(
        "amount-spelling",
        tr("found {text}, which is no amount", text=shown(text)),
        tr("write kronor as 1710000, or 1710000.50 with öre"),
    )


_DECIMAL_COMMA: Final = re.compile(r"\A(-?[0-9]+),([0-9]+)\Z")


def _number(
    pattern: re.Pattern[str], low: str, high: str, wanted: str
) -> Callable[[object], Decimal]:
    lowest, highest = Decimal(low), Decimal(high)

    def read(value: object) -> Decimal:
        text = scalar(value, wanted)
        if pattern.fullmatch(text) and lowest <= (number := Decimal(text)) <= highest:
            return number
        plain = _DECIMAL_COMMA.sub(r"\1.\2", text.removesuffix("%").strip())
        if pattern.fullmatch(plain) and lowest <= Decimal(plain) <= highest:
            raise misspelt("number-spelling", text, plain)
        raise refusal(
            "number-spelling",
            tr("found {text}", text=shown(text)),
            tr("write {wanted}", wanted=tr(wanted)),
        )

    return read


def percentage(text: str) -> Decimal | None:
    """Read a percentage from 0 to 100 with at most two decimals; None if *text* is none."""
    found = Decimal(text) if _SHARE.fullmatch(text) else None
    return found if found is not None and found <= HUNDRED_PERCENT else None


def _count(low: int, high: int, wanted: str, *units: str) -> Callable[[object], int]:
    """Return how a whole number is read; one of the *units* behind it is told to be left out."""

    def read(value: object) -> int:
        text = scalar(value, wanted)
        if _COUNT.fullmatch(text) and low <= (number := int(text)) <= high:
            return number
        said = _WITH_UNIT.fullmatch(text)
        if said and said[2].casefold() in units and low <= int(said[1]) <= high:
            raise misspelt("number-spelling", text, said[1])
        raise refusal(
            "number-spelling",
            tr("found {text}", text=shown(text)),
            tr("write {wanted} between {low} and {high}", wanted=tr(wanted), low=low, high=high),
        )

    return read


def flag(value: object) -> bool:
    """Read `true` or `false`."""
    text = scalar(value, "true or false")
    if text not in {"true", "false"}:
        if write := meant(text, "'true' or 'false'"):
            raise misspelt("choice-unknown", text, write)
        raise refusal(
            "choice-unknown", tr("found {text}", text=shown(text)), tr("write true or false")
        )
    return text == "true"


# ------------------------------------------------------------------ ids and dates
UNKNOWN_DATE: Final = Period(date(dates.FIRST_YEAR, 1, 1), date(dates.LAST_YEAR, 12, 31), "unknown")
"""What stands for a date that nobody knows: any day that the format has."""


def slug(value: object) -> str:
    """Read an id or handle: lower-case ASCII words joined by hyphens, at most 64 characters."""
    text = scalar(value, "an id such as stadsmissionen-2024")
    if len(text) <= _LONGEST_ID and _SLUG.fullmatch(text) and text not in _RESERVED:
        return text
    raise refusal(
        "id-spelling",
        tr("found {text}", text=shown(text)),
        tr(
            "write lower-case letters a-z and digits, begun by a letter, joined by "
            "single hyphens, at most {longest_id} characters",
            longest_id=_LONGEST_ID,
        ),
    )


# What begins with the year can be meant in one way alone, and 31/12 2024, unlike 1/2 2024.
_PASTED_DAY = re.compile(
    r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[ T]00:00(?::00)?)?"
)
_DAY_FIRST: Final = re.compile(r"(1[3-9]|2[0-9]|3[01])[/.]([0-9]{1,2})[ /.-]([0-9]{4})")
_MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
    *("september", "oktober", "november", "december"),
)
_WORDED_DAY: Final = re.compile(
    rf"(?:(?:den )?([0-9]{{1,2}}) )?({'|'.join(_MONTHS)}) ([0-9]{{4}})", re.IGNORECASE
)


def _pasted_day(text: str) -> str:
    """Return how `2024-1-31`, `20240131`, `31/1 2024` or `31 januari 2024` is spelled, else ""."""
    if found := _PASTED_DAY.fullmatch(text):
        return "-".join(f"{each:0>2}" for each in found.groups() if each)
    if found := _DAY_FIRST.fullmatch(text):
        return f"{found[3]}-{found[2]:0>2}-{found[1]}"
    if worded := _WORDED_DAY.fullmatch(text):
        month = _MONTHS.index(worded[2].lower()) + 1
        return f"{worded[3]}-{month:02}" + (f"-{worded[1]:0>2}" if worded[1] else "")
    return ""


def partial_date(value: object) -> Period:
    """Read a date known to the day, month or year, as the days it may mean."""
    return _date(value, tr("write 2024-01-31, or 2024-01 or 2024 where no more is known"))


def _date(value: object, remedy: str) -> Period:
    text = scalar(value, "a date such as 2024-01-31")
    if found := dates.day_month_or_year(text):
        return found
    write = _pasted_day(text)
    if dates.day_month_or_year(write):
        raise misspelt("date-spelling", text, write)
    raise refusal(
        "date-spelling",
        tr(
            "found {text}, which is no day from {first_year} to {last_year}",
            text=shown(text),
            first_year=dates.FIRST_YEAR,
            last_year=dates.LAST_YEAR,
        ),
        remedy,
    )


def known_date(value: object) -> Period:
    """Read a date, or `unknown`: then it may be any day."""
    text = scalar(value, "a date such as 2024-01-31, or unknown")
    return UNKNOWN_DATE if text == UNKNOWN_DATE.text else partial_date(value)


def day(value: object) -> date:
    """Read a date that must be known to the day."""
    remedy = tr("write the whole date, as 2024-01-31")
    found = _date(value, remedy)
    if found.first == found.last:
        return found.first
    raise refusal("date-spelling", tr("found {found}", found=shown(found.text)), remedy)


def year(value: object) -> int:
    """Read a calendar year from 1990 to 2199."""
    return _year(value)


_year = _count(dates.FIRST_YEAR, dates.LAST_YEAR, "a year")


def month_day(value: object) -> tuple[int, int]:
    """Read a day of every year, `03-31`, as month and day."""
    text = scalar(value, "a day of the year such as 03-31")
    found = _MONTH_DAY.fullmatch(text)
    if found and dates.day_month_or_year(f"2023-{text}"):  # no leap day: it is not in every year
        return int(found[1]), int(found[2])
    raise refusal(
        "date-spelling", tr("found {text}", text=shown(text)), tr("write month and day, as 03-31")
    )


def date_or_yearly(value: object) -> Period | tuple[int, int]:
    """Read a day, month or year, or else a day of every year."""
    text = scalar(value, "a date such as 2024-06-30, or 06-30 for every year")
    return month_day(text) if len(text) == len("06-30") else partial_date(text)


def index_period(value: object) -> str:
    """Read the year or the month of a value of an index series, as it is written."""
    text = scalar(value, tr("a year or a month such as 2024 or 2024-10"))
    found = dates.day_month_or_year(text)
    if found and found.first != found.last:
        return text
    raise refusal(
        "date-spelling",
        tr("found {text}, which is neither a year nor a month", text=shown(text)),
        tr("write 2024, or 2024-10 for a month"),
    )


def period(value: object) -> Period:
    """Read the period of an invoice or report."""
    text = scalar(value, "a period such as 2024 or 2024-Q1")
    if found := dates.period(text):
        return found
    raise refusal(
        "date-spelling",
        tr("found {text}, which is no period", text=shown(text)),
        tr("write 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 or 2020-01-01/2022-12-31"),
    )


def words(text: str) -> str:
    """Let *text* through that has a letter: a list of numbers is no list of activities."""
    if any(each.isalpha() for each in text):
        return text
    raise refusal(
        "wrong-shape",
        tr("found {text}, which has no word", text=shown(text)),
        tr("write it in words"),
    )


def unbroken(text: str) -> str:
    """Let *text* through whose words fit on a page: none of them can be broken into lines."""
    longest = max(map(len, text.split())) if len(text) > LONGEST_NAME else 0
    if longest <= LONGEST_NAME:
        return text
    raise refusal(
        "too-large",
        tr(
            "a word of the text has {length} characters, more than {limit}",
            length=longest,
            limit=LONGEST_NAME,
        ),
        tr("part it by spaces, or take it out"),
    )


def name(text: str) -> str:
    """Let *text* through that fits on a page: it stands in every table, picture and paper."""
    if len(text) <= LONGEST_NAME:
        return text
    raise refusal(
        "too-large",
        tr("found {length} characters, more than {limit}", length=len(text), limit=LONGEST_NAME),
        tr("shorten it, and tell the rest where there is room for a text"),
    )


def title(text: str) -> str:
    """Let a title through as short as a `name`."""
    if len(text) <= LONGEST_NAME:
        return text
    raise refusal(
        "too-large",
        tr(
            "the title has {length} characters, more than {limit}",
            length=len(text),
            limit=LONGEST_NAME,
        ),
        tr("shorten it, and tell the rest under purpose"),
    )


# ------------------------------------------------------------------ the types of the model
_SomeText = Annotated[str, StringConstraints(strict=True, min_length=1, pattern=r"\S")]
Text = Annotated[_SomeText, AfterValidator(unbroken)]
Name = Annotated[_SomeText, AfterValidator(name)]
Title = Annotated[_SomeText, AfterValidator(title)]
Words = Annotated[Text, AfterValidator(words)]
Kronor = Annotated[Decimal, PlainValidator(amount)]
Percent = Annotated[
    Decimal, PlainValidator(_number(_PERCENT, "0", "100", "a percentage such as 80 or 2.5"))
]
Rate = Annotated[
    Decimal, PlainValidator(_number(_PERCENT, "-50", "100", "percent a year such as 2 or 2.5"))
]
IndexLevel = Annotated[
    Decimal, PlainValidator(_number(_LEVEL, "-1000000", "9999999", "a number such as 101.2"))
]
Quantity = Annotated[
    Decimal, PlainValidator(_number(_QUANTITY, "0", "999999999", "a number such as 400 or 37.5"))
]
Count = Annotated[int, PlainValidator(_count(0, 1_000_000, "a whole number"))]
PaymentDays = Annotated[int, PlainValidator(_count(0, 365, "a whole number of days", *_IN_DAYS))]
Inhabitants = Annotated[int, PlainValidator(_count(1, 20_000_000, "a whole number"))]
Members = Annotated[int, PlainValidator(_count(1, 1_000_000, "a whole number"))]
Length = Annotated[int, PlainValidator(_count(1, 600, "a whole number", *_IN_MONTHS))]
Years = Annotated[int, PlainValidator(_count(1, 50, "a whole number of years", *_IN_YEARS))]
Month = Annotated[int, PlainValidator(_count(1, 12, "a month"))]
Lag = Annotated[int, PlainValidator(_count(0, 10, "a whole number of years", *_IN_YEARS))]
Flag = Annotated[bool, PlainValidator(flag)]
Slug = Annotated[str, PlainValidator(slug)]
Day = Annotated[date, PlainValidator(day)]
PartialDate = Annotated[Period, PlainValidator(partial_date)]
AnyDate = Annotated[Period, PlainValidator(known_date)]
Year = Annotated[int, PlainValidator(year)]
IndexPeriod = Annotated[str, PlainValidator(index_period)]
MonthDay = Annotated[tuple[int, int], PlainValidator(month_day)]
PeriodText = Annotated[Period, PlainValidator(period)]
