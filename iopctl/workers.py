"""Work on many files done on all cores, where there is so much of it that it pays."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from traceback import format_exc
from typing import TYPE_CHECKING, Final, TypeVar

from iopctl import language
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection

    from iopctl.language import Language

Given = TypeVar("Given")
Result = TypeVar("Result")

AT_ONCE: Final = 20
"""Files that a worker does before it tells of them."""

# A process that is a copy of this one is there at once, one that begins anew only after a while;
# systems other than Linux do not copy reliably.
COPIES: Final = platform.system() == "Linux"
PAYS: Final = 50 if COPIES else 500
"""Files that a worker must have to check, for it to save more time than it takes to make."""
READING_PAYS: Final = 4 * PAYS
"""Files that it must have to read, which is less work."""


def done(
    work: Callable[[Given], Result], given: Sequence[Given], workers: int
) -> Generator[Result]:
    """Yield what *work* makes of each of *given*, in their order; without *workers*, here.

    Where a process can't be copied, *work*, what it is given and what it makes are sent, and so
    must be such as can be pickled.

    Raises:
        UserError: a worker ended before its work was done.
    """
    if workers:
        yield from _together(work, given, workers)
    else:
        yield from map(work, given)


def paying(files: int, pays: int = PAYS) -> int:
    """Return how many workers save time where there are so many *files*; none, or several."""
    workers = min(_cores(), files // pays)
    return workers if workers > 1 else 0


def _cores() -> int:
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return there or 1


def _together(
    work: Callable[[Given], Result], given: Sequence[Given], workers: int
) -> Iterator[Result]:
    """Deal what is given out to workers, as cards, and take their results in the same turn."""
    from multiprocessing import get_context  # it takes long to load, and few files need none

    making = get_context("fork") if COPIES else get_context("spawn")
    spoken = language.current()
    hands = [given[at : at + AT_ONCE] for at in range(0, len(given), AT_ONCE)]
    results: list[Connection] = []
    for first in range(workers):
        result, told = making.Pipe(duplex=False)
        results.append(result)
        arguments = (work, hands[first::workers], told, results, spoken)
        making.Process(target=_work, args=arguments, daemon=True).start()
        told.close()  # now only the worker has it, so that the results end when the worker does
    try:
        for number in range(len(hands)):
            yield from _received(results[number % workers])
    finally:
        for each in results:
            each.close()


def _work(
    work: Callable[[Given], Result],
    hands: Sequence[Sequence[Given]],
    told: Connection,
    results: Sequence[Connection],
    spoken: Language,
) -> None:
    language.use(spoken)  # a process that is no copy has chosen none
    for each in results:  # so that there is nobody left to tell once the first process has gone
        each.close()
    with suppress(BrokenPipeError):
        for hand in hands:
            told.send(_results(work, hand))


def _results(work: Callable[[Given], Result], hand: Sequence[Given]) -> list[Result] | Exception:
    try:
        return [work(each) for each in hand]
    except Exception as error:  # noqa: BLE001 - a bug, which is told where it can be
        error.add_note(format_exc())
        return error


def _received(results: Connection) -> list[Result]:
    try:
        found: list[Result] | Exception = results.recv()
    except EOFError:
        raise UserError(
            tr(
                "a process that worked on files has ended, perhaps for want of memory: "
                "name fewer files at once"
            )
        ) from None
    if isinstance(found, Exception):
        raise found
    return found
