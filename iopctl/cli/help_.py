"""`iopctl help`: what a command, a topic or a rule is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from iopctl.cli.topics import Topic

About = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[COMMAND|TOPIC|RULE]",
        help="A command, as budget or report memo, a topic, as money, or a rule, as IOP210.",
        show_default=False,
        autocompletion=completion.topics,
    ),
]


def help_(about: About = None) -> None:
    """Explain a command, a topic or a rule.

    Without one, all commands and topics are listed, as by iopctl --help.

    Examples:
        iopctl help budget
        iopctl help report memo
        iopctl help dates  # how days, periods and lengths are written
        iopctl help IOP210  # the same as iopctl rule IOP210
    """
    from iopctl.cli import app
    from iopctl.cli.commands import COMMANDS
    from iopctl.cli.topics import topic_called

    words = about or []
    if not words or words[0] in COMMANDS:
        app([*words, "--help"], prog_name="iopctl", standalone_mode=False)
    elif topic := topic_called(words[0]):
        _tell(topic)
    else:
        _explain_rule(words[0])


def _tell(topic: Topic) -> None:
    from iopctl.cli.topics import text
    from iopctl.output import terminal

    screen = terminal.screen()
    terminal.write(text(topic, screen), screen.encoding)


def _explain_rule(word: str) -> None:
    from iopctl.check.selection import rule_called
    from iopctl.cli.rule import rule

    if not (rule_called(word.upper()) or rule_called(word.lower())):
        raise UserError(
            tr(
                "{word} is no command, no topic and no rule: iopctl help lists commands and topics,"
                " iopctl rule --all the rules",
                word=word,
            )
        )
    rule(word)
