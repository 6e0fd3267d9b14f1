"""Pictures tell what the tables tell, the same in every run, whatever agreements say."""

from __future__ import annotations

import multiprocessing
import re
import struct
import sys
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from iopctl.case.case import Case
from iopctl.case.share import share_of
from iopctl.config import DEFAULT
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.papers import pictures
from iopctl.papers.pictures import Picture
from iopctl.papers.pictures.drawing import NARROW, REST, SHADES, WIDE, Drawing
from tests.test_model import read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.conftest import AgreementText, Golden

HERE = Path(__file__).parent
FILES = (
    *sorted((HERE.parent / "agreements").glob("*.yaml")),
    *(
        HERE / "fixtures" / f"{name}.yaml"
        for name in (
            "decided-afterwards",
            "nine-civil-parties",
            "not-priced",
            "open-ended",
            "total-in-one-payment",
            "volumes-and-outcomes",
        )
    ),
)
TODAY = date(2024, 5, 1)
HOSTILE = '</text><script>alert(1)</script> & "x" {{ 7 * 7 }} \N{SNOWMAN}'
NAMES = ("costs", "shares", "validity", "outcomes")


def _draw(requests: Connection) -> None:
    while True:
        draw, picture, width = requests.recv()
        requests.send(draw(picture, width))


@cache
def _pencil() -> Connection:
    """Return the way to a process that draws one picture after the other.

    A process that has drawn can't be copied: its copies would wait for V8's threads for ever.
    """
    ours, theirs = multiprocessing.Pipe()
    multiprocessing.Process(target=_draw, args=(theirs,), daemon=True).start()
    return ours


def as_svg(picture: Picture, width: int = WIDE) -> str:
    """Return a picture as the library draws it."""
    _pencil().send((pictures.svg, picture, width))
    return str(_pencil().recv())


def as_png(picture: Picture, width: int = WIDE) -> bytes:
    """Return a picture as dots."""
    _pencil().send((pictures.png, picture, width))
    return bytes(_pencil().recv())


def drawn(given: list[Case]) -> dict[str, Picture]:
    """Return all pictures of some agreements."""
    sheets = given
    return {
        "costs": pictures.costs(sheets, TODAY),
        "shares": pictures.shares([share_of(each) for each in sheets], DEFAULT.benchmark),
        "validity": pictures.validity(given, TODAY),
        "outcomes": pictures.outcomes(given),
    }


def standings(*texts: str) -> list[Case]:
    """Return agreements as today sees them."""
    return [Case(read(text), TODAY) for text in texts]


def portfolio() -> dict[str, Picture]:
    """Return the pictures of agreements of many kinds."""
    return drawn(standings(*(file.read_text("utf-8") for file in FILES)))


def many(agreement_text: AgreementText, number: int) -> dict[str, Picture]:
    """Return the pictures of *number* agreements, each with its own association."""
    return drawn(
        standings(
            *(
                agreement_text(f"""
                    id: exempel-{each}
                    title: Exempel {each}
                    parties:
                      kommunen: {{role: public, name: Exempels kommun}}
                      foreningen: {{role: civil, name: Föreningen {each}}}
                    validity: {{start: 2024-01-01, end: {2024 + each % 3}-12-31}}
                    volume: [{{unit: deltagare, target: {each + 1}}}]
                    """)
                for each in range(number)
            )
        )
    )


def root(svg: str) -> etree._Element:
    """Return a picture as XML."""
    return etree.fromstring(svg, etree.XMLParser(resolve_entities=False))


def texts(svg: str) -> list[str]:
    """Return the texts in a picture."""
    return ["".join(each.itertext()) for each in root(svg).iter("{*}text")]


