"""The door to pandoc: Markdown in, a document out, nothing read from or written to elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iopctl.errors import MissingExtra, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA: Final = "reports"
HERE: Final = Path(__file__).parent
LANGUAGE: Final = "sv-SE"
# Markdown as GitHub has it, too: no HTML, no code that an output format would run, no metadata.
_DIALECT: Final = "+".join(
    (
        "markdown_strict-raw_html",
        "all_symbols_escapable",
        "backtick_code_blocks",
        "blank_before_header",
        "escaped_line_breaks",
        "intraword_underscores",
        "lists_without_preceding_blankline",
        "pipe_tables",
        "space_in_atx_header",
        "startnum",
    )
)
_MOST_SECONDS: Final = 120


def converted(markdown: str, to: str, options: Sequence[str] = ()) -> bytes:
    """Return *markdown* in pandoc's format *to*.

    Raises:
        MissingExtra: pandoc is not installed.
        UserError: pandoc refuses; a reference document may not be one.
    """
    command = [
        _pandoc(),
        "--sandbox",
        f"--from={_DIALECT}",
        f"--to={to}",
        f"--lua-filter={HERE / 'paper.lua'}",
        f"--metadata=lang:{LANGUAGE}",
        *options,
        "--output=-",
    ]
    try:
        ran = subprocess.run(  # noqa: S603 - pandoc from its own package, and options of ours
            command, input=markdown.encode(), capture_output=True, check=False, timeout=_MOST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError(f"pandoc can't be run: {error}") from None
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines() or ["it does not say why"]
        raise UserError(f"pandoc refuses: {said[0]}")
    return ran.stdout


def _pandoc() -> str:
    try:
        import pypandoc
    except ImportError:
        raise MissingExtra(EXTRA, "writing papers as HTML, Word, OpenDocument or PDF") from None
    return str(pypandoc.get_pandoc_path())
