"""The manual pages of the rules: for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING, Final

from iopctl.check.rules.page import page
from iopctl.language import marked, tr
from iopctl.output.measure import INDENT, padded, width, wrapped
from iopctl.output.terminal import PIPE, Screen, bold, encodable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.check.rules import Rule
    from iopctl.check.rules.page import Page

WIDEST: Final = 100
ROOM: Final = 30
"""Cells that a sentence needs to be read beside others."""
SERIES: Final = {
    "IOP0": marked("The file"),
    "IOP1": marked("Parties and identifiers"),
    "IOP2": marked("Money, index and split"),
    "IOP3": marked("Validity and extension"),
    "IOP4": marked("Invoicing"),
    "IOP5": marked("Follow-up"),
    "IOP6": marked("Across files"),
    "IOP9": marked("Suppressions"),
}
_EXAMPLES: Final = {"bad": marked("Bad"), "good": marked("Good")}


# ------------------------------------------------------------------ for a terminal
def text(rule: Rule, screen: Screen = PIPE) -> str:
    """Write a rule's page, its prose wrapped to the *screen* and its examples as they are."""
    told = page(rule.doc)
    cells = min(screen.width, WIDEST)
    source = tr("Source: {source}", source=told.source)
    paragraphs = [_wrapped(each, cells) for each in (told.summary, *told.prose, source)]
    examples = [f"{title}:\n\n{indent(each, '    ')}" for title, each in _examples(told)]
    head = bold(f"{rule.code} {rule.name} ({tr(rule.severity)})", screen)
    return encodable("\n\n".join([head, *paragraphs, *examples]) + "\n", screen.encoding)


def _examples(told: Page) -> Iterator[tuple[str, str]]:
    """Yield the examples that a page has, each with its title."""
    for kind, title in _EXAMPLES.items():
        if example := getattr(told, kind):
            yield tr(title), example


def _wrapped(paragraph: str, cells: int) -> str:
    return "\n".join(line.removeprefix(INDENT) for line in wrapped(paragraph, cells))


def listing(rules: Sequence[Rule], screen: Screen = PIPE) -> str:
    """Write each rule: code, severity, name and summary, which wraps to the *screen*.

    Where the summary would have too little room, the name is left out.
    """
    cells = [(rule.code, tr(rule.severity), rule.name, page(rule.doc).summary) for rule in rules]
    widths = [max(map(width, column)) + len(INDENT) for column in zip(*cells, strict=True)][:-1]
    if screen.width - sum(widths) < ROOM:
        cells = [(code, severity, "", summary) for code, severity, _, summary in cells]
        widths[-1] = 0
    start = sum(widths)
    lines = []
    for *names, summary in cells:
        first, *more = wrapped(summary, screen.width - start)
        lines += [
            "".join(map(padded, names, widths)) + first,
            *(" " * start + each for each in more),
        ]
    return encodable("\n".join([*lines, ""]), screen.encoding)


# ------------------------------------------------------------------ for a reader of the repository
def markdown(rule: Rule) -> str:
    """Write a rule's page as Markdown."""
    told = page(rule.doc)
    parts = [
        f"# {rule.code} {rule.name}",
        told.summary,
        *told.prose,
        "- {}\n- {}".format(
            tr("Severity: {severity}", severity=tr(rule.severity)),
            tr("Source: {source}", source=told.source),
        ),
        *(f"## {title}\n\n```yaml\n{example}\n```" for title, example in _examples(told)),
    ]
    return "\n\n".join(parts) + "\n"


def markdown_index(rules: Sequence[Rule]) -> str:
    """Write the list of the rules by series, each linked to its page."""
    head = [
        tr("# Rules"),
        tr(
            "What `iopctl check` looks for. `iopctl rule CODE` shows a page in the terminal."
            " An example is the part of an agreement that it changes, and `# expect: CODE` stands"
            " on the line where the rule finds something."
        ),
        tr(
            "These pages are made from the rules' docstrings by `make docs`,"
            " and the tests try every example."
        ),
    ]
    return "\n\n".join([*head, *_sections(rules)]) + "\n"


def _sections(rules: Sequence[Rule]) -> Iterator[str]:
    heading = tr("| code | name | severity | what it finds |")
    for prefix, title in SERIES.items():
        rows = (
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {tr(rule.severity)}"
            f" | {page(rule.doc).summary} |"
            for rule in rules
            if rule.code.startswith(prefix)
        )
        yield f"## {tr(title)}"
        yield "\n".join([heading, "|---|---|---|---|", *rows])


# ------------------------------------------------------------------ for programs
def json_(rules: Sequence[Rule]) -> str:
    """Write the rules' pages as an object with its schema, the prose a list of paragraphs."""
    pages = [
        {"code": rule.code, "name": rule.name, "severity": rule.severity} | page(rule.doc)._asdict()
        for rule in rules
    ]
    document = {"schema": "iopctl/rules/1", "rules": pages}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
