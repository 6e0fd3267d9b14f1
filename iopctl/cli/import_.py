"""`iopctl import`: drafts of agreements out of their documents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.documents import PasswordFile
from iopctl.cli.options import AsOf
from iopctl.cli.writing import Write, option
from iopctl.errors import Refused
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.check.run import Run
    from iopctl.drafting.repricing import Data
    from iopctl.reading.importing import ImportedDocument
    from iopctl.reading.known import Register


class DraftForm(StrEnum):
    """How drafts are printed: as files have them, or as data with evidence and places."""

    YAML = "yaml"
    JSON = "json"


def import_(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="PDF, Word, OpenDocument, RTF, HTML or text."),
    ],
    form: Annotated[
        DraftForm, typer.Option("--format", "-f", help="How it is written. JSON has all evidence.")
    ] = DraftForm.YAML,
    password_file: PasswordFile = None,
    folder: Annotated[
        str | None, option("FOLDER", "Where. Default: with the other agreements.")
    ] = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Read agreements out of documents, as drafts.

    Each value has its place and the words that it rests on in a comment, each doubt a comment
    that begins with # ?. Nothing is invented: what a document does not say is left out. A memo
    that lists several partnerships gives a draft of each. What other agreements say of a party
    is taken over. Persons' names are left out.

    Examples:
        iopctl import avtal.pdf  # shows the draft
        iopctl import avtal.docx --write  # puts it with the other agreements
        iopctl import avtal.pdf --format json  # the facts, each with its page and words
    """
    from iopctl.cli.documents import lines_of
    from iopctl.cli.writing import alone, everything, schema_from
    from iopctl.reading.importing import imported
    from iopctl.reading.overview import overview

    read = [(source(each), lines_of(each, password_file)) for each in documents]
    elsewhere = [each for each in documents if not _is_inside(each)]
    with alone([folder or ""], write=write):
        where, run = everything(folder, as_of)
        known, schema = _known(run), schema_from(where)
        found = [imported(lines, name, known) for name, lines in read]
        if write:
            _write(run, where, found, schema)
        else:
            _show(found, form, schema)
    for one in found:
        terminal.say("\n".join(line for draft in one.drafts for line in overview(draft)))
    for name in elsewhere:
        terminal.say(
            tr(
                "{name} is not named within the repository, and source has its name alone: put "
                "it there, or name it: iopctl compare ID {name}",
                name=terminal.printable(name),
            )
        )


def _show(found: Sequence[ImportedDocument], form: DraftForm, schema: str) -> None:
    if form is DraftForm.JSON:
        from iopctl.output import json_

        contents = {"drafts": [each for one in found for each in one.as_data()]}
        terminal.write(json_.document("import", None, contents), "utf-8")
    else:
        terminal.write("---\n".join(text for one in found for text in one.texts(schema)), "utf-8")


def source(name: str) -> str:
    """Return a document's name as records have it: from the repository's folder if it is in it."""
    from iopctl.files import repository

    path = PurePath(name)
    return path.relative_to(repository().root).as_posix() if _is_inside(name) else path.name


def _is_inside(name: str) -> bool:
    """Whether a document lies in the repository's folder."""
    from iopctl.files import repository

    path = PurePath(name)
    is_below = path.is_relative_to(repository().root)
    return is_below and not path.is_absolute() and ".." not in path.parts


def _write(run: Run, folder: PurePath, found: Sequence[ImportedDocument], schema: str) -> None:
    """Write each draft under its id, as `new` does: all of them, or none.

    Raises:
        Refused: there is such a file, or two drafts have one id.
    """
    from iopctl.cli.writing import found as new

    drafts = [
        ((folder / f"{draft.id}.yaml").as_posix(), text)
        for one in found
        for draft, text in zip(one.drafts, one.texts(schema), strict=True)
    ]
    names = [name for name, _ in drafts]
    for name in names:
        if name in run.around or names.count(name) > 1:
            raise Refused(
                tr(
                    "{name} is there already, or would be written twice: nothing is written",
                    name=name,
                )
            )
    for name, text in drafts:
        new(run, name, text, write=True)


def _known(run: Run) -> Register:
    """Return the parties of the agreements that there are."""
    from iopctl.check.portfolio import document
    from iopctl.reading.known import Register

    known = Register()
    for each in run.around.values():
        read = document(each)
        if read.agreement and read.source and read.source.data:
            data: Data = read.source.data
            known.add(read.agreement.id, data["parties"])
    return known
