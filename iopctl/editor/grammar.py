"""What the format allows at a path, by its schema: keys, choices, and what is said of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.model.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from iopctl.model.forms import Form
    from iopctl.source import Path

    Words = Callable[[Path], str | None]
    """The word that says which event stands at a path of the log."""


class Slot(NamedTuple):
    """A key that may stand in a mapping, and what is said of it."""

    key: str
    form: Form
    required: bool

    @property
    def title(self) -> str:
        """What the key is called in Swedish."""
        return str(self.form.get("title", ""))

    @property
    def description(self) -> str:
        """What to write, in Swedish."""
        return str(self.form.get("description", ""))


class Choice(NamedTuple):
    """A word that may be written, and what it means."""

    word: str
    meaning: str


@lru_cache(maxsize=1)
def _schema() -> Form:
    return schema()


def slots(path: Path, words: Words) -> list[Slot]:
    """Return the keys that the mapping at *path* may have, in the order of the format."""
    found: dict[str, Slot] = {}
    for form in _forms(path, words):
        required = form.get("required", ())
        for key, each in form.get("properties", {}).items():
            found.setdefault(key, Slot(key, _described(each), key in required))
    return list(found.values())


def slot(path: Path, words: Words) -> Slot | None:
    """Return what is said of the key at *path*; None where it is none of the format's."""
    *parent, last = path or ("",)
    return next((each for each in slots(tuple(parent), words) if each.key == last), None)


def choices(path: Path, words: Words) -> list[Choice]:
    """Return the words of which one is to be written at *path*; none where any may be."""
    found: dict[str, Choice] = {}
    for form in _forms(path, words):
        meanings = form.get("enumDescriptions", ())
        for number, word in enumerate(form.get("enum", ())):
            meaning = meanings[number] if number < len(meanings) else ""
            found.setdefault(word, Choice(word, meaning))
        if form.get("pattern") == "^(?:true|false)$":
            found |= {word: Choice(word, "") for word in ("true", "false")}
    return list(found.values())


def examples(form: Form) -> list[Any]:
    """Return values to start from."""
    return list(form.get("examples", ()))


def is_list(form: Form) -> bool:
    """Whether only a list may stand where *form* is asked for."""
    return all("items" in each and each.get("type") == "array" for each in _variants(form))


def is_mapping(form: Form) -> bool:
    """Whether a mapping may stand where *form* is asked for, and is not written on a line."""
    return any("properties" in each for each in _variants(form))


# ------------------------------------------------------------------ along the schema
def _forms(path: Path, words: Words) -> Sequence[Form]:
    """Return the forms that a value at *path* may have."""
    forms = list(_variants(_schema()))
    for depth, part in enumerate(path, 1):
        forms = [
            variant
            for form in forms
            for inner in _within(form, part)
            for variant in _variants(inner, words(path[:depth]) if part != "" else None)
        ]
    return forms


def _within(form: Form, part: str | int) -> Iterator[Form]:
    if isinstance(part, int):
        if "items" in form:
            yield form["items"]
    elif part in form.get("properties", {}):
        yield form["properties"][part]
    elif isinstance(form.get("additionalProperties"), dict):
        yield form["additionalProperties"]


def _variants(form: Form, word: str | None = None) -> Iterator[Form]:
    """Yield a form with what it refers to, each of its alternatives, or the event of *word*."""
    if "$ref" in form:
        target = _schema()["$defs"][form["$ref"].rpartition("/")[2]]
        yield from _variants({**target, **{k: v for k, v in form.items() if k != "$ref"}}, word)
    elif "anyOf" in form:
        for each in form["anyOf"]:
            yield from _variants(each, word)
    elif "allOf" in form:
        of_word = [
            each["then"]
            for each in form["allOf"]
            if each["if"]["properties"]["event"]["const"] == word
        ]
        for each in of_word:
            yield from _variants(each)
        yield form
    else:
        yield form


def _described(form: Form) -> Form:
    """Return a form with what is said of the block that it refers to, below what is its own."""
    return next(_variants(form)) | form if "$ref" in form else form
