"""The drawing of the house: which room stands on which, and what is done only in some of them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# A room is a module or a package of iopctl; it leans on the floors below it and on its own.
FLOORS = (
    "errors dates countries language packed input",
    "money workers installation characters toml",
    "source tables localised bounds",
    "model",
    "config",
    "case files",
    "check listings drafting",
    "output reading",
    "invoices papers",
    "editor",
    "cli",
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms.split()}

# What only the rooms and modules named before it import, call or write.
RESERVED = {
    "files workers bounds output.terminal language cli.completion": "os shutil open()",
    "workers bounds": "multiprocessing",
    "bounds packed": "pickle",
    "bounds": "resource",
    "files output.paper.pandoc reading.office": "subprocess",
    "files output.paper.office": "tempfile",
    "files bounds installation": "read_text()",
    "files installation": "exists()",
    "files": "glob socket urlopen() read_bytes()"
    " write_bytes() touch() mkdir() unlink() rmdir() rename() stat() lstat()"
    " is_file() is_dir() iterdir() glob() rglob() cwd() home() resolve()",
    "files cli.manual": "write_text()",  # the latter writes help, no file
    "files output.terminal cli installation": "sys",
    "cli": "today() now()",
    "reading.pdf.columns reading.pdf.grids reading.pdf.words reading.pairing": "float",  # places on a page, and likeness: no money
    "no room": "assert",
}
BY_WORDS = re.compile(r"(?:Final\[)?Mapping\[(?:\w+\.)?(\w+),")
HEAVY = {"pydantic", "yaml", "rich", "jinja2", "babel"}

HOUSE = Path(__file__).parents[1] / "iopctl"
MODULES = {
    ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
    if path.parent != HOUSE or not path.stem.startswith("__")  # these two only name and start it
}
SYNTAX = {name: ast.parse(path.read_text(encoding="utf-8"), path) for name, path in MODULES.items()}
every_module = pytest.mark.parametrize("module", MODULES)


def room(module: str) -> str:
    """Return the room that the module is, or lies in."""
    return module.partition(".")[0]


def imports(module: str) -> Iterator[str]:
    """Yield the names imported anywhere in the module, also for type checkers alone."""
    for node in ast.walk(SYNTAX[module]):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def neighbours(module: str) -> set[str]:
    """Return the other rooms that the module leans on."""
    names = (name.split(".") for name in imports(module))
    rooms = {rest[0] for house, *rest in names if house == "iopctl"}
    return rooms - {room(module), "__version__"}


def deeds(module: str) -> Iterator[str]:
    """Yield what the module imports, calls and writes, in the words of RESERVED."""
    yield from (name.partition(".")[0] for name in imports(module))
    for node in ast.walk(SYNTAX[module]):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2] + "()"
        elif isinstance(node, ast.Assert):
            yield "assert"
        elif isinstance(node, ast.Name):
            yield node.id


def python(code: str, *arguments: str) -> str:
    """Return what a fresh interpreter prints, or its traceback."""
    command = [sys.executable, "-c", code, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr


def test_every_room_has_a_floor() -> None:
    """A new room is put on its floor before anything leans on it."""
    assert set(map(room, MODULES)) - FLOOR.keys() == set()


@every_module
def test_imports_point_down(module: str) -> None:
    """A module leans on no floor above its own."""
    above = {other for other in neighbours(module) if FLOOR[other] > FLOOR[room(module)]}

    assert above == set()


def test_each_room_stands_as_low_as_it_can() -> None:
    """The floors are those of the code: a room that could stand lower has lost what it leaned on."""
    below: dict[str, set[str]] = {}
    for module in MODULES:
        below.setdefault(room(module), set()).update(neighbours(module))
    lowest = {
        each: max((FLOOR[other] + 1 for other in others), default=0)
        for each, others in below.items()
    }

    assert lowest == {each: FLOOR[each] for each in lowest}


def test_rooms_lean_on_each_other_in_no_ring() -> None:
    """There is an order in which the rooms can be read."""
    house = TopologicalSorter[str]()
    for module in MODULES:
        house.add(room(module), *neighbours(module))

    house.prepare()  # raises, naming the ring


@every_module
def test_reserved_deeds_are_done_only_where_they_may(module: str) -> None:
    """Disk, programs and the clock are reached from few rooms; assert and float are for none."""
    reserved = {
        deed
        for rooms, named in RESERVED.items()
        if {room(module), module}.isdisjoint(rooms.split())
        for deed in named.split()
    }

    assert reserved.intersection(deeds(module)) == set()


@every_module
def test_module_says_what_it_knows(module: str) -> None:
    """Every module begins with a docstring."""
    assert ast.get_docstring(SYNTAX[module])


def types(module: str) -> Iterator[str]:
    """Yield the names of types that the module has for others: classes, and aliases of types."""
    for node in SYNTAX[module].body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and "TypeVar(" not in ast.unparse(node):
            name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            if name[:1].isupper() and not name.isupper():  # a constant has no small letter
                yield name


def test_a_name_of_a_type_stands_for_one_thing() -> None:
    """Who meets a name in one room knows it in all."""
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        for name in types(module):
            homes.setdefault(name, []).append(module)

    assert {name: several for name, several in homes.items() if len(several) > 1} == {}


def choices() -> dict[str, set[Any]]:
    """Return the words of each type that is one of several words."""
    found = {}
    for tree in SYNTAX.values():
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
                node.value, ast.Subscript
            ):
                name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
                if ast.unparse(node.value.value) == "Literal":
                    words = (
                        each for each in ast.walk(node.value) if isinstance(each, ast.Constant)
                    )
                    found[name] = {each.value for each in words}
    return found


def test_a_table_by_words_has_all_of_them() -> None:
    """A word that is added to a type is told of where a mapping by its words lacks it."""
    words = choices()
    lacking = {}
    for module in MODULES:
        for node in SYNTAX[module].body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                found = BY_WORDS.match(ast.unparse(node.annotation))
                keys = {each.value for each in node.value.keys if isinstance(each, ast.Constant)}
                if found and words.get(found[1], keys) != keys:
                    lacking[f"{module}.{ast.unparse(node.target)}"] = words[found[1]] - keys

    assert lacking == {}


def named(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Yield the modules of iopctl that an import may name, as MODULES has them."""
    for part in node.names:
        whole = part.name if isinstance(node, ast.Import) else f"{node.module}.{part.name}"
        for name in (whole, whole.rpartition(".")[0]):
            if name.startswith("iopctl."):
                yield name.removeprefix("iopctl.")


def needs_first(module: str) -> Iterator[str]:
    """Yield the modules whose code runs before the module's own can: its imports when loaded."""
    nodes: list[ast.AST] = list(SYNTAX[module].body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes += node.orelse
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from named(node)
        elif not isinstance(node, ast.FunctionDef | ast.Lambda):
            nodes += ast.iter_child_nodes(node)


def test_every_module_imports_alone() -> None:
    """No module counts on another having been imported first: none needs itself, at any remove."""
    order = TopologicalSorter[str]()
    for module in MODULES:
        others = {name for name in needs_first(module) if not f"{module}.".startswith(f"{name}.")}
        order.add(module, *others & MODULES.keys())

    order.prepare()  # raises, naming the ring


def test_commands_start_light() -> None:
    """No module of cli loads at its start a library that a command may do without."""
    start = [f"import iopctl.{module}" for module in MODULES if room(module) == "cli"]
    loaded = python("\n".join([*start, "import sys", "print(*sys.modules)"]))

    assert set(loaded.split()) & HEAVY == set()
