"""Which commands there are: each is imported only when it is asked for, since all take long."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from iopctl.language import current, tr

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


class Entry(NamedTuple):
    """A line of `iopctl --help`, and the function that it is about: `module.function`."""

    function: str
    summary: str


COMMANDS: Final = {
    "budget": Entry("budget.budget", "Show what is promised each year, in kronor."),
    "split": Entry("split.split", "Show how much of each partnership the public side carries."),
    "check": Entry("check.check", "Find all that is wrong with agreements."),
    "list": Entry("list_.list_", "Show all agreements, a line each."),
    "show": Entry("show.show", "Show one agreement on a page."),
    "status": Entry("status.status", "Show how each agreement stands, a line each."),
    "due": Entry("due.due", "Show every deadline, late ones first."),
    "expiring": Entry("due.expiring", "Show when agreements end, and decide by when."),
    "invoice": Entry("invoice.invoice", "Tell what to invoice, or write the invoice."),
    "log": Entry("log.log", "Log what has happened."),
    "extend": Entry("extend.extend", "Take the next option of an agreement."),
    "amend": Entry("amend.amend", "Change amounts or terms from a day on."),
    "new": Entry("new.new", "Make the first text of an agreement."),
    "renew": Entry("renew.renew", "Make the agreement that follows another one."),
    "diff": Entry("diff.diff", "Show what changed between two git revisions."),
    "report": Entry("report.app", "Write the papers that committees decide on."),
    "export": Entry("export.export", "Write all tables to a file for other programs."),
    "rule": Entry("rule.rule", "Explain a rule of iopctl check."),
    "init": Entry("init.init", "Lay out a new repository for agreements."),
    "schema": Entry("schema.schema", "Print the JSON Schema of agreement files."),
}


class _Spoken:
    """A usage line that begins with a word of the language that is used."""

    def format_usage(self: Command, ctx: Context, formatter: HelpFormatter) -> None:  # type: ignore[misc] # of a command alone
        """Write how the command is used."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{tr('Usage')}: ")


class SpokenCommand(_Spoken, TyperCommand):
    """A command whose help is in the language that is used."""


class SpokenGroup(_Spoken, TyperGroup):
    """Commands of a command, whose help is in the language that is used."""


class Commands(SpokenGroup):
    """The commands by name; the one that a run asks for is loaded when it is looked up."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands; `--help` then tells of them in the language used."""
        translated(self)
        return super().list_commands(ctx)

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that *args* begin with, loaded, and the words after it."""
        name, command, words = super().resolve_command(ctx, args)
        return name, loaded(name) if name in COMMANDS else command, words


def later() -> None:
    """Stand for a command that is not loaded."""


def loaded(name: str) -> Command:
    """Import the command called *name*, its help in the language that is used."""
    return translated(_imported(name))


def translated(command: Command) -> Command:
    """Put what a command and those below it say of themselves in the language that is used."""
    if current() != "en":
        command.help = paragraphs(command.help or "")
        command.short_help = tr(command.short_help or "")
        for parameter in command.params:
            said = getattr(parameter, "help", None)
            if said:
                parameter.help = tr(said)  # type: ignore[attr-defined] # arguments have it, too
        for below in getattr(command, "commands", {}).values():
            translated(below)
    return command


def paragraphs(text: str) -> str:
    """Return a text of several paragraphs, each on a line, in the language that is used."""
    return "\n\n".join(tr(" ".join(each.split())) for each in text.split("\n\n"))


def _imported(name: str) -> Command:
    module, _, function = COMMANDS[name].function.partition(".")
    found = getattr(import_module(f"iopctl.cli.{module}"), function)
    if isinstance(found, typer.Typer):  # a command that has commands of its own
        return typer.main.get_command(found)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name, cls=SpokenCommand)(found)
    return typer.main.get_command(alone)
