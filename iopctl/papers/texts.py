"""The texts that people write for a paper: a Markdown file with a heading for each section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.characters import forbidden, named
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEADING: Final = re.compile(r"(#{1,2})[ \t]+(.*?)[ \t]*#*")
_FENCE: Final = re.compile(r"[ ]{0,3}(```|~~~)")


class Texts(NamedTuple):
    """The sections of a file by their headings, as Markdown; *lines* is where each begins.

    Those that are *common* to papers stand in another file, which is *shared*.
    """

    file: str
    sections: Mapping[str, str]
    lines: Mapping[str, int]
    common: Mapping[str, str] = {}
    shared: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that there may be texts in."""
        return tuple(filter(None, (self.file, self.shared)))

    def of(self, name: str) -> str:
        """Return the text of a section: the paper's own, else the common one, else nothing."""
        return self.sections.get(name) or self.common.get(name, "")


def none(file: str) -> Texts:
    """Return the texts of a file that is not there."""
    return Texts(file, {}, {})


def skeleton(title: str, sections: Iterable[str]) -> str:
    """Return a file for the texts of a paper: a heading for each section, with nothing under it."""
    return "".join((f"# {title}\n", *(f"\n## {name}\n" for name in sections)))


def texts(markdown: str, file: str) -> Texts:
    """Read the text under each `## ` heading; a `# ` heading may stand first, for people.

    Raises:
        UserError: text stands outside the sections, two have one name, or a character can't be
            seen, as what moves a terminal's cursor; it names the line.
    """
    _refuse_unseen(markdown, file)
    sections: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    here, fence = "", ""
    for number, line in enumerate(markdown.splitlines(), start=1):
        found = None if fence else _HEADING.fullmatch(line)
        if found and found[1] == "##":
            here = found[2]
            if here in lines:
                raise _wrong(
                    file, number, tr("the section {name} is there twice: keep one", name=here)
                )
            sections[here], lines[here] = [], number
        elif found and here:
            raise _wrong(
                file, number, tr("a section begins with ##: # is for the file's own title")
            )
        elif here:
            sections[here].append(line)
            fence = _fence_after(line, fence)
        elif line.strip() and not found:
            raise _wrong(
                file, number, tr("the text stands in no section: put ## and its name above")
            )
    written = {name: "\n".join(body).strip() for name, body in sections.items()}
    return Texts(file, {name: body for name, body in written.items() if body}, lines)


def _refuse_unseen(markdown: str, file: str) -> None:
    for offset in forbidden(markdown):
        line = markdown.count("\n", 0, offset) + 1
        raise _wrong(
            file,
            line,
            tr("{character} can't be seen: take it away", character=named(markdown[offset])),
        )


def _fence_after(line: str, fence: str) -> str:
    """Return the fence of the block of code that goes on after *line*; empty outside of one."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    return "" if fence else found[1]


def _wrong(file: str, line: int, message: str) -> UserError:
    return UserError(f"{file}:{line}: {message}")
