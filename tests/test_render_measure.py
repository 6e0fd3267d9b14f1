"""Text is measured as a terminal shows it, and is never broken inside a word or a figure."""

from __future__ import annotations

import pytest

from iopctl.output.measure import narrowest, padded, width, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("Åke – ≥\u00a01", 9), ("日本", 4), ("e\u0301", 1), ("👍", 2), ("❤\ufe0f", 2)],
)
def test_width_is_in_cells(text: str, expected: int) -> None:
    """Wide characters and emoji fill two cells, combining marks none."""
    assert expected == width(text)


def test_padding_goes_by_cells() -> None:
    """Columns stay aligned under characters of any width."""
    assert padded("日本", 6) == "日本  "
    assert padded("1\u00a0000", 6, right=True) == " 1\u00a0000"


def test_text_that_fits_is_left_alone() -> None:
    """Only what is too wide is wrapped, even where blanks could be saved."""
    assert wrapped("  två  ord", 10) == ["  två  ord"]


def test_words_wrap_under_an_indent() -> None:
    """A line that goes on is told from a new one, and each is as full as words allow."""
    assert wrapped("ett två tre fyra fem", 10) == ["ett två", "  tre fyra", "  fem"]


def test_word_that_is_too_wide_stands_whole() -> None:
    """Rather than cut a word, a line becomes too wide."""
    assert wrapped("en arbetsmarknadsnämnd här", 6) == ["en", "  arbetsmarknadsnämnd", "  här"]


@pytest.mark.parametrize("figure", ["1 710 000", "1\u00a0710\u00a0000", "100 %", "2024-01-31"])
def test_figure_in_a_text_stands_whole(figure: str) -> None:
    """The blanks in a figure are no place to break, whichever kind they are."""
    assert wrapped(f"om {figure} kr", 0) == ["om", f"  {figure}", "  kr"]


def test_narrowest_is_the_widest_word_where_it_may_stand() -> None:
    """Below that a wrapped text would be wider than its column."""
    assert narrowest("två ord") == 5
    assert narrowest("ordet är") == 5
