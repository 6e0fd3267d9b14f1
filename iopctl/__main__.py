"""Where a run begins: as `iopctl`, or as `python -m iopctl`."""

import gc
import os
import signal

# First of all: the imports take a while, and ^C during them must not end in a trace.
signal.signal(signal.SIGINT, signal.SIG_DFL)

# A run is short, and what it leaves behind holds itself in no rings: to look for such again and
# again takes a tenth of the time to start. Nor is any package asked whether it wants to have a
# part in reading agreements.
gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"


def main() -> None:
    """Run iopctl on the words of the command line."""
    from iopctl import cli

    cli.main()


if __name__ == "__main__":
    main()