@pytest.mark.parametrize("name", NAMES)
def test_the_words(golden: Golden, name: str) -> None:
    """Who doesn't see a picture is told its figures."""
    picture = portfolio()[name]

    golden(f"pictures/{name}.text", f"{picture.title}\n{picture.key}\n{picture.description}\n")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_same_agreements_give_the_same_bytes(name: str, width: int) -> None:
    """Neither the drawing nor the order of anything in it is left to chance."""
    pytest.importorskip("vl_convert")
    one, other = portfolio()[name], portfolio()[name]

    assert as_svg(one, width) == as_svg(other, width)
    assert as_png(one, width) == as_png(other, width)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_picture_is_as_wide_as_asked_for(name: str, width: int) -> None:
    """Names give way before the picture does."""
    pytest.importorskip("vl_convert")

    svg = root(as_svg(portfolio()[name], width))

    assert width - 2 <= Decimal(svg.attrib["width"]) <= width + 12


def test_a_png_says_how_large_it_is() -> None:
    """At 192 dots an inch a picture is as wide as in a browser, and sharp in print."""
    pytest.importorskip("vl_convert")
    png = as_png(portfolio()["shares"])
    [width] = struct.unpack(">I", png[16:20])
    [dots_a_meter] = struct.unpack(">I", png[png.index(b"pHYs") + 4 :][:4])

    assert WIDE * 2 <= width <= WIDE * 2 + 24
    assert round(dots_a_meter * 0.0254) == 192


def test_a_long_name_takes_lines_and_keeps_its_ends(agreement_text: AgreementText) -> None:
    """Where there is room it is whole; among many, its end still tells it from the next."""
    pytest.importorskip("vl_convert")
    title = "Tillsammans för ett jämlikt, hållbart och självförsörjande län"
    given = [agreement_text(f"id: e-{each}\ntitle: {title} {each}") for each in range(30)]

    few, many = (as_svg(drawn(standings(*some))["validity"]) for some in (given[:2], given))

    assert "Tillsammans för ett jämlikt, hållbart ochsjälvförsörjande län 1" in texts(few)
    assert "Tillsammans för ett … lvförsörjande län 29" in texts(many)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_the_lines_of_a_name_stand_in_the_middle_of_its_row(lines: int) -> None:
    """The first of them would else stand there, and the last beside the next row."""
    pytest.importorskip("vl_convert")
    row = " ".join(["självförsörjning"] * 2 * lines)
    bar = {
        "data": {"values": [{"row": row, "kronor": 1}]},
        "mark": {"type": "bar", "height": 10},
        "encoding": {"x": {"field": "kronor"}},
    }
    svg = as_svg(Picture("x", "x", "x", "x", [row], {"type": "quantitative"}, [bar]))

    [baseline] = re.findall(r'translate\(-6,([0-9.]+)\)"[^>]*>(?:<tspan>)?själv', svg)
    [top] = re.findall(r'd="M0,(\d+)h\d+v10', svg)
    middle_of_letters = Decimal(baseline) - Decimal("3.5")
    assert svg.count("<tspan") == (lines if lines > 1 else 0)
    assert middle_of_letters + (lines - 1) * 8 == int(top) + 5


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_are_only_text(agreement_text: AgreementText, name: str) -> None:
    """What an agreement says can bring no element and no code into a picture."""
    pytest.importorskip("vl_convert")
    text = agreement_text(f"""
        title: '{HOSTILE}'
        parties:
          kommunen: {{role: public, name: '{HOSTILE}'}}
          foreningen: {{role: civil, name: '{HOSTILE} 2'}}
        volume: [{{unit: '{HOSTILE}', target: 60}}]
        """)

    svg = as_svg(drawn(standings(text))[name])

    elements = {etree.QName(each).localname for each in root(svg).iter()}
    assert elements <= {"svg", "g", "rect", "path", "line", "text", "tspan"}
    assert any(found.startswith("</text><scr") for found in texts(svg))


def test_figures_are_written_as_swedish_has_them() -> None:
    """Thousands are grouped by no-break spaces, and decimals follow a comma."""
    pytest.importorskip("vl_convert")
    found = portfolio()

    assert "2\N{NO-BREAK SPACE}000" in texts(as_svg(found["costs"]))
    assert "35,5\N{NO-BREAK SPACE}%" in texts(as_svg(found["shares"]))


