"""The pictures of a paper, where its template asks for them, as Markdown that all formats know."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final, Literal

from iopctl.output.markdown import escaped
from iopctl.papers import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markupsafe import Markup

    from iopctl.papers.pictures import Picture

Form = Literal["svg", "png"]
_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


def illustration(given: Iterable[Picture], form: Form | None) -> Callable[[str], Markup]:
    """Return what gives a picture by its name, drawn in *form*, with its words and its caption.

    It gives nothing where no *form* is asked for, or where there is nothing to draw.
    """
    from markupsafe import Markup

    named = {each.name: each for each in given}

    def picture(name: str) -> Markup:
        if name not in named:
            raise LookupError(f"there is no picture {name}: the paper has {', '.join(named)}")
        found = named[name]
        text = _embedded(found, form) if form and found.rows else ""
        return Markup(text)  # noqa: S704 - it is Markdown, not HTML

    return picture


def _embedded(picture: Picture, form: Form) -> str:
    drawn = pictures.svg(picture).encode() if form == "svg" else pictures.png(picture)
    data = b64encode(drawn).decode()
    address = f"data:{_TYPES[form]};base64,{data}"
    return f'![{escaped(picture.description)}]({address} "{escaped(picture.title)}")'
