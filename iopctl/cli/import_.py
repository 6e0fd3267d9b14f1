"""`iopctl import`: the draft of an agreement out of its document."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

import typer

from iopctl.cli.writing import option
from iopctl.render import terminal

SCHEMA = "../iopctl.schema.json"


def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Documents.")],
    password_file: Annotated[str, option("FILE", "What opens them stands in this file.")] = "",
) -> None:
    """Read agreements out of documents, as drafts."""
    from iopctl.reading.importing import imported
    from iopctl.reading.opening import lines
    from iopctl.reading.writing import Writer

    for name in files:
        with open(name, "rb") as f: content = f.read()
        found = imported(lines(content, name), PurePath(name).name)
        for each in found.drafts:
            terminal.write(Writer(each, found.persons).text(SCHEMA), "utf-8")
