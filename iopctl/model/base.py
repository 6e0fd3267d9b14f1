"""What every part of an agreement's model shares: strictness, and errors that name a rule."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A block of an agreement: unknown keys are refused, values never change."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        defer_build=True,
        use_attribute_docstrings=False,
    )


def refuse(rule: str, message: str, remedy: str = "", /, **context: Any) -> NoReturn:  # noqa: ANN401 - any value a message shows
    """Refuse a value under *rule*'s name; `at` in *context* is a path below the value's own.

    `write` in *context* is the accepted spelling of what was found: `check --fix` writes it.
    """
    raise PydanticCustomError(
        "reading", "{message}", {"rule": rule, "message": message, "remedy": remedy, **context}
    )
