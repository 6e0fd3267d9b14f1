"""The Swedish tables of docs/sv/format.md, made from the model and what it says of its keys.

A table stands under `<!-- keys of MODEL -->`, that of the log's events under `<!-- events -->`; the
kinds of index, each with what it is, stand between `<!-- kinds of index -->` and `<!-- so far -->`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from iopctl.config import Config
from iopctl.model.agreement import Agreement
from iopctl.model.base import Strict
from iopctl.model.index import AnyIndex
from iopctl.model.log import Event
from iopctl.model.schema import schema
from iopctl.model.swedish import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model.forms import Form
    from iopctl.model.swedish import BlockText, Key

MARK: Final = re.compile(r"(?m)^<!-- (?:keys of (\w+)|events) -->\n(?:\n\|(?:.+\n)+)?")
KINDS: Final = re.compile(r"(?s)<!-- kinds of index -->\n.*?<!-- so far -->")
SCHEMA: Final = schema()
SHARED: Final = ("date", "event")  # every event has them
HEADS: Final = "| nyckel | kallas | skriv | betyder |\n|---|---|---|---|"
EVENTS: Final = "| händelse | kallas | nycklar | betyder |\n|---|---|---|---|"


def with_tables(page: str) -> str:
    """Return the page with its tables as the model has them now."""
    return KINDS.sub(lambda _: _kinds(), MARK.sub(_table, page))


def models_on(page: str) -> list[str]:
    """Return the models whose keys the page has a table of, in its order."""
    kinds = [each.__name__ for each in _models_of(AnyIndex)] if KINDS.search(page) else []
    return [*(each[1] for each in MARK.finditer(page) if each[1]), *kinds]


def wanted() -> list[str]:
    """Return the models that need a table: all but the events, which have one together."""
    return [each.__name__ for each in BLOCKS if not issubclass(each, Event)]


def settings(model: type[Strict] = Config, *above: str) -> Iterator[str]:
    """Return every key of `iopctl.toml` with dots, NAMN for a name that a user gives."""
    for name, field in model.model_fields.items():
        named, below = get_origin(field.annotation) is dict, _block_in(field.annotation)
        if below:
            yield from settings(below, *above, name, *(["NAMN"] if named else []))
        else:
            yield ".".join([*above, name])


def _block_in(hint: Any) -> type[Strict] | None:  # noqa: ANN401 - any type expression
    """Return the block that a type consists of, or that its values are."""
    of = get_args(hint)[-1] if get_origin(hint) is dict else hint
    return of if isinstance(of, type) and issubclass(of, Strict) else None


def _table(mark: re.Match[str]) -> str:
    heading = mark[0].partition("\n")[0]
    rows = _events() if mark[1] is None else _keys(mark[1])
    return "\n".join([heading, "", *rows, ""])


def _models_of(hint: Any) -> list[type[Strict]]:  # noqa: ANN401 - any type expression
    """Return the models that a type is made of, each with those within it."""
    if isinstance(hint, type) and issubclass(hint, Strict):
        within = (_models_of(each.annotation) for each in hint.model_fields.values())
        return [hint, *(model for models in within for model in models)]
    return [model for inner in get_args(hint) for model in _models_of(inner)]


def _kinds() -> str:
    """Return the kinds of index: what each is called and is, and its keys."""
    parts = ["<!-- kinds of index -->"]
    for model in _models_of(AnyIndex):
        block = BLOCKS[model]
        parts += [f"**{block.title}.** {block.description}", "\n".join(_keys(model.__name__))]
    return "\n\n".join([*parts, "<!-- so far -->"])


def _keys(name: str) -> Iterator[str]:
    model = next(each for each in BLOCKS if each.__name__ == name)
    shapes = (SCHEMA if model is Agreement else SCHEMA["$defs"][name])["properties"]
    yield HEADS
    for key, told in BLOCKS[model].keys.items():
        written = _written(told, shapes[key])
        yield _row(_marked(model, key), told.title, written, _meaning(told))


def _events() -> Iterator[str]:
    yield EVENTS
    for model, block in BLOCKS.items():
        if issubclass(model, Event):
            (word,) = get_args(model.model_fields["event"].annotation)
            keys = " ".join(_marked(model, key) for key in block.keys if key not in SHARED)
            yield _row(f"`{word}`", block.title, keys, _own(block))


def _own(block: BlockText) -> str:
    """Return what an event is, and what its keys mean."""
    meanings = (
        f"`{name}`: {_meaning(key)}" for name, key in block.keys.items() if name not in SHARED
    )
    return " ".join([block.description, *meanings])


def _row(*cells: str) -> str:
    escaped = (each.replace("|", r"\|") for each in cells)
    return f"| {' | '.join(escaped)} |"


def _marked(model: type[Strict], key: str) -> str:
    """Return a key as the page writes it: in bold where the block can't lack it."""
    return f"**`{key}`**" if model.model_fields[key].is_required() else f"`{key}`"


def _written(key: Key, shape: Form) -> str:
    """Return how a value is written: its words, else examples, else what kind of thing it is."""
    if key.choices:
        return ", ".join(f"`{each}`" for each in key.choices)
    if key.examples:
        return ", ".join(f"`{_yaml(each)}`" for each in key.examples)
    return _kind(shape)


def _kind(shape: Form) -> str:
    if "anyOf" in shape:
        return " eller ".join(dict.fromkeys(map(_kind, shape["anyOf"])))
    if "$ref" in shape:
        return "block"
    if "const" in shape or "enum" in shape:
        return ", ".join(f"`{each}`" for each in shape.get("enum", [shape.get("const")]))
    match shape["type"]:
        case "array":
            return "lista"
        case "object":
            return "en rad för varje"
        case ["boolean", "string"]:
            return "`true`, `false`"
        case _:
            return "period" if "H1" in shape["errorMessage"] else "text"


def _yaml(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list | tuple) else str(value)


def _meaning(key: Key) -> str:
    choices = (f"`{word}`: {meaning}" for word, meaning in (key.choices or {}).items())
    return " ".join([key.description, *choices])
