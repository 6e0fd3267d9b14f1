"""Drawings that others made: one may neither run nor reach anything, nor be drawn without end.

Small ones can ask for much: parts that use parts that use parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from xml.parsers import expat

from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# What SVG can do, whatever its namespace; animations can change where a link leads.
_LIVE: Final = re.compile(
    r"a|animate.*|audio|discard|embed|foreignobject|handler|iframe|image|link|listener|object"
    r"|script|set|video",
)
_REACHES: Final = re.compile(
    r"@import|\\|[a-z]+script:|(?:image|image-set|src)\(|url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE
)
_LINKS: Final = {"href", "src", "base"}
_NAMED: Final = re.compile(r"url\(\s*['\"]?\s*#([^'\")]*)", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"\s*([-\w]+)\s*:(.*)", re.DOTALL)
_BRACE: Final = re.compile(r"([{}])")
_BETWEEN: Final = re.compile(r"[\s>+~]+")
_NAME: Final = re.compile(r"[.#]?[-\w]+")
_ODD: Final = frozenset("[(\"'/:*&|@")  # in a selector, what asks for more than its names
_QUOTED: Final = frozenset("\"'/")  # in a style, what may hold signs that are none

DEEPEST: Final = 200
MOST_AGAIN: Final = 100_000
"""How many parts the drawings of a paper may draw again, beside those that they have."""

_GRADIENTS: Final = {"lineargradient", "radialgradient"}  # what is in one is not drawn
_ONCE: Final = {"clip-path", "filter", "mask"}  # what is used for the whole, not for each part
_OF_A_FILTER: Final = 100  # parts that a step of a filter counts as
_A_PART: Final = 20  # characters of a line's points, or of a text, that count as one


class LiveError(Exception):
    """A drawing does what is told, or asks for too much."""


@dataclass(eq=False)
class _Names:
    """The names of what is drawn because of something: for each of its parts, or for the whole."""

    paints: set[str] = field(default_factory=set)
    frames: set[str] = field(default_factory=set)

    def take(self, prop: str, value: str) -> None:
        """Note what a property names, as `fill: url(#x)`."""
        (self.frames if prop in _ONCE else self.paints).update(_NAMED.findall(value))

    def take_style(self, words: str) -> None:
        """Note what the properties of a style name."""
        if _QUOTED & set(words):
            self.take("", words)
            return
        for each in words.split(";"):
            if found := _PROPERTY.fullmatch(each):
                self.take(found[1].lower(), found[2])


@dataclass(eq=False)
class _Element:
    """An element and what stands in it; *uses* are the names of what is drawn in its place.

    Its *marks* are what a style may mean it by: `rect`, `.a`, `#b`. It has so many characters of
    text and of points.
    """

    name: str
    id: str
    marks: frozenset[str]
    characters: int
    uses: set[str] = field(default_factory=set)
    names: _Names = field(default_factory=_Names)
    inner: list[_Element] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How many parts it counts as by itself."""
        return 1 + self.characters // _A_PART + _OF_A_FILTER * self.name.startswith("fe")


def drawn_again(svg: bytes) -> int:
    """Return how many parts a drawing draws that it does not have: those used more than once.

    Raises:
        UserError: it is none, runs or reaches something, or is nested too deeply to be drawn.
    """
    try:
        return _again(svg)
    except LiveError as error:
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


# ------------------------------------------------------------------ reading
def _again(svg: bytes) -> int:
    reading = _Reading()
    reading.parse(svg)
    drawing = _Drawing(reading.elements, _styles(reading.styles))
    return drawing.parts() - sum(each.weight for each in reading.elements)


class _Reading:
    """The elements of a drawing in their order, and its styles."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        self.styles: list[str] = []
        self._open: list[_Element] = []
        self._style: list[str] = []

    def parse(self, svg: bytes) -> None:
        """Read a drawing; raise LiveError where it runs or reaches something."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = _beside
        parser.CharacterDataHandler = self._text
        parser.Parse(svg, True)  # noqa: FBT003 - its only way to say that this is all

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        element = _element(_local(name), attributes)
        if self._open:
            self._open[-1].inner.append(element)
        self._open.append(element)
        if len(self._open) > DEEPEST:
            raise LiveError(tr("more than {most} parts in each other", most=DEEPEST))
        self.elements.append(element)

    def _text(self, words: str) -> None:
        self._open[-1].characters += len(words)
        if any(each.name == "style" for each in self._open):
            self._style.append(words)  # a word may come in parts

    def _end(self, _: str) -> None:
        if self._open.pop().name == "style":
            style = "".join(self._style)
            self._style.clear()
            if _REACHES.search(style):
                raise LiveError(tr("a style that leads out of it"))
            self.styles.append(style)


