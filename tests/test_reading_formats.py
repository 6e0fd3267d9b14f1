"""Forms of documents to lines: what stands in them, in the order in which it is read."""

from __future__ import annotations

import io
import zipfile

import pypandoc
import pytest

from iopctl.reading import office, pdf, plain_text
from iopctl.reading.lines import DocumentLine
from iopctl.reading.passages import passages
from tests.document_files import document, lines, typeset
from tests.test_import_hostile import changed

PANDOC = str(pypandoc.get_pandoc_path())


def texts(found: list[DocumentLine]) -> list[tuple[str, str]]:
    """Return style and text of each line."""
    return [(each.style, each.text) for each in found]


def of_html(body: str) -> list[tuple[str, str]]:
    """Return the lines of a page."""
    return texts([*office.lines(f"<html><body>{body}</body></html>".encode(), "html", PANDOC)])


# ------------------------------------------------------------------ office
def test_blocks() -> None:
    """Lists, definitions, quotations, code and lines of a verse; what is struck out is not there."""
    body = (
        "<h1>Rubrik</h1><ul><li>ett</li></ul><ol><li>två</li></ol><dl><dt>tre</dt><dd>fyra</dd></dl>"
        "<blockquote><p>fem</p></blockquote><pre>sex\n\nsju</pre><div class='line-block'>åtta<br/>nio</div>"
        "<div><p>tio <s>elva</s> <em>tolv</em> <code>tretton</code> <a href='x'>fjorton</a> <q>femton</q></p></div>"
        "<hr/><p><b>Fet rad</b></p><p><b>Fet mening.</b></p><p>● punkt</p><p>rad<br/>ny rad</p><p> </p>"
    )  # fmt: skip

    assert of_html(body) == [
        ("heading", "Rubrik"),
        ("item", "ett"),
        ("item", "två"),
        ("text", "tre"),
        ("item", "fyra"),
        ("text", "fem"),
        ("text", "sex"),
        ("text", "sju"),
        ("text", "åtta"),
        ("text", "nio"),
        ("text", 'tio tolv tretton fjorton "femton"'),
        ("heading", "Fet rad"),
        ("text", "Fet mening."),
        ("item", "punkt"),
        ("text", "rad"),
        ("text", "ny rad"),
    ]


def test_tables() -> None:
    """Rows with their cells, also empty and wide ones; a layout is told cell by cell."""
    body = (
        "<table><caption>Bild</caption><tr><td>a</td><td></td></tr><tr><td colspan=2>b</td></tr><tr><td></td><td></td></tr></table>"
        "<table><tr><td><p>c</p><p>d</p></td><td>e</td></tr></table><table><tr><td>ensam</td></tr></table>"
    )  # fmt: skip
    found = [*office.lines(f"<html>{body}</html>".encode(), "html", PANDOC)]

    assert texts(found) == [
        ("text", "Bild"),
        ("row", "a"),
        ("row", "b"),
        ("text", "c"),
        ("text", "d"),
        ("text", "e"),
        ("text", "ensam"),
    ]
    assert [each.cells for each in found if each.style == "row"] == [("a", ""), ("b", "")]


def test_notes_follow_their_paragraph() -> None:
    """As text of their own."""
    content = _pandoc("Text[^1] här.\n\n[^1]: Noten.", "docx")

    assert texts([*office.lines(content, "docx", PANDOC)]) == [
        ("text", "Text här."),
        ("text", "Noten."),
    ]


