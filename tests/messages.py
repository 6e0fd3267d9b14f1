"""What is to be translated: the texts of iopctl that people read, as its source has them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typer

from iopctl.case.duties import KINDS as DUTIES
from iopctl.check import rules
from iopctl.check.rules.page import paragraphs
from iopctl.cli.comments import words
from iopctl.cli.init import EXAMPLE
from iopctl.cli.manual import EXAMPLES, manual
from iopctl.model.log import KINDS as EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOUSE: Final = Path(__file__).parents[1] / "iopctl"

# Which arguments of which calls are texts, by place or by name.
TEXTS: Final[dict[str, tuple[int | str, ...]]] = {
    "tr": (0,),
    "marked": (0,),
    "Entry": (2,),
    "Option": ("help", "metavar"),
    "Argument": ("help", "metavar"),
    "option": (0, 1),
    "say": (0,),
    "Typer": ("help",),
    "Finding": (1, "remedy"),
    "Related": (1,),
    "Column": (1, 3),
    "Fault": (1, 2),
    "ExportTable": (0, 1),
    "Field": (1,),
    "derived": (2, 3),
    "scalar": (1,),
    "_number": (3,),
    "_count": (2,),
    "_form": (2,),
    "_check": (1,),
    "_shape": (0,),
    "Build": (1,),
    "MissingExtra": (1,),
}
_WORD: Final = re.compile(r"[^\W\d_]")
_PLACE: Final = re.compile(r"\{[^}]*\}")
COUNTED: Final = frozenset({"counted", "marked_counted"})
OF_TYPER: Final = "_"  # by which it calls gettext


class Message(NamedTuple):
    """A text, its plural where it has one, and the files that have it."""

    text: str
    plural: str | None
    where: str


def messages() -> Iterator[Message]:
    """Yield every text of iopctl, and those of the library of the command line."""
    for path in sorted(HOUSE.rglob("*.py")):
        where = path.relative_to(HOUSE.parent).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text, plural in _of_module(tree, where):
            yield Message(text, plural, where)
    yield from _of_rules()
    yield from _of_kinds()
    yield from _of_what_init_lays_out()
    for path in sorted(Path(inspect.getfile(typer)).parent.rglob("*.py")):
        for text, plural in _of_library(ast.parse(path.read_text(encoding="utf-8"))):
            yield Message(text, plural, "typer")


def _of_module(tree: ast.Module, where: str) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in COUNTED:
                one, many = [*map(_literal, node.args), None, None][:2]
                if one and many:
                    yield one, many
            for place in TEXTS.get(name, ()):
                for each in _branches(_argument(node, place)):
                    if text := _literal(each):
                        yield text, None
            if name == "Field" and (key := _literal(_argument(node, 0))):
                yield key.replace("_", " "), None
        elif isinstance(node, ast.FunctionDef) and _is_command(node, where):
            told = manual(ast.get_docstring(node) or "")
            examples = (text for each in told.examples for text in each if text)
            yield from ((text, None) for text in (*told.paragraphs, *examples))


def _of_rules() -> Iterator[Message]:
    """Yield the words of the rules' pages."""
    for each in pkgutil.iter_modules(rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{each.name}")
        where = f"{module.__name__.replace('.', '/')}.py"
        for rule in getattr(module, "RULES", ()):
            yield from (Message(text, None, where) for text in paragraphs(rule.doc))


def _of_kinds() -> Iterator[Message]:
    """Yield the words for what happens and what is due, as files and as sentences have them."""
    for word in (*EVENTS, *DUTIES):
        where = f"iopctl/{'model/log' if word in EVENTS else 'case/duties'}.py"
        yield from (Message(each, None, where) for each in {word, word.replace("_", " ")})


def _of_what_init_lays_out() -> Iterator[Message]:
    """Yield the comments of configuration and checks; the example is Swedish as it stands."""
    for path in sorted((HOUSE.parent / "templates" / "init").iterdir()):
        if path.name != EXAMPLE:
            for text in words(path.read_text(encoding="utf-8")):
                yield Message(text, None, f"templates/init/{path.name}")


def _is_command(node: ast.FunctionDef, where: str) -> bool:
    """Whether a function's docstring is what `--help` says: it takes options, or is a command."""
    if not where.startswith("iopctl/cli/") or node.name.startswith("_"):
        return False
    if f"\n\n{EXAMPLES}" in (ast.get_docstring(node) or ""):
        return True
    given = ast.unparse(node.args)
    return "Annotated" in given or any(
        f": {name}" in given for name in ("AsOf", "Files", "One", "ColorChoice")
    )


def _argument(call: ast.Call, place: int | str) -> ast.expr | None:
    if isinstance(place, int):
        return call.args[place] if place < len(call.args) else None
    return next((each.value for each in call.keywords if each.arg == place), None)


def _branches(node: ast.expr | None) -> Iterator[ast.expr | None]:
    """Yield what an argument may be: each branch of a choice."""
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _literal(node: ast.expr | None) -> str | None:
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) and _WORD.search(_PLACE.sub("", text)) else None


def _of_library(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts: Sequence[Any] = [_literal(each) for each in node.args]
            if node.func.id == OF_TYPER and texts[:1] != [None]:
                yield texts[0], None
