"""Properties are tried with the same examples in every run, whatever ran before them."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def drawn() -> list[tuple[int, str]]:
    """Return the examples of a property."""
    examples = []

    @given(st.integers(), st.text())
    @settings(settings.get_profile("test"))
    def property_(number: int, text: str) -> None:
        examples.append((number, text))

    property_()
    return examples


def test_examples_are_the_same_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after a module was loaded whose constants would be tried."""
    first = drawn()
    file = tmp_path / "constants.py"
    file.write_text(
        f"NUMBERS = {list(range(10_000, 10_100))}\nTEXTS = {list(map(chr, range(300, 400)))}\n"
    )
    spec = spec_from_file_location("constants", file)

    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "constants", module)
    assert drawn() == first
    assert len(set(first)) > 30
