"""The agreements that `make bench` measures with are what they claim to be."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest

from iopctl import config
from iopctl.check import checked
from iopctl.check.portfolio import document
from iopctl.check.rules import Context
from iopctl.input import Input

MADE_UP = runpy.run_path(str(Path(__file__).parents[1] / "bench" / "made_up.py"))
agreement, wrong, write = MADE_UP["agreement"], MADE_UP["wrong"], MADE_UP["write"]
AFTERWARDS = Context(config.DEFAULT, date(2026, 11, 22))


@pytest.mark.parametrize("number", range(0, 9_999, 499))
def test_nothing_is_wrong_with_them(number: int) -> None:
    """No rule finds anything, so that a check of them is work for rules, and not for renderers."""
    given = Input(f"iop-{number:05d}.yaml", agreement(number).encode())

    assert [each.line for each in checked(given, AFTERWARDS).diagnostics] == []


@pytest.mark.parametrize("number", range(20))
def test_they_have_the_size_of_real_ones(number: int) -> None:
    """About 3 kB, in 60 to 110 lines."""
    text = agreement(number)

    assert 60 <= text.count("\n") <= 110
    assert 2_000 <= len(text.encode()) <= 4_500


def test_they_are_the_same_in_every_run() -> None:
    """The number alone decides, so that a hundred are the first of a thousand."""
    assert agreement(7) == agreement(7) != agreement(8)


@pytest.mark.parametrize(("pairs", "years"), [(1, 1), (40, 3), (2, 50)])
def test_they_grow_as_asked(pairs: int, years: int) -> None:
    """With rows on both sides, and years of validity."""
    found = document(Input("iop-00001.yaml", agreement(1, pairs=pairs, years=years).encode()))

    assert found.agreement
    assert found.agreement.validity
    assert len(found.agreement.economy.contributions) == 2 * pairs
    assert found.agreement.validity.length is None
    assert _years(found.agreement.validity.first, found.agreement.validity.last) == years


def _years(first: date | None, last: date | None) -> int:
    return last.year - first.year + 1 if first and last else 0


@pytest.mark.parametrize("fault", range(len(MADE_UP["FAULTS"])))
def test_a_fault_makes_it_no_agreement(fault: int) -> None:
    """Each way of spoiling one is an error of its own kind."""
    assert document(Input("iop-00001.yaml", wrong(agreement(1), fault).encode())).agreement is None


def test_one_in_fifty_is_wrong(tmp_path: Path) -> None:
    """They lie a hundred in a folder, under their ids."""
    write(200, tmp_path, some_wrong=True)
    files = sorted(tmp_path.rglob("*.yaml"))
    found = [document(Input(path.name, path.read_bytes())) for path in files]

    assert [path.parent.name for path in files] == ["000"] * 100 + ["001"] * 100
    assert sum(each.agreement is None for each in found) == 4
    assert {f"{each.agreement.id}.yaml" for each in found if each.agreement} < {
        path.name for path in files
    }
