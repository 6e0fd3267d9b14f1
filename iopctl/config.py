"""What a municipality decides for all its agreements: `iopctl.toml`, strict like the files."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Self

from pydantic import PlainValidator, ValidationError, model_validator

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.model.base import Strict, refusal
from iopctl.model.pattern import matches, pattern
from iopctl.model.problems import ModelProblem, problems
from iopctl.model.scalars import Length, Level, MonthDay, Percent, Text, Year, cut, scalar, shown

FILE = "iopctl.toml"
DEEPEST = 10
LONGEST_NUMBER = 40
MOST_BITS = 128
MOST_TOLD = 20


class Series(Strict):
    """An index series in one edition: a `level` or the year's change in `percent`, by year."""

    unit: Literal["level", "percent"]
    values: dict[Year, Level]
    source: Text | None = None

    @model_validator(mode="after")
    def _positive_levels(self) -> Self:
        if self.unit == "level":
            for year, level in self.values.items():
                if level <= 0:
                    raise refusal(
                        "number-spelling",
                        tr("the level of {year} is {level}", year=year, level=level),
                        tr("a level is above 0"),
                        at=("values", str(year)),
                    )
        return self


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
    example: Text | None = None

    def accepts(self, reference: str) -> bool:
        """Whether a reference is of the pattern."""
        return matches(reference, self.reference)


def _folder(value: object) -> str:
    text = scalar(value, "a folder such as agreements")
    parts = re.split(r"[/\\]", text)
    if not all(parts) or ".." in parts or ":" in text:
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
    index: dict[Text, Series] = {}
    buyers: dict[Text, Buyer] = {}
    sek_per_eur: Level | None = None
    severity: dict[Text, Literal["error", "warning", "note", "off"]] = {}
    select: tuple[Text, ...] = ()
    ignore: tuple[Text, ...] = ()

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
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=_float)
        return _as_text(_table(data, "tool", "iopctl") if name.endswith("pyproject.toml") else data)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name}: {error}") from None
    except RecursionError:
        raise UserError(
            tr(
                "{name}: more than {deepest} lists or tables lie in one another",
                name=name,
                deepest=DEEPEST,
            )
        ) from None
    except ValueError:  # of Python, which turns no very long text into a number
        raise UserError(tr("{name}: a number in it has thousands of digits", name=name)) from None


def _told(found: Sequence[ModelProblem]) -> str:
    each_one = [
        f"{'.'.join(cut(str(part)) for part in each.path)}: {each.message}: {each.remedy}"
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


# ------------------------------------------------------------------ what TOML has
def _float(text: str) -> Decimal | str:
    """Read a number, where it is one that could be written out."""
    try:
        number = Decimal(text if len(text) <= LONGEST_NUMBER else "nan")
    except InvalidOperation:  # its exponent is more than a decimal can have
        return text
    return number if number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER else text


def _as_text(value: object, depth: int = 0) -> object:
    """Turn TOML's values to the text that agreement files have, so that one reader serves both."""
    if depth > DEEPEST:
        raise RecursionError
    match value:
        case dict():
            return {key: _as_text(each, depth + 1) for key, each in value.items()}
        case list():
            return [_as_text(each, depth + 1) for each in value]
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > MOST_BITS:
            return f"{value:#x}"  # as decimals, it may have more digits than Python will write
        case Decimal():
            return f"{value:f}"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
