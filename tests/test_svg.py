"""Drawings that others made: what asks a reader's program for too much is refused."""

from __future__ import annotations

import struct
from base64 import b64encode
from datetime import date

import pytest

from iopctl.errors import UserError
from iopctl.output.paper import dots, paper
from iopctl.output.paper.svg import MOST_AGAIN, drawn_again

DAY = date(2024, 6, 1)
BEGINNING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def drawing(inside: str) -> bytes:
    """Return a drawing with something in it."""
    return f"{BEGINNING}{inside}</svg>".encode()


def doubled(times: int, part: str, again: str) -> str:
    """Return parts each of which has the one before *again*, twice."""
    parts = (f"<{part} id='p{n + 1}'>{again.format(n) * 2}</{part}>" for n in range(times))
    return f"<defs><{part} id='p0'><rect/></{part}>{''.join(parts)}</defs>"


WAYS = {
    "use": doubled(20, "g", "<use href='#p{0}'/>"),
    "an older link": doubled(20, "symbol", "<use xlink:href='#p{0}'/>"),
    "a link in other letters": doubled(20, "g", "<use href='#%70{0}'/>"),
    "a pattern": doubled(20, "pattern", "<rect fill='url(#p{0})'/>"),
    "a style": doubled(20, "pattern", """<rect style="X: 1; fill : url( '#p{0}' )"/>"""),
    "a mask": doubled(20, "mask", "<rect mask='url(#p{0})'/>"),
    "a style of the mask": doubled(20, "mask", "<rect style='mask: url(#p{0})'/>"),
    "what all in it take over": "".join(
        f"<pattern id='p{n + 1}'><g fill='url(#p{n})'><rect/><rect/></g></pattern>"
        for n in range(-1, 20)
    ),
    "classes": doubled(20, "pattern", "<rect class='X c{0}'/>")
    + f"<style>{''.join(f'a, g > rect.C{n} {{fill: url(#p{n})}}' for n in range(20))}</style>",
    "a comment in the style": doubled(20, "mask", "<rect style='/*mask:*/fill:url(#p{0})'/>"),
    "a filter": "<filter id='f'><feTurbulence/></filter>"
    + "<g filter='url(#f)'/>" * (MOST_AGAIN // 100),
    "a long line": f"<path id='l' d='{'M 1 1 ' * 9000}'/>" + "<use href='#l'/>" * 100,
    "a long text": f"<text id='t'>{'x' * 50_000}</text>" + "<use href='#t'/>" * 100,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_drawn_again_and_again_is_counted(way: str) -> None:
    """However a part of the drawing comes to be drawn more than once."""
    assert drawn_again(drawing(WAYS[way])) > MOST_AGAIN


@pytest.mark.parametrize(
    "inside",
    [
        "<g id='a'><use href='#a'/></g>",
        "<pattern id='a'><rect fill='url(#a)'/></pattern>",
        "<style>@keyframes k { to { fill: url(#a) } }</style><pattern id='a'><rect/></pattern>",
        "<style>rect:not(.x) { fill: url(#a) }</style><pattern id='a'><rect/></pattern>",
        "<style>g { fill: url(#a); &amp; rect {} }</style><pattern id='a'><rect/></pattern>",
        "<style>/*.x*/rect { fill: url(#a) }</style><pattern id='a'><rect/></pattern>",
        "<style>rect { fill: url(#a)</style><pattern id='a'><rect/></pattern>",
    ],
)
def test_a_part_within_itself_is_refused(inside: str) -> None:
    """What a style may hold for is taken for what it does."""
    with pytest.raises(UserError, match="SVG with a part that uses itself: take that out"):
        drawn_again(drawing(inside))


def test_pictures_count_together() -> None:
    """A thousand small ones ask for as much as a large one."""
    picture = drawing(doubled(10, "g", "<use href='#p{0}'/>"))
    one = f"![a](data:image/svg+xml;base64,{b64encode(picture).decode()})"

    assert MOST_AGAIN // 20 < drawn_again(picture) < MOST_AGAIN
    assert paper(f"# T\n\n{one}\n", ".html", DAY).content
    with pytest.raises(UserError, match="SVG that draws its parts again more than 100000 times"):
        paper(f"# T\n\n{one * 20}\n", ".html", DAY)


def test_what_lies_too_deep_is_refused() -> None:
    """As it stands, and by what is used."""
    chain = "".join(f"<g id='p{n}'><use href='#p{n + 1}'/></g>" for n in range(300))

    for inside in ("<g>" * 300 + "</g>" * 300, chain):
        with pytest.raises(UserError, match="SVG with more than 200 parts in each other"):
            drawn_again(drawing(inside))


def test_words_of_a_style_may_come_in_parts() -> None:
    """A parser gives long texts piece by piece, and what stands around an element."""
    for style in (f"{' ' * 8190}@import 'x'", "@imp<g/>ort 'x'", "@imp<!-- -->ort 'x'"):
        with pytest.raises(UserError, match="SVG with a style that leads out of it"):
            drawn_again(drawing(f"<style>{style}</style>"))


def test_what_programs_for_drawings_write_stays() -> None:
    """Classes that clip and colour thousands of lines: nothing is drawn much more than once."""
    inside = """<defs><style>.cls-1{fill:none;}.cls-2{clip-path:url(#clip);}.cls-3,#i{fill:url(#g);}
        </style><clipPath id="clip"><rect class="cls-1" id="i"/></clipPath>
        <linearGradient id="g"><stop offset="0"/></linearGradient>
        <linearGradient id="h" xlink:href="#g"/></defs><g class="cls-2">"""

    lines = '<path class="cls-3" d="M0 0"/>' * 3000

    assert drawn_again(drawing(f"{inside}{lines}</g>")) < 4000


PICTURES = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 20_000, 10_000),
    "gif": b"GIF89a" + struct.pack("<HH", 20_000, 10_000),
    "jpeg": b"\xff\xd8\xff\xe0\0\4\xff\xc0...\xff\xff\xc2\0\x0b\x08"
    + struct.pack(">HH", 10_000, 20_000)
    + b"\3\1",
    "webp": b"RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0"
    + (19_999).to_bytes(3, "little")
    + (9_999).to_bytes(3, "little"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_of_too_many_dots_is_refused(kind: str) -> None:
    """A few bytes that a reader's program unpacks to gigabytes."""
    address = f"data:image/{kind};base64,{b64encode(PICTURES[kind]).decode()}"

    with pytest.raises(UserError, match="has 20000 × 10000 dots, more than 100000000 in all: make"):
        paper(f"# T\n\n![a]({address})\n", ".docx", DAY)


def test_small_pictures_are_measured() -> None:
    """In the forms of WebP without frames, and where a file breaks off."""
    lossless = b"RIFF....WEBPVP8L....\x2f" + ((99) + (49 << 14)).to_bytes(4, "little")
    lossy = b"RIFF....WEBPVP8 ....\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 100, 50)

    assert dots.size(lossless) == dots.size(lossy) == (100, 50)
    assert dots.size(b"\xff\xd8\xff") == dots.size(b"\xff\xd8" + b"x" * 20) == (0, 0)
