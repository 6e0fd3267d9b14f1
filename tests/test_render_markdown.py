"""A text in a Markdown table is text, whatever signs it has."""

from __future__ import annotations

from datetime import date

import pytest
from markdown_it import MarkdownIt

from iopctl.output.markdown import render
from iopctl.tables import Column, Level, Row, Table


def table(text: str, level: Level = Level.ROW) -> Table:
    """Return a table in which *text* stands everywhere."""
    return Table(
        "list", text, date(2024, 6, 1), (Column("it", text),), (Row((text,), level),), (text,)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\\\|b"),
        ("`x` *y* _z_ ~w~", r"\`x\` \*y\* \_z\_ \~w\~"),
        ("[a](b) <i> &amp; $x$", r"\[a\](b) \<i\> \&amp; \$x\$"),
        ("http://x WWW.y", r"http:\//x WWW\.y"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("12. a", r"12\. a"),
        ("12) a 3.", r"12\) a 3."),
        ("  padded\u00a0", "padded"),
        ("two\nlines", r"two\\nlines"),
        ("2024-01-01, 5-6 + 7 #8 1.5", "2024-01-01, 5-6 + 7 #8 1.5"),
    ],
)
def test_markup_is_escaped(text: str, expected: str) -> None:
    """Signs that mean something are marked as text, and no others, so that it stays readable."""
    assert f"\n| {expected} |\n" in render(table(text))


@pytest.mark.parametrize(
    "text", ["http://x.se/a", "www.x.se", "<a href=x>", "![x](y)", "- - x", "1. x", "> x", "`a|b`"]
)
def test_reader_sees_the_text_and_no_markup(text: str) -> None:
    """Links come from our own code alone, and a note begins no list of its own."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(render(table(text, Level.TOTAL)))

    assert html.count(text.replace("<", "&lt;").replace(">", "&gt;")) == 4
    assert html.count("<li>") == html.count("<td><strong>") == 1
    assert "href" not in html.replace("&lt;a href=x&gt;", "")


def test_empty_sum_is_not_bold() -> None:
    """Four asterisks around nothing would be seen."""
    assert "\n|  |\n" in render(table("", Level.TOTAL))
