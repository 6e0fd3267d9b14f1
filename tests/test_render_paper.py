"""A paper in every format: what Word, a browser and an archive see, and no text that is code."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from base64 import b64encode
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from iopctl import bounds
from iopctl.config import DEFAULT
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.output.paper import paper
from iopctl.papers import annual, memo, overview
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.memo import memo as of_memo
from iopctl.papers.overview import overview as of_overview
from iopctl.papers.partnership import Partnership
from iopctl.papers.texts import none
from tests.test_budget import case_of
from tests.test_render_reports import HOSTILE, filled, of_2020, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.conftest import AgreementText

    Attacked = Callable[[AgreementText, Sequence[str]], str]

pypandoc = pytest.importorskip("pypandoc")
pytest.importorskip("typst")
pypdf = pytest.importorskip("pypdf")

DAY = date(2021, 2, 12)
TITLE = "Information om idéburna offentliga partnerskap 2020"
FORMATS = [".html", ".docx", ".odt", ".pdf"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def markdown() -> str:
    """Return the overview of 2020, whole."""
    return of_2020(written("overview-2020"))


def part(document: bytes, name: str) -> ET.Element:
    """Return a part of a Word or OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - we have just written it


def all_text(element: ET.Element) -> str:
    """Return the text of an element and all below it."""
    return "".join(element.itertext()).strip()


def on_one_line(text: str) -> str:
    """Return *text* without what lines break at: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def having(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each such tag."""
        return [attributes for name, attributes in self.found if name == tag]


# ------------------------------------------------------------------ what each program sees
def test_markdown_is_as_it_is(markdown: str) -> None:
    """The source is a format, too."""
    assert paper(markdown, ".md", DAY) == (markdown.encode(), "")


def test_html_is_one_swedish_page_that_asks_for_nothing(markdown: str) -> None:
    """Headings, header cells and a policy; no script, and nothing from elsewhere."""
    page = Tags(paper(markdown, ".html", DAY).content)

    assert page.having("html") == [{"lang": "sv-SE"}]
    assert f"<title>{TITLE}</title>" in paper(markdown, ".html", DAY).content.decode()
    assert [len(page.having(tag)) for tag in ("h1", "h2", "h3", "table")] == [1, 12, 8, 4]
    assert len(page.having("th")) == 2 * 8 + 7 + 4
    labels = [each["aria-label"] for each in page.having("div")]
    assert labels == ["Tabell 1", "Tabell 2", "Tabell 3", "Tabell 4"]
    assert "default-src 'none'" in str(page.having("meta"))
    assert {tag for tag, _ in page.found} & {"script", "link", "img", "iframe"} == set()


def test_word_has_real_headings_and_tables(markdown: str) -> None:
    """A title, sections, and a header row on every page that a table reaches; rows stay whole."""
    body = part(paper(markdown, ".docx", DAY).content, "word/document.xml")
    styled = [
        (each.attrib[f"{W}val"], all_text(paragraph))
        for paragraph in body.iter(f"{W}p")
        for each in paragraph.iter(f"{W}pStyle")
    ]
    tables = list(body.iter(f"{W}tbl"))

    assert ("Title", TITLE) in styled
    assert ("Heading1", "Förslag till beslut") in styled
    assert ("Heading2", "Språkvänner") in styled
    assert ("TableHeading", "Kommunens kostnad per år") in styled
    assert ("TableContents", "590\u00a0000\u00a0kr varav hälften finansieras av BIN") in styled
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [1, 1, 1, 1]
    assert [len(list(table.iter(f"{W}gridCol"))) for table in tables] == [8, 8, 7, 4]
    assert [len(list(table.iter(f"{W}cantSplit"))) for table in tables] == [5, 1, 7, 6]


