"""The door to pandoc: Markdown in, a document out, nothing read from or written to elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iopctl import files
from iopctl.errors import MissingExtra, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA: Final = "reports"
HERE: Final = Path(__file__).parent
# Markdown as GitHub has it, too: no HTML, no code that an output format would run, no metadata.
_DIALECT: Final = (
    "markdown_strict-raw_html+all_symbols_escapable+backtick_code_blocks+blank_before_header"
    "+escaped_line_breaks+intraword_underscores+lists_without_preceding_blankline+pipe_tables"
    "+space_in_atx_header+startnum"
)
MOST_SECONDS: Final = 120


def converted(markdown: str, to: str, options: Sequence[str] = ()) -> bytes:
    """Return *markdown*, a text in Swedish, in pandoc's format *to*.

    Raises:
        MissingExtra: pandoc is not installed.
        UserError: pandoc can't be run, or refuses; a reference document may not be one.
    """
    command = [
        _pandoc(),
        "--sandbox",
        f"--from={_DIALECT}",
        f"--to={to}",
        f"--lua-filter={HERE / 'paper.lua'}",
        "--metadata=lang:sv-SE",
        *options,
        "--output=-",
    ]
    text = markdown.encode()
    try:
        ran = subprocess.run(  # noqa: S603 - pandoc from its own package, with options of ours
            command, input=text, capture_output=True, check=False, timeout=MOST_SECONDS
        )
    except OSError as error:
        raise UserError(f"pandoc can't be run: {error}") from None
    except subprocess.TimeoutExpired:
        raise UserError(
            f"pandoc takes more than {MOST_SECONDS} seconds: the paper is {len(text)} bytes long"
        ) from None
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


def own(name: str) -> str:
    """Return the text of a file that lies beside this module.

    Raises:
        UserError: it is not there.
    """
    text = files.ours(str(HERE / name))
    if text is None:
        raise UserError(f"iopctl lacks its own {name}: install it anew")
    return text
