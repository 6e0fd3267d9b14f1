"""How every picture is drawn: its type, its colours, its Swedish numbers, as SVG or as PNG."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from iopctl import bounds
from iopctl.errors import UserError
from iopctl.installation import MissingExtra
from iopctl.language import tr
from iopctl.localised import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from iopctl.model import Agreement

PictureFormat = Literal["svg", "png"]

WIDE: Final = 620
NARROW: Final = 328
"""Widths in pixels: of a paper or a screen, and of a telephone."""

# Hues that the colour-blind tell apart (after Okabe and Ito), each lighter than the one before,
# so that they also differ in grey.
SHADES: Final = ("#0f2f50", "#9c3f0a", "#12a078", "#e8a317", "#a8d5f2")
REST: Final = "#dcdcdc"
BAND: Final = "#dfe5ea"
INK: Final = "#1f2933"
MARKED: Final = "#a8480f"

_VERSION: Final = "6.4"  # of Vega-Lite: another one may draw other bytes
_STEP: Final = 26  # pixels to a row
_STEP_WITH_NAME: Final = 42  # where the name stands over what is drawn
_LINE: Final = 16  # pixels to a line of a name
_MOST_LINES: Final = 3
_HIGHEST: Final = 780  # pixels of all rows: with what stands around them, a page
_LONG_NAME: Final = 14  # characters
_LONG_LINE: Final = 43
_LONGEST_LABEL: Final = 200  # characters, of which no picture has room for all
# Characters that no agreement may have, for those beyond the first plane: Vega counts these as two
# and may cut between them.
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_PRIVATE: Final = range(0xE000, 0xF900)
_PIXELS_A_CHARACTER: Final = 7
_DOTS: Final = 192  # an inch, two to a pixel: for print
_POINTS_A_PIXEL: Final = 72 / 96
_IN_LINES: Final = {
    "labelExpr": "lines[datum.value]",
    "labelLineHeight": _LINE,
    "labelOffset": {  # the first line would else stand where the middle of all is to be
        "condition": [
            {"test": f"length(lines[datum.value]) === {lines}", "value": -(lines - 1) * _LINE // 2}
            for lines in range(2, _MOST_LINES + 1)
        ],
        "value": 0,
    },
}
_CONFIG: Final[dict[str, Any]] = {
    "aria": False,  # the picture as a whole has a text
    "mark": {"aria": False},
    "background": "white",
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": "#e4e7eb",
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "axisX": {"labelOverlap": "greedy", "labelSeparation": 6},
    "legend": {
        "orient": "bottom",
        "direction": "vertical",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 13,
        "symbolType": "square",
        "symbolSize": 140,
        "layout": {"bottom": {"anchor": "start", "bounds": "full"}},
    },
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 13,
        "fontWeight": "normal",
        "lineHeight": 17,
        "offset": 8,
    },
    "text": {"color": INK, "fontSize": 13},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: Vega-Lite layers, in which the texts of agreements are data alone.

    *key* tells how to read it, and stands over it. *description* tells its figures, in Swedish, to
    those who don't see it; it also says what is left out. *rows* are from the top, *x* is what the
    horizontal axis shows.
    """

    name: str
    title: str
    key: str
    description: str
    rows: Sequence[str]
    x: Mapping[str, Any]
    layers: Sequence[Mapping[str, Any]]


class Drawing(NamedTuple):
    """A picture as it is to be drawn: in which form, and how many pixels wide."""

    picture: Picture
    form: PictureFormat
    width: int = WIDE

    def drawn(self) -> bytes:
        """Draw it here, whatever that takes: `drawn` does so within bounds."""
        if self.form == "svg":
            return svg(self.picture, self.width).encode()
        return png(self.picture, self.width)


def drawn(given: Sequence[Drawing]) -> list[bytes]:
    """Draw pictures within bounds: the same as the same bytes.

    Raises:
        MissingExtra: the library that draws is not installed.
        UserError: they take too much time or memory, or the library fails.
    """
    return bounds.done(_all_drawn, given, tr("drawing the pictures"), "RLIMIT_DATA")


def _all_drawn(given: Sequence[Drawing]) -> list[bytes]:
    return [each.drawn() for each in given]


