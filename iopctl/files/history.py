"""The door to git: what a revision holds, and which files have changed since.

Nothing in a repository is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import re
import subprocess
from hashlib import new
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import UserError
from iopctl.files import MOST_BYTES, PASSED_OVER, SUFFIXES, configuration, content
from iopctl.files.reading import is_top, shown
from iopctl.input import Input, Unreadable
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SECONDS: Final = 30
_SURROUNDINGS: Final = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_UNARMED: Final = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.untrackedCache=false"),
)
_SHA1: Final = 40  # digits
_LINK: Final = "120000"  # what git has as the mode of a symbolic link
_RANGE: Final = re.compile(r"(?P<one>[^.].*?|)(?P<dots>\.\.\.?)(?P<other>[^.].*|)")


class CommitRange(NamedTuple):
    """Two commits to compare; the *last* is None where the files as they are are meant.

    *parted* says that the *first* is not the revision that was named, but where the work parted
    from it.
    """

    first: str
    last: str | None
    parted: bool = False


def span(revision: str, other: str | None = None) -> CommitRange:
    """Return what to compare: `REV` with the files, two revisions, `A..B` or `A...B`.

    A revision alone is compared from where the work parted from it, as `A...B` is from where B
    parted from A: what others did there since is none of this work.

    Raises:
        UserError: this is no git repository, it has no such revision, or they share no history.
    """
    if told := _RANGE.fullmatch(revision):
        if other is not None:
            raise UserError(
                tr(
                    "{revision} is two revisions already: leave {other} out",
                    revision=revision,
                    other=other,
                )
            )
        one, last = (commit(told[side] or "HEAD") for side in ("one", "other"))
        return _from_parting(one, last, last) if told["dots"] == "..." else CommitRange(one, last)
    if other is not None:
        return CommitRange(commit(revision), commit(other))
    return _from_parting(commit(revision), "HEAD", None)


def _from_parting(first: str, head: str, last: str | None) -> CommitRange:
    base = _git("merge-base", first, head).decode().strip()
    return CommitRange(base, last, parted=base != first)


def repository(revision: str) -> configuration.Repository:
    """Return the configuration that the folder of work had at *revision*.

    Raises:
        UserError: this is no git repository, it has no such revision, or that can't be read.
    """
    at, top = commit(revision), _top()

    def file(path: str) -> bytes | Unreadable | None:
        folder, name = os.path.split(path)
        place = Path(folder).resolve()
        if not place.is_relative_to(top):
            return None
        below = place.relative_to(top) / name
        listed = os.fsdecode(_git("ls-tree", "-z", "-l", "--full-tree", at, "--", below.as_posix()))
        if not listed:
            return None
        mode, _, content, size = listed.partition("\t")[0].split()
        return _refused(mode, size) or _contents([content])[content]

    return configuration.repository(file=file)


def inputs(revision: str, folder: str) -> list[Input]:
    """Return the agreements that *folder* held at *revision*, as `files.present` does for now.

    Raises:
        UserError: this is no git repository, or it has no such revision.
    """
    at = commit(revision)
    place, top = Path(folder).resolve(), _top()
    if not place.is_relative_to(top):
        raise UserError(
            tr("{folder} lies outside the git repository {top}", folder=folder, top=top)
        )
    refuse_others([f"{folder}/*"])
    below = place.relative_to(top).as_posix()
    where = () if below == "." else (below,)
    listed = _git("ls-tree", "-r", "-z", "-l", "--full-tree", at, "--", *where)
    found = dict(_listed(os.fsdecode(listed), "" if below == "." else f"{below}/"))
    names = [Path(folder, name).as_posix() for name in found]
    contents = _contents([each for each in found.values() if isinstance(each, str)])
    return [
        Input(name, contents[each] if isinstance(each, str) else each)
        for name, each in zip(names, found.values(), strict=True)
    ]


def refuse_others(names: Iterable[str]) -> None:
    """Refuse files that lie in another repository inside this one, of which git here knows nothing.

    Raises:
        UserError: naming that repository.
    """
    top = _top()
    for folder in dict.fromkeys(Path(name).parent for name in names):
        place = folder.resolve()
        above = [each for each in (place, *place.parents) if each.is_relative_to(top)]
        for each in above[:-1]:
            if is_top(str(each)):
                raise _other(shown(str(each)))


def _other(folder: str) -> UserError:
    return UserError(
        tr(
            "{folder} is a git repository of its own (a submodule): ask there, with iopctl -C"
            " {folder}",
            folder=folder,
        )
    )


def _listed(listed: str, folder: str) -> Iterator[tuple[str, str | Unreadable]]:
    """Yield each agreement's name below *folder*, and git's name for its content."""
    for entry in listed.split("\0")[:-1]:
        told, _, path = entry.partition("\t")
        mode, kind, content, size = told.split()
        parts = path.removeprefix(folder).split("/")
        hidden = any(part.startswith(".") or part in PASSED_OVER for part in parts)
        if kind == "commit" and not hidden:
            raise _other(path)
        if hidden or kind != "blob" or not path.lower().endswith(SUFFIXES):
            continue
        yield "/".join(parts), _refused(mode, size) or content


def _refused(mode: str, size: str) -> Unreadable | None:
    if not size.isdecimal():
        return Unreadable(tr("is not in this clone"), tr("fetch the whole history"))
    if mode == _LINK:
        return Unreadable(tr("is a link, and links are not followed"), tr("name the file itself"))
    if int(size) > MOST_BYTES:
        return Unreadable(
            tr("is larger than {most_bytes} bytes", most_bytes=MOST_BYTES),
            tr("look whether it is the right file"),
        )
    return None


def _contents(names: list[str]) -> dict[str, bytes]:
    """Return what git has under *names*, asked for at once."""
    answer = _git("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    found, at = {}, 0
    for name in names:
        start = answer.index(b"\n", at) + 1
        end = start + int(answer[at:start].split()[-1])
        found[name], at = answer[start:end], end + 1
    return found


def changed(names: Iterable[str], revision: str) -> frozenset[str]:
    """Return those of the files *names* that are not as they were at *revision*.

    Counted from where the work parted from *revision*, so that what others did there since does
    not count; files that git does not know yet do. A file is what lies on the disk: git is not
    asked whether it has changed, since it would ask the programs that the repository names.

    Raises:
        UserError: this is no git repository, or it has no such revision.
    """
    names = [*names]
    refuse_others(names)
    parted, top = forked(revision), _top()
    where_from = {name: _place(name, top) for name in names}
    common = _common(where_from)
    where = ("--", common) if common else ()
    listed = _git("ls-tree", "-r", "-z", "--full-tree", parted, *where).split(b"\0")
    before = {path: entry.split()[2] for entry, _, path in map(_parted, listed[:-1])}
    known = ("--cached", "--others", "--exclude-standard", "--full-name")
    now = set(_git("ls-files", *known, "-z", "--", f":(top,literal){common}").split(b"\0")[:-1])
    return frozenset(
        name
        for name, place in where_from.items()
        if (place in before and not _is(name, before[place])) or (place in now - before.keys())
    )


def _parted(entry: bytes) -> tuple[bytes, bytes, bytes]:
    return entry.partition(b"\t")


def _place(name: str, top: Path) -> bytes:
    """Return how git calls a file; nothing where it lies outside the repository."""
    path = Path(name).resolve()
    return os.fsencode(path.relative_to(top).as_posix()) if path.is_relative_to(top) else b""


def _common(places: Mapping[str, bytes]) -> str:
    """Return the folder that has all of some files."""
    folders = [os.path.dirname(f"/{os.fsdecode(place)}") for place in places.values()]
    return os.path.commonpath(folders or ["/"])[1:]


def _is(name: str, identifier: bytes) -> bool:
    """Whether a file has the content that git calls *identifier*, whatever its line ends."""
    found = content(name)
    if isinstance(found, Unreadable):
        return False
    digest = "sha1" if len(identifier) == _SHA1 else "sha256"
    return any(
        new(digest, b"blob %d\0%b" % (len(each), each), usedforsecurity=False).hexdigest()
        == identifier.decode()
        for each in (found, found.replace(b"\r\n", b"\n"))
    )


def forked(revision: str) -> str:
    """Return the commit at which the work parted from *revision*.

    Raises:
        UserError: as for `changed`.
    """
    return _git("merge-base", commit(revision), "HEAD").decode().strip()


def _top() -> Path:
    """Return the folder in which all of the repository's files lie, with the folder of work.

    Raises:
        UserError: the repository says that its files lie elsewhere.
    """
    top = Path(os.fsdecode(_git("rev-parse", "--show-toplevel").removesuffix(b"\n"))).resolve()
    if not Path(os.curdir).resolve().is_relative_to(top):
        raise UserError(
            tr("the git repository here has its files in {top}: ask there", top=shown(str(top)))
        )
    return top


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
        pass
    if revision == "HEAD":
        raise UserError(tr("nothing is committed here yet: commit the files first"))
    raise UserError(
        tr(
            "git knows no revision '{revision}' here: fetch it first (in CI, the whole history)",
            revision=revision,
        )
    )


def _git(*words: str, given: bytes = b"") -> bytes:
    """Return what git writes; its configuration can name no program that is then run.

    No word asks for anything to be written, for a file to be compared or converted, or for
    anything to be fetched: these are what hooks, filters and protocols are for.
    """
    command = ["git", "--no-pager", *_UNARMED, *words]
    own = {name: value for name, value in os.environ.items() if not _of_git(name)}
    try:
        ran = subprocess.run(  # noqa: S603 - git alone, and no word of it comes from a file
            command,
            input=given,
            capture_output=True,
            check=True,
            timeout=SECONDS,
            env=own | _SURROUNDINGS,
        )
    except FileNotFoundError:
        raise UserError(tr("git is not installed, and this needs it")) from None
    except subprocess.TimeoutExpired:
        raise UserError(
            tr("git gave no answer within {seconds} seconds", seconds=SECONDS)
        ) from None
    except subprocess.CalledProcessError as error:
        raise UserError(_told(os.fsdecode(error.stderr))) from None
    return ran.stdout


def _of_git(name: str) -> bool:
    """Whether a variable leads git elsewhere, as one of a hook; a configuration is the user's."""
    return name.startswith("GIT_") and not name.startswith("GIT_CONFIG")


_NO_HISTORY: Final = marked("git finds no common history: fetch the whole of it")


def _told(complaint: str) -> str:
    """Return git's complaint in a line, with what to do about the one that CI often meets."""
    if "dubious ownership" in complaint:
        return tr(
            "git does not read a repository that belongs to somebody else: if you trust it, "
            "run git config --global --add safe.directory and its folder"
        )
    if "not a git repository" in complaint:
        return tr("this folder is in no git repository: git init makes it one")
    first = complaint.strip().split("\n")[0].removeprefix("fatal: ")
    return f"git: {first}" if first else tr(_NO_HISTORY)
