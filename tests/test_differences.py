"""Whatever differs in two files' data is named, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iopctl.listings.differences import differences

if TYPE_CHECKING:
    from iopctl.source.events import Value

DATA: dict[str, Any] = {
    "id": "a",
    "tags": ["x", "y"],
    "validity": {"start": "2024", "end": "2025"},
    "economy": {
        "contributions": [
            {"party": "kommunen", "item": "Bidrag", "amount": "1"},
            {"party": ["f", "g"], "amount": "2"},
            {"party": ["f", "g"], "amount": "3"},
        ]
    },
    "log": [{"date": "2024-05-14", "event": "meeting"}],
}


def changed(**blocks: Value) -> dict[str, Any]:
    """Return the data with other blocks."""
    return {**deepcopy(DATA), **blocks}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (changed(id="b"), [("id", "a", "b")]),
        (changed(area="Fält"), [("area", "", "Fält")]),
        (changed(area=None), []),
        (changed(tags=["x"]), [("tags", "x, y", "x")]),
        (changed(tags=None), [("tags", "x, y", "")]),
        (changed(tags="x"), [("tags", "x, y", "x")]),
        (changed(tags=[["x"]]), [("tags", "x, y", "[[x]]")]),
        (changed(validity={"start": "2024"}), [("validity / end", "2025", "")]),
        (changed(validity=None), [("validity / start", "2024", ""), ("validity / end", "2025", "")]),
        (changed(validity="open"), [("validity", "start: 2024, end: 2025", "open")]),
        (changed(log=[]), [("log / 2024-05-14, meeting", "date: 2024-05-14, event: meeting", "")]),
        (
            changed(log=[*DATA["log"], {"date": "2025", "event": "report", "outcome": {"a": "1"}}]),
            [("log / 2025, report", "", "date: 2025, event: report, outcome: {a: 1}")],
        ),
        (
            changed(log=[{"date": "2024-05-14", "event": "meeting", "text": "Ja"}]),
            [("log / 2024-05-14, meeting / text", "", "Ja")],
        ),
        (
            changed(economy={"contributions": [*DATA["economy"]["contributions"][:2], {"party": ["f", "g"], "amount": "5"}]}),
            [("economy / contributions / f+g (2) / amount", "3", "5")],
        ),
        (
            changed(economy={"contributions": DATA["economy"]["contributions"][::-1]}),
            [
                ("economy / contributions / f+g / amount", "2", "3"),
                ("economy / contributions / f+g (2) / amount", "3", "2"),
            ],
        ),
        (
            changed(economy={"contributions": [*DATA["economy"]["contributions"][1:], DATA["economy"]["contributions"][0]]}),
            [("economy / contributions", "in one order", "in another")],
        ),
        (changed(volume=[{"target": "5"}]), [("volume", "", "target: 5")]),
    ],
)  # fmt: skip
def test_what_differs_is_told_by_its_name(
    after: dict[str, Any], told: list[tuple[str, str, str]]
) -> None:
    """As a reader would name it; an item that is new or gone is told whole."""
    assert list(differences(DATA, after)) == told


scalars = st.none() | st.text("abc", max_size=3)
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["date", "item", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
def test_nothing_differs_from_itself(value: Value) -> None:
    """However it is made."""
    assert list(differences(value, deepcopy(value))) == []


def told(value: Value) -> Value:
    """Return a value without what is empty: that is as if it were not there."""
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items() if told(each)}
    if isinstance(value, list):
        return [told(each) for each in value if told(each)]
    return value


@given(values, values)
def test_nothing_that_differs_is_passed_over(before: Value, after: Value) -> None:
    """At least one part of it is told."""
    assume((told(before) or None) != (told(after) or None))

    assert list(differences(before, after)) != []
