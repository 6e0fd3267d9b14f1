"""The door to git: which files have changed since a revision. Nothing in a repository is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS: Final = 30
_SURROUNDINGS: Final = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def changed(names: Iterable[str], revision: str) -> frozenset[str]:
    """Return those of the files *names* that are not as they were at *revision*.

    Counted from where the work parted from *revision*, so that what others did there since does
    not count; files that git does not know yet do.

    Raises:
        UserError: this is no git repository, or it has no such revision.
    """
    parted = _git("merge-base", commit(revision), "HEAD").decode().strip()
    top = os.fsdecode(_git("rev-parse", "--show-toplevel").removesuffix(b"\n"))
    different = _git(
        *("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"),
        *(parted, "--"),
    )
    unknown = _git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    paths = os.fsdecode(different + unknown).split("\0")
    found = {Path(top, path).resolve() for path in paths}
    return frozenset(name for name in names if Path(name).resolve() in found)


def commit(revision: str) -> str:
    """Return the commit that *revision* names.

    Raises:
        UserError: as for `changed`.
    """
    _git("rev-parse", "--git-dir")  # says by itself where there is no repository
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        return _git(*words).decode().strip()
    except UserError:
        problem = f"git knows no revision '{revision}' here"
        raise UserError(f"{problem}: fetch it first (in CI, the whole history)") from None


def _git(*words: str) -> bytes:
    """Return what git writes; its configuration can name no program that is then run."""
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", *words]
    surroundings = os.environ | _SURROUNDINGS
    try:
        ran = subprocess.run(  # noqa: S603 - git alone, and no word of it comes from a file
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=SECONDS,
            env=surroundings,
        )
    except FileNotFoundError:
        raise UserError("git is not installed, and this needs it") from None
    except subprocess.TimeoutExpired:
        raise UserError(f"git gave no answer within {SECONDS} seconds") from None
    except subprocess.CalledProcessError as error:
        raise UserError(_told(os.fsdecode(error.stderr))) from None
    return ran.stdout


def _told(complaint: str) -> str:
    """Return git's complaint in a line, with what to do about the one that CI often meets."""
    if "dubious ownership" in complaint:
        return (
            "git does not read a repository that belongs to somebody else: if you trust it,"
            " run git config --global --add safe.directory and its folder"
        )
    first = complaint.strip().split("\n")[0].removeprefix("fatal: ")
    return f"git: {first}" if first else "git finds no common history: fetch the whole of it"
