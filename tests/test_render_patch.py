"""What differs between two texts, as `git apply` reads it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iopctl.output.patch import patch

if TYPE_CHECKING:
    from pathlib import Path

GIT = shutil.which("git") or "git"


def test_a_change_stands_between_three_lines_around() -> None:
    """Under the names of both files."""
    before = "".join(f"{number}\n" for number in range(1, 10))

    assert patch("a.yaml", before, before.replace("5", "fem")) == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+fem\n 6\n 7\n 8\n"
    )


def test_a_new_file_is_new_in_every_line() -> None:
    """Unless it is shown beside one that it is like."""
    assert patch("b.yaml", None, "1\n") == "--- /dev/null\n+++ b/b.yaml\n@@ -0,0 +1 @@\n+1\n"
    assert patch("b.yaml", "1\n2\n", "1\n", "a.yaml") == (
        "--- a/a.yaml\n+++ b/b.yaml\n@@ -1,2 +1 @@\n 1\n-2\n"
    )
    assert patch("b.yaml", "1\n", "1\n") == ""


def test_a_missing_line_break_is_told() -> None:
    """As git tells it."""
    assert patch("a", "1", "1\n2").splitlines()[3:] == [
        "-1",
        "\\ No newline at end of file",
        "+1",
        "+2",
        "\\ No newline at end of file",
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [("a\tb", "+a\tb"), ("a\r", "+a"), ("::stop::x", "+::stop::x"), ("x ::y::", "+x \\x3a:y::")],
)
def test_nothing_in_it_acts(line: str, shown: str) -> None:
    """On a terminal, or on a CI service."""
    assert patch("a", "", f"{line}\n").splitlines()[-1] == shown


def test_a_name_says_nothing_either() -> None:
    """It may have a line of its own for a CI service."""
    shown = patch("a\n::add-mask::x\x1b[2J.yaml", "1\n", "2\n", "b\r.yaml")

    assert shown == ("--- a/b\\r.yaml\n+++ b/a\\n::add-mask::x\\x1b[2J.yaml\n@@ -1 +1 @@\n-1\n+2\n")


def test_a_long_file_of_equal_lines_shows_what_changed() -> None:
    """And nothing that is the same; the places are those of the whole."""
    lines = ["- {}\n"] * 100_000

    assert patch("a", "".join(lines), "".join([*lines[:50_000], "new\n", *lines[50_000:]])) == (
        "--- a/a\n+++ b/a\n@@ -49998,6 +49998,7 @@\n - {}\n - {}\n - {}\n+new\n - {}\n - {}\n - {}\n"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    st.text("ab\n", max_size=30).map(lambda text: text.replace("\n\n", "\n")),
    st.text("ab\n", max_size=30),
)
def test_git_takes_it(tmp_path: Path, before: str, after: str) -> None:
    """What it makes of the old text is the new one."""
    written = patch("x", before, after)
    (tmp_path / "x").write_text(before, "utf-8")
    if written:
        subprocess.run(
            [GIT, "apply", "--unidiff-zero", "-"], cwd=tmp_path, check=True, input=written.encode()
        )

    assert (tmp_path / "x").read_text("utf-8") == after
