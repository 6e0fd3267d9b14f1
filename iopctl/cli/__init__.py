"""The command line: one module a command, and the one place where errors become exit codes."""

import signal
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from iopctl.cli import budget, list_, schema, show, split
from iopctl.errors import UserError
from iopctl.render import terminal

BUG = 70

app = typer.Typer(
    name="iopctl",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("budget")(budget.budget)
app.command("split")(split.split)
app.command("list")(list_.list_)
app.command("show")(show.show)
app.command("schema")(schema.schema)


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a bug.")] = False,  # noqa: ARG001 - main looks for it
) -> None:
    """Budgets, cost shares, deadlines, invoices and papers for IOP agreements kept as YAML."""
    if version:
        from importlib.metadata import version as installed

        terminal.write(f"iopctl {installed('iopctl')}\n")
        raise typer.Exit


def main(argv: Sequence[str] | None = None) -> None:
    """Run iopctl and leave with its exit code: 0, 1, 2, or 70 for a bug."""
    words = sys.argv[1:] if argv is None else list(argv)
    debug = "--debug" in words
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # dying of it is what a shell expects
    terminal.prepare()
    try:
        code = app(
            [word for word in words if word != "--debug"], prog_name="iopctl", standalone_mode=False
        )
    except UserError as error:
        terminal.say(f"iopctl: {error}")
        code = error.exit_code
    except typer.TyperException as error:
        terminal.say(f"iopctl: {error.format_message()}")
        code = 2
    except Exception as error:
        if debug:
            raise
        terminal.say(f"iopctl: a bug in iopctl, please report it: {error!r} (--debug shows where)")
        code = BUG
    sys.exit(code or 0)
