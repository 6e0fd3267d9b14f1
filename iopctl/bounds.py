"""Work on what strangers write, in a process of its own that may take only so much.

A template, a text, a picture or a document that asks for too much ends that process, not the run.
"""

from __future__ import annotations

import os
import pickle
import platform
import signal
import warnings
from contextlib import suppress
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from iopctl import language
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.workers import COPIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from iopctl.language import Language

Given = TypeVar("Given")
Result = TypeVar("Result")
Memory = Literal["RLIMIT_AS", "RLIMIT_DATA"]


MEBIBYTE: Final = 1024 * 1024
MOST_MEMORY: Final = 1024 * MEBIBYTE
"""What the work may take on top of what the run holds already."""

MOST_SECONDS: Final = 10
"""Of the process's own work, however busy the machine is."""

MOST_BYTES: Final = 64 * MEBIBYTE
"""What it may hand back."""

MOST_WRITTEN: Final = 16 * MEBIBYTE
"""What it may write into a file, which is none of its business."""

_COUNTS: Final = platform.system() != "Windows"
PATIENCE: Final = 600 if _COUNTS else 60
"""Seconds by the clock: for what waits for ever, and where the system counts no work."""


class Allowance(NamedTuple):
    """What a work may take: bytes of memory on top of what the run holds, and seconds of work."""

    memory: int
    seconds: int


_HELD: Final = Path("/proc/self/statm")
_PLACES: Final[dict[Memory, int]] = {"RLIMIT_AS": 0, "RLIMIT_DATA": 5}  # in that file, in pages


def done(
    work: Callable[[Given], Result],
    given: Given,
    what: str,
    memory: Memory = "RLIMIT_AS",
    allowed: Allowance | None = None,
) -> Result:
    """Return what *work* makes of *given*, which messages call *what*: `drawing the pictures`.

    Its memory is counted by addresses, or where a library reserves many that it never uses by
    data; it may take what is *allowed*, else MOST_MEMORY and MOST_SECONDS. *work*, what it is
    given and what it makes must be such as can be pickled. It has none of the standard streams.

    Raises:
        UserError: it takes too much memory or time, hands back too much, or its process ends.
    """
    from multiprocessing import get_context  # it takes long to load

    most = allowed or Allowance(MOST_MEMORY, MOST_SECONDS)
    making = get_context("fork") if COPIES else get_context("spawn")
    answer, told = making.Pipe(duplex=False)
    process = making.Process(
        target=_apart, args=(work, given, told, memory, most, language.current()), daemon=True
    )
    before = _worked()
    try:
        with warnings.catch_warnings():
            # From Python 3.12: of threads that are not copied. Ours only tells of progress.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    except (OSError, MemoryError) as error:
        raise UserError(
            tr("{what}: no process can be started for it ({error})", what=what, error=error)
        ) from None
    told.close()  # now only the process has it, so that the answer ends when the process does
    try:
        found: list[Result] | Exception = _received(answer, what)
    except UserError:
        process.kill()
        raise
    finally:
        answer.close()
        process.join()
    if isinstance(found, EOFError) and _worked() - before < most.seconds * 100:
        end = _named(process.exitcode or 0)
        raise UserError(
            tr("{what}: its process ended by {end}, perhaps for want of memory", what=what, end=end)
        )
    if isinstance(found, EOFError | TimeoutError):
        raise _too_late(what, most.seconds)
    if isinstance(found, MemoryError):
        room = most.memory // MEBIBYTE
        raise UserError(
            tr("{what}: it asks for too much memory, and may have {most} MiB", what=what, most=room)
        )
    if isinstance(found, Exception):
        raise found
    return found[0]


def _received(answer: Connection, what: str) -> list[Result] | Exception:
    if not answer.poll(PATIENCE):
        raise _too_late(what, PATIENCE)
    try:
        told = answer.recv_bytes(MOST_BYTES)
    except EOFError as error:
        return error
    except OSError:
        most = MOST_BYTES // MEBIBYTE
        raise UserError(tr("{what}: it gives more than {most} MiB", what=what, most=most)) from None
    found: list[Result] | Exception = pickle.loads(told)  # noqa: S301 - from a copy of ourselves
    return found


def _too_late(what: str, seconds: int) -> UserError:
    return UserError(tr("{what}: it takes more than {seconds} seconds", what=what, seconds=seconds))


def _named(exit_code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-exit_code).name
    return tr("exit code {number}", number=exit_code)


def _worked() -> int:
    """Return the work of the processes that have ended, in hundredths of a second; 0 on Windows."""
    if not _COUNTS:
        return 0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return int((used.ru_utime + used.ru_stime) * 100)


# ------------------------------------------------------------------ in the process of its own
def _apart(
    work: Callable[[Given], Result],
    given: Given,
    told: Connection,
    memory: Memory,
    most: Allowance,
    spoken: Language,
) -> None:
    language.use(spoken)  # a process that is no copy has chosen none
    _cut_off()
    _confine(memory, most)
    told.send_bytes(pickle.dumps(_result(work, given)))


def _result(work: Callable[[Given], Result], given: Given) -> list[Result] | Exception:
    try:
        return [work(given)]
    except UserError as error:
        return error
    except ImportError as error:  # where there is no room to load it
        return UserError(tr("a library can't be loaded: {error}", error=error))
    except Exception as error:  # noqa: BLE001 - a bug, which is told where it can be
        error.add_note(format_exc())
        return error
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - how a library written in Rust gives up
        return UserError(tr("a library gives up: {error}", error=error))


def _cut_off() -> None:
    """Read nothing from the standard streams and write nothing to them: a library might."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def _confine(memory: Memory, most: Allowance) -> None:
    if not _COUNTS:
        return
    import resource

    bounds = {
        getattr(resource, memory): (_held(memory) + most.memory, 0),
        resource.RLIMIT_CPU: (most.seconds, 1),  # a second to say in which line
        resource.RLIMIT_FSIZE: (MOST_WRITTEN, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, (soft, more) in bounds.items():
        _, hard = resource.getrlimit(kind)
        least = soft + more if hard == resource.RLIM_INFINITY else min(hard, soft + more)
        with suppress(OSError, ValueError):  # not every system knows every bound
            resource.setrlimit(kind, (min(soft, least), least))
    signal.signal(signal.SIGXCPU, _late)


def _late(*_: object) -> None:
    raise TimeoutError


def _held(memory: Memory) -> int:
    """Return the bytes that the process holds to begin with; 0 where the system does not tell."""
    import resource

    try:
        pages = _HELD.read_text(encoding="ascii").split()
        return int(pages[_PLACES[memory]]) * resource.getpagesize()
    except OSError:
        return 0
