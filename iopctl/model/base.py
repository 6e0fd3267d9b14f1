"""What every part of an agreement's model shares: strictness, and errors that name a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from iopctl.source import Path


class Strict(BaseModel):
    """A block of an agreement: unknown keys are refused, values never change."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        defer_build=True,
    )


def refusal(
    rule: str, message: str, remedy: str, /, *, at: Path = (), write: str | None = None
) -> PydanticCustomError:
    """Return the error that refuses a value under *rule*'s name.

    *at* is a path below the value's own; *write* the accepted spelling of what was found.
    """
    context = {"rule": rule, "message": message, "remedy": remedy, "at": at, "write": write}
    return PydanticCustomError("reading", "{message}", context)