def svg(picture: Picture, width: int = WIDE) -> str:
    """Draw *picture*, *width* pixels wide, with its text as text.

    Raises:
        MissingExtra: the library that draws is not installed.
        UserError: it fails.
    """
    library, specification = _library(), _specification(picture, width)
    beyond = dict(zip(_PRIVATE, sorted(set(_BEYOND.findall(specification))), strict=False))
    within = {ord(character): chr(place) for place, character in beyond.items()}
    try:
        text: str = library.vegalite_to_svg(
            _BEYOND.sub("\ufffd", specification.translate(within)),
            vl_version=_VERSION,
            format_locale="sv-SE",
        )
    except ValueError as error:
        raise _failed(picture, error) from None
    return text.translate(beyond)


def png(picture: Picture, width: int = WIDE) -> bytes:
    """Draw *picture* for formats that have no SVG, *width* pixels wide at twice the dots.

    It says how large it is, so that all programs show its texts as large as those around it.

    Raises:
        MissingExtra: the library that draws is not installed.
        UserError: it fails.
    """
    text = svg(picture, width)
    try:
        drawing: bytes = _library().svg_to_png(text, scale=_POINTS_A_PIXEL, ppi=_DOTS)
    except RuntimeError as error:
        raise _failed(picture, error) from None
    return drawing


def _failed(picture: Picture, error: Exception) -> UserError:
    """Return what the library says, without the stack that may follow it."""
    said = " ".join(str(error).partition("Stack backtrace")[0].split())[:300]
    return UserError(tr("the picture {name} can't be drawn: {said}", name=picture.name, said=said))


def _library() -> ModuleType:
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise MissingExtra("reports", "a picture") from None
    return vl_convert


def _specification(picture: Picture, width: int) -> str:
    """Return *picture* in Vega-Lite's JSON.

    A long name takes several lines, or where it is narrow stands over its row.
    """
    above = width < WIDE and max(map(len, picture.rows), default=0) > _LONG_NAME
    lines = _in_lines(picture.rows)
    most = max(map(len, lines.values()), default=1)
    step = _STEP_WITH_NAME if above else _STEP + (most - 1) * _LINE
    over = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": -16,
        "labelLimit": width,
    }
    config = {
        **_CONFIG,
        "axisY": over if above else {"labelLimit": width // 2},
        "legend": {**_CONFIG["legend"], "labelLimit": width - 110},
    }
    rows = {
        "field": "row",
        "type": "nominal",
        "scale": {"domain": list(picture.rows)},
        "sort": None,
        "title": None,
        "axis": {"zindex": 1, **({} if above else _IN_LINES)},
    }
    return json.dumps(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "params": [{"name": "lines", "value": lines}],
            "title": wrap(picture.key, width // _PIXELS_A_CHARACTER),
            "width": width,
            "height": {"step": step},
            "autosize": {"type": "fit-x", "contains": "padding"},
            "config": config,
            "layer": picture.layers,
            "encoding": {"x": {"title": None, **picture.x}, "y": rows},
        },
        ensure_ascii=False,
    )


def _in_lines(names: Sequence[str]) -> dict[str, list[str]]:
    """Return *names* in lines, as many to a name as there is room for on a page."""
    room = (_HIGHEST // max(len(names), 1) - _STEP) // _LINE + 1
    most = max(1, min(room, _MOST_LINES))
    return {
        name: wrap(shortened(name, most * _LONG_LINE), _LONG_LINE, max_lines=most, placeholder="…")
        for name in names
    }


def shortened(name: str, longest: int = _LONGEST_LABEL) -> str:
    """Return *name* without its middle if it is too long: the ends tell names apart."""
    half = longest // 2 - 1
    return name if len(name) <= longest else f"{name[:half].rstrip()} … {name[-half:].lstrip()}"


def values(rows: Iterable[Mapping[str, object]], *numbers: str) -> dict[str, Any]:
    """Return *rows* as the data of a layer; *numbers* are keys of which the text is a number."""
    parse = dict.fromkeys(numbers, "number")
    return {"values": list(rows), **({"format": {"parse": parse}} if parse else {})}


def cut(drawn: int, found: int, which: str) -> str:
    """Return how many are drawn of those found and *which*, as a sentence, if it is not all."""
    return f" {drawn} av {number(found)} visas: {which}." if drawn < found else ""


def names(agreements: Iterable[Agreement]) -> dict[str, str]:
    """Return what to call each agreement, by its id: its title, with the id where two share it."""
    titles = {each.id: shortened(each.title) for each in agreements}
    counted = Counter(titles.values())
    return {
        one: title if counted[title] == 1 else f"{title} ({one})" for one, title in titles.items()
    }
