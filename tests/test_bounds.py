"""What strangers write is worked on in a process that ends alone where it asks for too much."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from operator import itemgetter
from typing import TYPE_CHECKING, NoReturn

import pytest

from iopctl import bounds
from iopctl.errors import UserError
from iopctl.installation import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

resource = pytest.importorskip("resource")


def loop(_: object) -> None:
    """Go on for ever."""
    while True:
        pass


def power(exponent: int) -> int:
    """Begin one operation that no signal interrupts."""
    return int((7**exponent).bit_length())


def end_by(number: int) -> None:
    """End as a library does that gives up."""
    os.kill(os.getpid(), number)


def test_the_result_comes_back() -> None:
    """With nothing of what a library says meanwhile."""
    assert bounds.done(sorted, [3, 1, 2], "sorting") == [1, 2, 3]


def test_a_system_that_copies_no_processes_sends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process begins anew, and is given what can be pickled."""
    monkeypatch.setattr(bounds, "COPIES", False)

    assert bounds.done(itemgetter(1), "abc", "looking") == "b"


def test_the_standard_streams_are_out_of_reach(capfd: pytest.CaptureFixture[str]) -> None:
    """What a library panics about stands in no output of ours."""
    bounds.done(lambda _: (os.write(1, b"x"), os.write(2, b"y"), os.read(0, 1)), None, "writing")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("work", "given", "told"),
    [
        (bytes, 2 << 30, "working: it asks for too much memory, and may have 1024 MiB"),
        (loop, None, "working: it takes more than 1 seconds"),
        (power, 10**8, "working: it takes more than 1 seconds"),
        (end_by, signal.SIGTRAP, "working: its process ended by SIGTRAP, perhaps for want of"),
        (sys.exit, 3, "working: its process ended by exit code 3"),
        (bytes, 2000, "working: it gives more than 0 MiB"),
    ],
)
def test_what_asks_for_too_much_is_told(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[object], object], given: object, told: str
) -> None:
    """In one line, and the run goes on."""
    monkeypatch.setattr(bounds, "MOST_SECONDS", 1)
    monkeypatch.setattr(bounds, "MOST_BYTES", 1000)

    with pytest.raises(UserError) as error:
        bounds.done(work, given, "working")

    assert str(error.value).startswith(told)


def test_the_clock_ends_what_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system counts no work, as on Windows."""
    monkeypatch.setattr(bounds, "_COUNTS", False)

    assert bounds.done(sorted, [3, 1], "sorting") == [1, 3]
    with pytest.raises(UserError, match="its process ended by SIGTRAP"):
        bounds.done(end_by, signal.SIGTRAP, "waiting")
    monkeypatch.setattr(bounds, "PATIENCE", 0.1)
    with pytest.raises(UserError, match=r"waiting: it takes more than 0\.1 seconds"):
        bounds.done(time.sleep, 30, "waiting")


def test_a_tighter_bound_of_the_surroundings_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ulimit` has the last word, and a system without /proc has a little less memory to give."""

    def confined(path: Path) -> tuple[int, int]:
        monkeypatch.setattr(bounds, "_HELD", path)
        resource.setrlimit(resource.RLIMIT_DATA, (900 << 20, 900 << 20))
        bounds._confine("RLIMIT_DATA", bounds.Allowance(1 << 30, 10))  # noqa: SLF001 - what `done` has done once already
        data: tuple[int, int] = resource.getrlimit(resource.RLIMIT_DATA)
        return data

    none = bounds._HELD / "none"  # noqa: SLF001 - where the system tells nothing
    assert bounds.done(confined, none, "looking") == (900 << 20, 900 << 20)


def fail(error: BaseException) -> NoReturn:
    """Raise *error*."""
    raise error


class GivingUpError(BaseException):
    """What a library written in Rust raises instead of an error."""


def test_a_library_that_gives_up_is_told() -> None:
    """By what it says, not as one that lacks memory."""
    with pytest.raises(UserError, match=r"^a library gives up: not a char boundary$"):
        bounds.done(fail, GivingUpError("not a char boundary"), "failing")


def test_a_work_may_be_allowed_more_or_less() -> None:
    """Memory and seconds are those of the work, the message tells which."""
    little = bounds.Allowance(memory=8 << 20, seconds=1)

    assert bounds.done(len, bytes(100), "counting", allowed=little) == 100
    with pytest.raises(UserError, match="too much memory, and may have 8 MiB"):
        bounds.done(bytes, 64 << 20, "counting", allowed=little)
    with pytest.raises(UserError, match="takes more than 1 seconds"):
        bounds.done(loop, None, "looping", allowed=little)


def write(size: int, path: str) -> int:
    """Write so many bytes into a file."""
    with open(path, "wb") as file:  # noqa: PTH123 - a path as text can be sent
        return file.write(bytes(size))


def test_no_large_file_is_written(tmp_path: Path) -> None:
    """What fills a disk is refused by the system."""
    path = str(tmp_path / "file")

    assert bounds.done(lambda size: write(size, path), 1000, "writing") == 1000
    with pytest.raises(OSError, match="too large"):
        bounds.done(lambda size: write(size, path), bounds.MOST_WRITTEN + 1, "writing")


def test_errors_come_back_as_they_are() -> None:
    """A user's is told, a bug keeps the place that it was raised in."""
    with pytest.raises(MissingExtra, match=r"a needs more: .* 'iopctl\[b\]'"):
        bounds.done(fail, MissingExtra("b", "a"), "failing")
    with pytest.raises(UserError, match=r"a library can't be loaded: x\.so: failed to map"):
        bounds.done(fail, ImportError("x.so: failed to map"), "failing")
    with pytest.raises(ZeroDivisionError) as error:
        bounds.done(fail, ZeroDivisionError("x"), "failing")

    assert "in fail" in error.value.__notes__[0]


def test_where_no_process_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of processes is no bug."""
    monkeypatch.setattr("os.fork", lambda: fail(OSError(errno.EAGAIN, "no more processes")))

    with pytest.raises(UserError, match=r"sorting: no process can be started for it .*no more"):
        bounds.done(sorted, [1], "sorting")