@pytest.mark.parametrize(
    ("suffix", "name", "cell", "style", "styles"),
    [
        (".docx", "word/document.xml", f"{W}tc", f"{W}val", ["TableHeading", "TableContents"]),
        (
            ".odt",
            "content.xml",
            f"{TABLE}table-cell",
            f"{TEXT}style-name",
            ["Table_20_Heading", "Table_20_Contents"],
        ),
    ],
)
def test_an_empty_cell_has_the_style_of_a_cell(
    suffix: str, name: str, cell: str, style: str, styles: list[str]
) -> None:
    """Its line would else be as high as that of running text."""
    made = paper("# T\n\n| A | B |\n|---|---|\n| a |   |\n", suffix, DAY).content
    cells = part(made, name).iter(cell)
    found = [each.attrib[style] for one in cells for each in one.iter() if style in each.attrib]

    assert found == [each for each in styles for _ in "AB"]


def test_word_is_swedish_and_hyphenates(markdown: str) -> None:
    """Spelling, hyphens and the decimal comma are those of Swedish, and pages have numbers."""
    made = paper(markdown, ".docx", DAY).content
    languages = {each.attrib[f"{W}val"] for each in part(made, "word/styles.xml").iter(f"{W}lang")}

    assert languages == {"sv-SE"}
    assert part(made, "word/settings.xml").find(f"{W}autoHyphenation") is not None
    assert "PAGE" in all_text(part(made, "word/footer1.xml"))


