"""What a municipality decides for all its agreements: `iopctl.toml`, strict like the files."""

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import PlainValidator, ValidationError, model_validator

from iopctl.errors import UserError
from iopctl.model.base import Strict, refusal
from iopctl.model.problems import problems
from iopctl.model.scalars import Length, Level, MonthDay, Percent, Text, Year, scalar, shown

FILE = "iopctl.toml"
LONGEST_PATTERN = 200
MOST_VARIABLE = 3
_VARIABLE = re.compile(r"[*+?]|\{[0-9]*,[0-9]*\}")
_REPEATED = re.compile(r"\)[*+?{]|[*+?}][*+{]|\\[1-9]|\(\?")


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
                        f"the level of {year} is {level}",
                        "a level is above 0",
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


def _pattern(value: object) -> re.Pattern[str]:
    text = scalar(value, "a pattern such as [0-9]{3}Z")
    # The pattern is the repository's, so it must not be able to keep a check busy: what is left
    # of regular expressions here is matched in time that a short reference bounds.
    much = len(text) > LONGEST_PATTERN or len(_VARIABLE.findall(text)) > MOST_VARIABLE
    if much or _REPEATED.search(text):
        raise refusal(
            "contradiction",
            "the pattern repeats a group, or has too many parts of varying length",
            "write it with character classes and counts, as [0-9]{3}Z",
        )
    try:
        return re.compile(text, re.ASCII)
    except re.error as error:
        why = f"the pattern can't be read: {error}"
    raise refusal("contradiction", why, "write it as [0-9]{3}Z")


class Buyer(Strict):
    """What a buyer asks of invoices: the pattern of its references."""

    reference: Annotated[re.Pattern[str], PlainValidator(_pattern)]
    example: Text | None = None


def _folder(value: object) -> str:
    text = scalar(value, "a folder such as agreements")
    parts = re.split(r"[/\\]", text)
    if not all(parts) or ".." in parts or ":" in text:
        raise refusal(
            "contradiction", f"found {shown(text)}", "write a folder inside the repository"
        )
    return text


class Config(Strict):
    """The configuration; every part has a default, so that no file is needed."""

    folder: Annotated[str, PlainValidator(_folder)] = "agreements"
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
                f"a euro can't cost {self.sek_per_eur} kronor",
                "write the rate as 11.30",
                at=("sek_per_eur",),
            )
        return self


DEFAULT = Config.model_construct()


def config(text: str, name: str) -> Config:
    """Read the text of an `iopctl.toml`, or of a `pyproject.toml` with a [tool.iopctl] table.

    Raises:
        UserError: naming every key that is wrong.
    """
    try:
        return Config.model_validate(settings(text, name))
    except ValidationError as error:
        found = "; ".join(
            f"{'.'.join(map(str, each.path))}: {each.message}: {each.remedy}"
            for each in problems(error, Config)
        )
        raise UserError(f"{name}: {found}") from None


def settings(text: str, name: str) -> dict[str, Any]:
    """Return what such a text says, each value as text.

    Raises:
        UserError: it is no TOML.
    """
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"{name}: {error}") from None
    if name.endswith("pyproject.toml"):
        data = data.get("tool", {}).get("iopctl", {})
    return {key: _as_text(each) for key, each in data.items()}


def _as_text(value: object) -> object:
    """Turn TOML's values to the text that agreement files have, so that one reader serves both."""
    match value:
        case dict():
            return {key: _as_text(each) for key, each in value.items()}
        case list():
            return [_as_text(each) for each in value]
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
