"""How large a file would be, where that is more than one may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.source.events import MOST_VALUES
from iopctl.source.reader import LARGEST

if TYPE_CHECKING:
    from iopctl.source.events import Value


def excess(text: str, data: Value) -> str:
    """Return how large a file with *text*, and so *data*, would be, and what to do; "" if it may.

    The byte order mark that may stand before it is not counted.
    """
    size = len(text.encode())
    if size > LARGEST:
        return tr(
            "the file would have {size} bytes, more than {limit}; put rows of one kind together,"
            " shorten texts, or write what is to come as an agreement of its own",
            size=size,
            limit=LARGEST,
        )
    number = _values(data)
    if number > MOST_VALUES:
        return tr(
            "the file would have {number} values, more than {limit}; put rows of one kind together,"
            " or write what is to come as an agreement of its own",
            number=number,
            limit=MOST_VALUES,
        )
    return ""


def _values(data: Value) -> int:
    """Count what stands in lists and mappings, as reading does."""
    if not isinstance(data, dict | list):
        return 0
    parts = data.values() if isinstance(data, dict) else data
    return len(data) + sum(map(_values, parts))
