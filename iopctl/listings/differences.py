"""What differs between the data of two texts, part by part, named as a reader would name it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.language import tr
from iopctl.source.spelling import flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source.events import Value

# What an item of a list is known by, if it has it: its other parts may change.
_KNOWN_BY: Final = ("date", "event", "party", "item", "seller", "buyer", "board", "unit", "rule")


class DataChange(NamedTuple):
    """A part of the data by its name, as it is before and after; "" where it is not there."""

    what: str
    before: str
    after: str


def differences(
    before: Value, after: Value, *names: str, is_item: bool = False
) -> Iterator[DataChange]:
    """Yield what differs in the parts of two values, whose own name is *names*.

    Items of a list are compared with those that are known by the same; one that is in one list
    alone is told whole. What is empty is as if it were not there.
    """
    parts = _parts(before), _parts(after)
    if before == after:
        return
    if parts[0] is None or parts[1] is None or (is_item and (before is None or after is None)):
        yield DataChange(" / ".join(filter(None, names)), _told(before), _told(after))
        return
    known = dict.fromkeys((*parts[0], *parts[1]))
    items = isinstance(before or after, list)
    found = [
        each
        for name in known
        for each in differences(parts[0].get(name), parts[1].get(name), *names, name, is_item=items)
    ]
    yield from found
    if not found and items:
        yield DataChange(" / ".join(names), tr("in one order"), tr("in another"))


def _parts(value: Value) -> dict[str, Any] | None:
    """Return the parts of a mapping or of a list of mappings; None for what has none to name."""
    match value:
        case None:
            return {}
        case dict():
            return value
        case list() if all(isinstance(each, dict) for each in value):
            return _items(value)
        case _:
            return None


def _items(value: list[Any]) -> dict[str, Any]:
    """Return the items of a list by what they are known by, with a number where that is alike."""
    seen: Counter[str] = Counter()
    found = {}
    for item in value:
        name = _name(item)
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = item
    return found


def _name(item: Any) -> str:  # noqa: ANN401 - a mapping of a list
    known = [item[key] for key in _KNOWN_BY if item.get(key)]
    # Of a mapping, as committees with their shares, the keys: the shares may change.
    return ", ".join(
        "+".join(map(str, each)) if isinstance(each, list | dict) else str(each) for each in known
    )


def _told(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case list() if all(isinstance(each, str) for each in value):
            return ", ".join(map(str, value))
        case dict():
            return flow(value)[1:-1]
        case _:
            return flow(value)