def test_opendocument_has_real_headings_and_tables(markdown: str) -> None:
    """As Word has them; the file's type can be seen from outside."""
    made = paper(markdown, ".odt", DAY).content
    body = part(made, "content.xml")
    spoken = part(made, "styles.xml").findall(f".//*[@{FO}language]")
    headings = [
        (each.attrib[f"{TEXT}outline-level"], all_text(each)) for each in body.iter(f"{TEXT}h")
    ]

    assert made[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    assert ("1", "Förslag till beslut") in headings
    assert ("2", "Språkvänner") in headings
    assert len(list(body.iter(f"{TABLE}table-header-rows"))) == 4
    assert {each.attrib[f"{FO}language"] for each in spoken} == {"sv"}
    assert "590\u00a0000\u00a0kr varav" in all_text(body)


@pytest.mark.parametrize(("suffix", "name"), [(".docx", "docProps/core.xml"), (".odt", "meta.xml")])
def test_office_knows_title_language_and_day(markdown: str, suffix: str, name: str) -> None:
    """The properties are the paper's; no time is that of the run."""
    properties = all_text(part(paper(markdown, suffix, DAY).content, name))

    assert TITLE in properties
    assert "sv-SE" in properties
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[0-9:]*Z", properties)) == {"2021-02-12T00:00:00Z"}


def test_pdf_is_for_archives_and_for_all_readers(markdown: str) -> None:
    """PDF/A-3a and PDF/UA-1 in Swedish, with a title, headings to go to, and the day."""
    made = paper(markdown, ".pdf", DAY)
    found = pypdf.PdfReader(io.BytesIO(made.content))
    catalog = found.trailer["/Root"]

    assert b"<pdfaid:part>3</pdfaid:part>" in made.content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.content
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("sv-SE", True)
    assert (found.metadata.title, found.metadata.creation_date.date()) == (TITLE, DAY)
    assert made.told == ""


def test_pdf_has_all_text_and_whole_figures(markdown: str) -> None:
    """The table's cells are there, and no figure is broken over lines."""
    found = pypdf.PdfReader(io.BytesIO(paper(markdown, ".pdf", DAY).content))
    text = "\n".join(page.extract_text() for page in found.pages)

    assert "1\u00a0791\u00a0200\u00a0kr" in text
    assert "6\u00a0300\u00a0926\u00a0kr" in text
    assert on_one_line("590 000 kr varav hälften finansieras av BIN") in on_one_line(text)


# ------------------------------------------------------------------ what people write is no code
@pytest.fixture(scope="module")
def attacked() -> Attacked:
    """Return all papers on agreements that have each of some words wherever people write."""
    made: dict[tuple[str, ...], str] = {}

    def of_words(agreement_text: AgreementText, words: Sequence[str]) -> str:
        if tuple(words) not in made:
            made[tuple(words)] = _attacked(agreement_text, words)
        return made[tuple(words)]

    return of_words


def _attacked(agreement_text: AgreementText, words: Sequence[str]) -> str:
    day = date(2024, 6, 1)
    texts = [filled(agreement_text, word) for word in words]
    given = [
        case_of(text.replace("exempel-2024", f"exempel-{number}"), day)
        for number, text in enumerate(texts)
    ]
    found = [overview.markdown(of_overview(given, 2024, None, day, DEFAULT), none("-"))]
    for each in given:
        found.append(memo.markdown(of_memo(each, None), none("-")))
        year = of_annual(Partnership(each, 2024))
        found.append(annual.markdown(year, none("-")))
    return "\n".join(found)


def test_no_text_is_code_in_html(agreement_text: AgreementText, attacked: Attacked) -> None:
    """The page has the same tags as with plain words, and all of the text."""
    plain = Tags(paper(attacked(agreement_text, ["x"] * len(HOSTILE)), ".html", DAY).content)
    found = Tags(paper(attacked(agreement_text, HOSTILE), ".html", DAY).content)

    assert found.found == plain.found
    assert [each for each in HOSTILE if each not in found.text] == []


@pytest.mark.parametrize(
    ("suffix", "name"), [(".docx", "word/document.xml"), (".odt", "content.xml")]
)
def test_no_text_is_code_in_office(
    agreement_text: AgreementText, attacked: Attacked, suffix: str, name: str
) -> None:
    """Paragraphs, lists and tables are those of plain words; there is no link and no field."""
    plain, found = (
        part(paper(attacked(agreement_text, words), suffix, DAY).content, name)
        for words in (["x"] * len(HOSTILE), HOSTILE)
    )
    kept = {"p", "h", "tbl", "tr", "tc", "list", "list-item", "table", "table-row", "table-cell"}
    tags = [
        [each for one in root.iter() if (each := one.tag.partition("}")[2]) in kept]
        for root in (plain, found)
    ]
    everything = {each.tag.partition("}")[2] for each in found.iter()}

    assert tags[0] == tags[1]
    assert everything & {"hyperlink", "instrText", "drawing", "a", "frame", "object"} == set()
    assert [each for each in HOSTILE if each not in all_text(found)] == []


def test_no_text_is_code_in_pdf(agreement_text: AgreementText, attacked: Attacked) -> None:
    """The headings are as many as with plain words, nothing can be clicked, and no file is read."""
    made = [
        pypdf.PdfReader(io.BytesIO(paper(attacked(agreement_text, words), ".pdf", DAY).content))
        for words in (["x"] * len(HOSTILE), HOSTILE)
    ]
    text = on_one_line("".join(page.extract_text() for page in made[1].pages))

    assert len(str(made[0].outline).split("/Title")) == len(str(made[1].outline).split("/Title"))
    assert all("/Annots" not in page for page in made[1].pages)
    assert [each for each in HOSTILE if on_one_line(each) not in text] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_secretaries_write_runs_nothing(suffix: str) -> None:
    """Raw HTML and raw code in a text file are shown; links lead to the web or to a mailbox."""
    text = (
        "# T\n\n<script>alert(1)</script>\n\n`<b>`{=html}\n\n```{=openxml}\n<w:x/>\n```\n\n"
        "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://scb.se) [d](MAILTO:x@y.se)"
        "\n"
    )
    made = paper(text, suffix, DAY).content

    assert b"javascript:" not in made
    assert b"file:" not in made
    if suffix == ".html":
        page = Tags(made)
        assert [each["href"] for each in page.having("a")] == ["https://scb.se", "MAILTO:x@y.se"]
        assert "<script>alert(1)</script>" in page.text
    if suffix == ".docx":
        assert not list(part(made, "word/document.xml").iter(f"{W}x"))


# ------------------------------------------------------------------ pictures
def descriptions(made: bytes, suffix: str) -> list[str | None]:
    """Return what those are told who don't see the pictures of a document."""
    if suffix == ".html":
        return [each["alt"] for each in Tags(made).having("img")]
    if suffix == ".docx":
        body = part(made, "word/document.xml")
        return [each.attrib["descr"] for each in body.iter(f"{DRAWING}docPr")]
    if suffix == ".odt":
        frames = part(made, "content.xml").iter(f"{DRAW}frame")
        return [each.findtext(f"{SVG}desc") for each in frames]
    whole = pypdf.PdfReader(io.BytesIO(made))
    objects = (whole.get_object(number) for number in range(1, whole.trailer["/Size"]))
    return [each["/Alt"] for each in objects if isinstance(each, dict) and "/Alt" in each]


def captions(made: bytes, suffix: str) -> list[str]:
    """Return what stands under the pictures of a document; of a PDF, all that its page says."""
    if suffix == ".html":
        return re.findall("<figcaption>(.*)</figcaption>", made.decode())
    if suffix == ".docx":
        paragraphs = part(made, "word/document.xml").iter(f"{W}p")
        style = f".//{W}pStyle[@{W}val='ImageCaption']"
        return [all_text(each) for each in paragraphs if each.find(style) is not None]
    if suffix == ".odt":
        body = part(made, "content.xml")
        found = body.findall(f".//{TEXT}p[@{TEXT}style-name='FigureCaption']")
        return [all_text(each) for each in found]
    [page] = pypdf.PdfReader(io.BytesIO(made)).pages
    return [each for each in page.extract_text().splitlines() if each not in {"T", "1(1)"}]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_picture_in_the_paper_stays_with_its_description(suffix: str) -> None:
    """Those who don't see it are told what it shows; its bytes are no text of the document."""
    made = paper(f"# T\n\n![Kostnad *per* år & \\<mer\\>]({PIXEL})\n", suffix, DAY).content

    assert descriptions(made, suffix) == ["Kostnad per år & <mer>"]
    assert captions(made, suffix) == []
    if suffix == ".docx":
        assert "base64" not in ET.tostring(part(made, "word/document.xml"), "unicode")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_picture_with_a_title_has_a_caption(suffix: str) -> None:
    """The title stands under it, and the description is for those who don't see it."""
    made = paper(f'# T\n\n![Beskriven]({PIXEL} "Kostnad per år")\n', suffix, DAY).content

    assert descriptions(made, suffix) == ["Beskriven"]
    assert captions(made, suffix) == ["Kostnad per år"]
    if suffix == ".html":  # what moves on a narrow screen must be reached by key
        assert Tags(made).having("figure") == [{"tabindex": "0"}]


def test_a_picture_among_words_is_no_figure() -> None:
    """Only one that is alone in its paragraph has a caption."""
    made = paper(f'# T\n\n![Bild]({PIXEL} "Titel") visar det.\n', ".html", DAY).content

    assert captions(made, ".html") == []
    assert Tags(made).having("img") == [{"src": PIXEL, "title": "Titel", "alt": "Bild"}]


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        (f"# T\n\n![]({PIXEL})", "the PDF can't be set: .*missing alt text"),
        ("# T\n\n### U", "the PDF can't be set: .*skipped from heading level 1 to 3"),
        ("ingen rubrik", "the PDF can't be set: .*missing document title"),
    ],
)
def test_what_can_not_be_set_is_told(markdown: str, told: str) -> None:
    """An archive's PDF asks for more than other formats."""
    with pytest.raises(UserError, match=told):
        paper(markdown, ".pdf", DAY)


