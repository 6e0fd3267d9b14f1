"""Word, OpenDocument, RTF and HTML to lines: read by pandoc, page headers from the package."""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from iopctl.language import marked, tr
from iopctl.reading.characters import BULLET, one_line, plain
from iopctl.reading.lines import DocumentLine, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_PARTS: Final = 5000
MOST_SECONDS: Final = 50
LONGEST_HEADING: Final = 100
_BROKEN: Final = marked("it is broken: open it in Word or LibreOffice and save it anew")
# What a package that is broken makes the libraries raise.
_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
_EDGES: Final = re.compile(r"word/(?:header|footer)\d*\.xml|styles\.xml")
# What stands for a character where a reader has not got it; pandoc 3.9 takes a digit with it.
_STAND_IN: Final = re.compile(rb"\\u(-?[0-9]{1,5}) ?(?:[^\\{}\r\n])")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def lines(content: bytes, form: str, pandoc: str) -> Iterator[DocumentLine]:
    """Yield the lines of a document that is *form* to pandoc; changes in it are accepted.

    Raises:
        UnreadableError: pandoc can't read it, or it would be too large unpacked.
    """
    if form in {"docx", "odt"}:
        try:
            yield from _edges(content)
            content = unboxed(content)
        except _FAULTS:
            raise UnreadableDocumentError(tr(_BROKEN)) from None
    elif form == "rtf" and b"\\uc0" not in content:
        content = _STAND_IN.sub(rb"\\u\1\\'3f", content)
    command = [pandoc, "--sandbox", f"--from={form}", "--to=json", "--track-changes=accept"]
    try:
        ran = subprocess.run(  # noqa: S603 - pandoc from its own package, with options of ours
            command, input=content, capture_output=True, check=False, timeout=MOST_SECONDS
        )
        blocks = json.loads(ran.stdout)["blocks"]
    except (OSError, subprocess.TimeoutExpired, ValueError, RecursionError):
        raise UnreadableDocumentError(tr(_BROKEN)) from None
    yield from _blocks(blocks)


# ------------------------------------------------------------------ text boxes of Word
def unboxed(content: bytes) -> bytes:
    """Return a Word package whose text boxes stand as paragraphs after the one they hang on."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if _DOCUMENT not in package.namelist() or b"txbxContent" not in package.read(_DOCUMENT):
            return content
        root = _tree(package, _DOCUMENT)
        for holder in [each for each in root.iter() if any(_boxes(child) for child in each)]:
            _unbox(holder)
        unpacked = io.BytesIO()
        with zipfile.ZipFile(unpacked, "w") as plain_:
            for part in package.infolist():
                own = ET.tostring(root) if part.filename == _DOCUMENT else package.read(part)
                plain_.writestr(part.filename, own)
    return unpacked.getvalue()


_DOCUMENT: Final = "word/document.xml"
ET.register_namespace("w", _WORD[1:-1])  # pandoc knows Word's elements by this prefix


def _boxes(paragraph: ET.Element) -> list[ET.Element]:
    """Return the text boxes that hang on a paragraph, each once though it is drawn in two ways."""
    if paragraph.tag != f"{_WORD}p":
        return []
    found = list(paragraph.iter(f"{_WORD}txbxContent"))
    texts = ["".join(box.itertext()) for box in found]
    return [box for place, box in enumerate(found) if texts[place] not in texts[:place]]


def _unbox(holder: ET.Element) -> None:
    for place, paragraph in reversed(list(enumerate(holder))):
        boxes = _boxes(paragraph)
        inside = [each for box in boxes for each in box]
        for run in [
            run for run in paragraph if next(run.iter(f"{_WORD}txbxContent"), None) is not None
        ]:
            paragraph.remove(run)
        holder[place + 1 : place + 1] = inside


# ------------------------------------------------------------------ the package
def _edges(content: bytes) -> Iterator[DocumentLine]:
    """Yield what stands above and below every page."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UnreadableDocumentError(tr("it is too large unpacked, as a zip bomb is"))
        if _is_encrypted(package, parts):
            raise UnreadableDocumentError(tr("it is protected by a password: save it without one"))
        for part in parts:
            if _EDGES.fullmatch(part.filename):
                yield from _edge(_tree(package, part.filename))


def _tree(package: zipfile.ZipFile, name: str) -> ET.Element:
    """Return a part of a package as a tree; expat itself bounds what entities grow to."""
    return ET.fromstring(package.read(name))  # noqa: S314 - in a process with limits


