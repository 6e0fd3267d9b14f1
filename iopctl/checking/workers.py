"""Files checked on all cores, where there is so much to read that it pays."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from multiprocessing import get_context
from traceback import format_exc
from typing import TYPE_CHECKING, Final

from iopctl import checking
from iopctl.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from multiprocessing.connection import Connection

    from iopctl.checking import Checked
    from iopctl.portfolio import Input
    from iopctl.rules import Context

AT_ONCE: Final = 20
"""Files that a worker checks before it tells of them."""

# A process that is a copy of this one is there at once, one that begins anew only after a while;
# systems other than Linux do not copy reliably.
_COPIES: Final = platform.system() == "Linux"
_MAKING: Final = get_context("fork") if _COPIES else get_context("spawn")
PAYS: Final = 50 if _COPIES else 500
"""Files that a worker must have to do, for it to save more time than it takes to make."""


def checked(
    given: Sequence[Input], context: Context, workers: int | None = None
) -> Generator[Checked]:
    """Yield what each file gives by itself, in the order given, as many *workers* helping as pay.

    Raises:
        UserError: a worker ended before its work was done.
    """
    workers = paying(len(given)) if workers is None else workers
    if workers > 1:
        yield from _together(given, context, workers)
    else:
        yield from (checking.checked(each, context) for each in given)


def paying(files: int) -> int:
    """Return how many workers save time where there are so many *files*."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(there or 1, files // PAYS)


def _together(given: Sequence[Input], context: Context, workers: int) -> Iterator[Checked]:
    """Deal the files out to workers, as cards, and take their results in the same turn."""
    hands = [given[at : at + AT_ONCE] for at in range(0, len(given), AT_ONCE)]
    results: list[Connection] = []
    for first in range(workers):
        result, told = _MAKING.Pipe(duplex=False)
        results.append(result)
        work = (hands[first::workers], context, told, results)
        _MAKING.Process(target=_work, args=work, daemon=True).start()
        told.close()  # now only the worker has it, so that the results end when the worker does
    try:
        for number in range(len(hands)):
            yield from _received(results[number % workers])
    finally:
        for each in results:
            each.close()


def _work(
    hands: Sequence[Sequence[Input]],
    context: Context,
    told: Connection,
    results: Sequence[Connection],
) -> None:
    for each in results:  # so that there is nobody left to tell once the first process has gone
        each.close()
    with suppress(BrokenPipeError):
        for hand in hands:
            told.send(_results(hand, context))


def _results(hand: Sequence[Input], context: Context) -> list[Checked] | Exception:
    try:
        return [checking.checked(each, context) for each in hand]
    except Exception as error:  # noqa: BLE001 - a bug, which is told where it can be
        error.add_note(format_exc())
        return error


def _received(results: Connection) -> list[Checked]:
    try:
        found: list[Checked] | Exception = results.recv()
    except EOFError:
        problem = "a process that checked files has ended, perhaps for want of memory"
        raise UserError(f"{problem}: check fewer files at once") from None
    if isinstance(found, Exception):
        raise found
    return found
