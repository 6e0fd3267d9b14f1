"""A narrow screen changes where things stand, never what they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from iopctl.output.terminal import Screen
from iopctl.output.text import render
from iopctl.tables import Amount, Column, Kind, Level, Row, Table

COLUMNS = (
    Column("agreement", "Agreement"),
    Column("2024", "2024", Kind.KRONOR, "decided"),
    Column("option_2025", "2025", Kind.KRONOR, "if options are taken"),
)
PAIRS = (Column("field", ""), Column("value", ""))


def lines(*rows: Row, cells: int = 80, columns: tuple[Column, ...] = COLUMNS) -> list[str]:
    """Return the lines that a table of *rows* has under its heading."""
    table = Table("budget", "Budget", date(2024, 6, 1), columns, rows)
    return render(table, Screen(cells)).partition("\n\n")[2].splitlines()


def row(text: str, *kronor: int, level: Level = Level.ROW) -> Row:
    """Return a row of *text* and sums in *kronor*."""
    return Row((text, *(Amount(Decimal(each)) for each in kronor)), level)


def test_title_of_a_group_makes_room_for_itself() -> None:
    """A group's title that is wider than its columns widens the last of them."""
    columns = (*COLUMNS, Column("option_2026", "2026", Kind.KRONOR, "if options are taken"))

    assert lines(row("Bilda", 1, 2, 3), columns=columns) == [
        "           decided  if options are taken",
        "Agreement     2024  2025            2026",
        "────────────────────────────────────────",
        "Bilda            1     2               3",
    ]


def test_only_column_has_the_whole_screen() -> None:
    """Words wrap no sooner than they must."""
    text = Row(("att ge en väg till arbete",))

    assert lines(text, cells=18, columns=PAIRS[:1]) == ["att ge en väg till", "  arbete"]


def test_rule_stands_above_the_first_total_only() -> None:
    """Totals that follow each other are one block, also where nothing stands above them."""
    totals = row("Total", 1, 2, level=Level.TOTAL), row("Grants", 1, 0, level=Level.TOTAL)
    firsts = [line[:5] for line in lines(row("Bilda", 1, 2), *totals)]

    assert firsts[2:] == ["─────", "Bilda", "─────", "Total", "Grant"]
    assert [line[:5] for line in lines(*totals)][2:] == ["─────", "Total", "Grant"]


def test_table_without_rows_says_so() -> None:
    """In a word, whatever the screen: titles alone look as if something went wrong."""
    assert lines() == lines(cells=20) == ["nothing to show"]


def test_column_of_words_is_readable_or_becomes_a_card() -> None:
    """Words wrap down to sixteen cells; below that a card reads better."""
    purpose = Row(("syfte", "att ge en väg till arbete åt den som står långt ifrån"))

    assert lines(purpose, cells=23, columns=PAIRS)[:2] == [
        "syfte  att ge en väg",
        "         till arbete åt",
    ]
    assert lines(purpose, cells=22, columns=PAIRS)[:2] == ["syfte", "  att ge en väg till"]


def test_figure_wider_than_the_screen_stands_alone_and_whole() -> None:
    """Where not even a figure fits, it is at the margin, on a line of its own."""
    assert lines(row("Bilda", 1234567890, 0), cells=12) == [
        "Bilda",
        "  decided",
        "    2024:",
        "1\u00a0234\u00a0567\u00a0890",
        "  if options",
        "    are",
        "    taken",
        "    2025: 0",
    ]


def test_cards_stand_apart_and_leave_out_what_is_empty() -> None:
    """A cell with nothing to show gets no label, and a group with none no title."""
    empty = Row(("Bilda", None, Amount(Decimal(2))))

    assert lines(empty, row("IKF", 1, 2), cells=22)[:6] == [
        "Bilda",
        "  if options are taken",
        "    2025: 2",
        "",
        "IKF",
        "  decided",
    ]


def test_a_table_without_rows_is_its_notes() -> None:
    """They say why there are none; one without notes says that there is nothing."""
    noted = Table("diff", "Changes", None, PAIRS, (), ("all say the same", "but one"))
    bare = Table("diff", "Changes", None, PAIRS, ())

    assert render(noted) == "Changes\n\nall say the same\nbut one\n"
    assert render(bare) == "Changes\n\nnothing to show\n"