def _is_encrypted(package: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> bool:
    if any(part.flag_bits & 1 for part in parts):
        return True
    manifest = "META-INF/manifest.xml"
    names = {part.filename for part in parts}
    return manifest in names and b"encryption-data" in package.read(manifest)


def _edge(root: ET.Element) -> Iterator[DocumentLine]:
    if root.tag in {f"{_WORD}hdr", f"{_WORD}ftr"}:
        for paragraph in root.iter(f"{_WORD}p"):
            yield from _edge_line(_word_text(paragraph))
        return
    for kind in ("header", "footer"):
        for whole in root.iter(f"{_ODF_STYLE}{kind}"):
            for paragraph in whole.iter(f"{_ODF_TEXT}p"):
                yield from _edge_line("".join(paragraph.itertext()))


def _word_text(paragraph: ET.Element) -> str:
    found = []
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            found.append(element.text or "")
        elif element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}ptab"}:
            found.append("   ")
    return "".join(found)


def _edge_line(text: str) -> Iterator[DocumentLine]:
    for part in re.split(r"\s{3,}", plain(text)):
        if part.strip():
            yield DocumentLine(one_line(part), None, "edge")


# ------------------------------------------------------------------ pandoc's blocks
def _blocks(blocks: Sequence[Any], *, item: bool = False) -> Iterator[DocumentLine]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        match kind:
            case "Para" | "Plain":
                yield from _paragraph(content, item=item)
            case "Header":
                yield from (DocumentLine(text, None, "heading") for text in _texts(content[2], []))
            case "Table":
                yield from _table(content)
            case "CodeBlock":
                texts = content[1].split("\n")
                yield from (DocumentLine(one_line(text)) for text in texts if text.strip())
            case _:
                for inside, is_item in _inside(kind, content):
                    yield from _blocks(inside, item=item or is_item)


def _inside(kind: str, content: Any) -> list[tuple[Any, bool]]:  # noqa: ANN401 - pandoc's data
    """Return the blocks inside of a block, and whether they are an item of a list."""
    match kind:
        case "BulletList":
            return [(each, True) for each in content]
        case "OrderedList":
            return [(each, True) for each in content[1]]
        case "DefinitionList":
            terms = [([{"t": "Plain", "c": term}], False) for term, _ in content]
            meanings = [[(each, True) for each in told] for _, told in content]
            return [
                part for term, told in zip(terms, meanings, strict=True) for part in (term, *told)
            ]
        case "LineBlock":
            return [([{"t": "Plain", "c": line}], False) for line in content]
        case "BlockQuote":
            return [(content, False)]
        case "Div" | "Figure":
            return [(content[-1], False)]
        case _:
            return []


def _paragraph(inlines: Sequence[Any], *, item: bool) -> Iterator[DocumentLine]:
    notes: list[Any] = []
    texts = _texts(inlines, notes)
    bold = bool(inlines) and all(each["t"] in {"Strong", "Space", "LineBreak"} for each in inlines)
    for number, text in enumerate(texts):
        apart = number == 0
        bullet = BULLET.match(text)
        if item or bullet:
            yield DocumentLine(one_line(BULLET.sub("", text)), None, "item", (), apart)
        elif bold and len(text) <= LONGEST_HEADING and not text.endswith((".", ":", ",")):
            yield DocumentLine(one_line(text), None, "heading", (), apart)
        else:
            yield DocumentLine(one_line(text), None, "text", (), apart)
    for note in notes:
        yield from _blocks(note)


def _texts(inlines: Sequence[Any], notes: list[Any]) -> list[str]:
    """Return the lines of inline text that are not blank; a note's blocks go to *notes*."""
    text = plain(_text(inlines, notes))
    return [line.strip() for line in text.split("\n") if line.strip()]


_SIGNS: Final = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_WITHIN: Final = frozenset({"Link", "Span", "Cite", "Quoted"})
_STYLED: Final = frozenset({"Emph", "Strong", "Underline", "Superscript", "Subscript", "SmallCaps"})


def _text(inlines: Sequence[Any], notes: list[Any]) -> str:
    """Return inline text, without what is struck out and pictures; notes are put aside."""
    found = []
    for each in inlines:
        kind, content = each["t"], each.get("c")
        if kind == "Str":
            found.append(content)
        elif kind in _SIGNS:
            found.append(_SIGNS[kind])
        elif kind in _STYLED:
            found.append(_text(content, notes))
        elif kind in _WITHIN:
            sign = '"' if kind == "Quoted" else ""
            found.append(f"{sign}{_text(content[1], notes)}{sign}")
        elif kind == "Code":
            found.append(content[1])
        elif kind == "Note":
            notes.append(content)
    return "".join(found)


# ------------------------------------------------------------------ tables
def _table(content: Sequence[Any]) -> Iterator[DocumentLine]:
    """Yield a table's rows; where cells hold several paragraphs it is a layout, told by cell."""
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


def _row(cells: Sequence[Any], texts: Sequence[Sequence[DocumentLine]]) -> DocumentLine:
    spread: list[str] = []
    for cell, lines_ in zip(cells, texts, strict=True):
        spread.append(lines_[0].text if lines_ else "")
        spread += [""] * (cell[3] - 1)
    filled = [text for text in spread if text]
    if len(spread) > 1:
        return DocumentLine(" ".join(filled), None, "row", tuple(spread))
    return DocumentLine(" ".join(filled))
