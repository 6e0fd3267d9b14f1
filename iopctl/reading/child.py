"""The process that opens a document: limits first, then the reader of its format; JSON out.

Started as `python -m iopctl.reading.child`; the document comes on standard input, after a line
of JSON with the name of the form, the password, the place of pandoc and the language of messages.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from iopctl import language
from iopctl.language import tr
from iopctl.reading.lines import DocumentLine, ProtectedError, UnreadableDocumentError, as_data

if TYPE_CHECKING:
    from collections.abc import Iterable

MEMORY = 2 * 1024**3
SECONDS = 60
FILE = 16 * 1024**2
MOST_CHARACTERS = 4_000_000


def main() -> None:
    """Read the document on standard input; write its lines, or why there are none."""
    limit()
    wish = json.loads(sys.stdin.buffer.readline())
    language.use(wish["language"])
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), wish)))


def limit() -> None:
    """Bound this process's memory and time, and what it writes into a file."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the limit
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer(content: bytes, wish: dict[str, Any]) -> dict[str, Any]:
    """Return the lines of a document as data, or the reason why it can't be read."""
    try:
        return {"lines": as_data(bounded(read(content, wish)))}
    except UnreadableDocumentError as error:
        return {"reason": str(error), "protected": isinstance(error, ProtectedError)}
    except (MemoryError, RecursionError):
        return {"reason": tr("it takes more than 2 GiB to read: save it anew, without pictures")}


def read(content: bytes, wish: dict[str, Any]) -> Iterable[DocumentLine]:
    """Return the lines of a document in the form that the *wish* names."""
    match wish["form"]:
        case "pdf":
            from iopctl.reading import pdf

            return pdf.lines(content, wish["password"])
        case "text":
            from iopctl.reading import plain_text

            return plain_text.lines(content)
        case form:
            from iopctl.reading import office

            return office.lines(content, form, wish["pandoc"])


def bounded(lines: Iterable[DocumentLine]) -> list[DocumentLine]:
    """Return the lines, up to a bound of characters.

    Raises:
        UnreadableError: there are more.
    """
    found, characters = [], 0
    for line in lines:
        characters += len(line.text) + 20
        if characters > MOST_CHARACTERS:
            raise UnreadableDocumentError(tr("its text is longer than 4 million characters"))
        found.append(line)
    return found


if __name__ == "__main__":
    main()
