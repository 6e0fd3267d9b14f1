"""Wrong use of the command line: what the library says of it, in words that say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from iopctl.cli.choices import Alternatives
from iopctl.language import marked, tr

if TYPE_CHECKING:
    import typer

# The library has no other form of these than its English sentences, in every language.
_SENTENCES: Final = (
    (re.compile(r"Option '(?P<option>.*)' requires an argument"), marked("{option} needs a value")),
    (
        re.compile(r"No such command '(?P<word>.*)'\. Did you mean (?P<near>.*)\?"),
        marked("there is no command {word}: did you mean {near}?"),
    ),
    (re.compile(r"No such command '(?P<word>.*)'"), marked("there is no command {word}")),
    (
        re.compile(r"Got unexpected extra .*\(s\) \((?P<words>.*)\)"),
        marked("{words}: not expected"),
    ),
)
# Of values that pydantic reads, its words are for programmers.
_VALUES: Final = {
    "int_parsing": marked("{name} {found}: write a whole number"),
    "greater_than_equal": marked("{name} {found}: write {ge} or more"),
    "less_than_equal": marked("{name} {found}: write {le} or less"),
}
_WORKBOOKS: Final = frozenset({"excel", "xls", "xlsx"})
_CHOICE: Final = re.compile(r"(?:Value error, )?'(?P<found>.*?)' is not one of (?P<choices>.*)\.")


def misuse(error: typer.TyperException) -> str:
    """Return what is wrong with a line of words, with those in hand, and where help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "iopctl"
    return tr("{wrong}; see {command} --help", wrong=_wrong(error, context), command=command)


def _wrong(error: Any, context: Any) -> str:  # noqa: ANN401 - an error of the library's own, of many classes
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _unknown_option(error)
    if kind == "MissingParameter":
        return _missing(error.param)
    if kind == "BadParameter" and error.param is not None:
        return _bad(error)
    message: str = error.format_message().rstrip(".")
    if message == "Missing command":
        known = ", ".join(context.command.list_commands(context))
        return tr("which of its commands? write one of: {known}", known=known)
    for sentence, text in _SENTENCES:
        if told := sentence.match(message):
            return tr(
                text, **{key: each.replace("'", "") for key, each in told.groupdict().items()}
            )
    return message


def _missing(parameter: Any) -> str:  # noqa: ANN401 - of the library's own classes
    name, about = name_of(parameter), _amid(tr(parameter.help or "").rstrip("."))
    if choice := choice_of(parameter):
        words = ", ".join(choice.spoken)
        return tr("{name} is missing: write one of {choices}", name=name, choices=words)
    return tr("{name} is missing ({about})", name=name, about=about)


def _amid(text: str) -> str:
    """Return *text* as it stands amid a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _unknown_option(error: Any) -> str:  # noqa: ANN401 - of the library's own classes
    if not error.option_name.strip("- "):
        return tr("a value that begins with - is no option: write it behind --")
    near = ", ".join(sorted(error.possibilities or ()))
    unknown = tr("there is no option {name}", name=error.option_name)
    return tr("{unknown}: did you mean {near}?", unknown=unknown, near=near) if near else unknown


def _bad(error: Any) -> str:  # noqa: ANN401 - of the library's own classes
    name, cause = name_of(error.param), error.__cause__
    problem: dict[str, Any] = cause.errors()[0] if hasattr(cause, "errors") else {}
    if text := _VALUES.get(problem.get("type", "")):
        return tr(text, name=name, found=problem["input"], **problem.get("ctx", {}))
    if choice := _CHOICE.fullmatch(error.message):
        choices = choice["choices"].replace("'", "")
        if name == "--format" and choice["found"].casefold() in _WORKBOOKS:
            return tr(
                "{name} {found}: iopctl export -o FILE.xlsx writes a workbook",
                name=name,
                found=choice["found"],
            )
        return tr(
            "{name} {found}: write one of {choices}",
            name=name,
            found=choice["found"],
            choices=choices,
        )
    return f"{name}: {error.message}"


def choice_of(parameter: Any) -> Alternatives[Any] | None:  # noqa: ANN401 - of the library's own classes
    """Return the words that a parameter chooses from; None of one that takes others."""
    reader = parameter.type_descriptor.parameter_info.parser
    return reader if isinstance(reader, Alternatives) else None


def name_of(parameter: Any) -> str:  # noqa: ANN401 - of the library's own classes
    """Return what a parameter is called on the command line: its option, or what it stands for."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return tr(str(parameter.metavar or parameter.name.upper()))
