"""How the names of files end that are written: people and programs know by it what they are."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_FILES: Final = frozenset(
    (".html", ".htm", ".pdf", ".xml", ".txt", ".json", ".md", ".docx", ".odt", ".csv", ".yaml")
)


def refuse_other(path: str, endings: Sequence[str], option: str = "--output") -> None:
    """Refuse the name of a file that ends otherwise; standard output, `-`, has no ending.

    Raises:
        UserError: it does, or it is a folder's.
    """
    is_folder = path.endswith("/")
    if path != "-" and (is_folder or PurePath(path).suffix.lower() not in endings):
        raise UserError(
            tr(
                "{option} {path}: name a file that ends in {endings}",
                option=option,
                path=path,
                endings=", ".join(endings),
            )
        )


def refuse_file(path: str, option: str = "--output") -> None:
    """Refuse the name of a file where a folder is wanted, unless it is one that is there.

    Raises:
        UserError: it ends as a file's does, and is no folder.
    """
    from iopctl.files import is_folder

    if PurePath(path).suffix.lower() in _OF_FILES and not (path.endswith("/") or is_folder(path)):
        raise UserError(
            tr(
                "{option} {path}: what is written gets names of its own in a folder: name one, as"
                " fakturor; end it with / if that is what it is called",
                option=option,
                path=path,
            )
        )