def test_options_stand_apart() -> None:
    """A year that is not decided has a row of its own, and is dashed."""
    pytest.importorskip("vl_convert")
    stadsmissionen = (HERE.parent / "agreements" / "stadsmissionen-2024.yaml").read_text("utf-8")

    picture = drawn([Case(read(stadsmissionen), date(2025, 6, 1))])["costs"]

    assert picture.rows == ["2024", "2025", *(f"{year} option" for year in range(2026, 2030))]
    assert picture.key == "Tusen kronor. Streckad kontur: option, ännu inte beslutad."
    assert as_svg(picture).count('stroke-dasharray="4,2"') == 2 * 4


def test_an_option_that_was_let_pass_is_no_cost(agreement_text: AgreementText) -> None:
    """What could have been in years that are over is not drawn."""
    text = agreement_text(
        "validity: {start: 2020-01-01, end: 2021-12-31, extension: {kind: option, times: 1,"
        " months: 24}}"
    )

    picture = drawn(standings(text))["costs"]

    assert (picture.rows, picture.key) == (["2020", "2021"], "Tusen kronor.")


def test_years_between_have_rows_too(agreement_text: AgreementText) -> None:
    """A gap is seen as one."""
    one = agreement_text("validity: {start: 2020-01-01, end: 2020-12-31}")
    other = agreement_text("id: exempel-2\nvalidity: {start: 2023-01-01, end: 2023-12-31}")

    assert drawn(standings(one, other))["costs"].rows == ["2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("name", NAMES)
def test_a_large_portfolio_is_cut_and_says_so(agreement_text: AgreementText, name: str) -> None:
    """Of many agreements a picture shows those that matter most, or adds them up."""
    picture = many(agreement_text, 80)[name]
    told = {
        "costs": "övriga 80 parter",
        "shares": "24 av 80 visas: de som ligger längst från riktmärket.",
        "validity": "30 av 80 visas: de som löper ut närmast.",
        "outcomes": "24 av 80 visas: de som ligger längst från målet.",
    }

    assert len(picture.rows) <= 30
    assert told[name] in picture.description
    assert name == "costs" or told[name] in picture.key


@pytest.mark.parametrize("number", [0, 1])
def test_little_is_drawn_as_well(agreement_text: AgreementText, number: int) -> None:
    """A portfolio may be empty."""
    pytest.importorskip("vl_convert")

    for picture in many(agreement_text, number).values():
        assert len(picture.rows) <= 2
        assert picture.description
        assert as_svg(picture)


def test_agreements_of_one_title_are_told_apart(agreement_text: AgreementText) -> None:
    """Each has a row of its own."""
    given = standings(agreement_text(), agreement_text("id: exempel-2"))

    expected = ["IOP Exemplet (exempel-2)", "IOP Exemplet (exempel-2024)"]
    assert sorted(drawn(given)["validity"].rows) == expected


@pytest.mark.parametrize("draw", [pictures.svg, pictures.png])
def test_without_the_library_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, draw: object
) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    with pytest.raises(MissingExtra, match=r"a picture needs more: .* 'iopctl\[reports\]'"):
        draw(portfolio()["costs"])  # type: ignore[operator] # either function


def test_what_the_library_refuses_is_told() -> None:
    """In its first line, and as no bug."""
    picture = Picture("x", "x", "x", "x", ["x"], {}, [{"mark": "none"}])

    with pytest.raises(UserError, match="the picture x can't be drawn: "):
        pictures.drawn([Drawing(picture, "svg")])


def test_a_picture_that_can_have_no_dots_is_told_as_one() -> None:
    """Without the stack of the library; a legend of nothing makes the height endless."""
    legend = {"color": {"field": "a", "type": "nominal", "scale": {"domain": [], "range": []}}}
    mark = {"data": {"values": []}, "mark": "bar", "encoding": legend}
    picture = Picture("x", "x", "x", "x", ["x"], {"field": "b", "type": "temporal"}, [mark])

    with pytest.raises(UserError, match=r"x can't be drawn: SVG has an invalid size$"):
        pictures.drawn([Drawing(picture, "png")])


@pytest.mark.parametrize(("start", "rows"), [(2036, 1), (2037, 0)])
def test_days_too_far_from_today_make_no_picture(
    agreement_text: AgreementText, start: int, rows: int
) -> None:
    """One of bars alone, none of which is in sight, would have no end."""
    text = agreement_text(f"validity: {{start: {start}-01-01, end: {start}-12-31}}")
    found = drawn(standings(text))["validity"]

    assert len(found.rows) == rows
    assert f"{start}" in found.description


