"""Where a run begins: as `iopctl`, or as `python -m iopctl`."""

import gc
import os
import signal
import sys

# First of all: the imports take a while, and ^C during them must not end in a trace.
signal.signal(signal.SIGINT, signal.SIG_DFL)

# A run is short, and what it leaves behind holds itself in no rings: to look for such again and
# again takes a tenth of the time to start. Nor is any package asked whether it wants to have a
# part in reading agreements.
gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"


LEAST_MEMORY = 32 * 1024 * 1024
"""Bytes of addresses without which Python itself fails in ways of its own."""


_NO_MEMORY = b"iopctl: there is too little memory\n"


def main() -> None:
    """Run iopctl on the words of the command line."""
    try:
        _refuse_narrow(_memory())
        from iopctl import cli
    except (ImportError, MemoryError) as error:  # so early, no language is known yet
        sys.stderr.write(f"iopctl: it can't be loaded, perhaps for want of memory: {error}\n")
        sys.exit(2)
    try:
        cli.main()
    except (MemoryError, SystemError):  # even to say so in words takes more than there is
        os.write(2, _NO_MEMORY)
        sys.exit(2)
    finally:
        gc.freeze()  # nor is all of it looked through when Python ends, which took a sixth of a run


def _refuse_narrow(memory: int) -> None:
    if 0 <= memory < LEAST_MEMORY:
        raise MemoryError("ulimit -v")


def _memory() -> int:
    """Return how many bytes of addresses may be taken; below 0 where there is no such bound."""
    try:
        import resource
    except ImportError:  # on Windows
        return -1
    return resource.getrlimit(resource.RLIMIT_AS)[0]


if __name__ == "__main__":
    main()
