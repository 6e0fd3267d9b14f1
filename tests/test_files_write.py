"""A file is written whole or not at all, and nothing is overwritten unasked."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from iopctl.errors import UserError
from iopctl.files import create, write
from iopctl.files.writing import write_all

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files or permissions")


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    """As any program's, and nothing else is left in the folder."""
    before = os.umask(0o027)
    try:
        write(str(tmp_path / "a.ics"), b"one", replace=False)
    finally:
        os.umask(before)

    assert [each.name for each in tmp_path.iterdir()] == ["a.ics"]
    assert (tmp_path / "a.ics").read_bytes() == b"one"
    assert os.name != "posix" or stat.S_IMODE((tmp_path / "a.ics").stat().st_mode) == 0o640


@posix
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """It stays readable to those who could read it, and to nobody else."""
    file = tmp_path / "a.ics"
    file.write_bytes(b"one")
    file.chmod(0o604)
    write(str(file), b"two", replace=True)

    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"two", 0o604)


def test_a_file_is_replaced_only_if_asked(tmp_path: Path) -> None:
    """What was there stays as it was."""
    file = tmp_path / "a.ics"
    file.write_bytes(b"mine")

    with pytest.raises(UserError, match="is there already: name another, or add --force"):
        write(str(file), b"two", replace=False)
    with pytest.raises(UserError, match=r"is there already: name another$"):
        write(str(file), b"two")
    assert file.read_bytes() == b"mine"


def test_a_file_without_a_name_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of a variable of the shell that is not set."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError, match="the name of a file is empty"):
        write("", b"two", replace=True)
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize(
    "place", ["link/a", "link/below/a", "./sub/link/a", "../here/link/a", "{here}/link/a"]
)
def test_nothing_is_written_behind_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """It may have come with the repository, and lead out of it: neither a file nor a folder."""
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    (here / "sub").mkdir(parents=True)
    (elsewhere / "below").mkdir(parents=True)
    for link in (here / "link", here / "sub" / "link"):
        link.symlink_to(elsewhere)
    monkeypatch.chdir(here)

    for write_it in (write, create):
        with pytest.raises(UserError, match="link is a link, and links are not followed"):
            write_it(place.format(here=here), b"two")
    with pytest.raises(UserError, match="link is a link, and links are not followed"):
        create("link/new/a", b"two")
    assert [each.name for each in elsewhere.rglob("*")] == ["below"]


@posix
@pytest.mark.parametrize("kind", ["folder", "link", "dangling link", "fifo"])
@pytest.mark.parametrize("replace", [True, False])
def test_what_is_no_regular_file_is_left_alone(tmp_path: Path, kind: str, *, replace: bool) -> None:
    """A link is not followed, whatever it leads to."""
    place = tmp_path / "a.ics"
    other = tmp_path / "other"
    match kind:
        case "folder":
            place.mkdir()
        case "fifo":
            os.mkfifo(place)
        case _:
            place.symlink_to(other)
            if kind == "link":
                other.write_bytes(b"mine")

    with pytest.raises(UserError, match="is no regular file, and is left alone"):
        write(str(place), b"two", replace=replace)
    assert not other.exists() or other.read_bytes() == b"mine"


@pytest.mark.parametrize("name", [f"{'a' * 300}.ics", "file/a.ics", "file/b/a.ics"])
def test_where_nothing_can_be_written_the_reason_is_told(tmp_path: Path, name: str) -> None:
    """A name too long, a file in place of a folder."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(UserError, match=r" can't be written: [a-z]|file.* is "):
        write(str(tmp_path / name), b"one", replace=False)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_file_that_appears_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the writing another may be faster: that one's file stays."""
    file = tmp_path / "a.ics"
    link = os.link

    def late(new: str, path: str) -> None:
        file.write_bytes(b"theirs")
        link(new, path)

    monkeypatch.setattr("iopctl.files.writing.os.link", late)

    with pytest.raises(UserError, match="can't be written: file exists"):
        write(str(file), b"ours", replace=False)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.ics", b"theirs")]


def test_of_several_files_none_is_left_where_one_cannot_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the file that was to go with them is as it was."""
    log, first, second = (tmp_path / name for name in ("a.yaml", "1.html", "1.pdf"))
    log.write_bytes(b"old")
    link = os.link

    def failing(new: str, path: str) -> None:
        if path == str(second):
            raise OSError(errno.ENOSPC, "no space left")
        link(new, path)

    monkeypatch.setattr(os, "link", failing)

    with pytest.raises(UserError, match="no space left"):
        write_all([(str(first), b"1"), (str(second), b"2")], str(log), b"new", b"old")
    assert (log.read_bytes(), first.exists(), second.exists()) == (b"old", False, False)
