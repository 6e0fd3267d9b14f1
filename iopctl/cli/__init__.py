"""The command line: one module a command, and the one place where errors become exit codes."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from iopctl import __version__, language
from iopctl.cli.commands import COMMANDS, Commands, later
from iopctl.cli.misuse import misuse
from iopctl.cli.surroundings import settled
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

BUG = 70

app = typer.Typer(
    name="iopctl",
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _name, _entry in COMMANDS.items():
    app.command(_name, help=_entry.summary)(later)


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Say which version this is.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of a bug.")] = False,
    folder: Annotated[
        str | None,
        typer.Option(
            "-C", metavar="FOLDER", help="Run as if started in this folder.", show_default=False
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="sv|en",
            help="The language of texts. Default: the system's.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Budgets, cost shares, deadlines, invoices and papers for IOP agreements kept as YAML."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run iopctl and leave with its exit code: 0, 1, 2, or 70 for a bug."""
    words = list(sys.argv[1:] if argv is None else argv)
    terminal.prepare()
    debug = "--debug" in words
    try:
        language.use(language.of_surroundings())
        words = settled([word for word in words if word != "--debug"])
        code = _run(words)
    except UserError as error:
        terminal.say(f"iopctl: {error}")
        code = error.exit_code
    except typer.TyperException as error:
        terminal.say(f"iopctl: {misuse(error)}")
        code = 2
    except typer.Abort:
        terminal.say(f"iopctl: {tr('stopped, nothing was written')}")
        code = 1
    except (MemoryError, SystemError):  # the latter is how Python itself meets it
        told = tr("there is too little memory: name fewer files at once")
        terminal.say(f"iopctl: {told}")
        code = 2
    except ImportError as error:  # what a broken installation lacks, or memory has no room for
        told = tr("a library can't be loaded: {error}", error=error)
        terminal.say(f"iopctl: {told}")
        code = 2
    except OSError as error:
        told = tr("the system refuses: {why}", why=language.of_system(error))
        terminal.say(f"iopctl: {told}")
        code = 2
    except Exception as error:
        if debug:
            raise
        bug = tr(
            "a bug in iopctl {version}, please report it: {error} (--debug shows where)",
            version=__version__,
            error=repr(error),
        )
        terminal.say(f"iopctl: {bug}")
        code = BUG
    sys.exit(code)


def _run(words: list[str]) -> int:
    if words in (
        ["--version"],
        ["-V"],
    ):  # typer needs pydantic, and so a long time, to read an option
        terminal.write(f"iopctl {__version__}\n")
        return 0
    return app(words or ["--help"], prog_name="iopctl", standalone_mode=False) or 0
