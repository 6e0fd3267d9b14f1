"""The picture of the years is right at every width, and plain where the encoding is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.output.terminal import Screen
from iopctl.output.timeline import WIDEST, timeline
from tests.test_extensions import moments, validities
from tests.test_model import read
from tests.test_standing import seen

if TYPE_CHECKING:
    from tests.conftest import Golden

HERE = Path(__file__).parent
FILES = (
    HERE.parent / "agreements" / "stadsmissionen-2024.yaml",
    *(HERE / "fixtures" / f"extension-{kind}.yaml" for kind in ("automatic", "mutual", "none")),
    *(HERE / "fixtures" / f"{name}.yaml" for name in ("draft", "open-ended", "terminated")),
    HERE.parent / "agreements" / "bilda-2020.yaml",
)
TODAY = date(2024, 5, 1)


def portfolio(as_of: date = TODAY) -> list[Case]:
    """Return agreements of every kind."""
    return [Case(read(file.read_text("utf-8")), as_of) for file in FILES]


def drawn(validity: str, as_of: str, width: int = 80) -> str:
    """Return the bar of one agreement, from where its first year begins."""
    found = seen(validity, as_of=as_of)
    head, bar, *_ = timeline([found], found.as_of, Screen(width)).split("\n")
    return bar[head.index(head.strip()[0]) :]


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp1252", "ascii"])
def test_the_picture(golden: Golden, width: int, encoding: str) -> None:
    """As it looks on a screen; what has no room is drawn with less detail, never cut."""
    picture = timeline(portfolio(), TODAY, Screen(width, encoding=encoding))
    form = "blocks" if encoding in {"utf-8", "cp850"} else "plain"

    assert picture.encode(encoding)
    golden(f"timeline/{form}-{width}.text", picture)


@pytest.mark.parametrize(
    ("validity", "as_of", "bar"),
    [
        ("start: 2024-01-01, end: 2024-12-31", "2025-01-15", "████████████│"),
        ("start: 2024-02-15, end: 2024-11-02", "2025-01-15", " ██████████ │"),
        ("start: 2024-02-01, end: 2024-12-31", "2024-01-15", "│███████████"),
        ("start: 2024-01-01, end: 2024-12-31", "2024-07-31", "██████│█████"),
        ("start: 2023-11-01, end: open", "2024-01-01", "          ██│███████████>"),
        (
            "start: 2024-01-01, end: 2024-06-30, extension: {kind: option, times: 2, months: 3}",
            "2024-01-01",
            "│█████░░░░░░",
        ),
        (
            "end: 2024-06-30, start: 2024-01-01, extension: {kind: automatic, months: 3}",
            "2024-08-01",
            "██████▓│▓░░░",
        ),
    ],
)
def test_a_bar_has_a_cell_for_each_month_that_has_a_day(
    validity: str, as_of: str, bar: str
) -> None:
    """Agreed, extended and open to be extended, with today in its month."""
    assert drawn(validity, as_of) == bar


def test_there_are_as_many_cells_as_there_is_room_for() -> None:
    """Two years beside a name of twelve letters: one cell fewer, and each is two months."""
    two_years = ("start: 2024-01-01, end: 2025-12-31", "2024-01-01")

    assert drawn(*two_years, width=39) == "│" + 23 * "█"
    assert drawn(*two_years, width=38) == "│" + 11 * "█"


def test_without_bars_there_is_no_picture() -> None:
    """Nothing is drawn of agreements whose days are unknown."""
    assert timeline([seen("", as_of=TODAY)], TODAY) == ""


def test_far_years_are_cut() -> None:
    """An agreement of the last century and one with options for ever leave room for today."""
    far = "start: 2024-01-01, end: 2024-12-31, extension: {kind: option, times: 50, years: 3}"
    picture = timeline(
        [seen("start: 1990-01-01, end: 2030-12-31", as_of=TODAY), seen(far, as_of=TODAY)],
        TODAY,
        Screen(60),
    )
    years = picture.split("\n")[0].split()

    assert (years[0], years[-1]) == ("1999", "2049")
    assert all(len(line) <= 60 for line in picture.split("\n"))


@given(validity=validities, as_of=moments, width=st.integers(24, 200))
def test_no_line_is_wider_than_the_screen(validity: str, as_of: date, width: int) -> None:
    """And today is always on it."""
    found = seen(validity, as_of=as_of)
    picture = timeline([found], as_of, Screen(width))

    assert all(len(line) <= min(width, WIDEST) for line in picture.split("\n"))
    assert not found.days or picture.count("│") == 2  # in the bar and in the legend