def _beside(*_: object) -> None:
    raise LiveError(tr("a DOCTYPE or a stylesheet"))


def _element(name: str, attributes: Mapping[str, str]) -> _Element:
    if _LIVE.fullmatch(name):
        raise LiveError(f"<{name}>")
    own = {_local(key): each for key, each in attributes.items()}
    classes = {f".{each}" for each in own.get("class", "").lower().split()}
    marks = frozenset({name, f"#{own.get('id', '').lower()}", *classes})
    points = len(own.get("d", "")) + len(own.get("points", ""))
    found = _Element(name, own.get("id", ""), marks, points)
    for key, value in attributes.items():
        attribute = _local(key)
        leads_out = attribute in _LINKS and not value.startswith("#")
        if leads_out or attribute.startswith("on") or _REACHES.search(value):
            raise LiveError(f"{attribute}=")
        if attribute == "href":
            found.uses.add(value[1:])
        elif attribute == "style":
            found.names.take_style(value)
        else:
            found.names.take(attribute, value)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


# ------------------------------------------------------------------ styles
def _styles(given: Iterable[str]) -> dict[frozenset[str], _Names]:
    """Return what styles name by the marks of those elements, or more, that they hold for."""
    found: dict[frozenset[str], _Names] = defaultdict(_Names)
    for style in given:
        pieces = ["", "}", *_BRACE.split(style), ""]
        for before, opening, words, closing in zip(
            pieces[::2], pieces[1::2], pieces[2::2], [*pieces[3::2], ""], strict=False
        ):
            is_block = "@" not in style and (opening, closing) == ("{", "}")
            selectors = before.rpartition(";")[2].lower().split(",") if is_block else ["*"]
            for each in selectors:
                found[_marks(each)].take_style(words)
    return {marks: names for marks, names in found.items() if names.paints or names.frames}


def _marks(selector: str) -> frozenset[str]:
    """Return marks that all elements have for which a style with the *selector* holds."""
    last = [] if _ODD & set(selector) else _BETWEEN.split(selector.strip())[-1:]
    return frozenset(_NAME.findall(last[0]) if last else [])


# ------------------------------------------------------------------ drawing
class _Drawing:
    """How often the parts of a drawing are drawn."""

    def __init__(
        self, elements: Sequence[_Element], styles: Mapping[frozenset[str], _Names]
    ) -> None:
        self._elements = elements
        self._styles = styles
        self._named: dict[str, list[_Element]] = defaultdict(list)
        self._known: dict[_Element, int | None] = {}
        for each in elements:
            self._named[each.id].append(each)

    def parts(self) -> int:
        """Return how many parts are drawn; raise LiveError where one is drawn within itself."""
        return self._of(self._elements[0], 0)

    def _of(self, element: _Element, depth: int) -> int:
        """Return how many parts are drawn for an element that so many levels lead to."""
        if element in self._known:
            known = self._known[element]
            if known is None:
                raise LiveError(tr("a part that uses itself"))
            return known
        if depth > DEEPEST:
            raise LiveError(tr("more than {most} parts in each other", most=DEEPEST))
        self._known[element] = None
        found = element.weight
        if element.name not in _GRADIENTS:
            names = [
                element.names,
                *(each for marks, each in self._styles.items() if marks <= element.marks),
            ]
            own = (*element.inner, *self._called(element.uses))
            paints = self._called(set().union(*(each.paints for each in names)))
            frames = self._called(set().union(*(each.frames for each in names)))
            found += sum(self._of(each, depth + 1) for each in own)
            found *= 1 + sum(self._of(each, depth + 1) for each in paints)
            found += sum(self._of(each, depth + 1) for each in frames)
        self._known[element] = found
        return found

    def _called(self, names: Iterable[str]) -> Iterator[_Element]:
        for name in names:
            for each in {name, unquote(name)}:
                yield from self._named.get(each.strip(), ())