def test_whatever_an_agreement_may_say_is_drawn(agreement_text: AgreementText) -> None:
    """Emoji where a label is cut, a name that fills a book, and more kronor than there are."""
    emoji, book = "\N{SUNFLOWER}\N{GRINNING FACE}" * 60, "x" * 990
    given = standings(
        agreement_text(f"""
            title: {emoji}
            parties:
              kommunen: {{role: public, name: {"🌻" * 70} kommun}}
              foreningen: {{role: civil, name: F {book}}}
            validity: {{start: 1990, end: 2039}}
            economy:
              index: {{percent: 100}}
              contributions:
                - {{party: kommunen, amount: 9999999999999.99}}
                - {{party: foreningen, amount: 9999999999999.99}}
            volume: [{{unit: {emoji}, target: 60}}, {{unit: {book}, target: 1}}]
            """),
        agreement_text(f"id: b\ntitle: {book}"),
    )
    found = drawn(given)

    sizes = [Drawing(each, "svg", width) for each in found.values() for width in (NARROW, WIDE)]
    *drawn_as_text, dots = pictures.drawn([*sizes, Drawing(found["costs"], "png")])
    drawings = b"".join(drawn_as_text).decode()

    assert dots.startswith(b"\x89PNG")
    assert "\N{SUNFLOWER}\N{GRINNING FACE}" in drawings
    assert not re.search("[\ue000-\uf8ff]", drawings)
    assert "x" * 200 not in drawings
    assert "343\N{NO-BREAK SPACE}597\N{NO-BREAK SPACE}383" in drawings
    assert max(len(each.description) for each in found.values()) < 32_000


def test_what_is_unknown_is_no_zero(agreement_text: AgreementText) -> None:
    """A year of which nothing is known says so, and one of which a part is says at least what."""
    pytest.importorskip("vl_convert")
    contributions = "{party: kommunen, by_year: {2024: 450000}}, {party: foreningen}"
    text = agreement_text(f"economy: {{contributions: [{contributions}]}}")
    unknown = agreement_text("economy: {contributions: [{party: kommunen}, {party: foreningen}]}")

    assert "minst 450" in texts(as_svg(drawn(standings(text))["costs"]))
    assert "uppgift saknas" in texts(as_svg(drawn(standings(unknown))["costs"]))


def test_an_extension_taken_is_told_from_what_was_agreed(agreement_text: AgreementText) -> None:
    """The bar goes on in another shade, and the legend names it."""
    pytest.importorskip("vl_convert")
    text = agreement_text("""
        validity: {start: 2020-01-01, end: 2022-12-31, extension: {kind: mutual, months: 24}}
        log: [{date: 2022-10-01, event: extension, until: 2024-12-31}]
        """)

    svg = as_svg(drawn(standings(text))["validity"])

    assert {"avtalad", "förlängd"} <= set(texts(svg))


def test_a_draft_is_told_from_what_is_agreed(agreement_text: AgreementText) -> None:
    """What nobody has signed is light and dashed."""
    [bars, *_] = drawn(standings(agreement_text("status: draft")))["validity"].layers

    assert [each["state"] for each in bars["data"]["values"]] == ["utkast"]


def test_an_arrow_is_explained_where_there_is_one(agreement_text: AgreementText) -> None:
    """An agreement until further notice has no end to draw."""
    ends, goes_on = agreement_text(), agreement_text("validity: {start: 2024-01-01, end: open}")

    assert drawn(standings(ends))["validity"].key == "Lodrät linje: läget den 1 maj 2024."
    assert drawn(standings(goes_on))["validity"].key.endswith(" Pil: tills vidare.")


