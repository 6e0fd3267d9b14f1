"""What is told of a file grows as the file does, and no faster: counted, since clocks differ."""

from __future__ import annotations

import runpy
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import check as checking
from iopctl import config
from iopctl.check.rules import Context
from iopctl.drafting import renewal
from iopctl.model import Agreement
from iopctl.source import edit, read
from iopctl.source.input import Input
from iopctl.source.layout import layout_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from iopctl.source import Source
    from iopctl.source.events import Value

HEAVY = runpy.run_path(str(Path(__file__).parents[1] / "bench" / "heavy.py"))
CONTEXT = Context(config.DEFAULT, date(2026, 11, 22))
FEW, MANY = 100, 400


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called to do *work*."""
    counted = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def check(text: str) -> None:
    """Find all that is wrong with one agreement."""
    given = Input("a.yaml", text.encode())
    checking.findings([checking.checked(given, CONTEXT)], CONTEXT, lambda _: read(text.encode()))


@pytest.mark.parametrize("kind", HEAVY["KINDS"])
def test_a_check_grows_as_the_file_does(kind: str) -> None:
    """Four times as much of anything is four times the work, of which some is for any file."""
    text, _ = HEAVY["KINDS"][kind]
    check(text(1))  # what is loaded and worked out once
    few, many = (calls(partial(check, text(number))) for number in (FEW, MANY))

    assert many < few * MANY / FEW * 1.3


def test_a_text_is_looked_through_once_for_all_that_is_told_of_it() -> None:
    """Ten thousand findings looked through a megabyte each."""
    layout_of.cache_clear()
    check(HEAVY["wrong_rows"](FEW))

    assert layout_of.cache_info().misses == 1


def test_all_rows_are_repriced_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many amounts change, the text is read as often."""
    source = read(HEAVY["rows"](FEW).encode())
    case = CONTEXT.case(Agreement.model_validate(source.data, context={"handles": ("k", "f")}))
    times = []

    def counted(raw: bytes) -> Source:
        times.append(raw)
        return read(raw)

    monkeypatch.setattr(edit, "read", counted)

    text = renewal.renewed(source, case, "b", renewal.following(case))

    assert text.count("amount: 104") == FEW + 1
    assert len(times) < 20


def test_what_is_no_bare_number_is_changed_one_by_one() -> None:
    """Quotes stay quotes, and a number may become a word."""
    changed: dict[str, Value] = {"a": "2", "b": "x", "c": "4"}

    assert edit.become(read(b"a: '1'\nb: 2\nc: 3\n"), changed) == "a: '2'\nb: x\nc: 4\n"
