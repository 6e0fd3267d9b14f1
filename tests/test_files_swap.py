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
from iopctl.files import ChangedFile, held, locks, turn, write, write_all

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has neither these locks nor links")

ADDING = """
import sys
from iopctl import files
from iopctl.files import locks
locks._TRIES = 100_000  # however busy the machine is
path, own = sys.argv[1:]
for number in range(20):
    while True:
        before = files.content(path)
        try:
            files.write(path, before + f"{own}{number}\\n".encode(), expected=before)
            break
        except files.ChangedFile:
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

    with pytest.raises(ChangedFile, match=r"^agreements/a\.yaml has changed since it was read"):
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

    assert [run.wait(600) for run in runs] == [0, 0, 0]
    assert sorted(agreement.read_text("utf-8").split()) == sorted(
        f"{own}{number}" for own in "abc" for number in range(20)
    )
    assert left() == ["a.yaml"]


@posix
def test_a_folder_in_use_is_waited_for(agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other program is given some seconds."""
    import fcntl

    monkeypatch.setattr(locks, "_TRIES", 100_000)

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

    monkeypatch.setattr(locks, "_TRIES", 2)
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
    monkeypatch.delattr(os, "fchown", raising=False)
    write(str(agreement), b"two", expected=b"one")

    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml"])
    with pytest.raises(ChangedFile):
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


def test_what_nobody_may_write_is_left_as_it_is_by_root_too(agreement: Path) -> None:
    """To whom the system would let it be written."""
    agreement.chmod(0o444)

    with pytest.raises(UserError, match=r"^agreements/a\.yaml is write-protected"):
        write(str(agreement), b"two", replace=True)
    agreement.chmod(0o644)
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
        write_all([("agreements/invoice", b"1")], str(agreement), b"two", b"one")
    assert left() == ["a.yaml", "invoice"]


@posix
def test_an_interruption_waits_until_the_file_is_whole(
    agreement: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """And takes effect then."""
    real = os.write
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job has none
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))

    def interrupted(descriptor: int, data: bytes) -> int:
        signal.raise_signal(signal.SIGINT)
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml"])


@posix
def test_an_editor_that_saves_while_the_disk_works_is_not_overwritten(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read before the data is on the disk may no longer be there after it."""
    real = os.fsync

    def saving(descriptor: int) -> None:
        real(descriptor)
        agreement.write_bytes(b"the editor's")

    monkeypatch.setattr(os, "fsync", saving)

    with pytest.raises(ChangedFile):
        write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (b"the editor's", ["a.yaml"])


@posix
def test_a_disk_that_keeps_nothing_on_demand_is_written_to(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of some networks; there is no more that could be done."""

    def unable(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", unable)
    write(str(agreement), b"two", expected=b"one")
    write_all([("agreements/invoice", b"1")], str(agreement), b"three", b"two")

    assert (agreement.read_bytes(), left()) == (b"three", ["a.yaml", "invoice"])


@posix
def test_a_folder_that_is_not_let_go_changes_nothing(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is written."""
    real = os.close

    def failing(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        real(descriptor)
        if is_folder:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "close", failing)
    write_all([("agreements/invoice", b"1")], str(agreement), b"two", b"one")

    assert (agreement.read_bytes(), left()) == (b"two", ["a.yaml", "invoice"])


@posix
@pytest.mark.parametrize("tells", ["yes", "the disk", "another"])
def test_an_event_whose_file_can_not_be_named_is_taken_back(
    agreement: Path, monkeypatch: pytest.MonkeyPatch, tells: str
) -> None:
    """Where that can't be done either, it is told which event has no file."""
    real = os.fsync

    def unlinkable(*_: object) -> None:
        if tells == "another":
            agreement.write_bytes(b"three")
        raise OSError(errno.EIO, "Input/output error")

    def unconfirmed(descriptor: int) -> None:
        real(descriptor)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and tells == "the disk":
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "link", unlinkable)
    monkeypatch.setattr(os, "fsync", unconfirmed)
    told = {
        "another": r"run the command again; agreements/a\.yaml tells of a file that is not there$"
    }.get(tells, r"^agreements/invoice can't be written: input/output error$")

    with pytest.raises(UserError, match=told):
        write_all([("agreements/invoice", b"1")], str(agreement), b"two", b"one")
    assert agreement.read_bytes() == (b"three" if tells == "another" else b"one")
    assert left() == ["a.yaml"]


@posix
def test_a_file_that_may_not_be_written_is_left_as_it_is(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has protected it; to root, all is writable."""
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != ("agreements/a.yaml", 2))

    with pytest.raises(UserError, match=r"^agreements/a\.yaml is write-protected"):
        write(str(agreement), b"two", expected=b"one")
    assert (agreement.read_bytes(), left()) == (b"one", ["a.yaml"])


@posix
def test_a_file_stays_its_owner_s_and_nobody_reads_it_meanwhile(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where root writes it, and where another may, who can't give it away."""
    agreement.chmod(0o640)
    given: list[tuple[int, int]] = []
    modes: list[int] = []
    own = agreement.stat()
    real_stat, real_write = os.fstat, os.write

    def another(descriptor: int) -> os.stat_result:
        found = list(real_stat(descriptor))
        found[4] += stat.S_ISREG(int(found[0]))  # the owner
        return os.stat_result(found)

    def fchown(_: int, owner: int, group: int) -> None:
        given.append((owner, group))
        raise PermissionError

    def seen(descriptor: int, data: bytes) -> int:
        modes.append(stat.S_IMODE(real_stat(descriptor).st_mode))
        return real_write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", another)
        patch.setattr(os, "fchown", fchown)
        patch.setattr(os, "write", seen)
        write(str(agreement), b"two", expected=b"one")

    assert given == [(own.st_uid, own.st_gid)]
    assert modes == [0o600]
    assert stat.S_IMODE(agreement.stat().st_mode) == 0o640


@posix
def test_a_folder_that_is_held_can_be_written_in_by_its_holder_alone(agreement: Path) -> None:
    """However often it takes it; what is not there, or is no folder, is nobody's."""
    other = [sys.executable, "-c", "import sys\nfrom iopctl import files\nfrom iopctl.files import locks\nlocks._TRIES = 1\nfiles.write(sys.argv[1], b'theirs')"]  # fmt: skip
    with turn(["agreements", str(agreement), "missing", "id"], "agreements"), held("agreements"):
        write("agreements/b", b"ours")
        ran = subprocess.run([*other, "agreements/c"], check=False, capture_output=True, text=True)

        assert "UserError: agreements is being written to by another program" in ran.stderr
    assert left() == ["a.yaml", "b"]
    assert subprocess.run([*other, "agreements/c"], check=False).returncode == 0


@posix
def test_of_several_files_none_is_left_where_one_can_not_be_named(
    agreement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is their event."""
    real = os.link

    def second_fails(old: str, new: str) -> None:
        if new.endswith("b"):
            raise OSError(errno.EIO, "Input/output error")
        real(old, new)

    monkeypatch.setattr(os, "link", second_fails)
    files = [("agreements/a", b"1"), ("agreements/b", b"2")]

    with pytest.raises(UserError, match="can't be written: "):
        write_all(files, str(agreement), b"two", b"one")
    assert (agreement.read_bytes(), left()) == (b"one", ["a.yaml"])
