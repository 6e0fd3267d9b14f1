"""A file is changed only if it is still as it was read, and by one run at a time."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from iopctl.errors import UserError
from iopctl.files import Changed, write, write_all, writing

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has neither these locks nor links")

ADDING = """
import sys
from iopctl import files
path, own = sys.argv[1:]
for number in range(20):
    while True:
        before = files.content(path)
        try:
            files.write(path, before + f"{own}{number}\\n".encode(), expected=before)
            break
        except files.Changed:
            pass
"""


@pytest.fixture
def agreement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file in the folder agreements of the folder of work."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    file = Path("agreements", "a.yaml")
    file.write_bytes(b"one")
    return file


def left(folder: Path = Path("agreements")) -> list[str]:
    """Return the names of all that lies in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_as_expected_is_replaced(agreement: Path) -> None:
    """With its permissions, and nothing left beside it."""
    agreement.chmod(0o640)
    write(str(agreement), b"two", expected=b"one")

    assert agreement.read_bytes() == b"two"
    assert os.name != "posix" or stat.S_IMODE(agreement.stat().st_mode) == 0o640
    assert left() == ["a.yaml"]


@pytest.mark.parametrize("now", [b"three", b"", b"one\n"])
def test_what_has_changed_is_left_alone(agreement: Path, now: bytes) -> None:
    """Whoever it was that changed it."""
    agreement.write_bytes(now)

    with pytest.raises(Changed, match=r"^agreements/a\.yaml has changed since it was read"):
        write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (now, ["a.yaml"])


def test_what_is_gone_is_not_written_again(agreement: Path) -> None:
    """Somebody meant to delete it."""
    agreement.unlink()

    with pytest.raises(UserError, match=r"a\.yaml can't be opened: .*: nothing is written"):
        write(str(agreement), b"two", expected=b"one")
    assert left() == []


@posix
def test_neither_a_link_nor_what_lies_behind_one_is_changed(agreement: Path) -> None:
    """A link may lead anywhere; that it leads to the expected bytes makes no difference."""
    Path("agreements", "link.yaml").symlink_to("a.yaml")
    Path("elsewhere").symlink_to("agreements")

    with pytest.raises(UserError, match=r"link\.yaml is a link"):
        write("agreements/link.yaml", b"two", expected=b"one")
    with pytest.raises(UserError, match=r"^elsewhere is a link, and links are not followed"):
        write("elsewhere/a.yaml", b"two", expected=b"one")
    assert agreement.read_bytes() == b"one"
    assert left() == ["a.yaml", "link.yaml"]


@posix
def test_runs_at_the_same_time_lose_nothing(agreement: Path) -> None:
    """Each waits for the other, and begins anew if the file has changed meanwhile."""
    agreement.write_bytes(b"")
    runs = [
        subprocess.Popen([sys.executable, "-c", ADDING, agreement, own]) for own in ("a", "b", "c")
    ]

    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert sorted(agreement.read_text("utf-8").split()) == sorted(
        f"{own}{number}" for own in "abc" for number in range(20)
    )
    assert left() == ["a.yaml"]


@posix
def test_a_folder_in_use_is_waited_for(agreement: Path) -> None:
    """The other program is given some seconds."""
    import fcntl

    folder = os.open("agreements", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    release = threading.Timer(0.2, os.close, [folder])
    release.start()
    write(str(agreement), b"two", expected=b"one")

    assert agreement.read_bytes() == b"two"


@posix
def test_a_folder_that_stays_in_use_is_told(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than waiting for ever."""
    import fcntl

    monkeypatch.setattr(writing, "_TRIES", 2)
    folder = os.open("agreements", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)

    with pytest.raises(UserError, match="agreements is being written to by another program"):
        write(str(agreement), b"two", expected=b"one")
    os.close(folder)


@posix
@pytest.mark.parametrize(
    ("call", "number"), [("flock", errno.ENOLCK), ("link", errno.EPERM), ("fsync", None)]
)
def test_a_disk_that_lacks_something_will_do(
    agreement: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int | None
) -> None:
    """Locks or hard links, as some of those of networks and of Windows."""
    import fcntl

    def lacking(*_: object) -> None:
        if number is not None:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl if call == "flock" else os, call, lacking)
    write("agreements/b.yaml", b"two")
    write(str(agreement), b"two", expected=b"one")

    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml", "b.yaml"])


def test_windows_does_without_the_folder_s_descriptor(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no signals to hold back, either; the comparison of bytes holds there, too."""
    monkeypatch.delattr(os, "O_DIRECTORY", raising=False)
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    write(str(agreement), b"two", expected=b"one")

    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml"])
    with pytest.raises(Changed):
        write(str(agreement), b"three", expected=b"one")


@posix
@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "replace", "close"])
def test_a_fault_leaves_what_was_there(
    agreement: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """And nothing beside it."""
    real = getattr(os, call)

    def failing(*words: object) -> object:
        if call == "close":
            real(*words)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        with pytest.raises(UserError, match="input/output error"):
            write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (b"one", ["a.yaml"])


@posix
def test_a_name_that_the_disk_does_not_confirm_is_told(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is written then, though it may be gone after a power cut."""
    real = os.fsync

    def failing(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)

    with pytest.raises(UserError, match="is written, but the disk does not confirm it"):
        write(str(agreement), b"two", expected=b"one")
    assert agreement.read_bytes() == b"two"


@posix
def test_a_file_whose_event_is_written_stays(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk confirms neither; taking the file away would leave the event alone."""
    real = os.fsync

    def failing(descriptor: int) -> None:
        real(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and agreement.read_bytes() == b"two":
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)

    with pytest.raises(UserError, match="is written, but the disk does not confirm it"):
        write_all([("agreements/invoice", b"1")], last=(str(agreement), b"two", b"one"))
    assert left() == ["a.yaml", "invoice"]


@posix
def test_an_interruption_waits_until_the_file_is_whole(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And takes effect then."""
    real = os.write

    def interrupted(descriptor: int, data: bytes) -> int:
        signal.raise_signal(signal.SIGINT)
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml"])
