"""The man page iopctl(1), made of what `--help` says of every command, and of the topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import typer

from iopctl import __version__
from iopctl.cli import app
from iopctl.cli.commands import COMMANDS, loaded
from iopctl.cli.manual import Manual, arguments, flags, manual
from iopctl.cli.misuse import name_of
from iopctl.cli.topics import TOPICS
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer._click import Command

    from iopctl.cli.topics import Topic

DAY: Final = "2026-11-30"  # of the words below; those of the commands are as old as their version
HEADINGS: Final = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "TOPICS", "ENVIRONMENT", "FILES", "SEE ALSO"),
    "sv": ("NAMN", "SYNOPS", "BESKRIVNING", "FLAGGOR", "KOMMANDON", "ÄMNEN", "MILJÖ", "FILER", "SE ÄVEN"),
}  # fmt: skip
SAID: Final = {
    "en": "Budgets, cost shares, deadlines, invoices and papers for IOP agreements in YAML",
    "sv": "budget, kostnadsfördelning, tidsfrister, fakturor och handlingar för IOP-avtal i YAML",
}
VARIABLES: Final = {
    "en": (
        ("IOPCTL_LANG", "The language of texts, sv or en."),
        ("NO_COLOR, FORCE_COLOR", "No colour, or colour wherever the output goes."),
        ("COLUMNS", "How wide the screen is, where it does not say so."),
    ),
    "sv": (
        ("IOPCTL_LANG", "Språket i texter, sv eller en."),
        ("NO_COLOR, FORCE_COLOR", "Ingen färg, eller färg vart utskriften än går."),
        ("COLUMNS", "Hur bred skärmen är, när den inte säger det."),
    ),
}
FILES: Final = {
    "en": (
        ("agreements/", "The agreements, a file in YAML for each."),
        ("iopctl.toml", "What holds for all of them."),
        ("texts/, templates/", "Texts for papers, and templates in place of iopctl's own."),
    ),
    "sv": (
        ("agreements/", "Avtalen, en fil i YAML för vart och ett."),
        ("iopctl.toml", "Det som gäller för dem alla."),
        ("texts/, templates/", "Texter till handlingar, och mallar i stället för iopctls egna."),
    ),
}


def page(language: str) -> str:
    """Return the man page in the language that texts are in, which is *language*."""
    name, synopsis, description, options, commands, topics, variables, files, more = HEADINGS[
        language
    ]
    whole = typer.main.get_command(app)
    lines = [
        f'.TH IOPCTL 1 "{DAY}" "iopctl {__version__}"',
        *_section(name, f"iopctl \\- {_plain(SAID[language])}"),
        *_section(
            synopsis,
            ".B iopctl",
            rf"[\fI{_plain(options.lower())}\fR] {_plain(tr('COMMAND'))} \&...",
        ),
        *_section(description, *_paragraphs(manual(whole.help or ""))),
        *_section(options, *_rows(flags(whole, _context(whole, "iopctl")))),
        *_section(commands),
    ]
    for each in COMMANDS:
        lines += _command(loaded(each), each)
    lines += _section(topics)
    for topic in TOPICS:
        lines += _topic(topic)
    lines += _section(variables, *_rows(VARIABLES[language]))
    lines += _section(files, *_rows(FILES[language]))
    lines += _section(more, r".BR git (1)")
    return "\n".join(lines) + "\n"


def _command(command: Command, name: str) -> Iterator[str]:
    """Yield what a command says of itself, and then its own commands."""
    context = _context(command, name)
    words = [name_of(each) for each in command.params if each.param_type_name == "argument"]
    told = manual(command.help or "")
    yield f'.SS "{_plain(" ".join([name, *words]))}"'
    yield from _paragraphs(told)
    taken = [*arguments(command, context), *flags(command, context)]
    yield from _rows([each for each in taken if not each[0].endswith("--help")])
    if told.examples:
        yield from (".PP", f"{_plain(tr('Examples'))}:", ".PP", ".nf", ".RS")
        yield from (_line(tr(each.line)) for each in told.examples)
        yield from (".RE", ".fi")
    for below, each in getattr(command, "commands", {}).items():
        yield from _command(each, f"{name} {below}")


def _context(command: Command, name: str) -> typer.Context:
    return typer.Context(command, info_name=name)


def _topic(topic: Topic) -> Iterator[str]:
    yield f'.SS "{_plain(f"{tr(topic.name)}: {tr(topic.title)}")}"'
    first = True
    for part in topic.parts:
        if isinstance(part, str):
            yield from () if first else (".PP",)
            yield _line(tr(part))
        else:
            yield from _rows([(written, tr(meaning)) for written, meaning in part])
        first = False


def _section(title: str, *lines: str) -> list[str]:
    return [f'.SH "{_plain(title)}"', *lines]


def _paragraphs(told: Manual) -> Iterator[str]:
    for number, each in enumerate(told.paragraphs):
        yield from (".PP",) if number else ()
        yield _line(tr(each))


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for written, meaning in rows:
        yield from (".TP", rf"\fB{_plain(written)}\fR", _line(meaning))


def _line(text: str) -> str:
    """Write a line of text, which may begin with what a request begins with."""
    plain = _plain(text)
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


def _plain(text: str) -> str:
    """Write a text so that nothing in it is a request, and its hyphens can be copied."""
    one = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()
    return one.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
