"""`iopctl lsp`: what an editor is told while one types."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from iopctl.cli.options import AsOf
from iopctl.installation import MissingExtra


def lsp(
    as_of: AsOf = None,
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Taken and passed over: there is no other way.")
    ] = False,
) -> None:
    """Tell an editor what check tells, while one types.

    A server of the Language Server Protocol on standard input and output: an editor starts it,
    and no person. How, for each editor: editors/README.md.

    Examples:
        iopctl lsp  # what an editor is told to start
        iopctl lsp --as-of 2026-06-30  # as if it were that day
    """
    from iopctl.cli.reading import day

    _ = stdio  # some editors say it to every server
    day(as_of)  # a wrong one is told before the server starts
    try:
        from iopctl.editor.server import serve
    except ModuleNotFoundError:
        raise MissingExtra("editor", "the language server") from None
    serve(partial(day, as_of))
