"""Bars stand under a table where a terminal has room, and never where a program reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iopctl.case.share import share_of
from iopctl.config import DEFAULT, Benchmark
from iopctl.listings import budget, split
from iopctl.output import bars
from iopctl.output.terminal import PIPE, Screen
from tests.test_budget import IN_FORCE, TODAY, case_of, repository

if TYPE_CHECKING:
    from iopctl.tables import Table
    from tests.conftest import AgreementText, Golden, Run


def drawn(screen: Screen) -> str:
    """Return the bars of the repository's budget and shares."""
    given = repository(IN_FORCE)
    shares = [share_of(each) for each in given]
    return bars.of_budget(budget.table(given, IN_FORCE, options=True), screen) + bars.of_split(
        split.table(shares, IN_FORCE, DEFAULT.benchmark), DEFAULT.benchmark, screen
    )


def yearly(text: str) -> Table:
    """Return the budget of one agreement."""
    return budget.table([case_of(text)], date(2024, 6, 1))


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_bars(golden: Golden, width: int, encoding: str) -> None:
    """As they look on a screen; the longest is as wide as there is room for, to a limit."""
    picture = drawn(Screen(width, encoding=encoding))

    assert max(map(len, picture.split("\n"))) <= width
    golden(f"bars/{encoding}-{width}.text", picture)


@pytest.mark.parametrize("screen", [PIPE, Screen(20), Screen(35)])
def test_without_room_there_are_none(screen: Screen) -> None:
    """A pipe is given the table alone, and so is a screen that is too narrow."""
    assert drawn(screen) == ""


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param("validity: {start: 2024-01-01, end: 2024-12-31}", id="one year"),
        pytest.param("economy: {contributions: [{party: kommunen}]}", id="nothing known"),
        pytest.param("economy: {contributions: [{party: kommunen, total: 9000}]}", id="in no year"),
    ],
)
def test_where_bars_would_tell_nothing_there_are_none(
    agreement_text: AgreementText, changes: str
) -> None:
    """One bar has nothing to be compared with, and what is unknown has no length."""
    assert bars.of_budget(yearly(agreement_text(changes)), Screen(100)) == ""


def test_an_empty_table_has_no_bars() -> None:
    """There may be nothing to show."""
    nothing = budget.table([], TODAY)

    assert bars.of_budget(nothing, Screen(100)) == ""


def test_the_smallest_sum_is_seen(agreement_text: AgreementText) -> None:
    """A year that costs little has a bar still; one without anything has none."""
    text = agreement_text("""
        validity: {start: 2024-01-01, end: 2026-12-31}
        economy: {contributions: [{party: kommunen, by_year: {2024: 1, 2025: 999000}}]}
        """)
    first, second, third = bars.of_budget(yearly(text), Screen(80)).splitlines()[1:4]

    assert (first.count("█"), second.count("█"), third.count("█")) == (1, bars.MOST_CELLS, 0)


def marked(percent: Decimal, benchmark: Benchmark = DEFAULT.benchmark) -> str:
    """Return the bar of a share."""
    table = split.table([share_of(repository()[0])], TODAY, benchmark)
    place = [column.key for column in table.columns].index("share")
    [row] = table.rows
    cells = (*row.cells[:place], percent, *row.cells[place + 1 :])
    given = replace(table, rows=(row._replace(cells=cells),))
    line = bars.of_split(given, benchmark, Screen(100)).splitlines()[1]
    return line.removeprefix(f"{row.cells[0]}  ")


@pytest.mark.parametrize(("percent", "cell"), [(0, 0), (100, 49), (50, 25)])
def test_shares_lie_between_0_and_100(percent: int, cell: int) -> None:
    """A share of nothing stands at the left end, one of all at the right."""
    assert marked(Decimal(percent)).index("█") == cell


@pytest.mark.parametrize(("bound", "percent", "cell"), [("1.5", "1", 0), ("98.5", "99", 49)])
def test_a_band_at_the_end_leaves_room_for_none(bound: str, percent: str, cell: int) -> None:
    """A share beyond a benchmark that reaches to an end stands at that end."""
    benchmark = Benchmark.model_construct(share=Decimal(bound), tolerance=Decimal(0))
    found = marked(Decimal(percent), benchmark)

    assert found.index("█") == cell


@pytest.mark.parametrize("command", ["budget", "split"])
def test_a_pipe_has_the_table_alone(run: Run, command: str) -> None:
    """What programs read is as it was."""
    assert "█" not in run(command, "--as-of", "2024-05-01").out


@pytest.mark.parametrize("command", ["budget", "split"])
def test_a_terminal_has_bars(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Both commands draw them under their table."""
    from iopctl.output import terminal

    monkeypatch.setattr(terminal, "screen", lambda _: Screen(100))

    assert "█" in run(command, "--as-of", "2024-05-01").out
    assert "█" not in run(command, "--as-of", "2024-05-01", "--format", "csv").out
