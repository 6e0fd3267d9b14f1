"""`iopctl help`: what a command or a rule is about."""

from __future__ import annotations

from typing import Annotated

import typer

from iopctl.errors import UserError
from iopctl.language import tr

Topic = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[COMMAND|RULE]",
        help="A command, as budget or report memo, or a rule, as IOP210.",
        show_default=False,
    ),
]


def help_(topic: Topic = None) -> None:
    """Explain a command or a rule.

    Without one, all commands are listed, as by iopctl --help.

    Examples:
        iopctl help budget
        iopctl help report memo
        iopctl help IOP210  # the same as iopctl rule IOP210
    """
    from iopctl.cli import app
    from iopctl.cli.commands import COMMANDS

    words = topic or []
    if words and words[0] not in COMMANDS:
        _explain_rule(words[0])
        return
    app([*words, "--help"], prog_name="iopctl", standalone_mode=False)


def _explain_rule(word: str) -> None:
    from iopctl.check.selection import rule_called
    from iopctl.cli.rule import rule

    if not (rule_called(word.upper()) or rule_called(word.lower())):
        raise UserError(
            tr(
                "{word} is no command and no rule: iopctl help lists the commands,"
                " iopctl rule --all the rules",
                word=word,
            )
        )
    rule(word)
