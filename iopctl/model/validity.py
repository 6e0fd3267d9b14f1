"""From when to when an agreement holds, and how it may go on."""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Annotated, Final, Literal, Self

from pydantic import PlainValidator, model_validator

from iopctl.dates import MONTHS_A_YEAR, Period, first_day, last_day
from iopctl.language import both, tr
from iopctl.model.base import Strict, refusal
from iopctl.model.choices import meant
from iopctl.model.scalars import (
    Length,
    MonthDay,
    PartialDate,
    Years,
    date_or_yearly,
    misspelt,
    partial_date,
    scalar,
    shown,
)

UNITS: Final[Mapping[str, int]] = {"years": MONTHS_A_YEAR, "months": 1}
"""The keys that state a length, and the months of each."""
MOST_YEARS = 50
YEARS_UNTOLD = 20
"""The years by which rows are bounded where a file leaves open how long they run; no more."""


def _end(value: object) -> Period | Literal["open"]:
    text = scalar(value, "a date such as 2024-12-31, or open")
    if text == "open":
        return "open"
    if write := meant(text, "'open'"):
        raise misspelt("date-spelling", text, write)
    if not any(each.isdecimal() for each in text):
        raise refusal(
            "date-spelling",
            tr("found {text}, which is no day", text=shown(text)),
            tr("write 2024-12-31, 2024-12 or 2024; or open, where it holds until further notice"),
        )
    return partial_date(text)


End = Annotated[Period | Literal["open"], PlainValidator(_end)]
NoticeBy = Annotated[Period | MonthDay, PlainValidator(date_or_yearly)]
ExtensionKind = Literal["mutual", "option", "automatic", "none", "unspecified"]


class Granted(Strict):
    """One extension of several whose lengths differ."""

    years: Years | None = None
    months: Length | None = None

    @model_validator(mode="after")
    def _some_length(self) -> Self:
        _one_length(self)
        if not self.length:
            raise refusal(
                "half-stated", tr("an extension has no length"), tr("add years or months")
            )
        return self

    @property
    def length(self) -> int:
        """Its months."""
        return _length(self) or 0


class Extension(Strict):
    """How the agreement may be extended: by whom, how many times (absent: any), how long each.

    *options* are the extensions one by one, where they are of different length.
    """

    kind: ExtensionKind
    times: Years | None = None
    years: Years | None = None
    months: Length | None = None
    options: tuple[Granted, ...] = ()

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        _one_length(self)
        if self.kind == "none" and (self.times or self.length or self.options):
            raise refusal(
                "contradiction",
                tr("there is no extension, yet it has a number or length"),
                tr("take one of them out"),
            )
        if self.options and (self.times or self.length):
            raise refusal(
                "stated-twice",
                tr("options and the number or length of all are both given"),
                tr("keep options where the lengths differ"),
                at=("options",),
            )
        if self.kind == "automatic" and not self.length and not self.options:
            raise refusal(
                "half-stated", tr("an automatic extension has no length"), tr("add years or months")
            )
        return self

    @property
    def length(self) -> int | None:
        """The months of each extension; None where it is not stated, or not the same for all."""
        return _length(self)

    @property
    def number(self) -> int | None:
        """How many extensions are granted; None without limit."""
        return len(self.options) or self.times

    @property
    def lengths(self) -> tuple[int, ...]:
        """The months of each of *options*."""
        return tuple(each.length for each in self.options)

    def months_after(self, number: int) -> int | None:
        """Return the months of the first *number* extensions; None where that is not known."""
        if self.options:
            return sum(self.lengths[:number]) if number <= len(self.options) else None
        return self.length and self.length * number


class Validity(Strict):
    """The days that the agreement holds; both ends are included, unknown ones are absent."""

    signed: PartialDate | None = None
    start: PartialDate | None = None
    end: End | None = None
    years: Years | None = None
    months: Length | None = None
    notice_months: Length | None = None
    notice_by: NoticeBy | None = None
    extension: Extension | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _one_length(self)
        if self.notice_months and self.notice_by:
            raise refusal(
                "stated-twice",
                tr("notice_months and notice_by are both given"),
                tr("keep the agreement's own"),
                at=("notice_by",),
            )
        first, last = self.first, self.last
        if first and last and last < first:
            raise refusal(
                "validity-reversed",
                tr("the end {last} is before the start {first}", last=last, first=first),
                tr("compare both dates with the agreement"),
                at=("end",),
            )
        if first and last and last.year - first.year > MOST_YEARS:
            raise refusal(
                "contradiction",
                tr(
                    "{first} to {last} is more than {most_years} years",
                    first=first,
                    last=last,
                    most_years=MOST_YEARS,
                ),
                tr("write end: open for an agreement without end"),
                at=("end",),
            )
        if self.is_open and self.length:
            raise refusal(
                "contradiction",
                tr("an open-ended agreement has no length"),
                tr("take one of them out"),
                at=("end",),
            )
        return self

    @property
    def length(self) -> int | None:
        """The agreement's length in months, where it is stated."""
        return _length(self)

    @property
    def is_open(self) -> bool:
        """Whether it holds until further notice (tills vidare)."""
        return self.end == "open"

    @property
    def first(self) -> date | None:
        """The first day, reckoned from the end and the length where it is not written."""
        if self.start:
            return self.start.first
        if isinstance(self.end, Period) and self.length:
            return first_day(self.end.last, self.length)
        return None

    @property
    def last(self) -> date | None:
        """The last day before any extension, reckoned from start and length if not written."""
        if isinstance(self.end, Period):
            return self.end.last
        if self.start and self.length:
            return last_day(self.start.first, self.length)
        return None

    @property
    def most_years(self) -> int:
        """How many calendar years it may touch, all extensions taken; YEARS_UNTOLD if unknown."""
        extension = self.extension
        longer = extension.months_after(extension.number or 0) if extension else 0
        unlimited = extension and extension.number is None
        if self.first is None or self.last is None or unlimited or longer is None:
            return YEARS_UNTOLD
        return self.last.year - self.first.year + 1 + ceil(longer / MONTHS_A_YEAR)

    @property
    def known_first(self) -> Period | None:
        """The first day, or the month or year of it where no more is written."""
        return self.start or _one_day(self.first)

    @property
    def known_last(self) -> Period | None:
        """The last day before any extension, likewise."""
        if isinstance(self.end, Period):
            return self.end
        return _one_day(self.last)


def _one_day(day: date | None) -> Period | None:
    return None if day is None else Period.of(day, day)


def _length(block: Granted | Extension | Validity) -> int | None:
    """Return the months that a block states by one of the units."""
    lengths = ((getattr(block, unit), months) for unit, months in UNITS.items())
    return next((number * months for number, months in lengths if number), None)


def _one_length(block: Granted | Extension | Validity) -> None:
    units = [unit for unit in UNITS if getattr(block, unit)]
    if len(units) > 1:
        raise refusal(
            "stated-twice",
            tr("{units} are both given", units=both(units)),
            tr("write the length in one of them"),
            at=(units[1],),
        )
