"""Which commands there are: each is imported only when it is asked for, since all take long."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context


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
    "import": Entry("import_.import_", "Read agreements out of documents, as drafts."),
    "renew": Entry("renew.renew", "Make the agreement that follows another one."),
    "diff": Entry("diff.diff", "Show what changed between two git revisions."),
    "report": Entry("report.app", "Write the papers that committees decide on."),
    "export": Entry("export.export", "Write all tables to a file for other programs."),
    "rule": Entry("rule.rule", "Explain a rule of iopctl check."),
    "init": Entry("init.init", "Lay out a new repository for agreements."),
    "schema": Entry("schema.schema", "Print the JSON Schema of agreement files."),
}


class Commands(TyperGroup):
    """The commands by name; the one that a run asks for is loaded when it is looked up."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that *args* begin with, loaded, and the words after it."""
        name, command, words = super().resolve_command(ctx, args)
        return name, loaded(name) if name in COMMANDS else command, words


def later() -> None:
    """Stand for a command that is not loaded."""


def loaded(name: str) -> Command:
    """Import the command called *name*."""
    module, _, function = COMMANDS[name].function.partition(".")
    found = getattr(import_module(f"iopctl.cli.{module}"), function)
    if isinstance(found, typer.Typer):  # a command that has commands of its own
        return typer.main.get_command(found)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)
