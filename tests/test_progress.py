"""A long run tells how far it has come, on a terminal only, and leaves no trace there."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest

from iopctl.output import progress
from iopctl.output.progress import SECOND, during, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import AgreementText, Run

ITEMS = ["a", "b", "c"]


class Terminal(io.TextIOWrapper):
    """A stream that is a terminal, and keeps what it was told."""

    def __init__(self) -> None:
        self.told = io.BytesIO()
        super().__init__(self.told, "utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        """Say so."""
        return True


class Closed(Terminal):
    """A terminal whose window has been closed."""

    def write(self, text: str) -> int:
        """Fail as the system does."""
        raise OSError(5, f"cannot write {text}")


def every(step: int) -> Callable[[], int]:
    """Return a clock that has moved by *step* whenever it is looked at."""
    ticks: Iterator[int] = count(step, step)
    return lambda: next(ticks)


def test_a_long_loop_is_told_and_wiped() -> None:
    """The line comes a second after the start, counts what is done, and is overwritten with spaces."""
    stream = Terminal()

    assert list(watched(ITEMS, "reading", stream, every(SECOND // 2), 0)) == ITEMS
    assert stream.told.getvalue().decode() == (
        "\rreading: 1 of 3\rreading: 2 of 3\r" + " " * len("reading: 2 of 3") + "\r"
    )


def test_a_quick_loop_is_silent() -> None:
    """Nobody waits a second for it."""
    stream = Terminal()

    assert list(watched(ITEMS, "reading", stream, every(SECOND // 4), 0)) == ITEMS
    assert stream.told.getvalue() == b""


def test_the_line_is_not_drawn_for_every_item() -> None:
    """A tenth of a second lies between two of them, since a terminal is slow."""
    stream = Terminal()
    list(watched(range(1000), "reading", stream, every(SECOND // 100), 0))

    assert 50 < stream.told.getvalue().count(b"of 1000") < 120


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_what_is_no_terminal_is_told_nothing(stream: io.StringIO | None) -> None:
    """A log keeps no progress, and a program without standard error none either."""
    assert list(watched(ITEMS, "reading", stream, every(SECOND), 0)) == ITEMS
    assert stream is None or stream.getvalue() == ""


def test_a_loop_that_is_left_wipes_its_line() -> None:
    """What is said next stands on a line of its own."""
    stream = Terminal()
    loop = watched(ITEMS, "reading", stream, every(SECOND), 0)
    next(loop)
    loop.close()  # type: ignore[attr-defined] # it is a generator

    assert stream.told.getvalue().decode().endswith(f"\r{' ' * len('reading: 0 of 3')}\r")


def test_a_closed_terminal_stops_nothing() -> None:
    """The work goes on where nobody watches it any more."""
    assert list(watched(ITEMS, "reading", Closed(), every(SECOND), 0)) == ITEMS


def test_what_cannot_be_counted_is_told_and_wiped() -> None:
    """The line comes in time, though nothing else runs, and is overwritten with spaces."""
    stream = Terminal()

    with during("writing", stream, patience=0):
        while not stream.told.getvalue():
            pass
    assert stream.told.getvalue().decode() == f"\rwriting ...\r{' ' * len('writing ...')}\r"


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO(), None])
def test_what_is_quick_or_unwatched_is_not_told(stream: Terminal | io.StringIO | None) -> None:
    """Nobody waits for it, or nobody looks."""
    with during("writing", stream, patience=600):
        pass

    assert not isinstance(stream, Terminal) or stream.told.getvalue() == b""
    assert not isinstance(stream, io.StringIO) or stream.getvalue() == ""


@pytest.fixture
def file(tmp_path: Path, agreement_text: AgreementText) -> Path:
    """Return a file with an agreement."""
    made = tmp_path / "exempel-2024.yaml"
    made.write_text(agreement_text(), "utf-8")
    return made


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list"], ["reading: 0 of 1"]),
        (["check"], ["checking: 0 of 1"]),
        (
            ["export", "-o", "a.xlsx"],
            ["reading: 0 of 1", "writing: 1 of "],
        ),
    ],
)
def test_long_loops_are_watched(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: list[str]
) -> None:
    """Where a second is no time at all, every command with such a loop tells of it."""
    stream = Terminal()
    for time in ("SECOND", "_BETWEEN"):
        monkeypatch.setattr(progress, time, 0)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.chdir(file.parent)

    assert run(*words, file, "--as-of", "2024-06-01").code == 0
    assert [each for each in told if each not in stream.told.getvalue().decode()] == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pseudo-terminals")
def test_a_quick_command_leaves_its_terminal_alone(file: Path) -> None:
    """A real terminal as standard error gets nothing from a run of one file."""
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    # A second is made long: a busy machine must not be what this finds.
    code = (
        "import sys; from iopctl import cli; from iopctl.output import progress;"
        " progress.SECOND *= 600; cli.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "list", str(file), "--as-of", "2024-06-01"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)

    told = b""
    with suppress(OSError):  # Linux says so where nothing was ever written
        told = os.read(ours, 100)
    os.close(ours)

    assert (ran.returncode, told) == (0, b"")
