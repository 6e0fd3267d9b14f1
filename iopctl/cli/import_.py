"""`iopctl import`: drafts of agreements out of their documents."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final

import typer

from iopctl.cli.documents import PasswordFile
from iopctl.cli.options import AsOf
from iopctl.cli.writing import Write, option
from iopctl.errors import UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.cli.findings import Run
    from iopctl.drafting.repricing import Data
    from iopctl.reading.importing import Imported
    from iopctl.reading.known import Known

SCHEMA: Final = "../iopctl.schema.json"


class Form(StrEnum):
    """How drafts are printed: as files have them, or as data with evidence and places."""

    YAML = "yaml"
    JSON = "json"


def import_(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="PDF, Word, OpenDocument, RTF, HTML or text."),
    ],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How it is written. JSON has all evidence.")
    ] = Form.YAML,
    password_file: PasswordFile = "",
    folder: Annotated[str, option("FOLDER", "Where. Default: with the other agreements.")] = "",
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
    from iopctl.cli.writing import everything
    from iopctl.reading.importing import imported
    from iopctl.reading.known import Known
    from iopctl.reading.overview import overview

    try:
        place, run = everything(folder, as_of)
    except UserError:
        if write or folder:
            raise
        place, run = PurePath(), None  # outside of a repository no party is known
    known = _known(run) if run else Known()
    found = [imported(lines_of(each, password_file), source(each), known) for each in documents]
    if write and run:
        _write(run, place.as_posix(), found)
    elif form is Form.JSON:
        from iopctl.output import json_

        contents = {"drafts": [each for one in found for each in one.as_data()]}
        terminal.write(json_.document("import", None, contents), "utf-8")
    else:
        terminal.write("---\n".join(text for one in found for text in one.texts(SCHEMA)), "utf-8")
    for one in found:
        terminal.say("\n".join(line for draft in one.drafts for line in overview(draft)))


def source(name: str) -> str:
    """Return a document's name as records have it: from the repository's folder if it is in it."""
    from iopctl.files import repository

    path, root = PurePath(name), PurePath(repository().root)
    inside = path.is_relative_to(root) and not path.is_absolute() and ".." not in path.parts
    return path.relative_to(root).as_posix() if inside else path.name


def _write(run: Run, folder: str, found: Sequence[Imported]) -> None:
    """Write each draft under an id that no agreement has, as `new` does."""
    from iopctl.cli.writing import found as new

    for one in found:
        names = [f"{folder}/{draft.id}.yaml" for draft in one.drafts]
        for name, text in zip(names, one.texts(SCHEMA), strict=True):
            new(run, name, text, write=True)


def _known(run: Run) -> Known:
    """Return the parties of the agreements that there are."""
    from iopctl.check.portfolio import document
    from iopctl.reading.known import Known

    known = Known()
    for each in run.around.values():
        read = document(each)
        if read.agreement and read.source and read.source.data:
            data: Data = read.source.data
            known.add(read.agreement.id, data["parties"])
    return known
