"""What every command asks of the words that it is given, whatever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from iopctl.cli.misuse import name_of
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from typer._click import Command, Context
    from typer._click.core import Parameter

Value = TypeVar("Value")


def guarded(command: Command) -> Command:
    """Let no command begin with an empty name of a file, or a text that no file can have."""
    for parameter in command.params:
        parameter.callback = _fitting
    for below in getattr(command, "commands", {}).values():
        guarded(below)
    return command


def _fitting(_: Context, parameter: Parameter, value: Value) -> Value:
    """Return the *value* of a parameter.

    Raises:
        UserError: it is an empty name, as that of a variable of the shell that is not set; or it
            is no name, and not UTF-8.
    """
    metavar = getattr(parameter, "metavar", None) or ""
    for word in value if isinstance(value, list | tuple) else (value,):
        if not isinstance(word, str):
            continue
        if "FILE" in metavar or "FOLDER" in metavar:
            if not word:
                raise UserError(tr("{name_of}: the name is empty", name_of=name_of(parameter)))
        elif word != word.encode(errors="replace").decode():
            raise UserError(
                tr("{name_of} {word}: write it in UTF-8", name_of=name_of(parameter), word=word)
            )
    return value
