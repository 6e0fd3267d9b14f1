"""How values are written in YAML: so that they read back as the same text, and read well."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from iopctl.characters import forbidden, named
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.events import Value

WIDTH: Final = 100

# What YAML would not read as this very text, were it written without quotes.
_NOT_PLAIN: Final = re.compile(
    r"""
      (?:~|null)?\Z                                        # nothing
    | [\s?:,\[\]{}\#&*!|>'"%@`] | -(?!\w) | \.\.\.         # how something else begins
    | .*(?: [\t\n] | :(?=\s|\Z) | \s\# | \s\Z )            # a line's, a key's or a text's end
    """,
    re.DOTALL | re.VERBOSE,
)
_NOT_PLAIN_IN_BRACKETS: Final = re.compile(r"[,:\[\]{}]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_WORDS: Final = re.compile(r"[^ \t\n]+(?: [^ \t\n]+)*")


class Indentation(NamedTuple):
    """By how many blanks a file indents a mapping, and a list's dashes, under their key."""

    mapping: int = 2
    list: int = 2


def scalar(text: str | None, *, brackets: bool = False) -> str:
    """Write a text on one line, in quotes where it needs them; None is `null`.

    Raises:
        UserError: it holds a character that no reader could see.
    """
    if text is None:
        return "null"
    unseen = forbidden(text.replace("\r", "\0"))
    if unseen:
        raise UserError(
            tr("{named} can't be seen by a reader: leave it out", named=named(text[unseen[0]]))
        )
    if _NOT_PLAIN.match(text) or (brackets and _NOT_PLAIN_IN_BRACKETS.search(text)):
        return quoted(text, "'" if '"' in text or "\\" in text else '"')
    return text


def quoted(text: str, quote: Literal["'", '"']) -> str:
    """Write a text in quotes: single ones have no room for line breaks and tabs."""
    if quote == "'" and not {"\n", "\t"}.intersection(text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{text.translate(_ESCAPES)}"'


def flow(value: Value) -> str:
    """Write a value on one line, lists and mappings in brackets."""
    match value:
        case dict():
            pairs = (f"{scalar(key, brackets=True)}: {flow(each)}" for key, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(map(flow, value))}]"
        case _:
            return scalar(value, brackets=True)


def lines(head: str, value: Value, indent: int, manner: Indentation) -> Iterator[str]:
    """Yield the lines of a value and its *head*, which is a key with its ":", or "-".

    It stands beside its head if it fits and reads well there; else a mapping stands below it key
    by key, a list item by item, and a text in a block.
    """
    beside = f"{' ' * indent}{head}"
    match value:
        case dict() | list():
            line = f"{beside} {flow(value)}"
            fits = not value or (len(line) <= WIDTH and _reads_on_a_line(value))
            yield from [line] if fits else below(head, value, indent, manner)
        case str():
            yield from _text(beside, value, " " * (indent + manner.mapping))
        case _:
            yield f"{beside} {scalar(value)}"


def below(
    head: str, value: dict[str, Value] | list[Value], indent: int, manner: Indentation
) -> Iterator[str]:
    """Yield a collection below its head; in a list, its first line stands beside the dash."""
    if isinstance(value, dict):
        step, parts = manner.mapping, [(f"{scalar(key)}:", each) for key, each in value.items()]
    else:
        step, parts = manner.list, [("-", each) for each in value]
    if head == "-":
        step = len("- ")
    within = [line for name, each in parts for line in lines(name, each, indent + step, manner)]
    if head == "-":
        within[0] = f"{' ' * indent}- {within[0][indent + step :]}"
    else:
        yield f"{' ' * indent}{head}"
    yield from within


def _reads_on_a_line(value: Value) -> bool:
    match value:
        case dict():
            return all(map(_reads_on_a_line, value.values()))
        case list():
            return not any(isinstance(each, dict) for each in value)
        case _:
            return "\n" not in (value or "")


def _text(beside: str, text: str, pad: str) -> Iterator[str]:
    line = f"{beside} {scalar(text)}"
    if "\n" in text and _keeps_in_block(text):
        yield f"{beside} |" + "-" * (not text.endswith("\n"))
        for each in text.removesuffix("\n").split("\n"):
            yield pad + each if each else ""
    elif len(line) > WIDTH and _WORDS.fullmatch(text):
        yield f"{beside} >-"
        width = max(WIDTH - len(pad), 1)
        for each in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
            yield pad + each
    else:
        yield line


def _keeps_in_block(text: str) -> bool:
    """Whether a block has the text as it is: its first line tells how far all are indented."""
    blank = text[0].isspace() or text.endswith("\n\n") or "\t" in text
    return not blank and all(line == line.rstrip() for line in text.split("\n"))
