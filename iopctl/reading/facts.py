"""What clauses yield: a value of the format, where it goes, and the words that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iopctl.reading.sentences import Sentence, sentences

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from iopctl.reading.parties import Parties
    from iopctl.reading.passages import Location, Passage
    from iopctl.reading.persons import Persons
    from iopctl.source import Path
    from iopctl.source.events import Value

LONGEST_QUOTE: Final = 90


class Evidence(NamedTuple):
    """The words that a fact rests on, and their place."""

    place: Location
    words: str


class Fact(NamedTuple):
    """A value for a place in the draft; *doubt* says, in Swedish, what speaks against it."""

    path: Path
    value: Value
    evidence: Evidence | None = None
    doubt: str = ""


class Doubt(NamedTuple):
    """What can't be told from the document, though it matters; told, and nothing is stated."""

    path: Path
    told: str
    evidence: Evidence | None = None


Clause: TypeAlias = "Callable[[DocumentReading], Iterable[Fact | Doubt]]"


class DocumentReading:
    """A document as clauses see it: passages, sentences, and the parties and persons in them."""

    def __init__(self, passages: Sequence[Passage], parties: Parties, persons: Persons) -> None:
        self.passages = tuple(passages)
        self.parties = parties
        self.persons = persons
        self.sentences = tuple(sentences(passages))

    def found(
        self, pattern: re.Pattern[str], topics: str = "", without: str = ""
    ) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Yield the sentences that *pattern* fits, those of sections on *topics* first.

        Sections on what *without* names are passed over.
        """
        wanted, unwanted = topics.split(), without.split()
        ordered = sorted(self.sentences, key=lambda each: _rank(each.topic, wanted))
        for sentence in ordered:
            if sentence.passage.style == "heading" or sentence.topic in unwanted:
                continue
            if (match := pattern.search(sentence.text)) is not None:
                yield sentence, match

    def first(
        self, pattern: re.Pattern[str], topics: str = "", without: str = ""
    ) -> tuple[Sentence, re.Match[str]] | None:
        """Return the first that `found` yields."""
        return next(self.found(pattern, topics, without), None)


def _rank(topic: str, wanted: Sequence[str]) -> int:
    return wanted.index(topic) if topic in wanted else len(wanted)


def evidence(sentence: Sentence, start: int = 0, end: int | None = None) -> Evidence:
    """Return the words of a sentence around what stands between *start* and *end*."""
    text = sentence.text
    end = len(text) if end is None else end
    if len(text) <= LONGEST_QUOTE:
        return Evidence(sentence.passage.place, text)
    room = max(LONGEST_QUOTE - (end - start), 0) // 2
    first, last = max(start - room, 0), min(end + room, start + LONGEST_QUOTE, len(text))
    before = "…" if first else ""
    first = first and (text.rfind(" ", 0, first) + 1 or first)
    last = last if last == len(text) else max(text.find(" ", last), last)
    return Evidence(sentence.passage.place, before + text[first:last] + "…" * (last < len(text)))


def of_match(sentence: Sentence, match: re.Match[str]) -> Evidence:
    """Return the words of a sentence around a match."""
    return evidence(sentence, match.start(), match.end())
