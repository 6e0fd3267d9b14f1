"""One value of an agreement: where a key leads, and the text with the value in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.model import Agreement
from iopctl.source import edit, read

if TYPE_CHECKING:
    from iopctl.source import Path, Source
    from iopctl.source.events import Value

# What a row of a list may be named by, instead of by its number.
_NAMES: Final = ("item", "unit", "rule", "event", "board", "party", "seller", "buyer", "date")


def path_of(data: dict[str, Value], key: str) -> Path:
    """Return where *key* leads: `invoicing.marking`, `economy.contributions.1.amount`.

    The rows of a list are counted from 1, or named by what one alone has: its item, unit or rule.

    Raises:
        UserError: it leads nowhere; it says what there is.
    """
    here: Any = data
    path: list[str | int] = []
    for part in key.split("."):
        if not part or not isinstance(here, dict | list | None):
            raise UserError(
                tr("{key}: write the keys that lead there, as invoicing.marking", key=key)
            )
        if isinstance(here, list):
            number = _row(here, part, key)
            path.append(number)
            here = here[number]
        else:
            path.append(part)
            here = here.get(part) if here else None
    return tuple(path)


def _row(rows: list[Any], part: str, key: str) -> int:
    if part.isascii() and part.isdigit() and 1 <= int(part) <= len(rows):
        return int(part) - 1
    named = [
        number
        for number, row in enumerate(rows)
        if isinstance(row, dict) and part.casefold() in _names(row)
    ]
    if len(named) == 1:
        return named[0]
    raise UserError(
        tr(
            "{key}: '{part}' is no row of {number}: count from 1, or name one by its item",
            key=key,
            part=part,
            number=len(rows),
        )
    )


def _names(row: dict[str, Any]) -> set[str]:
    return {row[name].casefold() for name in _NAMES if isinstance(row.get(name), str)}


def value_of(text: str) -> Value:
    """Return what *text* says: lists and mappings in brackets as YAML has them, else the text.

    Raises:
        UserError: the brackets hold no YAML, or it says nothing.
    """
    if not text.strip():
        raise UserError(tr("the value is empty: delete the key by hand, or write what it says"))
    if text[0] not in "[{":
        return text
    source = read(f"value: {text}\n".encode())
    if source.problems or source.data is None:
        raise UserError(tr("{text}: {problem}", text=text, problem=source.problems[0].message))
    found: Value = source.data["value"]
    return found


def put(source: Source, path: Path, value: Value) -> str:
    """Return the text with *value* at *path*, and what leads there made where it is not.

    Raises:
        Refused: it can't be written without changing more.
        UserError: *value* holds a character that agreement files may not.
    """
    here: Any = source.data
    for depth, part in enumerate(path):
        is_there = part in here if isinstance(here, dict) else isinstance(here, list)
        if not is_there:
            for key in reversed(path[depth + 1 :]):
                value = {str(key): value}
            order = list(Agreement.model_fields) if depth == 0 else ()
            return edit.insert(source, path[: depth + 1], value, order)
        here = here[part]
        if here is None and depth + 1 < len(path):
            for key in reversed(path[depth + 1 :]):
                value = {str(key): value}
            return edit.replace(source, path[: depth + 1], value)
    return edit.replace(source, path, value)
