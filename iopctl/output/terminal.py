"""The one door to standard output and standard error: what they can show, what may pass."""

from __future__ import annotations

import codecs
import io
import os
import re
import shutil
import signal
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from iopctl import characters
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output.measure import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNLIMITED: Final = sys.maxsize
"""The width of a pipe or a file, where a line is as long as it needs to be."""

PLAIN: Final = "iopctl.plain"
"""Name of the error handler that writes what an encoding lacks in ASCII."""

LONGEST_TOLD: Final = 5000
"""Characters of a line on standard error, which may name what a file has at great length."""

# As in iopctl.money, which loads more than `--help` should wait for.
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_PLAINLY: Final = {
    _NO_BREAK: " ",
    "≥": ">=",
    "−": "-",
    "–": "-",
    "—": "-",
    "─": "-",
    "…": "...",
    "’": "'",
    "”": '"',
    "×": "x",
    "→": "->",
}

# What a CI service takes for a command to itself. GitHub and Azure look for the forms with ##
# anywhere in a line; the others count where a line begins, and any word may come to stand there.
_CI_COMMAND: Final = re.compile(
    r"[#](?=[#](?:vso|teamcity)?\[) | (?<!\S) (?: :(?=:) | s(?=ection_(?:start|end):) )",
    re.IGNORECASE | re.VERBOSE,
)

_CODE: Final = re.compile(r"(<script\b.*?</script|<style\b.*?</style)", re.IGNORECASE | re.DOTALL)


class Color(StrEnum):
    """When to colour; *auto* leaves it to the terminal, NO_COLOR and FORCE_COLOR."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Screen(NamedTuple):
    """What text is written on: cells to a line, colour, and the encoding of its characters."""

    width: int = UNLIMITED
    color: bool = False
    encoding: str = "utf-8"


PIPE: Final = Screen()


def screen(color: Color = Color.AUTO) -> Screen:
    """Return what standard output is; only a terminal has a width."""
    tty = sys.stdout is not None and sys.stdout.isatty()
    return Screen(
        width=shutil.get_terminal_size().columns if tty else UNLIMITED,
        color=_is_colored(color, tty=tty),
        encoding=getattr(sys.stdout, "encoding", PIPE.encoding),
    )


def _is_colored(color: Color, *, tty: bool) -> bool:
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    # The consoles of Windows that know escape sequences say so with a variable of their own.
    able = os.environ.get("TERM", "dumb") != "dumb" or "WT_SESSION" in os.environ
    return bool(os.environ.get("FORCE_COLOR")) or (tty and able)


def ci_service() -> str | None:
    """Return the CI service that this runs in, where it is `github` or `gitlab`."""
    services = {"GITHUB_ACTIONS": "github", "GITLAB_CI": "gitlab"}
    return next((name for key, name in services.items() if os.environ.get(key) == "true"), None)


def in_ci() -> bool:
    """Whether this runs unattended, as CI services say by a variable."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _escape(character: str) -> str:
    escaped = character.encode("unicode_escape").decode()
    return escaped if escaped != character else f"\\x{ord(character):02x}"


def printable(text: str, escape: Callable[[str], str] = _escape) -> str:
    """Return *text* on one line, with what a terminal or a CI service would act on escaped.

    That is what Unicode counts as control, format, private or unassigned characters (among them
    all that reorder text or have no width, but for the joiners in an emoji), line separators, lone
    surrogates, and the first character of what a CI service takes for a command.
    """
    return without_commands(characters.escaped(text, escape), escape)


def without_commands(text: str, escape: Callable[[str], str] = _escape) -> str:
    """Return *text* with the first character of what a CI service takes for a command escaped."""
    return _CI_COMMAND.sub(lambda first: escape(first[0]), text)


