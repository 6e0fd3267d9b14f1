"""A paper's Markdown in the formats that people open: HTML, Word, OpenDocument and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import UserError
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from datetime import date

OFFICE: Final = (".docx", ".odt")
SUFFIXES: Final = (".md", ".html", *OFFICE, ".pdf")

_BOXES: Final = marked(
    "our fonts lack some characters of the paper: they are boxes, and the file is no PDF/A"
)


class Paper(NamedTuple):
    """A paper as a file has it, and what is to be told of that."""

    content: bytes
    told: str = ""


def paper(markdown: str, suffix: str, as_of: date, reference: str | None = None) -> Paper:
    """Return *markdown* in the format of *suffix*, the same bytes for the same text and day.

    *reference* is a document whose styles a `.docx` or `.odt` takes over.

    Raises:
        MissingExtra: a library that the format needs is not installed.
        UserError: there is no such format, or the paper can't be made.
    """
    if reference is not None and not (suffix in OFFICE and reference.lower().endswith(suffix)):
        raise UserError(
            tr(
                "a {suffix} has no styles to take from {reference}: a .docx takes those "
                "of a .docx, and an .odt those of an .odt",
                suffix=suffix,
                reference=reference,
            )
        )
    match suffix:
        case ".md":
            return Paper(markdown.encode())
        case ".html":
            from iopctl.output.paper.pandoc import HERE, converted

            page = (f"--template={HERE / 'page.html'}", "--wrap=none")
            return Paper(converted(markdown, "html5", page))
        case ".docx" | ".odt":
            from iopctl.output.paper.office import office

            return Paper(office(markdown, suffix, as_of, reference))
        case ".pdf":
            from iopctl.output.paper.pdf import pdf
            from iopctl.output.pdf import is_archival

            made = pdf(markdown, as_of)
            return Paper(made, "" if is_archival(made) else tr(_BOXES))
        case _:
            raise UserError(
                tr(
                    "a paper can't be written as '{suffix}': name a {suffixes}",
                    suffix=suffix,
                    suffixes=", ".join(SUFFIXES),
                )
            )
