"""What a paper of `iopctl report` is made with, and where it goes."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from iopctl.cli.endings import refuse_other
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.language import marked, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from iopctl.papers.pictures.drawing import PictureFormat
    from iopctl.papers.texts import Texts

PaperFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write a .md, .html, .docx, .odt or .pdf. Default: Markdown to standard output.",
        show_default=False,
    ),
]
OwnTexts = Annotated[
    str | None,
    typer.Option(
        "--texts",
        metavar="FILE",
        help="Texts for the sections; one that is not there is begun. Default: texts/NAME.md in"
        " the repository.",
        show_default=False,
    ),
]
Pictures = Annotated[
    bool | None,
    typer.Option(
        "--pictures/--no-pictures",
        help="Draw pictures into it. Default: in all formats but Markdown.",
        show_default=False,
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference-doc",
        metavar="FILE",
        help="A .docx or .odt whose styles to take.",
        show_default=False,
    ),
]
ReplacePaper = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]

COMMON: Final = "common.md"
"""The texts that all papers share, in the repository's folder of texts."""

_STDOUT: Final = (None, "-")


class To(NamedTuple):
    """Where a paper goes, and what it is made with."""

    file: str | None
    texts: str | None
    pictures: bool | None
    root: str
    folders: tuple[str, ...]
    reference: str | None
    force: bool

    @property
    def suffix(self) -> str:
        """The format of the paper."""
        return ".md" if self.file in _STDOUT else PurePath(self.file or "").suffix.lower()

    @property
    def form(self) -> PictureFormat | None:
        """What pictures are drawn as; None for none of them."""
        wanted = self.suffix != ".md" if self.pictures is None else self.pictures
        if not wanted:
            return None
        return "svg" if self.suffix == ".html" else "png"

    def written(self, name: str) -> Texts:
        """Return the texts for the paper called *name*, with those that all papers share.

        Raises:
            UserError: a file can't be read as texts.
        """
        from iopctl import files
        from iopctl.papers import texts

        file = self.texts or PurePath(self.root or ".", "texts", f"{name}.md").as_posix()
        shared = PurePath(self.root or ".", "texts", COMMON).as_posix()
        own, common = files.text(file), files.text(shared)
        found = texts.none(file) if own is None else texts.texts(own, file)
        shared_by_all = {} if common is None else texts.texts(common, shared).sections
        return found._replace(common=shared_by_all, shared=shared)

    def begin(self, written: Texts, title: str, sections: Sequence[str]) -> None:
        """Write the file of texts that was named and is not there, with a heading for each."""
        from iopctl import files
        from iopctl.papers.texts import skeleton

        if self.texts and sections and files.text(self.texts) is None:
            files.write(written.file, skeleton(title, sections).encode())
            terminal.say(tr("{file} is begun, with a heading for each section", file=written.file))


def leave(
    markdown: Callable[[PictureFormat | None], str], to: To, texts: Texts, as_of: date
) -> None:
    """Write the paper, and say which sections are yet to be written.

    *markdown* gives it with its pictures in a form, or without any.
    """
    from iopctl import files
    from iopctl.output.paper import SUFFIXES, paper
    from iopctl.output.paper.embedded import PictureError
    from iopctl.output.progress import during
    from iopctl.papers.filling import missing, title

    refuse_other(to.file or "-", SUFFIXES)
    with during(marked("drawing"), sys.stderr):
        written = _illustrated(markdown, to.form)
    if to.file is None or to.file in _STDOUT:
        terminal.write(terminal.in_markup(written), "utf-8")
    else:
        try:
            with during(marked("writing"), sys.stderr):
                made = paper(written, to.suffix, as_of, to.reference)
        except PictureError as error:
            where = next(filter(None, (_place(each, error.address) for each in texts.files)), "")
            raise UserError(f"{where}{error}") from None
        files.write(to.file, made.content, replace=to.force)
        terminal.say(tr("{name} is written", name=to.file))
        tell((made.told,))
    if sections := missing(written):
        to.begin(texts, title(written), sections)
        names = ", ".join(sections)
        terminal.say(
            tr("to be written in {file}, each under its ##: {names}", file=texts.file, names=names)
        )


def _place(file: str, address: str) -> str:
    """Return the file and line of a picture, for a message; "" where it is not there."""
    from iopctl import files

    before, found, _ = (files.text(file) or "").partition(f"({address}")
    return f"{file}:{before.count(chr(10)) + 1}: " if found else ""


def _illustrated(
    markdown: Callable[[PictureFormat | None], str], form: PictureFormat | None
) -> str:
    try:
        return markdown(form)
    except MissingExtra as error:
        raise UserError(
            tr("{error}, or leave the pictures out with --no-pictures", error=error)
        ) from None


def tell(notes: Iterable[str]) -> None:
    """Say each of *notes* that says something."""
    for note in filter(None, notes):
        terminal.say(note)
