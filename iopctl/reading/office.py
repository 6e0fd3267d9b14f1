"""Word, OpenDocument, RTF and HTML to lines: read by pandoc, page headers from the package."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as Tree

from iopctl.reading.characters import BULLET, one_line, plain
from iopctl.reading.lines import Line, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_PARTS: Final = 5000
MOST_SECONDS: Final = 50
LONGEST_HEADING: Final = 100
_BROKEN: Final = "it is broken: open it in Word or LibreOffice and save it anew"
_EDGES: Final = re.compile(r"word/(?:header|footer)\d*\.xml|styles\.xml")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def lines(content: bytes, form: str, pandoc: str) -> Iterator[Line]:
    """Yield the lines of a document that is *form* to pandoc; changes in it are accepted.

    Raises:
        UnreadableError: pandoc can't read it, or it would be too large unpacked.
    """
    if form in {"docx", "odt"}:
        yield from _edges(content)
        content = unboxed(content)
    command = [pandoc, "--sandbox", f"--from={form}", "--to=json", "--track-changes=accept"]
    try:
        ran = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=MOST_SECONDS
        )
        blocks = json.loads(ran.stdout)["blocks"]
    except (OSError, subprocess.TimeoutExpired, ValueError, RecursionError):
        raise UnreadableError(_BROKEN) from None
    yield from _blocks(blocks)


# ------------------------------------------------------------------ text boxes of Word
def unboxed(content: bytes) -> bytes:
    """Return a Word package whose text boxes stand as paragraphs after the one they hang on."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if _DOCUMENT not in package.namelist() or b"txbxContent" not in package.read(_DOCUMENT):
            return content
        root = Tree.fromstring(package.read(_DOCUMENT))
        for holder in [each for each in root.iter() if any(_boxes(child) for child in each)]:
            _unbox(holder)
        unpacked = io.BytesIO()
        with zipfile.ZipFile(unpacked, "w") as plain_:
            for part in package.infolist():
                own = Tree.tostring(root) if part.filename == _DOCUMENT else package.read(part)
                plain_.writestr(part.filename, own)
    return unpacked.getvalue()


_DOCUMENT: Final = "word/document.xml"
Tree.register_namespace("w", _WORD[1:-1])  # pandoc knows Word's elements by this prefix


def _boxes(paragraph: Tree.Element) -> list[Tree.Element]:
    """Return the text boxes that hang on a paragraph, each once though it is drawn in two ways."""
    if paragraph.tag != f"{_WORD}p":
        return []
    found = list(paragraph.iter(f"{_WORD}txbxContent"))
    texts = ["".join(box.itertext()) for box in found]
    return [box for place, box in enumerate(found) if texts[place] not in texts[:place]]


def _unbox(holder: Tree.Element) -> None:
    for place, paragraph in reversed(list(enumerate(holder))):
        boxes = _boxes(paragraph)
        inside = [each for box in boxes for each in box]
        for run in [
            run for run in paragraph if next(run.iter(f"{_WORD}txbxContent"), None) is not None
        ]:
            paragraph.remove(run)
        holder[place + 1 : place + 1] = inside


