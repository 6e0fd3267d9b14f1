"""Templates are filled, escaped for their format, and wrong ones are told by name and line."""

from __future__ import annotations

import os
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from iopctl.errors import UserError
from iopctl.output.documents import BarredFolder, apart, document, source

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "<b>&\"'*x*`[a](b)"


def written(folder: Path, name: str, text: str) -> list[str]:
    """Write a template, and return the folders to look in."""
    (folder / name).write_text(text, encoding="utf-8")
    return [str(folder)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", HOSTILE),
        ("a.html", "&lt;b&gt;&amp;&#34;&#39;*x*`[a](b)"),
        ("a.md", "\\<b\\>\\&\"'\\*x\\*\\`\\[a\\](b)"),
    ],
)
def test_what_is_filled_in_is_escaped_for_the_format(
    tmp_path: Path, name: str, expected: str
) -> None:
    """A name with markup stays a name."""
    folders = written(tmp_path, name, "{{ value }}")

    assert document(name, folders, {"value": HOSTILE}) == expected


def test_what_a_template_marks_as_safe_stays_as_it_is(tmp_path: Path) -> None:
    """A template's own Markdown is not escaped twice."""
    folders = written(tmp_path, "a.md", "{{ '*x*'|safe }} {{ 7 }}")

    assert document("a.md", folders, {}) == "*x* 7"


def test_markdown_is_one_line_and_macros_are_escaped_once(tmp_path: Path) -> None:
    """A value's lines would be blocks of their own; what a macro gives is Markdown already."""
    text = "{% macro cell(it) %}| {{ it }} |{% endmacro %}{{ cell(value) }}"
    folders = written(tmp_path, "a.md", text)

    assert document("a.md", folders, {"value": "*x*  \n\n- y"}) == "| \\*x\\* - y |"


def test_text_lets_no_control_character_through(tmp_path: Path) -> None:
    """A value can't move the cursor, but has its lines."""
    folders = written(tmp_path, "a.txt", "{{ value }}\n")

    assert document("a.txt", folders, {"value": "a\x1b[2J\nb"}) == "a\\x1b[2J\nb\n"


def test_amounts_and_days_are_written_in_swedish(tmp_path: Path) -> None:
    """Templates have filters for what Swedish writes in its own way."""
    folders = written(tmp_path, "a.txt", "{{ amount|kronor }}")

    assert document("a.txt", folders, {"amount": Decimal("1710000.50")}) == (
        "1\u00a0710\u00a0000,50\u00a0kr"
    )


def test_a_users_template_goes_before_ours(tmp_path: Path) -> None:
    """The first folder that has it wins, and ours is the last."""
    assert source("invoice.txt", [])
    folders = written(tmp_path, "invoice.txt", "mitt")

    assert document("invoice.txt", folders, {}) == "mitt"
    assert source("invoice.txt", [str(tmp_path / "none")]) == source("invoice.txt", [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n{{ saknas }}", "a.txt:2: 'saknas' is undefined"),
        ("\n\n{{ value.x }}", "a.txt:3: 'str object' has no attribute 'x'"),
        ("\n\x1b[2J", "a.txt:2: U+001B (control character) can't be seen: take it away"),
        ("{% if %}", "a.txt:1: Expected an expression, got 'end of statement block'"),
        ("\n{{ 1 / 0 }}", "a.txt:2: division by zero"),
        (
            "{{ ''.__class__ }}",
            "a.txt:1: access to attribute '__class__' of 'str' object is unsafe",
        ),
        ("{% include 'b.txt' %}", "there is no template b.txt"),
        ("{% include '../b.txt' %}", "there is no template ../b.txt"),
        ("\n{% include 'a.txt' %}", "a.txt:2: it includes itself"),
        ("\n{{ '%0999999999999999d' % 1 }}", "it asks for too much memory"),
        ("\n{{ value * 10 ** 15 }}", "a.txt:2: it asks for more than 16777216 characters"),
        ("\n{{ 10 ** 9 * [value] }}", "a.txt:2: it asks for more than 16777216 characters"),
        ("\n{{ 9 ** (9 ** 9) }}", "a.txt:2: it asks for a number of more than 4096 bits"),
        (
            "\n{% for each in range(99999) %}{{ value * 999 }}{% endfor %}",
            "a.txt:2: it writes more than 16777216 characters",
        ),
        ("\n{{ value|kronor }}", "a.txt:2: 'str' object has no attribute 'to_integral_value'"),
        ("\n{{ value|in_full }}", "a.txt:2: AssertionError()"),
    ],
)
def test_a_wrong_template_is_told_by_name_and_line(tmp_path: Path, text: str, told: str) -> None:
    """What a template asks for and has not, or may not have, is its line's fault."""
    folders = written(tmp_path, "a.txt", text)

    with pytest.raises(UserError) as error:
        document("a.txt", folders, {"value": "x"})
    assert told in str(error.value)


