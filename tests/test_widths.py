"""No figure is ever cut, wrapped or dropped, whatever it is written on."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.case.share import share_of
from iopctl.check.rules import ALL
from iopctl.config import DEFAULT
from iopctl.listings import budget, due, ledger, notes, overview, split, status
from iopctl.listings.budget import YearRange
from iopctl.listings.page import page
from iopctl.output import TableFormat, manual, rendered, rendered_page
from iopctl.output.terminal import PIPE, UNLIMITED, Screen
from tests.test_budget import IN_FORCE, TODAY, case_of, everything, repository, text

if TYPE_CHECKING:
    from iopctl.tables import Table
    from tests.conftest import Golden

WIDTHS = (20, 40, 60, 80, 120, 200, UNLIMITED)
ROOT = Path(__file__).parents[1]


def tables() -> dict[str, Table]:
    """Return the listings of the repository, by name."""
    given = repository(IN_FORCE)
    money = budget.table(given, IN_FORCE, options=True)
    shares = [share_of(each) for each in given]
    return {
        "budget": replace(money, notes=notes.of_budget(given, money, options=True)),
        "row": budget.table(given, IN_FORCE, by="row", options=True),
        "split": split.table(shares, IN_FORCE, DEFAULT.benchmark),
        "list": overview.listing(list(map(overview.glance, given)), IN_FORCE, ()),
        "all": budget.table(
            everything(IN_FORCE), IN_FORCE, years=YearRange(2019, 2026), options=True
        ),
    }


TABLES = tables()
PAGE = page(case_of(text("stadsmissionen-2024"), IN_FORCE), ())
FIGURE = re.compile(
    r"(?<!\S)(?:≥\u00a0)?\d[\d\u00a0]*(?:\.\d\d?)?(?:\u00a0%)?(?!\S)|\d{4}-\d\d-\d\d"
)


def figures(written: str) -> list[str]:
    """Return the figures and dates in a text, sorted; four digits without a group are a year."""
    return sorted(each for each in FIGURE.findall(written) if not re.fullmatch(r"\d{4}", each))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [*range(20, 201, 7), UNLIMITED])
def test_every_figure_stands_whole_at_any_width(name: str, width: int) -> None:
    """What a pipe is given, a terminal of any width shows, in columns or on cards.

    But for columns that can be spared: those are named where they are left out.
    """
    columns = tuple(each._replace(spare=0) for each in TABLES[name].columns)
    table = replace(TABLES[name], columns=columns, notes=())
    narrow = figures(rendered(table, TableFormat.TEXT, Screen(width=width)))

    for each in figures(rendered(table, TableFormat.TEXT, PIPE)):
        assert each in narrow


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["budget", "split", "list"])
def test_output_at_a_width(golden: Golden, name: str, width: int) -> None:
    """As the terminal shows it."""
    label = "pipe" if width == UNLIMITED else str(width)
    written = rendered(TABLES[name], TableFormat.TEXT, Screen(width=width))

    golden(f"widths/{name}.{label}", written)
    assert width < 40 or all(len(line) <= width for line in written.splitlines())


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", ["due", "status", "ledger"])
@pytest.mark.usefixtures("swedish")
def test_a_swedish_listing_on_a_screen(golden: Golden, name: str, width: int) -> None:
    """Figures are whole, sentences have room, and what is left out is named."""
    given = repository()
    agenda = due.agenda(given, TODAY)
    worst = {each.agreement.id: "varning IOP302" for each in given}
    table = {
        "due": due.table(agenda, [e.agreement.id for e in given if not e.is_dated], TODAY, 6),
        "status": status.table(given, TODAY, agenda, worst),
        "ledger": ledger.table(given, TODAY),
    }[name]
    written = rendered(table, TableFormat.TEXT, Screen(width=width))

    golden(f"widths/{name}-sv.{width}", written)
    assert max(map(len, written.splitlines())) <= width


@pytest.mark.parametrize("width", [60, 80])
def test_the_list_of_rules_on_a_screen(golden: Golden, width: int) -> None:
    """Summaries wrap beside the codes; where they would have too little room, names go."""
    written = manual.listing(ALL[:12], Screen(width=width))

    golden(f"widths/rules.{width}", written)
    assert max(map(len, written.splitlines())) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_an_agreements_page_at_a_width(golden: Golden, width: int) -> None:
    """Pleasant to read from 40 columns."""
    label = "pipe" if width == UNLIMITED else str(width)

    golden(
        f"widths/show.{label}", rendered_page("show", PAGE, TableFormat.TEXT, Screen(width=width))
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
@pytest.mark.parametrize("width", [60, 120])
def test_output_on_a_windows_console(golden: Golden, encoding: str, width: int) -> None:
    """What the code page lacks is written in ASCII, and the columns still stand."""
    screen = Screen(width=width, encoding=encoding)
    written = rendered(TABLES["all"], TableFormat.TEXT, screen)
    plain = written.replace("\u00a0", " ")

    assert plain.encode(encoding).decode(encoding) == plain
    golden(f"widths/all-{encoding}.{width}", written)


def test_colour_adds_nothing_but_colour() -> None:
    """Without its escape sequences, coloured output is the plain one."""
    for table in TABLES.values():
        colored = rendered(table, TableFormat.TEXT, Screen(color=True))

        assert re.sub(r"\x1b\[\d*m", "", colored) == rendered(table, TableFormat.TEXT, PIPE)


def test_columns_that_are_left_out_are_named() -> None:
    """A reader is told that there is more, and where."""
    written = rendered(TABLES["list"], TableFormat.TEXT, Screen(width=80))

    assert "title" not in written.splitlines()[2]
    assert written.endswith("for want of room left out: title, start; a wider window has it\n")
