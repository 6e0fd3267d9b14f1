"""What stops a command: errors that a person reads as one line, with the exit code each gives."""

from __future__ import annotations

from iopctl.installation import command
from iopctl.language import tr


class UserError(Exception):
    """Wrong use, configuration or surroundings; the message says what is wrong and what to do."""

    exit_code = 2


class Refused(UserError):  # noqa: N818 - what happened, not what went wrong in the tool
    """What was asked for is understood and not done, for a reason that lies in the agreements."""

    exit_code = 1


class MissingExtra(UserError):  # noqa: N818 - likewise
    """A library that only some commands need is not installed."""

    def __init__(self, extra: str, need: str) -> None:
        super().__init__(extra, need)  # what it is made anew of in another process

    def __str__(self) -> str:
        extra, need = self.args
        return tr(
            "{need} needs more: install it with: {command}", need=need, command=command(extra)
        )
