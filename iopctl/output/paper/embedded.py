"""The pictures that a paper has in itself, and what makes one unfit for it."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output.paper import dots, svg

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN: Final = 100
MOST_DOTS: Final = 100_000_000
"""Of a picture, as a program would unpack it: an A3 page scanned finely has half as many."""


class PictureError(UserError):
    """A picture can't be in a paper; *address* is what the paper has of it."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address

    def __reduce__(self) -> tuple[type[PictureError], tuple[str, str]]:
        """Be pickled with both parts."""
        return type(self), (str(self), self.address)


def read(tree: bytes) -> dict[str, Any]:
    """Return a paper in pandoc's JSON, with the bytes of its pictures in it.

    Raises:
        UserError: its texts are nested too deeply.
        PictureError: a picture lies elsewhere, or can't be read.
    """
    return _with_each(tree, _with_bytes)


def refuse_unfit(tree: bytes) -> None:
    """Refuse a paper in pandoc's JSON for a picture that is not to be sent to anybody.

    Raises:
        UserError: its texts are nested too deeply.
        PictureError: a picture lies elsewhere, can't be read, runs or reaches something, or would
            take a reader's program too much work.
    """
    left = svg.MOST_AGAIN

    def refuse(node: dict[str, Any]) -> None:
        nonlocal left
        if node.get("t") == "Image":
            address = node["c"][2][0]
            left -= _drawn_again(address)
            if left < 0:
                raise PictureError(
                    tr(
                        "the pictures of the paper are SVG that draws its parts again more than"
                        " {most} times: save this one as PNG",
                        most=svg.MOST_AGAIN,
                    ),
                    address,
                )

    _with_each(tree, refuse)


def _with_each(tree: bytes, look: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    def looked_at(node: dict[str, Any]) -> dict[str, Any]:
        look(node)
        return node

    try:
        paper: dict[str, Any] = json.loads(tree, object_hook=looked_at)
    except RecursionError:
        raise UserError(
            tr("the paper's texts are nested too deeply: take out some levels")
        ) from None
    return paper


def _with_bytes(node: dict[str, Any]) -> None:
    if node.get("t") == "Image":
        address = node["c"][2]
        address[0] = list(_content(address[0]))


def _content(address: str) -> bytes:
    if not address.startswith("data:image/"):
        raise PictureError(
            tr(
                "the picture {address} does not lie in the text, and none is fetched: put it there "
                "as data:image/png;base64,…",
                address=address[:_SHOWN],
            ),
            address,
        )
    kind, _, data = address.partition(",")
    try:
        # Strictly: what is left out here, another program might read.
        is_base64 = kind.endswith(";base64")
        return b64decode(data, validate=True) if is_base64 else unquote_to_bytes(data)
    except ValueError as error:
        raise PictureError(
            tr("a picture of the paper can't be read: {error}", error=error), address
        ) from None


def _drawn_again(address: str) -> int:
    """Return how many parts of a drawing are drawn again; 0 for a picture of dots."""
    content = _content(address)
    if not dots.BEGINNING.match(content):
        try:
            return svg.drawn_again(content)
        except UserError as error:
            raise PictureError(str(error), address) from None
    width, height = dots.size(content)
    if width * height > MOST_DOTS:
        raise PictureError(
            tr(
                "a picture of the paper has {width} × {height} dots, more than {most} in all: make"
                " it smaller",
                width=width,
                height=height,
                most=MOST_DOTS,
            ),
            address,
        )
    return 0
