"""How far a long run has come: a line that stands on a terminal only while it lasts."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Timer
from time import monotonic_ns
from typing import TYPE_CHECKING, Final, TypeVar

from iopctl.language import for_person, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

Item = TypeVar("Item")

SECOND: Final = 1_000_000_000
BEGAN: Final = monotonic_ns()
"""When this was first imported, which is about when the command began."""

_BETWEEN: Final = SECOND // 10


def watched(
    items: Sequence[Item],
    doing: str,
    stream: TextIO | None,
    clock: Callable[[], int] = monotonic_ns,
    began: int = BEGAN,
) -> Iterator[Item]:
    """Yield *items*, and tell how many are done, of what is *doing*: `reading: 120 of 300`.

    That is told on *stream* where it is a terminal, a second after the command *began* by *clock*
    (in nanoseconds), and wiped when the last is done or the loop is left.
    """
    if stream is None or not stream.isatty():
        yield from items
        return
    shown = ""
    next_time = began + SECOND
    try:
        for done, item in enumerate(items):
            if clock() >= next_time:
                with for_person():
                    shown = tr(
                        "{doing}: {done} of {all}", doing=tr(doing), done=done, all=len(items)
                    )
                _put(f"\r{shown}", stream)
                next_time = clock() + _BETWEEN
            yield item
    finally:
        if shown:
            _put(f"\r{' ' * len(shown)}\r", stream)


@contextmanager
def during(doing: str, stream: TextIO | None, patience: int = 1) -> Iterator[None]:
    """Tell what is being done, where that takes long and can't be counted: `writing ...`.

    That is told on *stream* where it is a terminal, after *patience* in seconds, and then wiped.
    """
    if stream is None or not stream.isatty():
        yield
        return
    with for_person():
        shown = f"{tr(doing)} ..."
    told = Event()

    def tell() -> None:
        _put(f"\r{shown}", stream)
        told.set()

    timer = Timer(patience, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if told.is_set():
            _put(f"\r{' ' * len(shown)}\r", stream)


def _put(text: str, stream: TextIO) -> None:
    with suppress(OSError):  # who closes the terminal wants no progress
        stream.write(text)
        stream.flush()