def test_a_bar_is_cut_far_from_today(agreement_text: AgreementText) -> None:
    """One old agreement does not press all others together."""
    old = agreement_text("id: gammal\nvalidity: {start: 1995-01-01, end: 1999-12-31}")
    long = agreement_text("validity: {start: 2000-01-01, end: 2049-12-31}")

    [bars, *_] = drawn(standings(old, long))["validity"].layers

    assert bars["data"]["values"] == [
        {"row": "IOP Exemplet (exempel-2024)", "first": "2012-01-01", "after": "2037-01-01"}
        | {"state": "avtalad"}
    ]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("[]", "inget utfall av 60 deltagare"),
        ("[{date: 2023-05-01, event: decision}]", "inget utfall av 60 deltagare"),
        ("[{date: 2023-05-01, event: meeting}]", "inget utfall av 60 deltagare"),
        ("[{date: 2024-04-01, event: meeting, outcome: {deltagare: 5}}]", "5 av 60 deltagare"),
        (
            "[{date: 2024-02-01, event: report, period: 2023-H1, outcome: {deltagare: 30}},"
            " {date: 2024-02-02, event: report, period: 2023-H2, outcome: {deltagare: 12}}]",
            "42 av 60 deltagare",
        ),
        (
            "[{date: 2023-02-01, event: report, period: 2022-H2, outcome: {deltagare: 30}},"
            " {date: 2024-02-02, event: report, year: 2023, outcome: {deltagare: 12}}]",
            "12 av 60 deltagare",
        ),
        ("[{date: 2024-06-01, event: meeting, outcome: {deltagare: 5}}]", "inget utfall av 60"),
    ],
)
def test_the_outcome_is_what_was_told_last(
    agreement_text: AgreementText, log: str, told: str
) -> None:
    """Parts of a year are summed; what is logged after today has not happened."""
    text = agreement_text(f"""
        volume: [{{unit: deltagare, target: 60, measure: per_year}}, {{unit: möten}}]
        log: {log}
        """)

    assert told in drawn(standings(text))["outcomes"].description


@pytest.mark.parametrize(
    ("year", "told"),
    [(2022, "deltagare: 30 av 60 deltagare."), (2023, "deltagare: 12 av 90 deltagare.")],
)
def test_the_outcome_of_a_year_is_what_was_reported_on_it(
    agreement_text: AgreementText, year: int, told: str
) -> None:
    """Against the targets of that year; a meeting tells of no year."""
    [given] = standings(
        agreement_text("""
            validity: {start: 2022-01-01, end: 2025-12-31}
            volume: [{unit: deltagare, target: 60}]
            log:
              - {date: 2022-12-01, event: amendment, effective: 2023-01-01,
                 terms: {volume: [{unit: deltagare, target: 90}]}}
              - {date: 2023-02-01, event: report, year: 2022, outcome: {deltagare: 30}}
              - {date: 2024-02-01, event: report, year: 2023, outcome: {deltagare: 12}}
              - {date: 2024-04-01, event: meeting, outcome: {deltagare: 5}}
            """)
    )

    assert pictures.outcomes([given], year).description == told


def test_a_year_that_nothing_was_reported_on_has_no_bars(agreement_text: AgreementText) -> None:
    """A column of empty bars tells nothing."""
    given = standings(agreement_text("volume: [{unit: deltagare, target: 60}]"))
    picture = pictures.outcomes(given, 2023)

    assert (picture.rows, picture.description) == ([], "Inga mål har ett utfall.")


def test_no_words_stand_across_the_line_of_the_target(agreement_text: AgreementText) -> None:
    """They stand behind the bar, or behind the line where the bar is shorter."""
    text = agreement_text("""
        volume: [{unit: deltagare, target: 60}, {unit: möten, target: 2}]
        log: [{date: 2024-04-01, event: meeting, outcome: {deltagare: 30, möten: 3}}]
        """)
    *_, words = drawn(standings(text))["outcomes"].layers

    assert [each["beyond"] for each in words["data"]["values"]] == ["100", "150"]


def test_shades_differ_in_grey() -> None:
    """Printed without colour, no two parties that stand beside each other look the same."""
    grey = [
        (299 * red + 587 * green + 114 * blue) // 1000
        for red, green, blue in (bytes.fromhex(shade[1:]) for shade in (*SHADES, REST))
    ]

    assert all(darker + 12 <= lighter for darker, lighter in pairwise(grey)), grey
