"""How values are written in YAML: so that they read back as the same text, and read well."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import UserError
from iopctl.source.characters import forbidden, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.events import Value

WIDTH: Final = 100
_DASH: Final = "- "

# What YAML would not read as this very text, were it written without quotes.
_NOT_PLAIN: Final = re.compile(
    r"""
      (?:~|null)?\Z                        # nothing
    | [\s?:,\[\]{}\#&*!|>'"%@`]            # a sign that means something, or is stripped
    | -(?![0-9A-Za-zÅÄÖåäö]) | \.\.\.      # an item of a list, or the end of the document
    | .*(?: [\t\n] | :(?=\s|\Z) | \s\# | \s\Z )
    """,
    re.DOTALL | re.VERBOSE,
)
_NOT_PLAIN_IN_BRACKETS: Final = re.compile(r"[,:\[\]{}]")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'[\\"\n\t]')
# Lines that a block of text keeps as they are: the first one tells how far all are indented.
_BLOCK: Final = re.compile(r"\S[^\t\n]*(?:\n+[^\s\t][^\t\n]*|\n+ +[^\s\t][^\t\n]*)*\n?")
_WORDS: Final = re.compile(r"[^\s]+(?: [^\s]+)*")


class Manner(NamedTuple):
    """How a file indents: what stands in a mapping, and the dashes of a list under its key."""

    step: int = 2
    list_step: int = 2


def scalar(text: str | None, *, brackets: bool = False) -> str:
    """Write a text on one line, in quotes where it needs them; None is `null`.

    Raises:
        UserError: it holds a character that agreement files may not.
    """
    if text is None:
        return "null"
    unseen = forbidden(text.replace("\r", "\0"))
    if unseen:
        raise UserError(
            f"the text holds {named(text[unseen[0]])}, which agreement files may not: leave it out"
        )
    if _NOT_PLAIN.match(text) or (brackets and _NOT_PLAIN_IN_BRACKETS.search(text)):
        return _quoted(text)
    return text


def quoted(text: str, quote: str) -> str:
    """Write a text in quotes of the kind *quote*, or in the other where that reads better."""
    return f"'{text.replace(quote, quote * 2)}'" if quote == "'" and _one_line(text) else _quoted(text)


def _one_line(text: str) -> bool:
    return not any(sign in text for sign in "\n\t")


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        if _one_line(text):
            return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(lambda sign: _ESCAPES[sign[0]], text) + '"'


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


def lines(head: str, value: Value, indent: int, manner: Manner) -> Iterator[str]:
    """Yield the lines of *value* after *head*, which is a key with its ":", or a "-".

    A value stands beside its head if it fits there, else below it: a mapping key by key, a list
    item by item, a text in a block.
    """
    ...
