"""A document's bytes to its lines: which form it has, and the child process that reads it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

from iopctl.errors import Refused
from iopctl.installation import MissingExtra
from iopctl.language import current, tr
from iopctl.reading.lines import DocumentLine, from_data

EXTRA: Final = "import"
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_OUTPUT: Final = 64 * 1024 * 1024
SECONDS: Final = 60
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")


class Protected(Refused):
    """A document opens with a password alone, and with another one than was given, if any."""


def lines(content: bytes, name: str, password: str | None = None) -> tuple[DocumentLine, ...]:
    """Return the lines of the document called *name*, read in a process with limits.

    Raises:
        Refused: it can't be read; the message says why and what to do.
        Protected: it asks for a password.
        MissingExtra: the library that reads its form is not installed.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            tr(
                "{name}: it is larger than {most_bytes} MB",
                name=name,
                most_bytes=MOST_BYTES // 1024**2,
            )
        )
    form = form_of(content)
    if form is None:
        raise Refused(f"{name}: {_unknown(content)}")
    wish = {"form": form, "password": password, "pandoc": _pandoc() if form not in _OWN else ""}
    wish["language"] = current()
    if form == "pdf":
        _need("pypdfium2")
    found = _asked(json.dumps(wish).encode() + b"\n" + content, name)
    if "reason" in found:
        kind = Protected if found.get("protected") else Refused
        raise kind(f"{name}: {found['reason']}")
    return from_data(found["lines"])


_OWN: Final = frozenset({"pdf", "text"})


def form_of(content: bytes) -> str | None:
    """Return what a document is by its first bytes: a reader's name, None for what none reads."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _packed(content)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.lower().startswith(_HTML):
        return "html"
    return None if content.startswith(_OLE) or not content.strip() else "text"


def _packed(content: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "docx" if b"word/" in content else "odt" if b"opendocument.text" in content else None
    if "word/document.xml" in names:
        return "docx"
    return "odt" if "content.xml" in names else None


def _unknown(content: bytes) -> str:
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        return tr("it is protected by a password: open it in Word and save it without one")
    if content.startswith(_OLE):
        return tr("it is an old Word document: open it in Word or LibreOffice and save it as .docx")
    if content.startswith(b"PK"):
        return tr("it is a broken or unknown package, no Word or OpenDocument text: save it anew")
    return tr("it is empty")


def _need(library: str) -> None:
    if find_spec(library) is None:
        raise MissingExtra(EXTRA, "reading documents")


def _pandoc() -> str:
    _need("pypandoc")
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _asked(request: bytes, name: str) -> dict[str, Any]:
    """Return what the child answers.

    Raises:
        Refused: it takes too long or too much, or it ended without an answer.
    """
    command = [sys.executable, "-m", "iopctl.reading.child"]
    with subprocess.Popen(  # noqa: S603 - this very program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            output, _ = child.communicate(request, timeout=SECONDS)
            return dict(json.loads(output))
        except subprocess.TimeoutExpired:
            raise Refused(
                tr(
                    "{name}: it takes more than {seconds} seconds to read",
                    name=name,
                    seconds=SECONDS,
                )
            ) from None
        except (OSError, ValueError):
            raise Refused(
                tr(
                    "{name}: it is broken, or takes more than 2 GiB to read: save it anew",
                    name=name,
                )
            ) from None
        finally:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child, and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
