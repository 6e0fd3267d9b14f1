"""Files worked on by several processes: the same results, and no silence if one of them dies."""

from __future__ import annotations

import os
import pickle
import platform
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import check as checking
from iopctl import config, workers
from iopctl.case.indexing import WhatIf
from iopctl.check.portfolio import load, text
from iopctl.check.rules import Context
from iopctl.cli import reading
from iopctl.errors import UserError
from iopctl.files import Repository
from iopctl.input import Input, Unreadable
from iopctl.listings.budget import YearRange
from iopctl.listings.commitment import BudgetRequest, commitment

if TYPE_CHECKING:
    from iopctl.check import FileCheck
    from iopctl.model import Agreement
    from tests.conftest import AgreementText, Run

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


def told(results: list[FileCheck]) -> list[tuple[str, list[str], object, object]]:
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

    assert together.readable == alone.readable
    assert [each.line for each in together.diagnostics] == [each.line for each in alone.diagnostics]
    assert {each.file for each in together.diagnostics} >= {"wrong.yaml", "zz.yaml"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("budget --by board --options --format json", "Nämnden, Kommun 1"),
        (
            "budget --what-if-index 3 --board Nämnden -f json",
            "--options shows them): a-0, a-1, a-3",
        ),
        ("budget --trail --lang sv", "a-59"),
        ("export -o - --format json", "a-59"),
    ],
)
def test_tables_made_by_workers_are_the_same(
    run: Run,
    agreement_text: AgreementText,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    expected: str,
) -> None:
    """Whatever is wrong, and though an agreement is followed by one that is read after it."""
    for number in range(60):
        text = agreement_text(
            f"""\
            id: a-{number}
            area: Fält {number % 3}
            succeeds: a-{(number - 7) % 60 if number % 5 == 4 else 99}
            parties:
              kommunen: {{role: public, name: Kommun {number % 2}, board: Nämnden}}
              foreningen: {{role: civil, name: Föreningen}}
            validity: {{start: 2024-01-01, end: 2024-12-31, extension: {{kind: mutual, times: 2, years: 1}}}}"""
        )
        (tmp_path / f"a-{number:02}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text("id: [\n", encoding="utf-8")
    made = [tmp_path, "--as-of", "2024-06-01", "--keep-going"]
    monkeypatch.setattr(workers, "paying", lambda *_: 0)
    alone = run(*words.split(), *made)
    monkeypatch.setattr(workers, "paying", lambda *_: 2)

    assert run(*words.split(), *made) == alone
    assert alone.code == 0
    assert expected in alone.out


def test_what_is_asked_of_each_file_can_be_sent(given: list[Input]) -> None:
    """Where a process can't be copied, all that it is to do goes to it as bytes."""
    here = Repository("", config.DEFAULT, {})
    asked = reading._Request([], here, date(2024, 6, 1), drafts=True, followed=True)  # noqa: SLF001 - what is sent
    budget = BudgetRequest("row", YearRange(2024), options=True, what_if=WhatIf(Decimal(3), 2025))
    work = partial(reading._entry, asked, partial(commitment, budget))  # noqa: SLF001 - likewise

    assert pickle.loads(pickle.dumps(work))(given[0]) == work(given[0])  # noqa: S301 - our own


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
