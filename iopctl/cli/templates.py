"""Where the templates of invoices and papers come from, and which are trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.files import Repository

Templates = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="Look here for templates first.", show_default=False),
]
OwnTemplates = Annotated[
    bool,
    typer.Option(
        "--own-templates",
        help="Take the repository's templates in CI, too: they are code in a reader's browser.",
    ),
]


def folders(named: str | None, place: Repository, *, own: bool) -> tuple[str, ...]:
    """Return where a user's templates may be: the folder that is *named*, then that of *place*.

    In CI whoever proposes a change may have written the latter: one that is met there is refused,
    unless *own* says that they are trusted.

    Raises:
        UserError: there is no such folder.
    """
    from iopctl.files import is_folder
    from iopctl.output.documents import BarredFolder

    if named is not None and not is_folder(named):
        raise UserError(tr("{name} {found}: is not there", name="--templates", found=named))
    theirs = f"{place.root or '.'}/templates"
    barred = terminal.in_ci() and not own
    return (*([named] if named else []), BarredFolder(theirs) if barred else theirs)