def harmless(text: str, escape: Callable[[str], str] = _escape) -> str:
    """Return *text* with each of its lines made printable; tabs and line ends stay.

    It is for texts that are written as they are: those of papers, templates and patches.
    """
    return "\n".join(
        "\t".join(printable(part, escape) for part in line.removesuffix("\r").split("\t"))
        + "\r" * line.endswith("\r")
        for line in text.split("\n")
    )


def in_markup(text: str) -> str:
    """Return HTML, XML or Markdown with what is not harmless written as entities.

    Code stays as it is: it knows no entities, and comes from a template that is trusted.
    """
    parts = _CODE.split(text)
    return "".join(
        part if number % 2 else harmless(part, _entity) for number, part in enumerate(parts)
    )


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def encodable(text: str, encoding: str) -> str:
    """Return *text* as *encoding* can show it, to be measured before it is written.

    No-break spaces stay, since they hold figures together; `write` replaces them one for one.
    """
    return _NO_BREAK.join(
        part.encode(encoding, PLAIN).decode(encoding) for part in text.split(_NO_BREAK)
    )


def bold(text: str, on: Screen) -> str:
    """Return *text* in bold type where the screen *on* has colour."""
    return f"\x1b[1m{text}\x1b[0m" if on.color else text


def prepare() -> None:
    """Let both streams write what their encoding lacks in ASCII, whoever writes to them.

    A standard stream that is closed leads nowhere, so that no file takes its place: libraries
    write there, too.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free, which is this one
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


def write(text: str | Iterable[str], encoding: str | None = None) -> None:
    """Write *text*, or its parts one by one, to standard output in *encoding* (else the stream's).

    What the encoding lacks is written in ASCII, and line ends stay as they are. Raises UserError
    where nothing can be written; where the reader has gone, the process dies of SIGPIPE, silently.
    """
    if sys.stdout is None:
        raise UserError(tr("cannot write the result: standard output is closed"))
    try:
        for part in [text] if isinstance(text, str) else text:
            _put(part, sys.stdout, encoding or sys.stdout.encoding)
    except BrokenPipeError:
        _discard(sys.stdout)
        _die_of_broken_pipe()
    except OSError as error:
        _discard(sys.stdout)
        raise UserError(
            tr("cannot write the result: {why}", why=tr(error.strerror or ""))
        ) from error


def say(text: str) -> None:
    """Write the lines of *text*, made printable, to standard error; the exit code must tell too.

    On a terminal a line that is too wide goes on below, indented, and no word is broken.
    """
    if sys.stderr is None:
        return
    cells = shutil.get_terminal_size().columns if sys.stderr.isatty() else UNLIMITED
    lines = (
        f"{part}\n" for line in text.split("\n") for part in _fitted(_cut(printable(line)), cells)
    )
    try:
        _put("".join(lines), sys.stderr, sys.stderr.encoding)
    except OSError:
        _discard(sys.stderr)


def _fitted(line: str, cells: int) -> list[str]:
    """Return the lines that *line* takes in *cells*, all with the blanks that it begins with."""
    words = line.lstrip(" ")
    indent = line[: len(line) - len(words)]
    return [indent + part for part in wrapped(words, max(cells - len(indent), 1))]


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_TOLD else f"{line[:LONGEST_TOLD]}…"


def _put(text: str, stream: TextIO, encoding: str) -> None:
    stream.flush()
    left = memoryview(text.encode(encoding, PLAIN))
    while left:  # an unbuffered stream may take only a part
        left = left[stream.buffer.write(left) :]
    stream.buffer.flush()


def _discard(stream: TextIO) -> None:
    """Send what *stream* still holds nowhere: Python would fail on it again when it ends."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _die_of_broken_pipe() -> None:
    with suppress(AttributeError):  # Windows has no SIGPIPE
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.raise_signal(signal.SIGPIPE)
    raise SystemExit(141)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    signs = (_PLAINLY.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lacking)
    return "".join(signs), error.end


codecs.register_error(PLAIN, _plainly)