def test_a_heading_that_fills_pages_stands_as_text_under_its_beginning() -> None:
    """PDF/A has headings apart from the text, and room for 32 767 characters there."""
    made = paper(f"# {'ord ' * 9000}slut\n\n## Kort\n", ".pdf", DAY)

    assert made.told == ""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages)
    assert "…" in text
    assert text.count("ord") == 9000 + 250
    assert "slut" in text


def test_letters_that_our_fonts_lack_are_told() -> None:
    """They are boxes, and the file is an ordinary PDF."""
    made = paper("# T\n\nbra 😀\n", ".pdf", DAY)

    assert "our fonts lack" in made.told
    assert b"pdfaid" not in made.content


# ------------------------------------------------------------------ styles of one's own
@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_a_reference_document_gives_the_styles(tmp_path: Path, markdown: str, suffix: str) -> None:
    """A paper of ours whose styles were changed is such a document."""
    name, before, after = {
        ".docx": ("word/styles.xml", b'w:val="36"', b'w:val="72"'),
        ".odt": ("styles.xml", b'fo:font-size="18pt"', b'fo:font-size="36pt"'),
    }[suffix]
    ours = paper(markdown, suffix, DAY).content
    reference = tmp_path / f"mall{suffix}"
    with zipfile.ZipFile(io.BytesIO(ours)) as old, zipfile.ZipFile(reference, "w") as new:
        for each in old.namelist():
            new.writestr(
                each, old.read(each).replace(before, after) if each == name else old.read(each)
            )

    made = paper(markdown, suffix, DAY, str(reference)).content

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert after in archive.read(name)
    assert before in zipfile.ZipFile(io.BytesIO(ours)).read(name)


