"""A paper's template filled with what is known, and with the texts that people have written."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output.documents import apart, document
from iopctl.output.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iopctl.papers.texts import Texts

_SECTION: Final = re.compile(r"^(?=## )", re.MULTILINE)
LAST: Final = "Beslutet skickas till"
NEAR: Final = 0.8
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_ESCAPED: Final = re.compile(r"\\(.)")
_PLACEHOLDER: Final = re.compile(r"\\\[Text saknas: (.*?)\\\]")


def filled(
    template: str, values: Mapping[str, object], texts: Texts, folders: Sequence[str]
) -> str:
    """Fill *template*, which asks for texts by the name of a section.

    `text(name)` is what was written for the section, or a placeholder that is seen; `added(name)`
    is nothing where nothing was written. What the template does not ask for is a section of its
    own, after the one that it stands after in the texts, or else last.

    Raises:
        UserError: something is wrong in the template, or a section's name is nearly one of its own.
    """
    return apart(partial(_filled, template, texts, folders), values, template, folders)


def _filled(
    template: str, texts: Texts, folders: Sequence[str], values: Mapping[str, object]
) -> str:
    from markupsafe import Markup

    asked_for: dict[str, None] = {}

    def added(name: str) -> Markup:
        asked_for[name] = None
        return Markup(texts.of(name))  # noqa: S704 - it is Markdown, not HTML

    def text(name: str) -> Markup:
        placeholder = f"**{escaped(f'[Text saknas: {name}]')}**"
        return added(name) or Markup(placeholder)  # noqa: S704 - likewise

    filled_in = document(template, folders, {**values, "text": text, "added": added})
    own = [name for name in texts.sections if name not in asked_for]
    for name in own:
        _refuse_misspelt(name, texts, asked_for)
    whole = _with_own(filled_in, texts, own)
    return _BLANK_LINES.sub("\n\n", whole).strip() + "\n"


def _refuse_misspelt(name: str, texts: Texts, asked_for: Iterable[str]) -> None:
    near = get_close_matches(name.casefold(), [each.casefold() for each in asked_for], 1, NEAR)
    if near:
        meant = next(each for each in asked_for if each.casefold() == near[0])
        raise UserError(
            tr(
                "{texts}:{lines}: the paper has no section called {name}: write {meant}, "
                "if that is meant",
                texts=texts.file,
                lines=texts.lines[name],
                name=name,
                meant=meant,
            )
        )


def _with_own(paper: str, texts: Texts, own: Sequence[str]) -> str:
    """Return *paper* with the sections that are the office's *own*."""
    parts = _SECTION.split(paper)  # what stands before the first, then each with its heading
    names = list(texts.sections)
    for name in own:
        before = reversed(names[: names.index(name)])
        headings = [each.partition("\n")[0].removeprefix("## ").strip() for each in parts]
        nearest = next((each for each in map(escaped, before) if each in headings), None)
        last = len(parts) - (headings[-1] == LAST)
        section = f"## {escaped(name)}\n\n{texts.sections[name]}\n\n"
        parts.insert(last if nearest is None else headings.index(nearest) + 1, section)
    return "".join(each if each.endswith("\n") else f"{each}\n\n" for each in parts)


def missing(markdown: str) -> tuple[str, ...]:
    """Return the sections of a paper that are yet to be written."""
    return tuple(_ESCAPED.sub(r"\1", name) for name in _PLACEHOLDER.findall(markdown))


def title(markdown: str) -> str:
    """Return what a paper is called."""
    first = markdown.partition("\n")[0]
    return _ESCAPED.sub(r"\1", first.removeprefix("#").strip())
