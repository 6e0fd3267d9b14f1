"""Dates and lengths of time in a text, in Swedish and English spellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import dates
from iopctl.reading.numbers import COUNT, WORDS, count

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "mars mar march",
            "april apr",
            "maj may",
            "juni jun june",
            "juli jul july",
            "augusti aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = re.compile(
    rf"(?<![\d/-])(?P<y>{_YEAR})[-./](?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})(?!\d)"
    rf"|(?<![\d-])(?P<y6>{_YEAR})(?P<m6>[01]\d)(?P<d6>[0-3]\d)(?!\d)"
    rf"|(?<![\d])(?P<d2>\d{{1,2}})(?:\s*:?[ae]|st|nd|rd"
    rf"|th)?(?:\s+of)?\s+(?P<m2>{MONTH})\.?,?\s+(?P<y2>{_YEAR})"
    rf"|\b(?P<m3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<y3>{_YEAR})"
    rf"|(?<![\d/.])(?P<d4>\d{{1,2}})[/.](?P<m4>\d{{1,2}})[-./ ](?P<y4>{_YEAR})(?!\d)"
    rf"|\b(?P<m5>{MONTH})(?:\s+månad)?\s+(?:of\s+)?(?P<y5>{_YEAR})(?![\d-])"
    rf"|(?<![\d-])(?P<y7>{_YEAR})-(?P<m7>\d\d)(?![\d-])",
    re.IGNORECASE,
)
_DAY_OF_YEAR: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\s*:?[ae]|st|nd|rd|th)?\s+(?:of\s+)?({MONTH})\b(?!\s+\d{{4}})"
    rf"|\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s+\d{{4}})",
    re.IGNORECASE,
)
LENGTH: Final = re.compile(
    (
        rf"(?P<count>{COUNT})(?:\s*\(\d+\))?\s+(?:hela\s+)?(?P<unit>kalenderår"
        rf"|år(?:s)?\b|månad(?:er|ers|s)?\b|mån\b|years?'?\b|months?'?\b)"
    ),
    re.IGNORECASE,
)


class When(NamedTuple):
    """A date as agreement files have it (a day, or a month), and where in the text it stands."""

    text: str
    start: int
    end: int


class Duration(NamedTuple):
    """A length of time in months, and where in the text it stands."""

    months: int
    in_years: bool
    start: int
    end: int

    def facts(self) -> dict[str, str]:
        """Return the length as agreement files have it: in years where it is whole ones."""
        if self.in_years or self.months % dates.MONTHS_A_YEAR == 0:
            return {"years": str(self.months // dates.MONTHS_A_YEAR)}
        return {"months": str(self.months)}


def days(text: str) -> Iterator[When]:
    """Yield the dates of *text* in the order in which they stand."""
    for found in _DAY.finditer(text):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month = _MONTHS.get(parts["m"].lower()) or (
            int(parts["m"]) if parts["m"].isdecimal() else 0
        )
        written = f"{parts['y']}-{month:02}"
        if "d" in parts:
            written += f"-{int(parts['d']):02}"
        if dates.day_month_or_year(written):
            yield When(written, found.start(), found.end())


def days_of_year(text: str) -> Iterator[When]:
    """Yield the days without a year of *text*, as `03-31`."""
    for found in _DAY_OF_YEAR.finditer(text):
        day, name = (found[1], found[2]) if found[1] else (found[4], found[3])
        month = _MONTHS[name.lower()]
        if dates.day_month_or_year(f"2024-{month:02}-{int(day):02}"):
            yield When(f"{month:02}-{int(day):02}", found.start(), found.end())


def months_named(text: str) -> list[str]:
    """Return the months that *text* names, as `01`, each once."""
    found = re.findall(rf"\b({MONTH})\b", text, re.IGNORECASE)
    return list(dict.fromkeys(f"{_MONTHS[name.lower()]:02}" for name in found))


def spans(text: str) -> Iterator[Duration]:
    """Yield the lengths of *text*: so many years or months."""
    for found in LENGTH.finditer(text):
        number = count(found["count"])
        in_years = "år" in found["unit"].lower() or "year" in found["unit"].lower()
        most = 50 if in_years else 600
        if number and number <= most:
            yield Duration(number * (12 if in_years else 1), in_years, found.start(), found.end())


__all__ = [
    "LENGTH",
    "MONTH",
    "WORDS",
    "Duration",
    "When",
    "days",
    "days_of_year",
    "months_named",
    "spans",
]