def test_a_template_may_calculate(tmp_path: Path) -> None:
    """As long as that takes no time."""
    text = "{{ 7 * 6 }} {{ value * 3 }} {{ 3 * value }} {{ 2 ** 10 }} {{ 2 ** 0.5 < 2 }}"
    folders = written(tmp_path, "a.txt", text)

    assert document("a.txt", folders, {"value": "x"}) == "42 xxx xxx 1024 True"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            r"a\.txt:2: it takes more than 1 seconds",
        ),
        ("\n{{ value|center(2000000000) }}", r"a\.txt:2: it asks for too much memory"),
        ("\n{{ '%02000000000d'|format(1) }}", r"a\.txt:2: it asks for too much memory"),
    ],
)
def test_a_users_template_is_filled_in_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    """One of a repository could keep a run busy for days, or take all memory of the machine."""
    monkeypatch.setattr("iopctl.bounds.MOST_SECONDS", 1)
    folders = written(tmp_path, "a.txt", text)

    with pytest.raises(UserError, match=told):
        apart(partial(document, "a.txt", folders), {"value": "x"}, "a.txt", folders)


def test_our_own_templates_are_filled_in_here() -> None:
    """Hundreds of invoices need no process each."""
    assert apart(lambda _: os.getpid(), None, "a.txt", ["none"]) == os.getpid()


def test_an_included_template_is_told_by_its_own_line(tmp_path: Path) -> None:
    """The innermost template is the one to mend."""
    written(tmp_path, "b.txt", "\n\n\n{{ saknas }}")
    folders = written(tmp_path, "a.txt", "{% include 'b.txt' %}")

    with pytest.raises(UserError, match=r"b\.txt:4: 'saknas' is undefined"):
        document("a.txt", folders, {})


def test_a_template_that_is_not_there_is_told() -> None:
    """Nothing is written in its place."""
    with pytest.raises(UserError, match=r"there is no template none\.txt"):
        document("none.txt", [], {})


@pytest.mark.skipif(os.name == "nt", reason="making links takes rights there")
def test_a_linked_template_is_not_followed(tmp_path: Path) -> None:
    """A link in a repository could print what lies outside of it."""
    (tmp_path / "secret").write_text("hemligt", encoding="utf-8")
    (tmp_path / "a.txt").symlink_to(tmp_path / "secret")

    with pytest.raises(UserError, match="links are not followed"):
        document("a.txt", [str(tmp_path)], {})


def test_a_template_in_another_encoding_is_told(tmp_path: Path) -> None:
    """A template is UTF-8."""
    (tmp_path / "a.txt").write_bytes("å".encode("cp1252"))

    with pytest.raises(UserError, match="is not UTF-8"):
        document("a.txt", [str(tmp_path)], {})


def test_a_template_without_end_is_not_read(tmp_path: Path) -> None:
    """A mebibyte is more than any paper needs."""
    folders = written(tmp_path, "a.txt", "x" * (1024 * 1024 + 1))

    with pytest.raises(UserError, match="is larger than 1048576 bytes"):
        document("a.txt", folders, {})


def test_a_template_that_is_barred_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there, and may be a stranger's."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "invoice.txt").write_text("x", "utf-8")

    with pytest.raises(UserError, match="--own-templates"):
        source("invoice.txt", [BarredFolder("templates")])