# ------------------------------------------------------------------ the package
def _edges(content: bytes) -> Iterator[Line]:
    """Yield what stands above and below every page."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UnreadableError("it is too large unpacked, as a zip bomb is")
        if _is_encrypted(package, parts):
            raise UnreadableError("it is protected by a password: save it without one")
        for part in parts:
            if _EDGES.fullmatch(part.filename):
                yield from _edge(Tree.fromstring(package.read(part)))
    except (
        zipfile.BadZipFile,
        Tree.ParseError,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
    ):
        raise UnreadableError(_BROKEN) from None


def _is_encrypted(package: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> bool:
    if any(part.flag_bits & 1 for part in parts):
        return True
    manifest = "META-INF/manifest.xml"
    names = {part.filename for part in parts}
    return manifest in names and b"encryption-data" in package.read(manifest)


def _edge(root: Tree.Element) -> Iterator[Line]:
    if root.tag in {f"{_WORD}hdr", f"{_WORD}ftr"}:
        for paragraph in root.iter(f"{_WORD}p"):
            yield from _edge_line(_word_text(paragraph))
        return
    for kind in ("header", "footer"):
        for whole in root.iter(f"{_ODF_STYLE}{kind}"):
            for paragraph in whole.iter(f"{_ODF_TEXT}p"):
                yield from _edge_line("".join(paragraph.itertext()))


def _word_text(paragraph: Tree.Element) -> str:
    found = []
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            found.append(element.text or "")
        elif element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}ptab"}:
            found.append("   ")
    return "".join(found)


def _edge_line(text: str) -> Iterator[Line]:
    for part in re.split(r"\s{3,}", plain(text)):
        if part.strip():
            yield Line(one_line(part), None, "edge")


# ------------------------------------------------------------------ pandoc's blocks
def _blocks(blocks: Sequence[Any], *, item: bool = False) -> Iterator[Line]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        match kind:
            case "Para" | "Plain":
                yield from _paragraph(content, item=item)
            case "Header":
                yield from _heading(content[2])
            case "BulletList":
                yield from _items(content)
            case "OrderedList":
                yield from _items(content[1])
            case "DefinitionList":
                for term, meanings in content:
                    yield from _paragraph(term, item=False)
                    yield from _items(meanings)
            case "Table":
                yield from _table(content)
            case "BlockQuote":
                yield from _blocks(content, item=item)
            case "Div" | "Figure":
                yield from _blocks(content[-1], item=item)
            case "LineBlock":
                for line in content:
                    yield from _paragraph(line, item=item)
            case "CodeBlock":
                yield from (Line(one_line(line)) for line in content[1].split("\n") if line.strip())
            case _:
                pass


def _heading(inlines: Sequence[Any]) -> Iterator[Line]:
    for text in _texts(inlines):
        yield Line(text, None, "heading")


def _items(items: Sequence[Sequence[Any]]) -> Iterator[Line]:
    for each in items:
        yield from _blocks(each, item=True)


def _paragraph(inlines: Sequence[Any], *, item: bool) -> Iterator[Line]:
    notes: list[Any] = []
    texts = _texts(inlines, notes)
    bold = bool(inlines) and all(each["t"] in {"Strong", "Space", "LineBreak"} for each in inlines)
    for number, text in enumerate(texts):
        apart = number == 0
        bullet = BULLET.match(text)
        cells = tuple(one_line(cell) for cell in text.split("\t") if cell.strip())
        if item or bullet:
            yield Line(one_line(BULLET.sub("", text)), None, "item", (), apart)
        elif len(cells) > 1:
            yield Line(one_line(text), None, "row", cells, apart)
        elif bold and len(text) <= LONGEST_HEADING and not text.endswith((".", ":", ",")):
            yield Line(one_line(text), None, "heading", (), apart)
        else:
            yield Line(one_line(text), None, "text", (), apart)
    for note in notes:
        yield from _blocks(note)


def _texts(inlines: Sequence[Any], notes: list[Any] | None = None) -> list[str]:
    """Return the lines of inline text that are not blank; a note's blocks go to *notes*."""
    text = plain(_text(inlines, [] if notes is None else notes))
    return [line.strip() for line in text.split("\n") if line.strip()]


def _text(inlines: Sequence[Any], notes: list[Any]) -> str:
    found = []
    for each in inlines:
        kind, content = each["t"], each.get("c")
        match kind:
            case "Str":
                found.append(content)
            case "Space" | "SoftBreak":
                found.append(" ")
            case "LineBreak":
                found.append("\n")
            case "Code" | "Math":
                found.append(content[1])
            case "Note":
                notes.append(content)
            case "Strikeout":
                pass  # what is crossed out holds no more
            case "Quoted":
                sign = '"' if content[0]["t"] == "DoubleQuote" else "'"
                found.append(f"{sign}{_text(content[1], notes)}{sign}")
            case "Link" | "Span" | "Cite":
                found.append(_text(content[1], notes))
            case "Emph" | "Strong" | "Underline" | "Superscript" | "Subscript" | "SmallCaps":
                found.append(_text(content, notes))
            case _:
                pass
    return "".join(found)


# ------------------------------------------------------------------ tables
def _table(content: Sequence[Any]) -> Iterator[Line]:
    """Yield a table's rows; one whose cells hold several paragraphs is a layout, told cell by cell."""
    _, caption, _, head, bodies, foot = content
    yield from _blocks(caption[1])
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    for _, cells in rows:
        texts = [list(_blocks(cell[4])) for cell in cells]
        if any(len(each) > 1 for each in texts):
            for each in texts:
                yield from each
        elif any(texts):
            yield _row(cells, texts)


def _row(cells: Sequence[Any], texts: Sequence[Sequence[Line]]) -> Line:
    spread: list[str] = []
    for cell, lines_ in zip(cells, texts, strict=True):
        spread.append(lines_[0].text if lines_ else "")
        spread += [""] * (cell[3] - 1)
    filled = [text for text in spread if text]
    style = "row" if len(spread) > 1 else "text"
    return Line(" ".join(filled), None, style, tuple(spread) if style == "row" else ())
