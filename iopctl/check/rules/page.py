"""The manual page of a rule: its docstring, in the language that is used."""

from __future__ import annotations

import re
from functools import partial
from inspect import cleandoc
from textwrap import dedent
from typing import Final, NamedTuple

from iopctl.language import marked, tr

# What `# with invoicing` stands for in an example.
_INVOICING: Final = {
    "seller": "foreningen",
    "buyer": "kommunen",
    "recipient": "{lines: [Skanningcentralen], postal_code: 581 81, city: EXEMPEL}",
    "reference": "150Z",
    "label": "IOP Exemplet",
    "interval": "yearly",
}
_WITH_INVOICING: Final = re.compile(
    r"""^\#\ with\ invoicing(?:\ without\ (?P<without>\w+))?
    (?P<comment>.*)\n
    (?P<changes>(?:\ \ .*\n)*)""",
    re.MULTILINE | re.VERBOSE,
)
# What examples say in comments of their own: a day, a file, what a check finds.
_COMMENTS: Final = (
    (re.compile(r"# as of (?P<day>\S+)$", re.MULTILINE), marked("# as of {day}")),
    (re.compile(r"# expect: (?P<codes>.+)$", re.MULTILINE), marked("# expect: {codes}")),
    (re.compile(r"# in (?P<file>\S+): *$", re.MULTILINE), marked("# in {file}:")),
    (re.compile(r"# in (?P<file>\S+): (?P<text>.+)$", re.MULTILINE), marked("# in {file}: {text}")),
    (re.compile(r"# the whole file:", re.MULTILINE), marked("# the whole file:")),
)


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
    """Read a docstring: a summary, paragraphs, `Source:`, and the examples `Bad:` and `Good:`.

    Its words are in the language that is used. In an example, `# with invoicing` stands for a
    block of invoicing that lacks nothing (`without label`: only that); indented lines below it
    come in place of its own, or behind them.
    """
    _, _, examples = cleandoc(doc).partition("\n\nBad:\n")
    bad, _, good = examples.partition("\n\nGood:\n")
    summary, *prose, source = map(tr, paragraphs(doc))
    return Page(summary, tuple(prose), source, _example(bad), _example(good))


def paragraphs(doc: str) -> tuple[str, ...]:
    """Return the words of a docstring as it has them: its summary first, its source last."""
    text, _, _ = cleandoc(doc).partition("\n\nBad:\n")
    prose, _, source = text.partition("\n\nSource: ")
    return tuple(" ".join(each.split()) for each in (*prose.split("\n\n"), source))


def _example(text: str) -> str:
    example = _WITH_INVOICING.sub(_invoicing, f"{dedent(text)}\n").strip("\n")
    for comment, told in _COMMENTS:
        example = comment.sub(partial(_spoken, told), example)
    return example


def _spoken(told: str, found: re.Match[str]) -> str:
    return tr(told, **found.groupdict())


def _invoicing(example: re.Match[str]) -> str:
    """Write the block that `# with invoicing` stands for."""
    usual = {key: f"  {key}: {value}\n" for key, value in _INVOICING.items()}
    usual.pop(example["without"], None)
    changes = re.split(r"(?m)^(?=  \w)", example["changes"])[1:]
    lines = usual | {each.partition(":")[0].strip(): each for each in changes}
    return "".join([f"invoicing:{example['comment']}\n", *lines.values()])
