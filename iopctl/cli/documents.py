"""The documents that commands read: their bytes, and the password that some of them ask for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from iopctl.cli.writing import option
from iopctl.errors import Refused, UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.reading.lines import DocumentLine

PasswordFile = Annotated[
    str | None, option("FILE", "What opens the documents is the first line of this file.")
]


def lines_of(name: str, password_file: str | None = None) -> Sequence[DocumentLine]:
    """Return the lines of a document; on a terminal, a password is asked for where it needs one.

    Raises:
        Refused: it can't be read; the message says why and what to do.
        UserError: the file with the password can't be read.
    """
    from iopctl.reading.opening import ProtectedDocument, lines

    content = _content(name)
    password = _password(password_file)
    try:
        return lines(content, name, password)
    except ProtectedDocument:
        if password is not None or not sys.stdin.isatty():
            raise
    from getpass import getpass

    return lines(content, name, getpass(tr("{name} asks for a password: ", name=name)))


def _content(name: str) -> bytes:
    from iopctl import files
    from iopctl.input import Unreadable
    from iopctl.reading.opening import MOST_BYTES

    content = files.content(name, MOST_BYTES)
    if isinstance(content, Unreadable):
        raise Refused(f"{name} {content.message}: {content.remedy}")
    return content


def _password(file: str | None) -> str | None:
    if file is None:
        return None
    from iopctl import files

    text = files.text(file)
    if text is None:
        raise UserError(tr("--password-file {file}: there is no such file", file=file))
    return text.split("\n")[0].rstrip("\r")
