"""docs/configuration.md names every key of iopctl.toml, and its examples are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import pytest

from iopctl.config import Config, config
from iopctl.model.base import Strict

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT: Final = (Path(__file__).parent.parent / "docs/configuration.md").read_text(encoding="utf-8")
EXAMPLES: Final = re.findall(r"(?ms)^```toml\n(.+?)^```", TEXT)
TABLES: Final = re.findall(r"(?m)((?:^\|[^\n]*\n)+)", TEXT)


def models(model: type[Strict]) -> Iterator[type[Strict]]:
    """Yield a part of the configuration, and the parts that it is made of."""
    yield model
    for field in model.model_fields.values():
        for inner in parts(field.annotation):
            yield from models(inner)


def parts(hint: object) -> Iterator[type[Strict]]:
    """Yield the models in a type."""
    if isinstance(hint, type) and issubclass(hint, Strict):
        yield hint
    for inner in get_args(hint):
        yield from parts(inner)


def keys(table: str) -> list[str]:
    """Return the keys of a table, as the page writes them."""
    return [line[1:-1].split("|")[0].strip() for line in table.splitlines()[2:]]


def test_every_key_is_described() -> None:
    """The page's tables are the parts of the model, with all their keys; bold must be there."""
    wanted = [
        [
            f"**`{key}`**" if field.is_required() else f"`{key}`"
            for key, field in each.model_fields.items()
        ]
        for each in models(Config)
    ]

    assert sorted(map(keys, TABLES)) == sorted(wanted)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_read(example: str) -> None:
    """What a reader copies is taken."""
    assert config(example, "iopctl.toml").model_fields_set


def test_examples_show_every_key() -> None:
    """Each key is in an example, so that its form is seen."""
    written = set(
        re.findall(r"(?m)^(?:\[+)?(?:index\.\w+\.)?([a-z_]+)(?= = |\.|\])", "".join(EXAMPLES))
    )

    assert {key for each in models(Config) for key in each.model_fields} - written == set()