@pytest.mark.parametrize(
    ("suffix", "name", "told"),
    [
        (".docx", "none.docx", "the reference document .*none.docx can't be opened"),
        (".docx", "text.docx", "pandoc refuses: "),
        (".docx", "text.odt", "a .docx has no styles to take from .*text.odt"),
        (".pdf", "text.docx", "a .pdf has no styles to take from .*text.docx"),
    ],
)
def test_what_is_no_reference_document_is_told(
    tmp_path: Path, suffix: str, name: str, told: str
) -> None:
    """A wrong one is never passed over."""
    for each in ("text.docx", "text.odt"):
        (tmp_path / each).write_text("inget dokument", encoding="utf-8")

    with pytest.raises(UserError, match=told):
        paper("# T\n", suffix, DAY, str(tmp_path / name))


# ------------------------------------------------------------------ what is missing
def test_there_is_no_other_format() -> None:
    """The message names those there are."""
    with pytest.raises(UserError, match=r"can't be written as '\.xls': name a \.md, \.html"):
        paper("# T\n", ".xls", DAY)


@pytest.mark.parametrize(
    ("library", "suffix", "extra"),
    [("pypandoc", ".docx", "reports"), ("pypandoc", ".pdf", "reports"), ("typst", ".pdf", "pdf")],
)
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, suffix: str, extra: str
) -> None:
    """With the command that installs it."""
    import sys

    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingExtra, match=rf"pip install 'iopctl\[{extra}\]'"):
        paper("# T\n", suffix, DAY)


