"""What `--help` says: the words of a command's docstring, in the language that is used."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup

from iopctl.cli.misuse import choice_of, name_of
from iopctl.language import marked, of_libraries, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from typer._click import Command, Context, HelpFormatter
    from typer._click.core import Parameter
    from typer._click.shell_completion import CompletionItem
    from typer.core import TyperOption

    from iopctl.cli.choices import Alternatives

    _Command = Command
else:
    _Command = object  # what it is mixed into is one

EXAMPLES: Final = "Examples:"
# What the library says where it looks nothing up, and what it makes of names of ours.
_OF_LIBRARY: Final = (
    marked("Show this message and exit."),
    marked("Install completion for the current shell."),
    marked("Show completion for the current shell, to copy it or customize the installation."),
    marked("KIND"),
    marked("COMMAND"),
)
_RANGE: Final = re.compile(r"(-?\d+)<=x<=(-?\d+)")


class Example(NamedTuple):
    """A line that a person can type, and what it does; *what* is "" where the line says it."""

    line: str
    what: str


class Manual(NamedTuple):
    """A docstring's paragraphs, each on one line, and its examples."""

    paragraphs: tuple[str, ...]
    examples: tuple[Example, ...]


def manual(doc: str) -> Manual:
    """Return the parts of a docstring; `Examples:` has lines `command  # what it does`."""
    text, _, lines = cleandoc(doc).partition(f"\n\n{EXAMPLES}\n")
    examples = (line.strip().partition("  # ") for line in lines.splitlines() if line.strip())
    return Manual(
        tuple(" ".join(each.split()) for each in text.split("\n\n") if each),
        tuple(Example(line.strip(), what.strip()) for line, _, what in examples),
    )


class _Told(_Command):
    """What a command says of itself: usage, paragraphs, arguments, flags, examples."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write how it is called: the words that it takes, and that there are flags."""
        words = [name_of(each) for each in self.params if each.param_type_name == "argument"]
        words += [tr("COMMAND")] if isinstance(self, TyperGroup) else []
        pieces = " ".join([*words, tr("[FLAGS]")])
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{tr('Usage')}: ")

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words after it; what is wrong with them is wrong with this command."""
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # the library leaves it out where a value is missing
            raise
        return rest

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the flag that shows all this, through the door of all output."""
        option = super().get_help_option(ctx)
        if option:
            option.callback = _show
        return option

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return what Tab offers, each with what help says of it."""
        offered: list[CompletionItem] = super().shell_complete(ctx, incomplete)
        for each in offered:
            command = self.get_command(ctx, each.value) if isinstance(self, TyperGroup) else None
            told = manual(command.help or "").paragraphs[0] if command else each.help
            each.help = tr(told or "")
        return offered

    def format_help_text(self, _: Context, formatter: HelpFormatter) -> None:
        """Write the paragraphs."""
        for each in manual(self.help or "").paragraphs:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(tr(each))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, the flags and the examples."""
        _section(formatter, tr("Arguments"), [*arguments(self, ctx)])
        _section(formatter, tr("Flags"), [*flags(self, ctx)])
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)
        _examples(formatter, manual(self.help or "").examples)


def _show(ctx: Context, _: Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        with of_libraries():
            told = ctx.get_help()
        terminal.write(f"{told}\n")
        ctx.exit()


def _section(formatter: HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def arguments(command: Command, ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield each word that a command takes, and what it means."""
    for each in command.params:
        record = each.get_help_record(ctx) if each.param_type_name == "argument" else None
        if record is not None:
            said = tr(getattr(each, "help", None) or "")
            choice = choice_of(each)
            yield name_of(each), _choosing(said, choice) if choice else said


def flags(command: Command, ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield each flag of a command as it is written, and what it does."""
    for each in command.get_params(ctx):
        record = each.get_help_record(ctx) if each.param_type_name == "option" else None
        if record is not None:
            said = getattr(each, "help", None) or ""
            metavar = getattr(each, "metavar", None) or ""
            shown = record[0].replace(metavar, tr(metavar)) if metavar else record[0]
            about = _RANGE.sub(_range, record[1].replace(said, tr(said), 1))
            yield _chosen(each, shown, about)


def _choosing(said: str, choice: Alternatives[Any]) -> str:
    return f"{said.removesuffix('.')}: {', '.join(choice.spoken)}."


def _chosen(parameter: Parameter, shown: str, about: str) -> tuple[str, str]:
    """Return what is said of a flag, the words that it chooses from as a person reads them."""
    choice = choice_of(parameter)
    if choice is None:
        return shown, about
    for word, value in choice.spoken.items():
        about = about.replace(f": {value}]", f": {word}]")
    return shown.replace(choice.words, tr(choice.words)), about


def _range(found: re.Match[str]) -> str:
    return tr("{low} to {high}", low=found[1], high=found[2])


def write_words(formatter: HelpFormatter, title: str, listed: Iterable[str]) -> None:
    """Write a section of words alone, on as many lines as they take."""
    with formatter.section(title):
        formatter.write_text(", ".join(listed))


def _examples(formatter: HelpFormatter, examples: Sequence[Example]) -> None:
    if not examples:
        return
    with formatter.section(tr("Examples")):
        for each in examples:
            formatter.write(f"{'':{formatter.current_indent}}{tr(each.line)}\n")
            if each.what:
                with formatter.indentation():
                    formatter.write_text(tr(each.what))


class ToldCommand(_Told, TyperCommand):
    """A command that says of itself what its docstring does."""


class ToldGroup(_Told, TyperGroup):
    """A command with commands of its own, which says of itself what its docstring does."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what each of its commands does."""
        rows = []
        for name in self.list_commands(ctx):
            told = manual(getattr(self.get_command(ctx, name), "help", "") or "")
            rows.append((name, tr(told.paragraphs[0])))
        _section(formatter, tr("Commands"), rows)
