"""What a municipality decides for all its agreements: `iopctl.toml`, strict like the files."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import PlainValidator, ValidationError, model_validator

from iopctl import toml
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.pattern import matches, pattern
from iopctl.model.problems import ModelProblem, problems
from iopctl.model.scalars import (
    Day,
    IndexLevel,
    IndexPeriod,
    Length,
    MonthDay,
    Name,
    Percent,
    cut,
    scalar,
    shown,
)
from iopctl.source import dotted

if TYPE_CHECKING:
    from iopctl.source import Path

FILE = "iopctl.toml"
MOST_TOLD = 20
MOST_CHANGE = Decimal(2)  # of a level within a year: more is a misprint, or another base year
LEAST_PERCENT, MOST_PERCENT = Decimal(-50), Decimal(100)


Values: TypeAlias = dict[IndexPeriod, IndexLevel]
"""The values of a series by year (`2024`) or month (`2024-10`)."""


class Edition(Strict):
    """A series as it was published anew, rebased or revised: raises from *since* on follow it."""

    since: Day
    values: Values
    source: Name | None = None


class Series(Strict):
    """An index series: a `level`, or the change in `percent` since a year before.

    Its *values* hold until the first of its later *editions* does. None borrows from another:
    levels of two editions are no measure of a change.
    """

    unit: Literal["level", "percent"]
    values: Values
    source: Name | None = None
    editions: tuple[Edition, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        check = _refuse_no_levels if self.unit == "level" else _refuse_no_percents
        check(self.values, ("values",))
        since = date.min
        for number, edition in enumerate(self.editions):
            check(edition.values, ("editions", number, "values"))
            if edition.since <= since:
                raise refusal(
                    "contradiction",
                    tr(
                        "the edition of {day} stands below that of {before}",
                        day=edition.since,
                        before=since,
                    ),
                    tr("write the editions in the order of their days"),
                    at=("editions", number, "since"),
                )
            since = edition.since
        return self

    def edition(self, day: date) -> Edition:
        """Return the edition that a raise on *day* follows; the first one has held always."""
        later = [each for each in self.editions if each.since <= day]
        return later[-1] if later else self._first

    @cached_property
    def _first(self) -> Edition:
        return Edition.model_construct(since=date.min, values=self.values, source=self.source)


def _refuse_no_levels(values: Values, at: "Path") -> None:
    for period, level in values.items():
        if level <= 0:
            raise refusal(
                "number-spelling",
                tr("the level of {year} is {level}", year=period, level=level),
                tr("a level is above 0"),
                at=(*at, period),
            )
        year, month = int(period[:4]), period[4:]
        before = values.get(f"{year - 1}{month}")
        if (
            before is not None
            and before > 0
            and not 1 / MOST_CHANGE <= level / before <= MOST_CHANGE
        ):
            raise refusal(
                "number-spelling",
                tr(
                    "the level is {before} in {earlier} and {level} in {period}",
                    before=before,
                    earlier=f"{year - 1}{month}",
                    level=level,
                    period=period,
                ),
                tr("compare both; levels of a new base year are an edition of their own"),
                at=(*at, period),
            )


def _refuse_no_percents(values: Values, at: "Path") -> None:
    for period, percent in values.items():
        if not LEAST_PERCENT <= percent <= MOST_PERCENT:
            raise refusal(
                "number-spelling",
                tr("the change in {period} is {percent} percent", period=period, percent=percent),
                tr(
                    'write percent between {least} and {most}, or unit = "level"',
                    least=LEAST_PERCENT,
                    most=MOST_PERCENT,
                ),
                at=(*at, period),
            )


class Benchmark(Strict):
    """The public side's share that the municipality aims at, and how far from it is still near."""

    share: Percent = Decimal(50)
    tolerance: Percent = Decimal(10)

    @property
    def low(self) -> Decimal:
        """The least share within the benchmark, in percent."""
        return self.share - self.tolerance

    @property
    def high(self) -> Decimal:
        """The greatest share within the benchmark, in percent."""
        return self.share + self.tolerance


class LeadTimes(Strict):
    """How many months ahead something is told."""

    expiry_months: Length = 6


class Buyer(Strict):
    """What a buyer asks of invoices: the pattern of its references."""

    reference: Annotated[str, PlainValidator(pattern)]
    example: Name | None = None

    def accepts(self, reference: str) -> bool:
        """Whether a reference is of the pattern."""
        return matches(reference, self.reference)


def _folder(value: object) -> str:
    text = scalar(value, "a folder such as agreements")
    parts = re.split(r"[/\\]", text)
    if not all(parts) or ".." in parts or ":" in text or not text.isprintable():
        raise refusal(
            "contradiction",
            tr("found {text}", text=shown(text)),
            tr("write a folder inside the repository"),
        )
    return text


class Config(Strict):
    """The configuration; every part has a default, so that no file is needed."""

    folder: Annotated[str, PlainValidator(_folder)] = "agreements"
    language: Literal["sv", "en"] | None = None
    benchmark: Benchmark = Benchmark.model_construct(share=Decimal(50), tolerance=Decimal(10))
    lead: LeadTimes = LeadTimes.model_construct(expiry_months=6)
    report_due: MonthDay = (3, 31)
    index: dict[Name, Series] = {}
    buyers: dict[Name, Buyer] = {}
    sek_per_eur: IndexLevel | None = None
    severity: dict[Name, Literal["error", "warning", "note", "off"]] = {}
    select: tuple[Name, ...] = ()
    ignore: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _positive_rate(self) -> Self:
        if self.sek_per_eur is not None and self.sek_per_eur <= 0:
            raise refusal(
                "number-spelling",
                tr("a euro can't cost {sek_per_eur} kronor", sek_per_eur=self.sek_per_eur),
                tr("write the rate as 11.30"),
                at=("sek_per_eur",),
            )
        return self


DEFAULT = Config.model_construct()


def config(text: str, name: str) -> Config:
    """Read the text of an `iopctl.toml`, or of a `pyproject.toml` with a [tool.iopctl] table.

    Raises:
        UserError: naming every key that is wrong, or the first of very many.
    """
    try:
        return Config.model_validate(settings(text, name))
    except ValidationError as error:
        raise UserError(f"{name}: {_told(problems(error, Config))}") from None


def settings(text: str, name: str) -> Any:  # noqa: ANN401 - whatever TOML has
    """Return what such a text says, each value as text.

    Raises:
        UserError: it is no TOML, or too large a number or too deep a list is in it.
    """
    data = toml.tables(text, name)
    own = _table(data, "tool", "iopctl") if name.endswith("pyproject.toml") else data
    return toml.as_text(own, name)


def _told(found: Sequence[ModelProblem]) -> str:
    each_one = [
        f"{'.'.join(map(cut, dotted(each.path).split('.')))}: {each.message}: {each.remedy}"
        for each in found[:MOST_TOLD]
    ]
    if len(found) > MOST_TOLD:
        each_one.append(tr("and {number} more", number=len(found) - MOST_TOLD))
    return "; ".join(each_one)


def _table(data: object, *keys: str) -> object:
    """Return the table that *keys* lead to; it is empty where there is none."""
    for key in keys:
        data = data.get(key, {}) if isinstance(data, dict) else {}
    return data
