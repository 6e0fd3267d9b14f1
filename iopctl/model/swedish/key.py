"""What is said of a key or a block of the format, and what several keys say alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.model.base import Strict

PERIOD: Final = "Skriv 2024, 2024-H1, 2024-T1, 2024-Q1, 2024-03 eller 2020-01-01/2022-12-31."
"""The ways to write a period."""


class Key(NamedTuple):
    """A key: its title, what to write, values to start from, and the meaning of each choice."""

    title: str
    description: str
    examples: tuple[object, ...] = ()
    choices: Mapping[str, str] | None = None


class BlockText(NamedTuple):
    """A block: its title, what it is, and its keys."""

    title: str
    description: str
    keys: Mapping[str, Key]


Blocks: TypeAlias = "Mapping[type[Strict], BlockText]"
"""What is said of each block of the model."""
