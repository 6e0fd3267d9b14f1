"""What stops a command: errors that a person reads as one line, with the exit code each gives."""

from __future__ import annotations


class UserError(Exception):
    """Wrong use, configuration or surroundings; the message says what is wrong and what to do."""

    exit_code = 2


class Refused(UserError):  # noqa: N818 - what happened, not what went wrong in the tool
    """What was asked for is understood and not done, for a reason that lies in the agreements."""

    exit_code = 1
