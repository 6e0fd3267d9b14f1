"""Documents that are broken, protected, huge or made to harm: one line, and nothing is written."""

from __future__ import annotations

import io
import os
import random
import signal
import zipfile
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING

import pypandoc
import pytest

from iopctl.errors import Refused
from iopctl.installation import MissingExtra
from iopctl.reading import office, opening, pdf
from iopctl.reading.lines import DocumentLine, UnreadableDocumentError
from tests.document_files import document, typeset

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Run

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PANDOC = str(pypandoc.get_pandoc_path())
DRAWS = 40  # in the suite; `python -m tests.fuzz_import` draws thousands


def package(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in parts:
            made.writestr(name, content)
    return file.getvalue()


def changed(content: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """Return a package with parts changed, named by the end of their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        return package(
            *(
                (
                    name,
                    next(
                        (
                            change(given.read(name))
                            for end, change in parts.items()
                            if name.endswith(f"{end}.xml")
                        ),
                        given.read(name),
                    ),
                )
                for name in given.namelist()
            )
        )


def scan() -> bytes:
    """Return a PDF of pictures alone."""
    picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    numbers = ", ".join(map(str, b64decode(picture)))
    source = f"#set page(width: 5cm, height: 5cm)\n#image(bytes(({numbers})), width: 3cm)"
    return typeset(source.encode())


BOMB = package(("word/document.xml", b" " * (office.MOST_UNPACKED + 1)))
CASES = {
    "empty": (b" \n", "it is empty"),
    "old-word": (OLE + b"x" * 600, "it is an old Word document"),
    "encrypted-word": (OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password: open it in Word"),
    "other-package": (package(("a.txt", b"a")), "it is a broken or unknown package"),
    "broken-package": (b"PK\x03\x04 word/document.xml", "it is broken"),
    "broken-opendocument": (b"PK\x03\x04 opendocument.text", "it is broken"),
    "broken-zip": (b"PK\x03\x04", "it is a broken or unknown package"),
    "bomb": (BOMB, "it is too large unpacked"),
    "no-word": (package(("word/document.xml", b"<a")), "it is broken"),
    "encrypted-opendocument": (package(("content.xml", b"x"), ("META-INF/manifest.xml", b"<encryption-data/>")), "it is protected by a password"),
    "encrypted-zip": (package(("word/document.xml", b"<a/>")).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), "it is protected by a password"),
    "broken-pdf": (b"%PDF-1.7\nx", "it is broken, or no PDF"),
    "binary": (b"\x01\x02\x03 abc" * 9, "it is no text, PDF, Word"),
    "entities": (package(("word/document.xml", b"<a/>"), ("word/header1.xml", b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 20) for n in range(1, 9)) + b"]><l>&i;</l>")), "it is broken"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a repository without agreements."""
    monkeypatch.chdir(tmp_path)
    Path("agreements").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", CASES)
def test_what_can_not_be_read_is_told_in_a_line(run: Run, name: str) -> None:
    """Why, and what to do; nothing is written."""
    content, told = CASES[name]
    Path("a.docx").write_bytes(content)
    code, out, err = run("import", "a.docx", "--write")

    assert (code, out) == (1, "")
    assert err.startswith(f"iopctl: a.docx: {told}")
    assert err.count("\n") == 1
    assert [*Path("agreements").iterdir()] == []


@pytest.mark.parametrize(
    "name", ["bomb", "encrypted-opendocument", "encrypted-zip", "broken-pdf", "binary"]
)
def test_the_reader_of_a_form_says_why(name: str) -> None:
    """In its own process as in that of the command."""
    content, told = CASES[name]
    form = opening.form_of(content) or ""

    with pytest.raises(UnreadableDocumentError, match=f"^{told}"):
        opening.read(opening.Opening(content, form, pandoc=PANDOC))


def test_a_scan_is_told_how_to_be_read() -> None:
    """By the program that makes a text layer."""
    with pytest.raises(UnreadableDocumentError, match="ocrmypdf --language swe"):
        [*pdf.lines(scan())]


def test_a_document_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is refused before it is read."""
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)

    with pytest.raises(UnreadableDocumentError, match="it has 2 pages"):
        [*pdf.lines(document("kompassen", "pdf"))]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is not given to the child."""
    monkeypatch.setattr(opening, "MOST_BYTES", 10)

    with pytest.raises(Refused, match="larger than"):
        opening.lines(b"x" * 11, "a.txt")


def test_scripts_links_and_macros_are_nothing_but_bytes(run: Run) -> None:
    """What a page would load or run is neither; what it says is read."""
    page = "<html><script>x</script><img src='http://127.0.0.1:9/a'><p>Protokoll</p></html>"
    name = "$(touch hit);`touch hit`.html"
    Path(name).write_text(page, "utf-8")

    assert "minutes of a meeting" in run("import", name).err
    assert not Path("hit").exists()


# ------------------------------------------------------------------ the bounds
def greedy(_: object) -> tuple[DocumentLine, ...]:
    """Take more memory than there is for it."""
    raise MemoryError


def dead(_: object) -> tuple[DocumentLine, ...]:
    """End as a library does that a document has broken."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return ()


def slow(_: object) -> tuple[DocumentLine, ...]:
    """Go on for ever."""
    while True:
        pass


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (greedy, "it asks for too much memory, and may have 2048 MiB"),
        (dead, "its process ended by SIGSEGV"),
        (slow, "it takes more than 1 seconds"),
    ],
)
def test_a_document_that_takes_too_much_is_told(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[[object], object], told: str
) -> None:
    """By what it takes, and as one that may be broken."""
    monkeypatch.setattr(opening, "read", reader)
    monkeypatch.setattr(opening, "ALLOWED", opening.ALLOWED._replace(seconds=1))

    with pytest.raises(Refused, match=rf"^a\.txt: {told}.* may be broken, save it anew"):
        opening.lines(b"Avtal", "a.txt")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setattr(opening, "find_spec", lambda _: None)

    for content in (b"%PDF-1.7", b"{\\rtf1 a}"):
        with pytest.raises(MissingExtra, match=r"pip install 'iopctl\[import\]'"):
            opening.lines(content, "a")


def test_what_is_read_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines, or a reason: also where text is without end, or a library is at a loss."""

    def lost(_: object) -> list[DocumentLine]:
        raise KeyError("w:r")

    plain = opening.Opening(b"Avtal", "text")
    assert opening.read(plain)[0].text == "Avtal"
    monkeypatch.setattr(opening, "MOST_CHARACTERS", 10)
    with pytest.raises(UnreadableDocumentError, match="longer than 4 million characters"):
        opening.read(plain)
    monkeypatch.setattr(opening, "_lines", lost)
    with pytest.raises(UnreadableDocumentError, match=r"it is broken \(KeyError\('w:r'\)\)"):
        opening.read(plain)


def test_a_pandoc_that_is_not_there() -> None:
    """Or ends without an answer."""
    for program in ("no-such-program", "false"):
        with pytest.raises(UnreadableDocumentError, match="it is broken"):
            [*office.lines(b"{\\rtf1 a}", "rtf", program)]


# ------------------------------------------------------------------ mutated documents
def mutated(content: bytes, draw: random.Random) -> bytes:
    """Return a document with a few of its bytes changed, cut out, doubled or cut off."""
    data = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(data))
        match draw.randrange(4):
            case 0:
                data[at] = draw.randrange(256)
            case 1:
                del data[at : at + draw.randint(1, 200)]
            case 2:
                data[at:at] = data[at : at + draw.randint(1, 200)]
            case _:
                del data[max(at, len(data) // 2) :]
        data = data or bytearray(b"x")
    return bytes(data)


def failure(form: str, seed: int) -> str:
    """Return what a mutated document gives beside lines and a reason; "" if nothing."""
    content = mutated(document("kompassen", form), random.Random(seed))  # noqa: S311 - a draw, no secret
    found = opening.form_of(content)
    if found is None:
        return ""
    try:
        opening.read(opening.Opening(content, found, pandoc=PANDOC))
    except UnreadableDocumentError as error:
        return f"{form} {seed}: {error}" if "Error" in str(error) else ""
    return ""


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_mutated_documents_are_read_or_refused(form: str) -> None:
    """Never a failure, whatever is in them."""
    told = [failure(form, seed) for seed in range(DRAWS if form == "pdf" else DRAWS // 4)]

    assert [each for each in told if each] == []
