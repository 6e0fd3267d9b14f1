"""Which commands there are: each is imported only when it is asked for, since all take long."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import typer
from typer._click.exceptions import UsageError

from iopctl.cli.manual import ToldCommand, ToldGroup, write_words
from iopctl.cli.topics import TOPICS
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

LOOK: Final = marked("Look")
CHECK: Final = marked("Check")
CHANGE: Final = marked("Change")
BILL: Final = marked("Bill and report")
MORE: Final = marked("Set up and look up")


class CommandLine(NamedTuple):
    """A line of `iopctl --help` in a *part* of it, and its function: `module.function`."""

    part: str
    function: str
    summary: str


COMMANDS: Final = {
    "budget": CommandLine(LOOK, "budget.budget", "Show what is promised each year, in kronor."),
    "split": CommandLine(
        LOOK, "split.split", "Show how much of each partnership the public side carries."
    ),
    "outcome": CommandLine(
        LOOK, "outcome.outcome", "Show what a year came to beside what was agreed."
    ),
    "list": CommandLine(LOOK, "list_.list_", "Show all agreements, a line each."),
    "show": CommandLine(LOOK, "show.show", "Show one agreement on a page."),
    "status": CommandLine(LOOK, "status.status", "Show how each agreement stands, a line each."),
    "due": CommandLine(LOOK, "due.due", "Show every deadline, late ones first."),
    "expiring": CommandLine(LOOK, "due.expiring", "Show when agreements end, and decide by when."),
    "check": CommandLine(CHECK, "check.check", "Find all that is wrong with agreements."),
    "rule": CommandLine(CHECK, "rule.rule", "Explain a rule of iopctl check."),
    "compare": CommandLine(
        CHECK, "compare.compare", "Hold an agreement against the document that it is from."
    ),
    "diff": CommandLine(CHECK, "diff.diff", "Show what changed between two git revisions."),
    "new": CommandLine(CHANGE, "new.new", "Make the first text of an agreement."),
    "import": CommandLine(
        CHANGE, "import_.import_", "Read agreements out of documents, as drafts."
    ),
    "set": CommandLine(CHANGE, "set_.set_", "Set one value of an agreement."),
    "log": CommandLine(CHANGE, "log.log", "Log what has happened."),
    "amend": CommandLine(CHANGE, "amend.amend", "Change amounts or terms from a day on."),
    "extend": CommandLine(CHANGE, "extend.extend", "Take the next option of an agreement."),
    "renew": CommandLine(CHANGE, "renew.renew", "Make the agreement that follows another one."),
    "invoice": CommandLine(BILL, "invoice.invoice", "Tell what to invoice, or write the invoice."),
    "ledger": CommandLine(
        BILL, "ledger.ledger", "Show what each payer owes and has been asked for."
    ),
    "report": CommandLine(BILL, "report.app", "Write the papers that committees decide on."),
    "export": CommandLine(BILL, "export.export", "Write all tables to a file for other programs."),
    "init": CommandLine(MORE, "init.init", "Lay out a new repository for agreements."),
    "lsp": CommandLine(MORE, "lsp.lsp", "Tell an editor what check tells, while one types."),
    "schema": CommandLine(MORE, "schema.schema", "Print the JSON Schema of agreement files."),
    "help": CommandLine(MORE, "help_.help_", "Explain a command, a topic or a rule."),
}


# What other programs call so.
_OF_OTHERS: Final = {"version": "--version", "edit": "set", "validate": "check", "lint": "check"}


class Commands(ToldGroup):
    """The commands by name; the one that a run asks for is loaded when it is looked up."""

    def format_commands(self, _: Context, formatter: HelpFormatter) -> None:
        """Write what each command does, by what it is for."""
        widest = max(map(len, COMMANDS))
        for part, entries in groupby(COMMANDS.items(), lambda item: item[1].part):
            with formatter.section(tr(part)):
                formatter.write_dl(
                    [(f"{name:{widest}}", tr(entry.summary)) for name, entry in entries]
                )
        write_words(formatter, tr("Topics (iopctl help TOPIC)"), (tr(each.name) for each in TOPICS))

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that *args* begin with, loaded, and the words after it."""
        try:
            name, command, words = super().resolve_command(ctx, args)
        except UsageError as error:
            if meant := _OF_OTHERS.get(args[0]) or _above(args[0]):
                error.message = f"No such command '{args[0]}'. Did you mean '{meant}'?"
            raise
        return name, loaded(name) if name in COMMANDS else command, words


def _above(name: str) -> str:
    """Return the command called *name* with the one that it is of; "" where there is none."""
    groups = (each for each, line in COMMANDS.items() if line.function.endswith(".app"))
    found = (each for each in groups if name in getattr(loaded(each), "commands", {}))
    return next((f"{each} {name}" for each in found), "")


def later() -> None:
    """Stand for a command that is not loaded."""


def loaded(name: str) -> Command:
    """Import the command called *name*, its words guarded."""
    from iopctl.cli.words import guarded

    return guarded(_imported(name))


def _imported(name: str) -> Command:
    module, _, function = COMMANDS[name].function.partition(".")
    found = getattr(import_module(f"iopctl.cli.{module}"), function)
    if isinstance(found, typer.Typer):  # a command that has commands of its own
        return typer.main.get_command(found)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name, cls=ToldCommand)(found)
    return typer.main.get_command(alone)
