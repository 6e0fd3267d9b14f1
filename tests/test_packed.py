"""Thousands of values are kept in little room, and given as they were."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from iopctl.packed import TOGETHER, Packed


@given(st.lists(st.text(max_size=5) | st.integers(), max_size=3 * TOGETHER), st.integers(0, 200))
def test_what_is_packed_comes_out_in_its_order(values: list[object], first: int) -> None:
    """However it was put in, and as often as it is asked for."""
    packed = Packed(iter(values[:first]))
    packed.extend(values[first:])

    assert [*packed] == [*packed] == values
    assert len(packed) == len(values)
    assert (packed[:3], packed[-1:]) == (tuple(values[:3]), tuple(values[-1:]))


def test_what_is_made_of_each_is_made_when_it_is_asked_for() -> None:
    """Anew each time: nothing is held."""
    made: list[int] = []

    def told(number: int) -> str:
        made.append(number)
        return str(number)

    packed = Packed(range(2 * TOGETHER)).of_each(told)

    assert made == []
    assert next(iter(packed)) == "0"
    assert made == [0]
    assert packed[TOGETHER] == str(TOGETHER)


def test_little_room_is_taken() -> None:
    """What is alike in many is there once."""
    values = [f"Föreningen Exemplet {number % 7}" for number in range(100 * TOGETHER)]
    packed = Packed(values)

    assert len(pickle.dumps(packed)) * 10 < len(pickle.dumps(values))
