"""Reading TOML that a stranger may have written: in time and memory that its size bounds."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from iopctl.errors import UserError
from iopctl.language import tr

DEEPEST: Final = 10
LONGEST_NUMBER: Final = 40
MOST_BITS: Final = 128
MOST_DOTS: Final = 1000
"""In a line: the library takes quadratic time for the parts of one key."""


def tables(text: str, name: str) -> dict[str, Any]:
    """Return what a text of TOML says; messages call it *name*.

    A number with a point is a Decimal, or its text where it is too long to be written out.

    Raises:
        UserError: it is no TOML, or its nesting or a number is out of bounds.
    """
    import tomllib

    if any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        raise UserError(tr("{name}: a line has more than {most} dots", name=name, most=MOST_DOTS))
    try:
        return tomllib.loads(text, parse_float=_float)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{name}: {error}") from None
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError:  # of Python, which turns no very long text into a number
        raise UserError(tr("{name}: a number in it has thousands of digits", name=name)) from None


def as_text(value: object, name: str, depth: int = 0) -> object:
    """Turn TOML's values to the text that agreement files have, so that one reader serves both.

    Raises:
        UserError: too many lists or tables lie in one another.
    """
    if depth > DEEPEST:
        raise _too_deep(name)
    match value:
        case dict():
            return {key: as_text(each, name, depth + 1) for key, each in value.items()}
        case list():
            return [as_text(each, name, depth + 1) for each in value]
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > MOST_BITS:
            return f"{value:#x}"  # as decimals, it may have more digits than Python will write
        case Decimal():
            return f"{value:f}"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _float(text: str) -> Decimal | str:
    """Read a number, where it is one that could be written out."""
    try:
        number = Decimal(text if len(text) <= LONGEST_NUMBER else "nan")
    except InvalidOperation:  # its exponent is more than a decimal can have
        return text
    return number if number.is_finite() and abs(number.adjusted()) <= LONGEST_NUMBER else text


def _too_deep(name: str) -> UserError:
    return UserError(
        tr(
            "{name}: more than {deepest} lists or tables lie in one another",
            name=name,
            deepest=DEEPEST,
        )
    )
