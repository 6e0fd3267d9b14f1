"""`iopctl rule`: the manual page of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from iopctl.cli import completion
from iopctl.cli.options import ColorChoice
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.check.rules import Rule
    from iopctl.output.terminal import Screen

RuleCode = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE|NAME",
        help="The rule.",
        show_default=False,
        autocompletion=completion.rules,
    ),
]
RuleFormat = Literal["text", "json", "markdown"]


def rule(
    word: RuleCode = None,
    all_: Annotated[bool, typer.Option("--all", help="List all rules.")] = False,
    output: Annotated[
        RuleFormat, typer.Option("--format", "-f", help="How the result is written.")
    ] = "text",
    color: ColorChoice = Color.AUTO,
) -> None:
    """Explain a rule of iopctl check.

    What it means, why, what to do, and a bad and a good example. With --all, a line for each
    rule; --all --format json has all pages whole.

    Examples:
        iopctl rule IOP210
        iopctl rule --all
    """
    from iopctl.check.rules import ALL

    if all_ == bool(word):
        raise UserError(tr("name a rule by its code or name, or list all with --all"))
    rules = [_called(word)] if word else ALL
    if not all(each.doc for each in rules):
        raise UserError(tr("the pages are docstrings, which Python leaves out: run it without -OO"))
    screen = terminal.screen(color)
    shown = _shown(rules[0], output, screen) if word else _listed(rules, output, screen)
    terminal.write(shown, screen.encoding if output == "text" else "utf-8")


def _called(word: str) -> Rule:
    from iopctl.check.selection import nearest, rule_called

    found = rule_called(word.upper()) or rule_called(word.lower())
    if found is None:
        raise UserError(tr("{word} is no rule: {nearest}", word=word, nearest=nearest(word)))
    return found


def _listed(rules: Sequence[Rule], output: RuleFormat, screen: Screen) -> str:
    from iopctl.output import manual

    match output:
        case "text":
            return manual.listing(rules, screen)
        case "json":
            return manual.json_(rules)
        case _:
            return manual.markdown_index(rules)


def _shown(found: Rule, output: RuleFormat, screen: Screen) -> str:
    from iopctl.output import manual

    match output:
        case "text":
            return manual.text(found, screen)
        case "json":
            return manual.json_([found])
        case _:
            return manual.markdown(found)
