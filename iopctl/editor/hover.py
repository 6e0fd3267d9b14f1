"""What stands under the cursor: the meaning of a key, and what its value comes to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from iopctl.check.selection import rule_called
from iopctl.editor import grammar, outline, summaries
from iopctl.editor.names import HANDLES, LINKS
from iopctl.output import manual
from iopctl.output.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.check.facts import Facts
    from iopctl.editor.grammar import Words
    from iopctl.editor.manuscript import LastAgreement, Manuscript, TextReading
    from iopctl.editor.words import Wording
    from iopctl.model import Terms
    from iopctl.model.index import AnyIndex
    from iopctl.source import Path

_WORD: Final = re.compile(r"[A-Za-z0-9-]+")
_OF_ROW: Final = 3  # economy, contributions, number


def hover(
    manuscript: Manuscript, reading: TextReading, offset: int, facts: Sequence[Facts], say: Wording
) -> Hover | None:
    """Return what is to be said of the place at *offset*; None where there is nothing."""
    if reading.source.data is None:
        place = outline.spot(reading.source.text, _end_of_word(reading.source.text, offset))
        path = place.value if place.key else (*place.path, place.typed)
        path, words = () if place.comment else path, place.word
    else:
        path, words = reading.path_at(offset), reading.word
    known = manuscript.known()
    parts = [
        list(_rule(reading, path, offset)),
        list(_key(path, words, say)),
        list(_value(known, path, facts, say)) if known else [],
    ]
    blocks = ["\n".join(each) for each in parts if each]
    if not blocks:
        return None
    if known and reading.case is None and parts[2]:
        blocks.append(f"*{say('as it stood before the text became unreadable')}*")
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n".join(blocks)))


def _end_of_word(text: str, offset: int) -> int:
    found = re.compile(r"[\w-]*").match(text, offset)
    return found.end() if found else offset


# ------------------------------------------------------------------ the manual page of a rule
def _rule(reading: TextReading, path: Path, offset: int) -> Iterator[str]:
    """Yield the page of the rule that an exception or a comment names."""
    word = ""
    if path[:1] == ("exceptions",) and path[-1:] == ("rule",):
        word = str(reading.at(path))
    elif any(each.span.start <= offset <= each.span.end for each in reading.source.comments):
        word = _word_at(reading.source.text, offset)
    found = rule_called(word)
    if found:
        yield manual.markdown(found).rstrip("\n")


def _word_at(text: str, offset: int) -> str:
    line = text.rfind("\n", 0, offset) + 1
    found = (each for each in _WORD.finditer(text, line) if each.end() >= offset)
    word = next(found, None)
    return word[0] if word and word.start() <= offset else ""


# ------------------------------------------------------------------ the key
def _key(path: Path, words: Words, say: Wording) -> Iterator[str]:
    while path and isinstance(path[-1], int):
        path = path[:-1]
    found = grammar.slot(path, words) if path else None
    if found is None:
        return
    required = f" ({say('must be there')})" if found.required else ""
    yield f"**{found.title}** `{found.key}`{required}"
    yield ""
    yield escaped(found.description)
    if form := found.form.get("errorMessage"):
        yield ""
        yield escaped(form)
    choices = grammar.choices(path, words)
    if choices:
        yield ""
        yield from (
            f"- `{each.word}`{f': {escaped(each.meaning)}' if each.meaning else ''}"
            for each in choices
        )
    elif examples := grammar.examples(found.form):
        yield ""
        yield f"{say('for example')} {', '.join(f'`{each}`' for each in examples)}"


# ------------------------------------------------------------------ the value
def _value(known: LastAgreement, path: Path, facts: Sequence[Facts], say: Wording) -> Iterator[str]:
    """Yield what the value at *path* comes to, in the agreement that was read last."""
    case = known.case
    terms = next((each for each in case.terms if _within(path, each.path("economy"))), None)
    below = path[len(terms.path("economy")) :] if terms else ()
    if terms and below[:1] == ("contributions",) and len(below) >= _OF_ROW - 1:
        yield from summaries.row(case, path[: len(terms.path("economy")) + 2], say)
    if terms and (raised := _index(terms, below)):
        yield from summaries.index(case, terms, raised, say)
    if path[:1] == ("validity",):
        yield from summaries.reach(case, say)
    if handle := _handle(known, path):
        if below:
            yield ""
        yield from summaries.party(case, handle, say)
    if path[-1:] and path[-1] in LINKS and len(path) == 1:
        yield from _link(known, path, facts, say)


def _index(terms: Terms, below: Path) -> AnyIndex | None:
    """Return the index that a place within an economy is about: all rows', or a row's own."""
    match below:
        case ("index", *_):
            return terms.economy.index
        case ("contributions", int() as number, "index", *_):
            return terms.economy.contributions[number].index
        case _:
            return None


def _within(path: Path, block: Path) -> bool:
    return path[: len(block)] == block


def _handle(known: LastAgreement, path: Path) -> str:
    """Return the handle of the party that is named at *path*, or is written there."""
    if path[:1] == ("parties",) and len(path) > 1:
        return str(path[1])
    if path and path[-1] in HANDLES | {"by_party"}:
        found = known.reading.at(path)
        return found if isinstance(found, str) else ""
    parent = path[-2:-1]
    if parent and parent[0] in HANDLES:
        return str(known.reading.at(path))
    return str(path[-1]) if parent == ("by_party",) else ""


def _link(known: LastAgreement, path: Path, facts: Sequence[Facts], say: Wording) -> Iterator[str]:
    """Yield what is known of the agreement that this one names."""
    named = known.reading.at(path)
    found = next((each for each in facts if each.id == named), None)
    if found is None:
        yield say("the file is not among the agreements")
        return
    start = found.start.earliest if found.start else say("unknown")
    end = (
        say("open{until}", until="")
        if found.is_open
        else found.end.latest
        if found.end
        else say("unknown")
    )
    yield f"{say('Agreement')} **{named}** ({escaped(found.file)})"
    yield ""
    yield say("from {start} to {end}", start=start, end=end)
