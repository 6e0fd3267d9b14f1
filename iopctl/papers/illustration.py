"""The pictures of a paper, where its template asks for them, as Markdown that all formats know."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iopctl.language import tr
from iopctl.output.markdown import escaped
from iopctl.papers import pictures
from iopctl.papers.pictures.drawing import Drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from iopctl.papers.pictures.drawing import Picture, PictureFormat

_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}
# Where a picture stands until it is drawn: characters that neither files nor templates may have.
_PLACE: Final = "\ue000{}\ue001"
_PLACES: Final = re.compile("\ue000([0-9])\ue001")


@dataclass(frozen=True, slots=True)
class Illustration:
    """The pictures that a template asks for by name, and what they are drawn as; None: not at all.

    They are drawn when the template is filled in, those alone that it has asked for.
    """

    pictures: Sequence[Picture]
    form: PictureFormat | None

    def __call__(self, name: str) -> Markup:
        """Return the place of a picture; nothing where there is nothing to draw."""
        from markupsafe import Markup

        names = [each.name for each in self.pictures]
        if name not in names:
            raise LookupError(
                tr(
                    "there is no picture {name}: the paper has {names}",
                    name=name,
                    names=", ".join(names),
                )
            )
        place = names.index(name)
        text = _PLACE.format(place) if self.form and self.pictures[place].rows else ""
        return Markup(text)  # noqa: S704 - it is Markdown, not HTML

    def drawn(self, markdown: str) -> str:
        """Return *markdown* with each picture in its place, with its words and its caption."""
        form, asked_for = self.form, set(_PLACES.findall(markdown))
        chosen = {f"{n}": each for n, each in enumerate(self.pictures) if f"{n}" in asked_for}
        if form is None or not chosen:
            return markdown
        drawings = pictures.drawn([Drawing(each, form) for each in chosen.values()])
        embedded = {
            place: _embedded(each, form, drawing)
            for (place, each), drawing in zip(chosen.items(), drawings, strict=True)
        }
        return _PLACES.sub(lambda place: embedded.get(place[1], ""), markdown)


def _embedded(picture: Picture, form: PictureFormat, drawing: bytes) -> str:
    address = f"data:{_TYPES[form]};base64,{b64encode(drawing).decode()}"
    return f'![{escaped(picture.description)}]({address} "{escaped(picture.title)}")'