def _pandoc(text: str, form: str) -> bytes:
    import subprocess

    command = [PANDOC, "--from=markdown-smart", f"--to={form}", "--output=-"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def test_headers_of_word() -> None:
    """Stand above and below all pages."""
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    header = f'<w:hdr xmlns:w="{ns}"><w:p><w:r><w:t>Ekeby kommun</w:t><w:tab/><w:t>Dnr 7</w:t></w:r></w:p></w:hdr>'
    content = io.BytesIO(_pandoc("Text.", "docx"))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("word/header1.xml", header)

    assert texts([*office.lines(content.getvalue(), "docx", PANDOC)]) == [
        ("edge", "Ekeby kommun"),
        ("edge", "Dnr 7"),
        ("text", "Text."),
    ]


def test_headers_of_opendocument() -> None:
    """Likewise."""
    inside = b'<style:header><text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">Dnr 8</text:p></style:header>'
    content = changed(
        document("granslos", "odt"),
        styles=lambda part: part.replace(
            b"</office:document-styles>", inside + b"</office:document-styles>"
        ),
    )

    assert ("edge", "Dnr 8") in texts([*office.lines(content, "odt", PANDOC)])


def test_text_boxes_of_word() -> None:
    """Stand after the paragraph that they hang on, once though they are drawn in two ways."""
    w = "w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p></w:txbxContent"
    box = f"<w:r><w:pict><w:t/><{w}></w:pict></w:r><w:r><w:drawing><{w}></w:drawing></w:r></w:p>".encode()
    content = changed(
        _pandoc("Före.\n\nEfter.", "docx"), document=lambda part: part.replace(b"</w:p>", box, 1)
    )

    assert texts([*office.lines(content, "docx", PANDOC)]) == [
        ("text", "Före."),
        ("text", "I en ruta"),
        ("text", "Efter."),
    ]


@pytest.mark.parametrize("uc", ["", "\\uc0 "])
def test_characters_of_rtf(uc: str) -> None:
    """What stands in for a character that a reader has not got takes no digit with it."""
    stand_in = "" if uc else "?"
    content = f"{{\\rtf1\\ansi {uc}2024\\u8211 {stand_in}2027\\par}}".encode()

    assert texts([*office.lines(content, "rtf", PANDOC)]) == [("text", "2024–2027")]


# ------------------------------------------------------------------ PDF
def of_typst(source: str) -> list[DocumentLine]:
    """Return the lines of a PDF that typst makes."""
    return [*pdf.lines(typeset(source.encode()))]


def test_two_columns_are_read_one_after_the_other() -> None:
    """With their headings, the edges of pages apart, and divided words whole."""
    found = passages(lines("tva-kolumner", "pdf"))
    told = " ".join(each.text for each in found if each.style == "text")

    assert "Kommunen lämnar 120 000 kronor per kalenderår." in told
    assert "skriftlig verksamhetsberättelse för det gångna året" in told
    assert [each.text for each in found if each.style == "edge"] == [
        "Ekeby kommun",
        "Dnr SN 2023/77",
    ]


SPANNING = """
#set page(width: 17cm, height: 24cm, margin: 1.5cm)
#set text(size: 9pt)
#let prose = "Föreningen bidrar med många timmar om året och går in i grupper om fyra på kvällarna. " * 9
#grid(columns: (1fr, 1fr), gutter: 7pt, prose, prose)
#text(size: 9pt, "En mening som löper över hela sidan " * 2)
#grid(columns: (1fr, 1fr), gutter: 7pt, prose, prose)
"""


def test_a_line_across_two_columns_ends_both() -> None:
    """What stands above it is read before it, what stands below it after."""
    told = " ".join(each.text for each in of_typst(SPANNING))

    assert told.count("om fyra på kvällarna. En mening som löper över hela sidan") == 1
    assert told.count("och går in i grupper om fyra på kvällarna.") == 36


TABLE = """
#set page(fill: luma(250))
#set text(size: 10pt)
#line(length: 1pt)
Ett avtal som har en tabell med linjer, och så mycket text att det har ett textlager.
#table(columns: (1fr, 2fr, 1fr), fill: luma(230), [*Part*], [*Insats*], [*kr*],
  [Kommunen], [Handledning av alla grupper som möts i lokalen varje vecka under hela året], [300 000],
  [Föreningen], [Lokal], [120 000])
Efter tabellen.
#rect(width: 100%, height: 1cm)
"""


def test_a_table_with_rulings() -> None:
    """A row for each row, though a cell takes several lines."""
    found = of_typst(TABLE)

    assert [each.cells for each in found if each.style == "row"] == [
        ("Part", "Insats", "kr"),
        (
            "Kommunen",
            "Handledning av alla grupper som möts i lokalen varje vecka under hela året",
            "300 000",
        ),
        ("Föreningen", "Lokal", "120 000"),
    ]
    assert found[-1].text == "Efter tabellen."


def test_bullets_and_stretched_lines() -> None:
    """A bullet is no word, and a stretched line no row; an empty page is none."""
    body = "#set text(hyphenate: false)\n#set par(justify: true)\n#set page(width: 7cm)\n- första punkten i en lista\n\nSammanhållningsprogrammets samarbetsorganisationer verksamhetsberättelserna.\n#pagebreak()\n#pagebreak()\nSlut på det hela."
    found = of_typst(body)

    assert found[0] == DocumentLine(
        "första punkten i en lista", 1, "item", (), apart=True, full=found[0].full
    )
    assert not any(each.style == "row" for each in found)
    assert found[-1].page == 3


# ------------------------------------------------------------------ text
def test_encodings() -> None:
    """UTF-8 with or without its mark, UTF-16, and Windows-1252."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert [each.text for each in plain_text.lines("Åtgärd".encode(encoding))] == ["Åtgärd"]
    assert [each.text for each in plain_text.lines(b"\xff\xfea")] != []
    assert [*plain_text.lines(b"")] == []
