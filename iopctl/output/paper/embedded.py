"""The pictures that a paper has in itself: a drawing may neither run nor reach anything."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

# How files of dots begin: PNG, JPEG, GIF and WebP. All else is taken for SVG.
_DOTS: Final = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8|RIFF....WEBP", re.DOTALL)
# What SVG can do, whatever its namespace; animations can change where a link leads.
_LIVE: Final = re.compile(
    r"a|animate.*|audio|discard|embed|foreignobject|handler|iframe|image|link|listener|object"
    r"|script|set|video",
)
_REACHES: Final = re.compile(r"@import|\\|[a-z]+script:|url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE)
_SHOWN: Final = 100
_LINKS: Final = {"href", "src", "base"}


class _Live(Exception):  # noqa: N818 - what is there, not what went wrong
    """A drawing does what is told."""


def read(tree: bytes) -> dict[str, Any]:
    """Return a paper in pandoc's JSON, with the bytes of its pictures in it.

    Raises:
        UserError: its texts are nested too deeply, or a picture lies elsewhere, can't be read, or
            is a drawing with a script or a link.
    """
    try:
        paper: dict[str, Any] = json.loads(tree, object_hook=_with_bytes)
    except RecursionError:
        raise UserError(
            tr("the paper's texts are nested too deeply: take out some levels")
        ) from None
    return paper


def _with_bytes(node: dict[str, Any]) -> dict[str, Any]:
    if node.get("t") == "Image":
        address = node["c"][2]
        address[0] = list(_content(address[0]))
    return node


def _content(address: str) -> bytes:
    if not address.startswith("data:image/"):
        raise UserError(
            tr(
                "the picture {address} does not lie in the text, and none is fetched: put it there "
                "as data:image/png;base64,…",
                address=address[:_SHOWN],
            )
        )
    kind, _, data = address.partition(",")
    try:
        content = b64decode(data) if kind.endswith(";base64") else unquote_to_bytes(data)
    except ValueError as error:
        raise UserError(tr("a picture of the paper can't be read: {error}", error=error)) from None
    if not _DOTS.match(content):
        _refuse_live(content)
    return content


def _refuse_live(svg: bytes) -> None:
    parser = expat.ParserCreate()
    within: list[str] = []  # the elements that are open

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        within.append(_local(name))
        if _LIVE.fullmatch(within[-1]):
            raise _Live(f"<{within[-1]}>")
        for key, value in attributes.items():
            attribute = _local(key)
            leads_out = attribute in _LINKS and not value.startswith("#")
            if leads_out or attribute.startswith("on") or _REACHES.search(value):
                raise _Live(f"{attribute}=")

    def text(words: str) -> None:
        if within[-1] == "style" and _REACHES.search(words):
            raise _Live(tr("a style that leads out of it"))

    def beside(*_: object) -> None:
        raise _Live(tr("a DOCTYPE or a stylesheet"))

    parser.StartElementHandler, parser.EndElementHandler = begin, lambda _: within.pop()
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = beside
    parser.CharacterDataHandler = text
    parser.buffer_text = True  # so that no word comes in two parts
    try:
        parser.Parse(svg, True)  # noqa: FBT003 - its only way to say that this is all
    except _Live as error:
        raise UserError(
            tr(
                "a picture of the paper is SVG with {error}: take that out, or save it as PNG",
                error=error,
            )
        ) from None
    except expat.ExpatError as error:
        raise UserError(
            tr("a picture of the paper can't be read as SVG: {error}", error=error)
        ) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
