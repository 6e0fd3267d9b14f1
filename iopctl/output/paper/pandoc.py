"""The door to pandoc: Markdown in, a document out, nothing read from or written to elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iopctl import bounds, files
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.language import marked, tr
from iopctl.output.paper import embedded

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
DOING: Final = marked("making the paper")
# Windows has no bound for a process, but pandoc has one of its own: code 251.
_MOST_HEAP: Final = f"-M{bounds.MOST_MEMORY // bounds.MEBIBYTE}m"
_HEAPLESS: Final = 251


def converted(markdown: str, to: str, options: Sequence[str] = ()) -> bytes:
    """Return *markdown*, a text in Swedish, in pandoc's format *to*.

    Raises:
        MissingExtra: pandoc is not installed.
        UserError: pandoc can't be run, asks for too much, or refuses; a reference document may
            not be one.
        PictureError: a picture has code in it, or asks for too much of a reader's program.
    """
    read = (f"--from={_DIALECT}", "--to=json")
    written = ("--from=json", f"--to={to}", f"--lua-filter={HERE / 'paper.lua'}", *options)
    tree = bounds.done(_ran, (read, markdown.encode()), tr(DOING))
    bounds.done(embedded.refuse_unfit, tree, tr(DOING))
    return bounds.done(_ran, ((*written, "--metadata=lang:sv-SE"), tree), tr(DOING))


def _ran(given: tuple[Sequence[str], bytes]) -> bytes:
    """Run pandoc within the bounds of this process, which it inherits."""
    options, text = given
    command = [_pandoc(), "+RTS", _MOST_HEAP, "-RTS", "--sandbox", *options, "--output=-"]
    try:
        ran = subprocess.run(  # noqa: S603 - pandoc from its own package, with options of ours
            command, input=text, capture_output=True, check=False, timeout=bounds.PATIENCE - 1
        )
    except OSError as error:
        raise UserError(tr("pandoc can't be run: {error}", error=error)) from None
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if ran.returncode < 0:  # ended by a signal, since it has used up its time
        raise TimeoutError
    if ran.returncode == _HEAPLESS:
        raise MemoryError
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines() or [
            tr("it does not say why")
        ]
        raise UserError(tr("pandoc refuses: {said}", said=said[0]))
    return ran.stdout


def _pandoc() -> str:
    try:
        import pypandoc
    except ModuleNotFoundError:
        raise MissingExtra(EXTRA, "writing papers as HTML, Word, OpenDocument or PDF") from None
    return str(pypandoc.get_pandoc_path())


def own(name: str) -> str:
    """Return the text of a file that lies beside this module.

    Raises:
        UserError: it is not there.
    """
    text = files.ours(str(HERE / name))
    if text is None:
        raise UserError(tr("iopctl lacks its own {name}: install it anew", name=name))
    return text
