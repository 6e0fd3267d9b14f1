"""Files worked on by several processes: the same results, and no silence if one of them dies."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from datetime import date
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import check as checking
from iopctl import config, workers
from iopctl.check.portfolio import load, text
from iopctl.check.rules import Context
from iopctl.errors import UserError
from iopctl.input import Input, Unreadable

if TYPE_CHECKING:
    from iopctl.check import Checked
    from iopctl.model import Agreement
    from tests.conftest import AgreementText

FILES = 3 * workers.AT_ONCE + 1
CONTEXT = Context(config.DEFAULT, date(2024, 6, 1))
CHECK = partial(checking.checked, context=CONTEXT)
copies = pytest.mark.skipif(platform.system() != "Linux", reason="only a copy has what is not sent")


@pytest.fixture
def given(agreement_text: AgreementText) -> list[Input]:
    """Return some agreements with findings, more than one worker is dealt at once."""
    text = agreement_text("validity: {start: 2024-01-01}")
    return [Input(f"nr-{number:03d}.yaml", text.encode()) for number in range(FILES)]


class Deadly:
    """A context that ends the process of whoever asks it for a case."""

    def case(self, _: Agreement) -> None:
        """End as a process does for which there is no memory left."""
        os.kill(os.getpid(), signal.SIGKILL)


class Faulty:
    """A context in which there is a bug."""

    def case(self, _: Agreement) -> None:
        """Fail."""
        raise ZeroDivisionError("a bug")


def told(results: list[Checked]) -> list[tuple[str, list[str], object, object]]:
    """Return all that results say."""
    return [
        (each.file, [one.line for one in each.diagnostics], each.silences, each.facts)
        for each in results
    ]


@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_results_are_those_of_one_process(given: list[Input], number: int) -> None:
    """In the order of the files, however many workers there are."""
    alone = [checking.checked(each, CONTEXT) for each in given]

    assert told(list(workers.done(CHECK, given, number))) == told(alone)
    assert any(each.diagnostics for each in alone)


def test_without_workers_the_work_is_done_here(given: list[Input]) -> None:
    """And no process is started."""
    others = active_children()  # of tests before this one, which may still be ending
    found = workers.done(CHECK, given, 0)

    assert told([next(found)]) == told([CHECK(given[0])])
    assert set(active_children()) <= set(others)


def test_no_more_workers_than_pay() -> None:
    """Nor more than there are processors, nor one to wait for."""
    assert workers.paying(0) == 0
    assert workers.paying(2 * workers.PAYS - 1) == 0
    assert workers.paying(2 * workers.PAYS, workers.READING_PAYS) == 0
    assert 0 <= workers.paying(1_000_000) <= (os.cpu_count() or 1)


@copies
def test_a_worker_that_dies_is_told(given: list[Input]) -> None:
    """The run neither waits for it nor leaves out its files."""
    found = workers.done(partial(checking.checked, context=Deadly()), given, 2)  # type: ignore[arg-type] # that is the point

    with pytest.raises(
        UserError, match="a process that worked on files has ended, perhaps for want"
    ):
        list(found)


@copies
def test_a_bug_in_a_worker_is_a_bug(given: list[Input]) -> None:
    """It comes out where it is told, with the place where it happened."""
    found = workers.done(partial(checking.checked, context=Faulty()), given, 2)  # type: ignore[arg-type] # likewise

    with pytest.raises(ZeroDivisionError, match="a bug") as caught:
        list(found)
    assert "in case" in caught.value.__notes__[0]


def test_workers_end_when_nobody_wants_their_results(given: list[Input]) -> None:
    """A run that is stopped leaves no process behind."""
    others = active_children()
    found = workers.done(CHECK, given * 40, 2)
    next(found)
    started = set(active_children()) - set(others)
    found.close()
    for child in started:
        child.join()

    assert [child.exitcode for child in started] == [0, 0]


def test_a_portfolio_read_by_workers_is_the_same(given: list[Input]) -> None:
    """Also with what is wrong in it."""
    given.append(Input("wrong.yaml", b"id: [\n"))
    given.append(Input("zz.yaml", Unreadable("is a link", "name the file itself")))
    alone, together = load(given), load(given, texts=lambda each: workers.done(text, each, 2))

    assert together.agreements == alone.agreements
    assert [each.line for each in together.diagnostics] == [each.line for each in alone.diagnostics]
    assert {each.file for each in together.diagnostics} >= {"wrong.yaml", "zz.yaml"}


STARTING = """
import sys
from iopctl import workers

found = workers.done(str, range(10**6), 2)
print(next(found), flush=True)
sys.stdin.read()
"""


@copies
def test_no_worker_outlives_a_run_that_is_killed() -> None:
    """A worker ends as soon as there is nobody to tell."""
    command = [sys.executable, "-c", STARTING]
    running = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    with running:
        assert running.stdout
        begun = running.stdout.readline()
        children = _children(running.pid)
        running.kill()

    assert (begun, len(children)) == (b"0\n", 2)
    assert _gone(running.pid)


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


def _gone(group: int) -> bool:
    """Tell whether all processes of *group* end, within a time that only a hanging one takes."""
    for _ in range(60_000):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False
