"""A picture of when agreements hold: a bar each over the years, with the options and today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.dates import MONTHS_A_YEAR
from iopctl.language import marked, tr
from iopctl.listings.notes import named
from iopctl.output.measure import wrapped
from iopctl.output.terminal import PIPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.output.terminal import Screen

WIDEST: Final = 120  # cells, where no screen limits it
MOST_YEARS: Final = 25  # before and after today; beyond them a bar is cut
_MONTHS_A_CELL: Final = (1, 2, 3, 4, 6, 12, 24, 60)
_YEARS_A_LABEL: Final = (1, 2, 5, 10, 20)
_LABEL: Final = len("2024 ")


class Glyphs(NamedTuple):
    """What a picture is drawn with."""

    agreed: str
    extended: str
    option: str
    today: str
    on: str


BLOCKS: Final = Glyphs("█", "▓", "░", "│", ">")
ASCII: Final = Glyphs("#", "=", "-", "|", ">")
MEANINGS: Final = Glyphs(
    marked("agreed"),
    marked("extended"),
    marked("option or draft"),
    marked("today, {day}"),
    marked("without end"),
)


@dataclass(frozen=True, slots=True)
class _Axis:
    """From which to which year the picture goes, and how many months a cell is."""

    first: int
    last: int
    months: int

    @property
    def cells(self) -> int:
        """The width of a bar over all years."""
        return self.cell(self.last, MONTHS_A_YEAR) + 1

    def cell(self, year: int, month: int) -> int:
        """Return the cell that a month is in, which may lie outside the picture."""
        return ((year - self.first) * MONTHS_A_YEAR + month - 1) // self.months


def timeline(given: Sequence[Case], as_of: date, screen: Screen = PIPE) -> str:
    """Draw a bar for each agreement, in characters that the screen's encoding has.

    Names that would take more than half of the width stand over their bars. Agreements without
    decided days have none, and are named below.
    """
    drawn = [each for each in given if each.days]
    if not drawn:
        return ""
    width = min(screen.width, WIDEST)
    names = max(len(each.agreement.id) for each in drawn) + 2
    margin = names if names <= width // 2 else 2
    room = width - margin - len(BLOCKS.on)
    axis = _axis(drawn, as_of, room)
    glyphs = BLOCKS if has(screen.encoding, "".join(BLOCKS)) else ASCII
    bars = [_bar(each, axis, glyphs) for each in drawn]
    lines = [" " * margin + _years(axis, room)]
    for each, bar in zip(drawn, bars, strict=True):
        name = each.agreement.id
        lines += [f"{name:<{margin}}{bar}"] if margin == names else [name, " " * margin + bar]
    lines += ["", *wrapped(_legend(bars, glyphs, as_of), width)]
    if rest := [each.agreement.id for each in given if not each.is_dated]:
        lines += wrapped(tr("without known dates: {names}", names=named(rest)), width)
    return "".join(f"{line}\n" for line in lines)


def has(encoding: str, signs: str) -> bool:
    """Whether an encoding can write all of some signs."""
    try:
        signs.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


# ------------------------------------------------------------------ the years
def _axis(drawn: Sequence[Case], as_of: date, room: int) -> _Axis:
    """Return the years that the agreements and today are in, to fit into *room*."""
    years = {as_of.year}
    for case in drawn:
        for span in (*case.spans("decided"), *case.spans("option")):
            years |= {span.first.year, span.last.year}
    first = max(min(years), as_of.year - MOST_YEARS)
    last = min(max(years), as_of.year + MOST_YEARS)
    axes = [_Axis(first, last, months) for months in _MONTHS_A_CELL]
    return next((axis for axis in axes if axis.cells <= room), axes[-1])


def _years(axis: _Axis, room: int) -> str:
    """Return the years that there is room for, each over its January."""
    fitting = (years for years in _YEARS_A_LABEL if years * MONTHS_A_YEAR >= _LABEL * axis.months)
    line = ""
    for year in range(axis.first, axis.last + 1, next(fitting, _YEARS_A_LABEL[-1])):
        longer = f"{line:<{axis.cell(year, 1)}}{year}"
        line = longer if len(longer) <= room else line
    return line


# ------------------------------------------------------------------ the bars
def _bar(case: Case, axis: _Axis, glyphs: Glyphs) -> str:
    cells = [" "] * axis.cells
    for first, last, glyph in _spans(case, glyphs):
        low = max(axis.cell(first.year, first.month), 0)
        high = min(axis.cell(last.year, last.month), axis.cells - 1)
        for cell in range(low, high + 1):
            cells[cell] = glyph
    cells[axis.cell(case.as_of.year, case.as_of.month)] = glyphs.today
    return "".join(cells).rstrip(" ") + (glyphs.on if case.reach.is_open else "")


def _spans(case: Case, glyphs: Glyphs) -> Iterator[tuple[date, date, str]]:
    """Yield what is drawn, in the order of drawing: in a shared cell the later glyph stands."""
    for option in case.spans("option"):
        yield option.first, option.last, glyphs.option
    validity = case.terms[-1].validity
    agreed = glyphs.option if case.agreement.status == "draft" else glyphs.agreed
    for decided in case.spans("decided"):
        written = (validity and validity.last) or decided.last
        yield decided.first, decided.last, glyphs.extended
        yield decided.first, min(written, decided.last), agreed


def _legend(bars: Sequence[str], glyphs: Glyphs, as_of: date) -> str:
    """Return what the glyphs mean that occur in *bars*."""
    found = "".join(bars)
    told = [
        f"{glyph} {tr(meaning, day=as_of)}"
        for glyph, meaning in zip(glyphs, MEANINGS, strict=True)
        if glyph in found
    ]
    return "  ".join(told)
