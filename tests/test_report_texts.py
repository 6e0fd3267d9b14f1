"""The texts for a paper: each belongs to a section, and none is lost."""

from __future__ import annotations

import pytest

from iopctl.errors import UserError
from iopctl.papers.texts import none, texts


def test_a_section_is_what_stands_under_its_heading() -> None:
    """Blank lines around it are not; headings below ## and code are its own."""
    found = texts("# Titel\n\n## Bakgrund ##\n\nett\n\n### a\ntvå\n\n##  Samråd\ntre\n", "t.md")

    assert found.sections == {"Bakgrund": "ett\n\n### a\ntvå", "Samråd": "tre"}
    assert found.lines == {"Bakgrund": 3, "Samråd": 10}


def test_a_section_without_text_is_as_if_it_were_not_there() -> None:
    """A heading alone writes nothing, so the placeholder stays."""
    assert texts("## Bakgrund\n\n## Samråd\n", "t.md").sections == {}
    assert texts("", "t.md") == none("t.md")


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_code_has_no_headings(fence: str) -> None:
    """What looks like a heading in a block of code is code."""
    found = texts(f"## A\n{fence}\n## B\n# C\n{fence}\n## D\nd", "t.md")

    assert found.sections == {"A": f"{fence}\n## B\n# C\n{fence}", "D": "d"}


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("# Titel\n\nText utan avsnitt\n", "t.md:3: the text stands in no section"),
        ("## A\na\n\n## A\nb", "t.md:4: the section A is there twice"),
        ("## A\na\n# B\nb", "t.md:3: a section begins with ##"),
        ("## A\r\na\x1b[2J\r\n", "t.md:2: U+001B (control character) can't be seen: take it away"),
        ("## A\n\N{RIGHT-TO-LEFT OVERRIDE}a", "t.md:2: U+202E (right-to-left override) can't be"),
    ],
)
def test_text_without_a_place_is_refused(markdown: str, told: str) -> None:
    """The line is named: nothing that was written goes missing in silence."""
    with pytest.raises(UserError) as error:
        texts(markdown, "t.md")
    assert str(error.value).startswith(told)
