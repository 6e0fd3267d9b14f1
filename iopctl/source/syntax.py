"""A parser's complaint in plain words, at the place where the mistake was made."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent

from iopctl.characters import quoted
from iopctl.language import tr
from iopctl.source import faults
from iopctl.source.events import began, events

if TYPE_CHECKING:
    from iopctl.source.faults import Fault
    from iopctl.source.places import Problems

# The pure parser leaves it to chr() to refuse an escape.
ERRORS: Final = (yaml.YAMLError, ValueError, OverflowError)


class Mistake(NamedTuple):
    """What is known where a parser gave up: four offsets, and its complaint."""

    found: int  # where it gave up
    began: int  # where the thing begins that it was reading
    last: int  # where the last thing begins that it had read
    bracket: int  # where the innermost open bracket stands
    says: str


class Phrase(NamedTuple):
    """What a complaint means, by its words and by the line around one of the mistake's offsets."""

    fault: Fault
    at: Literal["found", "began", "bracket"]
    says: str = ""
    before: str = ""
    here: str = ""

    def fits(self, mistake: Mistake, text: str) -> bool:
        """Tell whether this is what the mistake is."""
        offset: int = getattr(mistake, self.at)
        line = text[text.rfind("\n", 0, offset) + 1 : offset]
        return bool(
            re.search(self.says, mistake.says)
            and re.search(self.before, line)
            and re.compile(self.here).match(text, offset)
        )


# The first that fits is told, in the words of libyaml ("found ...") and of the pure parser.
_PHRASES: Final = (
    Phrase(faults.TAB, "found", here=r"\t"),
    Phrase(faults.OPEN_QUOTE, "began", "scanning a quoted scalar"),
    Phrase(faults.NO_QUOTES, "began", "any token|(scanning|parsing) an? (anchor|alias|tag)|handle"),
    Phrase(faults.DIRECTIVE, "began", "directive|incompatible"),
    Phrase(faults.OPEN_BRACKET, "bracket", "parsing a flow .* at the end"),
    Phrase(faults.NO_COMMA, "found", "expected ','"),
    Phrase(faults.COLON, "found", "mapping values", before=":"),
    Phrase(faults.DEEPER, "found", "mapping values"),
    Phrase(faults.NO_SPACE, "began", "simple key", here=r"[\w-]+:\S"),
    Phrase(faults.NO_COLON, "began", "simple key"),
    Phrase(faults.KEY_AMONG_ITEMS, "found", "parsing a block collection"),
    Phrase(faults.LIST_BESIDE_KEY, "found", "sequence entries"),
    Phrase(faults.ESCAPE, "found", "escape|hexdecimal"),
    Phrase(faults.BLOCK_TEXT, "found", "scanning a block scalar"),
    Phrase(faults.AFTER_END, "found", "document start"),
    Phrase(faults.NO_KEY, "found", here=":"),
    Phrase(faults.NO_VALUE, "found", "node content"),
    Phrase(faults.ITEM_AMONG_KEYS, "found", here=r"-\s"),
    Phrase(faults.AFTER_QUOTE, "found", before=r"[\"']\s*$"),
    Phrase(faults.AFTER_BRACKET, "found", before=r"[]}]\s*$"),
    Phrase(faults.UNLIKE_ABOVE, "found", before=r"^\s+$"),
    Phrase(faults.UNEXPECTED, "found"),
)


def explain(error: Exception, text: str, problems: Problems) -> None:
    """Note what the parser's *error* means among the problems of *text*."""
    mistake = _mistake(error, text)
    phrase = next(each for each in _PHRASES if each.fits(mistake, text))
    place: int = getattr(mistake, phrase.at)
    character = text[place : place + 1]
    problems.add(
        phrase.fault,
        place,
        place + len(character),
        character=quoted(character) if character else tr("the end of the file"),
        last_line=problems.line(mistake.last),
        end_line=problems.line(max(mistake.found - 1, 0)),
        bracket_line=problems.line(mistake.bracket),
    )


def _mistake(error: Exception, text: str) -> Mistake:
    last, bracket = _read_before(text)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Mistake(last, last, last, bracket, "escape")
    found = error.problem_mark.index
    start = (error.context_mark or error.problem_mark).index
    end = " at the end" if found >= len(text) else ""
    return Mistake(found, start, last, bracket, f"{error.context}: {error.problem}{end}")


def _read_before(text: str) -> tuple[int, int]:
    """Return where the last event before the error begins, and the innermost open bracket."""
    last = 0
    open_: list[int] = []
    with suppress(*ERRORS):
        for event in iter(events(text), None):
            last = began(event)
            if isinstance(event, CollectionStartEvent):
                open_.append(last)
            elif isinstance(event, CollectionEndEvent):
                open_.pop()
    return last, next((start for start in reversed(open_) if text[start] in "[{"), 0)
