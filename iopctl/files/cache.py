"""Results kept from one run to the next, in the user's cache folder.

Whatever is odd there counts as absent: an entry only ever saves work, and is never believed
unless it is whole and was made by this very code of the very same input.
"""

from __future__ import annotations

import os
import platform
import stat
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_ENTRIES: Final = 10
# What has a say in a result, beside the code of iopctl itself.
_LIBRARIES: Final = ("pydantic", "pydantic-core", "python-stdnum", "pyyaml")

# A link is not followed, and nobody waited for who might write to a FIFO; Windows has neither.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def key(parts: Iterable[bytes]) -> str:
    """Return the name under which to keep what this code makes of *parts*, and of nothing else."""
    found = sha256()
    for part in (*_surroundings(), *parts):
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.hexdigest()


def entry(name: str) -> bytes | None:
    """Return what is kept under *name*; None where nothing is, or not as it was written."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with os.fdopen(os.open(folder / name, _FLAGS), "rb") as file:
            seal, _, data = file.read(MOST_BYTES).partition(b"\n")
    except OSError:
        return None
    return data if seal == _seal(name, data) else None


def keep(name: str, data: bytes) -> None:
    """Keep *data* under *name*, where that can be done, and forget what was kept long ago."""
    folder = _folder()
    sealed = b"%b\n%b" % (_seal(name, data), data)
    if folder is None or len(sealed) > MOST_BYTES:
        return
    new = folder / f"{os.urandom(8).hex()}.tmp"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_bytes(sealed)
        new.replace(folder / name)
        newest = sorted(folder.iterdir(), key=lambda each: -each.stat().st_mtime_ns)
        for old in newest[MOST_ENTRIES:]:
            old.unlink()
    with suppress(OSError):
        new.unlink()


def _seal(name: str, data: bytes) -> bytes:
    return sha256(name.encode() + data).hexdigest().encode()


def _folder() -> Path | None:
    """Return the folder of the entries; none where others have a say, as in a repository."""
    from platformdirs import user_cache_path

    folder = user_cache_path("iopctl", appauthor=False) / "check"
    real = folder.resolve()
    in_repository = any(os.path.lexists(each / ".git") for each in (real, *real.parents))
    usable = folder.is_absolute() and not in_repository and _is_ours_alone(real)
    return folder if usable else None


def _is_ours_alone(folder: Path) -> bool:
    """Whether nobody else can have put anything in a folder, which may be yet to be made."""
    if not hasattr(os, "geteuid"):  # Windows keeps it in the user's own profile
        return True
    try:
        told = folder.stat()
    except OSError:
        return True
    return told.st_uid == os.geteuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _surroundings() -> Iterator[bytes]:
    """Yield what may make the same input give another result: Python, libraries, our own code."""
    yield f"{platform.python_implementation()} {platform.python_version()}".encode()
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{library} {version(library)}".encode()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        of_file = path.stat()
        yield f"{path} {of_file.st_size} {of_file.st_mtime_ns}".encode()
