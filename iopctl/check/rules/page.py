"""The manual page of a rule, as its docstring has it."""

from __future__ import annotations

from inspect import cleandoc
from textwrap import dedent
from typing import NamedTuple


class Page(NamedTuple):
    """What a rule says, why, what to do, on whose word, and how it looks.

    *bad* and *good* are parts of an agreement in YAML, empty where no text can show it.
    """

    summary: str
    prose: tuple[str, ...]
    source: str
    bad: str
    good: str


def page(doc: str) -> Page:
    """Read a docstring: a summary, paragraphs, `Source:`, and the examples `Bad:` and `Good:`."""
    text, _, examples = cleandoc(doc).partition("\n\nBad:\n")
    bad, _, good = examples.partition("\n\nGood:\n")
    prose, _, source = text.partition("\n\nSource: ")
    summary, *paragraphs = (" ".join(each.split()) for each in prose.split("\n\n"))
    return Page(summary, tuple(paragraphs), " ".join(source.split()), _example(bad), _example(good))


def _example(text: str) -> str:
    return dedent(text).strip("\n")
