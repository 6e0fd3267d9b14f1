"""Where a run begins: as `iopctl`, or as `python -m iopctl`."""

import signal

# First of all: the imports take a while, and ^C during them must not end in a trace.
signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run iopctl on the words of the command line."""
    from iopctl import cli

    cli.main()


if __name__ == "__main__":
    main()