def test_a_pandoc_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The package is there, its program is not."""
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: str(tmp_path / "pandoc"))

    with pytest.raises(UserError, match="pandoc can't be run"):
        paper("# T\n", ".html", DAY)


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("import time; time.sleep(9)", "takes more than 10 seconds"),
        ("import os; os.kill(os.getpid(), 24)", "takes more than 10 seconds"),
        ("raise SystemExit(251)", "asks for too much memory, and may have 1024 MiB"),
        ("raise SystemExit(1)", "pandoc refuses: it does not say why"),
    ],
)
def test_a_pandoc_that_asks_for_too_much_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, told: str
) -> None:
    """It ends, and one line says so."""
    program = tmp_path / "pandoc"
    program.write_text(f"#!{sys.executable}\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: program)
    if "sleep" in does:
        monkeypatch.setattr("iopctl.bounds.PATIENCE", 1.5)

    with pytest.raises(UserError, match=told):
        paper("# T\n", ".html", DAY)


def test_texts_that_no_reader_needs_take_no_machine_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets in brackets took pandoc eight gigabytes, and quotes in quotes ended with a bug.

    It may take a fourth of what it may elsewhere, which it asks for sooner.
    """
    monkeypatch.setattr("iopctl.bounds.MOST_MEMORY", bounds.MOST_MEMORY // 4)
    with pytest.raises(UserError, match="making the paper: it asks for too much memory"):
        paper(f"# T\n\n{'[' * 2000}{']' * 2000}\n", ".html", DAY)
    with pytest.raises(UserError, match="the paper's texts are nested too deeply"):
        paper(f"# T\n\n{'>' * 3000}\n", ".pdf", DAY)


def svg(inside: str, attributes: str = "", before: str = "") -> str:
    """Return a drawing as a picture in Markdown."""
    text = f'{before}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'
    return f"# T\n\n![a](data:image/svg+xml;base64,{b64encode(text.encode()).decode()})\n"


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        (svg("<script/>"), "SVG with <script>"),
        (svg("<x:Script xmlns:x='http://www.w3.org/1999/xhtml'/>"), "SVG with <script>"),
        (svg("<a/>"), "SVG with <a>"),
        (svg("<use href='file:///etc/passwd#x'/>"), "SVG with href="),
        (svg("", "onload='alert(1)'"), "SVG with onload="),
        (svg("<rect fill='url( \"http://x/\")'/>"), "SVG with fill="),
        (svg("<style>@import 'x'</style>"), "SVG with a style that leads out of it"),
        (svg("", before="<!DOCTYPE svg>"), "SVG with a DOCTYPE"),
        (svg("", before="<?xml-stylesheet href='x'?>"), "or a stylesheet"),
        ("# T\n\n![a](data:image/png,%3Csvg%3E)", "can't be read as SVG: no element found"),
        ("# T\n\n![a](data:image/png;base64,AAA)", "a picture of the paper can't be read"),
    ],
)
def test_a_drawing_that_runs_or_reaches_something_is_refused(markdown: str, told: str) -> None:
    """Word and OpenDocument have it as it is: its readers would run it, or tell of themselves."""
    with pytest.raises(UserError, match=told):
        paper(markdown, ".docx", DAY)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "address", ["http://x.se/e.png", "/etc/passwd", "logo.svg", "data:text/html,x", "DATA:image/x"]
)
def test_a_picture_that_lies_elsewhere_is_refused(suffix: str, address: str) -> None:
    """It is neither fetched nor left out without a word."""
    with pytest.raises(UserError, match=rf"^the picture {address} does not lie in the text"):
        paper(f"# T\n\nSe *här ![a]({address})*.\n", suffix, DAY)


@pytest.mark.parametrize(
    ("text", "most"), [("å" * 10_001, False), (f"`{'x' * 10_001}`", False), ("å" * 10_000, True)]
)
def test_a_word_without_end_is_told(text: str, *, most: bool) -> None:
    """PDF has no room for it, and typst fails on it in ways of its own."""
    if most:
        assert paper(f"# T\n\n{text} {text}\n", ".pdf", DAY).content.startswith(b"%PDF")
        return
    with pytest.raises(UserError, match="a PDF has no room for a word of 10001 characters: part "):
        paper(f"# T\n\n> *{text}*\n", ".pdf", DAY)


def test_a_drawing_that_only_shows_something_stays() -> None:
    """What an ordinary program for drawings writes."""
    inside = """<style>rect { fill: url(#g) }</style><text>se "@import" &amp; url(x)</text>
        <use href="#r"/><rect id="r" fill="url('#g')"/>"""

    assert descriptions(paper(svg(inside), ".docx", DAY).content, ".docx") == ["a"]


def test_a_file_of_ours_that_is_not_there_is_told() -> None:
    """A broken installation says so."""
    from iopctl.output.paper.pandoc import own

    with pytest.raises(UserError, match=r"iopctl lacks its own none\.xml: install it anew"):
        own("none.xml")
