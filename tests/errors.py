"""The lists of docs/errors.md and docs/sv/felmeddelanden.md: what iopctl says of what is wrong."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check.rules import ALL
from iopctl.check.rules.page import page
from iopctl.language import tr
from tests.messages import HOUSE
from tests.test_rules import cases, diagnostics, example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.check.rules import Rule

MARK: Final = re.compile(r"(?ms)^<!-- (findings|messages) -->\n.*?(?=^## |\Z)")
ERRORS: Final = ("UserError", "Refused")
TEXTS: Final = ("tr", "counted", "marked")


class Room(NamedTuple):
    """A part of the package, and what the pages call it in English and in Swedish."""

    folder: str
    english: str
    swedish: str


ROOMS: Final = (
    Room("cli/misuse", "Words of the command line", "Kommandoradens ord"),
    Room("cli", "Commands", "Kommandon"),
    Room("drafting", "Changing an agreement", "Ändra en överenskommelse"),
    Room("source", "Changing a text", "Ändra en text"),
    Room("invoices", "Invoices", "Fakturor"),
    Room("papers", "Papers", "Handlingar"),
    Room("output", "Templates, pictures and files of other formats", "Mallar, bilder och andra format"),
    Room("reading", "Documents", "Dokument"),
    Room("check", "Choosing rules", "Välja regler"),
    Room("files", "Files, folders and git", "Filer, mappar och git"),
    Room("", "Configuration and the machine", "Inställningar och datorn"),
)  # fmt: skip


def with_lists(text: str, base: str, as_of: date, *, swedish: bool) -> str:
    """Return a page with its lists as the code has them, in the language that is used."""
    lists = {
        "findings": lambda: findings(base, as_of, "regler" if swedish else "rules"),
        "messages": lambda: listed(swedish=swedish),
    }

    def made(mark: re.Match[str]) -> str:
        return "\n".join([f"<!-- {mark[1]} -->", "", *lists[mark[1]](), "", ""])

    return MARK.sub(made, text).rstrip("\n") + "\n"


def findings(base: str, as_of: date, folder: str) -> Iterator[str]:
    """Yield a line for each rule: an example of what it says, or its summary where none is at hand."""
    for rule in ALL:
        told = next(messages_of(rule, base, as_of), None)
        said = code(told) if told else tr(page(rule.doc).summary)
        yield f"- [{rule.code}]({folder}/{rule.code}.md) *{rule.name}*: {said}"


def messages_of(rule: Rule, base: str, as_of: date) -> Iterator[str]:
    """Yield what a rule says of its own examples."""
    for text in (page(rule.doc).bad, *(path.read_text("utf-8") for path in cases(rule))):
        for each in diagnostics(example(text, base, as_of)) if text else ():
            if each.code == rule.code and not each.reason:
                yield each.advice


def listed(*, swedish: bool) -> Iterator[str]:
    """Yield the messages that stop a command, room by room, in the order of the alphabet."""
    told = stopping()
    for room in ROOMS:
        texts = sorted({tr(text) for text, where in told.items() if where == room.folder})
        yield f"### {room.swedish if swedish else room.english}"
        yield ""
        yield from (f"- {code(text)}" for text in texts)
        if room is not ROOMS[-1]:
            yield ""


def stopping() -> dict[str, str]:
    """Return every text of an error that stops a command, and its room."""
    told: dict[str, str] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        where = path.relative_to(HOUSE).with_suffix("").as_posix()
        room = next(each.folder for each in ROOMS if where.startswith(each.folder))
        for text in _texts(ast.parse(path.read_text("utf-8")), all_of_it=room == "cli/misuse"):
            told.setdefault(text, room)
    return told


def _texts(tree: ast.Module, *, all_of_it: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (all_of_it or _name(node) in ERRORS):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _name(call) in TEXTS:
                    first = call.args[0]
                    if isinstance(first, ast.Constant) and first.value != "{text}":
                        yield str(first.value)


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def code(text: str) -> str:
    """Write a message as code, whatever it has in it."""
    flat = " ".join(text.replace("\u00a0", " ").split())
    fence = "``" if "`" in flat else "`"
    return f"{fence} {flat} {fence}" if "`" in flat else f"{fence}{flat}{fence}"
