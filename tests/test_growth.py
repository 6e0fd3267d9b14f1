"""What is told of a file grows as the file does, and no faster: counted, since clocks differ."""

from __future__ import annotations

import runpy
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl import check as checking
from iopctl import config
from iopctl.check.rules import Context
from iopctl.drafting import renewal
from iopctl.input import Input
from iopctl.model import Agreement
from iopctl.output.patch import patch
from iopctl.source import edit, layout, read
from iopctl.source.layout import layout_of_long, layout_of_short

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import _lru_cache_wrapper
    from types import FrameType

    from iopctl.source import Source
    from iopctl.source.events import Value
    from iopctl.source.layout import Layout

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


PAIRS: dict[str, Callable[[int], str]] = {
    "rows and payers": lambda n: HEAVY["payers"](n).replace(ROW, ROW + rows(n)),
    "payers and invoices": lambda n: HEAVY["payers"](n) + "log:\n" + sent(n),
    "blocks of one payer, and payments": lambda n: HEAVY["HEAD"] + HEAVY["ECONOMY"] + "invoicing:\n" + begun(n) + "log:\n" + paid(n),
    "totals and instalments": lambda n: HEAVY["instalments"](n // 2).replace(ROW, ROW + totals(n // 2)),
}  # fmt: skip
ROW = "    - {party: f, item: L, amount: 100}\n"


def rows(number: int) -> str:
    """Return so many rows, each of a committee of its own."""
    line = "    - {{party: k, item: Rad {0}, amount: 100, board: B{0}}}\n"
    return "".join(line.format(each) for each in range(number))


def totals(number: int) -> str:
    """Return so many rows that no year divides."""
    return "".join(f"    - {{party: k, item: Rad {each}, total: 99}}\n" for each in range(number))


def begun(number: int) -> str:
    """Return so many blocks of one payer, each from another day on."""
    days = [date(2024, 1, 1) + timedelta(each) for each in range(number)]
    return "".join(f"  - {{seller: f, buyer: k, start: {day}}}\n" for day in days)


def sent(number: int) -> str:
    """Return so many invoices of which it is not known whose they are."""
    line = "  - {{date: 2024-05-05, event: invoice, number: {0}, period: 2024, amount: 1}}\n"
    return "".join(line.format(each) for each in range(number))


def paid(number: int) -> str:
    """Return so many payments."""
    return "  - {date: 2024-05-05, event: payment, period: 2024, amount: 1}\n" * number


@pytest.mark.parametrize("kind", PAIRS)
def test_many_of_two_things_are_no_more_work_than_they_are_many(kind: str) -> None:
    """Each row was compared with each payer, and each payer with each invoice."""
    text = PAIRS[kind]
    check(text(8))
    few, many = (calls(partial(check, text(number))) for number in (FEW // 2, MANY // 2))
    square = 2.9 if "instalments" in kind else 1.0  # each row has a part in each instalment

    assert many < few * MANY / FEW * 1.4 * square


@pytest.mark.parametrize(("number", "cache"), [(FEW, layout_of_short), (2 * FEW, layout_of_long)])
def test_a_text_is_looked_through_once_for_all_that_is_told_of_it(
    number: int, cache: _lru_cache_wrapper[Layout], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand findings looked through a megabyte each; of long texts one is kept."""
    text = HEAVY["wrong_rows"](number)
    monkeypatch.setattr(layout, "LONG", len(HEAVY["wrong_rows"](FEW)))
    cache.cache_clear()

    check(text)

    assert cache.cache_info().misses == 1


def test_a_text_is_compared_with_the_same_text_once() -> None:
    """Another reading of it gives an equal text: comparing the two for each finding took half."""
    text = HEAVY["payers"](FEW)
    check(text)
    before = layout_of_short.cache_info().hits
    check(text)

    assert layout_of_short.cache_info().hits - before < FEW // 10


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


def test_new_prices_grow_as_the_rows_do() -> None:
    """What all rows have in common is looked for once."""

    def renewed(number: int) -> object:
        source = read(HEAVY["rows"](number).encode())
        case = CONTEXT.case(Agreement.model_validate(source.data, context={"handles": ("k", "f")}))
        return renewal.renewed(source, case, "b", renewal.following(case))

    renewed(1)
    few, many = (calls(partial(renewed, number)) for number in (FEW, MANY))

    assert many < few * MANY / FEW * 1.3


def test_a_patch_grows_as_what_differs() -> None:
    """Rows of four lines, three of which are like those of other rows, in new prices."""
    row = "- party: k\n  item: Rad {0}\n  category: staff\n  amount: {1}\n"
    few, many = (
        (
            "".join(row.format(each, each % 3) for each in range(number)),
            "".join(row.format(each, 7 + each % 3) for each in range(number)),
        )
        for number in (FEW, MANY)
    )

    assert patch("a", *few).count("\n-  amount: ") == FEW
    assert calls(partial(patch, "a", *many)) < calls(partial(patch, "a", *few)) * MANY / FEW * 1.3


@pytest.mark.parametrize(
    "row",
    [
        "  # rad {0}\n  - item: Rad {0}\n    end: 2024\n    amount: {0}\n",
        "  # rad {0}\n  - {{item: Rad {0}, end: 2024, amount: {0}}}\n",
    ],
)
def test_all_that_goes_goes_at_once(monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    """Items with the comments above them, or keys; what stays keeps its own."""
    rows = [row.format(number) for number in range(FEW)]
    text = f"rows:\n{''.join(rows)}"
    every: Any = read(text.encode()).data
    half: dict[str, Value] = {"rows": every["rows"][::2]}
    less: dict[str, Value] = {
        "rows": [{key: row[key] for key in ("item", "amount")} for row in every["rows"]]
    }
    times = []

    def counted(raw: bytes) -> Source:
        times.append(raw)
        return read(raw)

    monkeypatch.setattr(edit, "read", counted)

    assert edit.become(read(text.encode()), half) == f"rows:\n{''.join(rows[::2])}"
    without = text.replace("    end: 2024\n", "").replace(" end: 2024,", "")
    assert edit.become(read(text.encode()), less) == without
    assert len(times) < 20


def test_what_shares_a_comma_goes_one_after_the_other() -> None:
    """The last two of a list in brackets."""
    assert edit.become(read(b"a: [1, 2, 3]\n"), {"a": ["1"]}) == "a: [1]\n"


def test_where_one_change_cant_be_made_at_once_the_others_are() -> None:
    """A text that keeps its breaks would take in the one that follows what goes."""
    before = b"z: 1\na: |+\n  x\nb: 1\n\nc: 1\nd: 2\n"
    wanted: dict[str, Value] = {"z": "2", "a": "x\n", "c": "3", "d": "4"}

    assert edit.become(read(before), wanted) == "z: 2\na: |+\n  x\nc: 3\nd: 4\n"
