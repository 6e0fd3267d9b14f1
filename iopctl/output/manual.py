"""The manual pages of the rules: for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING, Final

from iopctl.check.rules.page import page
from iopctl.output.measure import INDENT, padded, width, wrapped
from iopctl.output.terminal import PIPE, Screen, bold, encodable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.check.rules import Rule

WIDEST: Final = 100
INDEX: Final = """\
# Rules

What `iopctl check` looks for. `iopctl rule CODE` shows a page in the terminal.

An example is the part of an agreement that it changes, and `# expect: CODE` stands on the line
where the rule finds something.
These pages are made from the rules' docstrings by `make docs`, and the tests try every example."""
SERIES: Final = {
    "IOP0": "The file",
    "IOP1": "Parties and identifiers",
    "IOP2": "Money, index and split",
    "IOP3": "Validity and extension",
    "IOP4": "Invoicing",
    "IOP5": "Follow-up",
    "IOP6": "Across files",
    "IOP9": "Suppressions",
}


# ------------------------------------------------------------------ for a terminal
def text(rule: Rule, screen: Screen = PIPE) -> str:
    """Write a rule's page, its prose wrapped to the *screen* and its examples as they are."""
    told = page(rule.doc)
    cells = min(screen.width, WIDEST)
    source = f"Source: {told.source}"
    paragraphs = [_wrapped(each, cells) for each in (told.summary, *told.prose, source)]
    examples = [
        f"{title}:\n\n{indent(example, '    ')}"
        for title, example in (("Bad", told.bad), ("Good", told.good))
        if example
    ]
    head = bold(f"{rule.code} {rule.name} ({rule.severity})", screen)
    return encodable("\n\n".join([head, *paragraphs, *examples]) + "\n", screen.encoding)


def _wrapped(paragraph: str, cells: int) -> str:
    return "\n".join(line.removeprefix(INDENT) for line in wrapped(paragraph, cells))


def listing(rules: Sequence[Rule], screen: Screen = PIPE) -> str:
    """Write a line for each rule: code, severity, name and summary."""
    cells = [(rule.code, rule.severity, rule.name, page(rule.doc).summary) for rule in rules]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)][:-1]
    lines = ("  ".join((*map(padded, row, widths), row[-1])) + "\n" for row in cells)
    return encodable("".join(lines), screen.encoding)


# ------------------------------------------------------------------ for a reader of the repository
def markdown(rule: Rule) -> str:
    """Write a rule's page as Markdown."""
    told = page(rule.doc)
    parts = [
        f"# {rule.code} {rule.name}",
        told.summary,
        *told.prose,
        f"- Severity: {rule.severity}\n- Source: {told.source}",
        *(
            f"## {title}\n\n```yaml\n{example}\n```"
            for title, example in (("Bad", told.bad), ("Good", told.good))
            if example
        ),
    ]
    return "\n\n".join(parts) + "\n"


def markdown_index(rules: Sequence[Rule]) -> str:
    """Write the list of the rules by series, each linked to its page."""
    return "\n".join([INDEX, *_sections(rules)]) + "\n"


def _sections(rules: Sequence[Rule]) -> Iterator[str]:
    for prefix, title in SERIES.items():
        yield f"\n## {title}\n\n| code | name | severity | what it finds |\n|---|---|---|---|"
        for rule in rules:
            if rule.code.startswith(prefix):
                link, summary = f"[{rule.code}]({rule.code}.md)", page(rule.doc).summary
                yield f"| {link} | {rule.name} | {rule.severity} | {summary} |"


# ------------------------------------------------------------------ for programs
def json_(rules: Sequence[Rule]) -> str:
    """Write the rules' pages as an object with its schema, the prose a list of paragraphs."""
    pages = [
        {"code": rule.code, "name": rule.name, "severity": rule.severity} | page(rule.doc)._asdict()
        for rule in rules
    ]
    document = {"schema": "iopctl/rules/1", "rules": pages}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
