"""A paper's template filled with what is known, and with the texts that people have written."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from iopctl.errors import UserError
from iopctl.output.documents import apart, document
from iopctl.output.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.papers.texts import Texts

_BLANK_LINES: Final = re.compile(r"\n{3,}")
_ESCAPED: Final = re.compile(r"\\(.)")
_PLACEHOLDER: Final = re.compile(r"\\\[Text saknas: (.*?)\\\]")


def filled(
    template: str, values: Mapping[str, object], texts: Texts, folders: Sequence[str]
) -> str:
    """Fill *template*, which asks for texts by the name of a section.

    `text(name)` is what was written for the section, or a placeholder that is seen; `added(name)`
    is nothing where nothing was written.

    Raises:
        UserError: something is wrong in the template, or it has no place for a section of *texts*.
    """
    return apart(partial(_filled, template, texts, folders), values, template, folders)


def _filled(
    template: str, texts: Texts, folders: Sequence[str], values: Mapping[str, object]
) -> str:
    from markupsafe import Markup

    asked_for = set()

    def added(name: str) -> Markup:
        asked_for.add(name)
        return Markup(texts.sections.get(name, ""))  # noqa: S704 - it is Markdown, not HTML

    def text(name: str) -> Markup:
        placeholder = f"**{escaped(f'[Text saknas: {name}]')}**"
        return added(name) or Markup(placeholder)  # noqa: S704 - likewise

    filled_in = document(template, folders, {**values, "text": text, "added": added})
    for name in texts.sections:
        if name not in asked_for:
            raise UserError(
                f"{texts.file}:{texts.lines[name]}: the paper has no section called {name}:"
                f" it asks for {', '.join(sorted(asked_for))}"
            )
    return _BLANK_LINES.sub("\n\n", filled_in).strip() + "\n"


def missing(markdown: str) -> tuple[str, ...]:
    """Return the sections of a paper that are yet to be written."""
    return tuple(_ESCAPED.sub(r"\1", name) for name in _PLACEHOLDER.findall(markdown))
